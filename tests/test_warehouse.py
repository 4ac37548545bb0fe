"""Staging, publishing, reading: what the layout and the contract promise."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import shutil
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from faults import readable, tree
from warehouse_rows import BASE, D1, D2, D3, FIRST_LOAD, RUN_DAY, Story, load, root, run_rows, stage_stories, tables_of

from pipeline.articles.publication import FIRST_YEAR
from pipeline.schema import SCHEMA_VERSION
from pipeline.tables import (
    ACTORS,
    ARTICLE_TABLES,
    ARTICLES,
    REJECTS,
    RUN_TABLES,
    STATEMENTS,
    TABLES,
)
from pipeline.vocabulary import RunStatus
from pipeline.warehouse import Publication, Warehouse, WarehouseBusy, WarehouseDamaged, WarehouseError, WarehouseTooNew
from pipeline.warehouse.actors import combine_actors, find_actors
from pipeline.warehouse.check import check_warehouse
from pipeline.warehouse.files import parquet_bytes, parse_parquet
from pipeline.warehouse.layout import EMPTY_DAY, parse_partition, partition
from pipeline.warehouse.repair import repair_warehouse
from pipeline.warehouse.storage import PATIENCE, LocalStorage

# Layout and files


def test_a_table_holds_one_file_a_day_and_nothing_else(house):
    found = {path: parse_partition(path) for path in readable(tree(root(house)))}
    assert None not in found.values()
    assert {t.name for t, _ in found.values() if t} == {t.name for t in TABLES}
    assert {d for t, d in found.values() if t is ARTICLES} == {EMPTY_DAY, D1, D2, FIRST_LOAD}
    assert sorted(p.name for p in root(house).iterdir() if p.name.startswith("_")) == [
        "_index",
        "_journal",
        "_lock",
        "_staging",
    ]
    assert not list((root(house) / "_journal").iterdir())
    assert not list((root(house) / "_staging").iterdir())


def test_a_file_has_the_columns_of_its_table_and_not_the_day(house):
    for path in readable(tree(root(house))):
        table, _ = parse_partition(path)
        assert pq.read_schema(root(house) / path).equals(table.arrow), path
        assert pq.read_schema(root(house) / path).metadata[b"schema_version"] == str(SCHEMA_VERSION).encode()


def test_the_same_rows_in_any_order_and_any_chunks_give_the_same_bytes():
    rows = tables_of(tuple(BASE))["statements"].drop_columns("day")
    shuffled = pa.concat_tables([rows.slice(3), rows.slice(0, 2), rows.slice(2, 1)])
    assert parquet_bytes(STATEMENTS, rows) == parquet_bytes(STATEMENTS, shuffled)
    assert b"r1" not in parquet_bytes(STATEMENTS, rows)[-4000:]


@pytest.mark.parametrize("window", [1, 5_000, 1 << 30])
@pytest.mark.parametrize("batch_size", [1, 2, 4])
def test_the_same_articles_in_other_batches_and_windows_give_the_same_bytes(
    tmp_path, monkeypatch, house, batch_size, window
):
    monkeypatch.setattr("pipeline.warehouse.staging.WINDOW", window)
    other = Warehouse(str(tmp_path / "other"))
    with other.lock():
        stage_stories(other, "r1", list(reversed(BASE)), batch_size)
        other.publish(Publication("r1", RUN_DAY, run_rows("r1", BASE), staged=other.staging("r1").files()))
    assert tree(root(other)) == tree(root(house))


def test_two_rows_of_one_key_are_refused_and_nothing_is_published(house):
    before = tree(root(house))
    rows = tables_of((Story("new", D1),))
    with house.lock():
        stage = house.staging("r2")
        for table in ARTICLE_TABLES:
            twice = [rows[table.name]] * (2 if table is STATEMENTS else 1)
            stage.write("b", table, pa.concat_tables(twice))
        stage.mark_done("b")
        publication = Publication("r2", RUN_DAY, run_rows("r2", []), staged=stage.files())
        with pytest.raises(WarehouseError, match="doubled keys"):
            house.publish(publication)
    assert readable(tree(root(house))) == readable(before)


# Readers


def test_duckdb_pandas_and_polars_read_the_folder_with_a_glob(house):
    glob = f"{root(house)}/statements/*/*.parquet"
    expected = house.read("statements")
    found = duckdb.sql(f"select * from read_parquet('{glob}', hive_partitioning=true) order by statement_id")
    assert found.columns == expected.column_names
    assert len(found.fetchall()) == len(expected) == 5
    assert str(found.types[found.columns.index("day")]) == "DATE"
    assert pd.read_parquet(root(house) / "statements").shape == (5, expected.num_columns)
    assert pl.scan_parquet(glob, hive_partitioning=True).collect().shape == (5, expected.num_columns)


def test_an_engine_finds_the_columns_of_a_table_that_has_no_rows(house):
    assert house.days("rejects") == []
    glob = f"{root(house)}/rejects/*/*.parquet"
    found = duckdb.execute("select * from read_parquet(?, hive_partitioning = true)", [glob])
    assert [c[0] for c in found.description] == house.read("rejects").column_names
    assert found.fetchall() == []


def test_no_article_can_be_of_the_day_whose_partition_is_empty():
    assert EMPTY_DAY.year < FIRST_YEAR


def test_rows_of_the_day_whose_partition_is_empty_are_refused_not_lost(tmp_path):
    house = Warehouse(str(tmp_path / "w"))
    with pytest.raises(WarehouseError, match="dated to the partition that holds none"):
        load(house, "r1", [Story("flood", EMPTY_DAY)])
    assert not list((tmp_path / "w").glob("*/day=*"))


def test_a_file_is_replaced_once_its_reader_has_closed_it(tmp_path):
    storage = LocalStorage(str(tmp_path))
    target = "statements/day=2024-02-01/part-0.parquet"
    storage.write(target, b"old")
    storage.write("_staging/new", b"new")
    with (tmp_path / target).open("rb") as reader:
        closed = threading.Timer(0.3, reader.close)
        closed.start()
        storage.replace("_staging/new", target)
        assert reader.closed
    assert tree(tmp_path) == {target: b"new"}
    assert storage.patience < PATIENCE


def test_a_reader_that_never_closes_a_file_does_not_stop_a_run(tmp_path):
    storage = LocalStorage(str(tmp_path), patience=0.1)
    target = "statements/day=2024-02-01/part-0.parquet"
    for n in (1, 2):
        storage.write(target, b"old")
        storage.write("_staging/new", b"new")
        with (tmp_path / target).open("rb") as reader:
            storage.replace("_staging/new", target)
            assert reader.read() == b"old", f"replacement {n}: the reader keeps what it opened"
        assert tree(tmp_path) == {target: b"new"}
    assert storage.patience <= 0


@pytest.mark.parametrize("kind", ["rows", "damage"])
def test_an_empty_partition_that_is_not_as_it_should_be_is_found_and_mended(house, kind):
    path = root(house) / partition(STATEMENTS, EMPTY_DAY)
    whole = path.read_bytes()
    path.write_bytes(whole[:40] if kind == "damage" else (root(house) / partition(STATEMENTS, D1)).read_bytes())
    assert {f.path for f in check_warehouse(house)} == {str(path.relative_to(root(house)))}
    with house.lock():
        assert repair_warehouse(house).remaining == []
    assert path.read_bytes() == whole


def test_read_selects_days_columns_and_rows(house):
    assert house.read("statements", days=[D2])["day"].to_pylist() == [D2]
    assert house.read("statements", days=[date(1999, 1, 1)]).num_rows == 0
    found = house.read(STATEMENTS, columns=["speaker", "day"], filter=pc.field("speaker") == "Bo Ray")
    assert found.to_pylist() == [{"speaker": "Bo Ray", "day": D1}]
    assert house.read("rejects").column_names == [*REJECTS.arrow.names, "day"]
    assert house.read("actors").column_names == ACTORS.arrow.names
    with pytest.raises(WarehouseError, match="no column no_such_column"):
        house.read("statements", columns=["no_such_column"])


def test_a_warehouse_that_is_not_there_reads_as_empty(tmp_path):
    house = Warehouse(str(tmp_path / "none"))
    for table in TABLES:
        assert house.read(table).num_rows == 0
    assert house.known_articles().num_rows == 0
    assert not (tmp_path / "none").exists()


def test_known_articles_are_what_normalization_asks_for(house):
    known = house.known_articles()
    assert set(known["article_id"].to_pylist()) == {s.article_id for s in BASE}
    assert {"record_hash", "content_hash", "published_at", "published_date", "duplicate_of", "raw_uri"} <= set(
        known.column_names
    )
    assert "text" not in known.column_names


# Publishing


def test_a_correction_replaces_the_rows_in_every_table(house):
    load(house, "r2", [Story("dam", D1, ("Cy Fox",), words="The dam leaks")])
    statements = house.read("statements", days=[D1])
    assert sorted(statements["speaker"].to_pylist()) == ["Ada Poe", "Cy Fox"]
    assert house.read("mentions", filter=pc.field("text") == "Bo Ray").num_rows == 0
    assert "Bo Ray" not in house.read("actors")["name"].to_pylist()


def test_an_article_that_moves_to_another_day_leaves_its_old_partition(house):
    load(house, "r2", [Story("flood", D3)])
    assert house.days("articles") == house.days("mentions") == [D1, D3, FIRST_LOAD]
    assert not (root(house) / "articles/day=2024-02-02").exists()


def test_an_article_that_comes_again_is_moved_even_if_the_caller_does_not_say_so(house):
    with house.lock():
        stage_stories(house, "r2", [Story("flood", D3)])
        house.publish(Publication("r2", RUN_DAY, run_rows("r2", []), staged=house.staging("r2").files()))
    assert house.days("articles") == [D1, D3, FIRST_LOAD]
    assert house.read("articles").num_rows == len(BASE)


def test_news_of_last_month_goes_to_the_partition_of_last_month(house):
    changed = load(house, "r2", [Story("late", D1)])
    assert [c for c in changed if c.startswith("articles")] == ["articles/day=2024-02-01"]
    assert house.read("articles", days=[D1]).num_rows == 3


def test_the_same_articles_again_rewrite_no_article_partition(house):
    stat = {p: p.stat() for p in root(house).rglob("*.parquet")}
    changed = load(house, "r2", BASE)
    assert changed == ["ledger/day=2024-03-09", "checks/day=2024-03-09", "runs/day=2024-03-09"]
    for path, old in stat.items():
        if path.parts[-3] not in ("ledger", "checks", "runs"):
            assert (path.stat().st_ino, path.stat().st_mtime_ns) == (old.st_ino, old.st_mtime_ns)


def test_the_same_run_published_twice_counts_once(house):
    before = tree(root(house))
    load(house, "r1", BASE)
    assert tree(root(house)) == before
    load(house, "r2", [])
    assert house.read("runs")["run_id"].to_pylist() == ["r1", "r2"]


def test_a_refused_run_writes_its_run_rows_alone(house):
    before = readable(tree(root(house)))
    with house.lock():
        stage_stories(house, "r2", [Story("new", D1)])
        rows = run_rows("r2", [], RunStatus.REFUSED)
        changed = house.publish(Publication("r2", RUN_DAY, {n: rows[n] for n in ("checks", "runs")}))
    assert changed == ["checks/day=2024-03-09", "runs/day=2024-03-09"]
    after = readable(tree(root(house)))
    assert {p for p in after if after[p] != before.get(p)} == {f"{c}/part-0.parquet" for c in changed}
    assert not list((root(house) / "_staging").iterdir())


def test_rows_that_the_audit_took_out_are_not_published(house):
    story = Story("new", D3, ("Ada Poe", "Bo Ray"))
    keys = tables_of((story,))["statements"]["statement_id"].to_pylist()
    load(house, "r2", [story], drop={"statements": {keys[0]}})
    assert house.read("statements", days=[D3])["statement_id"].to_pylist() == [keys[1]]


def test_an_article_that_the_audit_took_out_keeps_its_stored_version(house):
    before = readable(tree(root(house)))
    bad = Story("bridge", D1, words="The bridge fell")
    load(house, "r2", [bad, Story("new", D3)], drop={"articles": {bad.article_id}})
    after = readable(tree(root(house)))
    for table in ARTICLE_TABLES:
        path = f"{table.name}/day=2024-02-01/part-0.parquet"
        assert after[path] == before[path]
    assert house.read("articles", days=[D3]).num_rows == 1


def test_an_amendment_changes_duplicate_of_and_nothing_else(house):
    before = house.read("articles").to_pylist()
    load(house, "r2", [], amendments={BASE[1].article_id: BASE[0].article_id})
    expected = [
        {**r, "duplicate_of": BASE[0].article_id} if r["article_id"] == BASE[1].article_id else r for r in before
    ]
    assert house.read("articles").to_pylist() == expected


def test_run_rows_can_be_made_from_the_days_that_change(house):
    seen = []
    with house.lock():
        stage_stories(house, "r2", [Story("flood", D3)])

        def rows(days):
            seen.append(days)
            return run_rows("r2", [])

        house.publish(Publication("r2", RUN_DAY, rows, staged=house.staging("r2").files()))
    assert seen == [[D2, D3]]


def test_rows_of_an_article_that_is_not_staged_are_refused(house):
    before = readable(tree(root(house)))
    with house.lock():
        stage = house.staging("r2")
        rows = tables_of((Story("new", D1),))
        for table in ARTICLE_TABLES:
            stage.write("b", table, rows[table.name] if table is not ARTICLES else rows[table.name].slice(0, 0))
        stage.mark_done("b")
        publication = Publication("r2", RUN_DAY, run_rows("r2", []), staged=stage.files())
        with pytest.raises(WarehouseError, match="the article itself is not"):
            house.publish(publication)
    assert readable(tree(root(house))) == before


def test_an_article_staged_in_two_batches_is_refused(house):
    with house.lock():
        stage_stories(house, "r2", [Story("new", D1), Story("new", D2)], batch_size=1)
        publication = Publication("r2", RUN_DAY, run_rows("r2", []), staged=house.staging("r2").files())
        with pytest.raises(WarehouseError, match="staged twice"):
            house.publish(publication)


# Actors


def test_actors_are_counted_over_all_days(house):
    rows = {r["name"]: r for r in house.read("actors").to_pylist()}
    assert (rows["Ada Poe"]["n_articles"], rows["Ada Poe"]["first_seen"], rows["Ada Poe"]["last_seen"]) == (
        4,
        D1,
        FIRST_LOAD,
    )
    assert rows["Bo Ray"]["n_articles"] == 1
    assert rows["Mayor Lee"]["role"] == "mayor"


def test_the_index_of_the_actors_is_rebuilt_where_it_is_missing_or_does_not_fit(house):
    load(house, "r2", [Story("new", D3)])
    clean = tree(root(house))
    for path in (root(house) / "_index/actors").glob("*/part-0.parquet"):
        path.unlink()
    load(house, "r3", [Story("new", D3, words="It rained")])
    load(house, "r3", [Story("new", D3)])
    counted = combine_actors(find_actors(house.read("mentions", [d]), d) for d in house.days("mentions"))
    assert house.read("actors").to_pylist() == counted.to_pylist()
    after = tree(root(house))
    assert {p: d for p, d in after.items() if p.startswith(("_index", "actors"))} == {
        p: d for p, d in clean.items() if p.startswith(("_index", "actors"))
    }


def test_the_fullest_and_then_the_most_frequent_description_of_an_actor_counts():
    rows = tables_of((Story("a", D1), Story("b", D1), Story("c", D1)))["mentions"].drop_columns("day")
    lee = pc.equal(rows["actor_name"], "Mayor Lee")
    roles = pa.array(["mayor", "senator", "senator"])
    mayors = rows.filter(lee)
    described = mayors.set_column(mayors.schema.get_field_index("role"), mayors.schema.field("role"), roles)
    plain = mayors.set_column(
        mayors.schema.get_field_index("role"), mayors.schema.field("role"), pa.nulls(3, pa.string())
    )
    (actor,) = find_actors(pa.concat_tables([described, plain, plain]), D1).to_pylist()
    assert (actor["role"], actor["n_articles"]) == ("senator", 3)


# Staging


def test_a_stage_is_sent_to_a_worker_and_tells_what_is_done(house):
    stage = pickle.loads(pickle.dumps(house.staging("r2")))
    rows = tables_of((Story("new", D1),))
    stage.write_input("b1", rows["articles"])
    assert stage.read_input("b1").equals(rows["articles"])
    stage.write("b1", ARTICLES, rows["articles"])
    assert not stage.is_done("b1")
    assert stage.read(ARTICLES).num_rows == 0
    stage.mark_done("b1")
    assert stage.is_done("b1")
    assert stage.read(ARTICLES, ["article_id", "day"]).to_pylist() == [
        {"article_id": Story("new", D1).article_id, "day": D1}
    ]
    assert stage.files()["articles"] == ["_staging/r2/b1/articles.parquet"]


def test_a_batch_leaves_articles_that_are_taken_out_of_it(house):
    stories = [Story("new", D1), Story("other", D2)]
    stage_stories(house, "r2", stories)
    stage = house.staging("r2")
    stage.discard("b0000", {stories[0].article_id})
    for table in ARTICLE_TABLES:
        assert set(stage.read(table)["article_id"].to_pylist()) == {stories[1].article_id}


@pytest.mark.parametrize("name", ["../../etc", "a/b", "", ".", "..", "_publish", "x" * 300, "a\x00b"])
def test_a_name_that_leads_out_of_the_staging_folder_is_refused(house, name):
    with pytest.raises(ValueError, match="cannot name a folder"):
        house.staging("r2").is_done(name)
    with pytest.raises(ValueError, match="cannot name a folder"):
        house.staging(name).files()


def test_staged_rows_are_checked_when_they_are_written(house):
    rows = tables_of((Story("new", D1),))["articles"]
    stage = house.staging("r2")
    with pytest.raises(ValueError, match="no column text"):
        stage.write("b", ARTICLES, rows.drop_columns("text"))
    with pytest.raises(ValueError, match="without a day"):
        stage.write("b", ARTICLES, rows.set_column(rows.num_columns - 1, "day", pa.nulls(1, pa.date32())))
    index = rows.schema.get_field_index("text")
    with pytest.raises(ValueError, match=r"articles\.text is null"):
        stage.write("b", ARTICLES, rows.set_column(index, "text", pa.nulls(1, pa.string())))


def test_recovery_clears_what_dead_runs_staged_but_for_the_run_that_goes_on(house):
    for run_id in ("r2", "r3"):
        stage_stories(house, run_id, [Story("new", D1)])
    with house.lock():
        assert house.recover(keep="r3").dropped == ("r2",)
        assert house.staging("r3").is_done("b0000")
        assert house.recover().dropped == ("r3",)


# One writer


def test_a_warehouse_is_not_written_without_its_lock(house):
    with pytest.raises(WarehouseError, match="without the lock"):
        house.publish(Publication("r2", RUN_DAY, {}))
    with pytest.raises(WarehouseError, match="without the lock"):
        house.recover()


def test_a_second_writer_is_told_who_holds_the_lock(house):
    other = Warehouse(house.storage.root)
    with house.lock(), pytest.raises(WarehouseBusy, match=f"process {os.getpid()} on") as caught, other.lock(wait=0.2):
        pass
    assert "Wait until it has ended" in str(caught.value)
    with other.lock():
        pass


HOLDER = """
import sys, time
sys.path.insert(0, {path!r})
from pipeline.warehouse import Warehouse
with Warehouse({root!r}).lock():
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_lock_left_by_a_dead_process_is_free(house):
    code = HOLDER.format(path=str(Path(__file__).parent.parent), root=house.storage.root)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(WarehouseBusy, match=f"process {process.pid}"), house.lock():
            pass
        process.kill()
        process.wait()
        with house.lock():
            pass


