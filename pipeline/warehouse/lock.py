"""One writer at a time, by a lock that the kernel takes from a process that dies."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.warehouse.errors import WarehouseBusy, explained

_PAUSE = 0.1
_held: set[int] = set()


@contextmanager
def hold(path: str, shown: str, wait: float) -> Iterator[None]:
    """Hold the lock file at `path` while the block runs.

    The lock is `flock` on an open file: it falls with the process, however that ends. The file stays.

    Args:
        path: the lock file; made if it is not there.
        shown: the warehouse, as a person is told it.
        wait: seconds to wait for another holder.

    Raises:
        WarehouseBusy: another process holds it after that time; the message names it.
        WarehouseError: the file cannot be made.
    """
    with explained(path):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(handle, shown, wait)
        _held.add(handle)
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        _held.discard(handle)
        os.close(handle)


def is_held(path: str) -> bool:
    """Whether a living process holds the lock file."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        return True
    finally:
        os.close(handle)


def _take(handle: int, shown: str, wait: float) -> None:
    for tries_left in range(max(0, round(wait / _PAUSE)), -1, -1):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if not tries_left:
                raise WarehouseBusy(
                    shown,
                    f"another run writes to this warehouse{_holder(handle)}",
                    "Wait until it has ended (or set a longer wait for the lock). Readers need not wait.",
                ) from None
            time.sleep(_PAUSE)


def _holder(handle: int) -> str:
    try:
        holder = json.loads(os.pread(handle, 4096, 0))
        return f" (process {holder['pid']} on {holder['host']})"
    except (ValueError, KeyError, TypeError):
        return ""


def _let_go_in_child() -> None:
    # A forked worker shares the parent's open file: it must not keep the lock of a parent that dies.
    for handle in _held:
        os.close(handle)
    _held.clear()


os.register_at_fork(after_in_child=_let_go_in_child)
