"""What is old enough to be removed goes whole, by the journal; what is not, stays byte for byte."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from faults import Watched, readable, tree
from hypothesis import given
from hypothesis import strategies as st
from warehouse_rows import Story, fill, load, run_rows

from pipeline.ids import make_id
from pipeline.schema import build
from pipeline.tables import REJECTS, RUN_TABLES, RUNS
from pipeline.vocabulary import Reason, RunKind, RunStatus, Stage
from pipeline.warehouse import Publication, Warehouse, WarehouseDamaged
from pipeline.warehouse.check import check_warehouse
from pipeline.warehouse.layout import partition
from pipeline.warehouse.retention import find_expired, find_old_pages
from pipeline.warehouse.storage import LocalStorage, Storage

pytestmark = pytest.mark.usefixtures("no_waiting_for_the_disk")

TODAY = date(2024, 6, 30)
STORY = Story("bridge", date(2024, 2, 1))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def write_run(house: Warehouse, day: date, ended: date | None = None) -> None:
    """One run of `day`, with a row in each run table; it ended on that day, or on `ended`."""
    run_id = f"run-{day}"
    at = datetime.combine(ended or day, datetime.min.time(), UTC)
    run = fill(RUNS, run_id=run_id, kind=RunKind.NIGHTLY, status=RunStatus.PUBLISHED, started_at=at, ended_at=at)
    reject = fill(
        REJECTS,
        reject_id=make_id("reject", run_id),
        run_id=run_id,
        stage=Stage.LOAD,
        reason=Reason.NO_TEXT,
        payload=b"{}",
    )
    rows = run_rows(run_id, [STORY])
    rows |= {"runs": build(RUNS, [run], "test"), "rejects": build(REJECTS, [reject], "test")}
    with house.lock():
        house.publish(Publication(run_id, day, rows))


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs of 400, 91, 90, 89 and 0 days ago; one given a day of a year ago that ran yesterday."""
    house = Warehouse(str(tmp_path_factory.mktemp("old") / "w"))
    load(house, "r1", [STORY])
    for days in (400, 91, 90, 89, 0):
        write_run(house, ago(days))
    write_run(house, ago(365), ended=ago(1))
    return Path(house.storage.root)


@pytest.mark.parametrize(
    ("keep", "expired", "reason"),
    [
        ({}, {}, "nothing is said about any table"),
        ({"rejects": None, "checks": None}, {}, "kept for ever"),
        ({"rejects": 90}, {"rejects": [400, 113, 91]}, "the day that is 90 days ago is kept"),
        ({"rejects": 89}, {"rejects": [400, 113, 91, 90]}, "one day less"),
        ({"rejects": 400}, {}, "the oldest is just kept"),
        ({"rejects": 399}, {"rejects": [400]}, "the oldest is just not"),
        ({"checks": 300, "ledger": 90}, {"checks": [400], "ledger": [400, 113, 91]}, "each table has its own time"),
        ({"articles": 1, "statements": 1}, {}, "tables of articles never expire"),
    ],
)
def test_days_expire_when_they_are_older_than_they_are_kept(
    old: Path, keep: Mapping[str, int | None], expired: dict[str, list[int]], reason: str
) -> None:
    # 113 days ago is the day of the first load, which leaves no reject.
    wanted = {t: [ago(n) for n in days if not (t == "rejects" and n == 113)] for t, days in expired.items()}
    assert find_expired(LocalStorage(str(old)), keep, TODAY) == wanted, reason


def test_a_day_of_long_ago_is_kept_as_long_as_the_run_that_was_given_it_is_young(old: Path) -> None:
    keep = {t.name: 60 for t in RUN_TABLES}
    storage = LocalStorage(str(old))
    assert all(ago(365) not in days for days in find_expired(storage, keep, TODAY).values())
    assert all(ago(365) in days for days in find_expired(storage, keep, TODAY + timedelta(days=61)).values())


def test_an_empty_warehouse_has_nothing_to_expire(tmp_path: Path) -> None:
    assert find_expired(LocalStorage(str(tmp_path / "none")), {"rejects": 1, "runs": 60}, TODAY) == {}
    assert find_old_pages(LocalStorage(str(tmp_path / "none")), 1, TODAY) == []


def test_runs_that_cannot_be_read_stop_the_removal(old: Path, tmp_path: Path) -> None:
    root = shutil.copytree(old, tmp_path / "w")
    (root / partition(RUNS, ago(400))).write_bytes(b"PAR1")
    with pytest.raises(WarehouseDamaged, match="runs/day="):
        find_expired(LocalStorage(str(root)), {"rejects": 90}, TODAY)


