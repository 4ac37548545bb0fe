"""Which events are one, how many independent outlets tell it, and that the table follows the articles."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from faults import readable, tree
from hypothesis import given
from hypothesis import strategies as st
from test_events import events_of
from warehouse_rows import RUN_DAY, Story, fill, load, root, run_rows, tables_of

from pipeline.duplicates import find_words
from pipeline.events.group import find_group, with_group
from pipeline.tables import EVENT_GROUPS, EVENTS, Event
from pipeline.vocabulary import PloverType
from pipeline.warehouse import Publication, Warehouse, WarehouseDamaged, WarehouseTooNew
from pipeline.warehouse.check import check_warehouse
from pipeline.warehouse.findings import Kind
from pipeline.warehouse.groups import LEAST_WORDS, TOLD, find_outlets, find_tellings, regroup, split_days
from pipeline.warehouse.repair import repair_warehouse

D1, D2, D3 = date(2024, 2, 1), date(2024, 2, 2), date(2024, 2, 3)

# Which events are one

ATTACK: Event = fill(
    EVENTS,
    event_id="e",
    article_id="a",
    cameo_code="190",
    actor_ids=["x", "y"],
    actor_codes=["FRDMIL"],
    recipient_ids=["z"],
    event_from=D1,
    event_to=D1,
    event_edtf="2024-02-01",
    place="Marina",
    place_id="123",
    country="FRD",
)

SAME = [
    ({"article_id": "b", "event_id": "f"}, "another article"),
    ({"cameo_code": "193"}, "another code of the root"),
    ({"actor_ids": ["y", "x"]}, "the same actors in another order"),
    ({"actor_codes": ["FRDGOV"], "recipient_codes": ["SYL"]}, "codes change with the office; the ids do not"),
    ({"place": "the port of Marina"}, "other words for the same place"),
    ({"country": None}, "a place is known by its id alone"),
    ({"trigger": "shelled", "sentence": "They shelled it."}, "other words"),
    ({"is_historical": True}, "told long after: it is the same fact"),
    ({"reported_by_statement_id": "s"}, "told by somebody"),
]

OTHER = [
    ({"cameo_code": "173"}, "another root"),
    ({"actor_ids": ["x"]}, "one actor fewer"),
    ({"actor_ids": [], "actor_codes": []}, "an actor that is not known"),
    ({"recipient_ids": ["w"]}, "another recipient"),
    ({"actor_ids": ["z"], "recipient_ids": ["x", "y"]}, "the other way round"),
    ({"is_mutual": True}, "both do it to each other"),
    ({"event_from": D2, "event_to": D2, "event_edtf": "2024-02-02"}, "another day"),
    ({"place_id": "124"}, "another place"),
    ({"place_id": None}, "only the country is known"),
    ({"place_id": None, "country": None}, "only the words are known"),
    ({"place_id": None, "country": None, "place": None}, "no place is told"),
]

NONE = [
    ({"is_negated": True}, "it did not happen"),
    ({"is_future": True}, "it has not happened yet"),
    ({"is_hypothetical": True}, "it may not happen"),
    ({"event_from": None, "event_to": None, "event_edtf": None}, "no day"),
    ({"event_from": None, "event_edtf": "../2024-02-01"}, "some day until then"),
    ({"event_to": D2, "event_edtf": "2024-02-01/2024-02-02"}, "one of two days"),
    ({"event_edtf": "2024-02-01~"}, "about that day"),
    ({"event_edtf": "2024-02-01?"}, "perhaps that day"),
    ({"actor_ids": [], "recipient_ids": []}, "nobody is known by id"),
    ({"actor_ids": [], "recipient_ids": [], "recipient_codes": ["FRDCVL"]}, "a code is shared by many"),
]


@pytest.mark.parametrize(("change", "reason"), SAME, ids=[r for _, r in SAME])
def test_the_same_event_has_the_same_group(change: dict[str, Any], reason: str) -> None:
    assert find_group(replace(ATTACK, **change)) == find_group(ATTACK), reason


@pytest.mark.parametrize(("change", "reason"), OTHER, ids=[r for _, r in OTHER])
def test_another_event_has_another_group(change: dict[str, Any], reason: str) -> None:
    assert find_group(replace(ATTACK, **change)) not in (None, find_group(ATTACK)), reason


@pytest.mark.parametrize(("change", "reason"), NONE, ids=[r for _, r in NONE])
def test_an_event_that_cannot_be_known_again_has_no_group(change: dict[str, Any], reason: str) -> None:
    assert find_group(replace(ATTACK, **change)) is None, reason


def test_it_does_not_matter_which_side_of_an_act_of_both_is_named_first() -> None:
    one = replace(ATTACK, is_mutual=True, actor_ids=["x"], recipient_ids=["z"])
    assert find_group(one) == find_group(replace(one, actor_ids=["z"], recipient_ids=["x"]))


def test_a_side_without_ids_is_known_by_its_codes() -> None:
    police = replace(ATTACK, actor_ids=[], actor_codes=["FRDCOP"])
    assert find_group(police) == find_group(replace(police, actor="officers"))
    assert find_group(police) != find_group(replace(police, actor_codes=["FRDMIL"]))
    assert find_group(police) != find_group(replace(ATTACK, actor_ids=["FRDCOP"]))


def test_places_known_by_words_alone_are_told_apart_by_them() -> None:
    there = replace(ATTACK, place_id=None, country=None, place="Upper Marina")
    assert find_group(there) == find_group(replace(there, place="upper  marina"))
    assert find_group(there) != find_group(replace(there, place="Lower Marina"))


EXPELLED = ("Togo expelled three Beninese diplomats on Friday.", date(2024, 2, 10))

RETOLD = [
    (
        "Benin's diplomats were expelled by Togo on February 9, 2024.",
        date(2024, 3, 1),
        True,
        "the passive, weeks later",
    ),
    ("Togo expelled a Beninese diplomat on Feb. 9.", date(2024, 2, 12), True, "other words, days later"),
    ("Togo expelled three Beninese diplomats on Thursday.", date(2024, 2, 10), False, "another day"),
    ("Togo expelled three Ghanaian diplomats on Friday.", date(2024, 2, 10), False, "another recipient"),
    ("Togo did not expel Beninese diplomats on Friday.", date(2024, 2, 10), False, "it did not happen"),
    ("Togo expelled three Beninese diplomats.", date(2024, 2, 10), False, "no day is told"),
]


@pytest.mark.parametrize(("text", "day", "expected", "reason"), RETOLD, ids=[r for *_, r in RETOLD])
def test_texts_that_tell_the_same_event_agree_on_its_group(text: str, day: date, expected: bool, reason: str) -> None:
    (first,), (other,) = events_of(*EXPELLED), events_of(text, day)
    assert first.event_group is not None
    assert (other.event_group == first.event_group) is expected, reason


# How many independent outlets


def telling(article: str, source: str | None, text: str, sentence: str | None = None) -> dict[str, Any]:
    return {"article_id": article, "source": source, "content_hash": text, "sentence_hash": sentence}


COUNTS = [
    ([("a", "Post", "t")], {"Post"}, 1, "one article"),
    ([("a", "Post", "t"), ("b", "Times", "u")], {"Post", "Times"}, 2, "two outlets with texts of their own"),
    ([("a", "Post", "t"), ("b", "Post", "u")], {"Post"}, 1, "one outlet twice"),
    ([("a", "Post", "t"), ("b", "POST ", "u")], {"Post"}, 1, "one outlet, written otherwise"),
    ([("a", "Wire", "t"), ("b", "Post", "t"), ("c", "Times", "t")], {"Wire"}, 1, "copies of one wire story"),
    ([("a", "Wire", "t"), ("b", "Post", "t"), ("c", "Post", "u")], {"Wire", "Post"}, 2, "a copy, and a report of its own"),
    ([("a", "Wire", "t"), ("b", "Post", "t"), ("c", "Wire", "u")], {"Wire"}, 1, "two stories of the wire"),
    ([("a", "Wire", "t", "s"), ("b", "Post", "u", "s")], {"Wire"}, 1, "a copy that was shortened: the same sentence"),
    (
        [("a", "Wire", "t", "s"), ("b", "Post", "u", "s"), ("c", "Times", "u", "r")],
        {"Wire"},
        1,
        "a copy of a copy",
    ),
    ([("a", "Wire", "t", None), ("b", "Post", "u", None)], {"Wire", "Post"}, 2, "sentences too short to tell a copy by"),
    ([("a", None, "t"), ("b", None, "u")], set(), 2, "articles without outlet stand for themselves"),
    ([("a", None, "t"), ("b", None, "t")], set(), 1, "but copies are copies"),
    ([("a", None, "t"), ("b", "Post", "t")], set(), 1, "a text counts for who published it first"),
    ([("a", "Post", "t"), ("a", "Post", "t")], {"Post"}, 1, "an article that tells it twice"),
    ([("a", " ", "t"), ("b", "", "u")], set(), 2, "a blank is no name"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "names", "n", "reason"), COUNTS, ids=[r for *_, r in COUNTS])
def test_independent_outlets_are_counted_once(told: Any, names: set[str], n: int, reason: str) -> None:
    outlets = find_outlets([telling(*t) for t in told])
    assert len(outlets) == n, reason
    assert {name for name in outlets.values() if name} == names, reason


letters = st.sampled_from("abcd")


@given(st.lists(st.tuples(letters, st.none() | letters, letters, st.none() | letters), min_size=1, max_size=8))
def test_there_are_never_more_outlets_than_texts_or_articles(told: list[Any]) -> None:
    n = len(find_outlets([telling(*t) for t in told]))
    assert 1 <= n <= len({t[0] for t in told})
    assert n <= len({t[2] for t in told})
    named = [t for t in told if t[1] is not None]
    if len(named) == len(told):
        assert n <= len({t[1] for t in told})


# The table


def groups(house: Warehouse, day: date = D1) -> list[dict[str, Any]]:
    return sorted(house.read("event_groups", [day]).to_pylist(), key=lambda r: r["n_events"])


def only(house: Warehouse, day: date = D1) -> dict[str, Any]:
    (row,) = groups(house, day)
    return row


def wire(name: str, source: str | None, day: date | None = D1, **more: Any) -> Story:
    """A story of its own; those of one `words` are copies."""
    return Story(name, day, **{"words": name, "source": source, "happened": D1, **more})


@pytest.fixture
def place(tmp_path: Path) -> Warehouse:
    return Warehouse(str(tmp_path / "w"))


def test_a_group_has_the_words_of_the_article_that_was_published_first(place: Warehouse) -> None:
    load(place, "r1", [wire("b", "Post", D2), wire("a", "Times", D3), wire("c", None, None)])
    row = only(place)
    assert row["event_date"] == row["day"] == D1
    assert (row["n_events"], row["n_articles"], row["n_sources"], row["n_reported"]) == (3, 3, 3, 3)
    assert (row["first_published"], row["last_published"]) == (D2, D3)
    assert row["sources"] == ["Post", "Times"]
    first = Story("b", D2)
    assert row["tellings"][0]["article_id"] == first.article_id
    assert row["tellings"][-1]["published_date"] is None
    assert row["article_ids"] == sorted(Story(n, D1).article_id for n in "abc")
    assert (row["trigger"], row["actor"], row["recipient"]) == ("told", "Ada Poe", "Mayor Lee")
    assert (row["cameo_root"], row["cameo_codes"], row["plover_type"]) == ("01", ["010"], PloverType.CONSULT)
    assert not row["is_mutual"]


def test_every_event_of_a_group_is_among_its_tellings(place: Warehouse) -> None:
    load(place, "r1", [wire("a", "Post", speakers=("Ada Poe", "Bo Ray")), wire("b", "Times", D2)])
    events = {e["event_id"]: e["event_group"] for e in place.read("events").to_pylist()}
    told = {
        t["event_id"]: row["event_group"] for row in place.read("event_groups").to_pylist() for t in row["tellings"]
    }
    assert told == events
    assert len(set(told.values())) == 2


def test_copies_of_a_wire_story_count_once(place: Warehouse) -> None:
    load(place, "r1", [wire(n, s, words="It fell") for n, s in (("a", "Wire"), ("b", "Post"), ("c", "Times"))])
    assert (only(place)["n_articles"], only(place)["n_sources"]) == (3, 1)
    load(place, "r2", [wire("d", "Star")])
    assert (only(place)["n_articles"], only(place)["n_sources"]) == (4, 2)


def test_a_copy_that_was_cut_short_counts_once(place: Warehouse) -> None:
    whole = wire("a", "Wire", words="It fell on the old road", speakers=("Ada Poe", "Bo Ray"))
    load(place, "r1", [whole, replace(whole, name="b", source="Post", speakers=("Ada Poe",))])
    told_by_both = groups(place)[-1]
    assert (told_by_both["n_articles"], told_by_both["n_sources"], told_by_both["sources"]) == (2, 1, ["Wire"])


def test_articles_of_one_outlet_count_once(place: Warehouse) -> None:
    load(place, "r1", [wire("a", "Post"), wire("b", "Post"), wire("c", "post")])
    assert (only(place)["n_articles"], only(place)["n_sources"]) == (3, 1)


def test_a_correction_takes_its_outlet_out(place: Warehouse) -> None:
    load(place, "r1", [wire("a", "Post"), wire("b", "Times")])
    load(place, "r2", [wire("b", "Times", speakers=("Bo Ray",))])
    by_actor = {row["actor"]: row for row in groups(place)}
    assert {name: row["sources"] for name, row in by_actor.items()} == {"Ada Poe": ["Post"], "Bo Ray": ["Times"]}


def test_a_correction_of_the_outlet_alone_is_counted(place: Warehouse) -> None:
    load(place, "r1", [wire("a", "Post"), wire("b", "Times")])
    load(place, "r2", [wire("b", "Post")])
    assert (only(place)["n_sources"], only(place)["sources"]) == (1, ["Post"])


def test_a_correction_that_takes_the_event_out_leaves_no_group(place: Warehouse) -> None:
    load(place, "r1", [wire("a", "Post")])
    load(place, "r2", [wire("a", "Post", happened=None, day=None)])
    assert place.days("event_groups") == []
    assert not (root(place) / "event_groups/day=2024-02-01").exists()


def test_an_article_that_moves_to_another_day_counts_once(place: Warehouse) -> None:
    load(place, "r1", [wire("a", "Post", D1), wire("b", "Times", D2)])
    load(place, "r2", [wire("a", "Post", D3)])
    row = only(place)
    assert (row["n_articles"], row["first_published"], row["last_published"]) == (2, D2, D3)


def test_an_event_that_moves_to_another_day_leaves_the_old_one(place: Warehouse) -> None:
    load(place, "r1", [wire("a", "Post"), wire("b", "Times")])
    load(place, "r2", [wire("a", "Post", happened=D2)])
    assert (only(place, D1)["sources"], only(place, D2)["sources"]) == (["Times"], ["Post"])


def test_two_groups_of_one_day_are_kept_apart(place: Warehouse) -> None:
    load(place, "r1", [wire("a", "Post"), wire("b", "Times", speakers=("Bo Ray", "Ada Poe"))])
    assert [(row["actor"], row["n_articles"]) for row in groups(place)] == [("Bo Ray", 1), ("Ada Poe", 2)]


def test_what_the_audit_took_out_is_not_counted(place: Warehouse) -> None:
    story = wire("b", "Times")
    (event,) = tables_of((story,))["events"]["event_id"].to_pylist()
    load(place, "r1", [wire("a", "Post"), story], drop={"events": {event}})
    assert only(place)["sources"] == ["Post"]
    load(place, "r2", [wire("a", "Star")], drop={"articles": {Story("a", D1).article_id}})
    assert only(place)["sources"] == ["Post"]


def test_an_article_that_is_taken_out_takes_its_telling_along(place: Warehouse) -> None:
    load(place, "r1", [wire("a", "Post"), wire("b", "Times", D2)])
    load(place, "r2", [])
    with place.lock():
        place.publish(Publication("r3", RUN_DAY, run_rows("r3", []), gone={Story("a", D1).article_id: {D1}}))
    assert only(place)["sources"] == ["Times"]


def test_a_run_touches_the_event_days_of_its_articles_alone(place: Warehouse) -> None:
    load(place, "r1", [wire(f"s{i}", "Post", happened=d) for i, d in enumerate((D1, D2, D3))])
    before = {d: (root(place) / f"event_groups/day={d}/part-0.parquet").stat().st_ino for d in (D1, D2, D3)}
    changed = load(place, "r2", [wire("new", "Times", D3, happened=D2)])
    assert [c for c in changed if c.startswith("event_groups")] == ["event_groups/day=2024-02-02"]
    after = {d: (root(place) / f"event_groups/day={d}/part-0.parquet").stat().st_ino for d in (D1, D2, D3)}
    assert {d for d in before if before[d] != after[d]} == {D2}


def test_publishing_reads_no_events_but_those_of_the_days_of_its_articles(place: Warehouse) -> None:
    load(place, "r1", [wire("a", "Post", D1), wire("b", "Times", D2)])
    victim = root(place) / "events/day=2024-02-01/part-0.parquet"
    data = victim.read_bytes()
    victim.write_bytes(b"not read")
    load(place, "r2", [wire("c", "Star", D3)])
    victim.write_bytes(data)
    assert only(place)["sources"] == ["Post", "Star", "Times"]
    assert check_warehouse(place) == []


stories = st.builds(
    wire,
    st.sampled_from("abcde"),
    st.sampled_from(["Post", "Times", None]),
    st.sampled_from([D1, D2, None]),
    words=st.sampled_from(["It fell", "It stands on the old road to the sea"]),
    speakers=st.sampled_from([("Ada Poe",), ("Bo Ray", "Ada Poe")]),
    happened=st.sampled_from([D1, D2]),
)
runs_of_stories = st.lists(st.lists(stories, max_size=5, unique_by=lambda s: s.name), max_size=6)


@given(runs_of_stories)
def test_groups_that_are_counted_run_by_run_are_those_counted_at_once(runs: list[list[Story]]) -> None:
    """The rule that the warehouse follows, without its files."""
    by_day: dict[date, pa.Table] = {}
    final: dict[str, Story] = {}
    for run in runs:
        for story in run:
            before = final.get(story.name)
            for day in {s.happened for s in (before, story) if s is not None and s.happened}:
                kept = by_day.get(day, EVENT_GROUPS.arrow.empty_table())
                told = dict(split_days(_told([story]))).get(day, TOLD.empty_table())
                by_day[day] = regroup(kept, {story.article_id}, told)
            final[story.name] = story
    empty = EVENT_GROUPS.arrow.empty_table()
    at_once = {day: regroup(empty, (), told) for day, told in split_days(_told(list(final.values())))}
    assert {d: _by_id(t) for d, t in by_day.items() if len(t)} == {d: _by_id(t) for d, t in at_once.items()}


def _told(of: list[Story]) -> pa.Table:
    rows = tables_of(tuple(of))
    return find_tellings(rows["events"], rows["articles"])


def _by_id(rows: pa.Table) -> list[dict[str, Any]]:
    return rows.sort_by("event_group").to_pylist()


def test_the_words_of_a_group_come_with_the_versions_that_made_them() -> None:
    """Groups of rows of several versions are the same in whatever order these came."""
    told = _told([wire("a", "Post", D1), wire("b", "Times", D2)])
    older = told.set_column(
        told.schema.get_field_index("code_version"), told.schema.field("code_version"), pa.array(["0.1", "0.2"])
    )
    (row,) = regroup(EVENT_GROUPS.arrow.empty_table(), (), older).to_pylist()
    assert row["code_version"] == "0.1"
    first_gone = regroup(
        regroup(EVENT_GROUPS.arrow.empty_table(), (), older), {Story("a", D1).article_id}, TOLD.empty_table()
    )
    assert first_gone["code_version"].to_pylist() == ["0.2"]


def test_an_act_of_both_sides_lists_both_as_actors_whichever_comes_first() -> None:
    rows = tables_of((wire("a", "Post"), wire("b", "Times")))
    (ada, lee), *_ = zip(*(rows["events"][c].to_pylist() for c in ("actor_id", "recipient_id")), strict=True)
    sides = {"actor_ids": [[ada], [lee]], "recipient_ids": [[lee], [ada]], "is_mutual": [True, True]}
    events = rows["events"]
    for name, values in sides.items():
        at = events.schema.get_field_index(name)
        events = events.set_column(at, events.schema.field(at), pa.array(values, events.schema.field(at).type))
    (row,) = regroup(EVENT_GROUPS.arrow.empty_table(), (), find_tellings(events, rows["articles"])).to_pylist()
    assert (row["actor_ids"], row["recipient_ids"], row["n_sources"]) == (sorted([ada, lee]), [], 2)


def test_an_instant_decides_between_articles_of_one_day() -> None:
    told = _told([wire("a", "Post"), wire("b", "Times")])
    at = told.schema.get_field_index("published_at")
    late, early = datetime(2024, 2, 1, 22, tzinfo=UTC), datetime(2024, 2, 1, 6, tzinfo=UTC)
    told = told.set_column(at, told.schema.field(at), pa.array([late, early], told.schema.field(at).type))
    (row,) = regroup(EVENT_GROUPS.arrow.empty_table(), (), told).to_pylist()
    assert [t["source"] for t in row["tellings"]] == ["Times", "Post"]


def test_a_short_sentence_tells_no_copy() -> None:
    told = _told([wire("a", "Post", words="It fell"), wire("b", "Post", words="It stands on the old road to the sea")])
    sentences = tables_of((wire("a", "Post", words="It fell"),))["events"]["sentence"].to_pylist()
    assert len(find_words(sentences[0])) >= LEAST_WORDS
    events = tables_of((wire("a", "Post"),))["events"]
    at = events.schema.get_field_index("sentence")
    short = events.set_column(at, events.schema.field(at), pa.array(["They met on Monday."]))
    assert find_tellings(short, tables_of((wire("a", "Post"),))["articles"])["sentence_hash"].to_pylist() == [None]
    assert told["sentence_hash"].null_count == 0


# Check and repair


@pytest.fixture
def kept(tmp_path: Path) -> Warehouse:
    house = Warehouse(str(tmp_path / "kept"))
    load(house, "r1", [wire("a", "Post"), wire("b", "Times", D2), wire("c", "Star", happened=D2)])
    return house


def path_of(house: Warehouse, day: date = D1) -> Path:
    return root(house) / f"event_groups/day={day}/part-0.parquet"


def rewritten(change: Callable[[list[dict[str, Any]]], Any]) -> Callable[[Warehouse], None]:
    def damage(house: Warehouse) -> None:
        rows = pq.read_table(path_of(house)).to_pylist()
        change(rows)
        pq.write_table(pa.Table.from_pylist(rows, EVENT_GROUPS.arrow), path_of(house))

    return damage


def lose(house: Warehouse) -> None:
    shutil.rmtree(path_of(house).parent)


def add(house: Warehouse) -> None:
    shutil.copytree(path_of(house, D2).parent, path_of(house, D3).parent)


def tear(house: Warehouse) -> None:
    path_of(house).write_bytes(path_of(house).read_bytes()[:-50])


def drop_column(house: Warehouse) -> None:
    pq.write_table(pq.read_table(path_of(house)).drop_columns("n_sources"), path_of(house))


def empty_all(house: Warehouse) -> None:
    shutil.rmtree(root(house) / "event_groups")


DAMAGES = [
    (rewritten(lambda rows: rows[0].update(n_sources=7)), Kind.STALE_GROUPS, "1 are wrong", "a wrong count"),
    (rewritten(lambda rows: rows[0]["tellings"].pop()), Kind.STALE_GROUPS, "1 are wrong", "a telling is missing"),
    (rewritten(lambda rows: rows.clear()), Kind.STALE_GROUPS, "1 are missing", "a group is missing"),
    (
        rewritten(lambda rows: rows.append({**rows[0], "event_group": "0" * 20})),
        Kind.STALE_GROUPS,
        "1 are superfluous, such as 00000000000000000000",
        "a group that no event tells",
    ),
    (rewritten(lambda rows: rows.append(rows[0])), Kind.DOUBLED, "more than one row", "a doubled group"),
    (lose, Kind.STALE_GROUPS, "1 are missing", "a day is missing"),
    (add, Kind.STALE_GROUPS, "1 are superfluous", "a day that someone copied"),
    (tear, Kind.DAMAGED, "no whole Parquet file", "a file cut short"),
    (drop_column, Kind.WRONG_SCHEMA, "n_sources", "a column is missing"),
    (empty_all, Kind.STALE_GROUPS, "1 are missing", "the whole table is missing"),
]


@pytest.mark.parametrize(("damage", "kind", "words", "reason"), DAMAGES, ids=[r for *_, r in DAMAGES])
def test_damage_to_the_groups_is_found_and_repaired_to_the_bytes_of_before(
    kept: Warehouse, damage: Callable[[Warehouse], None], kind: Kind, words: str, reason: str
) -> None:
    before = readable(tree(root(kept)))
    damage(kept)
    findings = check_warehouse(kept)
    found = [f for f in findings if f.kind is kind]
    assert found, reason
    assert words in found[0].detail
    assert all("--repair" in f.advice for f in findings)
    with kept.lock():
        repair = repair_warehouse(kept)
    assert repair.remaining == []
    assert repair.to_backfill == []
    assert repair.done
    assert readable(tree(root(kept))) == before


def test_groups_of_a_later_schema_are_refused_by_a_run_and_left_alone_by_a_repair(kept: Warehouse) -> None:
    path = path_of(kept)
    pq.write_table(pq.read_table(path).replace_schema_metadata({"schema_version": "99"}), path)
    data = path.read_bytes()
    with pytest.raises(WarehouseTooNew, match=r"event_groups/day=2024-02-01.*schema version 99"):
        load(kept, "r2", [wire("d", "Sun")])
    with kept.lock():
        assert {f.kind for f in repair_warehouse(kept).remaining} == {Kind.TOO_NEW}
    assert path.read_bytes() == data


def test_a_run_that_meets_a_torn_file_of_groups_names_it(kept: Warehouse) -> None:
    tear(kept)
    with pytest.raises(WarehouseDamaged, match="event_groups/day=2024-02-01"):
        load(kept, "r2", [wire("d", "Sun")])


# Schema evolution


def test_a_warehouse_of_schema_version_1_is_sound_and_gets_its_groups_when_its_articles_come_again(
    tmp_path: Path,
) -> None:
    day = date(2024, 2, 1)
    same = [Story("bridge", day), Story("dam", day, ("Bo Ray", "Ada Poe"))]
    old = Warehouse(str(shutil.copytree(Path(__file__).parent / "golden/warehouse-v1", tmp_path / "old")))
    assert check_warehouse(old) == []
    assert old.read("events", columns=["event_group"])["event_group"].null_count == 3
    load(old, "r2", [Story("late", day, ("Cy Fox",))])
    assert old.read("event_groups").num_rows == 1
    assert check_warehouse(old) == []
    load(old, "r3", same)
    assert old.read("events")["event_group"].null_count == 0
    assert check_warehouse(old) == []
    new = Warehouse(str(tmp_path / "new"))
    load(new, "r1", [*same, Story("late", day, ("Cy Fox",))])
    for table in ("events", "event_groups"):
        assert (root(old) / f"{table}/day={day}/part-0.parquet").read_bytes() == (
            root(new) / f"{table}/day={day}/part-0.parquet"
        ).read_bytes()


def test_the_group_of_a_row_is_found_anew_from_its_columns() -> None:
    assert with_group(replace(ATTACK, event_group="old")).event_group == find_group(ATTACK)
