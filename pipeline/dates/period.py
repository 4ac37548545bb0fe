"""A period of the calendar, known as exactly as a text names it: a day, a week, XXXX-02, the 1990s.

From a period follow its TIMEX3 value, its EDTF form and the first and last day it can mean.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from pipeline.vocabulary import Precision as P

_SEASON_EDTF = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_SEASON_DAYS = {"SP": ((3, 1), (6, 21)), "SU": ((6, 1), (9, 23)), "FA": ((9, 1), (12, 22))}
"""Meteorological and astronomical seasons of the northern half together: the widest that is meant."""


@dataclass(frozen=True)
class Period:
    """A period; fields that the text does not give are None.

    `year` is astronomical (480 BC is -479). `century` counts hundreds (19 for 1900-1999), `decade`
    tens (199), `millennium` thousands. `part` is a TIMEX3 part of the day (`NI`) or a time of day (`22:00`), `zone` what follows it (`Z`).
    """

    precision: P
    year: int | None = None
    month: int | None = None
    day: int | None = None
    week: int | None = None
    number: int | None = None
    """Which quarter, half, decade, century or millennium."""
    season: str | None = None
    part: str = ""
    zone: str = ""
    approximate: bool = False
    fiscal: bool = False
    """A year or quarter of somebody's books, whose days are not known."""
    weekday: int | None = None
    """ISO weekday of a day of which nothing else is known."""

    @cached_property
    def value(self) -> str:
        """The TIMEX3 value."""
        year = _timex_year(self.year)
        body = {
            P.WEEK: lambda: f"{year}-W{_two(self.week)}",
            P.WEEKEND: lambda: f"{year}-W{_two(self.week)}-WE",
            P.MONTH: lambda: f"{year}-{_two(self.month)}",
            P.QUARTER: lambda: f"{year}-Q{self.number or 'X'}",
            P.SEASON: lambda: f"{year}-{self.season}",
            P.HALF_YEAR: lambda: f"{year}-H{self.number or 'X'}",
            P.YEAR: lambda: year,
            P.DECADE: lambda: _era(self.number, 3),
            P.CENTURY: lambda: _era(self.number, 2),
            P.MILLENNIUM: lambda: _era(self.number, 1),
        }.get(self.precision, lambda: self._day_value(year))()
        return body + (f"T{self.part}{self.zone}" if self.part else "")

    def _day_value(self, year: str) -> str:
        if self.day is None and self.month is None and self.weekday is not None:
            return f"{year}-WXX-{self.weekday}"
        return f"{year}-{_two(self.month)}-{_two(self.day)}"

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day it can mean; None where the year is not known or not of our era."""
        if self.fiscal:
            return None
        if self.precision in (P.DECADE, P.CENTURY, P.MILLENNIUM):
            size = {P.DECADE: 10, P.CENTURY: 100, P.MILLENNIUM: 1000}[self.precision]
            if self.number is None or self.number * size < 1:
                return None
            return date(self.number * size, 1, 1), date(self.number * size + size - 1, 12, 31)
        if self.year is None or not 1 <= self.year <= 9998:
            return None
        return self._days_of_year(self.year)

    def _days_of_year(self, year: int) -> tuple[date, date] | None:
        if self.precision in (P.WEEK, P.WEEKEND):
            if self.week is None:
                return None
            monday = date.fromisocalendar(year, self.week, 1)
            first = monday if self.precision is P.WEEK else monday + timedelta(5)
            return first, monday + timedelta(6)
        if self.precision is P.SEASON:
            return _season_days(year, self.season or "")
        months = {P.QUARTER: 3, P.HALF_YEAR: 6}.get(self.precision)
        if months:
            return None if self.number is None else _months(year, months * (self.number - 1) + 1, months)
        if self.precision is P.YEAR:
            return date(year, 1, 1), date(year, 12, 31)
        if self.month is None:
            return None
        if self.day is None:
            return _months(year, self.month, 1)
        day = make_day(year, self.month, self.day)
        return (day, day) if day else None

    @cached_property
    def edtf(self) -> str | None:
        """The EDTF form (ISO 8601-2, levels 0 to 2); None where EDTF has none.

        EDTF has no weeks and no parts of the day: a week is the interval of its days, a part of the
        day and a time of the day is its day.
        """
        if self.precision in (P.DECADE, P.CENTURY, P.MILLENNIUM):
            if self.number is None or self.number < 0:
                return None
            digits = {P.DECADE: 3, P.CENTURY: 2, P.MILLENNIUM: 1}[self.precision]
            return f"{self.number:0{digits}}" + "X" * (4 - digits) + ("~" if self.approximate else "")
        if self.precision in (P.WEEK, P.WEEKEND):
            return f"{self.days[0]}/{self.days[1]}" if self.days else None
        body = self._edtf_body(_edtf_year(self.year))
        return None if body is None else body + ("~" if self.approximate or self.fiscal else "")

    def _edtf_body(self, year: str) -> str | None:
        if self.precision is P.SEASON:
            return f"{year}-{_SEASON_EDTF[self.season or '']}"
        if self.precision is P.QUARTER:
            return f"{year}-{32 + self.number}" if self.number else None
        if self.precision is P.HALF_YEAR:
            return f"{year}-{39 + self.number}" if self.number else None
        if self.precision is P.YEAR:
            return year if self.year is not None else None
        if self.month is None:
            if self.day is not None:
                return f"{year}-XX-{_two(self.day)}"
            return None
        return f"{year}-{_two(self.month)}" + (f"-{_two(self.day)}" if self.day else "")

    @property
    def first(self) -> date | None:
        """The first day."""
        return self.days[0] if self.days else None

    @property
    def last(self) -> date | None:
        """The last day."""
        return self.days[1] if self.days else None

    @property
    def resolved(self) -> bool:
        """True where the days are known."""
        return self.days is not None

    def with_part(self, part: str, zone: str = "") -> Period:
        """The period with a part of the day or a time of day."""
        precision = P.INSTANT if part[:1].isdigit() else P.PART_OF_DAY
        return replace(self, part=part, zone=zone, precision=precision)

    def without_part(self) -> Period:
        """The day of a part of the day."""
        return replace(self, part="", zone="", precision=P.DAY) if self.part else self


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where there is no such day."""
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def period_of_day(day: date) -> Period:
    """The period of one day."""
    return Period(P.DAY, day.year, day.month, day.day)


