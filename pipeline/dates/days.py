"""Days and parts of days: 'Friday night', 'March 12', 'yesterday'."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from pipeline.dates.absolute import parse_absolute
from pipeline.dates.anchor import by_tense, choose_year, last_number, named_year, year_of_range
from pipeline.dates.feasts import feast_day
from pipeline.dates.lexicon import context_pattern
from pipeline.dates.meaning import UNRESOLVED, Anchored, Context, Found, Meaning, calendar
from pipeline.dates.period import Period, make_day, period_of_day, shift_day, shift_period
from pipeline.dates.verbs import Tense
from pipeline.dates.weekdays import weekday_named, weekday_of_month
from pipeline.vocabulary import Anchor, Precision, TimexType


def day_of_month(f: Found) -> int | None:
    """The day of the month that an expression tells in figures or as an ordinal."""
    for category in ("DAY", "DAYTH", "ORD", "NTH"):
        if (number := f.number(category)) is not None:
            return number
    return None


@cache
def _attack() -> re.Pattern[str]:
    """What makes Sept. 11 the day of 2001."""
    return re.compile(rf",?\s+(?:{context_pattern('attack')})(?!\w)", re.IGNORECASE)


def _month_day(f: Found, c: Context) -> Anchored | None:
    month, day = f.number("MONTH"), day_of_month(f)
    if month is None or day is None or make_day(2000, month, day) is None:
        return None
    named = named_year(f, c)
    if named:
        year, anchor, anchor_date = named
        if anchor is Anchor.ABSOLUTE and year >= 1000 and "DAY" in f.match.tokens:
            parsed = parse_absolute(f"{day}/{month}/{year}", day_first=True)
            return (period_of_day(parsed), anchor, None) if parsed else None
        return _existing(Period(Precision.DAY, year, month, day), anchor, anchor_date)
    if (second := year_of_range(f, month, c)) is not None:
        return _existing(Period(Precision.DAY, second, month, day), Anchor.TEXT, None)
    later = c.published is None or c.published >= date(2001, 9, 11)
    if (month, day) == (9, 11) and later and _attack().match(f.scan.text, f.end):
        return Period(Precision.DAY, 2001, month, day), Anchor.ABSOLUTE, None
    year_, anchor, anchor_date = choose_year(month, day, c, f.number("WEEKDAY") or f.number("WKDABBR"))
    return _existing(Period(Precision.DAY, year_, month, day), anchor, anchor_date)


def _existing(period: Period, anchor: Anchor, anchor_date: date | None) -> Anchored | None:
    """The day with its anchor; None where its year has no such day."""
    missing = period.year is not None and period.year >= 1 and period.days is None
    return None if missing else (period, anchor, anchor_date)


def _holiday(f: Found, c: Context) -> Anchored | None:
    name = f.word("HOLIDAY")
    if not name:
        return None
    named = named_year(f, c)
    if named:
        found = feast_day(name, named[0])
        return (period_of_day(found), named[1], named[2]) if found else None
    if c.narrative and c.year is not None and (told := feast_day(name, c.year)):
        return period_of_day(told), Anchor.TEXT, None
    if c.published is None:
        fixed = feast_day(name, None)
        return (Period(Precision.DAY, None, fixed.month, fixed.day), Anchor.NONE, None) if fixed else None
    days = [d for n in (-1, 0, 1) if (d := feast_day(name, c.published.year + n))]
    earlier = [d for d in days if d <= c.published]
    later = [d for d in days if d >= c.published]
    step = last_number(f, "REL")
    if not earlier or not later:
        return None
    chosen = by_tense(max(earlier), min(later), c, near=True, far=True)
    if step is not None and step != 0:
        chosen = max(earlier) if step < 0 else min(later)
    return period_of_day(chosen), Anchor.PUBLISHED, c.published


def _deictic(f: Found, c: Context) -> Anchored | None:
    step = f.number("DEICTIC") if f.has("DEICTIC") else f.number("TONIGHT")
    if step is None:
        return None
    if c.published is None:
        return Period(Precision.DAY), Anchor.NONE, None
    return period_of_day(c.published + timedelta(days=step)), Anchor.PUBLISHED, c.published


def _written(f: Found, c: Context) -> Anchored | None:
    text = f.word("ISO") or f.word("NUMERIC")
    if not text:
        return None
    if f.has("ISO"):
        found = make_day(int(text[:4]), int(text[5:7]), int(text[8:]))
    else:
        found = parse_absolute(text, day_first=c.day_first)
    return (period_of_day(found), Anchor.ABSOLUTE, None) if found else None


def _named_day(f: Found, c: Context) -> Anchored | None:
    for reader in (_written, _month_day, _holiday, _deictic, weekday_of_month, weekday_named):
        if found := reader(f, c):
            return found
    return None


def clock(f: Found) -> str:
    """The time of day in an expression as HH:MM; '' where it has none."""
    for category in ("CLOCK", "CLOCKDOT", "HHMM", "NOON", "MIDNIGHT"):
        if value := f.word(category):
            return _with_half(value, f)
    hour = f.number("HOUR") if f.has("HOUR") else f.number("NUM")
    if hour is None or hour > 24 or (hour == 0 and f.has("AMPM")):
        return ""
    return _with_half(f"{hour:02}:00", f)


_NIGHTFALL = 5
"""Two o'clock at night is before the morning, ten o'clock behind the evening."""


def _with_half(value: str, f: Found) -> str:
    hour, minute = int(value[:2]), value[3:]
    part = f.word("PART")
    late = part in ("AF", "EV") or (part == "NI" and hour >= _NIGHTFALL)
    half = f.word("AMPM") or ("pm" if late and hour < 12 else "")
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return f"{hour:02}:{minute}"


_TIMED = ("CLOCK", "CLOCKDOT", "HHMM", "HOUR", "NOON", "MIDNIGHT")


def time_of_day(f: Found) -> str:
    """The part of the day or the time of day that an expression tells; '' where it tells none."""
    if any(f.has(k) for k in _TIMED) or "clock" in f.words():
        return clock(f)
    return f.constant("part") or f.word("PART") or ("NI" if f.has("TONIGHT") else "")


_FULL = re.compile(r"\d{4}$")
"""Three short numbers may be a version or a score; with a year of four digits they are a date."""


@cache
def _of_our_time() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What follows 'today's' and stands before 'of today' where no day is meant."""
    things = context_pattern("of_our_time")
    return re.compile(rf"['’]s (?:[\w-]+ )?(?:{things})(?!\w)"), re.compile(rf"(?<!\w)(?:{things}) of $")


