"""Ids: stable, apart, and pinned."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ids import ID_LENGTH, hash_text, make_id

FIELDS = st.lists(st.none() | st.text() | st.integers(), max_size=4)


def test_an_id_is_the_same_on_any_machine() -> None:
    assert make_id("article", "https://wire.example/1") == "27bf9e9bfd1181c60430"


@given(FIELDS)
def test_an_id_is_short_lower_case_hex(fields: list[str | int | None]) -> None:
    made = make_id("x", *fields)
    assert len(made) == ID_LENGTH
    assert set(made) <= set("0123456789abcdef")


@given(FIELDS, FIELDS)
def test_other_fields_give_another_id(a: list[str | int | None], b: list[str | int | None]) -> None:
    same = [None if f is None else str(f) for f in a] == [None if f is None else str(f) for f in b]
    assert (make_id("x", *a) == make_id("x", *b)) == same


def test_kinds_are_apart() -> None:
    assert make_id("statement", "a") != make_id("event", "a")


def test_lone_surrogates_can_be_hashed() -> None:
    assert hash_text("\ud800") != hash_text("\ud801")