def period_around(day: date, unit: str) -> Period:
    """The unit (D, W, WE, M, Q, H, Y, DE, CE, ML) of the calendar that holds `day`.

    Raises:
        KeyError: no such unit.
    """
    year, week, _ = day.isocalendar()
    return {
        "D": lambda: period_of_day(day),
        "W": lambda: Period(P.WEEK, year, week=week),
        "WE": lambda: Period(P.WEEKEND, year, week=week),
        "M": lambda: Period(P.MONTH, day.year, day.month),
        "Q": lambda: Period(P.QUARTER, day.year, number=(day.month + 2) // 3),
        "HY": lambda: Period(P.HALF_YEAR, day.year, number=(day.month + 5) // 6),
        "Y": lambda: Period(P.YEAR, day.year),
        "DE": lambda: Period(P.DECADE, number=day.year // 10),
        "CE": lambda: Period(P.CENTURY, number=day.year // 100),
        "ML": lambda: Period(P.MILLENNIUM, number=day.year // 1000),
    }[unit]()


_DAYS = {"D": 1, "W": 7, "WE": 7, "2W": 14}
_MONTHS = {"M": 1, "Q": 3, "6M": 6, "HY": 6, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}


def shift_day(day: date, unit: str, count: int) -> date | None:
    """`day` moved by so many units; the last day of the month where the month is too short.

    Returns None where the calendar ends.
    """
    try:
        if unit in _DAYS:
            return day + timedelta(days=_DAYS[unit] * count)
        months = day.year * 12 + day.month - 1 + _MONTHS[unit] * count
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def shift_period(day: date, unit: str, count: int) -> Period | None:
    """The unit of the calendar that lies `count` units from the one around `day`."""
    moved = shift_day(day.replace(day=1) if unit in _MONTHS else day, unit, count)
    name = {"2W": "W", "6M": "M"}.get(unit, unit)
    return period_around(moved, name) if moved else None


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    last = first + count - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _season_days(year: int, season: str) -> tuple[date, date]:
    if season == "WI":
        return date(year, 1, 1) - timedelta(31), date(year + 1, 3, 21)
    (m1, d1), (m2, d2) = _SEASON_DAYS[season]
    return date(year, m1, d1), date(year, m2, d2)


def _two(number: int | None) -> str:
    return "XX" if number is None else f"{number:02}"


def _timex_year(year: int | None) -> str:
    if year is None:
        return "XXXX"
    return f"{year:04}" if year > 0 else f"BC{1 - year:04}"


def _edtf_year(year: int | None) -> str:
    if year is None:
        return "XXXX"
    return f"{year:04}" if year >= 0 else f"-{-year:04}"


def _era(number: int | None, digits: int) -> str:
    if number is None:
        return "X" * digits
    return f"{number:0{digits}}" if number >= 0 else f"BC{-number:0{digits}}"
