"""A schedule really fires: `newsledger serve` on a Prefect server, on the minute."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


@pytest.mark.slow
def test_a_schedule_fires_and_publishes(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/article.txt").write_text("Norway and Denmark signed a treaty in Oslo on Monday, a minister said.\n")
    warehouse = tmp_path / "warehouse"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    environment |= {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_SERVER_API_PORT": str(free_port())}
    command = [sys.executable, "-m", "flows.cli", "serve", "--cron", "* * * * *"]
    command += ["--input", str(tmp_path / "in"), "--warehouse", str(warehouse)]
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, start_new_session=True)
    try:
        deadline = time.monotonic() + 300
        while not (runs := list(warehouse.glob("runs/day=*/part-0.parquet"))) and time.monotonic() < deadline:
            assert process.poll() is None, log.read_text(errors="replace")
            time.sleep(1)
        assert runs, log.read_text(errors="replace")
        assert pq.ParquetFile(runs[0]).read(["status"]).to_pylist()[0] == {"status": "published"}
    finally:
        process.send_signal(signal.SIGTERM)
        status = process.wait(timeout=60)
    assert status == 0, "a service that is told to stop has not failed"
    deadline = time.monotonic() + 60
    while (left := living(process.pid)) and time.monotonic() < deadline:
        time.sleep(1)
    assert not left, "the server that was started for it is gone as well"


def living(group: int) -> list[str]:
    """The command lines of the processes of a group that still run."""
    shown = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in shown.splitlines()]
    return [row[2] for row in rows if row[0] == str(group) and not row[1].startswith("Z")]
