"""Workers are forked from a process that has loaded what they need, and that nothing makes unsafe to fork."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from golden import ROOT

from flows.forks import SMALL, WARM, is_forked, is_thread, start_fork_server, stop_fork_server
from flows.runners import ForkedPool
from flows.warm import load
from pipeline.parse import DEFAULT_MODEL
from pipeline.settings import Settings, load_settings


def settings(**values: object) -> Settings:
    return load_settings(config=None, **{"input": ["x"], "workers": 2, **values})


@pytest.mark.parametrize(
    ("values", "n_bytes", "forked", "thread", "why"),
    [
        ({}, SMALL, True, False, "much to read, two workers"),
        ({}, SMALL - 1, False, True, "little to read: a thread of this process"),
        ({"workers": 1}, 100 * SMALL, False, True, "one worker is this process"),
        ({"runner": "process", "workers": 1}, 0, True, False, "processes are asked for by name"),
        ({"runner": "thread"}, 100 * SMALL, False, True, "a thread is asked for by name"),
        ({"runner": "dask"}, 100 * SMALL, False, False, "a cluster has its own workers"),
    ],
)
def test_where_articles_are_read(values: dict[str, object], n_bytes: int, forked: bool, thread: bool, why: str) -> None:
    chosen = settings(**values)
    assert (is_forked(chosen, n_bytes), is_thread(chosen, n_bytes)) == (forked, thread), why


@pytest.mark.slow
def test_what_is_loaded_is_all_of_it() -> None:
    load(DEFAULT_MODEL, [])


LOOK = """
import json, sys, threading
import flows.warm
from pipeline.parse import load_model
from pipeline.actors.registry import load_registry
print(json.dumps([load_model.cache_info().currsize, load_registry.cache_info().currsize, threading.active_count()]))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "loaded", "why"),
    [
        (DEFAULT_MODEL, [1, 1, 1], "model and registry are there, and no thread that could hold a lock in a fork"),
        ("no_such_model", [0, 1, 1], "what fails is left to the workers, which can say so"),
    ],
)
def test_the_fork_server_loads_and_runs_no_thread(model: str, loaded: list[int], why: str, tmp_path: Path) -> None:
    environment = {**os.environ, WARM: json.dumps([model, []]), "PREFECT_HOME": str(tmp_path)}
    command = [sys.executable, "-c", LOOK]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=True)
    assert json.loads(done.stdout) == loaded, why


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers are spawned")
def test_workers_are_children_of_the_fork_server_also_of_a_second_one() -> None:
    seen = []
    for _ in range(2):
        start_fork_server(settings())
        with ForkedPool(max_workers=1) as pool:
            parent = pool._executor.submit(os.getppid).result(timeout=120)
            command = Path(f"/proc/{parent}/cmdline").read_bytes().decode()
        assert parent != os.getpid()
        assert "forkserver" in command
        seen.append(parent)
        stop_fork_server()
        assert not Path(f"/proc/{parent}").exists(), "it has ended, and its memory is free"
    assert seen[0] != seen[1]
    stop_fork_server()  # one that does not run
