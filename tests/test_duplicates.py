"""Which of several copies of a text is the original."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.duplicates import Copy, find_duplicates, find_touched

D1, D2 = date(2024, 1, 1), date(2024, 1, 2)
NOON, NIGHT = datetime(2024, 1, 1, 12, tzinfo=UTC), datetime(2024, 1, 1, 23, tzinfo=UTC)


def copy(id_: str, day: date | None = None, at: datetime | None = None, text: str = "t", of: str | None = None) -> Copy:
    return Copy(article_id=id_, content_hash=text, published_date=day, published_at=at, duplicate_of=of)


@pytest.mark.parametrize(
    ("copies", "original", "reason"),
    [
        ([copy("b", D1), copy("a", D2)], "b", "the earlier day"),
        ([copy("a"), copy("b", D2)], "b", "a known day before an unknown one"),
        ([copy("a", D1, NIGHT), copy("b", D1, NOON)], "b", "the earlier instant of a day"),
        ([copy("a", D1), copy("b", D1, NIGHT)], "b", "a known instant before an unknown one"),
        ([copy("b", D1), copy("a", D1)], "a", "the smaller id where nothing else decides"),
        ([copy("b"), copy("a")], "a", "the smaller id where no day is known"),
    ],
)
def test_the_copy_published_first_is_the_original(copies, original, reason):
    found = find_duplicates([], copies)
    assert found == {c.article_id: None if c.article_id == original else original for c in copies}, reason


def test_different_texts_are_no_copies():
    assert find_duplicates([], [copy("a"), copy("b", text="u")]) == {"a": None, "b": None}


def test_an_earlier_copy_amends_what_is_stored():
    stored = [copy("m", D2), copy("n", D2, of="m")]
    assert find_duplicates(stored, [copy("z", D1)]) == {"m": "z", "n": "z", "z": None}


def test_a_later_copy_leaves_what_is_stored():
    assert find_duplicates([copy("m", D1)], [copy("a", D2)]) == {"a": "m"}


def test_a_corrected_original_sets_its_copies_free():
    stored = [copy("a", D1), copy("b", D2, of="a")]
    assert find_duplicates(stored, [copy("a", D1, text="corrected")]) == {"a": None, "b": None}


def test_a_removed_original_sets_its_copies_free():
    assert find_duplicates([copy("a", D1), copy("b", D2, of="a")], [], {"a"}) == {"b": None}


COPIES = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(st.sampled_from([None, D1, D2]), st.sampled_from([None, NOON, NIGHT]), st.sampled_from("tu")),
)


def make(rows: dict) -> list[Copy]:
    return [copy(id_, day, at, text) for id_, (day, at, text) in rows.items()]


def store(rows: list[Copy], found: dict[str, str | None]) -> list[Copy]:
    return [
        copy(c.article_id, c.published_date, c.published_at, c.content_hash, found.get(c.article_id, c.duplicate_of))
        for c in rows
    ]


@given(COPIES, COPIES, st.sets(st.sampled_from("abcdef")))
def test_a_warehouse_that_grew_equals_one_made_at_once(before, new, removed):
    stored = store(make(before), find_duplicates([], make(before)))
    touched = find_touched(stored, make(new), removed)
    found = find_duplicates([c for c in stored if c.content_hash in touched], make(new), removed)
    final = {**{id_: row for id_, row in before.items() if id_ not in removed}, **new}
    grown = [c for c in stored if c.article_id in final and c.article_id not in new] + make(new)
    assert {c.article_id: c.duplicate_of for c in store(grown, found)} == find_duplicates([], make(final))


@given(COPIES, st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(rows, random):
    copies = make(rows)
    random.shuffle(copies)
    assert list(find_duplicates([], copies).items()) == list(find_duplicates([], make(rows)).items())


@given(COPIES)
def test_every_original_is_an_original(rows):
    found = find_duplicates([], make(rows))
    assert all(found[original] is None for original in found.values() if original is not None)
