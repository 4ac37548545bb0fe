"""Articles for tests: with a text of their own, and all else null, empty or given."""

from __future__ import annotations

from datetime import date
from typing import Any

from rows import make

from pipeline.ids import make_id
from pipeline.load.records import Place, RawArticle
from pipeline.tables import Article
from pipeline.vocabulary import PublishedFrom


def article(text: str, published: date | None = None, **known: Any) -> Article:
    """An article of a text, published on a day or undated; `known` are further columns."""
    columns: dict[str, Any] = {
        "article_id": make_id("article", text),
        "text": text,
        "language": "en",
        "published_date": published,
        "published_from": PublishedFrom.NONE,
        "content_hash": "",
        "record_hash": "",
        "n_characters": max(1, len(text)),
        "raw_uri": "",
        "raw_index": 0,
        "raw_sha256": "",
    }
    return make(Article, **{**columns, **known})


def raw_article(text: str, uri: str = "in/a.jsonl", index: int = 0, **fields: Any) -> RawArticle:
    """A record as it is delivered; `fields` are what it holds beside its text."""
    empty = dict.fromkeys(("id", "url", "source", "title", "published_at", "language"))
    place = Place(uri, index, index + 1, "5ha", text.encode("utf-8", "surrogatepass"), True)
    return RawArticle(
        **{"place": place, "text": text, "authors": [], "extra": {}, "encoding": "utf-8", **empty, **fields}
    )
