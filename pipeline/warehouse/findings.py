"""What can be wrong inside a warehouse, as `check` reports it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.schema import Table


class Kind(StrEnum):
    """What is wrong."""

    DAMAGED = "damaged file"
    TOO_NEW = "later schema"
    WRONG_SCHEMA = "wrong schema"
    STRAY = "stray file"
    LEFTOVER = "left by a dead run"
    UNSORTED = "unsorted rows"
    DOUBLED = "doubled key"
    WRONG_DAY = "wrong partition"
    BROKEN_REFERENCE = "broken reference"
    WRONG_OFFSET = "wrong offset"
    STALE_ACTORS = "actors do not fit the mentions"
    STALE_GROUPS = "event groups do not fit the events"
    LOST_ARTICLE = "article of the ledger is not stored"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, with what to do.

    Attributes:
        kind: what is wrong.
        path: the file or folder, relative to the warehouse.
        detail: the particulars, with an example where there are several.
        advice: what to do.
        table: the table, where it is about one.
        day: the partition, where it is about one.
    """

    kind: Kind
    path: str
    detail: str
    advice: str
    table: Table | None = None
    day: date | None = None

    def __str__(self) -> str:
        return f"{self.path}: {self.kind}: {self.detail}. {self.advice}"
