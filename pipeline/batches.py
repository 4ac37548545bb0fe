"""Batches: articles that are extracted together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.ids import make_id
from pipeline.tables import Article

Filed = tuple[Article, date]
"""An article and the partition of its rows."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles to extract together, each with the partition of its rows."""

    batch_id: str
    articles: list[Article]
    days: list[date]


def group_articles(articles: Iterator[Filed], max_characters: int, first: int = 0) -> Iterator[Batch]:
    """Group articles into batches of at most `max_characters` of text, or of one article.

    A batch holds one version of an article, the last. Its id tells its number, from `first`, and its content.
    """
    held: dict[str, Filed] = {}
    size = 0
    number = first
    for article, day in articles:
        if held and size + article.n_characters > max_characters:
            yield _batch(number, held)
            held, size, number = {}, 0, number + 1
        earlier = held.pop(article.article_id, None)
        size += article.n_characters - (earlier[0].n_characters if earlier else 0)
        held[article.article_id] = (article, day)
    if held:
        yield _batch(number, held)


def _batch(number: int, held: dict[str, Filed]) -> Batch:
    articles = [article for article, _ in held.values()]
    content = make_id("batch", *(f"{a.article_id} {a.record_hash}" for a in articles))
    return Batch(f"{number:06d}-{content}", articles, [day for _, day in held.values()])
