"""Workers that die, articles that never end, and runners of more than one machine, in real runs."""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from conftest import SeedsRun, published_bytes
from golden import DAY, ROOT, run_newsledger
from marked_articles import write_hook

from flows.watch import Watch
from pipeline.tables import Article
from pipeline.timelimit import ArticleTimeout, TimeLimit

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("flow")]

TOWNS = (
    "Rasteau",
    "Orvenholm",
    "Piantola",
    "Dusmark",
    "Velgrad",
    "Hestrup",
    "Corvany",
    "Lindholt",
    "Marrowby",
    "Ostfell",
)


def story(n: int, mark: str = "") -> dict[str, Any]:
    town = TOWNS[n % len(TOWNS)]
    text = (
        f'The mayor of {town} said on Tuesday that the bridge would close. "The repairs cannot wait until spring," '
        f"Mayor Ines Carrow told reporters. Residents of {town} criticised the decision number {n}.\n{mark}"
    )
    return {"title": f"Bridge {n} in {town}", "text": text, "published": "2024-03-20", "source": "Test Wire"}


def write_stories(file: Path, stories: list[dict[str, Any]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(s) + "\n" for s in stories), "utf-8")


def run_hooked(hook: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command with the hook in each of its processes."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "NEWSLEDGER_"))}
    environment |= {"PREFECT_HOME": str(home), "PYTHONPATH": str(hook)}
    command = [sys.executable, "-m", "flows.cli", "run", *arguments, "--date", DAY, "--json"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)


def rejects(warehouse: Path) -> list[dict[str, Any]]:
    files = sorted((warehouse / "rejects").rglob("*.parquet"))
    return [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]


def test_a_worker_that_dies_costs_the_one_article_that_kills(seeds_run: SeedsRun, tmp_path: Path) -> None:
    folder, hook = tmp_path / "in", write_hook(tmp_path / "hook")
    write_stories(folder / "a.jsonl", [story(0), story(1)])
    write_stories(folder / "b.jsonl", [story(2, "MARK-KILL"), story(3, "MARK-HANG")])
    write_stories(folder / "c.jsonl", [story(4), story(5, "MARK-ONCE"), story(6), story(7)])
    settings = ["--set", "runner=process", "--workers", "2", "--set", "batch_characters=1000"]
    limit = ["--set", "article_seconds=15", "--set", "seconds_per_1000_characters=0"]
    marked = tmp_path / "marked"
    done = run_hooked(hook, seeds_run.home, "-i", str(folder), "--warehouse", str(marked), *settings, *limit)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["outcomes"] == {"published": 6, "rejected": 2}
    killed, endless = sorted(rejects(marked), key=lambda r: r["raw_index"])
    for row in (killed, endless):
        assert (row["stage"], row["reason"], Path(row["raw_uri"]).name) == ("extract", "extraction_failed", "b.jsonl")
        assert row["payload_is_whole"]
        assert json.loads(row["payload"])["title"].startswith("Bridge")
    assert "every worker process that read this article died" in killed["detail"]
    assert "did not end within 15 s" in endless["detail"]
    assert (hook / "once").stat().st_size == 2, "one death, one retry"

    (folder / "b.jsonl").unlink()
    clean = tmp_path / "clean"
    again = run_newsledger("run", "-i", str(folder), "--warehouse", str(clean), "--date", DAY, home=seeds_run.home)
    assert again.returncode == 0, again.stderr
    assert published_bytes(marked) == published_bytes(clean)


def article(n_characters: int) -> Article:
    return Article(**{**dict.fromkeys(Article.__dataclass_fields__), "n_characters": n_characters})


def read_for_ever(watch: Watch) -> None:
    with watch(article(300)):
        while True:
            pass


def test_python_code_that_does_not_end_is_interrupted_in_any_thread() -> None:
    watch = Watch(TimeLimit(0.2, 1.0), may_end_process=False)
    began = time.monotonic()
    with pytest.raises(ArticleTimeout, match="300 characters did not end within 0 s"):
        read_for_ever(watch)
    assert 0.4 < time.monotonic() - began < 5


def test_an_article_in_time_is_left_alone() -> None:
    with Watch(TimeLimit(60, 0), may_end_process=True)(article(300)):
        pass


def hold_the_interpreter() -> None:
    with Watch(TimeLimit(0.5, 0), may_end_process=True)(article(300)):
        ctypes.PyDLL(None).sleep(60)  # a PyDLL keeps the interpreter's lock: no Python code runs until it returns


def test_native_code_that_does_not_return_ends_its_worker() -> None:
    worker = multiprocessing.get_context("spawn").Process(target=hold_the_interpreter)
    worker.start()
    worker.join(40)
    assert worker.exitcode == 1


def test_dask_gives_the_same_bytes(seeds_run: SeedsRun, tmp_path: Path) -> None:
    _same_bytes(seeds_run, tmp_path / "warehouse", "dask")


def test_ray_gives_the_same_bytes(seeds_run: SeedsRun, tmp_path: Path) -> None:
    _same_bytes(seeds_run, tmp_path / "warehouse", "ray")


def _same_bytes(seeds_run: SeedsRun, warehouse: Path, runner: str) -> None:
    if find_spec(f"prefect_{runner}") is None:
        pytest.skip(f"the extra is not installed: uv pip install '.[{runner}]'")
    settings = ["--set", f"runner={runner}", "--workers", "2", "--set", "batch_characters=3000"]
    done = run_newsledger(
        "run", "-i", "seeds", "--warehouse", str(warehouse), "--date", DAY, *settings, home=seeds_run.home
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert published_bytes(warehouse) == published_bytes(seeds_run.warehouse)


@pytest.mark.parametrize("runner", ["dask", "ray"])
def test_a_missing_extra_is_a_clear_line(runner: str, tmp_path: Path) -> None:
    if find_spec(f"prefect_{runner}") is not None:
        pytest.skip("the extra is installed")
    done = run_newsledger(
        "run", "-i", "seeds", "--warehouse", str(tmp_path / "w"), "--set", f"runner={runner}", home=tmp_path
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"'.[{runner}]'" in done.stderr
    assert not (tmp_path / "w").exists()
