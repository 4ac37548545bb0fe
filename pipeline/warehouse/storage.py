"""The file system under a warehouse: a local folder, or a bucket of an object store.

Everything that changes the disk goes through a handful of methods, and each announces its steps to
`step` before it takes them, so that tests can stop a run between any two of them.
Paths are relative to the warehouse, with forward slashes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from errno import ELOOP, ENOENT, ENOTDIR
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any, NamedTuple, Protocol

from pyarrow import fs

from pipeline.warehouse.errors import WarehouseError, explained
from pipeline.warehouse.layout import LOCK, parse_partition
from pipeline.warehouse.lock import hold, is_held
from pipeline.warehouse.readers import can_lease, is_awaited, lease_patiently

Step = Callable[[str, str], None]
PATIENCE = 10.0
"""Seconds: many times what a query over a large warehouse takes, little beside a run."""
_SYNCS = 16
"""Files that are forced to disk side by side: a file system writes them in one go, and a disk has a queue."""


class Entry(NamedTuple):
    """One name in a folder."""

    name: str
    is_folder: bool
    size: int


class Storage(Protocol):
    """What a warehouse needs of a file system."""

    root: str
    step: Step
    arrow: Any

    def full(self, path: str) -> str:
        """The path as the Arrow file system `arrow` takes it."""

    def shown(self, path: str) -> str:
        """The path as a person is told it."""

    def read(self, path: str) -> bytes:
        """The bytes of a file."""

    def size(self, path: str) -> int | None:
        """The number of bytes of a file; None where there is no file."""

    def entries(self, folder: str) -> list[Entry]:
        """What is in a folder, by name; nothing where there is no folder."""

    def write(self, path: str, data: bytes, *, sync: bool = True) -> None:
        """Write a file whole and force it to disk, or leave that to `sync_files`. A death may leave half of it."""

    def sync_files(self, folder: str) -> None:
        """Force all files in a folder to disk, and their names."""

    def replace(self, source: str, target: str) -> None:
        """Put a file in another's place in one instant: readers see the old one or the new one."""

    def remove(self, path: str) -> None:
        """Remove a file, and its folder if that is empty then; no harm where it is not there."""

    def remove_tree(self, folder: str) -> None:
        """Remove a folder with all in it; no harm where it is not there."""

    def sync(self, *folders: str) -> None:
        """Force the names in some folders to disk."""

    def make_folders(self, folders: Iterable[str]) -> None:
        """Make the folders that are not there, and force their names to disk."""

    def check_target(self, path: str) -> None:
        """Raise a WarehouseError if a file could not be put at `path`."""

    def locked(self, wait: float) -> AbstractContextManager[None]:
        """Be the one writer while the block runs; wait so many seconds for another to end."""

    def check_lock(self) -> None:
        """Raise WarehouseBusy if another writer came in between, where the storage cannot keep it out."""

    def is_locked(self) -> bool:
        """Whether a writer is at work."""


def nothing(_action: str, _path: str) -> None:
    """The step that does nothing."""


