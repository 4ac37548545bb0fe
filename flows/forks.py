"""Worker processes are forked from one that has read what all of them need.

That process, a fork server, imports the code, loads the language model and the registry, and reads a text, so that
every table is in memory (`flows.warm`). A worker then begins at once, shares those pages with the others, and ends at
once. The server does nothing but fork, and runs no thread of Python: no lock is copied that one holds, which is what
makes it unsafe to fork a process such as ours.

On Linux alone: elsewhere the system's own libraries do not bear a fork, and workers are spawned, as Prefect does.
"""

from __future__ import annotations

import atexit
import json
import multiprocessing
import os
import signal
import sys
from contextlib import suppress
from multiprocessing import forkserver
from typing import Any

from pipeline.settings import Settings

SMALL = 300_000
"""Bytes of input below which worker processes cost more than they gain."""
CAN_FORK = sys.platform == "linux"
WARM = "_NEWSLEDGER_WARM"
"""The variable that tells the fork server what to load: it is given its environment, and nothing else."""


def is_thread(settings: Settings, n_bytes: int) -> bool:
    """Whether the articles are read in a thread of this process: few are, and all where one worker is asked for."""
    small = settings.n_workers == 1 or n_bytes < SMALL
    return settings.runner == "thread" or (settings.runner == "auto" and small)


def is_forked(settings: Settings, n_bytes: int) -> bool:
    """Whether they are read in processes that the fork server makes."""
    return CAN_FORK and settings.runner in ("auto", "process") and not is_thread(settings, n_bytes)


def start_fork_server(settings: Settings) -> None:
    """Start the fork server of this process, unless it runs; it loads what workers need while the caller goes on."""
    os.environ[WARM] = json.dumps([settings.model, [str(path) for path in settings.actors]])
    multiprocessing.set_forkserver_preload(["flows.warm"])
    forkserver.ensure_running()
    atexit.unregister(stop_fork_server)
    atexit.register(stop_fork_server)


def stop_fork_server() -> None:
    """Stop the fork server at once, if it runs, and free its memory: its workers have ended, or are to.

    It would end by itself with this process, but not while it loads. The library has no public name for this.
    """
    server: Any = forkserver._forkserver
    if server._forkserver_pid is not None:
        with suppress(ProcessLookupError):
            os.kill(server._forkserver_pid, signal.SIGKILL)
    server._stop()
