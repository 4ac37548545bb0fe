"""Run the nightly flow on a schedule. The embedded API fires none, so a Prefect server is needed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from flows.trigger import prepare
from pipeline.settings import Settings

HOST = "127.0.0.1"
START_SECONDS = 180


def serve_nightly(settings: Settings, cron: str) -> None:
    """Serve the flow until it is stopped, one run at a time.

    The server is the one that PREFECT_API_URL names; where it names none, one on this machine
    (PREFECT_SERVER_API_PORT, by default 4200), started here and stopped again if it is not there.
    """
    prepare(settings)
    with _server():
        from prefect.schedules import Cron

        from flows.nightly import nightly

        nightly.serve(
            name="nightly",
            schedule=Cron(cron, timezone="UTC"),
            parameters={"settings": settings.model_dump(mode="json")},
            limit=1,
            pause_on_shutdown=False,
        )


@contextmanager
def _server() -> Iterator[None]:
    """Have a Prefect server, and PREFECT_API_URL point at it."""
    if os.environ.get("PREFECT_API_URL"):
        yield
        return
    port = os.environ.get("PREFECT_SERVER_API_PORT", "4200")
    url = f"http://{HOST}:{port}/api"
    os.environ["PREFECT_API_URL"] = url
    if _answers(url):
        yield
        return
    process = subprocess.Popen([sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", port])
    try:
        _wait(process, url)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(
                f"newsledger: the Prefect server ended with status {process.returncode}; is the port of {url} free?"
            )
        if _answers(url):
            return
        time.sleep(0.5)
    raise SystemExit(f"newsledger: no Prefect server answered at {url} within {START_SECONDS} s")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:  # a loopback address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
