"""`newsledger check` as cron and people call it: what it finds, what it sets right, whether runs still come."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer
from conftest import SeedsRun, published_bytes
from faults import tree
from golden import run_newsledger
from warehouse_rows import Story, fill, load

from flows.check import check_fresh, parse_span
from pipeline.schema import build
from pipeline.tables import RUNS
from pipeline.vocabulary import RunKind, RunStatus
from pipeline.warehouse import Publication, Warehouse

D1 = date(2024, 2, 1)
NOW = datetime(2024, 6, 30, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sound") / "w"
    load(
        Warehouse(str(root)),
        "r1",
        [Story("bridge", D1), Story("dam", D1, ("Bo Ray",)), Story("flood", date(2024, 2, 2))],
    )
    return root


@pytest.fixture
def root(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "w"))


def check(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_newsledger("check", "--warehouse", str(root), *arguments, home=root.parent / "prefect")


def rotate(rows: pa.Table) -> pa.Table:
    return rows.take(list(reversed(range(len(rows)))))


def rewrite(path: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    pq.write_table(change(pq.ParquetFile(path).read()), path)


def test_a_sound_warehouse_is_sound_and_is_not_touched(root: Path) -> None:
    before = tree(root)
    for arguments in ([], ["--repair"]):
        done = check(root, *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines()[-1] == "the warehouse is sound"
    assert tree(root) == before
    assert not (root.parent / "prefect").exists(), "Prefect is not started to read files"


def test_damage_is_told_a_line_each_and_set_right(root: Path) -> None:
    before = {path: data for path, data in tree(root).items() if not path.startswith("_")}
    rewrite(root / "events/day=2024-02-01/part-0.parquet", rotate)
    (root / "statements/notes.txt").write_text("mine")
    (root / "_staging/dead-run").mkdir(parents=True)
    (root / "_staging/dead-run/x").write_text("x")

    found = check(root)
    assert found.returncode == 1
    *lines, last = found.stdout.splitlines()
    assert last == "3 findings"
    assert [line.split(": ")[:2] for line in sorted(lines)] == [
        ["_staging/dead-run", "left by a dead run"],
        ["events/day=2024-02-01/part-0.parquet", "unsorted rows"],
        ["statements/notes.txt", "stray file"],
    ]

    done = check(root, "--repair")
    assert done.returncode == 0, done.stdout + done.stderr
    said = done.stdout
    for words in (
        "cleared away what dead-run had staged",
        "moved statements/notes.txt to _aside/001",
        "events/day=2024-02-01",
    ):
        assert words in said
    assert said.splitlines()[-1] == "the warehouse is sound"
    after = {path: data for path, data in tree(root).items() if not path.startswith("_")}
    assert after == before
    assert (root / "_aside/001/statements/notes.txt").read_text() == "mine"
    assert check(root).returncode == 0


def test_what_cannot_be_rebuilt_is_still_told_after_a_repair(root: Path) -> None:
    (root / "articles/day=2024-02-02/part-0.parquet").unlink()
    done = check(root, "--repair")
    assert done.returncode == 1
    assert "article of the ledger is not stored" in done.stdout
    assert "Deliver these records again." in done.stdout


@pytest.mark.parametrize("what", ["missing", "empty"])
def test_a_folder_without_tables_does_not_pass_for_a_sound_warehouse(tmp_path: Path, what: str) -> None:
    if what == "empty":
        (tmp_path / "w").mkdir()
    for arguments in ([], ["--repair"]):
        done = check(tmp_path / "w", *arguments)
        assert done.returncode == 1
        assert "no table is there" in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "w/_lock").exists()


def test_a_repair_waits_for_no_one_and_names_who_writes(root: Path) -> None:
    before = tree(root)
    with Warehouse(str(root)).lock():
        done = check(root, "--repair")
        reading = check(root)
    assert (done.returncode, reading.returncode) == (1, 0)
    assert "another run writes to this warehouse (process" in done.stderr
    assert "a run is writing" in reading.stdout
    assert tree(root) == before


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90m", timedelta(minutes=90)),
        ("26h", timedelta(hours=26)),
        ("2d", timedelta(days=2)),
        ("1m", timedelta(minutes=1)),
    ],
)
def test_durations_are_minutes_hours_or_days(text: str, span: timedelta) -> None:
    assert parse_span(text) == span


@pytest.mark.parametrize("text", ["", "26", "h", "0h", "-1h", "1.5h", "26 h", "1w", "26H", "1d12h", "999999d", "٣h\n"])
def test_other_words_are_no_duration(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="26h"):
        parse_span(text)


def add_run(house: Warehouse, run_id: str, ended: datetime, kind: RunKind, status: RunStatus, day: date) -> None:
    row = fill(RUNS, run_id=run_id, kind=kind, status=status, started_at=ended, ended_at=ended)
    with house.lock():
        house.publish(Publication(run_id, day, {"runs": build(RUNS, [row], "test")}))


@pytest.mark.parametrize(
    ("hours", "kind", "status", "fresh", "reason"),
    [
        (25, RunKind.NIGHTLY, RunStatus.PUBLISHED, True, "an hour to spare"),
        (26, RunKind.NIGHTLY, RunStatus.PUBLISHED, True, "just so"),
        (27, RunKind.NIGHTLY, RunStatus.PUBLISHED, False, "an hour late"),
        (1, RunKind.NIGHTLY, RunStatus.NOTHING_NEW, True, "a run that finds nothing new has done its work"),
        (1, RunKind.NIGHTLY, RunStatus.PARTIAL, True, "partial is published"),
        (1, RunKind.NIGHTLY, RunStatus.REFUSED, False, "a refused run published nothing"),
        (1, RunKind.BACKFILL, RunStatus.PUBLISHED, False, "a backfill takes in no news"),
        (1, RunKind.REPLAY, RunStatus.PUBLISHED, False, "nor does a replay"),
        (1, RunKind.MAINTAIN, RunStatus.PUBLISHED, False, "nor does maintenance"),
    ],
)
def test_fresh_asks_for_a_nightly_run_that_ended_well(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    hours: int,
    kind: RunKind,
    status: RunStatus,
    fresh: bool,
    reason: str,
) -> None:
    house = Warehouse(str(tmp_path / "w"))
    # the day of a run may be set by hand: what counts is when it ended
    add_run(house, "old", NOW - timedelta(days=9), RunKind.NIGHTLY, RunStatus.PUBLISHED, date(2024, 6, 30))
    add_run(house, "new", NOW - timedelta(hours=hours), kind, status, date(2020, 1, 1))
    assert check_fresh(house, timedelta(hours=26), NOW) == (0 if fresh else 1), reason
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("fresh: " if fresh else "stale: ")


def test_fresh_from_the_command_line(tmp_path: Path) -> None:
    never = check(tmp_path / "w", "--fresh", "26h")
    assert (never.returncode, never.stdout.splitlines()) == (
        1,
        [f"stale: no nightly run has published to {tmp_path}/w yet"],
    )
    add_run(Warehouse(str(tmp_path / "w")), "r", datetime.now(UTC), RunKind.NIGHTLY, RunStatus.PUBLISHED, D1)
    assert check(tmp_path / "w", "--fresh", "26h").returncode == 0
    for arguments in (["--fresh", "soon"], ["--fresh", "26h", "--repair"]):
        wrong = check(tmp_path / "w", *arguments)
        assert (wrong.returncode, wrong.stdout) == (2, ""), arguments


@pytest.mark.slow
@pytest.mark.xdist_group("flow")
def test_a_file_cut_in_half_is_made_anew_from_its_articles(seeds_run: SeedsRun, tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(seeds_run.warehouse, root)
    cut = root / "statements/day=2024-03-18/part-0.parquet"
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    found = check(root)
    assert found.returncode == 1
    assert "statements/day=2024-03-18/part-0.parquet: damaged file" in found.stdout
    done = check(root, "--repair")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "extracted the articles of 2024-03-18 again: statements/day=2024-03-18" in done.stdout
    assert published_bytes(root) == published_bytes(seeds_run.warehouse)
