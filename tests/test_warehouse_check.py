"""`check` reports each kind of damage, and `repair` sets right what stored rows allow; nothing is thrown away."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from faults import Crash, Killer, readable, tree
from warehouse_rows import BASE, D1, D2, D3, RUN_DAY, Story, load, root, run_rows, stage_stories, tables_of

from pipeline.tables import ARTICLE_TABLES, STATEMENTS
from pipeline.tables import table as table_named
from pipeline.warehouse import Publication, Warehouse
from pipeline.warehouse.check import check_warehouse
from pipeline.warehouse.findings import Kind
from pipeline.warehouse.repair import repair_warehouse
from pipeline.warehouse.storage import LocalStorage

BY_ID = {s.article_id: s for s in BASE}


def kinds(house: Warehouse) -> dict[Kind, str]:
    return {f.kind: f.path for f in check_warehouse(house)}


def path_of(house: Warehouse, table: str, day: date = D1) -> Path:
    return root(house) / f"{table}/day={day}/part-0.parquet"


def rewrite(house: Warehouse, table: str, change: Callable[[pa.Table], pa.Table], day: date = D1) -> None:
    path = path_of(house, table, day)
    pq.write_table(change(pq.read_table(path)).cast(table_named(table).arrow), path)


def with_value(rows: pa.Table, column: str, value: Any, row: int = 0) -> pa.Table:
    values = rows[column].to_pylist()
    values[row] = value
    index = rows.schema.get_field_index(column)
    return rows.set_column(index, rows.schema.field(index), pa.array(values, rows.schema.field(index).type))


def extract(articles: pa.Table) -> dict[str, pa.Table]:
    stories = tuple(BY_ID[a] for a in articles["article_id"].to_pylist())
    return {name: rows for name, rows in tables_of(stories).items() if name != "articles"}


def repaired(house: Warehouse, again: bool = True) -> Any:
    with house.lock():
        return repair_warehouse(house, extract if again else None)


def test_a_sound_warehouse_has_no_findings_and_nothing_to_repair(house):
    before = tree(root(house))
    assert check_warehouse(house) == []
    assert repaired(house).done == []
    assert tree(root(house)) == before


def _tear(house):
    path = path_of(house, "statements")
    path.write_bytes(path.read_bytes()[:-100])


def _flip(house):
    path = path_of(house, "statements")
    rows = pq.read_table(path)
    pq.write_table(rows, path, compression="none", write_page_checksum=True)
    data = path.read_bytes()
    at = data.index(b"Ada Poe")
    path.write_bytes(data[:at] + b"Eve Poe" + data[at + 7 :])


def _shift(house):
    rewrite(house, "events", lambda r: with_value(r, "trigger_start", 1))


def _reword(house):
    rewrite(house, "statements", lambda r: with_value(r, "content", "The bridge is not safe"))


def _unlink_statements(house):
    rewrite(house, "statements", lambda r: r.slice(1))


def _unknown_actor(house):
    rewrite(house, "events", lambda r: with_value(r, "actor_ids", ["nobody"]))


def _unknown_copy(house):
    rewrite(house, "articles", lambda r: with_value(r, "duplicate_of", "nothing"))


def _shuffle(house):
    rewrite(house, "mentions", lambda r: r.take(list(range(len(r)))[::-1]))


def _double(house):
    rewrite(house, "statements", lambda r: pa.concat_tables([r.slice(0, 1), r]))


def _double_run(house):
    rewrite(house, "ledger", lambda r: pa.concat_tables([r, r]), RUN_DAY)


def _stray(house):
    (root(house) / "events/day=2024-02-01/part-1.parquet").write_bytes(b"PAR1")
    (root(house) / "events/_SUCCESS").write_bytes(b"")
    (root(house) / "events/day=tomorrow").mkdir()
    (root(house) / "events/day=2024-05-05").mkdir()


def _copy_day(house):
    shutil.copytree(root(house) / "articles/day=2024-02-01", root(house) / "articles/day=2024-02-09")


def _move_day(house):
    for table in ARTICLE_TABLES:
        (root(house) / f"{table.name}/day=2024-02-02").rename(root(house) / f"{table.name}/day=2024-02-09")


def _move_statements(house):
    (root(house) / "statements/day=2024-02-02").rename(root(house) / "statements/day=2024-02-09")


def _stale_actors(house):
    path = root(house) / "actors/part-0.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)


def _no_actors(house):
    (root(house) / "actors/part-0.parquet").unlink()


def _torn_actors(house):
    path = root(house) / "actors/part-0.parquet"
    path.write_bytes(path.read_bytes()[:50])


def _stale_index(house):
    shutil.copyfile(
        root(house) / "_index/actors/day=2024-02-02/part-0.parquet",
        root(house) / "_index/actors/day=2024-02-01/part-0.parquet",
    )


def _torn_mentions(house):
    path = path_of(house, "mentions")
    path.write_bytes(path.read_bytes()[:50])


def _staging(house):
    stage_stories(house, "r2", [Story("new", D1)])


def _wrong_length(house):
    rewrite(house, "articles", lambda r: with_value(r, "n_characters", 3))


CASES = [
    (_tear, Kind.DAMAGED, True, "a file cut short is set aside and extracted again"),
    (_flip, Kind.DAMAGED, True, "a changed byte shows in the checksum of its page"),
    (_torn_mentions, Kind.DAMAGED, True, "mentions are extracted again, actors follow"),
    (_torn_actors, Kind.DAMAGED, True, "actors are counted from the mentions"),
    (_shift, Kind.WRONG_OFFSET, True, "an offset that points elsewhere"),
    (_reword, Kind.WRONG_OFFSET, True, "a content that is not what its spans say"),
    (_unlink_statements, Kind.BROKEN_REFERENCE, True, "events refer to a statement that is gone"),
    (_unknown_actor, Kind.BROKEN_REFERENCE, True, "an actor in a list that nobody mentions"),
    (_unknown_copy, Kind.BROKEN_REFERENCE, False, "which article it copies cannot be told from stored rows"),
    (_shuffle, Kind.UNSORTED, True, "rows out of order are sorted"),
    (_double, Kind.DOUBLED, True, "a doubled row is taken out"),
    (_double_run, Kind.DOUBLED, True, "also in the tables of the runs"),
    (_stray, Kind.STRAY, True, "what does not belong is moved out"),
    (_copy_day, Kind.DOUBLED, True, "a day that someone copied"),
    (_move_day, Kind.WRONG_DAY, True, "a day that someone renamed"),
    (_move_statements, Kind.BROKEN_REFERENCE, True, "statements apart from their articles"),
    (_stale_actors, Kind.STALE_ACTORS, True, "an actor is missing"),
    (_no_actors, Kind.STALE_ACTORS, True, "all actors are missing"),
    (_stale_index, Kind.STALE_ACTORS, True, "the index of a day is of another day"),
    (_staging, Kind.LEFTOVER, True, "what a dead run staged"),
]


@pytest.mark.parametrize(("damage", "kind", "whole", "reason"), CASES, ids=[c[0].__name__.strip("_") for c in CASES])
def test_damage_is_found_and_repaired_to_the_bytes_of_before(house, sound, damage, kind, whole, reason):
    damage(house)
    findings = check_warehouse(house)
    assert kind in {f.kind for f in findings}, reason
    for finding in findings:
        assert str(finding).startswith(finding.path)
        assert finding.advice
    repair = repaired(house)
    assert (repair.remaining == []) == whole, reason
    if whole:
        assert repair.done
        assert repair.to_backfill == []
        assert readable(tree(root(house))) == readable(tree(sound)), reason


def test_a_wrong_length_is_found_and_its_article_has_to_come_again(house, sound):
    _wrong_length(house)
    assert kinds(house)[Kind.WRONG_OFFSET] == "articles/day=2024-02-01/part-0.parquet"
    remaining = {f.kind for f in repaired(house).remaining}
    assert Kind.LOST_ARTICLE in remaining
    load(house, "r1", BASE)
    assert check_warehouse(house) == []
    assert readable(tree(root(house))) == readable(tree(sound))


def test_a_torn_file_of_articles_is_set_aside_and_the_records_to_deliver_are_named(house, sound):
    path = path_of(house, "articles")
    torn = path.read_bytes()[:-50]
    path.write_bytes(torn)
    repair = repaired(house)
    lost = next(f for f in repair.remaining if f.kind is Kind.LOST_ARTICLE)
    assert "2 in no partition" in lost.detail
    assert "in.jsonl, record 0" in lost.detail
    assert (root(house) / "_aside/001/articles/day=2024-02-01/part-0.parquet").read_bytes() == torn
    load(house, "r1", BASE)
    assert check_warehouse(house) == []
    assert readable(tree(root(house))) == readable(tree(sound))


def test_without_an_extractor_the_days_to_backfill_are_told(house):
    _tear(house)
    repair = repaired(house, again=False)
    assert repair.to_backfill == [D1]
    assert house.read(STATEMENTS, [D2]).num_rows == 1


def test_what_a_repair_takes_out_is_kept_aside(house):
    before = path_of(house, "statements").read_bytes()
    _double(house)
    doubled = path_of(house, "statements").read_bytes()
    repaired(house)
    assert path_of(house, "statements").read_bytes() == before
    assert (root(house) / "_aside/001/statements/day=2024-02-01/part-0.parquet").read_bytes() == doubled
    _double(house)
    repaired(house)
    assert (root(house) / "_aside/002/statements/day=2024-02-01/part-0.parquet").exists()


def test_a_file_of_a_later_schema_is_reported_and_left_alone(house):
    path = path_of(house, "dates")
    pq.write_table(pq.read_table(path).replace_schema_metadata({"schema_version": "99"}), path)
    data = path.read_bytes()
    assert kinds(house) == {Kind.TOO_NEW: "dates/day=2024-02-01/part-0.parquet"}
    assert {f.kind for f in repaired(house).remaining} == {Kind.TOO_NEW}
    assert path.read_bytes() == data


def test_a_column_of_another_type_is_reported(house):
    path = path_of(house, "dates")
    rows = pq.read_table(path)
    pq.write_table(rows.set_column(0, "date_id", pc.binary_length(rows["date_id"])), path)
    assert kinds(house) == {Kind.WRONG_SCHEMA: "dates/day=2024-02-01/part-0.parquet"}


def test_a_lost_partition_of_articles_is_found_through_the_books(house):
    for table in ARTICLE_TABLES:
        shutil.rmtree(root(house) / f"{table.name}/day=2024-02-02")
    found = kinds(house)
    assert found[Kind.LOST_ARTICLE] == "ledger/day=2024-03-09/part-0.parquet"


def test_an_open_publication_is_reported_and_finished_by_a_repair(house):
    class AtCommit(Killer):
        def __call__(self, action: str, path: str) -> None:
            if action == "sync folder" and path == "_journal":
                raise Crash

    with pytest.raises(Crash):
        load(Warehouse("", storage=LocalStorage(str(root(house)), AtCommit(0))), "r2", [Story("new", D3)])
    leftovers = {f.path for f in check_warehouse(house) if f.kind is Kind.LEFTOVER}
    assert leftovers == {"_journal/r2.json", "_staging/r2"}
    assert repaired(house).done == ["finished the publication of r2"]
    assert house.days("articles") == [D1, D2, D3, date(2024, 3, 1)]


def test_what_a_living_run_has_staged_is_not_reported(house):
    with house.lock():
        stage_stories(house, "r2", [Story("new", D1)])
        assert check_warehouse(house) == []
        house.publish(Publication("r2", RUN_DAY, run_rows("r2", [])))
