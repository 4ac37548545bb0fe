"""Lookup files: tables of lines, tab-separated (`.tsv`) or comma-separated (any other name).

They are UTF-8 with a header line. A cell of a CSV file may stand in quotation marks; in a TSV file
quotation marks are text. Blank lines, and lines that begin with `#`, are passed over.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from io import StringIO
from pathlib import Path
from typing import NoReturn, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a lookup file."""

    file: str
    line: int
    """Number of the line, from 1."""
    cells: Mapping[str, str]
    """By column, without blanks around them."""

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def refuse(self, why: str) -> NoReturn:
        """Raise a ValueError that names file and line."""
        raise ValueError(f"{self.file}:{self.line}: {why}")

    def required(self, column: str) -> str:
        """The cell, which must not be empty."""
        return self.cells[column] or self.refuse(f"{column} is empty")

    def several(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds several, separated by `|`."""
        return tuple(" ".join(v.split()) for v in self.cells[column].split("|") if v.strip())

    def flag(self, column: str) -> bool:
        """The cell, which must be yes or no."""
        value = self.cells[column]
        if value not in ("yes", "no"):
            self.refuse(f"{column} is {value!r}, not yes or no")
        return value == "yes"

    def convert(self, column: str, kind: Callable[[str], Value]) -> Value:
        """The cell as a value of a type, such as `float` or a StrEnum, that raises a ValueError for others."""
        try:
            return kind(self.cells[column])
        except ValueError:
            self.refuse(f"{column} is {self.cells[column]!r}, which is no {getattr(kind, '__name__', kind)}")


AnyRow = TypeVar("AnyRow", bound=Row)


def read_rows(file: Traversable | Path, columns: Sequence[str]) -> Iterator[Row]:
    """The lines of a lookup file.

    Args:
        file: the file.
        columns: its columns, in order.

    Raises:
        ValueError: the columns are others, a line has too few or too many cells, or the file is not UTF-8.
    """
    tabbed = file.name.endswith(".tsv")
    try:
        text = file.read_text(encoding="utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ValueError(f"{file}: {error}") from error
    reader = csv.reader(
        StringIO(text, newline=""),
        delimiter="\t" if tabbed else ",",
        quoting=csv.QUOTE_NONE if tabbed else csv.QUOTE_MINIMAL,
        strict=True,
    )
    name = str(file)
    try:
        if (header := next(reader, [])) != list(columns):
            raise ValueError(f"{name}:1: columns are {header}, not {list(columns)}")
        for cells in reader:
            if not cells or cells[0].startswith("#"):
                continue
            if len(cells) != len(columns):
                raise ValueError(f"{name}:{reader.line_num}: {len(cells)} cells instead of {len(columns)}")
            yield Row(name, reader.line_num, {c: cell.strip() for c, cell in zip(columns, cells, strict=True)})
    except csv.Error as error:
        raise ValueError(f"{name}:{reader.line_num}: {error}") from error


def unique(rows: Iterable[AnyRow], *columns: str) -> Iterator[AnyRow]:
    """The rows, refused where the first of the columns is empty, or all of them repeat."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = (row.required(columns[0]), *(row[c] for c in columns[1:]))
        if (line := seen.setdefault(key, row.line)) != row.line:
            row.refuse(f"{' '.join(filter(None, key))!r} already stands on line {line}")
        yield row