def _linger(event) -> None:
    event.wait(30)


def test_a_forked_worker_does_not_keep_the_lock_of_its_parent(house):
    fork = multiprocessing.get_context("fork")
    event = fork.Event()
    with house.lock():
        worker = fork.Process(target=_linger, args=(event,))
        worker.start()
    try:
        with Warehouse(house.storage.root).lock(wait=10):
            pass
    finally:
        event.set()
        worker.join()


# What stands in the way


def test_a_root_that_is_a_file_is_told(tmp_path):
    (tmp_path / "w").write_text("no folder")
    with pytest.raises(WarehouseError, match="a file stands where a folder belongs"):
        load(Warehouse(str(tmp_path / "w")), "r1", BASE)


def test_a_folder_in_the_place_of_a_partition_is_told_before_anything_is_published(house):
    path = root(house) / "statements/day=2024-02-03/part-0.parquet"
    path.mkdir(parents=True)
    before = readable(tree(root(house)))
    with pytest.raises(WarehouseError, match=r"day=2024-02-03/part-0\.parquet: a folder stands where a file belongs"):
        load(house, "r2", [Story("new", D3)])
    assert readable(tree(root(house))) == before
    path.rmdir()
    load(house, "r2", [Story("new", D3)])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; the injected error stands for it elsewhere")
