"""The maintain flow as cron and people call it: what is old goes, what is damaged is told, a stop leaves nothing half-done."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from conftest import SeedsRun, published_bytes
from faults import tree
from golden import DAY, ROOT, run_newsledger
from pydantic import ValidationError

from pipeline.settings import load_settings
from pipeline.tables import RUN_TABLES
from pipeline.warehouse import Warehouse
from pipeline.warehouse.check import check_warehouse

OLD = date(2020, 1, 1)


def age(root: Path, *tables: str, n: int = 1) -> None:
    """Copy the rows of the run to `n` days of long ago, of which no run is known."""
    for table in tables:
        for i in range(n):
            shutil.copytree(root / f"{table}/day={DAY}", root / f"{table}/day={OLD + timedelta(days=i)}")


def run_tables(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(root).items() if path.split("/")[0] in {t.name for t in RUN_TABLES}}


def maintenance(root: Path) -> list[dict[str, object]]:
    files = sorted((root / "runs").rglob("*.parquet"))
    rows = [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]
    return [row for row in rows if row["kind"] == "maintain"]


@pytest.mark.slow
@pytest.mark.xdist_group("flow")
def test_what_is_old_goes_once_and_the_books_say_so(seeds_run: SeedsRun, tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(seeds_run.warehouse, root)
    before = run_tables(root)
    age(root, "rejects", "checks", n=3)
    page = root / "_reports/20200101T020000Z-0badcafe.html"
    page.write_text("old")
    (root / "_staging/dead-run/b0001").mkdir(parents=True)
    (root / "_staging/dead-run/b0001/input.parquet").write_text("half")

    done = run_newsledger("maintain", "--warehouse", str(root), home=seeds_run.home)
    assert done.returncode == 0, done.stdout + done.stderr
    for words in ("rejects: removed 3 days, 2020-01-01 to 2020-01-03", "checks: removed 3 days", "1 pages", "is sound"):
        assert words in done.stdout
    assert not page.exists()
    assert [p.name for p in (root / "_reports").iterdir()] == [
        p.name for p in (seeds_run.warehouse / "_reports").iterdir()
    ]
    assert not list((root / "_staging").iterdir())
    (row,) = maintenance(root)
    days = ["2020-01-01", "2020-01-02", "2020-01-03"]
    assert json.loads(str(row["counts"])) == {"removed": {"rejects": days, "checks": days}}
    after = run_tables(root)
    assert {path: after[path] for path in before} == before, "a young run of a day of long ago keeps its rows"
    assert published_bytes(root) == published_bytes(seeds_run.warehouse)

    once = tree(root)
    again = run_newsledger("maintain", "--warehouse", str(root), home=seeds_run.home)
    assert (again.returncode, "nothing is old enough" in again.stdout) == (0, True), again.stderr
    assert tree(root) == once


@pytest.mark.slow
@pytest.mark.xdist_group("flow")
def test_damage_fails_the_run_with_every_finding_and_json_lines_name_the_run(
    seeds_run: SeedsRun, tmp_path: Path
) -> None:
    root = tmp_path / "w"
    shutil.copytree(seeds_run.warehouse, root)
    (root / "events/notes.txt").write_text("x")
    cut = root / "statements/day=2024-03-18/part-0.parquet"
    cut.write_bytes(cut.read_bytes()[:-9])
    arguments = ["--warehouse", str(root), "--set", "log_format=json"]
    done = run_newsledger("maintain", *arguments, home=seeds_run.home)
    assert done.returncode == 1
    assert "2 findings" in done.stderr
    told = [line for line in done.stderr.splitlines() if not line.startswith("{")]
    assert any(line.startswith("events/notes.txt: stray file") for line in told)
    assert any(line.startswith("statements/day=2024-03-18/part-0.parquet: damaged file") for line in told)
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    own = [line for line in lines if line["logger"] == "newsledger.maintain"]
    assert len({line["run_id"] for line in own}) == 1
    assert [line["level"] for line in own] == ["INFO", "ERROR", "ERROR"]
    assert all(not line["message"].startswith("[") for line in own)
    assert {"at", "level", "logger", "message"} <= set.intersection(*map(set, lines))


@pytest.mark.slow
@pytest.mark.xdist_group("flow")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stop_in_the_middle_leaves_nothing_half_done(
    seeds_run: SeedsRun, tmp_path: Path, sent: signal.Signals, status: int
) -> None:
    root = tmp_path / "w"
    shutil.copytree(seeds_run.warehouse, root)
    before = run_tables(root)
    age(root, "rejects", "checks", n=400)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "NEWSLEDGER_"))}
    environment["PREFECT_HOME"] = str(seeds_run.home)
    command = [sys.executable, "-m", "flows.cli", "maintain", "--warehouse", str(root)]
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True)
    deadline = time.monotonic() + 120
    while not list((root / "_journal").glob("*.json")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.001)
    process.send_signal(sent)
    assert process.wait(timeout=60) == status, log.read_text()
    with pytest.raises(ProcessLookupError):  # nor is a server left behind
        os.killpg(process.pid, 0)

    house = Warehouse(str(root))
    with house.lock():
        house.recover()
    assert not list((root / "_journal").iterdir())
    after = run_tables(root)
    assert {path: after[path] for path in before} == before
    assert len(after) == len(before) + 1, "all of it had been entered in the journal: all of it is gone"
    assert len(maintenance(root)) == 1
    assert check_warehouse(house) == []


@pytest.mark.slow
@pytest.mark.xdist_group("flow")
def test_a_backfill_that_is_told_to_stop_leaves_the_days_as_they_were_or_done(
    seeds_run: SeedsRun, tmp_path: Path
) -> None:
    root = tmp_path / "w"
    shutil.copytree(seeds_run.warehouse, root)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "NEWSLEDGER_"))}
    environment["PREFECT_HOME"] = str(seeds_run.home)
    command = [sys.executable, "-m", "flows.cli", "backfill", "--from", "2020-01-01", "--to", "2030-01-01"]
    process = subprocess.Popen(
        [*command, "--warehouse", str(root)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    shown = []
    for line in process.stdout:
        shown.append(line)
        if ": done" in line:
            break
    process.send_signal(signal.SIGTERM)
    shown.append(process.stdout.read())
    process.stdout.close()
    assert process.wait(timeout=60) == 143, "".join(shown)
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    house = Warehouse(str(root))
    with house.lock():
        house.recover()
    assert published_bytes(root) == published_bytes(seeds_run.warehouse), "the same code gives the same bytes"
    assert check_warehouse(house) == []
    runs = [row for f in (root / "runs").rglob("*.parquet") for row in pq.ParquetFile(f).read().to_pylist()]
    n_days = len(list((root / "articles").iterdir()))
    assert 1 <= len([r for r in runs if r["kind"] == "backfill"]) < n_days, "some days are done, and it was stopped"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"keep_runs_days": 100}, "the ledger is kept for ever: its runs as well"),
        ({"keep_runs_days": 100, "keep_ledger_days": 101, "keep_checks_days": 90}, "the ledger a day longer"),
        ({"keep_checks_days": 30}, "drift looks back further"),
        ({"keep_rejects_days": 0}, "not even today"),
        ({"keep_rejects_days": "never"}, "no number"),
        ({"webhook_url": "ftp://example.org"}, "not the web"),
        ({"webhook_url": "example.org/hook"}, "no scheme"),
        ({"log_format": "xml"}, "no such format"),
    ],
)
def test_settings_that_would_lose_too_much_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, object], reason: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValidationError):
        load_settings(**given)


def test_kept_for_ever_stays_so_on_the_way_to_the_flow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own.toml").write_text('keep_rejects_days = "none"\nkeep_checks_days = 99\n')
    monkeypatch.chdir(tmp_path)
    settings = load_settings(tmp_path / "own.toml")
    assert (settings.keep_rejects_days, settings.keep_checks_days) == (None, 99)
    there = load_settings(**settings.model_dump(mode="json"))
    assert (there.keep_rejects_days, there.keep_checks_days) == (None, 99)
    monkeypatch.setenv("NEWSLEDGER_KEEP_REJECTS_DAYS", "none")
    assert load_settings().keep_rejects_days is None
