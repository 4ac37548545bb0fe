"""The tables that are counted from others, `actors` and `event_groups`; and the partitions without rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pyarrow as pa

from pipeline.schema import Table
from pipeline.tables import ACTORS, ARTICLES, EVENT_GROUPS, EVENTS, MENTIONS, TABLES
from pipeline.warehouse.actors import combine_actors, find_actors
from pipeline.warehouse.files import parquet_bytes, parse_parquet, upgrade
from pipeline.warehouse.groups import TOLD, Retold, find_tellings, regroup, split_days
from pipeline.warehouse.journal import Changes
from pipeline.warehouse.layout import EMPTY_DAY, index_path, parse_partition, partition
from pipeline.warehouse.partitions import PartitionQueue, make_index, plan_file, put_partition, stored_rows
from pipeline.warehouse.read import list_days


def plan_empty(changes: Changes) -> None:
    """Plan the partition without rows of every table that has days, where it is not there yet."""
    for table in TABLES:
        if table.by != "none":
            changes.put(partition(table, EMPTY_DAY), parquet_bytes(table, table.arrow.empty_table()), 0)


def plan_groups(changes: Changes, queue: PartitionQueue, retold: Retold) -> None:
    """Count the groups anew that the articles of a publication told of, or tell of; a day that loses all is removed."""
    storage = changes.storage
    for day, gone, told in retold.days():
        shown = storage.shown(partition(EVENT_GROUPS, day))
        stored = upgrade(EVENT_GROUPS, stored_rows(storage, EVENT_GROUPS, day), shown)
        queue.put(EVENT_GROUPS, day, regroup(stored, gone, told))


def plan_all_groups(changes: Changes, but: Collection[date] = ()) -> None:
    """Count all groups anew from the events as they will be, but those of some event days.

    Memory: what the groups are counted from, of all days.
    """
    storage = changes.storage
    parts = []
    for day in sorted({d for t in (EVENTS, ARTICLES) for d in _days_to_be(changes, t)}):
        events, articles = (_to_be(changes, table, day) for table in (EVENTS, ARTICLES))
        parts.append(find_tellings(events, articles))
    found = dict(split_days(pa.concat_tables([TOLD.empty_table(), *parts])))
    empty = EVENT_GROUPS.arrow.empty_table()
    for day in sorted({*found, *list_days(storage, EVENT_GROUPS)} - set(but)):
        put_partition(changes, EVENT_GROUPS, day, regroup(empty, (), found.get(day, TOLD.empty_table())))


def _days_to_be(changes: Changes, table: Table) -> set[date]:
    """The days of a table that will have a partition."""
    planned = [parse_partition(o.target) for o in changes.operations]
    days = {*list_days(changes.storage, table), *(p[1] for p in planned if p and p[0] is table and p[1] is not None)}
    return {day for day in days if changes.will_stay(partition(table, day))}


def _to_be(changes: Changes, table: Table, day: date) -> pa.Table:
    """The rows of a partition as they will be; none where there will be no file."""
    path = partition(table, day)
    if not changes.will_stay(path):
        return table.arrow.empty_table()
    shown = changes.storage.shown(path)
    return upgrade(table, parse_parquet(table, changes.storage.read(changes.staged(path)), shown), shown)


def plan_actors(changes: Changes) -> None:
    """Count `actors` anew from the actors of each day, if any of these changed."""
    storage = changes.storage
    gone = {o.target for o in changes.operations} - {
        o.target for o in changes.operations if changes.staged(o.target) != o.target
    }
    days = {d for d in list_days(storage, MENTIONS) if partition(MENTIONS, d) not in gone}
    days |= {d for o in changes.operations if (d := _index_day(changes, o.target)) is not None}
    rows = combine_actors(_indexed(changes, day) for day in sorted(days))
    target = partition(ACTORS, None)
    if len(rows):
        changes.put(target, parquet_bytes(ACTORS, rows), len(rows))
    else:
        changes.remove(target)


def _index_day(changes: Changes, target: str) -> date | None:
    found = parse_partition(target)
    return found[1] if found and found[0] is MENTIONS and changes.staged(target) != target else None


def _indexed(changes: Changes, day: date) -> pa.Table:
    """The actors of one day, from the index if it fits the mentions, else counted (and indexed again)."""
    storage = changes.storage
    mentions = changes.staged(partition(MENTIONS, day))
    path = changes.staged(index_path(day))
    if storage.size(path) is not None:
        found = parse_parquet(ACTORS, storage.read(path), storage.shown(path))
        if (found.schema.metadata or {}).get(b"mentions_bytes") == str(storage.size(mentions)).encode():
            return upgrade(ACTORS, found, storage.shown(path))
    rows = upgrade(MENTIONS, parse_parquet(MENTIONS, storage.read(mentions), mentions), mentions)
    found = find_actors(rows, day)
    plan_file(changes, make_index(day, found, storage.size(mentions) or 0))
    return found