@given(
    st.lists(st.integers(0, 500), max_size=6, unique=True),
    st.integers(1, 500),
    st.integers(0, 300),
    st.integers(0, 300),
)
def test_what_expired_once_stays_expired(days: list[int], keep: int, later: int, more: int) -> None:
    class Days(LocalStorage):
        def entries(self, folder):
            from pipeline.warehouse.storage import Entry

            return [Entry(f"day={ago(n)}", True, 0) for n in sorted(days, reverse=True)] if folder == "rejects" else []

        def size(self, path):
            return 1 if path.startswith("rejects/") else None

    storage = Days("/nowhere")
    now, then = (
        set(find_expired(storage, {"rejects": k}, TODAY + timedelta(days=d)).get("rejects", []))
        for k, d in ((keep + more, 0), (keep, later))
    )
    assert now <= then


@pytest.mark.parametrize(
    ("name", "keep", "goes", "reason"),
    [
        ("20240401T020000Z-ab12cd34.html", 89, True, "90 days old"),
        ("20240401T020000Z-ab12cd34.html", 90, False, "kept for 90 days"),
        ("20240401T020000Z-ab12cd34.html", None, False, "kept for ever"),
        ("20240401T020000Z-ab12cd34-20240115.html", 30, True, "the page of one day of a backfill"),
        ("20249931T020000Z-ab12cd34.html", 1, False, "no such day"),
        ("notes.html", 1, False, "not a page of a run: somebody's own"),
        ("20240401T020000Z-ab12cd34.html.bak", 1, False, "not a page of a run"),
    ],
)
def test_pages_expire_by_the_time_in_their_name(
    tmp_path: Path, name: str, keep: int | None, goes: bool, reason: str
) -> None:
    (tmp_path / "_reports").mkdir()
    (tmp_path / "_reports" / name).write_text("x")
    assert find_old_pages(LocalStorage(str(tmp_path)), keep, TODAY) == ([f"_reports/{name}"] if goes else []), reason


def prune(storage: Storage) -> None:
    house = Warehouse("", storage=storage)
    with house.lock():
        house.recover()
        expired = find_expired(storage, {"rejects": 90, "checks": 90, "ledger": 300}, TODAY)
        rows = {"runs": run_rows("m1", [])["runs"]}
        if expired:
            house.publish(Publication("m1", TODAY, rows, expired=expired))


def test_what_expires_goes_and_all_else_stays_byte_for_byte(old: Path, tmp_path: Path) -> None:
    root = shutil.copytree(old, tmp_path / "w")
    before = readable(tree(root))
    prune(LocalStorage(str(root)))
    after = readable(tree(root))
    gone = {path.partition("/part-0")[0] for path in before.keys() - after.keys()}
    assert gone == {
        *(f"rejects/day={ago(n)}" for n in (400, 91)),
        *(f"checks/day={ago(n)}" for n in (400, 113, 91)),
        f"ledger/day={ago(400)}",
    }
    assert {path for path in after if after[path] != before.get(path)} == {partition(RUNS, TODAY)}
    assert not [p for p in root.rglob("*") if p.is_dir() and not list(p.iterdir()) and not p.name.startswith("_")]
    assert check_warehouse(Warehouse(str(root))) == []


def test_a_second_time_finds_nothing_to_do(old: Path, tmp_path: Path) -> None:
    root = shutil.copytree(old, tmp_path / "w")
    prune(LocalStorage(str(root)))
    once = tree(root)
    prune(LocalStorage(str(root)))
    assert tree(root) == once


def test_a_kill_or_a_power_cut_at_any_step_is_finished_or_undone_whole(old: Path, tmp_path: Path) -> None:
    stops: list[tuple[str, Path]] = []
    before = tree(old)
    shutil.copytree(old, tmp_path / "run")

    def see(disk: Watched, action: str, path: str) -> None:
        n = len(stops)
        stops.append((f"kill before {action} {path}", disk.killed(tmp_path / f"k{n}")))
        stops.append((f"cut before {action} {path}", disk.cut(tmp_path / f"c{n}")))

    prune(Watched(str(tmp_path / "run"), see))
    after = tree(tmp_path / "run")
    assert len(stops) > 40
    ends = set()
    for step, root in stops:
        house = Warehouse(str(root))
        with house.lock():
            house.recover()
        files = tree(root)
        assert files in (before, after), step
        ends.add(files == after)
        prune(LocalStorage(str(root)))
        assert tree(root) == after, step
    assert ends == {True, False}
