"""Batches: articles that are extracted together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.ids import make_id
from pipeline.tables import Article

LEAST = 100_000
"""Characters of a batch, unless `most` is lower: a task costs 0.15 s of CPU, reading these 1.3 s."""
SHARES = 4
"""A batch is one part in so many of what is left for each worker."""

Filed = tuple[Article, date]
"""An article and the partition of its rows."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles to extract together, each with the partition of its rows."""

    batch_id: str
    articles: list[Article]
    days: list[date]


@dataclass(frozen=True, slots=True)
class BatchSize:
    """The characters of the next batch: a share of what is left, so that all workers end at about the same time.

    Attributes:
        most: never more than this.
        total: about how many characters there are; 0 where that is not known.
        workers: how many workers share them.
    """

    most: int
    total: int = 0
    workers: int = 1

    def __call__(self, done: int) -> int:
        """The size of a batch after `done` characters. A total that was too low says nothing about what is left."""
        left = self.total - done if done < self.total else self.total
        if not left:
            return self.most
        return min(self.most, max(LEAST, left // (self.workers * SHARES)))


def group_articles(
    articles: Iterator[Filed], max_characters: int | Callable[[int], int], first: int = 0
) -> Iterator[Batch]:
    """Group articles into batches of at most `max_characters` of text, or of one article.

    The size may depend on how many characters the batches before hold. A batch holds one version of an article, the last. Its id tells its number, from `first`, and its content.
    """
    held: dict[str, Filed] = {}
    size = done = 0
    number = first
    size_after = max_characters if callable(max_characters) else lambda _: max_characters
    for article, day in articles:
        if held and size + article.n_characters > size_after(done):
            yield _batch(number, held)
            held, size, number, done = {}, 0, number + 1, done + size
        earlier = held.pop(article.article_id, None)
        size += article.n_characters - (earlier[0].n_characters if earlier else 0)
        held[article.article_id] = (article, day)
    if held:
        yield _batch(number, held)


def _batch(number: int, held: dict[str, Filed]) -> Batch:
    articles = [article for article, _ in held.values()]
    content = make_id("batch", *(f"{a.article_id} {a.record_hash}" for a in articles))
    return Batch(f"{number:06d}-{content}", articles, [day for _, day in held.values()])
