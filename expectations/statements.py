"""What holds for statements beyond their schema."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from expectations.chunk import Rows
from expectations.derived import derived
from expectations.intervals import interval_rules
from expectations.membership import all_or_none, is_sorted_set, only_with, sentence_rules, sharing_rules
from expectations.quotes import is_in_quotation, kind_agrees
from expectations.rules import Verdict, rule, rules_of
from pipeline.tables import STATEMENTS
from pipeline.vocabulary import CueClass, Severity, SpeakerHow, StatementKind

THOUGHT = (CueClass.BELIEVE, CueClass.FEEL, CueClass.WANT, CueClass.KNOW, CueClass.PERCEIVE)
"""The classes of cues that name no speech (see `CueClass`)."""


@rule(STATEMENTS)
def content_is_its_spans(rows: Rows) -> Verdict:
    """Content is the text of content_spans, joined by one space."""
    columns = (rows.texts, rows.values("content"), rows.values("content_spans"))
    return [
        content == " ".join(text[s["start"] : s["end"]] for s in spans)
        for text, content, spans in zip(*columns, strict=True)
    ]


@rule(STATEMENTS)
def content_spans_are_in_order(rows: Rows) -> Verdict:
    """content_spans is not empty; its pieces lie in the text, in order, and do not overlap."""
    return [
        _are_in_order(spans, len(text)) for spans, text in zip(rows.values("content_spans"), rows.texts, strict=True)
    ]


@rule(STATEMENTS)
def content_ends_are_those_of_its_spans(rows: Rows) -> Verdict:
    """content_start is the start of the first piece and content_end the end of the last."""
    columns = (rows.values(c) for c in ("content_spans", "content_start", "content_end"))
    return [
        bool(spans) and (spans[0]["start"], spans[-1]["end"]) == (a, b) for spans, a, b in zip(*columns, strict=True)
    ]


@rule(STATEMENTS)
def kind_agrees_with_quotation_marks(rows: Rows) -> Verdict:
    """Indirect content has no quotation in it; before, beside or in direct and mixed content is a quotation mark."""
    columns = (rows.texts, rows.values("content_spans"), rows.values("kind"))
    return [kind_agrees(text, spans, kind) for text, spans, kind in zip(*columns, strict=True)]


@rule(STATEMENTS, Severity.WARNING)
def direct_content_is_in_quotation(rows: Rows) -> Verdict:
    """Direct content has quotation marks at it, or stands in a quotation that began before it."""
    columns = (rows.texts, rows.values("content_spans"), rows.values("kind"))
    return [
        None if kind != StatementKind.DIRECT else any(is_in_quotation(text, s["start"], s["end"]) for s in spans)
        for text, spans, kind in zip(*columns, strict=True)
    ]


@rule(STATEMENTS)
def cue_is_whole(rows: Rows) -> Verdict:
    """The cue's words, lemma, class and offsets are all there or all null."""
    return all_or_none(rows, "cue", "cue_lemma", "cue_start", "cue_end", "cue_class")


@rule(STATEMENTS)
def cue_stands_outside_the_content(rows: Rows) -> Verdict:
    """The cue overlaps no piece of the content."""
    columns = (rows.values(c) for c in ("cue_start", "cue_end", "content_spans"))
    return [
        None if a is None or b is None else all(b <= s["start"] or s["end"] <= a for s in spans)
        for a, b, spans in zip(*columns, strict=True)
    ]


@rule(STATEMENTS)
def thought_is_no_speech(rows: Rows) -> Verdict:
    """What is believed, felt, wanted, known or perceived is not speech."""
    return pc.invert(pc.and_(pc.is_in(rows["cue_class"], pa.array([str(c) for c in THOUGHT])), rows["is_speech"]))


@rule(STATEMENTS)
def speaker_is_null_exactly_without_how(rows: Rows) -> Verdict:
    """The speaker is null exactly where speaker_how is none."""
    return pc.equal(pc.is_null(rows["speaker"]), pc.equal(rows["speaker_how"], SpeakerHow.NONE.value))


@rule(STATEMENTS)
def speaker_is_told_by_the_text(rows: Rows) -> Verdict:
    """The id, name and code of a speaker stand only beside a speaker's words."""
    return only_with(rows, "speaker", "speaker_id", "speaker_name", "speaker_code")


@rule(STATEMENTS)
def speaker_agrees_with_mentions(rows: Rows) -> Verdict:
    """speaker_name and speaker_code are what a mention of speaker_id in the article says."""
    columns = (rows.values(c) for c in ("article_id", "speaker_id", "speaker_name", "speaker_code"))
    known = rows.chunk.actor_rows
    return [
        None if actor is None else (name, code) in known.get((article, actor), ())
        for article, actor, name, code in zip(*columns, strict=True)
    ]


@rule(STATEMENTS)
def addressee_is_told_by_the_text(rows: Rows) -> Verdict:
    """addressee_id stands only beside an addressee's words."""
    return only_with(rows, "addressee", "addressee_id")


@rule(STATEMENTS)
def speaker_is_not_the_addressee(rows: Rows) -> Verdict:
    """The speaker and the addressee are not the same words of the text."""
    same = pc.and_(
        pc.equal(rows["speaker_start"], rows["addressee_start"]), pc.equal(rows["speaker_end"], rows["addressee_end"])
    )
    return pc.invert(same)


@rule(STATEMENTS, Severity.WARNING)
def saying_is_not_after_publication(rows: Rows) -> Verdict:
    """said_from is not after the article's published_local_date."""
    return pc.less_equal(rows["said_from"], rows.of_article("published_local_date"))


@rule(STATEMENTS)
def mentioned_ids_are_sorted(rows: Rows) -> Verdict:
    """mentioned_ids is sorted and names no actor twice."""
    return [is_sorted_set(ids) for ids in rows.values("mentioned_ids")]


@rule(STATEMENTS)
def parent_holds_the_statement(rows: Rows) -> Verdict:
    """The parent statement is another one, within whose content the cue or the content of this one begins."""
    columns = ("article_id", "statement_id", "parent_statement_id", "content_start", "cue_start")
    starts, ends = rows.values("content_start"), rows.values("content_end")
    verdict: list[bool | None] = []
    for article, own, parent, *begins in zip(*(rows.values(c) for c in columns), strict=True):
        at = None if parent is None else rows.chunk.statements.get((article, parent))
        inside = at is None or any(b is not None and starts[at] <= b < ends[at] for b in begins)
        verdict.append(None if at is None else parent != own and inside)
    return verdict


def _are_in_order(spans: Sequence[dict[str, Any]], length: int) -> bool:
    within = bool(spans) and spans[0]["start"] >= 0 and spans[-1]["end"] <= length
    return (
        within and all(s["start"] < s["end"] for s in spans) and all(a["end"] <= b["start"] for a, b in pairwise(spans))
    )


RULES = (
    *derived(STATEMENTS),
    *rules_of(STATEMENTS, globals()),
    *interval_rules(STATEMENTS, "said_from", "said_to", "said_edtf", "said_raw"),
    *sentence_rules(STATEMENTS, "cue", "cue_start", "content_start"),
    *sharing_rules(STATEMENTS),
)
