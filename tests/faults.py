"""Ways to stop a writer between any two steps, and to lose what a power cut would lose."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from pipeline.warehouse.storage import LocalStorage


class Crash(BaseException):
    """The process is gone: nothing catches this."""


class Killer:
    """Crashes before the step numbered `at`; then at every later one, as a dead process would."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.n = 0

    def __call__(self, action: str, path: str) -> None:
        if self.n >= self.at:
            raise Crash(f"{action} {path}")
        self.n += 1


class FailingDisk:
    """Raises an error of the operating system at the step numbered `at`, once."""

    def __init__(self, at: int, error: OSError) -> None:
        self.at, self.error = at, error
        self.n = 0

    def __call__(self, action: str, path: str) -> None:
        self.n += 1
        if self.n == self.at + 1:
            raise self.error


class Watched(LocalStorage):
    """A folder that calls `see(self, action, path)` before each step that changes the disk.

    `killed` copies the folder as it is, which is what a kill -9 at this instant leaves; `cut` copies it less all that
    was not forced to disk. That is the worst case that POSIX allows: bytes that were not fsynced are gone, and so is
    every name made, changed or removed in a folder that was not fsynced since.
    """

    def __init__(self, root: str, see: Callable[[Watched, str, str], None]) -> None:
        super().__init__(root, self._note)
        self._see = see
        self._undo: list[tuple[str, str, bytes | None]] = []
        self._unsynced: dict[str, None] = {}
        self._source = ""

    def replace(self, source: str, target: str) -> None:
        self._source = source
        super().replace(source, target)

    def revived(self, copy: Path, see: Callable[[Watched, str, str], None]) -> Watched:
        """What a kill leaves, on the same disk: what this process did not force to it may still be lost."""
        other = Watched(str(self.killed(copy)), see)
        other._undo, other._unsynced = [*self._undo], dict(self._unsynced)
        return other

    def killed(self, copy: Path) -> Path:
        """What a kill leaves."""
        shutil.copytree(self.root, copy)
        return copy

    def cut(self, copy: Path) -> Path:
        """What a power cut leaves."""
        self.killed(copy)
        for path in self._unsynced:
            if (copy / path).is_file():
                (copy / path).write_bytes(b"")
        for kind, path, old in reversed(self._undo):
            _undo(copy / path, kind, old)
        return copy

    def _note(self, action: str, path: str) -> None:
        self._see(self, action, path)
        file = Path(self.full(path))
        old = file.read_bytes() if file.is_file() else None
        match action:
            case "create":
                self._undo.append(("file", path, old))
                self._unsynced[path] = None
            case "sync file":
                self._unsynced.pop(path, None)
            case "replace":
                self._undo.append(("file", path, old))
                self._undo.append(("file", self._source, Path(self.full(self._source)).read_bytes()))
            case "remove":
                self._undo.append(("file", path, old))
            case "link":
                self._undo.append(("file", path, old))
                self._source = path if path.endswith(".new") else self._source
            case "make folder":
                self._undo.append(("folder made", path, None))
            case "remove folder":
                self._undo.append(("folder removed", path, None))
            case "sync files":
                self._unsynced = {p: None for p in self._unsynced if p.rpartition("/")[0] != path}
            case "sync folder":
                synced = path.split("\n")
                self._undo = [u for u in self._undo if u[1].rpartition("/")[0] not in synced]


def _undo(path: Path, kind: str, old: bytes | None) -> None:
    if kind == "folder made":
        shutil.rmtree(path, ignore_errors=True)
    elif kind == "folder removed":
        path.mkdir(exist_ok=True)
    elif old is None:
        path.unlink(missing_ok=True)
    elif path.parent.is_dir():
        path.write_bytes(old)


def tree(root: Path) -> dict[str, bytes]:
    """Every file of a warehouse but the lock, with its bytes."""
    return {
        str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file() and p.name != "_lock"
    }


def readable(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files that readers see: what is inside the tables' folders."""
    return {path: data for path, data in files.items() if not path.startswith("_")}
