"""The embedded Prefect API of a run, started beside the imports that the run needs.

Prefect starts the same server itself where none is configured, but only once a flow begins, waits for it, and imports the
server's code into the run's own process as well: 3 s of a short run.
"""

from __future__ import annotations

import atexit
import logging
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import prefect
from prefect.context import refresh_global_settings_context
from prefect.settings import get_current_settings

from flows.signals import leave_if_stopped
from pipeline.settings import Settings

_SERVER = {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
"""As `prefect.server.api.server.SubprocessASGIServer` sets them."""
_GRACE_SECONDS = 5


class EmbeddedApi:
    """A Prefect API server on a free port of this machine, until this process ends or is killed.

    It is starting when this is made. Where Prefect is told of an API, or workers on other machines could not reach this
    one, there is none and all is left to Prefect.
    """

    def __init__(self, settings: Settings) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        if get_current_settings().api.url or settings.dask_address or settings.ray_address:
            return
        # The socket is open before the server runs: its port is taken, and the first request waits for it.
        with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
            self._url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
            command = ["-m", "flows.fate", "--app-dir", str(Path(prefect.__file__).parent), "--factory"]
            command += ["prefect.server.api.server:create_app", "--fd", str(listener.fileno())]
            command += ["--log-level", "error", "--lifespan", "on"]
            told = get_current_settings().to_environment_variables(exclude_unset=True)
            self._process = subprocess.Popen(
                [sys.executable, *command],
                env={**os.environ, **_SERVER, **told},
                pass_fds=[listener.fileno()],
                stdin=subprocess.PIPE,  # never written to: it closes when this process ends, in whatever way
            )
        atexit.register(self._stop)  # before any of Prefect's own, which send the last lines of the log: those go first
        logging.getLogger("prefect.flow_runs").addFilter(_is_no_link)
        os.environ["PREFECT_API_URL"] = self._url
        refresh_global_settings_context()

    def wait(self) -> None:
        """Wait until the server answers.

        Raises:
            RuntimeError: it does not.
        """
        if self._process is None:
            return
        patience = get_current_settings().server.ephemeral.startup_timeout_seconds
        try:
            with urllib.request.urlopen(f"{self._url}/health", timeout=patience):
                leave_if_stopped()
        except OSError as error:
            code = self._process.poll()
            became = f"it ended with status {code}" if code is not None else f"no answer in {patience} s"
            raise RuntimeError(
                f"Prefect's embedded API did not start: {became}; run again, or start one yourself with "
                "`prefect server start` and set PREFECT_API_URL"
            ) from error

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _is_no_link(record: logging.LogRecord) -> bool:
    """Whether a line of the log points at no page: this server has none."""
    return not str(record.msg).startswith("View at ")
