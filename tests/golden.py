"""The pinned rows of seeds/: `python tests/golden.py` writes them anew, a test compares.

One row a line, in the order of the tables, so that a diff reads as a change log.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
DAY = "2024-04-01"
PINNED = {
    "articles": [
        "external_id", "source", "title", "published_date", "published_local_date", "published_from", "duplicate_of", "raw_uri",
        "raw_index",
    ],
    "statements": [
        "kind", "speaker", "speaker_name", "speaker_code", "speaker_how", "cue", "cue_class", "is_speech", "is_negated",
        "addressee", "medium", "content", "said_edtf", "parent_statement_id", "rule",
    ],
    "events": [
        "trigger", "cameo_code", "plover_type", "actor", "actor_codes", "recipient", "recipient_codes", "event_edtf", "place",
        "country", "is_negated", "is_future", "is_hypothetical", "is_historical", "reported_by_statement_id", "event_group", "rule",
    ],
    "dates": ["text", "timex_type", "timex_value", "edtf", "date_from", "date_to", "anchor", "rule"],
    "mentions": ["text", "how", "actor_id", "actor_code", "role", "rule"],
    "actors": ["actor_id", "name", "type", "code", "country", "role", "n_articles", "first_seen", "last_seen"],
    "event_groups": [
        "event_group", "event_date", "cameo_root", "cameo_codes", "plover_type", "is_mutual", "trigger", "actor", "actor_ids",
        "recipient", "recipient_ids", "place", "country", "n_events", "n_articles", "n_sources", "n_reported",
        "first_published", "last_published", "sources", "article_ids",
    ],
    "ledger": ["raw_uri", "raw_index", "outcome", "article_day"],
    "rejects": ["stage", "reason", "raw_uri", "raw_index", "detail"],
}  # fmt: skip


def run_newsledger(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Call the command as a user does, with its own Prefect home."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "NEWSLEDGER_"))}
    environment["PREFECT_HOME"] = str(home)
    command = [sys.executable, "-m", "flows.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)


def pinned_rows(warehouse: Path, table: str) -> list[str]:
    """The pinned columns of a table as JSON lines, ids of articles replaced by where they came from."""
    rows = [
        row
        for file in sorted((warehouse / table).rglob("*.parquet"))
        for row in pq.ParquetFile(file).read().to_pylist()
    ]
    lines = []
    for row in rows:
        kept: dict[str, Any] = {"article_id": row["article_id"]} if "article_id" in row else {}
        kept |= {name: row[name] for name in PINNED[table] if row[name] not in (None, [], False)}
        lines.append(json.dumps(kept, ensure_ascii=False, default=str))
    return lines


def main() -> None:
    """Pin the rows anew."""
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        done = run_newsledger(
            "run",
            "--input",
            "seeds",
            "--warehouse",
            f"{folder}/warehouse",
            "--date",
            DAY,
            home=Path(folder) / "prefect",
        )
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        for table in PINNED:
            lines = pinned_rows(Path(folder) / "warehouse", table)
            (GOLDEN / f"{table}.jsonl").write_text("".join(line + "\n" for line in lines), "utf-8")
            print(f"{table}: {len(lines)} rows")


if __name__ == "__main__":
    main()
