"""What an expression means, and the context it is read in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from pipeline.dates.lexicon import Value
from pipeline.dates.period import Period
from pipeline.dates.rules import Match
from pipeline.dates.scan import Scan
from pipeline.dates.verbs import Tense
from pipeline.vocabulary import Anchor, Precision, TimexType


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a time expression means."""

    type: TimexType
    value: str | None
    edtf: str | None = None
    first: date | None = None
    last: date | None = None
    precision: Precision = Precision.NONE
    anchor: Anchor = Anchor.NONE
    anchor_date: date | None = None
    period: Period | None = None
    """The period it names, to which later expressions may refer."""


@dataclass(slots=True)
class Context:
    """What is known where an expression stands.

    Args:
        published: the day the article was published, or None.
        narrative: True where the text tells of the past in order, as a history does: a date
            without a year is then of the year told last.
        day_first: True where the outlet writes 24/02/2023.
        reference: the calendar period named last before the expression.
        since: True behind 'since': what has begun.
        topic: the quarter or longer period that the text reports on, for 'a year earlier'.
    """

    published: date | None
    narrative: bool = False
    day_first: bool | None = None
    reference: Period | None = None
    day: Period | None = None
    """The day named last."""
    past: Period | None = None
    """The day named last that is not after the publication day."""
    year: int | None = None
    """The year named last."""
    aside: int | None = None
    """In a history, the year named last where it is far from `year`."""
    sentence: list[Period] = field(default_factory=list)
    """The periods named before in the same sentence."""
    coming: Period | None = None
    """The day told behind a time of day in the same clause."""
    frame: int | None = None
    """The year at the head of the sentence: 'In 2019, it was shut in May'."""
    topic: Period | None = None
    tense: Callable[[], Tense | None] = lambda: None
    since: bool = False
    plainly_past: Callable[[], bool] = lambda: False
    surely_future: Callable[[], bool] = lambda: False
    adverb: Callable[[], bool] = lambda: False
    """True for 'will one day lead', an adverb before its verb."""
    unsure: Callable[[], bool] = lambda: False
    """True for 'Monday's vote may end it': where one such Monday is much nearer, it is meant."""


@dataclass(frozen=True, slots=True)
class Found:
    """A match in a scan, with its values by category."""

    scan: Scan
    match: Match
    offset: int
    """Token of the scan at which the stretch of the match begins."""

    @property
    def first(self) -> int:
        """Its first token."""
        return self.offset + self.match.first

    @property
    def last(self) -> int:
        """Its last token."""
        return self.offset + self.match.stop - 1

    @property
    def start(self) -> int:
        """Where it starts in the text."""
        return self.scan.start[self.first]

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.scan.end[self.last]

    @property
    def text(self) -> str:
        """Its words."""
        return self.scan.text[self.start : self.end]

    def has(self, category: str) -> bool:
        """True where the pattern's category took a token."""
        return category in self.match.tokens

    def get(self, category: str, which: int = 0) -> Value | None:
        """The value of a category's token; None where it took none."""
        tokens = self.match.tokens.get(category)
        if tokens is None or which >= len(tokens):
            return None
        return self.scan.values[self.offset + tokens[which]].get(category)

    def number(self, category: str) -> int | None:
        """The value of a category's first token as a whole number."""
        value = self.get(category)
        return value if isinstance(value, int) else None

    def word(self, category: str) -> str:
        """The value of a category's first token as a word; '' where it took none."""
        value = self.get(category)
        return "" if value is None else str(value)

    def words(self) -> list[str]:
        """Its tokens in lower case."""
        text, scan = self.scan.text, self.scan
        return [text[scan.start[i] : scan.end[i]].lower() for i in range(self.first, self.last + 1)]

    def constant(self, name: str) -> str:
        """A constant of the rule; '' where it has none of that name."""
        return self.match.rule.constants.get(name, "")


def calendar(period: Period, anchor: Anchor, anchor_date: date | None = None) -> Meaning:
    """The meaning of a calendar period."""
    kind = TimexType.TIME if period.part else TimexType.DATE
    return Meaning(
        type=kind,
        value=period.value,
        edtf=period.edtf,
        first=period.first,
        last=period.last,
        precision=period.precision,
        anchor=anchor if period.resolved or anchor is Anchor.ABSOLUTE else Anchor.NONE,
        anchor_date=anchor_date if period.resolved else None,
        period=period,
    )


Anchored = tuple[Period, Anchor, date | None]
"""A period, what it was resolved against, and the day of that."""

UNRESOLVED = Meaning(TimexType.DATE, None)
"""An expression whose words name no day that there is: Feb. 30."""
