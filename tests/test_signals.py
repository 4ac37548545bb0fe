"""SIGTERM ends a process with 143, whatever it is doing."""

from __future__ import annotations

import logging
import os
import subprocess
import sys

import pytest
from golden import ROOT

IN_LOGGING = """
import logging, os, signal, threading, time
from flows import signals

signals.stop_on_sigterm()
take, told = logging._acquireLock, []

def take_and_be_told():
    take()
    if threading.current_thread() is threading.main_thread() and not told:
        told.append(os.kill(os.getpid(), signal.SIGTERM))

def log_at_the_end():
    time.sleep(0.3)
    logging.getLogger("other").isEnabledFor(logging.DEBUG)

threading.Thread(target=log_at_the_end).start()
logging._acquireLock = take_and_be_told
logging.getLogger("own").isEnabledFor(logging.DEBUG)
time.sleep(30)
"""
HANGING = """
import signal, subprocess, threading, time, os
from flows import signals

subprocess.Popen(["sleep", "300"])  # holds the output, so that its end is waited for
signals.PATIENCE_SECONDS = 0.5
signals.stop_on_sigterm()
threading.Thread(target=time.sleep, args=(60,)).start()
os.kill(os.getpid(), signal.SIGTERM)
"""


@pytest.mark.parametrize(
    ("script", "why"),
    [
        pytest.param(
            IN_LOGGING,
            "the lock of logging, which the main thread had just taken, is let go before the exit",
            marks=pytest.mark.skipif(not hasattr(logging, "_acquireLock"), reason="this Python takes it in a block"),
        ),
        (HANGING, "an exit that waits for a thread for ever is cut short, with all that was started"),
    ],
)
def test_sigterm_ends_with_143(script: str, why: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=40)
    assert done.returncode == 143, f"{why}: {done.stderr}"
