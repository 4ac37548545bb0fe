"""The same text under another identity: a wire story in two papers.

Articles with one `content_hash` are copies of one text. The one that was published first is the
original; the others name it in `duplicate_of`. All keep their rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from pipeline.tables import Article

_LATE = (date.max, datetime.max.replace(tzinfo=UTC))
_WORD = re.compile(r"\w+")


def find_words(text: str) -> list[str]:
    """What copies of a text have in common: its words, without case, punctuation, spacing and compatibility forms."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def make_order(
    published_date: date | None, published_at: datetime | None, article_id: str
) -> tuple[date, datetime, str]:
    """What copies are sorted by: day, then instant, unknown last; then the id decides. The first is the original."""
    return published_date or _LATE[0], published_at or _LATE[1], article_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What has to be known of an article to find its original."""

    article_id: str
    content_hash: str
    published_date: date | None
    published_at: datetime | None
    duplicate_of: str | None = None
    """What the warehouse holds; None for an article that is new."""

    @property
    def order(self) -> tuple[date, datetime, str]:
        """See `make_order`."""
        return make_order(self.published_date, self.published_at, self.article_id)


def make_copy(article: Article) -> Copy:
    """The copy that an article is."""
    return Copy(
        article_id=article.article_id,
        content_hash=article.content_hash,
        published_date=article.published_date,
        published_at=article.published_at,
        duplicate_of=article.duplicate_of,
    )


def find_touched(stored: Iterable[Copy], new: Iterable[Copy], removed: Collection[str] = ()) -> set[str]:
    """The content hashes whose copies may get another original: only their articles have to be read."""
    new = list(new)
    gone = {copy.article_id for copy in new} | set(removed)
    return {copy.content_hash for copy in new} | {c.content_hash for c in stored if c.article_id in gone}


def find_duplicates(
    stored: Iterable[Copy], new: Iterable[Copy], removed: Collection[str] = ()
) -> dict[str, str | None]:
    """Find each article's original.

    Args:
        stored: the articles that the warehouse holds, at least all whose content hash
            `find_touched` names.
        new: the articles that a run publishes; one with the id of a stored one replaces it.
        removed: ids of stored articles that go.

    Returns:
        `duplicate_of` by article id: of every new article, and of each stored one for which it
        is not what is stored. The original itself has None.
    """
    fresh = {copy.article_id: copy for copy in new}
    kept = {copy.article_id: copy for copy in stored if copy.article_id not in fresh}
    groups: dict[str, list[Copy]] = {}
    for copy in (*fresh.values(), *kept.values()):
        if copy.article_id in fresh or copy.article_id not in removed:
            groups.setdefault(copy.content_hash, []).append(copy)
    found: dict[str, str | None] = {}
    for copies in groups.values():
        original = min(copies, key=lambda copy: copy.order).article_id
        for copy in copies:
            value = None if copy.article_id == original else original
            if copy.article_id in fresh or value != copy.duplicate_of:
                found[copy.article_id] = value
    return dict(sorted(found.items()))