def test_a_folder_without_permission_is_told_before_anything_is_published(house):
    folder = root(house) / "statements"
    folder.chmod(0o500)
    try:
        with pytest.raises(WarehouseError, match="no permission"):
            load(house, "r2", [Story("new", D3)])
    finally:
        folder.chmod(0o700)


def test_a_file_of_a_later_schema_is_told_by_readers_and_writers(house):
    path = root(house) / "statements/day=2024-02-01/part-0.parquet"
    rows = pq.read_table(path)
    pq.write_table(rows.replace_schema_metadata({"schema_version": str(SCHEMA_VERSION + 1)}), path)
    before = readable(tree(root(house)))
    with pytest.raises(WarehouseTooNew, match=r"day=2024-02-01/part-0\.parquet.*Install a newer newsledger"):
        house.read("statements")
    with pytest.raises(WarehouseTooNew, match=r"day=2024-02-01/part-0\.parquet"):
        house.count("statements")
    with pytest.raises(WarehouseTooNew):
        load(house, "r2", [Story("late", D1)])
    assert readable(tree(root(house))) == before


@pytest.mark.parametrize("keep", [0, 3, 100, -1, -300], ids=["empty", "3 bytes", "100 bytes", "less 1", "less 300"])
def test_a_torn_file_is_told_by_readers_and_writers(house, keep):
    path = root(house) / "statements/day=2024-02-01/part-0.parquet"
    path.write_bytes(path.read_bytes()[:keep])
    before = readable(tree(root(house)))
    with pytest.raises(WarehouseDamaged, match=r"day=2024-02-01/part-0\.parquet.*check --repair"):
        house.read("statements")
    with pytest.raises(WarehouseDamaged, match=r"day=2024-02-01/part-0\.parquet.*check --repair"):
        house.count("statements")
    with pytest.raises(WarehouseDamaged, match=r"day=2024-02-01/part-0\.parquet"):
        load(house, "r2", [Story("late", D1)])
    assert readable(tree(root(house))) == before
    assert house.read("statements", days=[D2]).num_rows == 1


