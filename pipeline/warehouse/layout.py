"""Where each file of a warehouse lies: relative paths with forward slashes."""

from __future__ import annotations

import re
from datetime import date

from pipeline.schema import Table
from pipeline.tables import ACTORS, TABLES

STAGING = "_staging"
JOURNAL = "_journal"
LOCK = "_lock"
INDEX = "_index"
ASIDE = "_aside"
REPORTS = "_reports"
FILE = "part-0.parquet"
EMPTY_DAY = date.min
"""The partition without rows that every table with days has, earlier than any article or event can be.

With it a glob over a table always finds a file, and the first that it finds is never replaced: an engine takes the schema
from that one, before it reads.
"""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_DAY = re.compile(r"day=(\d{4}-\d{2}-\d{2})")
_BY_NAME = {t.name: t for t in TABLES}


def partition(table: Table, day: date | None) -> str:
    """The path of the one file that holds the rows of `table` on `day` (None for a table without days)."""
    if (table.by == "none") != (day is None):
        raise ValueError(f"{table.name} is partitioned by {table.by}; day is {day}")
    return f"{table.name}/{FILE}" if day is None else f"{table.name}/{day_folder(day)}/{FILE}"


def day_folder(day: date) -> str:
    """The name of a day's folder, as hive partitions are named."""
    return f"day={day.isoformat()}"


def parse_day_folder(name: str) -> date | None:
    """The day of a folder's name; None where it names none."""
    match = _DAY.fullmatch(name)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def parse_partition(path: str) -> tuple[Table, date | None] | None:
    """The table and day of a path; None for what is no file of a table."""
    match path.split("/"):
        case [ACTORS.name, name] if name == FILE:
            return ACTORS, None
        case [table, folder, name] if name == FILE and table in _BY_NAME and _BY_NAME[table].by != "none":
            day = parse_day_folder(folder)
            return None if day is None else (_BY_NAME[table], day)
    return None


def index_path(day: date) -> str:
    """The path of the actors of one day, kept so that `actors` need not be counted anew from all mentions."""
    return f"{INDEX}/{ACTORS.name}/{day_folder(day)}/{FILE}"


def stage_folder(run_id: str) -> str:
    """The folder of everything that a run writes before it publishes."""
    return f"{STAGING}/{check_name(run_id)}"


def check_name(name: str) -> str:
    """Return `name`, the id of a run or batch, if it can be the name of a folder.

    Raises:
        ValueError: it cannot, or might lead out of the warehouse.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot name a folder: letters, digits, '.', '_' and '-', a letter or digit first")
    return name
