"""One Parquet file of a table: the same rows give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.schema import SCHEMA_VERSION, Table
from pipeline.warehouse.errors import WarehouseDamaged, WarehouseError, WarehouseTooNew

MANY_ROWS = 10_000
"""From here on columns are read side by side; below, handing them to threads costs more than it brings."""

_WORDS = frozenset({"text", "title", "content", "sentence", "extra", "detail", "settings", "counts", "versions"})
"""Columns of free text: a dictionary of their values is as long as the values."""

_ONCE = frozenset({"event_id", "sentence_hash"})
"""Parts of a list's elements that stand on few rows, or one."""


def parquet_bytes(table: Table, rows: pa.Table, notes: Mapping[str, str] | None = None) -> bytes:
    """Write rows as one Parquet file in memory, sorted by the order of their table.

    Nothing but the rows and the schema goes in: no clock, no name of a run.

    Args:
        table: the table that the rows are of.
        rows: its columns, in any order of rows.
        notes: further key-value metadata of the file.

    Raises:
        ValueError: two rows have the same key, or null stands where it may not.
    """
    rows = sort_rows(table, conform(table, rows))
    check_keys(table, rows)
    if notes:
        rows = rows.replace_schema_metadata({**table.arrow.metadata, **notes})
    sink = pa.BufferOutputStream()
    pq.write_table(
        rows,
        sink,
        compression="zstd",
        compression_level=3,
        use_dictionary=_dictionary_columns(table),
        write_page_index=True,
        write_page_checksum=True,
        sorting_columns=pq.SortingColumn.from_ordering(table.arrow, [(c, "ascending") for c in table.order]),
    )
    return bytes(sink.getvalue())


def conform(table: Table, rows: pa.Table) -> pa.Table:
    """Give rows exactly the schema of their table; columns that are missing become null, others go.

    Raises:
        ValueError: null in a column that may not be null.
    """
    if rows.schema.equals(table.arrow):
        _check_nulls(table, rows)
        return rows.combine_chunks().replace_schema_metadata(table.arrow.metadata)
    arrays = []
    for field in table.arrow:
        if field.name in rows.column_names:
            column = rows.column(field.name).combine_chunks().cast(field.type)
        else:
            column = pa.nulls(len(rows), field.type)
        arrays.append(column)
    made = pa.Table.from_arrays(arrays, schema=table.arrow)
    _check_nulls(table, made)
    return made


def _check_nulls(table: Table, rows: pa.Table) -> None:
    for i, field in enumerate(table.arrow):
        if not field.nullable and (n := rows.column(i).null_count):
            raise ValueError(f"{table.name}.{field.name} is null in {n} of {len(rows)} rows")


def sort_rows(table: Table, rows: pa.Table) -> pa.Table:
    """Sort rows by the order of their table, then by its key."""
    columns = [*table.order, *(c for c in table.key if c not in table.order)]
    order = pc.sort_indices(rows, sort_keys=[(c, "ascending") for c in columns])
    return rows.take(order).combine_chunks()


def check_keys(table: Table, rows: pa.Table) -> None:
    """Check that no two rows have the same key.

    Raises:
        ValueError: two have; the message names the first such key.
    """
    if len(table.key) == 1 and pc.count_distinct(rows[table.key[0]]).as_py() == len(rows):
        return  # nearly always, and in a third of the time
    doubled = doubled_keys(table, rows)
    if len(doubled):
        raise ValueError(f"{table.name} has {len(doubled)} doubled keys, such as {doubled.to_pylist()[0]}")


def doubled_keys(table: Table, rows: pa.Table) -> pa.Table:
    """The keys that more than one row has, with the number of rows as `n`."""
    counts = rows.group_by(list(table.key), use_threads=False).aggregate([([], "count_all")])
    return counts.filter(pc.greater(counts["count_all"], 1)).rename_columns({"count_all": "n"})


def parse_parquet(table: Table, data: bytes, shown: str) -> pa.Table:
    """Read a file of a table from its bytes, every page checked; missing columns are left out.

    Raises:
        WarehouseDamaged: the bytes are no whole Parquet file.
        WarehouseTooNew: it was written under a later schema.
    """
    try:
        file = pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
        check_version(file.schema_arrow.metadata, shown)
        return file.read(use_threads=file.metadata.num_rows > MANY_ROWS)
    except (pa.ArrowException, OSError) as error:
        raise damaged(shown, error) from error


def damaged(shown: str, error: Exception) -> WarehouseDamaged:
    """The error that says that a Parquet file cannot be read."""
    first = str(error).partition("\n")[0].rstrip(".")
    return WarehouseDamaged(
        shown,
        f"it is no whole Parquet file ({first})",
        "Restore it from a backup, or run `newsledger check --repair`, which sets it aside and rebuilds what it can.",
    )


def check_version(metadata: Mapping[bytes, bytes] | None, shown: str) -> None:
    """Check that a file's schema is not later than this program's.

    Raises:
        WarehouseTooNew: it is.
    """
    version = (metadata or {}).get(b"schema_version", b"0").decode("ascii", "replace")
    if not version.isdigit() or int(version) > SCHEMA_VERSION:
        raise WarehouseTooNew(
            shown,
            f"it was written under schema version {version}, and this newsledger knows versions up to {SCHEMA_VERSION}",
            "Install a newer newsledger; nothing was changed.",
        )


def upgrade(table: Table, rows: pa.Table, shown: str) -> pa.Table:
    """Give the rows of an older file the schema of today: columns that came later are null.

    Raises:
        WarehouseError: a column that came later may not be null.
    """
    try:
        return conform(table, rows)
    except ValueError as error:
        raise WarehouseError(
            shown,
            f"it was written under an older schema ({error})",
            "Run `newsledger backfill` over its day first.",
        ) from error


@cache
def _dictionaries(name: str, schema: pa.Schema, key: tuple[str, ...]) -> tuple[str, ...]:
    paths: list[str] = []
    for field in schema:
        if field.name in key or field.name in _WORDS:
            continue
        if pa.types.is_string(field.type):
            paths.append(field.name)
        elif pa.types.is_list(field.type) and pa.types.is_string(field.type.value_type):
            paths.append(f"{field.name}.list.element")
        elif pa.types.is_list(field.type) and pa.types.is_struct(field.type.value_type):
            leaves = [leaf.name for leaf in field.type.value_type if pa.types.is_string(leaf.type)]
            paths.extend(f"{field.name}.list.element.{leaf}" for leaf in leaves if leaf not in _ONCE)
    return tuple(paths)


def _dictionary_columns(table: Table) -> list[Any]:
    return list(_dictionaries(table.name, table.arrow, table.key))
