"""Reading a whole warehouse and telling whatever in it is not as it should be."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.schema import Table
from pipeline.tables import (
    ACTORS,
    ARTICLE_TABLES,
    ARTICLES,
    EVENT_GROUPS,
    EVENTS,
    LEDGER,
    MENTIONS,
    RUN_TABLES,
    TABLES,
)
from pipeline.vocabulary import Outcome
from pipeline.warehouse.actors import combine_actors, find_actors
from pipeline.warehouse.errors import WarehouseDamaged, WarehouseTooNew
from pipeline.warehouse.files import doubled_keys, parse_parquet, sort_rows
from pipeline.warehouse.findings import Finding, Kind
from pipeline.warehouse.groups import TOLD, compare_groups, find_tellings, regroup, split_days
from pipeline.warehouse.layout import (
    EMPTY_DAY,
    FILE,
    INDEX,
    JOURNAL,
    STAGING,
    index_path,
    parse_day_folder,
    parse_partition,
    partition,
)
from pipeline.warehouse.offsets import find_wrong_offsets
from pipeline.warehouse.read import list_days
from pipeline.warehouse.storage import Storage
from pipeline.warehouse.warehouse import Warehouse

_REPAIR = "`newsledger check --repair` sets it right"
_BACKFILL = "`newsledger check --repair` takes it out; `newsledger backfill` over its day makes it anew"


def check_warehouse(warehouse: Warehouse) -> list[Finding]:
    """Read every file of a warehouse and report what is wrong, in the order of the tables and days.

    It changes nothing and needs no lock; while a run writes, what that run has staged is not reported.
    Memory: the rows of one day, the ids of all articles and rows, and what the event groups are counted from.
    """
    storage = warehouse.storage
    found = [*_find_strays(storage), *_find_leftovers(storage)]
    check = _Check(storage)
    check.read_ids()
    for day in sorted({d for t in ARTICLE_TABLES for d in list_days(storage, t)}):
        check.check_day(day)
    for table in RUN_TABLES:
        for day in list_days(storage, table):
            check.check_rows(table, day, check.read(table, day))
    check.check_empty()
    check.check_groups()
    check.check_keys()
    check.check_actors()
    check.check_ledger()
    return found + check.found


def _find_strays(storage: Storage) -> Iterator[Finding]:
    for table in TABLES:
        for entry in storage.entries(table.name):
            path = f"{table.name}/{entry.name}"
            if not entry.is_folder:
                if parse_partition(path) is None:
                    yield _stray(path)
            elif table.by == "none" or parse_day_folder(entry.name) is None:
                yield _stray(path)
            else:
                inside = storage.entries(path)
                yield from (_stray(f"{path}/{e.name}") for e in inside if e.is_folder or e.name != FILE)
                if not inside:
                    yield _stray(path)


def _stray(path: str) -> Finding:
    advice = f"Readers may take it for data, or fail on it; {_REPAIR} by moving it out of the table."
    return Finding(Kind.STRAY, path, "it does not belong into the folder of a table", advice)


def _find_leftovers(storage: Storage) -> Iterator[Finding]:
    if storage.is_locked():
        return
    for entry in storage.entries(JOURNAL):
        detail = "a publication was begun and not finished"
        yield Finding(Kind.LEFTOVER, f"{JOURNAL}/{entry.name}", detail, "The next run finishes it.")
    for entry in storage.entries(STAGING):
        detail = "a run died and left what it had staged"
        yield Finding(Kind.LEFTOVER, f"{STAGING}/{entry.name}", detail, "The next run clears it away.")


@dataclass
class _Check:
    storage: Storage
    found: list[Finding] = field(default_factory=list)
    keys: dict[str, list[pa.Table]] = field(default_factory=dict)
    days_of_articles: dict[str, date] = field(default_factory=dict)
    actor_parts: list[pa.Table] = field(default_factory=list)
    told: list[pa.Table] = field(default_factory=lambda: [TOLD.empty_table()])
    actors: pa.Table | None = None
    unreadable: set[str] = field(default_factory=set)

    def read(self, table: Table, day: date | None) -> pa.Table | None:
        """The rows of a partition; None where it is not there or cannot be read (which is noted)."""
        path = partition(table, day)
        if self.storage.size(path) is None:
            return None
        try:
            rows = parse_parquet(table, self.storage.read(path), self.storage.shown(path))
        except (WarehouseDamaged, WarehouseTooNew) as error:
            self.unreadable.add(path)
            kind = Kind.TOO_NEW if isinstance(error, WarehouseTooNew) else Kind.DAMAGED
            self._note(kind, table, day, error.problem, error.advice)
            return None
        return self._with_schema(table, day, rows)

    def read_ids(self) -> None:
        """Read what rows of all days refer to: the ids of actors and of articles."""
        self.actors = self.read(ACTORS, None)
        for day in list_days(self.storage, ARTICLES):
            try:
                path = partition(ARTICLES, day)
                rows = parse_parquet(ARTICLES, self.storage.read(path), path)
            except (WarehouseDamaged, WarehouseTooNew):
                self.unreadable.add(path)
            else:
                self.days_of_articles |= dict.fromkeys(rows["article_id"].to_pylist(), day)

    def check_day(self, day: date) -> None:
        """Check the rows of all article tables of one day."""
        tables = {t.name: self.read(t, day) for t in ARTICLE_TABLES}
        articles = tables[ARTICLES.name]
        texts: dict[str, str] = {}
        if articles is not None:
            texts = dict(zip(articles["article_id"].to_pylist(), articles["text"].to_pylist(), strict=True))
            late = articles.filter(pc.not_equal(articles["published_date"], pa.scalar(day, pa.date32())))
            self._note_rows(Kind.WRONG_DAY, ARTICLES, day, late["article_id"].to_pylist(), "published on another day")
        for table in ARTICLE_TABLES:
            rows = tables[table.name]
            if rows is not None:
                self.check_rows(table, day, rows)
                self._check_references(table, day, rows, tables)
                wrong = [f"{column} of {key}" for key, column in find_wrong_offsets(table, rows, texts)]
                self._note_rows(Kind.WRONG_OFFSET, table, day, wrong, "not what stands in the text")
        mentions = tables[MENTIONS.name]
        if mentions is not None:
            self.actor_parts.append(find_actors(mentions, day))
        events = tables[EVENTS.name]
        if events is not None and articles is not None:
            self.told.append(find_tellings(events, articles))

    def check_rows(self, table: Table, day: date | None, rows: pa.Table | None) -> None:
        """Check the order of rows, and keep their keys."""
        if rows is None:
            return
        if not rows.select(table.order).equals(sort_rows(table, rows).select(table.order)):
            self._note(Kind.UNSORTED, table, day, f"not in the order {', '.join(table.order)}", f"{_REPAIR}.")
        days = pa.array([day] * len(rows), pa.date32())
        self.keys.setdefault(table.name, []).append(rows.select(table.key).append_column("day", days))

    def check_empty(self) -> None:
        """Check that the partitions which give readers the schema can be read, and hold no rows."""
        for table in TABLES:
            if table.by != "none" and self.read(table, EMPTY_DAY):
                detail = f"{partition(table, EMPTY_DAY)} holds rows, and no article can be of that day"
                self.found.append(Finding(Kind.STRAY, partition(table, EMPTY_DAY), detail, f"{_REPAIR}."))

    def check_keys(self) -> None:
        """Check that no key stands twice, in one partition or in two."""
        for table in TABLES:
            rows = pa.concat_tables(self.keys.get(table.name, ()) or [table.arrow.empty_table().select(table.key)])
            doubled = doubled_keys(table, rows)
            if len(doubled):
                first = {c: doubled[c][0].as_py() for c in table.key}
                places = rows.filter(pc.equal(rows[table.key[-1]], first[table.key[-1]]))
                days = sorted({str(d) for d in places["day"].to_pylist()})
                detail = f"{len(doubled)} keys stand on more than one row, such as {first} on {', '.join(days)}"
                self.found.append(Finding(Kind.DOUBLED, table.name, detail, f"{_REPAIR}.", table))

    def check_actors(self) -> None:
        """Check `actors` against the mentions that they are counted from, and the index of each day."""
        if any(path.startswith(MENTIONS.name) for path in self.unreadable):
            return
        expected = combine_actors(self.actor_parts)
        path = partition(ACTORS, None)
        if path not in self.unreadable and not expected.equals(self.actors or ACTORS.arrow.empty_table()):
            detail = f"{len(expected)} actors by the mentions, {len(self.actors or ())} in the file"
            self.found.append(Finding(Kind.STALE_ACTORS, path, detail, f"{_REPAIR}.", ACTORS))
        known = {index_path(day) for day in list_days(self.storage, MENTIONS)}
        for entry in self.storage.entries(f"{INDEX}/{ACTORS.name}"):
            path = f"{INDEX}/{ACTORS.name}/{entry.name}/{FILE}"
            if path not in known:
                detail = "it counts the actors of a day that has no mentions"
                self.found.append(Finding(Kind.STALE_ACTORS, path, detail, f"{_REPAIR}."))
        by_day = {part["first_seen"][0].as_py(): part for part in self.actor_parts if len(part)}
        for day, part in by_day.items():
            self._check_index(day, part)

    def _check_index(self, day: date, part: pa.Table) -> None:
        path = index_path(day)
        if self.storage.size(path) is None:
            return
        try:
            same = parse_parquet(ACTORS, self.storage.read(path), path).equals(part)
        except (WarehouseDamaged, WarehouseTooNew):
            same = False
        if not same:
            detail = f"it does not fit the mentions of {day}"
            self.found.append(Finding(Kind.STALE_ACTORS, path, detail, f"{_REPAIR}."))

    def check_groups(self) -> None:
        """Check `event_groups`, and that they are what the events and their articles tell."""
        is_known = not any(path.startswith((f"{EVENTS.name}/", f"{ARTICLES.name}/")) for path in self.unreadable)
        told = dict(split_days(pa.concat_tables(self.told)))
        empty = EVENT_GROUPS.arrow.empty_table()
        for day in sorted({*told, *list_days(self.storage, EVENT_GROUPS)}):
            rows = self.read(EVENT_GROUPS, day)
            self.check_rows(EVENT_GROUPS, day, rows)
            if is_known and partition(EVENT_GROUPS, day) not in self.unreadable:
                expected = regroup(empty, (), told.get(day, TOLD.empty_table()))
                wrong = compare_groups(expected, empty if rows is None else rows)
                if wrong:
                    self._note(Kind.STALE_GROUPS, EVENT_GROUPS, day, wrong, f"{_REPAIR}.")

    def check_ledger(self) -> None:
        """Check that every article that the books call stored is stored."""
        stored = pa.array(list(self.days_of_articles), pa.string())
        for day in list_days(self.storage, LEDGER):
            path = partition(LEDGER, day)
            if path in self.unreadable:
                continue
            rows = parse_parquet(LEDGER, self.storage.read(path), path)
            rows = rows.filter(pc.not_equal(rows["outcome"], Outcome.REJECTED))
            lost = rows.filter(pc.invert(pc.is_in(rows["article_id"], stored)))
            lost = lost.filter(pc.is_valid(lost["article_id"]))
            lost = lost.filter(pa.array([self._is_readable(d) for d in lost["article_day"].to_pylist()], pa.bool_()))
            where = list(zip(*(lost[c].to_pylist() for c in ("article_id", "raw_uri", "raw_index")), strict=True))
            names = [f"{article_id} ({uri}, record {index})" for article_id, uri, index in where]
            self._note_rows(Kind.LOST_ARTICLE, LEDGER, day, names, "in no partition", "Deliver these records again.")

    def _is_readable(self, day: date | None) -> bool:
        return day is None or partition(ARTICLES, day) not in self.unreadable

    def _check_references(self, table: Table, day: date, rows: pa.Table, tables: dict[str, pa.Table | None]) -> None:
        for column in table.columns:
            if column.refers is None:
                continue
            target, _, name = column.refers.partition(".")
            values = rows[column.name].combine_chunks()
            values = values.flatten() if pa.types.is_list(values.type) else values
            missing = self._missing(target, name, day, values, tables, own_article=column.name == "article_id")
            if missing:
                self._note_rows(
                    Kind.BROKEN_REFERENCE, table, day, missing, f"{column.name} that are not in {column.refers}"
                )

    def _missing(
        self,
        target: str,
        name: str,
        day: date,
        values: pa.Array,
        tables: dict[str, pa.Table | None],
        *,
        own_article: bool,
    ) -> list[str]:
        if target == ACTORS.name:
            where, held = partition(ACTORS, None), self.actors
        else:
            where, held = f"{target}/day={day.isoformat()}/{FILE}", tables[target]
        if where in self.unreadable:
            return []
        values = pc.drop_null(values).unique()
        if target == ARTICLES.name and not own_article:
            return [v for v in values.to_pylist() if v not in self.days_of_articles]
        known = pa.array([], pa.string()) if held is None else held[name].combine_chunks()
        return list(values.filter(pc.invert(pc.is_in(values, known))).to_pylist())

    def _with_schema(self, table: Table, day: date | None, rows: pa.Table) -> pa.Table | None:
        wrong = [f.name for f in rows.schema if f.name not in table.by_name]
        for declared in table.arrow:
            index = rows.schema.get_field_index(declared.name)
            if index < 0:
                if not declared.nullable:
                    wrong.append(declared.name)
                else:
                    rows = rows.append_column(declared, pa.nulls(len(rows), declared.type))
            elif not rows.schema.field(index).type.equals(declared.type):
                wrong.append(declared.name)
        if wrong:
            detail = f"columns {', '.join(wrong)} are not as the table declares them"
            advice = _REPAIR if table is EVENT_GROUPS else "Run `newsledger backfill` over its day"
            self._note(Kind.WRONG_SCHEMA, table, day, detail, f"{advice}.")
            self.unreadable.add(partition(table, day))
            return None
        return rows.select(table.arrow.names).cast(table.arrow)

    def _note(self, kind: Kind, table: Table, day: date | None, detail: str, advice: str) -> None:
        self.found.append(Finding(kind, partition(table, day), detail, advice, table, day))

    def _note_rows(
        self, kind: Kind, table: Table, day: date, names: Collection[str], what: str, advice: str = f"{_BACKFILL}."
    ) -> None:
        if names:
            self._note(kind, table, day, f"{len(names)} {what}, such as {next(iter(names))}", advice)
