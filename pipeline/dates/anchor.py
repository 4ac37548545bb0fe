"""What a date without a year, or a year in words, is resolved against: tense, nearness, the year told last."""

from __future__ import annotations

from datetime import date

from pipeline.dates.meaning import Context, Found
from pipeline.dates.period import make_day
from pipeline.dates.verbs import Tense
from pipeline.vocabulary import Anchor

FAR = 270
"""Days: a date this far back is not meant in a past tense when the next one is near (`NEAR`)."""
NEAR = 75
SOON = 240
"""Days: what 'starts Oct. 1' is no further ahead."""
TURN = 8
"""Months: in a history, a month this far before the one told last is of the next year."""


def named_year(f: Found, c: Context) -> tuple[int, Anchor, date | None] | None:
    """The year that an expression names: 2013, '89, last year, that year."""
    year = f.number("YEAR") or f.number("SHORTYEAR")
    if year is not None:
        if (short := f.number("TWO")) is not None:
            return year // 100 * 100 + short + (100 if short < year % 100 else 0), Anchor.ABSOLUTE, None
        return (1 - year if f.word("ERA") == "BC" else year), Anchor.ABSOLUTE, None
    if (short := f.number("YY")) is not None:
        return full_year(short, c), Anchor.ABSOLUTE, None
    words = f.words()
    if "fy" in words and (short := f.number("TWO")) is not None:
        return full_year(short, c), Anchor.ABSOLUTE, None
    if "year" not in words:
        return None
    if f.has("REL") and c.published:
        return c.published.year + (last_number(f, "REL") or 0), Anchor.PUBLISHED, c.published
    if ("that" in words or "same" in words or f.has("CTXREL")) and c.year is not None:
        return c.year + (f.number("CTXREL") or 0), Anchor.TEXT, None
    return None


def year_of_range(f: Found, month: int, c: Context) -> int | None:
    """The year of the second end of a range without one: that of the first, or the next."""
    first = c.reference
    if not f.has("SECOND") or first is None or first.year is None or first.month is None:
        return None
    return first.year + (month < first.month)


def full_year(short: int, c: Context) -> int:
    """The year of '89: the last one of that ending that is not far in the future."""
    if c.narrative and c.year is not None:
        return c.year // 100 * 100 + short
    limit = c.published.year + 10 if c.published else 2030
    return 2000 + short if 2000 + short <= limit else 1900 + short


def last_number(f: Found, category: str) -> int | None:
    """The value of the last token of a category: 'this coming' is coming."""
    count = len(f.match.tokens.get(category, ()))
    value = f.get(category, count - 1) if count else None
    return value if isinstance(value, int) else None


def by_tense(earlier: date, later: date, c: Context, near: bool = False, far: bool = False) -> date:
    """Which of the last and the next such day is meant.

    Args:
        earlier: the last one not after the publication day.
        later: the next one not before it.
        c: the context.
        near: take the nearest where the tense is unclear, else the last one.
        far: do not believe in a past that is nearly a year off when the next one is near.
    """
    assert c.published is not None
    back, ahead = (c.published - earlier).days, (later - c.published).days
    if c.since:
        return earlier
    tense = c.tense()
    if tense is Tense.PAST:
        return later if far and back > FAR and ahead < NEAR else earlier
    if tense is Tense.FUTURE:
        return earlier if ahead > FAR and back < NEAR and not c.surely_future() else later
    if tense is Tense.PRESENT and ahead < SOON:
        return later
    if near or tense is Tense.PRESENT:
        return later if ahead < back else earlier
    return earlier


def choose_year(
    month: int, day: int | None, c: Context, weekday: int | None = None
) -> tuple[int | None, Anchor, date | None]:
    """The year of a month, or of a day of a month, that stands without one.

    Args:
        month: the month.
        day: the day of the month, or None.
        c: the context.
        weekday: the ISO weekday named with the day: it must be right in the year.
    """
    if c.narrative and c.year is not None and not (c.published and c.surely_future()):
        told = c.reference.month if c.reference and c.reference.year == c.year else None
        turned = told is not None and told - month >= TURN
        return c.year + turned, Anchor.TEXT, None
    framed = make_day(c.frame, month, day or 1) if c.frame is not None else None
    if framed and weekday in (None, framed.isoweekday()):
        return c.frame, Anchor.TEXT, None
    if c.published is None:
        return None, Anchor.NONE, None
    years = range(c.published.year - 8, c.published.year + 9)
    days = [d for y in years if (d := make_day(y, month, day or 1))]
    if weekday and (right := [d for d in days if d.isoweekday() == weekday]):
        published = c.published
        return min(right, key=lambda d: (abs(d - published), d)).year, Anchor.PUBLISHED, published
    own = c.published if day else c.published.replace(day=1)
    earlier = max((d for d in days if d <= own), default=None)
    later = min((d for d in days if d >= own), default=None)
    if earlier is None or later is None:
        return None, Anchor.NONE, None
    far = day is not None or not c.plainly_past()
    return by_tense(earlier, later, c, near=True, far=far).year, Anchor.PUBLISHED, c.published