def test_a_flipped_byte_before_the_footer_changes_no_row_unnoticed(house):
    data = (root(house) / "articles/day=2024-02-01/part-0.parquet").read_bytes()
    rows = parse_parquet(ARTICLES, data, "file")
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    found = []
    for at in range(4, footer, 3):
        flipped = bytearray(data)
        flipped[at] ^= 0xFF
        try:
            assert parse_parquet(ARTICLES, bytes(flipped), "file").equals(rows), at
        except WarehouseDamaged:
            found.append(at)
    assert len(found) > 100


# Schema evolution


def rewrite(path: Path, rows: pa.Table) -> None:
    pq.write_table(rows.replace_schema_metadata({"schema_version": "1"}), path)


def test_a_column_added_later_is_null_in_older_files_and_in_their_next_version(house):
    path = root(house) / "statements/day=2024-02-01/part-0.parquet"
    rewrite(path, pq.read_table(path).drop_columns("medium"))
    assert house.read("statements", days=[D1])["medium"].null_count == 3
    assert house.read("statements", columns=["medium", "day"]).num_rows == 5
    load(house, "r2", [Story("late", D1)])
    assert pq.read_schema(path).equals(STATEMENTS.arrow)
    assert house.read("statements", days=[D1])["medium"].null_count == 4


