"""The task that a worker runs: extract a batch, or a part of one. It takes and returns paths and counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa
from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.fate import share_fate
from flows.logs import make_logger
from flows.watch import Watch
from pipeline.actors.registry import load_registry
from pipeline.extract import Extraction, extract_articles
from pipeline.pieces import Piece
from pipeline.schema import build, rows_of
from pipeline.settings import Settings
from pipeline.tables import ARTICLES
from pipeline.version import code_version
from pipeline.warehouse import Stage


def stage_batch(stage: Stage, batch_id: str, articles: Sequence[Any], days: Sequence[date]) -> None:
    """Write the input of a batch."""
    rows = build(ARTICLES, articles, code_version())
    stage.write_input(batch_id, rows.append_column(pa.field("day", pa.date32()), pa.array(days, pa.date32())))


class Order:
    """What a worker is asked for.

    A plain class on purpose: Prefect looks for futures in every container and dataclass that a task is given.
    """

    def __init__(self, stage: Stage, piece: Piece, watch: Watch, settings: Settings) -> None:
        self.stage, self.piece, self.watch = stage, piece, watch
        self.model = settings.model
        self.actors = tuple(settings.actors)


@task(name="extract", retries=2, retry_delay_seconds=[1, 10], cache_policy=NO_CACHE)
def extract_piece(order: Order) -> dict[str, Any]:
    """Extract articles of a batch from its staged input into staged rows.

    Returns:
        Row counts by table, and the articles that failed with the reason.
    """
    share_fate()
    stage, piece = order.stage, order.piece
    source = stage.read_input(piece.batch_id).slice(piece.first, piece.size)
    day = dict(zip(source["article_id"].to_pylist(), source["day"].to_pylist(), strict=True))
    done = extract_articles(rows_of(ARTICLES, source), load_registry(order.actors), order.model, order.watch)
    for table, rows in done.build(code_version()).items():
        days = pa.array([day[article_id] for article_id in rows["article_id"].to_pylist()], pa.date32())
        stage.write(piece.folder, table, rows.append_column(pa.field("day", pa.date32()), days))
    if piece.is_whole:
        stage.mark_done(piece.batch_id)
    _tell(stage, piece, done)
    return {"counts": done.counts, "failures": [[f.article_id, f.detail] for f in done.failures]}


def _tell(stage: Stage, piece: Piece, done: Extraction) -> None:
    log = make_logger("newsledger.extract", stage.run_id, piece.folder)
    log.info(", ".join(f"{n} {name}" for name, n in done.counts.items()))
    for failure in done.failures:
        log.warning("failed: %s", failure.detail, extra={"article_id": failure.article_id})