class LocalStorage:
    """A folder of a local (or mounted) POSIX file system.

    Args:
        root: the folder; made on the first write.
        step: called with the action and the path before each step that changes the disk.
        patience: seconds to wait, in all, for readers to close what is to be replaced.
    """

    def __init__(self, root: str, step: Step = nothing, patience: float = PATIENCE) -> None:
        self.root = os.fspath(Path(root).absolute())
        self.step = step
        self.patience = patience
        self._leases: bool | None = None
        self.arrow = fs.LocalFileSystem()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.root, self.step, self.patience)

    def full(self, path: str) -> str:
        """The absolute path."""
        return f"{self.root}/{path}"

    def shown(self, path: str) -> str:
        """The absolute path."""
        return self.full(path)

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        with explained(self.full(path)):
            return Path(self.full(path)).read_bytes()

    def size(self, path: str) -> int | None:
        """The number of bytes of a file; None where there is no file."""
        found = self._stat(path)
        return found.st_size if found is not None and S_ISREG(found.st_mode) else None

    def _stat(self, path: str) -> os.stat_result | None:
        with explained(self.full(path)):
            try:
                return Path(self.full(path)).stat()
            except OSError as error:
                if error.errno in (ENOENT, ENOTDIR, ELOOP):
                    return None
                raise

    def entries(self, folder: str) -> list[Entry]:
        """What is in a folder, by name."""
        try:
            with explained(self.full(folder)), os.scandir(self.full(folder)) as found:
                return sorted(_entry(e) for e in found)
        except WarehouseError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return []
            raise

    def write(self, path: str, data: bytes, *, sync: bool = True) -> None:
        """Write a file whole, then fsync it."""
        full = self.full(path)
        self._make_folder(path.rpartition("/")[0])
        with explained(full):
            self.step("create", path)
            with Path(full).open("wb") as file:
                self.step("write half", path)
                file.write(data[: len(data) // 2])
                file.flush()
                self.step("write rest", path)
                file.write(data[len(data) // 2 :])
                file.flush()
                if sync:
                    self.step("sync file", path)
                    os.fsync(file.fileno())

    def sync_files(self, folder: str) -> None:
        """Fsync every file of a folder, several at once: the file system then forces them to disk together."""
        with explained(self.full(folder)):
            self.step("sync files", folder)
            self._fsync(f"{folder}/{e.name}" for e in self.entries(folder) if not e.is_folder)
        self.sync(folder)

    def replace(self, source: str, target: str) -> None:
        """Rename: atomic by POSIX within one file system.

        A file of a table is replaced at a moment when nobody has it open, if one comes within `patience` seconds: an
        engine that opens it twice then finds it the same both times.
        """
        self._make_folder(target.rpartition("/")[0])
        with explained(self.full(target)):
            if parse_partition(target) and self.patience > 0 and self._is_leasable(source, target):
                self._replace_unread(source, target)
            else:
                self.step("replace", target)
                self._rename(source, target)

    def _rename(self, source: str, target: str) -> None:
        Path(self.full(source)).replace(self.full(target))

    def _is_leasable(self, source: str, target: str) -> bool:
        if self._leases is False or self.size(target) is None:
            return False
        if self._leases is None:
            self._leases = can_lease(self.full(source))
        return self._leases

    def _replace_unread(self, source: str, target: str) -> None:
        """Rename under a lease; take it back where a reader had found the old file and waits to open it.

        The new file stays under `source` until the end, so a kill at any step leaves what a journal can finish.
        """
        old, new = f"{source}.old", f"{source}.new"
        self._link(target, old)
        self._link(source, new)
        self.step("replace", target)
        while True:
            handle, waited = lease_patiently(self.full(target), self.patience)
            self.patience -= waited
            if handle is None:
                self._rename(new, target)
                break
            try:
                self._rename(new, target)
                if not is_awaited(handle):
                    break
                self._rename(old, target)
            finally:
                os.close(handle)
            self._link(target, old)
            self._link(source, new)
        for done in (old, source):
            self.step("remove", done)
            Path(self.full(done)).unlink()

    def _link(self, source: str, name: str) -> None:
        self.step("link", name)
        Path(self.full(name)).unlink(missing_ok=True)
        Path(self.full(name)).hardlink_to(self.full(source))

    def remove(self, path: str) -> None:
        """Unlink a file and its empty folder, then fsync the folder that lost a name."""
        with explained(self.full(path)):
            self.step("remove", path)
            Path(self.full(path)).unlink(missing_ok=True)
            folder = path.rpartition("/")[0]
            if "/" in folder and Path(self.full(folder)).is_dir() and not self.entries(folder):
                self.step("remove folder", folder)
                Path(self.full(folder)).rmdir()
            if not Path(self.full(folder)).is_dir():
                folder = folder.rpartition("/")[0]
            self.sync(folder)

    def remove_tree(self, folder: str) -> None:
        """Unlink a folder with all in it; not forced to disk: only staging goes this way."""
        for entry in self.entries(folder):
            path = f"{folder}/{entry.name}"
            if entry.is_folder:
                self.remove_tree(path)
            else:
                with explained(self.full(path)):
                    self.step("remove", path)
                    Path(self.full(path)).unlink()
        if Path(self.full(folder)).is_dir():
            with explained(self.full(folder)):
                self.step("remove folder", folder)
                Path(self.full(folder)).rmdir()

    def sync(self, *folders: str) -> None:
        """Fsync folders: their names survive a power cut from here on."""
        there = [folder for folder in folders if Path(self.full(folder)).is_dir()]
        if there:
            with explained(self.full(there[0])):
                self.step("sync folder", "\n".join(there))
                self._fsync(there)

    def make_folders(self, folders: Iterable[str]) -> None:
        """Make folders, then fsync those that they are in, each once."""
        parents: dict[str, None] = {}
        for folder in folders:
            if not Path(self.full(folder)).is_dir():
                parent = folder.rpartition("/")[0]
                self._make_folder(parent)
                with explained(self.full(folder)):
                    self.step("make folder", folder)
                    Path(self.full(folder)).mkdir(exist_ok=True)
                parents[parent] = None
        self.sync(*parents)

    def _fsync(self, paths: Iterable[str]) -> None:
        waiting = list(paths)
        if len(waiting) == 1:
            self._fsync_one(waiting[0])
            return
        with ThreadPoolExecutor(_SYNCS) as pool:
            list(pool.map(self._fsync_one, waiting))

    def _fsync_one(self, path: str) -> None:
        with explained(self.full(path)):
            handle = os.open(self.full(path), os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def check_target(self, path: str) -> None:
        """Look for a folder or file in the way, and for the permission to write."""
        found = self._stat(path)
        if found is not None and S_ISDIR(found.st_mode):
            raise WarehouseError(self.full(path), "a folder stands where a file belongs", "Move it away and run again.")
        folder = Path(self.full(path)).parent
        while not folder.exists():
            folder = folder.parent
        if not folder.is_dir():
            raise WarehouseError(str(folder), "a file stands where a folder belongs", "Move it away and run again.")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise WarehouseError(
                str(folder), "no permission to write", "Let the user who runs newsledger write there, and run again."
            )

    def locked(self, wait: float) -> AbstractContextManager[None]:
        """Hold the lock file, which falls with the process."""
        return hold(self.full(LOCK), self.root, wait)

    def check_lock(self) -> None:
        """Nothing: the kernel keeps others out."""

    def is_locked(self) -> bool:
        """Whether a living process holds the lock file."""
        return is_held(self.full(LOCK))

    def _make_folder(self, folder: str) -> None:
        full = Path(self.full(folder))
        if full.is_dir():
            return
        if folder:
            self.make_folders([folder])
            return
        with explained(str(full)):
            self.step("make folder", folder)
            full.mkdir(parents=True, exist_ok=True)


def _entry(found: os.DirEntry[str]) -> Entry:
    is_folder = found.is_dir(follow_symlinks=False)
    return Entry(found.name, is_folder, 0 if is_folder else found.stat(follow_symlinks=False).st_size)
