"""What is old enough to be removed: whole days of the run tables, and pages of runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pyarrow.compute as pc

from pipeline.tables import RUN_TABLES, RUNS
from pipeline.warehouse.layout import REPORTS
from pipeline.warehouse.read import list_days, read_table
from pipeline.warehouse.storage import Storage

_PAGE = re.compile(r"(\d{8}T\d{6}Z)-.+\.html")


def find_expired(storage: Storage, keep_days: Mapping[str, int | None], today: date) -> dict[str, list[date]]:
    """Find the days of run tables that are older than they are kept; their partitions can go whole.

    A run can be given a day of long ago (`--date`). So a day is expired when it is old and none of its runs ended
    since, as far as `runs` still has them.

    Args:
        storage: the warehouse's storage.
        keep_days: how many days to keep, by table name; None, or no entry, keeps all.
        today: the day from which to count.

    Returns:
        The expired days by table name, in order; tables without any are left out.

    Raises:
        WarehouseDamaged: a file of `runs` cannot be read.
    """
    first = {name: today - timedelta(days=days) for name, days in keep_days.items() if days is not None}
    old = {t.name: [d for d in list_days(storage, t) if d < first[t.name]] for t in RUN_TABLES if t.name in first}
    last_written = _last_ends(storage, {d for days in old.values() for d in days})
    expired = {name: [d for d in days if last_written.get(d, d) < first[name]] for name, days in old.items()}
    return {name: days for name, days in expired.items() if days}


def find_old_pages(storage: Storage, keep_days: int | None, today: date) -> list[str]:
    """Find the pages of runs that began before they are kept; files that are no such page are left alone."""
    if keep_days is None:
        return []
    first = today - timedelta(days=keep_days)
    found = [(entry.name, _PAGE.fullmatch(entry.name)) for entry in storage.entries(REPORTS) if not entry.is_folder]
    return [f"{REPORTS}/{name}" for name, match in found if match and _parse_day(match[1]) < first]


def _last_ends(storage: Storage, days: set[date]) -> dict[date, date]:
    """The day on which the last run of each run day ended."""
    if not days:
        return {}
    rows = read_table(storage, RUNS, days, columns=["day", "ended_at"])
    ends = rows.group_by("day").aggregate([("ended_at", "max")])
    return dict(zip(ends["day"].to_pylist(), pc.cast(ends["ended_at_max"], "date32").to_pylist(), strict=True))


def _parse_day(stamp: str) -> date:
    try:
        return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).date()
    except ValueError:
        return date.max
