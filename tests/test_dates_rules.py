import re
from datetime import date

import pytest

from pipeline.dates import lexicon, outlets, rules, tense
from pipeline.dates.find import READERS, read_dates
from pipeline.parse import parse_text

ALL = rules.rules()


def read(text, published=None):
    return [(f.text, m.value, f.match.rule.name) for f, m in read_dates(text, parse_text(text), published)]


@pytest.mark.parametrize("rule", ALL, ids=[rule.name for rule in ALL])
def test_each_rule_reads_its_example(rule):
    marked = re.search(r"\[(.+?)\]", rule.example)
    text = rule.example.replace("[", "").replace("]", "")
    found = read(text, date.fromisoformat(rule.published) if rule.published else None)
    if rule.meaning == "none":
        assert not [f for f in found if f[0] in marked[1] or marked[1] in f[0]]
    else:
        assert (marked[1], rule.value, rule.name) in found


def test_every_meaning_has_a_reader_and_every_reader_is_used():
    assert {rule.meaning for rule in ALL} == set(READERS)


def serve(monkeypatch, module, **tables):
    """Put rows of a test in the place of data files."""
    real = lexicon.read_table

    def fake(name, columns):
        key = name.split(".")[0]
        if key not in tables:
            return real(name, columns)
        return [(2 + i, dict(zip(columns, row, strict=True))) for i, row in enumerate(tables[key])]

    monkeypatch.setattr(module, "read_table", fake)


RULE = ("r", "MONTH", "month", "In [May] it rained.", "", "XXXX-05")

BAD_RULES = [
    ([RULE, RULE], "line 3", "a doubled name"),
    ([("r", "MONTH", "month", "In May it rained.", "", "")], "marks no", "an example without brackets"),
    ([("r", "{NO}", "month", "[May]", "", "")], "no phrase", "an unknown phrase"),
    ([("r", "MONTH", "month unit", "[May]", "", "")], "key=value", "a constant without a value"),
]


@pytest.mark.parametrize(("rows", "message", "reason"), BAD_RULES)
def test_a_bad_rule_is_refused_with_its_line(monkeypatch, rows, message, reason):
    serve(monkeypatch, rules, rules=rows)
    with pytest.raises(ValueError, match=message):
        rules.rules.__wrapped__()


def test_a_phrase_that_names_a_later_one_is_refused(monkeypatch):
    serve(monkeypatch, rules, phrases=[("A", "{B}", ""), ("B", "x", "")])
    with pytest.raises(ValueError, match="line 2"):
        rules.rules.__wrapped__()


BAD_WORDS = [
    ([("June", "MONAT", "6", "capital", "")], "MONAT", "an unknown category"),
    ([("June", "MONTH", "6", "italic", "")], "italic", "an unknown form"),
    ([("June", "MONTH", "six", "capital", "")], "whole number", "a month that is no number"),
    ([("June", "MONTH", "6", "capital", ""), ("June", "MONTH", "7", "capital", "")], "line 3", "a doubled word"),
]


@pytest.mark.parametrize(("rows", "message", "reason"), BAD_WORDS)
def test_a_bad_word_is_refused_with_its_line(monkeypatch, rows, message, reason):
    serve(monkeypatch, lexicon, words=rows)
    with pytest.raises(ValueError, match=message):
        lexicon.words.__wrapped__()


@pytest.mark.parametrize("rows", [[("colours", "red", "")], [("label", "No", ""), ("label", "No", "")]])
def test_a_word_of_no_list_or_in_it_twice_is_refused(monkeypatch, rows):
    serve(monkeypatch, lexicon, contexts=rows)
    with pytest.raises(ValueError, match=r"contexts\.tsv, line \d"):
        lexicon.contexts.__wrapped__()


@pytest.mark.parametrize("row", [("paper", "BBC", "DMY", ""), ("outlet", "BBC", "YMD", "")])
def test_an_outlet_of_unknown_kind_or_order_is_refused(monkeypatch, row):
    serve(monkeypatch, outlets, outlets=[row])
    with pytest.raises(ValueError, match=r"outlets\.tsv, line 2"):
        outlets.orders.__wrapped__()


def test_a_doubled_feast_is_refused(monkeypatch):
    serve(monkeypatch, lexicon, holidays=[("Easter", "easter +0", ""), ("Easter", "easter +1", "")])
    with pytest.raises(ValueError, match="line 3"):
        lexicon.holidays.__wrapped__()


def test_a_word_of_planning_of_no_known_kind_is_refused(monkeypatch):
    serve(monkeypatch, tense, planning=[("plan", "ADV", "")])
    with pytest.raises(ValueError, match=r"planning\.tsv, line 2"):
        tense.planning.__wrapped__()


def test_other_columns_than_expected_are_refused():
    with pytest.raises(ValueError, match="the columns are"):
        lexicon.read_table("words.tsv", ["word", "kind"])
