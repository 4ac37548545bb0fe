"""A warehouse: the tables that readers see, and what stands beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import pyarrow as pa

from pipeline.schema import Table
from pipeline.tables import table as table_named
from pipeline.warehouse import read
from pipeline.warehouse.errors import WarehouseError
from pipeline.warehouse.objects import SCHEME, ObjectStorage
from pipeline.warehouse.publish import Publication, publish
from pipeline.warehouse.recover import Recovery, recover
from pipeline.warehouse.staging import Stage
from pipeline.warehouse.storage import LocalStorage, Storage


class Warehouse:
    """The Parquet files of newsledger, and the one way to change them.

    Reading needs no lock. A writer does all its work inside `lock()`, and calls `recover()` first.

    Args:
        root: a folder, or `s3://bucket/prefix`.
        endpoint: address of an object store that is not Amazon's.
        storage: the file system, where it is not the one that `root` names.
    """

    def __init__(self, root: str, *, endpoint: str | None = None, storage: Storage | None = None) -> None:
        self.storage = storage or open_storage(root, endpoint)
        self._locked = False
        self._days: dict[str, date] | None = None

    @contextmanager
    def lock(self, wait: float = 0.0) -> Iterator[Warehouse]:
        """Be the one writer while the block runs.

        Args:
            wait: seconds to wait for another writer to end.

        Raises:
            WarehouseBusy: another writer is still there; the message names it.
        """
        with self.storage.locked(wait):
            self._locked = True
            try:
                yield self
            finally:
                self._locked, self._days = False, None

    def recover(self, keep: str | None = None) -> Recovery:
        """Finish what a dead writer had committed, clear away what it had not (but the staging of the run `keep`)."""
        self._check_locked()
        self._days = None
        return recover(self.storage, keep)

    def staging(self, run_id: str) -> Stage:
        """The staging folder of a run; it can be sent to worker processes."""
        return Stage(self.storage, run_id)

    def known_articles(self) -> pa.Table:
        """The stored articles, by the columns `read.KNOWN` and `day`."""
        known = read.known_articles(self.storage)
        if self._locked:
            self._days = _article_days(known)
        return known

    def publish(self, publication: Publication) -> list[str]:
        """Publish what a run staged; return the partitions that changed (`statements/day=2023-02-24`)."""
        self._check_locked()
        self._days, days = None, self._days
        if days is None:
            days = _article_days(read.read_table(self.storage, table_named("articles"), columns=["article_id", "day"]))
        return publish(self.storage, publication, days)

    def read(
        self,
        table: Table | str,
        days: Collection[date] | None = None,
        columns: Sequence[str] | None = None,
        filter: Any = None,
    ) -> pa.Table:
        """Read rows of a table, with `day`; see `read.read_table`."""
        table = table_named(table) if isinstance(table, str) else table
        return read.read_table(self.storage, table, days, columns, filter)

    def count(self, table: Table | str) -> int:
        """The number of rows of a table."""
        return read.count_rows(self.storage, table_named(table) if isinstance(table, str) else table)

    def days(self, table: Table | str) -> list[date]:
        """The days of a table that have a partition, in order."""
        return read.list_days(self.storage, table_named(table) if isinstance(table, str) else table)

    def _check_locked(self) -> None:
        if not self._locked:
            raise WarehouseError(self.storage.root, "it is written without the lock", "Call this inside `lock()`.")


def open_storage(root: str, endpoint: str | None = None) -> Storage:
    """The file system that the address of a warehouse names."""
    return ObjectStorage(root, endpoint) if root.startswith(SCHEME) else LocalStorage(root)


def _article_days(known: pa.Table) -> dict[str, date]:
    return dict(zip(known["article_id"].to_pylist(), known["day"].to_pylist(), strict=True))