def test_a_column_added_later_that_may_not_be_null_asks_for_a_backfill(house):
    path = root(house) / "statements/day=2024-02-01/part-0.parquet"
    rewrite(path, pq.read_table(path).drop_columns("sentence"))
    assert house.read("statements", days=[D1])["sentence"].null_count == 3
    with pytest.raises(WarehouseError, match=r"older schema.*newsledger backfill"):
        load(house, "r2", [Story("late", D1)])
    load(house, "r2", BASE[:2])
    assert house.read("statements", days=[D1])["sentence"].null_count == 0


def test_a_column_that_was_narrower_reads_in_the_type_of_today(house):
    path = root(house) / "articles/day=2024-02-01/part-0.parquet"
    rows = pq.read_table(path)
    index = rows.schema.get_field_index("raw_index")
    rewrite(path, rows.set_column(index, "raw_index", rows["raw_index"].cast(pa.int32())))
    assert house.read("articles").schema.field("raw_index").type == pa.int64()


@pytest.mark.parametrize(("version", "n_groups"), [(1, 0), (2, 2)])
def test_the_golden_warehouse_of_each_schema_version_stays_readable_and_takes_new_articles(tmp_path, version, n_groups):
    golden = Path(__file__).parent / f"golden/warehouse-v{version}"
    place = Warehouse(str(shutil.copytree(golden, tmp_path / "w")))
    counts = {t.name: place.read(t).num_rows for t in TABLES}
    assert counts == {
        "articles": 2,
        "statements": 3,
        "events": 3,
        "dates": 3,
        "mentions": 6,
        "actors": 3,
        "event_groups": n_groups,
        "ledger": 2,
        "rejects": 0,
        "checks": 1,
        "runs": 1,
    }
    for table in TABLES:
        assert place.read(table).column_names[: len(table.arrow)] == table.arrow.names
    assert place.read("articles", columns=["text"])["text"].to_pylist()[0].startswith("“The bridge is safe,”")
    assert check_warehouse(place) == []
    load(place, "r2", BASE)
    assert place.read("articles").num_rows == 4
    assert check_warehouse(place) == []


