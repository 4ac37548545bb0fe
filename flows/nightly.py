"""The nightly flow: load, normalize, extract, audit, publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows.describe import choose_samples, describe_run
from flows.extraction import Extracted, extract_all
from flows.forks import stop_fork_server
from flows.hooks import fail, fail_published, notify
from flows.publication import RunRefused, Verdict, check_and_publish, write_page
from flows.run import RunContext, begin_run
from flows.summary import markdown_summary
from flows.warehouses import open_warehouse
from pipeline.books import BooksDoNotBalance
from pipeline.delivery import Known, Origin
from pipeline.intake import Intake, Record
from pipeline.load import InputNotFound, count_bytes, find_inputs, read_records
from pipeline.schema import rows_of
from pipeline.settings import load_settings
from pipeline.tables import ARTICLES, Article
from pipeline.vocabulary import RunKind
from pipeline.warehouse import Warehouse, WarehouseError


@flow(
    name="nightly",
    description="Raw articles in; checked, partitioned Parquet of statements and events out.",
    on_failure=[notify],
    on_crashed=[notify],
    on_completion=[notify],
)
def nightly(settings: dict[str, Any] | None = None) -> Any:
    """Run once.

    Args:
        settings: settings by name, as JSON values; what is not given comes from the environment, newsledger.toml, or
            is the default.

    Returns:
        What was done, as JSON values; a failed state with a clear message where nothing was published.
    """
    run = begin_run(load_settings(**(settings or {})), RunKind.NIGHTLY)
    warehouse = open_warehouse(run.settings)
    try:
        with run.timed("total"), warehouse.lock(run.settings.lock_wait_seconds):
            extracted, verdict, days = work(run, warehouse)
    except (RunRefused, BooksDoNotBalance, WarehouseError, InputNotFound) as error:
        return fail(error)
    try:
        samples = choose_samples(warehouse, days)
        done = describe_run(run, warehouse, extracted, verdict, samples)
        done["report"] = write_page(run, warehouse, verdict, samples)
    except WarehouseError as error:
        return fail_published(error)
    create_markdown_artifact(key="newsledger-run", markdown=markdown_summary(done), description=run.run_id)
    return done


def work(run: RunContext, warehouse: Warehouse) -> tuple[Extracted, Verdict, list[str]]:
    """What a run does while it holds the lock, in order."""
    warehouse.recover(keep=run.run_id)
    stored = warehouse.known_articles()
    extracted = load_and_extract(run, warehouse, stored)
    return extracted, *check_and_publish(run, warehouse, stored, extracted)


def load_and_extract(run: RunContext, warehouse: Warehouse, stored: pa.Table) -> Extracted:
    """Load and normalize what was delivered; extract what the warehouse does not hold."""
    files = find_inputs(run.settings.input)
    n_bytes = count_bytes(files)
    reread = partial(read_stored, warehouse, stored)
    intake = Intake(run.settings, known_by_id(stored), run.day, run.books, reread, n_bytes=n_bytes)
    records = (record for file in files for record in read_records(file, run.settings.limits))
    return extract_intake(run, warehouse, intake, records, n_bytes)


def extract_intake(
    run: RunContext, warehouse: Warehouse, intake: Intake, records: Iterable[Record], n_bytes: int
) -> Extracted:
    """Extract what the intake finds in the records."""
    extracted = extract_all(run, warehouse, intake.batches(records), n_bytes)
    stop_fork_server()
    stage = warehouse.staging(run.run_id)
    for batch_id, article_ids in sorted(intake.stale.items()):
        if stage.is_done(batch_id):
            for table, n in stage.discard(batch_id, article_ids).items():
                extracted.counts[table] -= n
    extracted.old_days = {e.article_id: {e.old_day} for e in intake.plan.extractions if e.old_day is not None}
    return extracted


def known_by_id(stored: pa.Table) -> dict[str, Known]:
    """What the warehouse knows of each article."""
    columns = ("article_id", "record_hash", "day", "raw_uri", "raw_index", "raw_sha256")
    return {
        article_id: Known(
            record_hash=record_hash, day=day, origin=Origin(raw_uri=uri, raw_index=index, raw_sha256=sha256)
        )
        for article_id, record_hash, day, uri, index, sha256 in zip(
            *(stored[c].to_pylist() for c in columns), strict=True
        )
    }


def read_stored(warehouse: Warehouse, stored: pa.Table, article_ids: Sequence[str]) -> Iterator[Article]:
    """Read stored articles by their ids, a partition at a time."""
    wanted = stored.filter(pc.is_in(stored["article_id"], pa.array(article_ids, pa.string())))
    for day in sorted(set(wanted["day"].to_pylist())):
        rows = warehouse.read(ARTICLES, days=[day])
        yield from rows_of(ARTICLES, rows.filter(pc.is_in(rows["article_id"], pa.array(article_ids, pa.string()))))


if __name__ == "__main__":
    import sys

    from flows.cli import main

    sys.argv.insert(1, "run")
    main()
