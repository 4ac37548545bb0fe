"""Extraction: batches are handed to the runner while the next ones are made."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from prefect.futures import PrefectFuture, as_completed
from prefect.utilities.annotations import quote

from flows.progress import Progress
from flows.run import RunContext
from flows.runners import make_runner
from flows.tasks import extract_batch, stage_batch
from pipeline.batches import Batch
from pipeline.books import make_failure, sum_counts
from pipeline.schema import rows_of
from pipeline.tables import ARTICLES, Article
from pipeline.warehouse import Stage, Warehouse

log = logging.getLogger("newsledger.extraction")


@dataclass(slots=True)
class Extracted:
    """What the extraction of all batches came to."""

    counts: dict[str, int] = field(default_factory=dict)
    failed_batches: list[str] = field(default_factory=list)
    old_days: dict[str, set[date]] = field(default_factory=dict)
    """Where the rows of replaced articles are stored."""


def extract_all(run: RunContext, warehouse: Warehouse, batches: Iterator[Batch], n_bytes: int) -> Extracted:
    """Extract every batch into staged rows.

    Args:
        run: the run; articles that fail are entered in its books.
        warehouse: the warehouse, locked.
        batches: what to extract; the next is asked for while the last ones are worked on.
        n_bytes: about how much there is, to choose where to work.
    """
    stage = warehouse.staging(run.run_id)
    futures: dict[PrefectFuture[Any], str] = {}
    with make_runner(run.settings, n_bytes) as runner, Progress() as progress:
        with run.timed("load"):
            for batch in batches:
                if not futures:
                    # 4 s that would otherwise come after the extraction
                    threading.Thread(target=importlib.import_module, args=("expectations.audit",), daemon=True).start()
                stage_batch(stage, batch.batch_id, batch.articles, batch.days)
                futures[runner.submit(_task(run), _parameters(run, stage, batch))] = batch.batch_id
                progress.add(len(batch.articles))
        with run.timed("extract"):
            results = [_result(future, futures[future], progress) for future in as_completed(list(futures))]
    _reject_failures(run, stage, results)
    counts = sum_counts([r["counts"] for r in results if "counts" in r])
    return Extracted(counts, sorted(r["failed"] for r in results if "failed" in r))


def _task(run: RunContext) -> Any:
    return extract_batch.with_options(retries=run.settings.retries)


def _parameters(run: RunContext, stage: Stage, batch: Batch) -> dict[str, Any]:
    actors = [str(path) for path in run.settings.actors]
    return {"stage": quote(stage), "batch_id": batch.batch_id, "model": run.settings.model, "actors": actors}


def _result(future: PrefectFuture[Any], batch_id: str, progress: Progress) -> dict[str, Any]:
    future.wait()
    state = future.state
    if not state.is_completed():
        log.error("batch %s failed: %s", batch_id, state.message)
        return {"batch_id": batch_id, "failed": batch_id, "reason": state.message or "no reason given"}
    result: dict[str, Any] = future.result()
    progress.advance(result["counts"][ARTICLES.name] + result["counts"]["failed"])
    return result


def _reject_failures(run: RunContext, stage: Stage, results: Sequence[dict[str, Any]]) -> None:
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