def test_every_schema_version_has_its_golden_warehouse():
    names = {p.name for p in (Path(__file__).parent / "golden").glob("warehouse-v*")}
    assert names == {f"warehouse-v{version}" for version in range(1, SCHEMA_VERSION + 1)}


def test_settled_rejects_are_taken_out_of_their_day(house):
    from warehouse_rows import fill

    from pipeline.schema import build
    from pipeline.tables import REJECTS
    from pipeline.vocabulary import Reason, Stage

    rejects = [
        fill(REJECTS, reject_id=f"x{i}", run_id="r2", stage=Stage.LOAD, reason=Reason.NO_TEXT, detail="", raw_uri="in")
        for i in range(3)
    ]
    with house.lock():
        house.publish(Publication("r2", RUN_DAY, {"rejects": build(REJECTS, rejects, "test")}))
        house.publish(Publication("r3", date(2024, 3, 10), run_rows("r3", []), settled={RUN_DAY: {"x0", "x2"}}))
    assert house.read("rejects")["reject_id"].to_pylist() == ["x1"]
    with house.lock():
        house.publish(Publication("r4", date(2024, 3, 10), run_rows("r4", []), settled={RUN_DAY: {"x1"}}))
    assert house.days("rejects") == []
    assert {t.name for t in RUN_TABLES if house.days(t)} == {"ledger", "checks", "runs"}


def test_the_journal_names_every_operation_with_its_hash(house):
    from faults import Crash, Killer

    from pipeline.warehouse.storage import LocalStorage

    class AtCommit(Killer):
        def __call__(self, action: str, path: str) -> None:
            if action == "sync folder" and path == "_journal":
                raise Crash

    other = Warehouse("", storage=LocalStorage(house.storage.root, AtCommit(0)))
    with pytest.raises(Crash):
        load(other, "r2", [Story("flood", D3)])
    journal = json.loads((root(house) / "_journal/r2.json").read_text())
    assert journal["run_id"] == "r2"
    assert {tuple(sorted(o)) for o in journal["operations"]} == {("rows", "sha256", "source", "target"), ("target",)}
