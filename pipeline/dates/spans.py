"""Lengths of time, sets and vague times: 'two years ago', 'three weeks', 'every month', 'now'."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from pipeline.dates.context import compared, read_year_ago, year_before
from pipeline.dates.days import shifted, time_of_day
from pipeline.dates.lexicon import context_pattern, contexts
from pipeline.dates.meaning import Context, Found, Meaning, calendar
from pipeline.dates.period import Period, period_around, period_of_day, shift_day
from pipeline.dates.periods import UNKNOWN
from pipeline.dates.surround import follows
from pipeline.dates.verbs import Tense
from pipeline.vocabulary import Anchor, Precision, TimexType

_LETTER = {"S": "S", "MIN": "M", "H": "H", "D": "D", "W": "W", "M": "M", "Q": "Q", "Y": "Y", "WE": "WE"}
_TIMES = {"2W": ("W", 2), "6M": ("M", 6), "DE": ("Y", 10), "CE": ("Y", 100), "ML": ("Y", 1000)}
_HALF = {"Y": ("M", 6), "H": ("M", 30), "MIN": ("S", 30)}
_PLAIN = {"2W": "W", "6M": "M", "WE": "D"}
_CLOCK_UNITS = frozenset({"S", "MIN", "H"})


def duration_value(count: float | None, unit: str) -> str:
    """The TIMEX3 value of so many units; None counts nothing told: PXW."""
    prefix = "PT" if unit in _CLOCK_UNITS else "P"
    if unit in _TIMES and count is not None:
        unit, times = _TIMES[unit]
        count *= times
    letter = _LETTER.get(unit) or _TIMES[unit][0]
    if count is None:
        return f"{prefix}X{letter}"
    if count == int(count):
        return f"{prefix}{int(count)}{letter}"
    if count % 1 == 0.5 and unit in _HALF:
        smaller, half = _HALF[unit]
        whole = f"{int(count)}{letter}" if count >= 1 else ""
        return f"{prefix}{whole}{half}{smaller}" if whole or prefix == "PT" else f"P{half}{smaller}"
    return f"{prefix}{count:g}{letter}"


def _unit(f: Found) -> str:
    return f.constant("unit") or f.word("UNITS") or f.word("UNIT")


def _count(f: Found) -> float:
    if told := f.constant("count"):
        return float(told)
    value = f.get("NUM")
    words = f.words()
    if isinstance(value, int | float):
        count = float(value)
    elif "couple" in words:
        count = 2.0
    else:
        count = 0.5 if "half" in words and "and" not in words else 1.0
    return count + 0.5 if "half" in words and "and" in words else count


def _length(value: str, kind: TimexType = TimexType.DURATION) -> Meaning:
    return Meaning(kind, value, precision=Precision.DURATION)


_IN_A_MONTH = re.compile(r"\s+(?:in\s+[A-Z]|when\b|soon\b)")


def _is_some_day(f: Found) -> bool:
    """True for 'on a day', 'a hard day', 'one day in May' and 'One day, he left', which is no length."""
    words = f.words()
    if _unit(f) != "D" or words[0] not in ("a", "one") or words[-1] != "day" or len(words) > 3:
        return False
    if len(words) == 3:
        return words[1] in contexts()["kind_of_day"]
    opens = f.text[0].isupper() and f.scan.text.startswith(",", f.end)
    return opens or follows(f, "before_day") or _IN_A_MONTH.match(f.scan.text, f.end) is not None


def read_duration(f: Found, c: Context) -> Meaning | None:
    """So many units of time ('a quarter' alone is a fraction or a coin); up to or from the publication day for 'the past three years'."""
    if f.has("LONG"):
        return _length(f.word("LONG"))
    if f.words() == ["one", "day"] and c.adverb():
        return Meaning(TimexType.DATE, "FUTURE_REF") if c.tense() is Tense.FUTURE else None
    if _is_some_day(f) or (f.has("NUM") and f.has("UNIT") and _count(f) >= 1000):
        return None
    if _unit(f) == "Q" and not f.has("NUM") and {"a", "an"} & set(f.words()):
        return None
    length = _length(duration_value(_count(f), _unit(f)))
    step = f.number("REL") if f.match.rule.name == "duration_period" else None
    if not step or c.published is None or c.narrative:
        return length
    other = shifted(c.published, _unit(f), step * int(_count(f))) if _unit(f) not in _CLOCK_UNITS else None
    own = period_around(c.published, _PLAIN.get(_unit(f), _unit(f))) if other else None
    if other is None or own is None or other.first is None or other.last is None:
        return length
    first, last = (other.first, c.published) if step < 0 else (c.published, other.last)
    days = other.precision in (Precision.WEEK, Precision.WEEKEND, Precision.QUARTER)
    ends = (other.edtf, own.edtf) if step < 0 else (own.edtf, other.edtf)
    edtf = f"{first}/{last}" if days else f"{ends[0]}/{ends[1]}"
    return replace(length, first=first, last=last, edtf=edtf, anchor=Anchor.PUBLISHED, anchor_date=c.published)


def read_duration_vague(f: Found, c: Context) -> Meaning | None:
    """Units of time whose number is not told; 'seconds', 'minutes' and 'quarters' alone may be other things."""
    if len(f.words()) == 1 and _unit(f) in ("S", "MIN", "Q") and not follows(f, "before_minutes"):
        return None
    if "couple" in f.words():
        return _length(duration_value(2, _unit(f)))
    return _length(duration_value(None, _unit(f)))


def read_period_vague(f: Found, c: Context) -> Meaning | None:
    """'the past few weeks', 'the coming months'."""
    return read_duration_vague(f, c)


def read_vague(f: Found, c: Context) -> Meaning | None:
    """A time that names past, present or future and no more."""
    value = f.constant("value")
    for category in ("NOWREF", "CURRENT", "PASTREF", "RECENT", "FUTUREREF"):
        value = value or f.word(category)
    return Meaning(TimexType.DATE, value)


def read_set(f: Found, c: Context) -> Meaning | None:
    """How often: 'daily', 'every three years', '$50 a month'."""
    if value := f.constant("value"):
        return Meaning(TimexType.SET, value)
    if f.has("SETWORD"):
        return Meaning(TimexType.SET, f.word("SETWORD"))
    count = 2 if "other" in f.words() else _count(f)
    return Meaning(TimexType.SET, duration_value(count, _unit(f)))


@cache
def _rate() -> re.Pattern[str]:
    """A number up to two words before 'a year'."""
    return re.compile(rf"(?:\d[\w.,]*|{context_pattern('rate_number')})\W+(?:\w+\W+){{0,2}}$", re.IGNORECASE)


@cache
def _no_rate() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{context_pattern('no_rate')})\s+$", re.IGNORECASE)


def read_rate(f: Found, c: Context) -> Meaning | None:
    """'a year' after a rate ('$50 a year', 'four flights a week') is a set, else a length."""
    before = f.scan.text[max(0, f.start - 40) : f.start]
    if "per" in f.words() or (not f.text[0].isupper() and _rate().search(before) and not _no_rate().search(before)):
        return read_set(f, c)
    return None if f.words()[-1] == "second" else read_duration(f, c)


def read_habit(f: Found, c: Context) -> Meaning | None:
    """'on Fridays', 'every night', 'each July'."""
    part = time_of_day(f) or f.word("PARTS")
    weekday = f.number("WEEKDAYS") or f.number("WEEKDAY")
    if weekday is not None:
        value = f"XXXX-WXX-{weekday}"
    elif f.has("MONTH"):
        value = f"XXXX-{f.number('MONTH'):02}"
    elif f.has("SEASON"):
        value = f"XXXX-{f.word('SEASON')}"
    else:
        value = "XXXX-XX-XX"
    return Meaning(TimexType.SET, value + (f"T{part}" if part else ""))


def _shifted_meaning(base: date, f: Found, sign: int, anchor: Anchor) -> Meaning | None:
    count, unit = _count(f), _unit(f)
    if unit in _CLOCK_UNITS:
        return _length(duration_value(count, unit))
    if unit in ("DE", "CE", "ML"):
        count, unit = count * {"DE": 10, "CE": 100, "ML": 1000}[unit], "Y"
    if unit == "Y" and count != int(count):
        count, unit = count * 12, "M"
    whole = int(count)
    if whole != count:
        return _length(duration_value(count, unit))
    found = shifted(base, unit, sign * whole)
    return calendar(found, anchor, base) if found else None


def read_ago(f: Found, c: Context) -> Meaning | None:
    """So many units before the publication day."""
    if c.published is None:
        return calendar(UNKNOWN.get(_unit(f), Period(Precision.DAY)), Anchor.NONE)
    if _unit(f) == "Y" and _count(f) == 1 and not f.has("NUM") and compared(c) is not None:
        return read_year_ago(f, c)
    if f.has("REL") or f.has("DEICTIC"):
        return _ago_then(f, c.published)
    return _shifted_meaning(c.published, f, -1, Anchor.PUBLISHED)


def _ago_then(f: Found, published: date) -> Meaning | None:
    """'20 years ago this month', 'ten years ago today'."""
    units = [str(f.get("UNIT", i)) for i in range(len(f.match.tokens.get("UNIT", ())))]
    moved = shift_day(published, _unit(f), -int(_count(f))) if _unit(f) not in _CLOCK_UNITS else None
    if moved is None:
        return None
    if f.has("DEICTIC"):
        near = shift_day(moved, "D", f.number("DEICTIC") or 0)
        return calendar(period_of_day(near), Anchor.PUBLISHED, published) if near else None
    if (month := f.number("MONTH")) is not None:
        return calendar(Period(Precision.MONTH, moved.year, month), Anchor.PUBLISHED, published)
    unit = _PLAIN.get(units[-1], units[-1])
    found = period_around(moved, unit) if unit not in _CLOCK_UNITS else None
    return calendar(found, Anchor.PUBLISHED, published) if found else None


def read_from_now(f: Found, c: Context) -> Meaning | None:
    """So many units after the publication day; 'in a year's time' of what is over is a length."""
    if "time" in f.words() and (c.narrative or c.tense() is Tense.PAST):
        return _length(duration_value(_count(f), _unit(f)))
    if c.published is None:
        return calendar(UNKNOWN.get(_unit(f), Period(Precision.DAY)), Anchor.NONE)
    return _shifted_meaning(c.published, f, 1, Anchor.PUBLISHED)


