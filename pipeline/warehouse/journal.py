"""The journal: what a publication is going to do, written before it does any of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from pipeline.warehouse.errors import WarehouseDamaged
from pipeline.warehouse.layout import JOURNAL, stage_folder
from pipeline.warehouse.storage import Storage


@dataclass(frozen=True)
class Put:
    """Put the staged file `source` in the place of `target`."""

    source: str
    target: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Remove:
    """Remove `target`, a partition that has no rows any more."""

    target: str


@dataclass
class Changes:
    """The operations of one publication, collected before its commit point.

    Each file is written under the run's staging folder at once; nothing that readers see is touched. `commit` forces
    them to disk before it writes the journal.
    """

    storage: Storage
    run_id: str
    operations: list[Put | Remove] = field(default_factory=list)
    _sources: dict[str, str] = field(default_factory=dict)
    _removed: set[str] = field(default_factory=set)

    @property
    def folder(self) -> str:
        """Where the new files wait."""
        return f"{stage_folder(self.run_id)}/_publish"

    def put(self, target: str, data: bytes, rows: int) -> bool:
        """Plan `data` as the new content of `target`; False where it is that already."""
        if self.storage.size(target) == len(data) and self.storage.read(target) == data:
            return False
        self.storage.check_target(target)
        source = f"{self.folder}/{len(self.operations):06}.parquet"
        self.storage.write(source, data, sync=False)
        self._sources[target] = source
        self.operations.append(Put(source, target, hashlib.sha256(data).hexdigest(), rows))
        return True

    def remove(self, target: str) -> bool:
        """Plan the removal of `target`; False where it is not there."""
        if self.storage.size(target) is None:
            return False
        self.operations.append(Remove(target))
        self._removed.add(target)
        return True

    def will_stay(self, target: str) -> bool:
        """Whether there will be a file at `target`."""
        return target in self._sources or (target not in self._removed and self.storage.size(target) is not None)

    def staged(self, target: str) -> str:
        """Where the content of `target` lies now: in staging if it is going to change."""
        return self._sources.get(target, target)


def commit(changes: Changes) -> None:
    """Write the journal: from here on the publication will be finished, by this run or the next."""
    storage = changes.storage
    storage.sync_files(changes.folder)
    draft = f"{stage_folder(changes.run_id)}/_journal.json"
    body = {"run_id": changes.run_id, "operations": [asdict(o) for o in changes.operations]}
    storage.check_lock()
    storage.write(draft, json.dumps(body, indent=1).encode())
    storage.replace(draft, _path(changes.run_id))
    storage.sync(JOURNAL)


def finish(storage: Storage, run_id: str, operations: Sequence[Put | Remove]) -> None:
    """Do what a journal says, whatever part of it is done already, and close it."""
    folders = dict.fromkeys(o.target.rpartition("/")[0] for o in operations if isinstance(o, Put))
    storage.make_folders(folders)
    for operation in operations:
        if isinstance(operation, Remove):
            storage.remove(operation.target)
        else:
            _put(storage, run_id, operation)
    storage.sync(*folders)
    storage.remove(_path(run_id))
    storage.sync(JOURNAL)


def open_journals(storage: Storage) -> list[tuple[str, list[Put | Remove]]]:
    """The journals that were not closed, with their run ids.

    Raises:
        WarehouseDamaged: one cannot be read.
    """
    found = []
    for entry in storage.entries(JOURNAL):
        path = f"{JOURNAL}/{entry.name}"
        try:
            body = json.loads(storage.read(path))
            operations = [Put(**o) if "source" in o else Remove(**o) for o in body["operations"]]
            found.append((str(body["run_id"]), operations))
        except (ValueError, KeyError, TypeError) as error:
            raise WarehouseDamaged(
                storage.shown(path),
                "the journal of a publication cannot be read",
                "Restore it from a backup; or move it away and run `newsledger check --repair`: "
                "days that it was about to change may then hold the old rows.",
            ) from error
    return found


def _put(storage: Storage, run_id: str, operation: Put) -> None:
    if storage.size(operation.source) is not None:
        if _sha256(storage, operation.source) != operation.sha256:
            raise _lost(storage, run_id, operation)
        storage.replace(operation.source, operation.target)
    elif storage.size(operation.target) is None or _sha256(storage, operation.target) != operation.sha256:
        raise _lost(storage, run_id, operation)


def _sha256(storage: Storage, path: str) -> str:
    return hashlib.sha256(storage.read(path)).hexdigest()


def _lost(storage: Storage, run_id: str, operation: Put) -> WarehouseDamaged:
    return WarehouseDamaged(
        storage.shown(operation.target),
        f"the publication {run_id} cannot be finished: the new file it staged is gone or changed",
        f"Something removed or changed files under {storage.shown(stage_folder(run_id))}. Restore them; or move "
        f"{storage.shown(_path(run_id))} away, run `newsledger check`, and deliver the day's articles again.",
    )


def _path(run_id: str) -> str:
    return f"{JOURNAL}/{run_id}.json"
