"""What was done: as JSON values for the summary, the artifact and `--json`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from flows.extraction import Extracted
from flows.publication import Verdict, read_run_row
from flows.run import RunContext
from pipeline.report import Sample, group_rejects, pick_samples
from pipeline.schema import rows_of
from pipeline.tables import ARTICLE_TABLES, ARTICLES, EVENTS, STATEMENTS, TABLES, Event, Statement
from pipeline.vocabulary import Severity, cameo
from pipeline.warehouse import Warehouse

SAMPLE = 5
"""Statements, and events, that are shown; of as many articles."""
SAMPLED_DAYS = 7
SAMPLED = (ARTICLES, STATEMENTS, EVENTS)


def describe_run(
    run: RunContext, warehouse: Warehouse, extracted: Extracted, verdict: Verdict, samples: Sequence[Sample]
) -> dict[str, Any]:
    """Put together what a run did."""
    row = read_run_row(run, warehouse)
    new = {t.name: extracted.counts.get(t.name, 0) - len(verdict.dropped.get(t.name, ())) for t in ARTICLE_TABLES}
    new |= {
        "ledger": len(run.books.ledger),
        "rejects": len(run.books.rejects),
        "checks": len(verdict.checks),
        "runs": 1,
    }
    failed = [c for c in verdict.checks if not c.success and c.severity is not Severity.INFO]
    return {
        "run_id": run.run_id,
        "status": row.status.value,
        "warehouse": run.settings.warehouse,
        "delivered": row.n_delivered,
        "outcomes": {outcome.value: n for outcome, n in sorted(run.books.outcomes.items())},
        "tables": {t.name: [new.get(t.name), warehouse.count(t)] for t in TABLES},
        "articles_without_rows": extracted.counts.get("without_rows", 0),
        "rejects": [asdict(group) for group in group_rejects(run.books.rejects)],
        "warnings": [f"{c.table}.{c.rule}: {c.meaning} Observed {c.observed}, allowed {c.threshold}." for c in failed],
        "failed_batches": extracted.failed_batches,
        "days": row.days,
        "seconds": {name: round(value, 2) for name, value in run.seconds.items()},
        "statements": [_tell_statement(s.row) for s in samples if isinstance(s.row, Statement)],
        "events": [_tell_event(s.row) for s in samples if isinstance(s.row, Event)],
        "report": "",
    }


def choose_samples(warehouse: Warehouse, days: Sequence[str]) -> list[Sample]:
    """A handful of the surest statements and events of the last days that changed, each of another article."""
    last = [date.fromisoformat(day) for day in days[-SAMPLED_DAYS:]]
    rows = {t: [row for day in last for row in rows_of(t, warehouse.read(t, days=[day]))] for t in SAMPLED}
    return [s for t in (STATEMENTS, EVENTS) for s in pick_samples(rows[t], rows[ARTICLES], SAMPLE)]


def _tell_statement(row: Statement) -> str:
    who = row.speaker_name or row.speaker or "(no speaker)"
    code = f" [{row.speaker_code}]" if row.speaker_code else ""
    to = f" → {row.addressee}" if row.addressee else ""
    when = f" ({row.said_edtf})" if row.said_edtf else ""
    return f"{who}{code} {row.cue or '(quoted)'}{to}{when}: {row.content}"


def _tell_event(row: Event) -> str:
    actor = _tell_side(row.actor, row.actor_codes)
    recipient = _tell_side(row.recipient, row.recipient_codes)
    when = f" ({row.event_edtf})" if row.event_edtf else ""
    return f"{actor} — {row.trigger} [{row.cameo_code} {cameo()[row.cameo_code].label}] → {recipient}{when}"


def _tell_side(words: str | None, codes: Sequence[str]) -> str:
    return " ".join([words or "(nobody named)", *(f"[{code}]" for code in codes)])
