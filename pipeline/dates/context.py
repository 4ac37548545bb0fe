"""Units and figures that count from the text: 'that year', 'the quarter', 'a year earlier', 'year-end'."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.dates.anchor import last_number
from pipeline.dates.days import clock
from pipeline.dates.lexicon import words
from pipeline.dates.meaning import Context, Found, Meaning, calendar
from pipeline.dates.period import Period, make_day, period_around, shift_day, shift_period
from pipeline.dates.periods import UNKNOWN, part_of_year
from pipeline.dates.verbs import Tense
from pipeline.vocabulary import Anchor, Precision, TimexType


def _context_base(f: Found, c: Context, unit: str) -> tuple[date | None, Anchor]:
    """The day from which 'that year', 'the next day' and 'the quarter' count."""
    told = f.words()
    back_to_text = bool({"that", "same", "before", "after"} & set(told)) or f.has("CTXREL") or f.has("REL")
    if unit in ("D", "PART") and c.day and c.day.first and c.published and 0 <= (c.published - c.day.first).days <= 3:
        return c.day.first, Anchor.TEXT
    if back_to_text or c.narrative:
        near = c.day if unit == "D" or f.constant("unit") == "PART" else c.reference
        if near and near is c.day and c.published and near.first and near.first > c.published:
            near = c.past if c.tense() is Tense.PAST else near
        return (near.first if near else None), Anchor.TEXT
    return c.published, Anchor.PUBLISHED


_NAMES = re.compile(r"\s+(?!(?:and|or|but|in|at|on|when|while|with|as)\b)\w")
"""'the day before the debate' counts from an event whose day is not known."""


def read_context(f: Found, c: Context) -> Meaning | None:
    """A unit against the date before it in the text: 'that year', 'the following day', 'the quarter'."""
    unit = f.constant("unit") or f.word("UNIT")
    if unit in ("S", "MIN", "H", "6M", "ML") or unit == "":
        return None
    told = f.words()
    step = f.number("CTXREL") or last_number(f, "REL") or ("after" in told) - ("before" in told)
    of_event = told[-1] in ("before", "after") and _NAMES.match(f.scan.text, f.end)
    if of_event and unit == "PART":
        return calendar(Period(Precision.DAY).with_part(f.word("PART")), Anchor.NONE)
    if of_event or (step == 0 and unit in ("DE", "CE") and "that" not in told):
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


def read_context_time(f: Found, c: Context) -> Meaning | None:
    """'6 a.m. the next day': a time of a day that counts from the date before it in the text."""
    day = read_context(f, c)
    return calendar(day.period.with_part(clock(f)), day.anchor, day.anchor_date) if day and day.period else None


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
    day = base or (None if step else c.published)
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
    if f.has("YEAR"):
        return _in_year(f, c)
    if number in (1, 2, 3, 4):
        found = part_of_year(Precision.QUARTER, number, 3 * number - 2, f, c, False)
        if found and found.period and found.period.year:
            return calendar(year_before(found.period), found.anchor, found.anchor_date)
    if period is not None:
        return calendar(year_before(period), Anchor.TEXT, period.first)
    if c.published is None:
        return calendar(UNKNOWN["Y"], Anchor.NONE)
    return calendar(Period(Precision.YEAR, c.published.year - 1), Anchor.PUBLISHED, c.published)


def _in_year(f: Found, c: Context) -> Meaning:
    """'the 2012 quarter': of that year, the period that is reported on."""
    year, topic = f.number("YEAR") or 0, c.topic
    if topic is None or topic.precision is not Precision.QUARTER:
        return calendar(Period(Precision.YEAR, year), Anchor.ABSOLUTE)
    return calendar(Period(Precision.QUARTER, year, number=topic.number), Anchor.TEXT, topic.first)


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
