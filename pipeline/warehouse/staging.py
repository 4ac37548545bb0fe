"""What a run writes before it publishes: the inputs and rows of its batches, under `_staging/<run_id>/`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

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
_OPEN_FILES = 64


@dataclass(frozen=True)
class Stage:
    """The staging folder of one run. It can be sent to worker processes.

    A batch has a folder of its own: its input, one file a table, and a marker, written last, that says that it is done.
    """

    storage: Storage
    run_id: str

    def write_input(self, batch_id: str, rows: pa.Table) -> None:
        """Write what the batch is to be made from: any Arrow table."""
        self._write(f"{self._folder(batch_id)}/{_INPUT}", [rows])

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
        whole = conform(table, rows).append_column(DAY, days)
        parts = [whole.filter(pc.equal(whole[DAY.name], day)) for day in sorted(pc.unique(days).to_pylist())]
        self._write(f"{self._folder(batch_id)}/{table.name}.parquet", parts or [whole])

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

    def _write(self, path: str, parts: Sequence[pa.Table]) -> None:
        sink = pa.BufferOutputStream()
        with pq.ParquetWriter(sink, parts[0].schema, compression="zstd", compression_level=1) as writer:
            for part in parts:
                writer.write_table(part)
        self.storage.write(f"{path}.tmp", bytes(sink.getvalue()))
        self.storage.replace(f"{path}.tmp", path)

    def _folder(self, batch_id: str) -> str:
        return f"{stage_folder(self.run_id)}/{check_name(batch_id)}"


class StagedRows:
    """The staged rows of one table, read day by day (each row group of a staged file is of one day)."""

    def __init__(self, storage: Storage, table: Table, paths: Sequence[str]) -> None:
        self.table = table
        self._open = lru_cache(_OPEN_FILES)(partial(_open, storage))
        self._groups: dict[date, list[tuple[str, int]]] = defaultdict(list)
        for path in paths:
            file = self._open(path)
            column = file.schema_arrow.get_field_index(DAY.name)
            for group in range(file.metadata.num_row_groups):
                if file.metadata.row_group(group).num_rows:
                    low = file.metadata.row_group(group).column(_leaf(file, column)).statistics.min
                    self._groups[low].append((path, group))

    @property
    def days(self) -> list[date]:
        """The days that have staged rows, in order."""
        return sorted(self._groups)

    def read(self, day: date, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of one day, without `day`."""
        schema = self.table.arrow if columns is None else pa.schema([self.table.arrow.field(c) for c in columns])
        groups = [(self._open(path), group) for path, group in self._groups.get(day, ())]
        parts = [file.read_row_group(group, schema.names, use_threads=False) for file, group in groups]
        return pa.concat_tables([schema.empty_table(), *(p.select(schema.names).cast(schema) for p in parts)])


def article_days(staged: StagedRows, dropped: Collection[str]) -> dict[str, date]:
    """The day of each staged article that was not dropped.

    Raises:
        WarehouseError: an article is staged twice.
    """
    found: dict[str, date] = {}
    for day in staged.days:
        for article_id in staged.read(day, ["article_id"])["article_id"].to_pylist():
            if article_id in found:
                raise WarehouseError(
                    f"article {article_id}",
                    f"it is staged twice, on {found[article_id]} and {day}",
                    "Nothing was published. This is a fault of the program: please report it.",
                )
            if article_id not in dropped:
                found[article_id] = day
    return found


def _open(storage: Storage, path: str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(storage.arrow.open_input_file(storage.full(path)))
    except (pa.ArrowException, OSError) as error:
        raise damaged(storage.shown(path), error) from error


def _leaf(file: pq.ParquetFile, column: int) -> int:
    # Statistics are per leaf column; a list of structs has several leaves for one column.
    name = file.schema_arrow.field(column).name
    return next(i for i in range(len(file.schema)) if file.schema.column(i).path == name)
