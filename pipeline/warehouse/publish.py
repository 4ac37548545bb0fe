"""Publishing: staged rows into partitions, all or nothing, exactly once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.schema import Table
from pipeline.tables import ARTICLE_TABLES, ARTICLES, EVENTS, REJECTS, RUN_TABLES
from pipeline.warehouse.counted import plan_actors, plan_empty, plan_groups
from pipeline.warehouse.errors import WarehouseError
from pipeline.warehouse.files import upgrade
from pipeline.warehouse.groups import ARTICLE_COLUMNS, Retold
from pipeline.warehouse.journal import Changes, commit, finish
from pipeline.warehouse.layout import EMPTY_DAY, parse_partition, partition, stage_folder
from pipeline.warehouse.partitions import PartitionQueue, put_partition, queue_partitions, stored_rows
from pipeline.warehouse.recover import finish_open
from pipeline.warehouse.staging import StagedRows, article_days
from pipeline.warehouse.storage import Storage

RunRows = Mapping[str, pa.Table]


@dataclass(frozen=True)
class Publication:
    """What a run wants published.

    Attributes:
        run_id: the run.
        run_day: the partition of its rows in the run tables.
        run_rows: its rows of the run tables by table name, or a function that makes them from the list of article days
            that change (`runs.days`).
        staged: staged files by the name of their article table.
        gone: articles whose stored rows leave these days: they were replaced, or moved to another day.
        amendments: new values of `duplicate_of` for articles that stay as they are.
        drop: ids of staged rows that the audit took out, by table name. Where an article is taken out, so are all its
            rows, and the stored version of it stays.
        settled: reject ids to be taken out of `rejects`, by the day of their partition.
        expired: days of run tables whose partitions are removed whole, by table name.
    """

    run_id: str
    run_day: date
    run_rows: RunRows | Callable[[list[date]], RunRows]
    staged: Mapping[str, Sequence[str]] = field(default_factory=dict)
    gone: Mapping[str, Collection[date]] = field(default_factory=dict)
    amendments: Mapping[str, str | None] = field(default_factory=dict)
    drop: Mapping[str, Collection[str]] = field(default_factory=dict)
    settled: Mapping[date, Collection[str]] = field(default_factory=dict)
    expired: Mapping[str, Collection[date]] = field(default_factory=dict)


def publish(storage: Storage, publication: Publication, days: Mapping[str, date]) -> list[str]:
    """Publish, in five steps: new files aside, journal (the commit point), renames, journal closed, staging cleared.

    Before the journal is written the warehouse is untouched, whatever happens. After that the publication will be
    finished, by this run or by the next. Memory: one partition at a time.

    Args:
        storage: the warehouse's storage; the caller holds the lock.
        publication: what is to be published.
        days: the partition of each stored article that comes again or is amended.

    Returns:
        The partitions that changed, as paths without the file, in order.
    """
    finish_open(storage)
    changes = Changes(storage, publication.run_id)
    storage.remove_tree(changes.folder)
    if publication.gone or publication.amendments or any(publication.staged.values()):
        with queue_partitions(changes) as queue:
            plan_groups(changes, queue, _plan_articles(changes, queue, publication, days))
        plan_actors(changes)
    rows = publication.run_rows
    rows = rows(_changed_days(changes)) if callable(rows) else rows
    _plan_run_tables(changes, publication, rows)
    plan_empty(changes)
    if changes.operations:
        commit(changes)
        finish(storage, publication.run_id, changes.operations)
    storage.remove_tree(stage_folder(publication.run_id))
    found = ((o.target, parse_partition(o.target)) for o in changes.operations)
    return [target.rpartition("/")[0] for target, place in found if place and place[1] != EMPTY_DAY]


def _plan_articles(
    changes: Changes, queue: PartitionQueue, publication: Publication, days: Mapping[str, date]
) -> Retold:
    """Plan the article tables; return what the articles told and tell of events."""
    storage = changes.storage
    staged = {t.name: StagedRows(storage, t, publication.staged.get(t.name, ())) for t in ARTICLE_TABLES}
    dropped = set(publication.drop.get(ARTICLES.name, ()))
    coming = article_days(staged[ARTICLES.name], dropped)
    leaving = _leaving(publication.gone, coming, dropped, days)
    amended = _by_day({a: days[a] for a in publication.amendments if a in days and a not in coming})
    retold = Retold()
    published: dict[date, pa.Table] = {}
    for table in ARTICLE_TABLES:
        rows = staged[table.name]
        touched = {*rows.days, *leaving, *(amended if table is ARTICLES else ())}
        for day in sorted(touched):
            merge = _Merge(table, day, coming, leaving.get(day, set()), dropped)
            new = merge.choose(rows.read(day), set(publication.drop.get(table.name, ())))
            kept, left = merge.split(storage)
            merged = pa.concat_tables([kept, new])
            if table is ARTICLES:
                merged = _amend(merged, publication.amendments)
                published[day] = new.select(ARTICLE_COLUMNS)
            if table is EVENTS:
                retold.leave(left)
                retold.come(new, published[day])
            queue.put(table, day, merged)
    return retold


@dataclass(frozen=True)
class _Merge:
    """One partition: what leaves it and what comes."""

    table: Table
    day: date
    coming: Mapping[str, date]
    leaving: Collection[str]
    dropped: Collection[str]

    def choose(self, rows: pa.Table, drop: Collection[str]) -> pa.Table:
        """The staged rows that are to be published.

        Raises:
            WarehouseError: a row is of an article that is not staged, or that is staged on another day.
        """
        ids = rows["article_id"].to_pylist()
        for article_id in ids:
            if article_id not in self.dropped and self.coming.get(article_id) != self.day:
                raise WarehouseError(
                    f"article {article_id}",
                    f"{self.table.name} of {self.day} are staged for it, and the article itself is not",
                    "Nothing was published. This is a fault of the program: please report it.",
                )
        keys = rows[self.table.key[0]].to_pylist()
        keep = [a not in self.dropped and k not in drop for a, k in zip(ids, keys, strict=True)]
        return rows.filter(pa.array(keep, pa.bool_()))

    def split(self, storage: Storage) -> tuple[pa.Table, pa.Table]:
        """The stored rows that stay; and those of articles that leave or come again, as they are stored."""
        shown = storage.shown(partition(self.table, self.day))
        stored = stored_rows(storage, self.table, self.day)
        out = {*self.leaving, *(a for a in stored["article_id"].unique().to_pylist() if a in self.coming)}
        leaves = pc.is_in(stored["article_id"], pa.array(sorted(out), pa.string()))
        kept = stored.filter(pc.invert(leaves)) if out else stored
        return upgrade(self.table, kept, shown), stored.filter(leaves)


def _leaving(
    gone: Mapping[str, Collection[date]], coming: Mapping[str, date], dropped: Collection[str], days: Mapping[str, date]
) -> dict[date, set[str]]:
    """The articles that leave each day: what the caller says, and where those that come again are stored."""
    leaving: dict[date, set[str]] = defaultdict(set)
    for article_id, old_days in gone.items():
        if article_id not in dropped:
            for day in old_days:
                leaving[day].add(article_id)
    for article_id in coming:
        if article_id in days:
            leaving[days[article_id]].add(article_id)
    return leaving


def _by_day(days: Mapping[str, date]) -> dict[date, set[str]]:
    found: dict[date, set[str]] = defaultdict(set)
    for article_id, day in days.items():
        found[day].add(article_id)
    return found


def _amend(rows: pa.Table, amendments: Mapping[str, str | None]) -> pa.Table:
    if not amendments:
        return rows
    pairs = zip(rows["article_id"].to_pylist(), rows["duplicate_of"].to_pylist(), strict=True)
    values = pa.array([amendments.get(article_id, value) for article_id, value in pairs], pa.string())
    index = rows.schema.get_field_index("duplicate_of")
    return rows.set_column(index, rows.schema.field(index), values)


def _plan_run_tables(changes: Changes, publication: Publication, run_rows: RunRows) -> None:
    for table in RUN_TABLES:
        new = {publication.run_day: run_rows[table.name]} if table.name in run_rows else {}
        settled = publication.settled if table is REJECTS else {}
        for day in sorted({*new, *settled}):
            shown = changes.storage.shown(partition(table, day))
            rows = upgrade(table, stored_rows(changes.storage, table, day), shown)
            if day in new:
                rows = rows.filter(pc.not_equal(rows["run_id"], publication.run_id))
                rows = pa.concat_tables([rows, new[day].cast(table.arrow)])
            if day in settled:
                out = pa.array(sorted(settled[day]), pa.string())
                rows = rows.filter(pc.invert(pc.is_in(rows["reject_id"], out)))
            put_partition(changes, table, day, rows)
        for day in sorted(set(publication.expired.get(table.name, ())) - {*new, *settled}):
            changes.remove(partition(table, day))


def _changed_days(changes: Changes) -> list[date]:
    return sorted(set(_days(changes)))


def _days(changes: Changes) -> Iterator[date]:
    for operation in changes.operations:
        found = parse_partition(operation.target)
        if found and found[0].by == "article day" and found[1] is not None:
            yield found[1]
