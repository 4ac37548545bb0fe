"""How a table is declared: a frozen dataclass of columns, from which all else is computed."""

from __future__ import annotations

import json
import types
import typing
from dataclasses import Field, dataclass, field, fields
from datetime import date, datetime
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

import pyarrow as pa

SCHEMA_VERSION = 2
"""Rises when a column is added, renamed or changes its meaning."""


class Span(NamedTuple):
    """A stretch of `articles.text`: Unicode code points, end exclusive."""

    start: int
    end: int


_ARROW: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int32(),
    float: pa.float64(),
    bool: pa.bool_(),
    bytes: pa.binary(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
}


def column(
    meaning: str,
    *,
    key: bool = False,
    refers: str | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
    closed: str | None = None,
    wide: bool = False,
) -> Any:
    """Declare a column of a table.

    Args:
        meaning: one sentence for the reader of the Parquet, with the unit if there is one.
        key: part of the table's primary key.
        refers: "table.column" that must hold the value (null is always allowed where the column is).
        minimum: the smallest allowed value.
        maximum: the largest allowed value.
        closed: the name of a closed list kept as data (`cameo`, `iso3`); enums need none.
        wide: an int of 64 bits.
    """
    return field(
        metadata={
            "meaning": meaning,
            "key": key,
            "refers": refers,
            "minimum": minimum,
            "maximum": maximum,
            "closed": closed,
            "wide": wide,
        }
    )


@dataclass(frozen=True)
class Column:
    """One column, as declared by a field of a row class."""

    name: str
    meaning: str
    arrow: pa.DataType
    nullable: bool
    key: bool
    refers: str | None
    minimum: float | None
    maximum: float | None
    closed: str | None
    enum: type[Enum] | None
    struct: type[Any] | None
    """The NamedTuple that the elements of a list are."""

    @property
    def values(self) -> list[Any] | None:
        """The allowed values where the column is an enum, else None."""
        return None if self.enum is None else [member.value for member in self.enum]


class Surface(NamedTuple):
    """A promise on every row: `articles.text[start:end] == text` (null where all three are null)."""

    text: str
    start: str
    end: str


