"""Reading the registry's CSV files: every refusal names the file and the line."""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import StringIO
from pathlib import Path
from typing import NoReturn

import pycountry

DATA = files("pipeline.actors") / "data"
_WIKIDATA_ID = re.compile(r"Q[1-9][0-9]*")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_SLOT = 3
_SLUG = re.compile(r"(?:person|country|org|group|place|government):[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a data file."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def several(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds several, separated by `|`."""
        return tuple(" ".join(v.split()) for v in self.cells[column].split("|") if v.strip())

    def refuse(self, why: str) -> NoReturn:
        """Raise a ValueError that names file and line."""
        raise ValueError(f"{self.file}:{self.line}: {why}")

    def required(self, column: str) -> str:
        """The cell, which must not be empty."""
        return self.cells[column] or self.refuse(f"{column} is empty")

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


def read_rows(file: Traversable | Path, columns: Sequence[str]) -> Iterator[Row]:
    """The lines of a CSV file (UTF-8, comma, header as given; lines that begin with `#` are comments).

    Raises:
        ValueError: The header differs, a line has too few or too many cells, or the file is not UTF-8.
    """
    try:
        reader = csv.reader(StringIO(file.read_text(encoding="utf-8").removeprefix("\ufeff"), newline=""), strict=True)
        header = next(reader, [])
        if header != list(columns):
            raise ValueError(f"{file.name}:1: columns are {header}, not {list(columns)}")
        for cells in reader:
            if not cells or cells[0].startswith("#"):
                continue
            row = Row(file.name, reader.line_num, dict(zip(columns, (c.strip() for c in cells), strict=False)))
            if len(cells) != len(columns):
                row.refuse(f"{len(cells)} cells instead of {len(columns)}")
            yield row
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{file.name}: {error}") from error


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
    for row in read_rows(file, ("slot", "first", "meaning")):
        if row["slot"] in slots:
            row.refuse(f"{row['slot']} is doubled")
        if row["first"] not in {"yes", "no"} or len(row["slot"]) != _SLOT:
            row.refuse(f"{row['slot']!r} has not three letters, or {row['first']!r} is neither yes nor no")
        slots[row["slot"]] = row["first"] == "yes"
    return slots


@cache
def is_actor_code(code: str) -> bool:
    """True for three-letter slots, the first a country, a region or a kind of international actor."""
    first, rest = code[:_SLOT], [code[i : i + _SLOT] for i in range(_SLOT, len(code), _SLOT)]
    slots = code_slots()
    begins = first in country_codes() or slots.get(first, False)
    return begins and all(s in slots or s in country_codes() for s in rest)
