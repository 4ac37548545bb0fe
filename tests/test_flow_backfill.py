"""The backfill flow as users call it: same code, same bytes; older rows come up to today's; resumable."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import SeedsRun, published_bytes
from golden import DAY, run_newsledger

from pipeline.tables import STATEMENTS
from pipeline.warehouse.files import parquet_bytes

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("flow")]


def test_old_rows_are_brought_up_to_todays_and_a_day_is_done_once(seeds_run: SeedsRun, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(seeds_run.warehouse, warehouse)
    old = warehouse / "statements/day=2024-03-18/part-0.parquet"
    rows = pq.ParquetFile(old).read()
    at = rows.schema.get_field_index("rule")
    aged = rows.set_column(at, rows.schema.field(at), pa.array(["a rule of an older version"] * len(rows)))
    old.write_bytes(parquet_bytes(STATEMENTS, aged.slice(1)))

    arguments = [
        "backfill",
        "--from",
        "2024-03-15",
        "--to",
        "2024-03-20",
        "--warehouse",
        str(warehouse),
        "--set",
        f"date={DAY}",
    ]
    done = run_newsledger(*arguments, home=seeds_run.home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split() for line in done.stdout.splitlines() if line.startswith("2024-")] == [
        ["2024-03-15", "done"],
        ["2024-03-18", "done"],
        ["2024-03-20", "done"],
    ]
    assert published_bytes(warehouse) == published_bytes(seeds_run.warehouse)

    again = run_newsledger(*arguments, home=seeds_run.home)
    assert again.returncode == 0, again.stdout + again.stderr
    assert again.stdout.count("current") == 3


def as_of_version_1(file: Path, without: str) -> None:
    """Write a file as schema version 1 did: without a column that came later."""
    rows = pq.ParquetFile(file).read().drop_columns(without)
    pq.write_table(rows.replace_schema_metadata({**rows.schema.metadata, b"schema_version": b"1"}), file)


def test_a_warehouse_of_schema_version_1_gets_its_event_groups_and_local_days(
    seeds_run: SeedsRun, tmp_path: Path
) -> None:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(seeds_run.warehouse, warehouse)
    expected = published_bytes(warehouse)
    assert any(path.startswith("event_groups/") for path in expected)
    shutil.rmtree(warehouse / "event_groups")
    for file in sorted((warehouse / "events").rglob("*.parquet")):
        as_of_version_1(file, "event_group")
    for file in sorted((warehouse / "articles").rglob("*.parquet")):
        as_of_version_1(file, "published_local_date")
    days = ["--from", "2000-01-01", "--to", "2030-01-01", "--warehouse", str(warehouse), "--set", f"date={DAY}"]
    done = run_newsledger("backfill", *days, home=seeds_run.home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert published_bytes(warehouse) == expected
    sound = run_newsledger("check", "--warehouse", str(warehouse), home=seeds_run.home)
    assert (sound.returncode, sound.stdout) == (0, "the warehouse is sound\n")
