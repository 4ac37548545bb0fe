"""The backfill flow: read stored articles again with today's code, model and registry, day by day.

Each day is a run of its own, with its row in `runs`: what was done stays done when the flow is stopped, and a day
that was read under today's versions is not read again.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from prefect import flow

from flows.extraction import extract_all
from flows.hooks import fail, notify
from flows.publication import RunRefused, check_and_publish
from flows.run import RunContext, begin_run
from flows.warehouses import open_warehouse
from pipeline.batches import Batch, BatchSize, group_articles
from pipeline.schema import rows_of
from pipeline.settings import load_settings
from pipeline.tables import ARTICLES, RUNS, Article
from pipeline.vocabulary import RunKind, RunStatus
from pipeline.warehouse import Warehouse, WarehouseError

log = logging.getLogger("newsledger.backfill")


@flow(
    name="backfill",
    description="Stored articles are read again with today's code and registry, by partition.",
    on_failure=[notify],
    on_crashed=[notify],
    on_completion=[notify],
)
def backfill(first: dt.date, last: dt.date, settings: dict[str, Any] | None = None, again: bool = False) -> Any:
    """Read the articles of the partitions from `first` to `last` (inclusive) again.

    Args:
        first: the first day.
        last: the last day.
        settings: settings by name, as JSON values.
        again: also days that were read under today's versions.

    Returns:
        The days, each with what became of it: done, or current.
    """
    chosen = load_settings(**(settings or {}))
    warehouse = open_warehouse(chosen)
    outcome: dict[str, str] = {}
    try:
        with warehouse.lock(chosen.lock_wait_seconds):
            warehouse.recover()
            versions = begin_run(chosen, RunKind.BACKFILL).versions
            current = set() if again else _current_days(warehouse, versions)
            for day in warehouse.days(ARTICLES):
                if first <= day <= last:
                    outcome[day.isoformat()] = "current" if day in current else _backfill_day(chosen, warehouse, day)
                    log.info("%s: %s", day, outcome[day.isoformat()])
    except (RunRefused, WarehouseError) as error:
        return fail(error, f" (days that were done: {', '.join(outcome) or 'none'})")
    return outcome


def _backfill_day(settings: Any, warehouse: Warehouse, day: dt.date) -> str:
    run = begin_run(settings, RunKind.BACKFILL, day)
    stored = warehouse.known_articles()
    rows = warehouse.read(ARTICLES, days=[day])
    n_characters = pc.sum(rows["n_characters"]).as_py() or 0
    extracted = extract_all(run, warehouse, _batches(run, rows, day, n_characters), n_characters)
    check_and_publish(run, warehouse, stored, extracted)
    return "partial" if extracted.failed_batches else "done"


def _batches(run: RunContext, rows: pa.Table, day: dt.date, n_characters: int) -> Iterator[Batch]:
    articles: Iterator[tuple[Article, dt.date]] = ((article, day) for article in rows_of(ARTICLES, rows))
    size = BatchSize(run.settings.batch_characters, n_characters, run.settings.n_workers)
    return group_articles(articles, size)


def _current_days(warehouse: Warehouse, versions: str) -> set[dt.date]:
    """The days that a backfill has read under these versions."""
    runs = rows_of(RUNS, warehouse.read(RUNS))
    done = (
        r for r in runs if r.kind is RunKind.BACKFILL and r.status is RunStatus.PUBLISHED and r.versions == versions
    )
    return {dt.date.fromisoformat(day) for run in done for day in run.days}