def read_later(f: Found, c: Context) -> Meaning | None:
    """So many units before or after the date told last."""
    sign = -1 if {"earlier", "before", "previously", "prior"} & set(f.words()) else 1
    unit = _unit(f)
    if unit in _CLOCK_UNITS:
        return _length(duration_value(_count(f), unit))
    near = c.day if unit == "D" and c.day else c.reference
    if unit == "D" and near and near.first and c.published and near.first > c.published and c.tense() is Tense.PAST:
        near = c.past
    if sign < 0 and unit == "Y" and _count(f) == 1 and (period := compared(c)):
        return calendar(year_before(period), Anchor.TEXT, period.first)
    if near is None or near.first is None:
        if c.published is None or sign > 0:
            return calendar(UNKNOWN.get(unit, Period(Precision.DAY)), Anchor.NONE)
        return _shifted_meaning(c.published, f, sign, Anchor.PUBLISHED)
    return _shifted_meaning(near.first, f, sign, Anchor.TEXT)


def read_vague_later(f: Found, c: Context) -> Meaning | None:
    """'weeks later': some time after the date told last; 'a few hours later' is a length."""
    if _unit(f) in _CLOCK_UNITS:
        return _length(duration_value(None, _unit(f)))
    return calendar(Period(Precision.DAY), Anchor.NONE)
