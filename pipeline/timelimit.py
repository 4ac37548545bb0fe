"""How long the reading of one article may take."""

from __future__ import annotations

from dataclasses import dataclass

HARD = 2.0
"""An article that does not stop at its limit is given this many times it; then its process ends."""


class ArticleTimeout(TimeoutError):
    """The reading of an article did not end within its limit."""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A limit by length.

    Attributes:
        floor: seconds that any article may take.
        per_1000: seconds more for each 1,000 characters.
    """

    floor: float
    per_1000: float

    def seconds(self, n_characters: int) -> float:
        """The limit of an article."""
        return self.floor + self.per_1000 * n_characters / 1000

    def exceeded(self, n_characters: int) -> str:
        """What is told of an article that took longer."""
        return (
            f"reading this article of {n_characters:,} characters did not end within {self.seconds(n_characters):.0f} s; "
            "raise article_seconds or seconds_per_1000_characters, then run "
            "`newsledger replay --reason extraction_failed`; if it never ends, report the article"
        )
