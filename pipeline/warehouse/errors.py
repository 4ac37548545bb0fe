"""What can go wrong with a warehouse, each with the file and what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager


class WarehouseError(Exception):
    """Something stands in the way of reading or writing the warehouse.

    Attributes:
        path: the file or folder that it is about.
        problem: what is wrong with it.
        advice: what to do.
    """

    def __init__(self, path: str, problem: str, advice: str) -> None:
        super().__init__(path, problem, advice)
        self.path, self.problem, self.advice = path, problem, advice

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}. {self.advice}"


class WarehouseBusy(WarehouseError):
    """Another run writes to the warehouse."""


class WarehouseDamaged(WarehouseError):
    """A file of the warehouse cannot be read as what it should be."""


class WarehouseTooNew(WarehouseError):
    """A file was written under a later schema than this version of the program knows."""


_ADVICE = {
    errno.ENOSPC: ("the disk is full", "Free some space and run again."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space and run again."),
    errno.EACCES: ("no permission", "Let the user who runs newsledger read and write it, and run again."),
    errno.EPERM: ("no permission", "Let the user who runs newsledger read and write it, and run again."),
    errno.EROFS: ("the file system is read-only", "Mount it for writing, or choose another --warehouse."),
    errno.EISDIR: ("a folder stands where a file belongs", "Move the folder away and run again."),
    errno.ENOTEMPTY: ("a folder stands where a file belongs", "Move the folder away and run again."),
    errno.ENOTDIR: ("a file stands where a folder belongs", "Move the file away, or choose another --warehouse."),
    errno.EEXIST: ("a file stands where a folder belongs", "Move the file away, or choose another --warehouse."),
    errno.ENOENT: ("it is not there", "Run `newsledger check` to see what else is missing."),
    errno.EIO: ("the disk reports an error", "Check the disk, then run `newsledger check`."),
}


@contextmanager
def explained(path: str) -> Iterator[None]:
    """Turn an error of the operating system into a WarehouseError about `path`."""
    try:
        yield
    except OSError as error:
        problem, advice = _ADVICE.get(
            error.errno or 0, (str(error) or type(error).__name__, "Mend this and run again; nothing is lost.")
        )
        raise WarehouseError(path, problem, advice) from error
