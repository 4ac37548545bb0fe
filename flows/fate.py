"""Processes that end with the one that started them, also where that is killed and can tell them nothing.

Else the workers of a run that the kernel killed for its memory would keep theirs, and go on writing to a warehouse that
the next run holds the lock of.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from functools import cache
from multiprocessing import connection, parent_process


@cache
def share_fate() -> None:
    """End this worker process when the process that started it is gone. Elsewhere than in a worker nothing is done."""
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=wait, name="fate", daemon=True).start()


def serve(arguments: list[str]) -> None:
    """Run uvicorn until it is stopped, or until standard input, whose other end the starter holds, is closed."""
    import uvicorn

    def wait() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="fate", daemon=True).start()
    uvicorn.main(arguments, prog_name="uvicorn")


if __name__ == "__main__":
    serve(sys.argv[1:])
