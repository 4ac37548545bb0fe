"""What a run writes before it publishes: the inputs and rows of its batches, under `_staging/<run_id>/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.schema import Table
from pipeline.tables import ARTICLE_TABLES
from pipeline.warehouse.errors import WarehouseError
from pipeline.warehouse.files import conform, damaged
from pipeline.warehouse.layout import check_name, stage_folder
from pipeline.warehouse.storage import Storage

DAY = pa.field("day", pa.date32(), False)
_DONE = "done"
_INPUT = "input.parquet"
WINDOW = 32 << 20
"""Bytes of staged rows of a table, uncompressed, that are read at once to be published."""


@dataclass(frozen=True)
class Stage:
    """The staging folder of one run. It can be sent to worker processes.

    A batch has a folder of its own: its input, one file a table, and a marker, written last, that says that it is done.
    """

    storage: Storage
    run_id: str

    def write_input(self, batch_id: str, rows: pa.Table) -> None:
        """Write what the batch is to be made from: any Arrow table."""
        self._write(f"{self._folder(batch_id)}/{_INPUT}", rows)

    def read_input(self, batch_id: str) -> pa.Table:
        """Read what the batch is to be made from."""
        path = f"{self._folder(batch_id)}/{_INPUT}"
        return _open(self.storage, path).read()

    def write(self, batch_id: str, table: Table, rows: pa.Table) -> None:
        """Write the rows of one batch and table.

        Args:
            batch_id: the batch.
            table: a table that is partitioned by the article's day.
            rows: its columns and `day`, the partition of each row.

        Raises:
            ValueError: null where it may not be, or a column is missing.
        """
        missing = [c for c in (*table.arrow.names, DAY.name) if c not in rows.column_names]
        if missing:
            raise ValueError(f"staged {table.name} have no column {', '.join(missing)}")
        days = rows.column(DAY.name).cast(DAY.type)
        if days.null_count:
            raise ValueError(f"staged {table.name} have {days.null_count} rows without a day")
        self._write(f"{self._folder(batch_id)}/{table.name}.parquet", conform(table, rows).append_column(DAY, days))

    def mark_done(self, batch_id: str) -> None:
        """Say that all tables of the batch are written: from now on `is_done` is true."""
        folder = self._folder(batch_id)
        self.storage.sync(folder)
        self.storage.write(f"{folder}/{_DONE}", b"")
        self.storage.sync(folder)

    def discard(self, batch_id: str, article_ids: Collection[str]) -> dict[str, int]:
        """Take articles out of a batch that is done: a later record of the same run replaced them.

        Returns:
            The number of rows that were taken out, by table.
        """
        out = pa.array(sorted(article_ids), pa.string())
        taken = {}
        for table in ARTICLE_TABLES:
            rows = _open(self.storage, f"{self._folder(batch_id)}/{table.name}.parquet").read()
            kept = rows.filter(pc.invert(pc.is_in(rows["article_id"], out)))
            self.write(batch_id, table, kept)
            taken[table.name] = len(rows) - len(kept)
        return taken

    def join(self, batch_id: str, parts: Sequence[str]) -> None:
        """Make a batch of parts that were staged one by one: their rows, in their order; then it is done."""
        for table in ARTICLE_TABLES:
            rows = [_open(self.storage, f"{self._folder(part)}/{table.name}.parquet").read() for part in parts]
            self.write(batch_id, table, pa.concat_tables(rows))
        self.mark_done(batch_id)

    def is_done(self, batch_id: str) -> bool:
        """Whether the batch was staged whole."""
        return self.storage.size(f"{self._folder(batch_id)}/{_DONE}") is not None

    def files(self) -> dict[str, list[str]]:
        """The files of all batches that are done, by the name of their article table."""
        found: dict[str, list[str]] = {t.name: [] for t in ARTICLE_TABLES}
        root = stage_folder(self.run_id)
        for batch in self.storage.entries(root):
            if batch.is_folder and not batch.name.startswith("_") and self.is_done(batch.name):
                for name, paths in found.items():
                    path = f"{root}/{batch.name}/{name}.parquet"
                    if self.storage.size(path) is not None:
                        paths.append(path)
        return found

    def read(self, table: Table, columns: Sequence[str] | None = None) -> pa.Table:
        """Read the rows of a table from all batches that are done, with `day`."""
        schema = table.arrow.append(DAY)
        if columns is not None:
            schema = pa.schema([schema.field(c) for c in columns])
        parts = [_open(self.storage, path).read(columns) for path in self.files()[table.name]]
        return pa.concat_tables([schema.empty_table(), *(p.select(schema.names).cast(schema) for p in parts)])

    def _write(self, path: str, rows: pa.Table) -> None:
        sink = pa.BufferOutputStream()
        pq.write_table(rows, sink, compression="zstd", compression_level=1)
        self.storage.write(f"{path}.tmp", bytes(sink.getvalue()))
        self.storage.replace(f"{path}.tmp", path)

    def _folder(self, batch_id: str) -> str:
        return f"{stage_folder(self.run_id)}/{check_name(batch_id)}"


class StagedRows:
    """The staged rows of one table, read day by day.

    Rows of consecutive days are read together, as many as make `WINDOW` bytes: a file is then opened once for many
    days, and memory does not grow with their number.
    """

    def __init__(self, storage: Storage, table: Table, paths: Sequence[str]) -> None:
        self.table = table
        self._storage = storage
        self._files: list[_StagedFile] = []
        n_rows: Counter[date] = Counter()
        n_bytes = 0
        for path in paths:
            file = _open(storage, path)
            counts = Counter(file.read([DAY.name])[DAY.name].to_pylist())
            n_rows += counts
            n_bytes += sum(file.metadata.row_group(i).total_byte_size for i in range(file.metadata.num_row_groups))
            if counts:
                self._files.append(_StagedFile(path, min(counts), max(counts)))
        self.days = sorted(n_rows)
        """The days that have staged rows, in order."""
        self._windows = list(_windows(self.days, n_rows, n_bytes))
        self._rows: dict[date, pa.Table] = {}

    def read(self, day: date) -> pa.Table:
        """The rows of one day, without `day`. Days are best asked for in order."""
        if day not in self._rows:
            window = next((w for w in self._windows if w[0] <= day <= w[1]), None)
            if window is None:
                return self.table.arrow.empty_table()
            self._rows = {}
            rows = self._read_window(*window)
            self._rows = dict(_split_days(rows))
        return self._rows.get(day, self.table.arrow.empty_table())

    def read_all(self, columns: Sequence[str]) -> pa.Table:
        """Some columns of all rows, `day` among them if it is asked for; by file, not in the order of days."""
        schema = self.table.arrow.append(DAY)
        schema = pa.schema([schema.field(c) for c in columns])
        parts = [_open(self._storage, file.path).read(list(columns)) for file in self._files]
        return pa.concat_tables([schema.empty_table(), *(p.select(schema.names).cast(schema) for p in parts)])

    def _read_window(self, first: date, last: date) -> pa.Table:
        schema = self.table.arrow.append(DAY)
        parts = [schema.empty_table()]
        for file in self._files:
            if file.first <= last and file.last >= first:
                rows = _open(self._storage, file.path).read(schema.names).select(schema.names).cast(schema)
                if not first <= file.first <= file.last <= last:
                    rows = rows.filter(pc.and_(pc.greater_equal(rows["day"], first), pc.less_equal(rows["day"], last)))
                parts.append(rows)
        return pa.concat_tables(parts)


class _StagedFile(NamedTuple):
    """A staged file, and the first and last day of its rows."""

    path: str
    first: date
    last: date


def _windows(days: Sequence[date], n_rows: Mapping[date, int], n_bytes: int) -> Iterator[tuple[date, date]]:
    """First and last of consecutive days whose rows together have about `WINDOW` bytes, or of one day."""
    a_row = n_bytes / max(1, sum(n_rows.values()))
    first, size = None, 0.0
    for i, day in enumerate(days):
        first, size = first or day, size + n_rows[day] * a_row
        if i + 1 == len(days) or size + n_rows[days[i + 1]] * a_row > WINDOW:
            yield first, day
            first, size = None, 0.0


def _split_days(rows: pa.Table) -> Iterator[tuple[date, pa.Table]]:
    """The rows of each day, without `day`, in the order in which they were."""
    rows = rows.take(pc.sort_indices(rows[DAY.name])).combine_chunks()  # stable: rows of a day keep their order
    counts = Counter(rows[DAY.name].to_pylist())
    rows = rows.drop_columns(DAY.name)
    start = 0
    for day in sorted(counts):
        yield day, rows.slice(start, counts[day])
        start += counts[day]


def article_days(staged: StagedRows, dropped: Collection[str]) -> dict[str, date]:
    """The day of each staged article that was not dropped.

    Raises:
        WarehouseError: an article is staged twice.
    """
    found: dict[str, date] = {}
    rows = staged.read_all(["article_id", DAY.name])
    for article_id, day in zip(rows["article_id"].to_pylist(), rows[DAY.name].to_pylist(), strict=True):
        if article_id in found:
            raise WarehouseError(
                f"article {article_id}",
                f"it is staged twice, on {found[article_id]} and {day}",
                "Nothing was published. This is a fault of the program: please report it.",
            )
        found[article_id] = day
    return {article_id: day for article_id, day in found.items() if article_id not in dropped}


def _open(storage: Storage, path: str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(storage.arrow.open_input_file(storage.full(path)))
    except (pa.ArrowException, OSError) as error:
        raise damaged(storage.shown(path), error) from error
