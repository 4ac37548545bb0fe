"""No packet leaves the machine during a run: on a terminal, with an empty home, outside CI."""

from __future__ import annotations

import ipaddress
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

WATCH = """
import os, sys

def watch(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        target = args[1] if event in ("socket.connect", "socket.sendto") else args[0]
        with open(os.environ["WATCH_LOG"], "a") as log:
            log.write(f"{event}\\t{target!r}\\n")

sys.addaudithook(watch)
"""
ARTICLE = "Spain and Portugal signed an agreement on Tuesday. “It is a start,” said minister Ana Reis.\n"


def is_local(target: str) -> bool:
    """Whether an address or name, as it was given to a socket, stays on this machine."""
    value = eval(target, {"__builtins__": {}})  # written by WATCH above, with repr
    host = value[0] if isinstance(value, tuple) else value
    if isinstance(host, bytes):
        host = host.decode()
    if host in (None, "", "localhost") or host.startswith(("/", "\0")):  # a Unix socket has a path
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.mark.slow
def test_a_run_speaks_to_this_machine_alone(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    (tmp_path / "article.txt").write_text(ARTICLE)
    log = tmp_path / "log"
    silenced = ("CI", "GITHUB_ACTIONS", "DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED", "PYTEST_CURRENT_TEST")
    environment = {k: v for k, v in os.environ.items() if k not in silenced and not k.startswith("PREFECT_")}
    environment |= {"HOME": str(tmp_path / "home"), "PYTHONPATH": str(tmp_path), "WATCH_LOG": str(log)}
    command = [sys.executable, "-m", "flows.cli", "run", "--input", str(tmp_path / "article.txt")]
    command += ["--warehouse", str(tmp_path / "warehouse"), "--date", "2024-05-06"]
    main, side = pty.openpty()
    with subprocess.Popen(command, stdin=side, stdout=side, stderr=side, env=environment, close_fds=True) as process:
        os.close(side)
        shown = b""
        while True:
            try:
                piece = os.read(main, 4096)
            except OSError:  # the terminal is closed when the last process that holds it ends
                break
            shown += piece
            if not piece:
                break
    os.close(main)
    assert process.returncode == 0, shown.decode(errors="replace")
    seen = [line.split("\t", 1) for line in log.read_text().splitlines()]
    assert seen, "the watch saw not even the calls to the embedded API: it does not work"
    assert [target for _, target in seen if not is_local(target)] == []
