"""The maintain flow: clear away what dead runs left, remove what is older than it is kept, check the whole warehouse."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.states import Failed

from flows.hooks import fail, notify
from flows.logs import make_logger
from flows.run import RunContext, begin_run
from flows.warehouses import open_warehouse
from pipeline.schema import build
from pipeline.settings import Settings, load_settings
from pipeline.tables import RUN_TABLES, RUNS, Run
from pipeline.version import code_version
from pipeline.vocabulary import RunKind, RunStatus
from pipeline.warehouse import Publication, Warehouse, WarehouseError
from pipeline.warehouse.check import check_warehouse
from pipeline.warehouse.retention import find_expired, find_old_pages

TOLD = 20
"""Findings that the message of a failed run names."""


@flow(
    name="maintain",
    description="What is older than it is kept is removed; then the whole warehouse is read and checked.",
    on_failure=[notify],
    on_crashed=[notify],
)
def maintain(settings: dict[str, Any] | None = None) -> Any:
    """Maintain the warehouse once.

    Args:
        settings: settings by name, as JSON values.

    Returns:
        What was done, as JSON values: run_id, recovered (publications of dead runs that were finished), cleared (runs
        whose staging was cleared away), removed (days by table), pages. A failed state where the warehouse is damaged.
    """
    run = begin_run(load_settings(**(settings or {})), RunKind.MAINTAIN)
    log = make_logger("newsledger.maintain", run.run_id)
    warehouse = open_warehouse(run.settings)
    try:
        with warehouse.lock(run.settings.lock_wait_seconds):
            done = prune(run, warehouse)
            log.info("%s", describe(done))
            findings = check_warehouse(warehouse)
    except WarehouseError as error:
        return fail(error)
    for finding in findings:
        log.error("%s", finding)
    create_markdown_artifact(
        key="newsledger-maintain", markdown=_markdown(done, list(map(str, findings))), description=run.run_id
    )
    if findings:
        told = "\n".join(map(str, findings[:TOLD]))
        return Failed(message=f"{describe(done)}; {len(findings)} findings in the warehouse:\n{told}")
    return done


def prune(run: RunContext, warehouse: Warehouse) -> dict[str, Any]:
    """Recover, then remove old days of run tables and old pages; all days go as one publication, or none does."""
    recovery = warehouse.recover(keep=run.run_id)
    today = min(run.day, run.started_at.date())  # a day to come must not make everything old
    expired = find_expired(warehouse.storage, kept_days(run.settings), today)
    if expired:
        row = _run_row(run, expired)
        warehouse.publish(Publication(run.run_id, run.day, row, expired=expired))
    pages = find_old_pages(warehouse.storage, run.settings.keep_reports_days, today)
    for page in pages:
        warehouse.storage.remove(page)
    return {
        "run_id": run.run_id,
        "recovered": list(recovery.finished),
        "cleared": list(recovery.dropped),
        "removed": _as_json(expired),
        "pages": len(pages),
    }


def kept_days(settings: Settings) -> dict[str, int | None]:
    """For how many days each run table is kept."""
    return {table.name: getattr(settings, f"keep_{table.name}_days") for table in RUN_TABLES}


def describe(done: Mapping[str, Any]) -> str:
    """What was done, in a line."""
    parts = [f"{len(days)} days of {table}" for table, days in done["removed"].items()]
    parts += [f"{done['pages']} pages of runs"] if done["pages"] else []
    parts += [f"what {len(done['cleared'])} dead runs had staged"] if done["cleared"] else []
    removed = f"removed {', '.join(parts)}" if parts else "nothing is old enough to be removed"
    return f"finished {len(done['recovered'])} publications; {removed}" if done["recovered"] else removed


def _run_row(run: RunContext, expired: Mapping[str, Sequence[date]]) -> dict[str, pa.Table]:
    row = Run(
        run_id=run.run_id,
        kind=run.kind,
        status=RunStatus.PUBLISHED,
        started_at=run.started_at,
        ended_at=datetime.now(UTC),
        versions=run.versions,
        settings=run.settings.model_dump_json(),
        inputs=[],
        n_delivered=0,
        n_published=0,
        n_replaced=0,
        n_unchanged=0,
        n_rejected=0,
        counts=json.dumps({"removed": _as_json(expired)}, sort_keys=True),
        days=[],
    )
    return {RUNS.name: build(RUNS, [row], code_version())}


def _as_json(days: Mapping[str, Sequence[date]]) -> dict[str, list[str]]:
    return {table: [day.isoformat() for day in of_table] for table, of_table in days.items()}


def _markdown(done: Mapping[str, Any], findings: Sequence[str]) -> str:
    lines = [
        f"# newsledger {done['run_id']}: {f'{len(findings)} findings' if findings else 'sound'}",
        "",
        describe(done),
    ]
    lines += ["", *(f"- {table}: {', '.join(days)}" for table, days in done["removed"].items())]
    return "\n".join([*lines, "", *(f"- {finding}" for finding in findings)])
