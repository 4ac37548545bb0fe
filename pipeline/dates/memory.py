"""What a text tells of how to read it, and what is kept of a date for those behind it."""

from __future__ import annotations

import re
from datetime import date
from statistics import median

from pipeline.dates.meaning import Context, Found, Meaning
from pipeline.dates.period import Period
from pipeline.vocabulary import Precision, TimexType


def told_order(found: list[Found]) -> bool | None:
    """Whether a text writes the day before the month, told by a date that can be read in one order only."""
    orders = set()
    for f in found:
        if f.has("NUMERIC"):
            first, second = re.findall(r"\d+", f.word("NUMERIC"))[:2]
            orders |= {True} if int(first) > 12 else {False} if int(second) > 12 else set()
    return orders.pop() if len(orders) == 1 else None


def tells_history(found: list[Found], published: date | None) -> bool:
    """True where a text dates by years long past and hardly by weekdays: a history, not news."""
    years = [y for f in found if (y := f.number("YEAR") or (f.has("ERA") and f.number("SHORTYEAR")))]
    deictic = sum(_is_deictic(f) for f in found)
    if len(years) < 5 or len(years) < 10 * deictic or len(years) * 10 < len(found):
        return False
    return published is None or median(years) < published.year - 1


_REPORTED = frozenset({"P6M", "P9M", "P2Q", "P3Q"})
"""Lengths over which companies report: 'the first nine months' are of the year."""
_COMPARED = frozenset({"year_ago", "year_period", "same_period", "units_ago"})


_LEAP = 15
"""Years: a history that names a year so far from the one told last mostly looks aside."""


def _is_aside(meaning: Meaning, context: Context) -> bool:
    """True in a history for a year far from the one told last, until a second one is told beside it."""
    period, told = meaning.period, context.year
    if not context.narrative or period is None or period.precision is not Precision.YEAR or told is None:
        return False
    year, before = period.year or told, context.aside
    context.aside = year if abs(year - told) > _LEAP else None
    return context.aside is not None and (before is None or abs(year - before) > _LEAP)


def remember(f: Found, meaning: Meaning, context: Context) -> None:
    """Keep what later expressions can refer to; what is only compared with ('a year earlier') is not."""
    period, aside = meaning.period, _is_aside(meaning, context)
    if (
        meaning.type is TimexType.DURATION
        and meaning.value in _REPORTED
        and context.published
        and _of_own_year(f, context)
    ):
        context.topic = Period(Precision.YEAR, context.published.year)
    if period is None or not period.resolved or _is_compared(f):
        return
    context.reference = period
    if not f.scan.text.endswith("from ", 0, f.start):
        context.sentence.append(period)
    if period.year is not None and not aside:
        context.year = period.year
    if period.day is not None:
        context.day = period
        if context.published is None or (period.first and period.first <= context.published):
            context.past = period
    if period.precision is Precision.QUARTER and _is_reported(period, context):
        context.topic = period


def frame_of(meaning: Meaning) -> int | None:
    """The year to which an expression at the head of a sentence sets the months in it."""
    period = meaning.period
    return period.year if period is not None and period.precision is Precision.YEAR and not period.fiscal else None


def _is_reported(quarter: Period, context: Context) -> bool:
    """True for the first quarter that a text names, and for a later one that is over: not for a forecast or a comparison."""
    told, day = context.topic, context.published
    if told is None or day is None or told.last is None or quarter.last is None:
        return True
    if told.precision is not Precision.QUARTER:
        return quarter.last <= day
    return told.last > day or told.last < quarter.last <= day


_OF_YEAR = re.compile(r"\s+of\s+(\d{4})\b")


def _of_own_year(f: Found, context: Context) -> bool:
    """False for 'the first two quarters of 2024' in a text of another year: a forecast, or a comparison."""
    named = _OF_YEAR.match(f.scan.text, f.end)
    return named is None or context.published is None or int(named[1]) == context.published.year


def _is_deictic(f: Found) -> bool:
    """True for what counts from the publication day: Monday, today, last week, two years ago."""
    return f.has("WEEKDAY") or f.has("DEICTIC") or f.has("TONIGHT") or f.match.rule.meaning in ("relative", "ago")


def _is_compared(f: Found) -> bool:
    rule = f.match.rule.name
    return rule in _COMPARED or (rule == "units_later" and "later" not in f.words() and f.word("UNIT") == "Y")
