"""Setting a warehouse right: what can be is rebuilt from stored rows, and nothing is thrown away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.schema import Table
from pipeline.tables import ARTICLE_TABLES, ARTICLES, EVENT_GROUPS, EVENTS
from pipeline.tables import table as table_named
from pipeline.warehouse.check import check_warehouse
from pipeline.warehouse.counted import plan_actors, plan_all_groups, plan_empty
from pipeline.warehouse.files import parse_parquet, upgrade
from pipeline.warehouse.findings import Finding, Kind
from pipeline.warehouse.journal import Changes, commit, finish
from pipeline.warehouse.layout import ASIDE, INDEX, partition, stage_folder
from pipeline.warehouse.offsets import find_wrong_offsets
from pipeline.warehouse.partitions import put_partition
from pipeline.warehouse.publish import Publication
from pipeline.warehouse.read import list_days, read_table
from pipeline.warehouse.storage import Storage
from pipeline.warehouse.warehouse import Warehouse

Extract = Callable[[pa.Table], Mapping[str, pa.Table]]

RUN_ID = "repair"
_ROWS = frozenset({Kind.UNSORTED, Kind.DOUBLED, Kind.WRONG_DAY, Kind.BROKEN_REFERENCE, Kind.WRONG_OFFSET})
_EXTRACT = frozenset({Kind.DAMAGED, Kind.BROKEN_REFERENCE, Kind.WRONG_OFFSET})


@dataclass
class Repair:
    """What a repair did.

    Attributes:
        done: what was done, a sentence each.
        remaining: what is still wrong.
        to_backfill: days whose articles are stored and whose other rows have to be extracted again.
    """

    done: list[str] = field(default_factory=list)
    remaining: list[Finding] = field(default_factory=list)
    to_backfill: list[date] = field(default_factory=list)


def repair_warehouse(warehouse: Warehouse, extract: Extract | None = None) -> Repair:
    """Set right what `check_warehouse` finds, as far as the stored rows allow; the caller holds the lock.

    Open publications are finished. Damaged and stray files, and partitions that lose rows, are kept under `_aside/`.
    Rows are moved to the partition of their article, doubled ones and those that do not stand in the text are taken
    out, `actors` and `event_groups` are counted anew. Files of a later schema are left alone.

    Args:
        warehouse: the warehouse.
        extract: makes the rows of all other article tables from the rows of `articles` of one day. Without it
            those days are told in `to_backfill`.
    """
    repair = Repair()
    recovery = warehouse.recover()
    repair.done += [f"finished the publication of {run_id}" for run_id in recovery.finished]
    repair.done += [f"cleared away what {run_id} had staged" for run_id in recovery.dropped]
    storage = warehouse.storage
    findings = check_warehouse(warehouse)
    aside = f"{ASIDE}/{len(storage.entries(ASIDE)) + 1:03}"
    for finding in findings:
        if finding.kind in (Kind.STRAY, Kind.DAMAGED):
            _move(storage, finding.path, f"{aside}/{finding.path}")
            repair.done.append(f"moved {finding.path} to {aside}")
    if any(f.kind is Kind.STALE_ACTORS or f.kind in _ROWS for f in findings):
        storage.remove_tree(INDEX)
        repair.done.append("counted the actors anew")
    days = {f.day for f in findings if f.kind in _EXTRACT and f.day and f.table in ARTICLE_TABLES}
    _mend_rows(storage, findings, aside, repair)
    repair.to_backfill = sorted(days & set(list_days(storage, ARTICLES)))
    if extract is not None and repair.to_backfill:
        _extract_again(warehouse, repair, extract)
    repair.remaining = check_warehouse(warehouse)
    return repair


def _move(storage: Storage, path: str, target: str) -> None:
    if storage.size(path) is None:
        for entry in storage.entries(path):
            _move(storage, f"{path}/{entry.name}", f"{target}/{entry.name}")
        storage.remove_tree(path)
    else:
        storage.replace(path, target)
        storage.sync(target.rpartition("/")[0])
        storage.remove(path)


def _mend_rows(storage: Storage, findings: Collection[Finding], aside: str, repair: Repair) -> None:
    """Sort, move and take out rows of the days that have findings, and count anew what is counted from them.

    All of it is one publication.
    """
    owners = _owners(storage)
    dirty = _dirty_days(storage, findings, owners)
    changes = Changes(storage, RUN_ID)
    texts: dict[str, str] = {}
    for table in ARTICLE_TABLES:
        rows, had = _read_days(storage, table, dirty), {}
        for day in dirty:
            had[day] = len(rows.filter(pc.equal(rows["day"], day)))
        rows = _mended(table, rows, owners, texts)
        if table is ARTICLES:
            texts = dict(zip(rows["article_id"].to_pylist(), rows["text"].to_pylist(), strict=True))
            rows = rows.filter(pa.array(_is_right(table, rows, texts), pa.bool_()))
        for day in sorted(dirty):
            of_day = rows.filter(pc.equal(rows["owner"], day)).select(table.arrow.names)
            before = len(changes.operations)
            put_partition(changes, table, day, of_day)
            if len(changes.operations) > before:
                _keep(storage, partition(table, day), aside)
                repair.done.append(f"{partition(table, day)}: {had[day]} rows before, {len(of_day)} now")
    for table_name, day in sorted({(f.table.name, f.day) for f in findings if _is_run_rows(f) and f.table and f.day}):
        table = table_named(table_name)
        rows = _first_of_each_key(table, _read_days(storage, table, [day]))
        _keep(storage, partition(table, day), aside)
        put_partition(changes, table, day, rows.select(table.arrow.names))
        repair.done.append(f"{partition(table, day)}: sorted, doubled rows taken out")
    _count_groups(changes, findings, repair)
    plan_actors(changes)
    plan_empty(changes)
    if changes.operations:
        commit(changes)
        finish(storage, RUN_ID, changes.operations)
    storage.remove_tree(stage_folder(RUN_ID))


def _count_groups(changes: Changes, findings: Collection[Finding], repair: Repair) -> None:
    """Count the event groups anew, if they or what they are counted from had findings."""
    too_new = {(f.table.name, f.day) for f in findings if f.kind is Kind.TOO_NEW and f.table and f.day}
    readable = not any(name in (EVENTS.name, ARTICLES.name) for name, _ in too_new)
    if readable and any(f.table is EVENT_GROUPS or f.table in ARTICLE_TABLES for f in findings):
        before = len(changes.operations)
        plan_all_groups(changes, [day for name, day in too_new if name == EVENT_GROUPS.name])
        repair.done += [f"{operation.target}: counted anew" for operation in changes.operations[before:]]


def _is_run_rows(finding: Finding) -> bool:
    return finding.kind in _ROWS and finding.table is not None and finding.table.by == "run day"


def _owners(storage: Storage) -> dict[str, date]:
    """The day that each stored article belongs to: its publication day, else the first day it stands on."""
    rows = read_table(storage, ARTICLES, columns=["article_id", "published_date", "day"])
    owners: dict[str, date] = {}
    for row in rows.to_pylist():
        owners.setdefault(row["article_id"], row["published_date"] or row["day"])
    return owners


def _dirty_days(storage: Storage, findings: Collection[Finding], owners: Mapping[str, date]) -> list[date]:
    """The days of article tables that have wrong rows, and those that their rows belong to."""
    wrong = [f for f in findings if f.kind in _ROWS and (f.table in ARTICLE_TABLES)]
    days = {f.day for f in wrong if f.day}
    if any(f.day is None for f in wrong):
        days |= {day for table in ARTICLE_TABLES for day in list_days(storage, table)}
    for table in ARTICLE_TABLES:
        ids = read_table(storage, table, days, columns=["article_id"])["article_id"].unique().to_pylist()
        days |= {owners[i] for i in ids if i in owners}
    return sorted(days)


def _read_days(storage: Storage, table: Table, days: Collection[date]) -> pa.Table:
    parts = [table.arrow.append(pa.field("day", pa.date32())).empty_table()]
    for day in sorted(days):
        path = partition(table, day)
        if storage.size(path) is not None:
            rows = upgrade(table, parse_parquet(table, storage.read(path), storage.shown(path)), storage.shown(path))
            parts.append(rows.append_column("day", pa.array([day] * len(rows), pa.date32())))
    return pa.concat_tables(parts)


def _mended(table: Table, rows: pa.Table, owners: Mapping[str, date], texts: Mapping[str, str]) -> pa.Table:
    """The rows whose article is stored, once each, and true to its text; with the day they belong to as `owner`."""
    owner = pa.array([owners.get(a) for a in rows["article_id"].to_pylist()], pa.date32())
    rows = rows.append_column("owner", owner)
    rows = rows.filter(pc.is_valid(rows["owner"]))
    away = pc.cast(pc.not_equal(rows["owner"], rows["day"]), pa.int8()).combine_chunks()
    rows = _first_of_each_key(table, rows.take(pc.array_sort_indices(away)))
    return rows.filter(pa.array(_is_right(table, rows, texts), pa.bool_()))


def _first_of_each_key(table: Table, rows: pa.Table) -> pa.Table:
    seen: set[tuple[object, ...]] = set()
    keep = []
    for key in zip(*(rows[c].to_pylist() for c in table.key), strict=True):
        keep.append(key not in seen)
        seen.add(key)
    return rows.filter(pa.array(keep, pa.bool_()))


def _is_right(table: Table, rows: pa.Table, texts: Mapping[str, str]) -> list[bool]:
    wrong = {key for key, _ in find_wrong_offsets(table, rows, texts)}
    return [key not in wrong for key in rows[table.key[0]].to_pylist()]


def _keep(storage: Storage, path: str, aside: str) -> None:
    if storage.size(path) is not None:
        storage.write(f"{aside}/{path}", storage.read(path))


def _extract_again(warehouse: Warehouse, repair: Repair, extract: Extract) -> None:
    """Make the other rows of the days' articles anew, and publish them with the articles as they are."""
    for day in repair.to_backfill:
        articles = read_table(warehouse.storage, ARTICLES, [day])
        stage = warehouse.staging(RUN_ID)
        for name, rows in {ARTICLES.name: articles, **extract(articles)}.items():
            if "day" not in rows.column_names:
                rows = rows.append_column("day", pa.array([day] * len(rows), pa.date32()))
            stage.write(day.isoformat(), table_named(name), rows)
        stage.mark_done(day.isoformat())
        partitions = warehouse.publish(Publication(RUN_ID, day, {}, staged=stage.files()))
        repair.done.append(f"extracted the articles of {day} again: {', '.join(partitions) or 'nothing changed'}")
    repair.to_backfill = []
