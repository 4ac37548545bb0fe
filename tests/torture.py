"""Real kills: a writer process is killed with SIGKILL at random instants, and the bytes are compared.

Run as a program it kills 100 writers in a row (`python tests/torture.py [kills] [seed]`), or reads 1,000 times while
another process publishes (`python tests/torture.py readers`), and prints what it saw.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent)]

from faults import readable, tree  # noqa: E402  # the path is set above, so that this also runs as a program
from warehouse_rows import load, rows_of  # noqa: E402
from writer import N_STORIES, stories  # noqa: E402

from pipeline.warehouse import Warehouse  # noqa: E402

MANY = 100
"""Generations that readers may meet."""
WRITER = str(Path(__file__).parent / "writer.py")


@dataclass
class Tally:
    """What the kills did."""

    kills: int = 0
    seconds: float = 0.0
    steps: dict[str, int] = field(default_factory=dict)


def torture(folder: Path, kills: int, seed: int) -> Tally:
    """Kill one writer after another; after each, recover and compare with a clean run of the same generations.

    Raises:
        AssertionError: a byte differs, a file is left over, or a reader would have seen half a partition.
    """
    rng, tally, began = random.Random(seed), Tally(), time.perf_counter()
    clean, root = folder / "clean", folder / "killed"
    load(Warehouse(str(clean)), "r0", stories(0))
    shutil.copytree(clean, root)
    times = _times_of_a_run(folder)
    for generation in range(1, kills + 1):
        before = tree(clean)
        load(Warehouse(str(clean)), f"r{generation}", stories(generation))
        after = tree(clean)
        phase = rng.choice(["ready", "staged", "committed", "committed"])
        _kill_one(root, generation, phase, rng.uniform(0, times[phase]))
        tally.kills += 1
        for path, data in readable(tree(root)).items():
            assert data in (before.get(path), after.get(path)), f"kill {generation}: half a partition at {path}"
        step = _step(root, before, after)
        tally.steps[step] = tally.steps.get(step, 0) + 1
        with (house := Warehouse(str(root))).lock():
            house.recover()
        assert tree(root) in (before, after), f"kill {generation}: neither undone nor finished"
        load(house, f"r{generation}", stories(generation))
        assert tree(root) == after, f"kill {generation}: not the bytes of a clean run"
        assert house.read("articles").num_rows == N_STORIES
    tally.seconds = time.perf_counter() - began
    return tally


def _times_of_a_run(folder: Path) -> dict[str, float]:
    """The seconds from each word of the writer to the next, and from the last to its end."""
    root = folder / "timed"
    shutil.copytree(folder / "clean", root)
    with _writer(root, 1) as process:
        _wait_for("ready", process)
        ready = time.perf_counter()
        _wait_for("staged", process)
        staged = time.perf_counter()
        _wait_for("committed", process)
        committed = time.perf_counter()
        process.wait()
        end = time.perf_counter()
        return {"ready": staged - ready, "staged": committed - staged, "committed": (end - committed) / 2}


def _kill_one(root: Path, generation: int, phase: str, after: float) -> None:
    with _writer(root, generation) as process:
        _wait_for(phase, process)
        time.sleep(after)
        os.killpg(process.pid, signal.SIGKILL)


def _wait_for(word: str, process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    while (line := process.stdout.readline()) != f"{word}\n":
        assert line, "the writer ended early"


def _writer(root: Path, generation: int) -> subprocess.Popen[str]:
    command = [sys.executable, WRITER, "write", str(root), str(generation)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)


def _step(root: Path, before: dict[str, bytes], after: dict[str, bytes]) -> str:
    """How far the writer had come."""
    found = tree(root)
    if any(path.startswith("_journal") for path in found):
        return "after the commit point, before the journal was closed"
    if readable(found) == readable(after):
        return "after the journal was closed"
    return "while staging" if found != before else "before staging"


@dataclass
class Seen:
    """What readers saw while runs published."""

    reads: int = 0
    failed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    generations: set[str] = field(default_factory=set)


def watch_readers(folder: Path, generations: int, least: int) -> Seen:
    """Read in a loop with DuckDB, pandas and `Warehouse.read` while another process publishes generation after generation."""
    root = folder / "w"
    load(Warehouse(str(root)), "r0", stories(0))
    command = [sys.executable, WRITER, "publish", str(root), str(generations)]
    seen = Seen()
    with subprocess.Popen(command) as process, duckdb.connect() as reader:
        while process.poll() is None or seen.reads < least:
            _check_generations(_by_duckdb(reader, root, seen), seen)
            _check_generations(_by_frame(pd.read_parquet(root / "statements")), seen)
            _check_generations(_by_frame(Warehouse(str(root)).read("statements").to_pandas()), seen)
            _check_groups(_groups(reader, root, seen), seen)
    assert process.returncode == 0
    assert Warehouse(str(root)).read("articles").num_rows == N_STORIES
    return seen


def _by_duckdb(reader: duckdb.DuckDBPyConnection, root: Path, seen: Seen) -> dict[str, tuple[set[str], int, int]]:
    query = (
        "select day::varchar, list(distinct content), count(*), count(distinct statement_id) "
        f"from read_parquet('{root}/statements/*/*.parquet', hive_partitioning=true) group by day"
    )
    rows = _ask(reader, query, seen)
    return {day: (set(contents), n, ids) for day, contents, n, ids in rows}


def _groups(reader: duckdb.DuckDBPyConnection, root: Path, seen: Seen) -> list[tuple[str, set[str], int, int]]:
    """For each event day, the texts that tell of it, its events by their groups' counts, and one by one."""
    query = (
        "select day::varchar, flatten(list(list_distinct([t.content_hash for t in tellings]))), sum(n_events), "
        f"sum(len(tellings)) from read_parquet('{root}/event_groups/*/*.parquet', hive_partitioning=true) group by day"
    )
    return [(day, set(texts), int(n), int(told)) for day, texts, n, told in _ask(reader, query, seen)]


