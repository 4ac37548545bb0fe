"""The nightly flow: load, normalize, extract, audit, publish."""

from __future__ import annotations

from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.states import Failed

from flows.describe import choose_samples, describe_run, write_page
from flows.run import RunContext, begin_run
from flows.steps import Extracted, RunRefused, Verdict, audit_rows, load_and_extract, publish, read_known, refuse
from flows.summary import markdown_summary
from pipeline.books import BooksDoNotBalance
from pipeline.settings import load_settings
from pipeline.warehouse import Warehouse, WarehouseError


@flow(name="nightly", description="Raw articles in; checked, partitioned Parquet of statements and events out.")
def nightly(settings: dict[str, Any] | None = None) -> Any:
    """Run once.

    Args:
        settings: settings by name, as JSON values; what is not given comes from the environment, newsledger.toml, or
            is the default.

    Returns:
        What was done, as JSON values; a failed state with a clear message where nothing was published.
    """
    run = begin_run(load_settings(**(settings or {})))
    warehouse = Warehouse(run.settings.warehouse)
    try:
        with run.timed("total"), warehouse.lock(run.settings.lock_wait_seconds):
            extracted, verdict, days = work(run, warehouse)
    except (RunRefused, BooksDoNotBalance, WarehouseError) as error:
        return Failed(message=str(error))
    samples = choose_samples(warehouse, days)
    done = describe_run(run, warehouse, extracted, verdict, samples)
    done["report"] = write_page(run, warehouse, verdict, samples)
    create_markdown_artifact(key="newsledger-run", markdown=markdown_summary(done), description=run.run_id)
    return done


def work(run: RunContext, warehouse: Warehouse) -> tuple[Extracted, Verdict, list[str]]:
    """What a run does while it holds the lock, in order."""
    warehouse.recover(keep=run.run_id)
    stored = read_known(warehouse)
    extracted = load_and_extract(run, warehouse, stored)
    verdict = audit_rows(run, warehouse, extracted)
    if verdict.refused:
        refuse(run, warehouse, verdict)
        write_page(run, warehouse, verdict, [])
        raise RunRefused(verdict.refused)
    days = publish(run, warehouse, stored, extracted, verdict)
    return extracted, verdict, days


if __name__ == "__main__":
    import sys

    from flows.cli import main

    sys.argv.insert(1, "run")
    main()
