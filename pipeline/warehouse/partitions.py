"""Single partitions: what is stored, and the files that will be."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

import pyarrow as pa

from pipeline.schema import Table
from pipeline.tables import ACTORS, MENTIONS
from pipeline.warehouse.actors import find_actors
from pipeline.warehouse.errors import WarehouseError
from pipeline.warehouse.files import parquet_bytes, parse_parquet
from pipeline.warehouse.journal import Changes
from pipeline.warehouse.layout import EMPTY_DAY, index_path, partition
from pipeline.warehouse.storage import Storage

THREADS = 2
"""Parquet is written without the interpreter's lock; a third thread would mostly wait for that."""


class NewFile(NamedTuple):
    """A file as it will be: none where there are no bytes."""

    target: str
    data: bytes | None
    n_rows: int


class PartitionQueue:
    """Partitions that are planned one after the other, while the bytes of the next ones are made in threads."""

    def __init__(self, changes: Changes, pool: ThreadPoolExecutor) -> None:
        self._changes = changes
        self._pool = pool
        self._waiting: deque[Future[list[NewFile]]] = deque()

    def put(self, table: Table, day: date, rows: pa.Table) -> None:
        """Plan the rows of a partition, after those that were put before; errors are those of `put_partition`."""
        self._waiting.append(self._pool.submit(make_files, self._changes.storage, table, day, rows))
        self.finish(2 * THREADS)

    def finish(self, most: int = 0) -> None:
        """Plan what is waiting, but for so many partitions."""
        while len(self._waiting) > most:
            _plan(self._changes, self._waiting.popleft().result())


@contextmanager
def queue_partitions(changes: Changes) -> Iterator[PartitionQueue]:
    """A queue of partitions; all are planned when the block ends."""
    with ThreadPoolExecutor(THREADS) as pool:
        queue = PartitionQueue(changes, pool)
        yield queue
        queue.finish()


def put_partition(changes: Changes, table: Table, day: date, rows: pa.Table) -> None:
    """Plan the rows of a partition: none at all removes it.

    Raises:
        WarehouseError: two rows have the same key, null stands where it may not, or the day is that of no rows.
    """
    _plan(changes, make_files(changes.storage, table, day, rows))


def make_files(storage: Storage, table: Table, day: date, rows: pa.Table) -> list[NewFile]:
    """The files of a partition: its own, and for mentions the index of their actors. Errors as in `put_partition`."""
    path = partition(table, day)
    if len(rows) and day == EMPTY_DAY:
        raise WarehouseError(
            storage.shown(path),
            f"{len(rows)} rows are dated to the partition that holds none",
            "Nothing was published. This is a fault of the program: please report it with the articles.",
        )
    if not len(rows):
        return [NewFile(path, None, 0), *([NewFile(index_path(day), None, 0)] if table is MENTIONS else [])]
    try:
        data = parquet_bytes(table, rows)
    except ValueError as error:
        raise WarehouseError(
            storage.shown(path), str(error), "Nothing was published. Run `newsledger check` on the warehouse."
        ) from error
    made = NewFile(path, data, len(rows))
    return [made, make_index(day, find_actors(rows, day), len(data))] if table is MENTIONS else [made]


def make_index(day: date, actors: pa.Table, n_bytes: int) -> NewFile:
    """The index of the actors of a day, which says how large the file of mentions is that it was made from."""
    return NewFile(index_path(day), parquet_bytes(ACTORS, actors, {"mentions_bytes": str(n_bytes)}), len(actors))


def plan_file(changes: Changes, file: NewFile) -> None:
    """Plan one file."""
    if file.data is None:
        changes.remove(file.target)
    else:
        changes.put(file.target, file.data, file.n_rows)


def _plan(changes: Changes, files: Sequence[NewFile]) -> None:
    for file in files:
        plan_file(changes, file)


def stored_rows(storage: Storage, table: Table, day: date) -> pa.Table:
    """The rows of a partition, with the columns that its file has."""
    path = partition(table, day)
    if storage.size(path) is None:
        return table.arrow.empty_table()
    return parse_parquet(table, storage.read(path), storage.shown(path))
