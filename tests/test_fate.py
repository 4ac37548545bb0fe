"""Nothing outlives a run that is killed: what it has started ends by itself, and lets go of its output."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from golden import ROOT

DIE = "os.kill(os.getpid(), signal.SIGKILL)"
WORKER = """
import multiprocessing, os, signal, time
from flows.fate import share_fate

def work(pipe):
    share_fate()
    pipe.send("at work")
    time.sleep(300)

if __name__ == "__main__":
    ours, theirs = multiprocessing.Pipe()
    multiprocessing.get_context("METHOD").Process(target=work, args=(theirs,)).start()
    print(ours.recv(), flush=True)
    DIE
"""
API = f"""
import os, signal
from flows.api import EmbeddedApi
from pipeline.settings import load_settings

api = EmbeddedApi(load_settings())
api.wait()
print("it answers", flush=True)
{DIE}
"""


def output_until_all_have_ended(script: str, folder: Path) -> str:
    """What a script prints that is killed in the end; its output ends with the last process that holds it."""
    file = folder / "script.py"
    file.write_text(script, "utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "NEWSLEDGER_"))}
    environment |= {"PREFECT_HOME": str(folder / "prefect"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, str(file)], env=environment, capture_output=True, text=True, timeout=150)
    assert done.returncode == -signal.SIGKILL, done.stderr
    return done.stdout


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_worker_ends_with_the_process_that_started_it(method: str, tmp_path: Path) -> None:
    script = WORKER.replace("METHOD", method).replace("DIE", DIE)
    assert output_until_all_have_ended(script, tmp_path) == "at work\n"


@pytest.mark.slow
def test_the_embedded_api_ends_with_the_run_that_started_it(tmp_path: Path) -> None:
    assert output_until_all_have_ended(API, tmp_path) == "it answers\n"
