"""The quality gate: the annotated sentences stay as well read as they are."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from statements_gate import FLOORS, Reading, corpus_hash, measure, pin, read_all, read_corpus


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return read_all()


@pytest.fixture(scope="module")
def floors() -> dict[str, float]:
    return json.loads(FLOORS.read_text(encoding="utf-8"))["floors"]


def test_the_corpus_has_200_sentences_of_many_kinds_at_least():
    shown = Counter(entry["shows"] for entry in read_corpus())
    assert sum(shown.values()) >= 200
    assert len(shown) >= 20


def test_every_annotated_span_lies_in_its_text():
    for entry in read_corpus():
        for statement in entry["statements"]:
            for start, end in [*statement["content"], statement["cue"] or [0, 1], statement["speaker"] or [0, 1]]:
                assert entry["text"][start:end].strip() == entry["text"][start:end] != ""


def test_the_floors_were_pinned_for_this_corpus():
    assert json.loads(FLOORS.read_text(encoding="utf-8"))["corpus_sha256"] == corpus_hash()


@pytest.mark.parametrize(
    "name", ["precision", "recall", "exact", "speaker", "attributes", "right_when_sure"], ids=lambda n: n
)
def test_no_measure_falls_below_its_floor(readings: list[Reading], floors: dict[str, float], name: str):
    assert measure(readings)[name] >= floors[name]


def test_rows_above_nine_tenths_are_right_nine_times_in_ten(readings: list[Reading]):
    assert measure(readings)["right_when_sure"] >= 0.9


def test_some_rows_are_sure_and_some_are_not(readings: list[Reading]):
    sure = [row.confidence >= 0.9 for r in readings for row in r.rows]
    assert 0.1 < sum(sure) / len(sure) < 0.9


def test_a_falling_floor_needs_a_flag():
    low = dict.fromkeys(json.loads(FLOORS.read_text(encoding="utf-8"))["floors"], 0.0)
    with pytest.raises(ValueError, match="floors would fall"):
        pin(low, lower=False)
    assert pin(low, lower=True)["floors"] == low


def test_a_broken_reading_is_measured_as_worse(readings: list[Reading], floors: dict[str, float]):
    halved = [Reading(r.shows, r.text, r.gold, r.rows, r.pairs if i % 2 else []) for i, r in enumerate(readings)]
    assert measure(halved)["recall"] < floors["recall"]
