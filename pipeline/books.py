"""The books of a run: one ledger entry a delivered record, rejects with reasons, counts that agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pipeline.ids import make_id
from pipeline.load.records import Rejection
from pipeline.schema import row_to_json
from pipeline.tables import ARTICLES, Article, LedgerEntry, Reject
from pipeline.vocabulary import Outcome, Reason, Stage


class BooksDoNotBalance(Exception):
    """The counts of a run disagree: an error of newsledger. Nothing may be published."""


@dataclass(slots=True)
class Books:
    """What became of every record that a run was given."""

    run_id: str
    at: datetime
    ledger: dict[tuple[str, int], LedgerEntry] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    n_read: int = 0
    """Records that the loaders handed out, counted apart from the entries."""

    def enter(
        self,
        raw_uri: str,
        raw_index: int,
        outcome: Outcome,
        *,
        raw_sha256: str | None,
        article_id: str | None,
        article_day: date | None,
    ) -> None:
        """Enter what became of one record.

        Raises:
            BooksDoNotBalance: the record has an entry already.
        """
        place = (raw_uri, raw_index)
        if place in self.ledger:
            raise BooksDoNotBalance(f"record {raw_index} of {raw_uri} was entered twice")
        self.ledger[place] = LedgerEntry(
            run_id=self.run_id,
            at=self.at,
            raw_uri=raw_uri,
            raw_index=raw_index,
            raw_sha256=raw_sha256,
            article_id=article_id,
            outcome=outcome,
            article_day=article_day,
        )

    def reject(self, rejection: Rejection) -> None:
        """Enter a record that was rejected while it was loaded, normalized or extracted."""
        self.enter(
            rejection.raw_uri,
            rejection.raw_index,
            Outcome.REJECTED,
            raw_sha256=rejection.place.raw_sha256,
            article_id=rejection.article_id,
            article_day=None,
        )
        self.rejects.append(make_reject(self.run_id, rejection))

    def reject_articles(self, article_ids: Collection[str], rejects: Iterable[Reject]) -> None:
        """Turn the entries of articles into rejections, after extraction or audit refused them."""
        self.rejects.extend(rejects)
        if article_ids:
            for place, entry in self.ledger.items():
                if entry.article_id in article_ids and entry.outcome in (Outcome.PUBLISHED, Outcome.REPLACED):
                    self.ledger[place] = _rejected(entry)

    @property
    def outcomes(self) -> Counter[Outcome]:
        """Number of records by outcome."""
        return Counter(entry.outcome for entry in self.ledger.values())

    def check_balance(self, articles: Mapping[str, date], unmoved: Collection[str] = ()) -> None:
        """Check that every record has one outcome, and that what is published is what was staged.

        Args:
            articles: article_id and partition of every article that is about to be published.
            unmoved: those of them that are unchanged, and only get another origin.

        Raises:
            BooksDoNotBalance: the counts disagree.
        """
        if self.n_read != len(self.ledger):
            raise BooksDoNotBalance(f"{self.n_read} records were read, {len(self.ledger)} have an outcome")
        live = (Outcome.PUBLISHED, Outcome.REPLACED)
        entered = {e.article_id: e.article_day for e in self.ledger.values() if e.outcome in live}
        articles = {a: day for a, day in articles.items() if a not in unmoved}
        if entered != articles:
            wrong = sorted(str(i) for i in entered.keys() ^ articles.keys())[:5]
            raise BooksDoNotBalance(
                f"{len(entered)} articles are entered for publication and {len(articles)} are staged; first of those that differ: {wrong}"
            )


def make_reject(run_id: str, rejection: Rejection) -> Reject:
    """The row of `rejects` for a rejected record."""
    return Reject(
        reject_id=make_id("reject", run_id, rejection.stage, rejection.raw_uri, rejection.raw_index, rejection.detail),
        run_id=run_id,
        stage=rejection.stage,
        table=None,
        key=None,
        article_id=rejection.article_id,
        reason=rejection.reason,
        detail=rejection.detail,
        raw_uri=rejection.raw_uri,
        raw_index=rejection.raw_index,
        position=rejection.place.position,
        payload=rejection.place.payload,
        payload_is_whole=rejection.place.payload_is_whole,
    )


def make_failure(run_id: str, article: Article, detail: str, payload_bytes: int) -> Reject:
    """The row of `rejects` for an article that extraction could not read; its row as JSON is the payload."""
    payload = row_to_json(ARTICLES, article).encode()
    return Reject(
        reject_id=make_id("reject", run_id, Stage.EXTRACT, article.raw_uri, article.raw_index, detail),
        run_id=run_id,
        stage=Stage.EXTRACT,
        table=None,
        key=None,
        article_id=article.article_id,
        reason=Reason.EXTRACTION_FAILED,
        detail=detail,
        raw_uri=article.raw_uri,
        raw_index=article.raw_index,
        position=None,
        payload=payload[:payload_bytes],
        payload_is_whole=len(payload) <= payload_bytes,
    )


def sum_counts(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Add up counts by name."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(sorted(total.items()))


def _rejected(entry: LedgerEntry) -> LedgerEntry:
    fields: dict[str, Any] = {name: getattr(entry, name) for name in LedgerEntry.__dataclass_fields__}
    return LedgerEntry(**{**fields, "outcome": Outcome.REJECTED, "article_day": None})
