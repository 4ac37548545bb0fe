import re
from datetime import date

import pytest

from pipeline.dates import lexicon, outlets, rules, verbs
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


def _is_told(pattern):
    """Whether every way to match a pattern takes a word by which a stretch of text is looked at."""
    codes, tells = rules.coder(), rules.telling()
    atoms = iter([*rules._ATOM.findall(pattern), ("", "", ")", "")])

    def alternatives():
        told, ways, last = False, [], False
        for _, category, operator, literal in atoms:
            if operator in ("?", "*"):
                last = False
            elif operator == "+":
                pass
            else:
                told, last = told or last, False
                if operator == "(":
                    last = alternatives()
                elif operator in ("|", ")"):
                    ways.append(told)
                    told = False
                    if operator == ")":
                        return all(ways)
                else:
                    last = all(tells.search(char) for char in codes.having(category or literal))
        raise AssertionError("a bracket is missing")

    return alternatives()


@pytest.mark.parametrize("rule", ALL, ids=[rule.name for rule in ALL])
def test_no_way_to_match_a_rule_is_skipped(rule):
    assert _is_told(rule.pattern)


def table(tmp_path, name, columns, rows):
    """A data file of a test."""
    path = tmp_path / name
    path.write_text("".join("\t".join(row) + "\n" for row in [columns.split(), *rows]), encoding="utf-8")
    return path


RULE_COLUMNS = "rule pattern meaning example published value"
RULE = ("r", "MONTH", "month", "In [May] it rained.", "", "XXXX-05")

BAD_RULES = [
    ([RULE, RULE], r"rules\.tsv:3", "a doubled name"),
    ([("r", "MONTH", "month", "In May it rained.", "", "")], "marks no", "an example without brackets"),
    ([("r", "{NO}", "month", "[May]", "", "")], "no phrase", "an unknown phrase"),
    ([("r", "MONTH", "month unit", "[May]", "", "")], "key=value", "a constant without a value"),
]


@pytest.mark.parametrize(("rows", "message", "reason"), BAD_RULES)
def test_a_bad_rule_is_refused_with_its_line(tmp_path, rows, message, reason):
    with pytest.raises(ValueError, match=message):
        rules.rules(table(tmp_path, "rules.tsv", RULE_COLUMNS, rows))


def test_a_phrase_that_names_a_later_one_is_refused(tmp_path):
    phrases = table(tmp_path, "phrases.tsv", "name pattern note", [("A", "{B}", ""), ("B", "x", "")])
    with pytest.raises(ValueError, match=r"phrases\.tsv:2"):
        rules.rules(phrases=phrases)


BAD_WORDS = [
    ([("June", "MONAT", "6", "capital", "")], "MONAT", "an unknown category"),
    ([("June", "MONTH", "6", "italic", "")], "italic", "an unknown form"),
    ([("June", "MONTH", "six", "capital", "")], "'six', which is no int", "a month that is no number"),
    ([("June", "MONTH", "6", "capital", ""), ("June", "MONTH", "7", "capital", "")], "tsv:3", "a doubled word"),
]


@pytest.mark.parametrize(("rows", "message", "reason"), BAD_WORDS)
def test_a_bad_word_is_refused_with_its_line(tmp_path, rows, message, reason):
    with pytest.raises(ValueError, match=message):
        lexicon.words(table(tmp_path, "words.tsv", "word category value form note", rows))


@pytest.mark.parametrize("rows", [[("colours", "red", "")], [("label", "No", ""), ("label", "No", "")]])
def test_a_word_of_no_list_or_in_it_twice_is_refused(tmp_path, rows):
    with pytest.raises(ValueError, match=r"contexts\.tsv:\d"):
        lexicon.contexts(table(tmp_path, "contexts.tsv", "list word note", rows))


def test_a_list_without_a_word_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"contexts\.tsv: no words in about, "):
        lexicon.contexts(table(tmp_path, "contexts.tsv", "list word note", [("label", "No", "")]))


@pytest.mark.parametrize("row", [("paper", "BBC", "DMY", ""), ("outlet", "BBC", "YMD", "")])
def test_an_outlet_of_unknown_kind_or_order_is_refused(tmp_path, row):
    with pytest.raises(ValueError, match=r"outlets\.tsv:2"):
        outlets.orders(table(tmp_path, "outlets.tsv", "kind name order note", [row]))


def test_a_doubled_feast_is_refused(tmp_path):
    rows = [("Easter", "easter +0", ""), ("Easter", "easter +1", "")]
    with pytest.raises(ValueError, match=r"holidays\.tsv:3"):
        lexicon.holidays(table(tmp_path, "holidays.tsv", "name rule note", rows))


def test_a_word_of_planning_of_no_known_kind_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"planning\.tsv:2"):
        verbs.planning(table(tmp_path, "planning.tsv", "lemma pos note", [("plan", "ADV", "")]))
