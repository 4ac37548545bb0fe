"""Check a warehouse from the command line: read all of it, set it right, or ask whether runs still come."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import typer

from pipeline.settings import Settings
from pipeline.tables import ARTICLES, RUNS, TABLES
from pipeline.vocabulary import RunKind, RunStatus
from pipeline.warehouse import Warehouse, WarehouseError

SOUND, DAMAGED = 0, 1
ALIVE = (RunStatus.PUBLISHED, RunStatus.NOTHING_NEW, RunStatus.PARTIAL)
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def check(warehouse: Warehouse) -> int:
    """Read a whole warehouse and print what is damaged. Returns the exit status: 1 if anything is.

    Raises:
        WarehouseError: no warehouse is there.
    """
    from pipeline.warehouse.check import check_warehouse

    _require(warehouse)
    if warehouse.storage.is_locked():
        print(
            "a run is writing to this warehouse: what it changes meanwhile may be reported; check again when it ended"
        )
    return _print_findings(check_warehouse(warehouse))


def repair(warehouse: Warehouse, settings: Settings) -> int:
    """Set right what can be rebuilt from stored rows, and print what was done. Returns the exit status: 1 if damage is left.

    Raises:
        WarehouseError: no warehouse is there, or another run writes to it.
    """
    from pipeline.warehouse.repair import repair_warehouse

    _require(warehouse)
    failures: list[str] = []
    with warehouse.lock(settings.lock_wait_seconds):
        done = repair_warehouse(warehouse, lambda articles: _extract(articles, settings, failures))
    for line in done.done:
        print(f"repaired: {line}")
    for line in failures:
        print(f"not extracted: {line}")
    if not done.done:
        print("there was nothing to repair")
    return _print_findings(done.remaining) or (DAMAGED if failures else SOUND)


def check_fresh(warehouse: Warehouse, span: timedelta, now: datetime | None = None) -> int:
    """Ask whether a nightly run ended well within the last `span`; print one line.

    Args:
        warehouse: the warehouse; one that is not there has no runs.
        span: how long ago the last run may have ended.
        now: the instant from which to count, by default the clock's.

    Returns:
        The exit status: 1 if none did.
    """
    last = last_success(warehouse)
    now = now or datetime.now(UTC)
    where = warehouse.storage.root
    if last is None:
        print(f"stale: no nightly run has published to {where} yet")
        return DAMAGED
    ago = f"{last:%Y-%m-%d %H:%M} UTC, {_show(now - last)} ago"
    if now - last > span:
        print(f"stale: the last nightly run that published to {where} ended {ago}; at most {_show(span)} is allowed")
        return DAMAGED
    print(f"fresh: the last nightly run that published to {where} ended {ago}")
    return SOUND


def last_success(warehouse: Warehouse) -> datetime | None:
    """When the last nightly run ended that published, or found nothing new; None where there was none."""
    well = (pc.field("kind") == RunKind.NIGHTLY.value) & pc.field("status").isin([s.value for s in ALIVE])
    ends = warehouse.read(RUNS, columns=["ended_at"], filter=well)["ended_at"]
    last: datetime | None = pc.max(ends).as_py()
    return last


def parse_span(text: str) -> timedelta:
    """A duration: a whole number of minutes, hours or days (90m, 26h, 2d).

    Raises:
        typer.BadParameter: it is none, or more than 10,000 days.
    """
    match = re.fullmatch(r"(\d{1,6})([mhd])", text)
    span = timedelta(**{UNITS[match[2]]: int(match[1])}) if match else timedelta(0)
    if not timedelta(0) < span <= timedelta(days=10_000):
        raise typer.BadParameter(f"{text!r} is no duration such as 90m, 26h or 2d", param_hint="--fresh")
    return span


def _require(warehouse: Warehouse) -> None:
    """A mistyped path must not pass for a sound warehouse."""
    if not any(warehouse.storage.entries(table.name) for table in TABLES) and not any(
        warehouse.storage.entries(folder) for folder in ("_journal", "_staging", "_aside")
    ):
        raise WarehouseError(warehouse.storage.root, "no table is there", "Name the warehouse with --warehouse.")


def _print_findings(findings: Any) -> int:
    for finding in findings:
        print(finding)
    n = len(findings)
    print("the warehouse is sound" if not n else f"{n} finding{'s' if n > 1 else ''}")
    return DAMAGED if n else SOUND


def _extract(articles: pa.Table, settings: Settings, failures: list[str]) -> dict[str, pa.Table]:
    """All rows of the articles of one day, made anew; the model is loaded here, and only if it comes to this."""
    from pipeline.actors.registry import load_registry
    from pipeline.extract import extract_articles
    from pipeline.schema import rows_of
    from pipeline.version import code_version

    registry = load_registry(tuple(map(Path, settings.actors)))
    done = extract_articles(rows_of(ARTICLES, articles), registry, settings.model)
    failures.extend(f"{f.raw_uri}, record {f.raw_index}: {f.detail}" for f in done.failures)
    failed = pa.array([f.article_id for f in done.failures], pa.string())
    days = dict(zip(articles["article_id"].to_pylist(), articles["day"].to_pylist(), strict=True))
    rows = {}
    for table, made in done.build(code_version()).items():
        of_row = [days[article_id] for article_id in made["article_id"].to_pylist()]
        rows[table.name] = made.append_column("day", pa.array(of_row, pa.date32()))
    return {**rows, ARTICLES.name: articles.filter(pc.invert(pc.is_in(articles["article_id"], failed)))}


def _show(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes / 60:.0f} h" if minutes < 72 * 60 else f"{minutes / 60 / 24:.1f} days"
