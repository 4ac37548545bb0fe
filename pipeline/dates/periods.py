"""Weeks, quarters, seasons, years and longer: 'last week', 'the third quarter', 'the 1990s'."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.dates.days import by_tense, full_year, last_number, named_year, read_day
from pipeline.dates.lexicon import words
from pipeline.dates.meaning import Context, Found, Meaning, calendar
from pipeline.dates.period import Period, make_day, period_around, shift_day, shift_period
from pipeline.dates.tense import Tense
from pipeline.vocabulary import Anchor, Precision, TimexType

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
        if years % 100 == 0:
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
    return _part_of_year(Precision.QUARTER, number, 3 * number - 2, f, c, fiscal)


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
    return _part_of_year(Precision.HALF_YEAR, number, 6 * number - 5, f, c, False)


def _part_of_year(precision: Precision, number: int, month: int, f: Found, c: Context, fiscal: bool) -> Meaning | None:
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


_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def read_season(f: Found, c: Context) -> Meaning | None:
    """'last summer', 'the winter of 1994', 'this fall'."""
    season = f.word("SEASON")
    named = named_year(f, c)
    if named:
        return calendar(Period(Precision.SEASON, named[0], season=season), named[1], named[2])
    if c.narrative and c.year is not None:
        return calendar(Period(Precision.SEASON, c.year, season=season), Anchor.TEXT)
    if c.published is None:
        return calendar(Period(Precision.SEASON, season=season), Anchor.NONE)
    firsts = [date(c.published.year + n, _SEASON_MONTH[season], 1) for n in (-2, -1, 0, 1)]
    step = last_number(f, "REL")
    begun = max(d for d in firsts if d <= c.published)
    following = min(d for d in firsts if d > c.published)
    if step is None:
        chosen = following if c.tense() is Tense.FUTURE and (c.published - begun).days > 92 else begun
    elif step < 0:
        over = (c.published - begun).days > 92
        chosen = begun if over else date(begun.year - 1, begun.month, 1)
    elif step > 0:
        chosen = following
    else:
        chosen = begun if begun.year == c.published.year or season == "WI" else following
    return calendar(Period(Precision.SEASON, chosen.year, season=season), Anchor.PUBLISHED, c.published)


def read_relative(f: Found, c: Context) -> Meaning | None:
    """A unit of the calendar against the publication day: 'last week', 'this month', 'next year'."""
    unit = f.constant("unit")
    step = last_number(f, "REL") or 0
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


def _context_base(f: Found, c: Context, unit: str) -> tuple[date | None, Anchor]:
    """The day from which 'that year', 'the next day' and 'the quarter' count."""
    told = f.words()
    back_to_text = bool({"that", "same", "before", "after"} & set(told)) or f.has("CTXREL") or f.has("REL")
    if unit == "D" and c.day and c.day.first and c.published and 0 <= (c.published - c.day.first).days <= 3:
        return c.day.first, Anchor.TEXT
    if back_to_text or c.narrative:
        near = c.day if unit == "D" or f.constant("unit") == "PART" else c.reference
        return (near.first if near else None), Anchor.TEXT
    return c.published, Anchor.PUBLISHED


_NAMES = re.compile(r"\s+\w")
"""'the day before the debate' counts from an event whose day is not known."""


def read_context(f: Found, c: Context) -> Meaning | None:
    """A unit against the date before it in the text: 'that year', 'the following day', 'the quarter'."""
    unit = f.constant("unit") or f.word("UNIT")
    if unit in ("S", "MIN", "H", "6M", "ML") or unit == "":
        return None
    told = f.words()
    step = f.number("CTXREL") or last_number(f, "REL") or ("after" in told) - ("before" in told)
    if (step == 0 and unit in ("DE", "CE") and "that" not in told) or (
        told[-1] in ("before", "after") and _NAMES.match(f.scan.text, f.end)
    ):
        return calendar(UNKNOWN[unit], Anchor.NONE)
    base, anchor = _context_base(f, c, unit)
    if unit == "PART":
        return _part_in_context(f, c, base, anchor, step)
    if base is None:
        return calendar(UNKNOWN[unit], Anchor.NONE)
    if (
        step == 0
        and unit == "Y"
        and (month := _TO_MONTH.match(f.scan.text, f.end))
        and "MONTH" in _categories(month[1])
    ):
        return Meaning(TimexType.DURATION, "P1Y", precision=Precision.DURATION)
    if step == 0 and unit in ("Y", "Q") and (closing := _closing_day(f, c)):
        return _closed(closing, unit)
    if unit == "Q" and step == 0 and c.topic is not None and c.topic.precision is Precision.QUARTER:
        return calendar(c.topic, Anchor.TEXT, c.topic.first)
    found = shift_period(base, unit, step)
    return calendar(found, anchor, base) if found else None


_TO_MONTH = re.compile(r"\s+(?:to|through|ended(?: in)?|ending(?: in)?)\s+([A-Z][a-z]+)\b")
_CLOSING = re.compile(
    r"\s+(?:that\s+)?(?:ended|ending|ends|to|through)\s+((?:last\s+)?[A-Z][a-z]+)\.?\s+(\d{1,2})\b(?:,\s+(\d{4}))?"
)


def _categories(word: str) -> set[str]:
    entry = words().get(word)
    return set(entry.values) if entry else set()


def _closing_day(f: Found, c: Context) -> date | None:
    """The last day of 'the quarter ended Sept. 30'."""
    match = _CLOSING.match(f.scan.text, f.end)
    entry = words().get(match[1]) if match else None
    if match is None or entry is None or "MONTH" not in entry.values or c.published is None:
        return None
    month, day = int(entry.values["MONTH"]), int(match[2])
    years = [int(match[3])] if match[3] else [c.published.year - 1, c.published.year]
    found = [d for y in years if (d := make_day(y, month, day))]
    return max((d for d in found if match[3] or d <= c.published), default=None)


def _closed(closing: date, unit: str) -> Meaning:
    """A year of somebody's books is a length; a quarter is the calendar's that holds its middle."""
    if unit == "Y":
        return Meaning(TimexType.DURATION, "P1Y", precision=Precision.DURATION)
    middle = closing - timedelta(days=45)
    return calendar(period_around(middle, "Q"), Anchor.TEXT, closing)


def _part_in_context(f: Found, c: Context, base: date | None, anchor: Anchor, step: int) -> Meaning | None:
    day = base or c.published
    if day is None:
        return calendar(Period(Precision.DAY).with_part(f.word("PART")), Anchor.NONE)
    found = shift_period(day, "D", step)
    return calendar(found.with_part(f.word("PART")), anchor if base else Anchor.PUBLISHED, day) if found else None


def year_before(period: Period) -> Period:
    """The same period of the year before."""
    if period.year is None:
        return period
    day = period.first if period.precision is Precision.DAY else None
    if day is not None:
        moved = shift_day(day, "Y", -1)
        return period_around(moved, "D") if moved else period
    return Period(period.precision, period.year - 1, period.month, None, None, period.number, period.season)


_COMPARABLE = frozenset({Precision.MONTH, Precision.QUARTER, Precision.HALF_YEAR, Precision.SEASON, Precision.YEAR})


def compared(c: Context) -> Period | None:
    """The period that figures are compared with: of the same sentence, else the one reported on."""
    near = next((p for p in reversed(c.sentence) if p.precision in _COMPARABLE), None)
    if near is not None and near.year is not None:
        return near
    return c.topic if c.topic is not None and c.topic.year is not None else None


def read_year_ago(f: Found, c: Context) -> Meaning | None:
    """'the year-earlier period': the period reported on, a year back."""
    number = f.number("ORD")
    period = compared(c)
    if number in (1, 2, 3, 4):
        found = _part_of_year(Precision.QUARTER, number, 3 * number - 2, f, c, False)
        if found and found.period and found.period.year:
            return calendar(year_before(found.period), found.anchor, found.anchor_date)
    if period is not None:
        return calendar(year_before(period), Anchor.TEXT, period.first)
    if c.published is None:
        return calendar(UNKNOWN["Y"], Anchor.NONE)
    return calendar(Period(Precision.YEAR, c.published.year - 1), Anchor.PUBLISHED, c.published)


def read_latest(f: Found, c: Context) -> Meaning | None:
    """'the latest quarter': the quarter reported on, else the one last begun."""
    if c.topic is not None:
        return calendar(c.topic, Anchor.TEXT, c.topic.first)
    if c.published is None:
        return calendar(UNKNOWN["Q"], Anchor.NONE)
    found = shift_period(c.published, "Q", -1)
    return calendar(found, Anchor.PUBLISHED, c.published) if found else None


def read_year_end(f: Found, c: Context) -> Meaning | None:
    """'year-end': of the running year; while the year is young and the tense past, of the last."""
    if c.published is None:
        return calendar(UNKNOWN["Y"], Anchor.NONE)
    young = c.published.month <= 3 and c.tense() is Tense.PAST
    return calendar(Period(Precision.YEAR, c.published.year - young), Anchor.PUBLISHED, c.published)


def read_month_end(f: Found, c: Context) -> Meaning | None:
    """'month's end': of the running month."""
    day = c.reference.first if c.narrative and c.reference else c.published
    if day is None:
        return calendar(UNKNOWN["M"], Anchor.NONE)
    return calendar(period_around(day, "M"), Anchor.TEXT if c.narrative else Anchor.PUBLISHED, day)


def read_nothing(f: Found, c: Context) -> Meaning | None:
    """Words that look like a time and are none ('a six-year-old boy'): the match keeps others from taking them."""
    return None
