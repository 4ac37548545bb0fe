"""Weekdays: 'on Friday', 'the previous Friday', 'Monday to Friday', 'Friday the 13th', 'the first Monday in June'."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.dates.anchor import by_tense, choose_year, last_number, named_year
from pipeline.dates.feasts import nth_weekday
from pipeline.dates.meaning import UNRESOLVED, Anchored, Context, Found, Meaning, calendar
from pipeline.dates.period import Period, make_day, period_of_day, shift_period
from pipeline.vocabulary import Anchor, Precision


def weekday_named(f: Found, c: Context) -> Anchored | None:
    """The day of a weekday: by the words before it, else by tense."""
    weekday = f.number("WEEKDAY")
    if weekday is None:
        return None
    words = f.words()
    base, anchor = c.published, Anchor.PUBLISHED
    step = last_number(f, "REL")
    told = c.day.first if c.day else None
    if told and (f.has("CTXREL") or "previous" in words or (c.narrative and step is None)):
        base, anchor = told, Anchor.TEXT
        step = f.number("CTXREL") or (-1 if "previous" in words else 1)
    if base is None:
        return Period(Precision.DAY, weekday=weekday), Anchor.NONE, None
    if f.constant("range") and _is_run(f, weekday):
        return period_of_day(_end_of_range(f, weekday, base, c)), anchor, base
    back = (base.isoweekday() - weekday) % 7
    if "week" in words and step is not None:
        moved = base + timedelta(days=weekday - base.isoweekday() + 7 * step)
    elif step is not None and step < 0:
        moved = base - timedelta(days=back or 7)
    elif step is not None and step > 0:
        moved = base + timedelta(days=7 - back)
    else:
        later = base + timedelta(days=(7 - back) % 7)
        last = base - timedelta(days=back)
        nearer = last if words[0] == "earlier" else _much_nearer(base, back, c) if step is None else None
        moved = nearer or by_tense(last, later, c, near=step == 0 and back > 0)
    return period_of_day(moved), anchor, base


def _much_nearer(base: date, back: int, c: Context) -> date | None:
    """Where the clause tells little: the weekday that is a day or two off, when the other is five or six."""
    if not 0 < back < 7 or back in (3, 4) or not c.unsure():
        return None
    return base - timedelta(days=back) if back < 3 else base + timedelta(days=7 - back)


_RUN = 3
"""Days: 'Friday and Monday' follow each other; 'Friday and Thursday' are told backwards, each on its own."""


def _is_run(f: Found, weekday: int) -> bool:
    """True for 'Monday to Friday' and for 'Monday and Tuesday'."""
    other = f.get("WEEKDAY", 1)
    if f.match.rule.name != "weekday_pair" or not isinstance(other, int):
        return True
    first, last = (other, weekday) if f.has("SECOND") else (weekday, other)
    return 0 < (last - first) % 7 <= _RUN


def _end_of_range(f: Found, weekday: int, base: date, c: Context) -> date:
    """The day of one end of 'Monday to Friday': both ends lie behind, or both ahead."""
    other = f.get("WEEKDAY", 1)
    other = other if isinstance(other, int) else weekday
    first, last = (other, weekday) if f.has("SECOND") else (weekday, other)
    span = (last - first) % 7
    back = (base.isoweekday() - last) % 7
    end = base - timedelta(days=back)
    if by_tense(end, end + timedelta(days=7 if back else 0), c) > end:
        ahead = (first - base.isoweekday()) % 7
        end = base + timedelta(days=ahead + span)
    return end if f.has("SECOND") else end - timedelta(days=span)


def weekday_of_month(f: Found, c: Context) -> Anchored | None:
    """'Friday the 13th': the nearest such Friday."""
    weekday, day = f.number("WEEKDAY"), f.number("DAYTH")
    if weekday is None or day is None or c.published is None or f.has("MONTH"):
        return None
    days = [period.first for n in range(-14, 15) if (period := shift_period(c.published, "M", n))]
    near = [d for m in days if m and (d := make_day(m.year, m.month, day)) and d.isoweekday() == weekday]
    earlier = max((d for d in near if d <= c.published), default=None)
    later = min((d for d in near if d >= c.published), default=None)
    if earlier is None or later is None:
        return None
    return period_of_day(by_tense(earlier, later, c, near=True)), Anchor.PUBLISHED, c.published


def read_nth_weekday(f: Found, c: Context) -> Meaning | None:
    """'the first Monday in June', 'the last Friday of March 2019'."""
    weekday, month = f.number("WEEKDAY"), f.number("MONTH")
    which = -1 if "last" in f.words() else f.number("ORD")
    if weekday is None or month is None or which is None or which > 5:
        return None
    year, anchor, anchor_date = named_year(f, c) or choose_year(month, None, c)
    if year is None:
        return calendar(Period(Precision.MONTH, None, month), anchor)
    if not 1 <= year <= 9999:
        return None
    found = nth_weekday(year, month, weekday, which)
    return calendar(period_of_day(found), anchor, anchor_date) if found else UNRESOLVED


def read_weekdays_ago(f: Found, c: Context) -> Meaning | None:
    """'two Sundays ago': the second one back."""
    weekday, count = f.number("WEEKDAYS"), f.number("NUM")
    if weekday is None or count is None or not 1 <= count <= 99:
        return None
    if c.published is None:
        return calendar(Period(Precision.DAY, weekday=weekday), Anchor.NONE)
    back = (c.published.isoweekday() - weekday) % 7 or 7
    return calendar(period_of_day(c.published - timedelta(days=back + 7 * (count - 1))), Anchor.PUBLISHED, c.published)


def read_weeks_from_day(f: Found, c: Context) -> Meaning | None:
    """'a week ago Monday', 'two weeks from today': so many weeks beside the last, or the next, such day."""
    weekday, count = f.number("WEEKDAY"), f.number("NUM") or 1
    if count > 99:
        return None
    if c.published is None:
        return calendar(Period(Precision.DAY, weekday=weekday), Anchor.NONE)
    sign = -1 if "ago" in f.words() else 1
    beside = f.number("DEICTIC") or 0 if weekday is None else sign * (sign * (weekday - c.published.isoweekday()) % 7)
    day = c.published + timedelta(days=beside + sign * 7 * count)
    return calendar(period_of_day(day), Anchor.PUBLISHED, c.published)
