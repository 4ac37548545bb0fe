"""SIGTERM: a clean stop, which the next run finishes."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

TERMINATED = 143
PATIENCE_SECONDS = 60
"""How long the exit may take: less than systemd waits (90 s) before it kills."""
_GRACE_SECONDS = 10
_SOON_SECONDS = 0.05
_TAKES_LOCKS = frozenset({"logging", "logging.handlers"})
_stopped = threading.Event()


def stop_on_sigterm() -> None:
    """End with status 143 on SIGTERM, by an exit: so locks are let go, and the embedded Prefect server stops as well.

    An exit that does not come to its end, because some library waits for what will not come, is cut short.
    """
    signal.signal(signal.SIGTERM, _stop)


def is_stopped() -> bool:
    """Whether SIGTERM came: a library may turn the exit into an error of its own."""
    return _stopped.is_set()


def leave_if_stopped() -> None:
    """Exit if SIGTERM came and the exit was swallowed: what is raised within a callback of C code goes nowhere."""
    if is_stopped():
        sys.exit(TERMINATED)


def _stop(_signal: int, frame: FrameType | None) -> None:
    if not is_stopped():
        _stopped.set()
        faulthandler.dump_traceback_later(PATIENCE_SECONDS + _GRACE_SECONDS, exit=True)  # needs no interpreter
        _after(PATIENCE_SECONDS, _cut_short)
    if _is_holding(frame):
        _after(_SOON_SECONDS, os.kill, os.getpid(), signal.SIGTERM)
    else:
        sys.exit(TERMINATED)


def _after(seconds: float, do: Callable[..., object], *arguments: object) -> None:
    timer = threading.Timer(seconds, do, arguments)
    timer.daemon = True
    timer.start()


def _is_holding(frame: FrameType | None) -> bool:
    """Whether the code that a signal interrupts may just have taken a lock that an exit would never let go.

    Python's logging takes its lock one step before the block that frees it: an exit in between held every other thread
    that logged, and so the exit itself.
    """
    while frame is not None:
        if frame.f_globals.get("__name__") in _TAKES_LOCKS:
            return True
        frame = frame.f_back
    return False


def _cut_short() -> None:
    """Exit without what waits, and with what this process has started: that may hold its output, and a port."""
    faulthandler.dump_traceback()
    for children in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        for child in map(int, children.read_text("ascii").split()):
            with suppress(OSError):
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
    os._exit(TERMINATED)
