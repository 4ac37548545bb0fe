"""What the next writer does first: finish what was begun, clear away what was not."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.warehouse.journal import finish, open_journals
from pipeline.warehouse.layout import JOURNAL, STAGING
from pipeline.warehouse.storage import Storage


@dataclass(frozen=True)
class Recovery:
    """What was found and done.

    Attributes:
        finished: runs whose publication had passed its commit point and was finished.
        dropped: runs whose staging was cleared away; nothing of it had been published.
    """

    finished: tuple[str, ...]
    dropped: tuple[str, ...]


def recover(storage: Storage, keep: str | None = None) -> Recovery:
    """Finish every open journal, then clear away what dead runs staged (but for the run `keep`, which goes on).

    Raises:
        WarehouseDamaged: a journal cannot be read, or what it refers to is gone.
    """
    finished = finish_open(storage)
    dropped = [e.name for e in storage.entries(STAGING) if e.name != keep]
    for name in dropped:
        if storage.size(f"{STAGING}/{name}") is None:
            storage.remove_tree(f"{STAGING}/{name}")
        else:
            storage.remove(f"{STAGING}/{name}")
    return Recovery(finished, tuple(n for n in dropped if n not in finished))


def finish_open(storage: Storage) -> tuple[str, ...]:
    """Finish every open journal and return the ids of their runs."""
    journals = open_journals(storage)
    if journals:
        # The dead writer may not have come to this: no partition may be on disk for good before its journal is.
        storage.sync(JOURNAL)
    for run_id, operations in journals:
        finish(storage, run_id, operations)
    return tuple(run_id for run_id, _ in journals)
