"""The nightly flow as users call it: over seeds/, twice, in other orders, refused, stopped."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from conftest import ARTICLE_TABLES, SeedsRun, published_bytes
from golden import DAY, GOLDEN, PINNED, ROOT, pinned_rows, run_newsledger

from pipeline.tables import TABLES, Table

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("flow")]


def rows(warehouse: Path, table: str) -> list[dict[str, object]]:
    files = sorted((warehouse / table).rglob("*.parquet"))
    return [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]


@pytest.mark.parametrize("table", PINNED)
def test_the_rows_of_seeds_are_the_pinned_ones(seeds_run: SeedsRun, table: str) -> None:
    pinned = (GOLDEN / f"{table}.jsonl").read_text("utf-8").splitlines()
    assert pinned_rows(seeds_run.warehouse, table) == pinned, "review the change, then run `make golden`"


@pytest.mark.parametrize("t", TABLES, ids=lambda t: t.name)
def test_duckdb_reads_every_column_with_its_type(seeds_run: SeedsRun, t: Table) -> None:
    glob = f"{seeds_run.warehouse}/{t.name}/**/*.parquet"
    described = duckdb.execute("DESCRIBE SELECT * FROM read_parquet(?, hive_partitioning = true)", [glob]).fetchall()
    names = [name for name, *_ in described]
    assert names == [*t.arrow.names, *([] if t.by == "none" else ["day"])]
    types = {name: kind for name, kind, *_ in described}
    assert types.get("day", "DATE") == "DATE"
    assert not [name for name, kind in types.items() if kind == '"NULL"']


def test_every_surface_is_the_text_at_its_offsets(seeds_run: SeedsRun) -> None:
    texts = {r["article_id"]: str(r["text"]) for r in rows(seeds_run.warehouse, "articles")}
    n = 0
    for t in TABLES:
        for row in rows(seeds_run.warehouse, t.name) if t.surfaces else []:
            text = texts[row["article_id"]]
            for s in t.surfaces:
                if row[s.text] is not None:
                    assert text[row[s.start] : row[s.end]] == row[s.text]  # type: ignore[misc]  # ints where the text is not null
                    n += 1
    assert n > 300


def test_the_books_balance(seeds_run: SeedsRun) -> None:
    (run,) = rows(seeds_run.warehouse, "runs")
    outcomes = Counter(r["outcome"] for r in rows(seeds_run.warehouse, "ledger"))
    assert run["n_delivered"] == sum(outcomes.values())
    counted = {name: run[f"n_{name}"] for name in ("published", "replaced", "unchanged", "rejected")}
    assert counted == {name: outcomes[name] for name in counted}
    live = {r["article_id"] for r in rows(seeds_run.warehouse, "ledger") if r["outcome"] in ("published", "replaced")}
    assert live == {r["article_id"] for r in rows(seeds_run.warehouse, "articles")}


def test_a_run_ends_by_showing_what_it_did(seeds_run: SeedsRun) -> None:
    shown = seeds_run.done.stdout
    for table in TABLES:
        assert table.name in shown
    for word in ("rejected", "unsupported_language", "truncated", "Statements", "Events"):
        assert word in shown


def test_the_page_of_the_run_asks_nothing_of_the_outside(seeds_run: SeedsRun) -> None:
    (page,) = (seeds_run.warehouse / "_reports").glob("*.html")
    html = page.read_text("utf-8")
    assert not re.search(r"<(?:script|link|img|iframe|object)|\bsrc=|url\(|@import", html)


def test_the_same_input_again_changes_nothing(seeds_run: SeedsRun, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(seeds_run.warehouse, warehouse)
    again = run_newsledger(
        "run", "--input", "seeds", "--warehouse", str(warehouse), "--date", "2024-04-02", "--json", home=seeds_run.home
    )
    assert again.returncode == 0, again.stderr
    done = json.loads(again.stdout)
    assert done["status"] == "nothing_new"
    assert set(done["outcomes"]) == {"unchanged", "rejected"}
    assert published_bytes(warehouse) == published_bytes(seeds_run.warehouse)


def test_other_orders_batches_and_processes_give_the_same_bytes(seeds_run: SeedsRun, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    files = sorted((ROOT / "seeds").iterdir(), reverse=True)
    copies = tmp_path / "seeds"
    copies.mkdir()
    for file in files:
        shutil.copy(file, copies)
    settings = ["--set", "batch_characters=3000", "--set", "runner=process", "--workers", "2"]
    done = run_newsledger(
        "run", "-i", str(copies), "--warehouse", str(warehouse), "--date", DAY, *settings, home=seeds_run.home
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert published_bytes(warehouse) == published_bytes(seeds_run.warehouse)


def test_many_runs_in_another_order_give_the_bytes_of_one(seeds_run: SeedsRun, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    late = {"wire-2-corrections.jsonl"}  # what corrects comes after what it corrects
    names = sorted((p.name for p in (ROOT / "seeds").iterdir()), key=lambda name: (name in late, name), reverse=False)
    groups = [[n for n in names if n not in late][::2][::-1], [n for n in names if n not in late][1::2], sorted(late)]
    for group in groups:
        folder = tmp_path / "seeds"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name in group:
            shutil.copy(ROOT / "seeds" / name, folder)
        done = run_newsledger(
            "run", "-i", str(folder), "--warehouse", str(warehouse), "--date", DAY, home=seeds_run.home
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert published_bytes(warehouse) == published_bytes(seeds_run.warehouse)


def test_a_refused_run_leaves_the_tables_as_they_were(seeds_run: SeedsRun, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(seeds_run.warehouse, warehouse)
    (tmp_path / "blank.jsonl").write_text(
        "".join(
            json.dumps({"id": n, "text": f"The sky above hill number {n} is blue and the grass on it is green."}) + "\n"
            for n in range(400)
        )
    )
    done = run_newsledger(
        "run", "-i", str(tmp_path / "blank.jsonl"), "--warehouse", str(warehouse), home=seeds_run.home
    )
    assert done.returncode == 1
    assert "refused" in done.stderr
    assert published_bytes(warehouse) == published_bytes(seeds_run.warehouse)
    assert Counter(r["status"] for r in rows(warehouse, "runs")) == {"published": 1, "refused": 1}
    assert not (warehouse / "_staging").exists() or not list((warehouse / "_staging").iterdir())


def test_a_torn_file_beside_what_is_published_is_told_and_the_run_is_not_called_off(
    seeds_run: SeedsRun, tmp_path: Path
) -> None:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(seeds_run.warehouse, warehouse)
    torn = sorted((warehouse / "statements").glob("day=2024-*/*.parquet"))[0]
    torn.write_bytes(torn.read_bytes()[:300])
    article = tmp_path / "a.jsonl"
    article.write_text('{"text": "The council of Velgrad met on Friday.", "published_at": "2023-01-02"}\n', "utf-8")
    done = run_newsledger("run", str(article), "--warehouse", str(warehouse), "--date", DAY, home=seeds_run.home)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("newsledger: the run was published, but the warehouse is damaged: ")
    assert f"{torn.parent.name}/{torn.name}: it is no whole Parquet file" in last
    assert (warehouse / "articles/day=2023-01-02").is_dir()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run"], "--input"),
        (["run", "-i", "no/such/folder"], "no/such/folder"),
        (["run", "-i", "seeds", "--workers", "-3"], "workers"),
        (["run", "-i", "seeds", "--set", "wharehouse=x"], "wharehouse"),
        (["run", "-i", "seeds", "--config", "nowhere.toml"], "nowhere.toml"),
        (["show", "statement"], "statement"),
        (["frobnicate"], "frobnicate"),
    ],
    ids=lambda a: " ".join(a) if isinstance(a, list) else "",
)
def test_wrong_usage_ends_with_status_2_and_says_what(arguments: list[str], words: str, tmp_path: Path) -> None:
    done = run_newsledger(*arguments, home=tmp_path)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_sigterm_stops_cleanly_and_leaves_nothing_running(seeds_run: SeedsRun, tmp_path: Path) -> None:
    environment = {**os.environ, "PREFECT_HOME": str(seeds_run.home)}
    warehouse = tmp_path / "warehouse"
    command = [sys.executable, "-m", "flows.cli", "run", "-i", "seeds", "--warehouse", str(warehouse)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "Beginning flow run" in line:
                break
        process.send_signal(signal.SIGTERM)
        process.stdout.read()
        assert process.wait(timeout=120) == 143
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    assert not any((warehouse / table).exists() for table in ARTICLE_TABLES)
