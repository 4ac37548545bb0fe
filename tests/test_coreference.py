import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from articles import article

from pipeline.actors import find_mentions, load_registry
from pipeline.actors.context import quoted_tokens
from pipeline.actors.spellings import plain_name
from pipeline.parse import parse_text
from pipeline.vocabulary import How

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "coreference.jsonl").read_text(encoding="utf-8").splitlines()
]
MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
RIGHT, ANSWERED = 0.88, 0.80


def unmark(marked):
    """The text, and (start, end, whom it means) of each marked expression; '-' means that nobody can tell."""
    text, marks, done = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[done : match.start()]
        marks.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        done = match.end()
    return text + marked[done:], marks


def mentions(text, day=None):
    return find_mentions(article(text, day), parse_text(text), load_registry()).rows


@cache
def answers():
    """(whom it should mean, whom it is said to mean or None, words) of every mark that means a named person."""
    found = []
    for case in CASES:
        text, marks = unmark(case["marked"])
        rows = mentions(text, date.fromisoformat(case["day"]))
        for start, end, wanted in marks:
            row = next((r for r in reversed(rows) if r.start < end and start < r.end), None)
            if wanted != "-" and not wanted.istitle() and " " not in wanted:
                continue
            found.append((wanted, row.actor_name if row and row.actor_id else None, f"{text[start:end]} in {text!r}"))
    return found


def test_there_are_sixty_articles():
    assert len(CASES) >= 60


def test_answers_are_right():
    given = [(wanted, got, where) for wanted, got, where in answers() if got]
    right = [g for g in given if plain_name(g[0]) == plain_name(g[1])]
    wrong = [g for g in given if g not in right]
    assert len(right) >= RIGHT * len(given), wrong


def test_most_pronouns_and_titles_are_answered():
    asked = [(wanted, got, where) for wanted, got, where in answers() if wanted != "-" and " " in wanted]
    answered = [a for a in asked if a[1]]
    assert len(answered) >= ANSWERED * len(asked), [a for a in asked if not a[1]]


@pytest.mark.parametrize(
    "text",
    [
        "Two men, John Reed and Mark Lowe, were charged. He denied it.",  # two of a kind, side by side
        "He left early.",  # nobody before
        "It rained all day. It is clear that the harvest is lost.",  # no actor at all
        "A senior official spoke to reporters. He asked not to be named.",  # known, but without identity
    ],
)
def test_an_unclear_pronoun_has_no_actor(text):
    assert all(row.actor_id is None for row in mentions(text) if row.how is How.PRONOUN)


def test_an_object_is_not_the_subject_of_its_own_verb():
    rows = mentions("Peter Lund met John Hale on Monday. Peter Lund thanked him.")
    him = next(r for r in rows if r.text == "him")
    assert him.actor_name != "Peter Lund"


def test_first_persons_are_left_to_the_speaker():
    rows = mentions('"I will not go," said Anna Berg. "We are ready."')
    assert {r.text: r.actor_id for r in rows if r.text in {"I", "We"}} == {"I": None, "We": None}


def test_a_title_means_who_held_the_office_on_the_day():
    german = "The German chancellor flew to Oslo."
    by_day = {
        day: next(r for r in mentions(german, day) if r.text == "German chancellor").actor_name
        for day in (date(2015, 1, 1), date(2022, 6, 1))
    }
    assert by_day == {date(2015, 1, 1): "Angela Merkel", date(2022, 6, 1): "Olaf Scholz"}


def test_a_title_of_an_unknown_day_is_not_guessed():
    row = next(r for r in mentions("The German chancellor flew to Oslo.") if r.text == "German chancellor")
    assert (row.actor_id, row.actor_code) == (None, "DEUGOV")


def test_what_a_company_is_called_afterwards():
    rows = mentions("Norvia Corp. will close two plants. The company said it had lost money.")
    assert [r.actor_name for r in rows if r.text in {"company", "it"}] == ["Norvia Corp."] * 2


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "no way" twice.', ["no", "way"]),
        ("“Go,” she said, “now.”", ["Go", ",", "now", "."]),
        ('"Open mark in one line\nsays nothing of the next.', ["Open", "mark", "in", "one", "line"]),
    ],
)
def test_quotation_marks_do_not_reach_over_a_paragraph(text, quoted):
    parse = parse_text(text)
    inside = [w for w, q in zip(parse.word, quoted_tokens(parse), strict=True) if q and w not in {'"', "“", "”"}]
    assert inside == quoted
