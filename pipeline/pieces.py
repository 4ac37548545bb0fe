"""Pieces: what one task extracts of a batch, and what becomes of a piece whose worker died."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """The articles `first` to `last` (exclusive) of a batch, by their place in its input."""

    batch_id: str
    n_articles: int
    """Of the whole batch."""
    first: int
    last: int
    deaths: int = 0
    """How many workers died over exactly these articles."""

    @property
    def size(self) -> int:
        """The number of articles."""
        return self.last - self.first

    @property
    def is_whole(self) -> bool:
        """Whether this is all of its batch."""
        return self.size == self.n_articles

    @property
    def folder(self) -> str:
        """Where the rows are staged. A part is never marked as done: its rows count once they are joined."""
        return self.batch_id if self.is_whole else f"{self.batch_id}.{self.first}-{self.last}"

    def after_death(self) -> list[Piece]:
        """What to try next after a worker died over this piece; nothing where one article has killed two workers.

        A whole batch is tried once more as it is, for a worker may die of what is around it. Then it is halved, down
        to one article, which is tried twice.
        """
        if self.deaths == 0 and (self.is_whole or self.size == 1):
            return [replace(self, deaths=1)]
        if self.size == 1:
            return []
        middle = self.first + self.size // 2
        return [replace(self, last=middle, deaths=0), replace(self, first=middle, deaths=0)]


def whole_batch(batch_id: str, n_articles: int) -> Piece:
    """All of a batch as one piece."""
    return Piece(batch_id, n_articles, 0, n_articles)


@dataclass(frozen=True, slots=True)
class PieceResult:
    """What became of a piece.

    Attributes:
        counts: rows by table; empty where nothing was staged.
        failures: article_id and detail of each article that could not be read.
        error: why the whole piece failed, or null.
        staged: whether there are rows in its folder.
    """

    piece: Piece
    counts: dict[str, int]
    failures: list[tuple[str, str]]
    error: str | None = None
    staged: bool = True


def result_of(piece: Piece, returned: dict[str, Any]) -> PieceResult:
    """The result of a piece that was extracted, from what its task returned."""
    return PieceResult(piece, returned["counts"], [(article_id, detail) for article_id, detail in returned["failures"]])


def death_of(piece: Piece, article_id: str, seconds: float) -> PieceResult:
    """The result of one article that killed every worker which read it."""
    detail = (
        f"every worker process that read this article died ({piece.deaths + 1} of them with nothing else to read): "
        f"out of memory, a crash in a library, or no end after {seconds:.0f} s; no other article is affected. "
        "Give a worker more memory, then run `newsledger replay --reason extraction_failed`; "
        "if it dies again, report the article"
    )
    return PieceResult(piece, {"failed": 1}, [(article_id, detail)], staged=False)


def failure_of(piece: Piece, error: str) -> PieceResult:
    """The result of a piece that failed whole."""
    return PieceResult(piece, {}, [], error=error, staged=False)
