"""The days of feasts, by year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from pipeline.dates.lexicon import holidays
from pipeline.dates.period import make_day

_WEEKDAYS = {"MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6, "SU": 7}


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of Nature, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def feast_day(name: str, year: int | None) -> date | None:
    """The day of a feast in a year.

    Args:
        name: its name, as in holidays.tsv.
        year: the year; None asks for month and day of a feast that has the same ones every year
            (given as a day of the year 2000).

    Returns:
        None where the feast moves and no year is given.
    """
    rule = holidays()[name].split()
    if "-" in rule[0]:
        month, day = (int(part) for part in rule[0].split("-"))
        return make_day(2000 if year is None else year, month, day)
    if year is None or not 1583 <= year <= 9000:
        return None
    if rule[0] == "easter":
        return easter(year) + timedelta(days=int(rule[1]))
    found = nth_weekday(year, int(rule[2]), _WEEKDAYS[rule[0]], int(rule[1]))
    return found + timedelta(days=int(rule[3])) if found and len(rule) > 3 else found


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date | None:
    """The `which`-th ISO weekday of a month (-1: the last); None where the month has no such one."""
    if which > 0:
        first = date(year, month, 1)
        found = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (which - 1))
    else:
        last = date(year, month, monthrange(year, month)[1])
        found = last - timedelta(days=(last.isoweekday() - weekday) % 7)
    return found if found.month == month else None
