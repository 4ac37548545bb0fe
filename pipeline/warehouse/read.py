"""Reading a table of the warehouse: one schema over all its files, `day` from the path."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import Table
from pipeline.tables import ARTICLES
from pipeline.warehouse.errors import WarehouseError
from pipeline.warehouse.files import check_version, damaged
from pipeline.warehouse.layout import EMPTY_DAY, FILE, parse_day_folder, partition
from pipeline.warehouse.storage import Storage

DAY = pa.field("day", pa.date32(), False)
KNOWN = (
    "article_id",
    "record_hash",
    "content_hash",
    "published_at",
    "published_date",
    "raw_uri",
    "raw_index",
    "raw_sha256",
    "duplicate_of",
)
_TRIES = 5
_THREADS = 4


def list_days(storage: Storage, table: Table) -> list[date]:
    """The days of a table that have rows, in order."""
    days = []
    for entry in storage.entries(table.name):
        day = parse_day_folder(entry.name)
        if day == EMPTY_DAY:
            continue
        if entry.is_folder and day is not None and storage.size(f"{table.name}/{entry.name}/{FILE}") is not None:
            days.append(day)
    return sorted(days)


def read_table(
    storage: Storage,
    table: Table,
    days: Collection[date] | None = None,
    columns: Sequence[str] | None = None,
    filter: Any = None,
) -> pa.Table:
    """Read rows of a table, by day and then by the table's order.

    It needs no lock: each file is whole at any moment, and a partition that is replaced or removed meanwhile is read
    as it was before or after.

    Args:
        storage: the warehouse's storage.
        table: the table.
        days: only these partitions.
        columns: only these columns (`day` is one of them).
        filter: a `pyarrow.compute` expression over any columns, `day` among them.

    Returns:
        The columns of the table and, where it has days, `day`. Columns that a file of an older schema lacks are null.

    Raises:
        WarehouseDamaged: a file is no whole Parquet file.
        WarehouseTooNew: a file was written under a later schema.
    """
    for tries_left in range(_TRIES, -1, -1):
        try:
            return _read(storage, table, _existing(storage, table, days), columns, filter)
        except FileNotFoundError as error:
            # The partition was emptied between listing and opening: list again.
            if not tries_left:
                raise WarehouseError(
                    storage.shown(table.name), "its partitions change too fast to be read", "Try again later."
                ) from error
    raise AssertionError("unreachable")


def count_rows(storage: Storage, table: Table) -> int:
    """The number of rows of a table, from the footers of its files."""
    days: Sequence[date | None] = [None] if table.by == "none" else list_days(storage, table)
    total = 0
    for day in days:
        path = partition(table, day)
        if storage.size(path) is not None:
            with _undamaged(storage, path):
                footer = pq.read_metadata(storage.full(path), filesystem=storage.arrow)
                check_version(footer.metadata, storage.shown(path))
                total += footer.num_rows
    return total


def known_articles(storage: Storage) -> pa.Table:
    """The stored articles: what it takes to tell whether a delivered record is new, and where its rows are.

    Returns:
        Columns `KNOWN` and `day`.
    """
    return read_table(storage, ARTICLES, columns=[*KNOWN, DAY.name])


def _existing(storage: Storage, table: Table, days: Collection[date] | None) -> list[tuple[str, date | None]]:
    if table.by == "none":
        path = partition(table, None)
        return [(path, None)] if storage.size(path) is not None else []
    wanted = None if days is None else set(days)
    found = list_days(storage, table) if wanted is None or len(wanted) > 50 else sorted(wanted)
    paths: list[tuple[str, date | None]] = [
        (partition(table, day), day) for day in found if wanted is None or day in wanted
    ]
    return paths if wanted is None else [(p, d) for p, d in paths if storage.size(p) is not None]


def _read(
    storage: Storage,
    table: Table,
    files: Sequence[tuple[str, date | None]],
    columns: Sequence[str] | None,
    filter: Any,
) -> pa.Table:
    # Null is allowed everywhere here: a file of an older schema lacks columns that may not be null today.
    fields = [f.with_nullable(True) for f in table.arrow]
    if table.by != "none":
        fields.append(DAY)
    schema = pa.schema(fields)
    wanted = schema.names if columns is None else list(columns)
    unknown = [c for c in wanted if c not in schema.names]
    if unknown:
        raise WarehouseError(
            storage.shown(table.name), f"it has no column {', '.join(unknown)}", "Check the names of the columns."
        )
    if filter is None:
        schema = pa.schema([schema.field(c) for c in wanted])
    read = partial(_read_file, storage, schema)
    with ThreadPoolExecutor(_THREADS) as pool:
        parts = list(pool.map(lambda file: _filtered(read(*file), filter, wanted), files))
    return pa.concat_tables([pa.schema([schema.field(c) for c in wanted]).empty_table(), *parts])


def _filtered(rows: pa.Table, filter: Any, wanted: Sequence[str]) -> pa.Table:
    return rows if filter is None else rows.filter(filter).select(wanted)


def _read_file(storage: Storage, schema: pa.Schema, path: str, day: date | None) -> pa.Table:
    """Read one file in the given schema. It is opened once: a footer of before would not fit a file that was replaced."""
    with _undamaged(storage, path), storage.arrow.open_input_file(storage.full(path)) as source:
        file = pq.ParquetFile(source, pre_buffer=True)
        check_version(file.schema_arrow.metadata, storage.shown(path))
        rows = file.read([c for c in schema.names if c in file.schema_arrow.names], use_threads=False)
        n = file.metadata.num_rows
    return pa.Table.from_arrays([_column(rows, field, n, day) for field in schema], schema=schema)


@contextmanager
def _undamaged(storage: Storage, path: str) -> Iterator[None]:
    """Raise WarehouseDamaged, which names the file, for what reading it raises inside."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (pa.ArrowException, OSError) as error:
        raise damaged(storage.shown(path), error) from error


def _column(rows: pa.Table, field: pa.Field, n: int, day: date | None) -> Any:
    if field.name == DAY.name:
        return pa.array([day] * n, DAY.type)
    if field.name in rows.column_names:
        return rows[field.name].cast(field.type)
    return pa.nulls(n, field.type)
