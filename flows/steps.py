"""The steps of the nightly flow, each a call with a name."""

from __future__ import annotations

import importlib
import json
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from prefect.futures import PrefectFuture, as_completed

from flows.progress import Progress
from flows.run import RunContext
from flows.runners import make_runner
from flows.tasks import audit_staged, extract_batch, publish_run, stage_batch
from pipeline.books import make_failure, sum_counts
from pipeline.delivery import Known, Origin
from pipeline.duplicates import Copy, find_duplicates
from pipeline.intake import Intake
from pipeline.load import find_inputs
from pipeline.schema import build, rows_of
from pipeline.tables import ARTICLES, CHECKS, LEDGER, REJECTS, RUNS, Article, Run
from pipeline.version import code_version
from pipeline.vocabulary import Outcome, RunStatus
from pipeline.warehouse import Publication, Warehouse

log = logging.getLogger("newsledger.steps")


class RunRefused(Exception):
    """Rules about whole tables failed: nothing of the run is published."""

    def __init__(self, rules: Sequence[str]) -> None:
        super().__init__(
            f"the audit refused the run: {', '.join(rules)}; see `newsledger show checks`, mend the input or the floors,"
            " and run again"
        )


@dataclass(slots=True)
class Extracted:
    """What the extraction of all batches came to."""

    counts: dict[str, int] = field(default_factory=dict)
    failed_batches: list[str] = field(default_factory=list)
    old_days: dict[str, set[date]] = field(default_factory=dict)
    """Where the rows of replaced articles are stored."""


@dataclass(slots=True)
class Verdict:
    """What the audit came to."""

    checks: list[Any] = field(default_factory=list)
    dropped: dict[str, set[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


def read_known(warehouse: Warehouse) -> pa.Table:
    """What the warehouse knows of its articles."""
    return warehouse.known_articles()


def load_and_extract(run: RunContext, warehouse: Warehouse, stored: pa.Table) -> Extracted:
    """Load, normalize and extract: batches are handed to the runner while the next are loaded."""
    settings = run.settings
    files = find_inputs(settings.input)
    intake = Intake(settings, _known(stored), run.day, run.books, partial(_read_stored, warehouse, stored))
    stage = warehouse.staging(run.run_id)
    futures: dict[PrefectFuture[Any], str] = {}
    with make_runner(settings, [f.path for f in files]) as runner, Progress() as progress:
        with run.timed("load"):
            for batch in intake.batches(files):
                if not futures:
                    threading.Thread(target=importlib.import_module, args=("expectations.audit",), daemon=True).start()
                stage_batch(stage, batch.batch_id, batch.articles, batch.days)
                parameters = {
                    "warehouse": settings.warehouse,
                    "run_id": run.run_id,
                    "batch_id": batch.batch_id,
                    "model": settings.model,
                    "actors": [str(path) for path in settings.actors],
                }
                futures[runner.submit(_extract_task(run), parameters)] = batch.batch_id
                progress.add(len(batch.articles))
        with run.timed("extract"):
            results = [_result(future, futures[future], progress) for future in as_completed(list(futures))]
    done = [r for r in results if "counts" in r]
    for batch_id, article_ids in sorted(intake.stale.items()):
        if stage.is_done(batch_id):
            stage.discard(batch_id, article_ids)
    _reject_failures(run, stage, results)
    extracted = Extracted(
        sum_counts([r["counts"] for r in done]), sorted(r["failed"] for r in results if "failed" in r)
    )
    extracted.old_days = {e.article_id: {e.old_day} for e in intake.plan.extractions if e.old_day is not None}
    return extracted


def audit_rows(run: RunContext, warehouse: Warehouse, extracted: Extracted) -> Verdict:
    """Check what is staged; enter what is held back. Without staged articles there is nothing to check."""
    if not extracted.counts.get(ARTICLES.name):
        return Verdict()
    s = run.settings
    with run.timed("audit"):
        floors = str(s.floors) if s.floors else None
        found: Any = audit_staged(s.warehouse, run.run_id, run.day, floors, s.drift, s.payload_bytes)
    run.books.reject_articles(found.dropped.get(ARTICLES.name, set()), found.rejects)
    return Verdict(found.checks, found.dropped, found.refused)


def refuse(run: RunContext, warehouse: Warehouse, verdict: Verdict) -> None:
    """Enter a run that the audit refused in `runs` and `checks`; all else stays as it is."""
    rows = {CHECKS.name: build(CHECKS, verdict.checks, code_version())}
    publication = Publication(run.run_id, run.day, lambda _: {**rows, **_run_row(run, RunStatus.REFUSED, {}, [])})
    warehouse.publish(publication)


def read_run_row(run: RunContext, warehouse: Warehouse) -> Run:
    """The row of the run, as the warehouse holds it."""
    rows = warehouse.read(RUNS, days=[run.day])
    (row,) = rows_of(RUNS, rows.filter(pc.equal(rows["run_id"], run.run_id)))
    return row  # type: ignore[no-any-return]  # rows_of makes rows of any table


def publish(
    run: RunContext, warehouse: Warehouse, stored: pa.Table, extracted: Extracted, verdict: Verdict
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
    )
    with run.timed("publish"):
        return publish_run(warehouse, publication)


def _extract_task(run: RunContext) -> Any:
    return extract_batch.with_options(retries=run.settings.retries)


def _result(future: PrefectFuture[Any], batch_id: str, progress: Progress) -> dict[str, Any]:
    future.wait()
    state = future.state
    if not state.is_completed():
        log.error("batch %s failed: %s", batch_id, state.message)
        return {"batch_id": batch_id, "failed": batch_id, "reason": state.message or "no reason given"}
    result: dict[str, Any] = future.result()
    progress.advance(result["counts"][ARTICLES.name] + result["counts"]["failed"])
    return result


def _reject_failures(run: RunContext, stage: Any, results: Sequence[dict[str, Any]]) -> None:
    """Reject the articles that extraction failed on, and all of a batch that failed whole."""
    for result in results:
        failed = dict(result.get("failures", ()))
        if not failed and "failed" not in result:
            continue
        articles: list[Article] = rows_of(ARTICLES, stage.read_input(result["batch_id"]))
        if "failed" in result:
            failed = {a.article_id: f"its batch failed: {result['reason']}; run again to retry" for a in articles}
        rejects = [
            make_failure(run.run_id, a, failed[a.article_id], run.settings.payload_bytes)
            for a in articles
            if a.article_id in failed
        ]
        run.books.reject_articles(failed.keys(), rejects)


def _known(stored: pa.Table) -> dict[str, Known]:
    columns = ("article_id", "record_hash", "day", "raw_uri", "raw_index", "raw_sha256")
    return {
        article_id: Known(
            record_hash=record_hash, day=day, origin=Origin(raw_uri=uri, raw_index=index, raw_sha256=sha256)
        )
        for article_id, record_hash, day, uri, index, sha256 in zip(
            *(stored[c].to_pylist() for c in columns), strict=True
        )
    }


def _read_stored(warehouse: Warehouse, stored: pa.Table, article_ids: Sequence[str]) -> Iterator[Article]:
    wanted = stored.filter(pc.is_in(stored["article_id"], pa.array(article_ids, pa.string())))
    for day in sorted(set(wanted["day"].to_pylist())):
        rows = warehouse.read(ARTICLES, days=[day])
        yield from rows_of(ARTICLES, rows.filter(pc.is_in(rows["article_id"], pa.array(article_ids, pa.string()))))


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
        days=[day.isoformat() for day in days],
    )
    return {RUNS.name: build(RUNS, [row], code_version())}
