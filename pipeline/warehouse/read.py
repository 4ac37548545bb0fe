"""Reading a table of the warehouse: one schema over all its files, `day` from the path."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from pipeline.schema import Table
from pipeline.tables import ARTICLES
from pipeline.warehouse.errors import WarehouseError
from pipeline.warehouse.files import check_version, damaged
from pipeline.warehouse.layout import FILE, parse_day_folder, partition
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


def list_days(storage: Storage, table: Table) -> list[date]:
    """The days of a table that have a partition, in order."""
    days = []
    for entry in storage.entries(table.name):
        day = parse_day_folder(entry.name)
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
            total += pq.read_metadata(storage.full(path), filesystem=storage.arrow).num_rows
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
    format = ds.ParquetFileFormat()
    fragments = [_fragment(storage, format, path, day) for path, day in files]
    data = ds.FileSystemDataset(fragments, schema, format, storage.arrow)
    try:
        return data.to_table(columns=None if columns is None else list(columns), filter=filter)
    except (pa.ArrowInvalid, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        for fragment, (path, _) in zip(fragments, files, strict=True):
            _probe(storage, fragment, schema, path)
        raise WarehouseError(storage.shown(table.name), str(error), "Check the columns and the filter.") from error


def _fragment(storage: Storage, format: Any, path: str, day: date | None) -> Any:
    where = None if day is None else pc.field(DAY.name) == pa.scalar(day, DAY.type)
    try:
        fragment = format.make_fragment(storage.full(path), storage.arrow, partition_expression=where)
        check_version(fragment.physical_schema.metadata, storage.shown(path))
    except FileNotFoundError:
        raise
    except (pa.ArrowException, OSError) as error:
        raise damaged(storage.shown(path), error) from error
    return fragment


def _probe(storage: Storage, fragment: Any, schema: pa.Schema, path: str) -> None:
    try:
        fragment.to_table(schema=schema)
    except FileNotFoundError:
        raise
    except (pa.ArrowException, OSError) as error:
        raise damaged(storage.shown(path), error) from error
