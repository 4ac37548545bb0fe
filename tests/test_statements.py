"""Statements: laws that every row obeys, and what single rules must not do."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statements_gate import read_corpus, statements_of

from pipeline.statements.explain import explain_statement
from pipeline.tables import Statement
from pipeline.vocabulary import SpeakerHow, StatementKind

SENTENCES = [entry["text"] for entry in read_corpus()]


def check_laws(text: str, rows: list[Statement]) -> None:
    """What holds for the rows of any text."""
    ids = [r.statement_id for r in rows]
    assert len(set(ids)) == len(ids)
    for r in rows:
        assert r.content == " ".join(text[s.start : s.end] for s in r.content_spans)
        assert (r.content_start, r.content_end) == (r.content_spans[0].start, r.content_spans[-1].end)
        assert all(s.start < s.end for s in r.content_spans)
        assert all(a.end <= b.start for a, b in zip(r.content_spans, r.content_spans[1:], strict=False))
        for name in ("cue", "speaker", "addressee"):
            start, end = getattr(r, f"{name}_start"), getattr(r, f"{name}_end")
            expected = None if start is None else text[start:end]
            assert expected == getattr(r, name)
            assert (start is None) == (end is None)
        if r.cue_start is not None and r.cue_end is not None:
            assert not any(s.start < r.cue_end and r.cue_start < s.end for s in r.content_spans)
        assert (r.speaker is None) == (r.speaker_how is SpeakerHow.NONE)
        assert r.parent_statement_id is None or r.parent_statement_id in ids
        assert r.parent_statement_id != r.statement_id
        assert 0 <= r.confidence <= 1
        assert r.mentioned_ids == sorted(set(r.mentioned_ids))
        assert r.sentence in text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), st.sampled_from([" ", "\n", "\n\n"]))
def test_laws_hold_for_any_text_made_of_the_sentences(sentences: list[str], joint: str):
    text = joint.join(sentences)
    check_laws(text, statements_of(text))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="He said that “it” is, 'so' \"and\" told:\n.?!—", max_size=70))
def test_laws_hold_for_scrambled_text(text: str):
    check_laws(text, statements_of(text))


@pytest.mark.parametrize("text", ["", " \n ", "”", "“", "said", "said said said", ":", "A:", "“” said.", "—"])
def test_a_text_without_words_to_attribute_yields_lawful_rows(text: str):
    check_laws(text, statements_of(text))


def test_the_same_text_gives_the_same_rows():
    text = "\n\n".join(SENTENCES[:40])
    assert statements_of(text) == statements_of(text)


def test_rows_depend_on_nothing_said_before():
    alone = statements_of(SENTENCES[0])
    statements_of("\n".join(SENTENCES[50:60]))
    assert alone == statements_of(SENTENCES[0])


CARRIED = "The deputy was angry. “They lied,” Mina Roth said.\n\n“They will pay for it.”"


def test_a_floating_quotation_is_carried_and_names_no_cue():
    row = statements_of(CARRIED)[-1]
    assert (row.speaker, row.speaker_how, row.cue) == ("Mina Roth", SpeakerHow.CARRIED, None)


def test_a_quotation_that_nobody_near_can_have_said_has_no_speaker():
    rows = statements_of("The archive is open.\n\n“We will not be silenced by anyone.”")
    assert [(r.speaker, r.speaker_how) for r in rows] == [(None, SpeakerHow.NONE)]


def test_a_nested_statement_names_its_parent():
    outer, inner = statements_of("Kerry said that Lavrov had told him the army would leave.")
    assert inner.parent_statement_id == outer.statement_id
    assert outer.parent_statement_id is None


def test_the_said_date_is_not_taken_from_the_content():
    (row,) = statements_of("The minister said on Tuesday that the road would open in June 2025.")
    assert (row.said_raw, row.said_from) == ("Tuesday", date(2024, 3, 12))


def test_kinds_tell_how_much_is_quoted():
    kinds = [
        r.kind for r in statements_of('“It is over,” Roth said.\n\nRoth said it was "over".\n\nRoth said it was over.')
    ]
    expected = [StatementKind.DIRECT, StatementKind.MIXED, StatementKind.INDIRECT]
    assert sorted(expected) == sorted(kinds)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("In order to win, the team trained hard.", "'order' asks for nothing here"),
        ("The fee is five euros per hour.", "'per' names no source"),
        ("For years, the harbour was closed.", "'for' names no person"),
        ("The rebels attacked the base at dawn.", "a physical attack is no criticism"),
        ("The museum released the birds.", "nothing is announced"),
    ],
)
def test_what_only_looks_like_a_cue_yields_nothing(text: str, reason: str):
    assert statements_of(text) == []


@pytest.mark.parametrize(
    ("text", "negated", "reason"),
    [
        ("The club denied that it was broke.", False, "a denial is an act of its own"),
        ("The club did not say that it was broke.", True, "not"),
        ("The club has never said that it was broke.", True, "never"),
        ("Neither club said that it was broke.", True, "the subject denies"),
        ("The club neither confirmed nor denied the report.", True, "neither and nor"),
        ("The club has yet to say whether it is broke.", True, "has yet to"),
        ("The club said that it was not broke.", False, "the content is negated, not the saying"),
        ("The club said nothing about the debt.", True, "nothing was said"),
    ],
)
def test_negation_is_of_the_attribution(text: str, negated: bool, reason: str):
    rows = statements_of(text)
    assert [r.is_negated for r in rows] == [negated]


def test_both_of_coordinated_speakers_are_known():
    (row,) = statements_of("Olaf Scholz and Emmanuel Macron said that talks would go on.")
    assert len(row.speaker_ids) == 2
    assert row.speaker_id == row.speaker_ids[0]


def test_a_pronoun_is_not_taken_for_somebody_whom_the_content_names():
    rows = statements_of("Vladimir Putin spoke in Moscow. Vladimir Putin, he added, understands strength.")
    assert [r.speaker_name for r in rows] == [None]


def test_a_headline_surname_is_the_person_of_the_text():
    rows = statements_of("Peskov: Russia is ready for talks\n\nKremlin spokesman Dmitry Peskov spoke on Monday.")
    assert rows[0].speaker_name == "Dmitry Peskov"


def test_an_explanation_of_the_article_marks_the_passage():
    text = "A line.\nThe premier told parliament that the budget was sound.\nA line."
    (row,) = statements_of(text)
    passage = explain_statement(row, text).splitlines()[0]
    assert passage == "[The premier] <told> (parliament) {that the budget was sound}."


def test_an_explanation_shows_spans_and_rule():
    (row,) = statements_of("The premier told parliament that the budget was sound.")
    told = explain_statement(row)
    assert "{that the budget was sound}" in told
    assert "[The premier]" in told
    assert "<told>" in told
    assert row.rule in told


@pytest.mark.parametrize(
    ("text", "content", "reason"),
    [
        (
            "The premier urged members of the Farmers' League (FL) to vote.",
            "members of the Farmers' League (FL) to vote",
            "brackets inside a content stay",
        ),
        (
            "The mayor demanded help for the Harbour Workers' Union (HWU).",
            "help for the Harbour Workers' Union (HWU)",
            "a bracket that opens inside a content closes there",
        ),
        (
            "Rain flooded the port, and wind closed the airport, officials said.",
            "Rain flooded the port, and wind closed the airport",
            "both clauses before a cue are said",
        ),
        (
            "Norway will send another $40 million in tents to Nepal, Foreign Minister Ola Berg announced in Oslo on Monday.",
            "Norway will send another $40 million in tents to Nepal",
            "a cue behind a comma is no relative clause",
        ),
        (
            "The minister said the bridge was safe but would close in May.",
            "the bridge was safe but would close in May",
            "what is shifted with the content is content",
        ),
    ],
)
def test_a_content_is_whole(text: str, content: str, reason: str):
    assert [r.content for r in statements_of(text)] == [content], reason


def test_a_news_conference_is_a_medium_and_hears_nothing():
    (row,) = statements_of("The premier told a news conference that the budget was sound.")
    assert row.addressee is None
    assert row.medium is not None
