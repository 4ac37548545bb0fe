"""The trigger lexicon: legal, full, refused where it is not understood, and every example yields its code."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from articles import article

from pipeline.actors import find_mentions, load_registry
from pipeline.events import triggers
from pipeline.events.acts import Act, Reader
from pipeline.events.families import family_code, load_families
from pipeline.events.intents import announce
from pipeline.events.kinds import Kinds
from pipeline.events.triggers import (
    Sense,
    load_classes,
    load_lemmas,
    load_senses,
    parse_condition,
    parse_frame,
)
from pipeline.parse import parse_text
from pipeline.vocabulary import PloverType, cameo


def every_sense() -> list[Sense]:
    return sorted((sense for senses in load_senses().values() for sense in senses), key=lambda sense: sense.line)


@pytest.fixture(scope="module")
def acts_of_examples() -> dict[int, list[Act]]:
    """The acts of each sense's example, by the sense's place: one parse for all, a line each."""
    text = "\n".join(sense.example for sense in every_sense())
    parse = parse_text(text)
    reader = Reader(parse, Kinds(parse, find_mentions(article(text, date(2020, 6, 1)), parse, load_registry())))
    found: dict[int, list[Act]] = {}
    for act in reader.read():
        found.setdefault(parse.paragraph_of[parse.sentence_of[act.head]], []).append(announce(parse, act))
    return found


def test_there_are_at_least_1200_senses():
    assert len(every_sense()) >= 1200


def test_all_twenty_cameo_roots_have_senses():
    assert {sense.code[:2] for sense in every_sense()} == {f"{root:02d}" for root in range(1, 21)}


def test_all_sixteen_plover_types_have_senses():
    assert {cameo()[sense.code].plover_type for sense in every_sense()} >= set(PloverType)


def test_every_code_is_legal():
    assert [sense.code for sense in every_sense() if sense.code not in cameo()] == []


def test_every_example_yields_the_code_of_its_sense(acts_of_examples):
    failures = []
    for place, sense in enumerate(every_sense()):
        acts = acts_of_examples.get(place, [])
        codes = {act.code for act in acts}
        inner = {a.sense.line for act in acts for a in act.chain()}
        if sense.code not in codes and not (not sense.frame.actor and sense.line in inner):
            failures.append(f"{sense.line}: {sense.name} wants {sense.code}, got {sorted(codes)}: {sense.example}")
    assert failures == []


def test_no_example_is_told_twice_with_the_same_words_and_condition():
    keys = Counter((sense.words, sense.pos, sense.needs) for sense in every_sense())
    assert [key for key, number in keys.items() if number > 1] == []


def test_families_make_legal_codes_for_every_content():
    for family in load_families():
        for content in [*cameo(), None]:
            code = family_code(family, content)
            assert code is None or code in cameo(), (family, content, code)


@pytest.mark.parametrize(
    ("family", "content", "expected", "reason"),
    [
        ("agree", "0841", "0353", "agreed to release"),
        ("agree", "046", "036", "offered to negotiate"),
        ("demand", "0841", "1053", "demanded the release"),
        ("demand", "0874", "1056", "demanded that X withdraw"),
        ("appeal", "0871", "0256", "called for a ceasefire"),
        ("refuse", "0841", "1243", "refused to release"),
        ("refuse", "0256", "1246", "rejected an appeal to lay down arms"),
        ("threaten", "163", "1312", "threatened sanctions"),
        ("threaten", "046", "134", "threatened to leave the talks"),
        ("halt", "163", "085", "lifted sanctions"),
        ("halt", "072", "1622", "suspended military aid"),
        ("halt", "1723", "0813", "lifted the curfew"),
        ("accuse", "1121", "1121", "accused of corruption"),
        ("accuse", "202", "1124", "accused of a massacre"),
        ("investigate", "202", "094", "investigated a massacre"),
        ("do", "046", "046", "held talks: the noun's own code"),
        ("do", None, None, "a light verb without an act is none"),
        ("intend", None, None, "plans to do something unknown are none"),
    ],
)
def test_a_family_makes_its_code_from_its_content(family, content, expected, reason):
    assert family_code(family, content) == expected, reason


@pytest.mark.parametrize("text", ["", "x=", "nowhere", "-o=talk", "o==talk=", "zz=talk", "-"])
def test_a_condition_that_is_not_understood_is_refused(text):
    assert parse_condition(text) is None


@pytest.mark.parametrize("text", ["s", "s=o", "nobody>o", "s>nowhere", "s>o:elsewhere", ""])
def test_a_frame_that_is_not_understood_is_refused(text):
    assert parse_frame(text) is None


def write(tmp_path: Path, name: str, content: str) -> Path:
    (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path / name


HEADER = "\t".join(triggers.COLUMNS) + "\n"
GOOD = "halt\tv\to\ts>o\t164\t\t\tSyria halted talks.\n"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("halt\tv\to\ts>o\t999\t\t\tSyria halted talks.\n", "999"),
        ("halt\tv\to\ts>o\t10\t\tnonsense\tSyria halted talks.\n", "nonsense"),
        ("halt\tx\to\ts>o\t164\t\t\tSyria halted talks.\n", "pos"),
        ("halt\tv\tz=3\ts>o\t164\t\t\tSyria halted talks.\n", "condition"),
        ("halt\tv\to\tsubject\t164\t\t\tSyria halted talks.\n", "frame"),
        ("halt\tv\to\ts>o\t164\tnofamily\t\tSyria halted talks.\n", "nofamily"),
        ("halt\tv\to\ts>o\t164\t\t\t\n", "example"),
        ("halt\tv\to\ts>o\t164\t\tSyria halted talks.\n", "cells"),
        (GOOD + GOOD, "'halt v o' already stands on line 2"),
    ],
)
def test_a_bad_line_of_the_lexicon_is_refused_with_its_place(tmp_path, rows, message):
    with pytest.raises(ValueError, match=rf"triggers\.tsv:[23].*{message}"):
        load_senses(write(tmp_path, "triggers.tsv", HEADER + rows))


def test_other_columns_are_refused(tmp_path):
    with pytest.raises(ValueError, match="columns"):
        load_senses(write(tmp_path, "triggers.tsv", "trigger\tpos\n"))


@pytest.mark.parametrize(
    ("name", "loader", "content"),
    [
        ("families.tsv", load_families, "family\tcontent\tcode\tnote\nf\t07\t033\t\nf\t07\t033\t\n"),
        ("families.tsv", load_families, "family\tcontent\tcode\tnote\nf\t99\t033\t\n"),
        ("families.tsv", load_families, "family\tcontent\tcode\tnote\nf\t07\t333\t\n"),
        ("classes.tsv", load_classes, "class\twords\tnote\narmed\tarmy army\t\n"),
        ("lemmas.tsv", load_lemmas, "form\tlemma\nraped\trape\nraped\trap\n"),
    ],
)
def test_a_doubled_or_unknown_entry_of_a_lookup_is_refused(tmp_path, name, loader, content):
    with pytest.raises(ValueError, match=rf"{re.escape(name)}:[23]: "):
        loader(write(tmp_path, name, content))


def test_the_most_particular_sense_comes_first():
    for senses in load_senses().values():
        weights = [sense.weight for sense in senses]
        assert weights == sorted(weights, reverse=True)
