"""The tasks: extract a batch, check what is staged, publish. They take and return paths and counts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote

from pipeline.actors.registry import load_registry
from pipeline.extract import extract_articles
from pipeline.schema import build, rows_of
from pipeline.settings import Settings
from pipeline.tables import ARTICLES
from pipeline.version import code_version
from pipeline.vocabulary import RunKind
from pipeline.warehouse import Publication, Stage, Warehouse

HISTORY_DAYS = 60
"""Days of earlier runs that are read for drift: enough for the last 30 runs of a nightly job."""

log = logging.getLogger("newsledger.extract")


def stage_batch(stage: Stage, batch_id: str, articles: Sequence[Any], days: Sequence[date]) -> None:
    """Write the input of a batch."""
    rows = build(ARTICLES, articles, code_version())
    stage.write_input(batch_id, rows.append_column(pa.field("day", pa.date32()), pa.array(days, pa.date32())))


@task(name="extract", retries=2, retry_delay_seconds=[1, 10], cache_policy=NO_CACHE)
def extract_batch(stage: Stage, batch_id: str, model: str, actors: list[str]) -> dict[str, Any]:
    """Extract one batch from its staged input into staged rows; a batch that is done is not done again.

    Returns:
        Row counts by table, and the articles that failed with the reason.
    """
    source = stage.read_input(batch_id)
    day = dict(zip(source["article_id"].to_pylist(), source["day"].to_pylist(), strict=True))
    done = extract_articles(rows_of(ARTICLES, source), load_registry(tuple(map(Path, actors))), model)
    for table, rows in done.build(code_version()).items():
        days = pa.array([day[article_id] for article_id in rows["article_id"].to_pylist()], pa.date32())
        stage.write(batch_id, table, rows.append_column(pa.field("day", pa.date32()), days))
    stage.mark_done(batch_id)
    log.info("batch %s: %s", batch_id, ", ".join(f"{n} {name}" for name, n in done.counts.items()))
    return {"batch_id": batch_id, "counts": done.counts, "failures": [[f.article_id, f.detail] for f in done.failures]}


@task(name="audit", cache_policy=NO_CACHE)
def audit_staged(warehouse: Warehouse, run_id: str, run_day: date, settings: Settings) -> Any:
    """Check everything that the run staged. Great Expectations is imported here, in the parent alone."""
    from expectations.audit import audit
    from expectations.drift import History
    from expectations.floors import read_floors
    from expectations.staged import Staged

    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)  # it sets INFO itself
    storage = warehouse.storage
    files = {name: [storage.full(path) for path in paths] for name, paths in warehouse.staging(run_id).files().items()}
    days = warehouse.days("runs")[-HISTORY_DAYS:]
    runs = warehouse.read("runs", days)
    nightly = runs.filter(pc.equal(runs["kind"], RunKind.NIGHTLY.value))
    return audit(
        run_id,
        run_day,
        Staged(files, storage.arrow),
        history=History(warehouse.read("checks", days), nightly),
        floors=read_floors(settings.floors) if settings.floors else None,
        drift=settings.drift,
        payload_bytes=settings.payload_bytes,
    )


@task(name="publish", cache_policy=NO_CACHE)
def publish_staged(warehouse: Warehouse, publication: Publication) -> list[str]:
    """Publish; the days of articles that changed."""
    partitions = warehouse.publish(publication)
    return sorted({p.rpartition("day=")[2] for p in partitions if p.split("/")[0] == ARTICLES.name})


def publish_run(warehouse: Warehouse, publication: Publication) -> list[str]:
    """Publish as a task; the arguments are quoted, so that Prefect does not look for futures in them."""
    arguments: list[Any] = [quote(warehouse), quote(publication)]
    return publish_staged(*arguments)
