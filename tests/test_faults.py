"""A run that is stopped at any step, followed by another, leaves the bytes of a run that was never stopped."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from faults import Crash, FailingDisk, Killer, Watched, readable, tree
from warehouse_rows import Story, load

from pipeline.warehouse import Warehouse, WarehouseDamaged, WarehouseError
from pipeline.warehouse.storage import LocalStorage, Storage

pytestmark = pytest.mark.usefixtures("no_waiting_for_the_disk")

D1, D2, D3 = date(2024, 2, 1), date(2024, 2, 2), date(2024, 2, 3)
BASE = [Story("bridge", D1), Story("dam", D1, ("Bo Ray",)), Story("flood", D2)]
# One article is corrected, one moves to a new day (its old partition ends empty), one is amended. So an event group of
# one day is told by others, that of another day by nobody any more, and one of a third day is new.
NEXT = [Story("bridge", D1, words="The bridge fell"), Story("flood", D3)]
AMENDMENTS = {BASE[1].article_id: BASE[0].article_id}

Files = dict[str, bytes]


def run(storage: Storage) -> None:
    load(Warehouse("", storage=storage), "r2", NEXT, amendments=AMENDMENTS)


def recovered(root: Path) -> Files:
    house = Warehouse(str(root))
    with house.lock():
        house.recover()
    return tree(root)


class Stop(NamedTuple):
    """What one instant of the run would leave behind."""

    step: str
    committed: bool
    killed: Path
    cut: Path
    revived: Watched | None


class World(NamedTuple):
    """The warehouse before the run, after it, and at every step between."""

    base: Path
    before: Files
    after: Files
    stops: list[Stop]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    load(Warehouse(str(folder / "base")), "r1", BASE)
    shutil.copytree(folder / "base", folder / "run")
    stops: list[Stop] = []

    def see(disk: Watched, action: str, path: str) -> None:
        n = len(stops)
        committed = (folder / "run/_journal/r2.json").exists()
        killed, cut = disk.killed(folder / f"killed{n}"), disk.cut(folder / f"cut{n}")
        # After a name has changed and before that is forced to disk: what the dead process did may still be lost.
        awkward = action == "sync folder" and ("\n" in path or path == "_journal")
        revived = disk.revived(folder / f"revived{n}", see) if committed and awkward else None
        stops.append(Stop(f"{n}: {action} {path}", committed, killed, cut, revived))

    run(Watched(str(folder / "run"), see))
    return World(folder / "base", tree(folder / "base"), tree(folder / "run"), stops)


def test_the_run_under_test_replaces_adds_and_removes_partitions(world):
    assert "articles/day=2024-02-02/part-0.parquet" in world.before
    assert "articles/day=2024-02-02/part-0.parquet" not in world.after
    assert "articles/day=2024-02-03/part-0.parquet" in world.after
    for table in ("articles", "event_groups"):
        day = f"{table}/day=2024-02-01/part-0.parquet"
        assert world.before[day] != world.after[day]
        days = {p.split("/")[1] for p in world.before if p.startswith(f"{table}/")}
        assert days == {"day=0001-01-01", "day=2024-02-01", "day=2024-02-02"}
        days = {p.split("/")[1] for p in world.after if p.startswith(f"{table}/")}
        assert days == {"day=0001-01-01", "day=2024-02-01", "day=2024-02-03"}
    assert len(world.stops) > 180
    assert {s.committed for s in world.stops} == {True, False}


def test_a_reader_at_any_step_sees_each_partition_old_or_new(world):
    for stop in world.stops:
        for folder in (stop.killed, stop.cut):
            for path, data in readable(tree(folder)).items():
                assert data in (world.before.get(path), world.after.get(path)), (stop.step, path)


def test_a_kill_before_any_step_is_finished_or_undone_whole(world, tmp_path):
    for stop in world.stops:
        root = shutil.copytree(stop.killed, tmp_path / stop.killed.name)
        files = recovered(root)
        assert files in (world.before, world.after), stop.step
        assert (files == world.after) or not stop.committed, stop.step


def test_a_power_cut_before_any_step_is_finished_or_undone_whole(world, tmp_path):
    for stop in world.stops:
        root = shutil.copytree(stop.cut, tmp_path / stop.cut.name)
        files = recovered(root)
        assert files in (world.before, world.after), stop.step


def test_what_the_run_had_reported_as_published_survives_a_power_cut_after_it(world, tmp_path):
    disk = Watched(str(shutil.copytree(world.base, tmp_path / "w")), lambda _disk, _action, _path: None)
    run(disk)
    assert recovered(disk.cut(tmp_path / "cut")) == world.after


def test_the_same_run_again_ends_with_the_bytes_of_one_clean_run(world, tmp_path):
    for files, name in ((world.before, "undone"), (world.after, "finished")):
        stop = next(s for s in world.stops if s.committed == (name == "finished"))
        root = shutil.copytree(stop.killed, tmp_path / name)
        assert recovered(root) == files
        run(LocalStorage(str(root)))
        assert tree(root) == world.after


def test_a_recovery_that_dies_itself_by_kill_or_power_cut_is_mended_by_the_next(world, tmp_path):
    n = 0
    for stop in (s for s in world.stops if s.revived):
        seen: list[Path] = []

        def see(disk: Watched, _action: str, _path: str, seen: list[Path] = seen, stop: Stop = stop) -> None:
            seen.append(disk.cut(tmp_path / f"{stop.killed.name}-{len(seen)}-cut"))
            seen.append(disk.killed(tmp_path / f"{stop.killed.name}-{len(seen)}-killed"))

        stop.revived._see = see
        house = Warehouse("", storage=stop.revived)
        with house.lock():
            house.recover()
        for again in seen:
            files = recovered(again)
            assert files in (world.before, world.after), (stop.step, again.name)
            n += 1
    assert n > 100


@pytest.mark.parametrize("offset", range(5))
def test_a_crash_inside_the_process_does_nothing_more(world, tmp_path, offset):
    for at in range(offset * 9, len(world.stops), 45):
        root = shutil.copytree(world.base, tmp_path / str(at))
        with pytest.raises(Crash):
            run(LocalStorage(str(root), Killer(at)))
        assert tree(root) == tree(world.stops[at].killed), world.stops[at].step


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "no permission"),
        (errno.EIO, "the disk reports an error"),
        (errno.EROFS, "the file system is read-only"),
    ],
)
def test_an_error_of_the_disk_is_told_with_the_file_and_nothing_is_lost(world, tmp_path, number, words):
    for at in range(number % 19, len(world.stops), 19):
        root = shutil.copytree(world.base, tmp_path / str(at))
        error = OSError(number, os.strerror(number))
        with pytest.raises(WarehouseError, match=words) as caught:
            run(LocalStorage(str(root), FailingDisk(at, error)))
        assert str(root) in caught.value.path
        assert caught.value.advice
        assert recovered(root) in (world.before, world.after)


def test_a_publication_that_failed_after_its_commit_is_finished_by_a_retry_in_the_same_process(world, tmp_path):
    at = next(i for i, s in enumerate(world.stops) if s.committed) + 2
    root = shutil.copytree(world.base, tmp_path / "w")
    house = Warehouse("", storage=LocalStorage(str(root), FailingDisk(at, OSError(errno.ENOSPC, "full"))))
    with pytest.raises(WarehouseError, match="disk is full"):
        load(house, "r2", NEXT, amendments=AMENDMENTS)
    load(house, "r2", NEXT, amendments=AMENDMENTS)
    assert tree(root) == world.after


def test_the_kernel_is_asked_to_force_to_disk_whatever_the_steps_say(world, tmp_path, monkeypatch):
    asked, told = [], []
    monkeypatch.setattr(os, "fsync", lambda handle: asked.append(Path(f"/proc/self/fd/{handle}").readlink()))
    root = shutil.copytree(world.base, tmp_path / "w")

    def tell(action: str, path: str) -> None:
        match action:
            case "sync file":
                told.append(root / path)
            case "sync folder":
                told.extend(root / folder for folder in path.split("\n"))
            case "sync files":
                told.extend(file for file in (root / path).iterdir() if file.is_file())

    run(LocalStorage(str(root), tell))
    assert sorted(asked) == sorted(told)
    assert len(told) > 50


def test_a_staged_file_that_someone_removed_after_the_commit_is_told_and_not_passed_over(world, tmp_path):
    stop = next(s for s in world.stops if s.committed)
    root = shutil.copytree(stop.killed, tmp_path / "w")
    victim = next((root / "_staging/r2/_publish").glob("*.parquet"))
    victim.write_bytes(victim.read_bytes()[:-10])
    with pytest.raises(WarehouseDamaged, match="cannot be finished"):
        recovered(root)
    assert (root / "_journal/r2.json").exists()


def test_a_journal_that_cannot_be_read_is_told_and_left(world, tmp_path):
    root = shutil.copytree(world.base, tmp_path / "w")
    (root / "_journal").mkdir(exist_ok=True)
    (root / "_journal/r9.json").write_text('{"run_id": "r9", "operat')
    with pytest.raises(WarehouseDamaged, match=r"r9\.json.*journal of a publication cannot be read"):
        recovered(root)
    assert (root / "_journal/r9.json").exists()
