"""What the cells of the registry's files hold: ids, codes, countries, days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import pycountry

from pipeline import lookup

DATA = files("pipeline.actors") / "data"
_WIKIDATA_ID = re.compile(r"Q[1-9][0-9]*")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_SLOT = 3
_SLUG = re.compile(r"(?:person|country|org|group|place|government):[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


class ActorRow(lookup.Row):
    """One line of a file about actors."""

    __slots__ = ()

    def wikidata_id(self) -> str | None:
        """The Wikidata id, None if the cell is empty."""
        value = self.cells["wikidata_id"]
        if value and not _WIKIDATA_ID.fullmatch(value):
            self.refuse(f"{value!r} is no Wikidata id")
        return value or None

    def country(self, column: str = "country") -> str | None:
        """The country's code, None if the cell is empty."""
        value = self.cells[column]
        if value and value not in country_codes():
            self.refuse(f"{value!r} is no country code (ISO 3166-1 alpha-3)")
        return value or None

    def code(self, column: str = "code") -> str:
        """The CAMEO style code, "" if the cell is empty."""
        value = self.cells[column]
        if value and not is_actor_code(value):
            self.refuse(f"{value!r} is no actor code: unknown slot or wrong first slot")
        return value

    def actor_id(self) -> str:
        """The actor's id."""
        value = self.required("actor_id")
        if not _SLUG.fullmatch(value):
            self.refuse(f"{value!r} is no actor id such as person:vladimir-putin")
        return value

    def days(self) -> tuple[date | None, date | None]:
        """First and last day of the row, in order."""
        first, last = self._day("first", of_first=True), self._day("last", of_first=False)
        if first and last and last < first:
            self.refuse(f"the last day {last} is before the first {first}")
        return first, last

    def _day(self, column: str, *, of_first: bool) -> date | None:
        """A day; of a month or year alone, the day by which the role surely holds, or till which it does."""
        value = self.cells[column]
        if not value:
            return None
        match = _DAY.fullmatch(value)
        try:
            return _sure_day(match.groups(), of_first=of_first) if match else self.refuse(f"{value!r} is no date")
        except ValueError as error:
            self.refuse(f"{value!r} is no date: {error}")


def _sure_day(parts: Sequence[str | None], *, of_first: bool) -> date:
    year, month, day = (int(p) if p else None for p in parts)
    assert year is not None  # the pattern requires it
    if month is None:
        return date(year, 12, 31) if of_first else date(year, 1, 1)
    if day is None:
        return date(year, month, monthrange(year, month)[1]) if of_first else date(year, month, 1)
    return date(year, month, day)


def read_rows(file: Traversable | Path, columns: Sequence[str]) -> Iterator[ActorRow]:
    """The lines of a file about actors.

    Raises:
        ValueError: The header differs, a line has too few or too many cells, or the file is not UTF-8.
    """
    for row in lookup.read_rows(file, columns):
        yield ActorRow(row.file, row.line, row.cells)


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-3 codes, those of former countries (ISO 3166-3), and XKX for Kosovo."""
    return frozenset(c.alpha_3 for c in (*pycountry.countries, *pycountry.historic_countries)) | {"XKX"}


@cache
def code_slots(file: Traversable = DATA / "code_slots.csv") -> Mapping[str, bool]:
    """Slots of CAMEO style codes; True for those that can come first.

    Raises:
        ValueError: A line is wrong or a slot stands twice.
    """
    slots: dict[str, bool] = {}
    for row in lookup.unique(lookup.read_rows(file, ("slot", "first", "meaning")), "slot"):
        if len(row["slot"]) != _SLOT:
            row.refuse(f"{row['slot']!r} has not three letters")
        slots[row["slot"]] = row.flag("first")
    return slots


@cache
def is_actor_code(code: str) -> bool:
    """True for three-letter slots, the first a country, a region or a kind of international actor."""
    first, rest = code[:_SLOT], [code[i : i + _SLOT] for i in range(_SLOT, len(code), _SLOT)]
    slots = code_slots()
    begins = first in country_codes() or slots.get(first, False)
    return begins and all(s in slots or s in country_codes() for s in rest)


def slots_of(code: str) -> tuple[str, ...]:
    """The slots of a code: "USAGOVMIL" is USA, GOV, MIL."""
    return tuple(code[n : n + 3] for n in range(0, len(code), 3))
