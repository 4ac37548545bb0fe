"""The mentions of one article, and how to look them up by token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.tables import Mention
from pipeline.tree import Parse


@dataclass(slots=True)
class Mentions:
    """All mentions of an article, in the order of the text; they do not overlap."""

    parse: Parse
    rows: Sequence[Mention]
    _by_token: dict[int, Mention] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.rows:
            for token in self.parse.tokens_in(row.start, row.end):
                self._by_token[token] = row

    def at(self, token: int) -> Mention | None:
        """The mention that covers the token, or None."""
        return self._by_token.get(token)

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie between two offsets."""
        return [row for row in self.rows if start <= row.start and row.end <= end]
