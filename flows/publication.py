"""Audit and publication: what was staged is checked, entered and published, or refused."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote

from flows.extraction import Extracted
from flows.imports import import_audit
from flows.run import RunContext
from pipeline.duplicates import Copy, find_duplicates
from pipeline.report import Sample, render_report
from pipeline.schema import build, rows_of
from pipeline.tables import ARTICLES, CHECKS, LEDGER, REJECTS, RUNS, Run
from pipeline.version import code_version
from pipeline.vocabulary import Outcome, RunKind, RunStatus
from pipeline.warehouse import Publication, Warehouse
from pipeline.warehouse.layout import REPORTS

HISTORY_DAYS = 60
"""Days of earlier runs that are read for drift: enough for the last 30 runs of a nightly job."""

Settled = dict[date, set[str]]


class RunRefused(Exception):
    """Rules about whole tables failed: nothing of the run is published."""

    def __init__(self, rules: Sequence[str]) -> None:
        super().__init__(
            f"the audit refused the run: {', '.join(rules)}; see `newsledger show checks`, mend the input or the floors,"
            " and run again"
        )


@dataclass(slots=True)
class Verdict:
    """What the audit came to."""

    checks: list[Any] = field(default_factory=list)
    dropped: dict[str, set[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


def audit_rows(run: RunContext, warehouse: Warehouse, stored: pa.Table, extracted: Extracted) -> Verdict:
    """Check what is staged; enter what is held back. Without staged articles there is nothing to check."""
    if not extracted.counts.get(ARTICLES.name):
        return Verdict()
    with run.timed("audit"):
        arguments: list[Any] = [quote(run), quote(warehouse), quote(stored)]
        found: Any = audit_staged(*arguments)
    run.books.reject_articles(found.dropped.get(ARTICLES.name, set()), found.rejects)
    return Verdict(found.checks, found.dropped, found.refused)


def refuse(run: RunContext, warehouse: Warehouse, verdict: Verdict) -> None:
    """Enter a run that the audit refused in `runs` and `checks`; all else stays as it is."""
    rows = {CHECKS.name: build(CHECKS, verdict.checks, code_version())}
    publication = Publication(run.run_id, run.day, lambda _: {**rows, **_run_row(run, RunStatus.REFUSED, {}, [])})
    warehouse.publish(publication)
    write_page(run, warehouse, verdict, [])


def write_page(run: RunContext, warehouse: Warehouse, verdict: Verdict, samples: Sequence[Sample]) -> str:
    """Write the page of the run, `_reports/<run_id>.html`; return where it is."""
    html = render_report(read_run_row(run, warehouse), verdict.checks, run.books.rejects, samples)
    path = f"{REPORTS}/{run.run_id}.html"
    warehouse.storage.write(path, html.encode())
    return warehouse.storage.shown(path)


def read_run_row(run: RunContext, warehouse: Warehouse) -> Run:
    """The row of the run, as the warehouse holds it."""
    rows = warehouse.read(RUNS, days=[run.day])
    (row,) = rows_of(RUNS, rows.filter(pc.equal(rows["run_id"], run.run_id)))
    return row  # type: ignore[no-any-return]  # rows_of makes rows of any table


def check_and_publish(
    run: RunContext, warehouse: Warehouse, stored: pa.Table, extracted: Extracted, settled: Settled | None = None
) -> tuple[Verdict, list[str]]:
    """Audit what is staged; then publish it, or refuse the run.

    Args:
        run: the run.
        warehouse: the warehouse, locked.
        stored: what it knew of its articles.
        extracted: what was staged.
        settled: ids of rejects that this run takes out of `rejects`, by the day of their partition.

    Returns:
        The verdict, and the days of articles that changed.

    Raises:
        RunRefused: a rule about a whole table failed; `runs` and `checks` say so, all else stays as it was.
        BooksDoNotBalance: the counts of the run disagree.
    """
    verdict = audit_rows(run, warehouse, stored, extracted)
    if verdict.refused:
        refuse(run, warehouse, verdict)
        raise RunRefused(verdict.refused)
    return verdict, publish(run, warehouse, stored, extracted, verdict, settled or {})


def publish(
    run: RunContext,
    warehouse: Warehouse,
    stored: pa.Table,
    extracted: Extracted,
    verdict: Verdict,
    settled: Settled,
) -> list[str]:
    """Check that the books balance, then publish. Returns the days of articles that changed."""
    stage = warehouse.staging(run.run_id)
    gone_articles = verdict.dropped.get(ARTICLES.name, set())
    staged = stage.read(ARTICLES, ["article_id", "content_hash", "published_date", "published_at", "day"])
    staged = staged.filter(pc.invert(pc.is_in(staged["article_id"], pa.array(sorted(gone_articles), pa.string()))))
    days = dict(zip(staged["article_id"].to_pylist(), staged["day"].to_pylist(), strict=True))
    run.books.check_balance(days, _unmoved(run, days))
    status = _status(run, extracted)
    publication = Publication(
        run_id=run.run_id,
        run_day=run.day,
        run_rows=lambda changed: {**_book_rows(run, verdict), **_run_row(run, status, extracted.counts, changed)},
        staged=stage.files(),
        gone={a: d for a, d in extracted.old_days.items() if a in days},
        amendments=find_duplicates(_copies(stored), _copies(staged)),
        drop=verdict.dropped,
        settled=settled,
    )
    with run.timed("publish"):
        arguments: list[Any] = [quote(warehouse), quote(publication)]
        return publish_staged(*arguments)


@task(name="audit", cache_policy=NO_CACHE)
def audit_staged(run: RunContext, warehouse: Warehouse, stored: pa.Table) -> Any:
    """Check everything that the run staged. Great Expectations is imported here, in the parent alone."""
    import_audit()
    from expectations.audit import Known, audit
    from expectations.drift import History
    from expectations.floors import read_floors
    from expectations.staged import Staged

    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)  # it sets INFO itself
    files = warehouse.staging(run.run_id).files()
    days = warehouse.days(RUNS)[-HISTORY_DAYS:]
    runs = warehouse.read(RUNS, days)
    return audit(
        run.run_id,
        run.day,
        Staged(
            {t: [warehouse.storage.full(path) for path in paths] for t, paths in files.items()}, warehouse.storage.arrow
        ),
        known=Known(stored["article_id"]),
        history=History(warehouse.read(CHECKS, days), runs.filter(pc.equal(runs["kind"], RunKind.NIGHTLY.value))),
        floors=read_floors(run.settings.floors) if run.settings.floors else None,
        drift=run.settings.drift if run.kind is RunKind.NIGHTLY else "off",
        payload_bytes=run.settings.payload_bytes,
    )


@task(name="publish", cache_policy=NO_CACHE)
def publish_staged(warehouse: Warehouse, publication: Publication) -> list[str]:
    """Publish; the days of articles that changed."""
    partitions = warehouse.publish(publication)
    return sorted({p.rpartition("day=")[2] for p in partitions if p.split("/")[0] == ARTICLES.name})


def _copies(rows: pa.Table) -> Iterator[Copy]:
    stored = rows["duplicate_of"].to_pylist() if "duplicate_of" in rows.column_names else [None] * len(rows)
    columns = [rows[c].to_pylist() for c in ("article_id", "content_hash", "published_date", "published_at")]
    for article_id, content_hash, day, at, duplicate_of in zip(*columns, stored, strict=True):
        yield Copy(
            article_id=article_id,
            content_hash=content_hash,
            published_date=day,
            published_at=at,
            duplicate_of=duplicate_of,
        )


def _status(run: RunContext, extracted: Extracted) -> RunStatus:
    if extracted.failed_batches:
        return RunStatus.PARTIAL
    if run.backfilled:
        return RunStatus.PUBLISHED
    live = run.books.outcomes[Outcome.PUBLISHED] + run.books.outcomes[Outcome.REPLACED]
    return RunStatus.PUBLISHED if live else RunStatus.NOTHING_NEW


def _unmoved(run: RunContext, days: dict[str, date]) -> set[str]:
    """Staged articles whose records are all `unchanged`: they only get another origin."""
    changed = {e.article_id for e in run.books.ledger.values() if e.outcome is not Outcome.UNCHANGED}
    return {article_id for article_id in days if article_id not in changed}


def _book_rows(run: RunContext, verdict: Verdict) -> dict[str, pa.Table]:
    version = code_version()
    return {
        LEDGER.name: build(LEDGER, run.books.ledger.values(), version),
        REJECTS.name: build(REJECTS, run.books.rejects, version),
        CHECKS.name: build(CHECKS, verdict.checks, version),
    }


def _run_row(run: RunContext, status: RunStatus, counts: dict[str, int], days: Sequence[date]) -> dict[str, pa.Table]:
    n = run.books.outcomes
    row = Run(
        run_id=run.run_id,
        kind=run.kind,
        status=status,
        started_at=run.started_at,
        ended_at=datetime.now(UTC),
        versions=run.versions,
        settings=run.settings.model_dump_json(),
        inputs=run.inputs,
        n_delivered=len(run.books.ledger),
        n_published=n[Outcome.PUBLISHED],
        n_replaced=n[Outcome.REPLACED],
        n_unchanged=n[Outcome.UNCHANGED],
        n_rejected=n[Outcome.REJECTED],
        counts=json.dumps({"extract": counts, "reject": len(run.books.rejects)}, sort_keys=True),
        days=sorted({day.isoformat() for day in (*days, *([run.backfilled] if run.backfilled else []))}),
    )
    return {RUNS.name: build(RUNS, [row], code_version())}
