"""What was done, as JSON values: for the summary, the artifact, `--json` and the page."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows.run import RunContext
from flows.steps import Extracted, Verdict
from pipeline.books import count_rejects
from pipeline.tables import ACTORS, ARTICLE_TABLES, EVENTS, STATEMENTS, TABLES
from pipeline.vocabulary import RunStatus, Severity, cameo
from pipeline.warehouse import Warehouse

SAMPLE = 5


def describe_run(
    run: RunContext, warehouse: Warehouse, extracted: Extracted, verdict: Verdict, days: list[str]
) -> dict[str, Any]:
    """Put together what a run did."""
    outcomes = {outcome.value: n for outcome, n in run.books.outcomes.items()}
    new = {t.name: extracted.counts.get(t.name, 0) - len(verdict.dropped.get(t.name, ())) for t in ARTICLE_TABLES}
    new |= {
        "ledger": len(run.books.ledger),
        "rejects": len(run.books.rejects),
        "checks": len(verdict.checks),
        "runs": 1,
    }
    failed = [c for c in verdict.checks if not c.success and c.severity is not Severity.INFO]
    live = outcomes.get("published", 0) + outcomes.get("replaced", 0)
    status = RunStatus.PARTIAL if extracted.failed_batches else RunStatus.PUBLISHED if live else RunStatus.NOTHING_NEW
    return {
        "run_id": run.run_id,
        "status": status.value,
        "warehouse": run.settings.warehouse,
        "delivered": len(run.books.ledger),
        "outcomes": outcomes,
        "tables": {t.name: [new.get(t.name, 0), warehouse.count(t)] for t in TABLES if t is not ACTORS}
        | {ACTORS.name: ["", warehouse.count(ACTORS)]},
        "articles_without_rows": extracted.counts.get("without_rows", 0),
        "rejects": count_rejects(run.books.rejects),
        "warnings": [f"{c.table}.{c.rule}: {c.meaning} observed {c.observed}, allowed {c.threshold}" for c in failed],
        "failed_batches": extracted.failed_batches,
        "days": days,
        "seconds": {name: round(value, 2) for name, value in run.seconds.items()},
        "samples": _samples(warehouse, days),
        "report": "",
    }


def write_page(run: RunContext, warehouse: Warehouse, done: dict[str, Any]) -> str:
    """Write the page of the run; return where it is."""
    return ""


def _samples(warehouse: Warehouse, days: list[str]) -> dict[str, list[str]]:
    """A handful of the surest rows of the days that changed, as sentences."""
    found: dict[str, list[str]] = {"statements": [], "events": []}
    for table, tell in ((STATEMENTS, _tell_statement), (EVENTS, _tell_event)):
        rows = [r for day in days[-3:] for r in warehouse.read(table, days=[date.fromisoformat(day)]).to_pylist()]
        rows.sort(key=lambda r: (-r["confidence"], r["article_id"], r[table.key[0]]))
        seen: set[str] = set()
        for row in rows:
            if row["article_id"] not in seen and len(found[table.name]) < SAMPLE:
                seen.add(row["article_id"])
                found[table.name].append(tell(row))
    return found


def _tell_statement(row: dict[str, Any]) -> str:
    who = row["speaker_name"] or row["speaker"] or "(no speaker)"
    code = f" [{row['speaker_code']}]" if row["speaker_code"] else ""
    to = f" to {row['addressee']}" if row["addressee"] else ""
    return f"{row['day']} {who}{code} {row['cue'] or '(quoted)'}{to}: {row['content']}"


def _tell_event(row: dict[str, Any]) -> str:
    who, whom = (
        " ".join([row[side] or "(nobody named)", *(f"[{code}]" for code in row[f"{side}_codes"])])
        for side in ("actor", "recipient")
    )
    label = cameo()[row["cameo_code"]].label
    return f"{row['event_edtf'] or row['day']} {who} — {row['trigger']} ({row['cameo_code']} {label}) → {whom}"
