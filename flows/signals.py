"""SIGTERM: a clean stop, which the next run finishes."""

from __future__ import annotations

import faulthandler
import signal
import sys
import threading

TERMINATED = 143
PATIENCE_SECONDS = 60
"""How long the exit may take: less than systemd waits (90 s) before it kills."""
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


def _stop(*_: object) -> None:
    _stopped.set()
    faulthandler.dump_traceback_later(PATIENCE_SECONDS, exit=True)
    sys.exit(TERMINATED)