def _ask(reader: duckdb.DuckDBPyConnection, query: str, seen: Seen) -> list[tuple[Any, ...]]:
    try:
        return reader.execute(query).fetchall()
    except duckdb.Error as error:
        seen.failed.append(str(error))
        return []


def _by_frame(frame: pd.DataFrame) -> dict[str, tuple[set[str], int, int]]:
    return {
        str(day): (set(rows["content"]), len(rows), rows["statement_id"].nunique())
        for day, rows in frame.groupby("day", observed=True)
    }


def _check_generations(days: dict[str, tuple[set[str], int, int]], seen: Seen) -> None:
    """A partition is whole when all its rows are of one generation, and are as many as that generation has there."""
    seen.reads += 1
    for day, (contents, n, ids) in days.items():
        seen.generations |= contents
        generation = int(min(contents).split()[1])
        expected = sum(len(s.speakers) for s in stories(generation) if str(s.partition) == day)
        if len(contents) != 1 or n != ids or n != expected:
            seen.wrong.append(f"{day}: {n} rows of {sorted(contents)}, expected {expected}")


def _check_groups(days: list[tuple[str, set[str], int, int]], seen: Seen) -> None:
    """The groups of a day are whole when their texts are all those of one generation that tell of it."""
    seen.reads += 1
    for day, texts, n, told in days:
        generation = next((g for g in range(MANY) if texts == _texts_of(g).get(day)), None)
        expected = sum(len(s.speakers) for s in stories(generation or 0) if str(s.partition) == day)
        if generation is None or not n == told == expected:
            seen.wrong.append(f"event groups of {day}: {n} events, {told} tellings of {len(texts)} texts")


@cache
def _texts_of(generation: int) -> dict[str, set[str]]:
    """The content hashes of a generation's articles by their day."""
    found: dict[str, set[str]] = {}
    for story in stories(generation):
        rows = rows_of(story)["articles"]
        found.setdefault(str(story.partition), set()).add(rows[0].content_hash)
    return found


def main() -> None:
    """Run the torture and print what it saw."""
    if sys.argv[1:2] == ["readers"]:
        with tempfile.TemporaryDirectory() as folder:
            seen = watch_readers(Path(folder), generations=40, least=1000)
        print(json.dumps({**vars(seen), "generations": len(seen.generations)}))
        return
    kills, seed = (int(a) for a in (*sys.argv[1:], *("100", "1")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        tally = torture(Path(folder), kills, seed)
    print(json.dumps({"kills": tally.kills, "survived": tally.kills, "seconds": round(tally.seconds), **tally.steps}))


if __name__ == "__main__":
    main()
