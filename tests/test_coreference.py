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
from pipeline.articles.normalize import normalize_article
from pipeline.load import find_inputs, read_records
from pipeline.load.records import RawArticle
from pipeline.parse import parse_text
from pipeline.tables import Article
from pipeline.vocabulary import How

DATA = Path(__file__).parent / "data"
SEED_FOLDER = Path(__file__).parent.parent / "seeds"
SENTENCES, ARTICLES, SEEDS = (
    [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    for name in ("coreference.jsonl", "coreference_articles.jsonl", "coreference_seeds.jsonl")
)
"""Texts whose pronouns and titles are marked with whom they mean: "[She|Ann Lee]", "[He|Al Hale|Albert Hale]" where
either name will do, "[it|-]" where nobody can tell or no actor is meant, "[they|*workers]" for people without identity.
The second file's articles were written and marked before they were first read by the code; first persons are not marked.
The third marks the articles of seeds/, there bodies that a noun takes up too; it was marked before it was first scored."""

MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
PRONOUN = re.compile(r"\b(he|she|his|hers?|him|it|its|they|theirs?|them|(him|her|it)self|themselves)\b", re.IGNORECASE)
FLOORS = pytest.mark.parametrize(
    ("cases", "right", "answered"),
    [(SENTENCES, 0.97, 0.95), (ARTICLES, 0.94, 0.90), (SEEDS, 0.95, 0.87)],
    ids=["sentences", "articles", "seeds"],
)


def unmark(marked):
    """The text, and (start, end, names that it may mean) of each marked expression; no names where it means no actor."""
    text, marks, done = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[done : match.start()]
        wanted = () if match[2][0] in "-*" else tuple(match[2].split("|"))
        marks.append((len(text), len(text) + len(match[1]), wanted))
        text += match[1]
        done = match.end()
    return text + marked[done:], marks


def mentions(text, day=None):
    return find_mentions(article(text, day), parse_text(text), load_registry()).rows


def seed_texts():
    """The English texts of seeds/ that are read."""
    records = [r for file in find_inputs([str(SEED_FOLDER)]) for r in read_records(file) if isinstance(r, RawArticle)]
    articles = [a for r in records if isinstance(a := normalize_article(r), Article)]
    return {a.text: a.published_local_date for a in articles}


@cache
def answers_to(marked, day):
    """(whom it may mean, whom it is said to mean or None, words) of every mark of a text."""
    text, marks = unmark(marked)
    rows = mentions(text, day and date.fromisoformat(day))
    found = []
    for start, end, wanted in marks:
        row = next((r for r in reversed(rows) if r.start < end and start < r.end), None)
        said = row.actor_name if row and row.actor_id else None
        found.append((wanted, said, f"{text[start:end]} in {text!r}"))
    return found


def answers(cases):
    return [a for case in cases for a in answers_to(case["marked"], case["day"])]


@pytest.mark.parametrize("cases", [SENTENCES, ARTICLES], ids=["sentences", "articles"])
def test_there_are_sixty_texts(cases):
    assert len(cases) >= 60


def test_every_pronoun_of_an_article_is_marked():
    for case in (*ARTICLES, *SEEDS):
        assert not PRONOUN.search(MARK.sub("", case["marked"])), case["marked"]
    for case in ARTICLES:
        assert len(re.findall(r"[.?!][\"”]?(?= |$)", MARK.sub(r"\1", case["marked"]))) >= 4, case["marked"]


def test_the_articles_of_seeds_with_a_pronoun_are_marked_as_they_stand():
    texts = seed_texts()
    marked = {unmark(case["marked"])[0]: case["day"] and date.fromisoformat(case["day"]) for case in SEEDS}
    assert marked.items() <= texts.items()
    unmarked = [t for t in texts.keys() - marked.keys() if PRONOUN.search(t)]
    assert [t for t in unmarked if not t.startswith("KATHMANDU")] == []  # the correction of an article that is marked


@FLOORS
def test_answers_are_right(cases, right, answered):
    given = [(wanted, said, where) for wanted, said, where in answers(cases) if said]
    wrong = [(w, s, where) for w, s, where in given if plain_name(s) not in map(plain_name, w)]
    assert len(given) - len(wrong) >= right * len(given), wrong


@FLOORS
def test_most_pronouns_and_titles_are_answered(cases, right, answered):
    asked = [(wanted, said, where) for wanted, said, where in answers(cases) if wanted]
    missed = [a for a in asked if not a[1]]
    assert len(asked) - len(missed) >= answered * len(asked), missed


@FLOORS
def test_what_means_no_actor_is_hardly_ever_answered(cases, right, answered):
    none = [(said, where) for wanted, said, where in answers(cases) if not wanted]
    assert sum(said is not None for said, _ in none) <= max(1, 0.06 * len(none)), [n for n in none if n[0]]


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


def test_a_third_person_in_a_quotation_is_not_who_says_it():
    rows = mentions('Peter Lund criticised John Hale on Monday. "He is wrong," Hale said.')
    assert next(r for r in rows if r.text == "He").actor_name == "Peter Lund"


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
