"""Weeks, quarters, seasons, years and longer: 'last week', 'the third quarter', 'the 1990s'."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.dates.anchor import by_tense, full_year, last_number, named_year
from pipeline.dates.days import read_day
from pipeline.dates.meaning import Context, Found, Meaning, calendar
from pipeline.dates.period import Period, period_around, shift_day, shift_period
from pipeline.dates.verbs import Tense
from pipeline.vocabulary import Anchor, Precision

UNKNOWN = {
    "D": Period(Precision.DAY),
    "W": Period(Precision.WEEK),
    "2W": Period(Precision.WEEK),
    "WE": Period(Precision.WEEKEND),
    "M": Period(Precision.MONTH),
    "Q": Period(Precision.QUARTER),
    "6M": Period(Precision.HALF_YEAR),
    "Y": Period(Precision.YEAR),
    "DE": Period(Precision.DECADE),
    "CE": Period(Precision.CENTURY),
    "ML": Period(Precision.MILLENNIUM),
}
"""A unit of which nothing is known."""


def read_year(f: Found, c: Context) -> Meaning | None:
    """A year, of the calendar or of somebody's books."""
    named = named_year(f, c)
    if named is None:
        number = f.number("NUM")
        if number is None or not f.has("ERA"):
            return None
        named = (1 - number if f.word("ERA") == "BC" else number), Anchor.ABSOLUTE, None
    return calendar(Period(Precision.YEAR, named[0], fiscal=bool(f.constant("fiscal"))), named[1], named[2])


