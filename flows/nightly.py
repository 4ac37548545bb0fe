"""The nightly flow: load, normalize, extract, audit, publish."""

from __future__ import annotations

from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.states import Failed

from flows.describe import describe_run, write_page
from flows.run import RunContext, begin_run
from flows.steps import Extracted, RunRefused, Verdict, audit_rows, check_verdict, load_and_extract, publish, read_known
from flows.summary import markdown_summary
from pipeline.books import BooksDoNotBalance
from pipeline.settings import Settings, load_settings
from pipeline.warehouse import Warehouse, WarehouseError


@flow(name="nightly", description="Raw articles in; checked, partitioned Parquet of statements and events out.")
def nightly(settings: Settings | None = None) -> Any:
    """Run once.

    Returns:
        What was done, as JSON values; a failed state with a clear message where nothing was published.
    """
    run = begin_run(settings or load_settings())
    warehouse = Warehouse(run.settings.warehouse)
    try:
        with run.timed("total"), warehouse.lock(run.settings.lock_wait_seconds):
            extracted, verdict, days = work(run, warehouse)
    except (RunRefused, BooksDoNotBalance, WarehouseError) as error:
        return Failed(message=str(error))
    done = describe_run(run, warehouse, extracted, verdict, days)
    done["report"] = write_page(run, warehouse, done)
    create_markdown_artifact(key="newsledger-run", markdown=markdown_summary(done), description=run.run_id)
    return done


def work(run: RunContext, warehouse: Warehouse) -> tuple[Extracted, Verdict, list[str]]:
    """What a run does while it holds the lock, in order."""
    warehouse.recover(keep=run.run_id)
    stored = read_known(warehouse)
    extracted = load_and_extract(run, warehouse, stored)
    verdict = audit_rows(run, warehouse, extracted)
    check_verdict(run, warehouse, verdict)
    days = publish(run, warehouse, stored, extracted, verdict)
    return extracted, verdict, days


if __name__ == "__main__":
    import sys

    from flows.cli import main

    sys.argv.insert(1, "run")
    main()
