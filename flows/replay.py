"""The replay flow: try again what was rejected, after a fix; what passes does not stay behind in `rejects`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import pyarrow as pa
from prefect import flow

from flows.describe import describe_run
from flows.hooks import fail, fail_published, notify
from flows.nightly import extract_intake, known_by_id, read_stored
from flows.publication import RunRefused, Settled, check_and_publish
from flows.run import begin_run
from flows.warehouses import open_warehouse
from pipeline.books import BooksDoNotBalance
from pipeline.intake import Intake, Record
from pipeline.load.formats import read_payload
from pipeline.load.limits import Limits
from pipeline.schema import row_from_json
from pipeline.settings import load_settings
from pipeline.tables import ARTICLES, REJECTS
from pipeline.vocabulary import RunKind, Stage
from pipeline.warehouse import WarehouseError


@dataclass(slots=True)
class Retry:
    """What can be tried again.

    Attributes:
        records: the last reject of each record or article whose payload is whole.
        stored: articles that are stored, of which single rows were held back.
        settled: the rejects that are tried, by the day of their partition.
        n_left: rejects that cannot be tried: their bytes were not kept whole. Deliver their files again.
    """

    records: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    settled: Settled = field(default_factory=dict)
    n_left: int = 0


@flow(
    name="replay",
    description="What was rejected is tried again.",
    on_failure=[notify],
    on_crashed=[notify],
    on_completion=[notify],
)
def replay(settings: dict[str, Any] | None = None, reason: str | None = None) -> Any:
    """Try again what was rejected.

    Args:
        settings: settings by name, as JSON values.
        reason: only rejects of this reason.

    Returns:
        What was done, as the nightly flow tells it, with `replayed` and `left` counts of rejects.
    """
    run = begin_run(load_settings(**(settings or {})), RunKind.REPLAY)
    warehouse = open_warehouse(run.settings)
    try:
        with run.timed("total"), warehouse.lock(run.settings.lock_wait_seconds):
            warehouse.recover(keep=run.run_id)
            stored = warehouse.known_articles()
            retry = find_retries(warehouse.read(REJECTS), set(stored["article_id"].to_pylist()), reason)
            reread = partial(read_stored, warehouse, stored)
            intake = Intake(run.settings, known_by_id(stored), run.day, run.books, reread, retry.stored)
            extracted = extract_intake(run, warehouse, intake, _records(retry, run.settings.limits), 0)
            verdict, _ = check_and_publish(run, warehouse, stored, extracted, retry.settled)
    except (RunRefused, BooksDoNotBalance, WarehouseError) as error:
        return fail(error)
    try:
        done = describe_run(run, warehouse, extracted, verdict, [])
    except WarehouseError as error:
        return fail_published(error)
    return done | {"replayed": sum(map(len, retry.settled.values())), "left": retry.n_left}


def find_retries(rejects: pa.Table, stored: set[str], reason: str | None) -> Retry:
    """Sort rejects by how they can be tried again; of several of one record, the last is tried, and all are settled."""
    retry = Retry()
    for row in rejects.sort_by([("day", "ascending"), ("run_id", "ascending")]).to_pylist():
        if reason is not None and row["reason"] != reason:
            continue
        about_article = row["table"] is None or row["table"] == ARTICLES.name
        if not about_article and row["article_id"] in stored:
            retry.stored.add(row["article_id"])
        elif about_article and row["payload_is_whole"] and row["payload"] and row["raw_index"] >= 0:
            retry.records[row["raw_uri"], row["raw_index"]] = row
        elif about_article or not _comes_with_its_article(row, rejects):
            retry.n_left += 1
            continue
        _settle(retry, row["day"], row["reject_id"])
    return retry


def _comes_with_its_article(row: dict[str, Any], rejects: pa.Table) -> bool:
    """Whether a row was held back along with its article, which is tried again itself."""
    pairs = zip(rejects["table"].to_pylist(), rejects["article_id"].to_pylist(), strict=True)
    return any(name == ARTICLES.name and article == row["article_id"] for name, article in pairs)


def _settle(retry: Retry, day: date, reject_id: str) -> None:
    retry.settled.setdefault(day, set()).add(reject_id)


def _records(retry: Retry, limits: Limits) -> Iterator[Record]:
    for (raw_uri, raw_index), row in sorted(retry.records.items()):
        if row["table"] == ARTICLES.name or row["stage"] == Stage.EXTRACT.value:
            yield row_from_json(ARTICLES, row["payload"])
        else:
            yield read_payload(row["payload"], raw_uri, raw_index, limits)