@dataclass(frozen=True)
class Table:
    """One table of the warehouse: a row class, and what the storage must know of it."""

    name: str
    row: type
    one_row_per: str
    order: tuple[str, ...]
    by: typing.Literal["article day", "event day", "run day", "none"]
    surfaces: tuple[Surface, ...] = ()

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the row class, then the two that say what made the row."""
        hints = typing.get_type_hints(self.row)
        own = tuple(_column(f, hints[f.name]) for f in fields(self.row))
        return own + _MADE_BY

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by their names."""
        return {c.name: c for c in self.columns}

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that identify a row."""
        return tuple(c.name for c in self.columns if c.key)

    @cached_property
    def arrow(self) -> pa.Schema:
        """The Arrow schema of every file of the table."""
        return pa.schema(
            [pa.field(c.name, c.arrow, c.nullable, {"meaning": c.meaning}) for c in self.columns],
            metadata={"table": self.name, "schema_version": str(SCHEMA_VERSION), "generator": "newsledger"},
        )


def build(table: Table, rows: typing.Iterable[Any], code_version: str) -> pa.Table:
    """Build an Arrow table from rows of `table.row`, checked against its schema.

    Raises:
        TypeError: a row is not of the table's row class.
        ValueError: null in a column that may not be null.
    """
    rows = list(rows)
    for row in rows:
        if type(row) is not table.row:
            raise TypeError(f"{table.name} holds {table.row.__name__}, not {type(row).__name__}")
    arrays = []
    for c in table.columns:
        if c.name == "schema_version":
            values: list[Any] = [SCHEMA_VERSION] * len(rows)
        elif c.name == "code_version":
            values = [code_version] * len(rows)
        else:
            values = [getattr(row, c.name) for row in rows]
            if c.struct is not None:
                values = [None if v is None else [s._asdict() for s in v] for v in values]
        array = pa.array(values, c.arrow)
        if array.null_count and not c.nullable:
            raise ValueError(f"{table.name}.{c.name} is null in {array.null_count} of {len(rows)} rows")
        arrays.append(array)
    return pa.Table.from_arrays(arrays, schema=table.arrow)


def _without_none(name: str, hint: Any) -> tuple[Any, bool]:
    """The type of a column, and whether it may be null."""
    if not isinstance(hint, types.UnionType):
        return hint, False
    members = [a for a in typing.get_args(hint) if a is not type(None)]
    if len(members) != 1:
        raise TypeError(f"{name}: a column has one type, or that type and None")
    return members[0], True


def _struct(row: type) -> pa.DataType:
    """The Arrow type of a NamedTuple."""
    hints = {name: _without_none(name, hint) for name, hint in typing.get_type_hints(row).items()}
    return pa.struct([pa.field(name, _ARROW[hint], nullable) for name, (hint, nullable) in hints.items()])


def _column(f: Field[Any], hint: Any) -> Column:
    hint, nullable = _without_none(f.name, hint)
    repeated = typing.get_origin(hint) is list
    if repeated:
        (hint,) = typing.get_args(hint)
    enum = hint if isinstance(hint, type) and issubclass(hint, Enum) else None
    if enum is not None:
        hint = type(next(iter(enum)).value)
    struct = hint if isinstance(hint, type) and issubclass(hint, tuple) else None
    arrow = _struct(struct) if struct else pa.int64() if f.metadata["wide"] else _ARROW[hint]
    if repeated:
        arrow = pa.list_(pa.field("element", arrow, False))
    m = f.metadata
    return Column(
        f.name,
        m["meaning"],
        arrow,
        nullable,
        m["key"],
        m["refers"],
        m["minimum"],
        m["maximum"],
        m["closed"],
        enum,
        struct,
    )


@dataclass(frozen=True)
class _MadeBy:
    schema_version: int = column("Version of the table's schema that the row was written under.", minimum=1)
    code_version: str = column("Version of newsledger that made the row.")


_MADE_BY = tuple(_column(f, typing.get_type_hints(_MadeBy)[f.name]) for f in fields(_MadeBy))


def rows_of(table: Table, arrow: pa.Table) -> list[Any]:
    """The rows of an Arrow table as instances of `table.row`: what `build` made, made back."""
    own = [c for c in table.columns if c not in _MADE_BY]
    columns = [[_value(c, v) for v in arrow.column(c.name).to_pylist()] for c in own]
    names = [c.name for c in own]
    return [table.row(**dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True)]


def row_to_json(table: Table, row: Any) -> str:
    """A row as a JSON object; instants and days in ISO 8601."""
    values = {c.name: getattr(row, c.name) for c in table.columns if c not in _MADE_BY}
    return json.dumps(values, ensure_ascii=False, default=lambda value: value.isoformat())


def row_from_json(table: Table, text: str | bytes) -> Any:
    """The row that `row_to_json` wrote; other keys are ignored.

    Columns that may be null and are missing are null: they came after the row was written.

    Raises:
        ValueError: no JSON object, another column is missing, or a value does not fit its column.
    """
    try:
        found = json.loads(text)
        columns = [pa.array([_read(found, c)]).cast(c.arrow) for c in table.columns if c not in _MADE_BY]
    except (KeyError, TypeError, pa.ArrowException) as error:
        raise ValueError(f"this is no row of {table.name}: {error!r}") from error
    names = [c.name for c in table.columns if c not in _MADE_BY]
    (row,) = rows_of(table, pa.table(dict(zip(names, columns, strict=True))))
    return row


def _read(found: dict[str, Any], c: Column) -> Any:
    return None if c.nullable and c.name not in found else found[c.name]


def _value(c: Column, value: Any) -> Any:
    if value is None:
        return None
    if c.enum is not None:
        return [c.enum(v) for v in value] if isinstance(value, list) else c.enum(value)
    if c.struct is not None:
        return [c.struct(**v) for v in value]
    return value
