"""Courtesy to readers: whether anybody has a file open, and a lease that makes whoever opens it wait for an instant.

An engine may open a file twice, first for its footer and then for its rows (DuckDB does). A rename between the two gives
it the footer of the old file and the rows of the new one: an error at best, and at worst wrong counts without a word.
Linux can tell: a write lease is granted only where nobody else has the file open, and while it is held `open` waits.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import time
from pathlib import Path

_PAUSE = 0.0005
_GRANTS = hasattr(fcntl, "F_SETLEASE")
_LINKS_REFUSED = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


def lease(path: str) -> int | None:
    """Lease a file: until the returned handle is closed, whoever opens it waits.

    Returns:
        The handle; None where somebody has the file open.

    Raises:
        OSError: this file system, or this user, gets no leases.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        # A reader that comes is announced by a signal: one that is ignored unless asked for, not the deadly SIGIO.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_WRLCK)
    except OSError as error:
        os.close(handle)
        if error.errno == errno.EAGAIN:
            return None
        raise
    return handle


def lease_patiently(path: str, patience: float) -> tuple[int | None, float]:
    """Lease a file as soon as nobody has it open.

    Returns:
        The handle, None where somebody had it open for all of `patience` seconds; and the seconds waited.
    """
    began = time.monotonic()
    while (handle := lease(path)) is None and time.monotonic() - began < patience:
        time.sleep(_PAUSE)
    return handle, time.monotonic() - began


def is_awaited(handle: int) -> bool:
    """Whether somebody waits for a leased file."""
    return bool(fcntl.fcntl(handle, fcntl.F_GETLEASE) != fcntl.F_WRLCK)


def can_lease(path: str) -> bool:
    """Whether leases and hard links work for a file that nobody has open (network file systems often have neither)."""
    if not _GRANTS:
        return False
    try:
        handle = lease(path)
        if handle is None:
            return False
        os.close(handle)
        link = Path(f"{path}.link")
        link.hardlink_to(path)
        link.unlink()
    except OSError as error:
        if isinstance(error, PermissionError) or error.errno in {errno.EINVAL, errno.ENOLCK, *_LINKS_REFUSED}:
            return False
        raise
    return True