def _era(f: Found) -> str:
    """PRESENT_REF for 'today's world', FUTURE_REF for 'the leaders of tomorrow'; '' for a day."""
    after, before = _of_our_time()
    text, step = f.scan.text, f.number("DEICTIC") or 0
    meant = after.match(text, f.end) or before.search(text, max(0, f.start - 24), f.start)
    return ("PRESENT_REF", "FUTURE_REF", "PAST_REF")[step] if meant and f.match.rule.name == "deictic" else ""


def read_day(f: Found, c: Context) -> Meaning | None:
    """A day, with a part of it or a time of day where one is told."""
    if era := _era(f):
        return Meaning(TimexType.DATE, era)
    part = time_of_day(f)
    base = _named_day(f, c)
    if base is None:
        if not part or any(f.has(k) for k in ("MONTH", "WEEKDAY", "ISO", "NUMERIC", "HOLIDAY")):
            return None if f.has("NUMERIC") and not _FULL.search(f.word("NUMERIC")) else UNRESOLVED
        base = _day_of_part(f, c)
    period, anchor, anchor_date = base
    if f.constant("shift"):
        moved = shift_day(period.first, "D", int(f.constant("shift"))) if period.first else None
        period = period_of_day(moved) if moved else Period(Precision.DAY)
    if part:
        period = period.with_part(part, "Z" if f.word("ZONE") == "Z" else "")
    return calendar(period, anchor, anchor_date)


def _day_of_part(f: Found, c: Context) -> Anchored:
    """The day of a part of the day or a time of day that stands alone."""
    step = last_number(f, "REL") or 0
    if f.match.rule.name == "overnight":
        step = 0 if _is_future(c) else -1
    elif f.has("MIDNIGHT") and c.tense() is Tense.PAST:
        step = -1
    if c.coming and not f.has("REL") and not (c.sentence and c.sentence[-1].day):
        return c.coming, Anchor.TEXT, c.coming.first
    if c.narrative or c.published is None or (not f.has("REL") and c.sentence and c.sentence[-1].day):
        near = c.day
        if near and near.resolved:
            return replace(near.without_part()), Anchor.TEXT, near.first
        return Period(Precision.DAY), Anchor.NONE, None
    day = c.published + timedelta(days=step)
    return period_of_day(day), Anchor.PUBLISHED, c.published


def _is_future(c: Context) -> bool:
    return c.tense() is Tense.FUTURE


def shifted(day: date, unit: str, count: int) -> Period | None:
    """The day, or the larger unit, so many units from `day`."""
    if unit in ("D", "WE"):
        moved = shift_day(day, "D", count)
        return period_of_day(moved) if moved else None
    return shift_period(day, unit, count)
