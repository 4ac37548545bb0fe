"""The task that a worker runs: extract one batch. It takes and returns paths and counts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from prefect import task
from prefect.cache_policies import NO_CACHE

from pipeline.actors.registry import load_registry
from pipeline.extract import extract_articles
from pipeline.schema import build, rows_of
from pipeline.tables import ARTICLES
from pipeline.version import code_version
from pipeline.warehouse import Stage

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