def read_decade(f: Found, c: Context) -> Meaning | None:
    """'the 1990s', 'the nineties', 'the 1800s' (a century)."""
    years = f.number("DECADE")
    if years is None:
        return None
    if years >= 100:
        if years % 100 == 0 and years != 2000:
            return calendar(Period(Precision.CENTURY, number=years // 100), Anchor.ABSOLUTE)
        return calendar(Period(Precision.DECADE, number=years // 10), Anchor.ABSOLUTE)
    return calendar(Period(Precision.DECADE, number=full_year(years, c) // 10), Anchor.ABSOLUTE)


def read_century(f: Found, c: Context) -> Meaning | None:
    """'the 11th century', 'the 4th century BC'."""
    number = f.number("ORD")
    if number is None or number > 40:
        return None
    return calendar(
        Period(Precision.CENTURY, number=-(number - 1) if f.word("ERA") == "BC" else number - 1), Anchor.ABSOLUTE
    )


def _by_tense_in_year(firsts: list[date], c: Context, length: int) -> date | None:
    """Which of several starts of a period is meant: the last one begun, or the next in a future tense.

    In a future tense too it is the last one while its figures may be awaited: the period (`length`
    days) and four months more.
    """
    assert c.published is not None
    earlier = [d for d in firsts if d <= c.published]
    later = [d for d in firsts if d > c.published]
    if not earlier or not later:
        return None
    just_over = (c.published - max(earlier)).days < length + 120
    if c.tense() is Tense.FUTURE and not just_over:
        return min(later)
    return max(earlier)


def read_quarter(f: Found, c: Context) -> Meaning | None:
    """'the third quarter', 'last year's fourth quarter', 'fiscal first quarter of 2013'."""
    number = f.number("ORD") or f.number("DAY")
    if number is None or not 1 <= number <= 4:
        return None
    fiscal = "fiscal" in f.words()
    return part_of_year(Precision.QUARTER, number, 3 * number - 2, f, c, fiscal)


def read_half(f: Found, c: Context) -> Meaning | None:
    """'the second half of 2013'; 'the second half' alone is of a match as likely as of a year."""
    number = int(f.constant("number") or 0) or f.number("ORD") or f.number("DAY")
    if number not in (1, 2):
        return None
    told = f.words()
    if f.has("DECADE"):
        return read_decade(f, c)
    if named_year(f, c) is None and "year" not in told:
        return None
    if "year" in told and named_year(f, c) is None:
        if c.published is None:
            return calendar(Period(Precision.HALF_YEAR, number=number), Anchor.NONE)
        return calendar(Period(Precision.HALF_YEAR, c.published.year, number=number), Anchor.PUBLISHED, c.published)
    return part_of_year(Precision.HALF_YEAR, number, 6 * number - 5, f, c, False)


def part_of_year(precision: Precision, number: int, month: int, f: Found, c: Context, fiscal: bool) -> Meaning | None:
    """A quarter or half: of the year named, else of the year that tense and publication day tell."""
    named = named_year(f, c)
    if named:
        return calendar(Period(precision, named[0], number=number, fiscal=fiscal), named[1], named[2])
    if c.narrative and c.year is not None:
        return calendar(Period(precision, c.year, number=number, fiscal=fiscal), Anchor.TEXT)
    if c.published is None:
        return calendar(Period(precision, number=number, fiscal=fiscal), Anchor.NONE)
    first = _by_tense_in_year(
        [date(c.published.year + n, month, 1) for n in (-1, 0, 1)], c, 92 if precision is Precision.QUARTER else 183
    )
    year = first.year if first else None
    return calendar(Period(precision, year, number=number, fiscal=fiscal), Anchor.PUBLISHED, c.published)


_SEASON = 92
"""Days of a season: while it lasts, it is the one that is meant."""
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def read_season(f: Found, c: Context) -> Meaning | None:
    """'last summer', 'the winter of 1994', 'this fall'."""
    season = f.word("SEASON")
    named = named_year(f, c)
    if f.has("TWO") or len(f.match.tokens.get("YEAR", ())) > 1:
        named = f.number("YEAR") or 0, Anchor.ABSOLUTE, None
    if named:
        return calendar(Period(Precision.SEASON, named[0], season=season), named[1], named[2])
    if f.has("CTXREL") and c.year is not None:
        beside = c.year + (f.number("CTXREL") or 0) * _same_season_over(f, c)
        return calendar(Period(Precision.SEASON, beside, season=season), Anchor.TEXT)
    if (c.narrative or {"that", "same"} & set(f.words())) and c.year is not None:
        return calendar(Period(Precision.SEASON, c.year, season=season), Anchor.TEXT)
    if c.published is None:
        return calendar(Period(Precision.SEASON, season=season), Anchor.NONE)
    firsts = [date(c.published.year + n, _SEASON_MONTH[season], 1) for n in (-2, -1, 0, 1)]
    step = last_number(f, "REL")
    begun = max(d for d in firsts if d <= c.published)
    following = min(d for d in firsts if d > c.published)
    if step is None:
        over = (c.published - begun).days > _SEASON
        chosen = by_tense(begun, following, c, near=True) if over else begun
    elif step < 0:
        over = (c.published - begun).days > _SEASON
        chosen = begun if over else date(begun.year - 1, begun.month, 1)
    elif step > 0:
        chosen = following
    else:
        chosen = begun if begun.year == c.published.year or season == "WI" else following
    return calendar(Period(Precision.SEASON, chosen.year, season=season), Anchor.PUBLISHED, c.published)


def _same_season_over(f: Found, c: Context) -> bool:
    """True where 'the following spring' is not in the year of the date told last, but in the next (or the one before)."""
    near, month = c.reference, _SEASON_MONTH[f.word("SEASON")]
    if near is None or near.first is None or near.last is None:
        return True
    return near.last.month >= month if (f.number("CTXREL") or 0) > 0 else near.first.month < month + 3


def read_relative(f: Found, c: Context) -> Meaning | None:
    """A unit of the calendar against the publication day: 'last week', 'this month', 'next year'."""
    unit = f.constant("unit") or f.word("UNIT")
    if unit not in UNKNOWN:
        return None
    step = int(f.constant("shift") or 0) or last_number(f, "REL") or 0
    told = f.words()
    if "previous" in told and c.reference is not None and c.reference.first and unit != "WE":
        found = shift_period(c.reference.first, unit, -1)
        return calendar(found, Anchor.TEXT, c.reference.first) if found else None
    then = told[0] == "the" and "next" in told and c.tense() is Tense.PAST
    if (c.narrative or then) and c.reference is not None and c.reference.first and step and "this" not in told:
        found = shift_period(c.reference.first, unit, step)
        return calendar(found, Anchor.TEXT, c.reference.first) if found else None
    if c.published is None:
        return calendar(UNKNOWN[unit], Anchor.NONE)
    found = _weekend(f.has("REL"), step, c) if unit == "WE" else shift_period(c.published, unit, step)
    return calendar(found, Anchor.PUBLISHED, c.published) if found else None


def _weekend(told: bool, step: int, c: Context) -> Period | None:
    """The weekend: the last one or the coming one by tense, this one while it lasts."""
    day = c.published
    assert day is not None
    if told and step:
        day = shift_day(day, "W", step) or day
    elif day.isoweekday() < 5 and not (told and step == 0 and c.tense() is not Tense.PAST):
        day = by_tense(day - timedelta(days=7), day + timedelta(days=1), c)
    return period_around(day, "WE")


def read_week_of(f: Found, c: Context) -> Meaning | None:
    """'the week of March 6', 'the week ending June 5'."""
    inner = read_day(f, c)
    if inner is None or inner.first is None:
        return None
    return calendar(period_around(inner.first, "W"), inner.anchor, inner.anchor_date)
