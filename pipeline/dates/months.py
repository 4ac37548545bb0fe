"""Months, and days of a month that is not told: 'mid-April', 'last October', 'on the 24th'."""

from __future__ import annotations

from pipeline.dates.anchor import by_tense, choose_year, last_number, named_year, year_of_range
from pipeline.dates.days import day_of_month
from pipeline.dates.meaning import UNRESOLVED, Context, Found, Meaning, calendar
from pipeline.dates.period import Period, make_day, period_of_day, shift_period
from pipeline.vocabulary import Anchor, Precision


def read_month(f: Found, c: Context) -> Meaning | None:
    """A month, with or without its year."""
    month = f.number("MONTH")
    if month is None:
        return None
    named = named_year(f, c)
    if named:
        return calendar(Period(Precision.MONTH, named[0], month), named[1], named[2])
    if (second := year_of_range(f, month, c)) is not None:
        return calendar(Period(Precision.MONTH, second, month), Anchor.TEXT)
    step = last_number(f, "REL")
    if {"that", "same"} & set(f.words()) and c.year is not None:
        return calendar(Period(Precision.MONTH, c.year, month), Anchor.TEXT)
    if f.has("CTXREL") or "previous" in f.words():
        return _month_beside(f, c, month)
    if step is None or c.published is None:
        year, anchor, anchor_date = choose_year(month, None, c)
        return calendar(Period(Precision.MONTH, year, month), anchor, anchor_date)
    year = c.published.year
    if step < 0 and month >= c.published.month:
        year -= 1
    if step > 0 and month <= c.published.month:
        year += 1
    return calendar(Period(Precision.MONTH, year, month), Anchor.PUBLISHED, c.published)


def read_day_of_month(f: Found, c: Context) -> Meaning | None:
    """'on the 24th': of the month told last where that is far from the publication day, else the last or next one by tense."""
    day = day_of_month(f)
    if day is None or not 1 <= day <= 31:
        return None
    near = c.reference.first if c.reference and c.reference.month else None
    if near and (c.published is None or c.narrative or abs((c.published - near).days) > _FAR_MONTH):
        told = c.reference.day if c.reference else None
        month = shift_period(near, "M", int(told is not None and day < told))
        found = make_day(month.year or 0, month.month or 0, day) if month else None
        return calendar(period_of_day(found), Anchor.TEXT, near) if found else UNRESOLVED
    if c.published is None:
        return calendar(Period(Precision.DAY, day=day), Anchor.NONE)
    months = [period.first for n in range(-2, 3) if (period := shift_period(c.published, "M", n))]
    days = [d for m in months if m and (d := make_day(m.year, m.month, day))]
    earlier = max((d for d in days if d <= c.published), default=None)
    later = min((d for d in days if d >= c.published), default=None)
    if earlier is None or later is None:
        return calendar(Period(Precision.DAY, day=day), Anchor.NONE)
    return calendar(period_of_day(by_tense(earlier, later, c, near=True)), Anchor.PUBLISHED, c.published)


def read_day_in_period(f: Found, c: Context) -> Meaning | None:
    """'the first day of May', 'the last day of 2019'."""
    which = -1 if "last" in f.words() else f.number("ORD")
    month = f.number("MONTH")
    if which is None or (month is None and which not in (1, -1)):
        return None
    year, anchor, anchor_date = named_year(f, c) or choose_year(month or 1, None, c)
    if year is None:
        return calendar(Period(Precision.MONTH, None, month), anchor)
    span = Period(Precision.YEAR if month is None else Precision.MONTH, year, month)
    if span.first is None or span.last is None:
        return None
    found = span.last if which < 0 else make_day(year, month or 1, which)
    return calendar(period_of_day(found), anchor, anchor_date) if found else UNRESOLVED


_FAR_MONTH = 45
"""Days: a month told so far from the publication day is the one that a bare day of the month belongs to."""


def _month_beside(f: Found, c: Context, month: int) -> Meaning:
    """'the following March', 'the previous March': the next one from the date told last."""
    near = c.reference
    if near is None or near.first is None or near.last is None:
        return calendar(Period(Precision.MONTH, None, month), Anchor.NONE)
    if (f.number("CTXREL") or -1) > 0:
        day = near.last
        year = day.year + (month <= day.month)
    else:
        day = near.first
        year = day.year - (month >= day.month)
    return calendar(Period(Precision.MONTH, year, month), Anchor.TEXT, near.first)
