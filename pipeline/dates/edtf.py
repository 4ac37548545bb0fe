"""EDTF (ISO 8601-2, Library of Congress 2019) as newsledger writes it, read back into days.

Level 0: days, months, years, intervals. Level 1: `~`, seasons (21-24), open ends (`..`),
unspecified digits from the right (`199X`). Level 2: unspecified parts (`XXXX-02-24`), quarters
(33-36), halves (40-41). What newsledger never writes is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipeline.dates.period import Period
from pipeline.vocabulary import Precision

_ONE = re.compile(
    r"(?P<year>-?\d{4}|\d{3}X|\d{2}XX|\dXXX|XXXX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d))?)?(?P<about>~)?"
)
_SEASONS = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
_ERAS = {1: Precision.DECADE, 2: Precision.CENTURY, 3: Precision.MILLENNIUM}


@dataclass(frozen=True, slots=True)
class Edtf:
    """What an EDTF string says: the first and the last day (None where open or unknown)."""

    first: date | None
    last: date | None
    approximate: bool = False


def parse_edtf(text: str) -> Edtf | None:
    """Read an EDTF string; None where it is none, or none that newsledger writes."""
    if "/" not in text:
        period = _parse_one(text)
        return None if period is None else Edtf(period.first, period.last, period.approximate)
    parts = text.split("/")
    if len(parts) != 2 or parts == ["..", ".."]:
        return None
    first, last = (None if part == ".." else _parse_one(part) for part in parts)
    if (first is None) != (parts[0] == "..") or (last is None) != (parts[1] == ".."):
        return None
    if first and last and first.first and last.last and first.first > last.last:
        return None
    about = bool((first and first.approximate) or (last and last.approximate))
    return Edtf(first.first if first else None, last.last if last else None, about)


def _parse_one(text: str) -> Period | None:
    match = _ONE.fullmatch(text)
    if match is None:
        return None
    about = match["about"] is not None
    unknown = match["year"].count("X")
    if 0 < unknown < 4:
        if match["month"]:
            return None
        return Period(_ERAS[unknown], number=int(match["year"].rstrip("X")), approximate=about)
    year = None if unknown else int(match["year"])
    return _parse_parts(year, match["month"], match["day"], about)


def _parse_parts(year: int | None, month: str | None, day: str | None, about: bool) -> Period | None:
    if month is None:
        return None if year is None else Period(Precision.YEAR, year, approximate=about)
    if month == "XX":
        return Period(Precision.DAY, year, None, int(day), approximate=about) if day and 1 <= int(day) <= 31 else None
    number = int(month)
    if 1 <= number <= 12:
        if day is None:
            return Period(Precision.MONTH, year, number, approximate=about)
        period = Period(Precision.DAY, year, number, int(day), approximate=about)
        known = Period(Precision.DAY, 2000 if year is None else year, number, int(day))
        return period if known.days or (year is not None and year < 1) else None
    if day is not None:
        return None
    if number in _SEASONS:
        return Period(Precision.SEASON, year, season=_SEASONS[number], approximate=about)
    if 33 <= number <= 36:
        return Period(Precision.QUARTER, year, number=number - 32, approximate=about)
    if number in (40, 41):
        return Period(Precision.HALF_YEAR, year, number=number - 39, approximate=about)
    return None
