"""Floating quotations: who goes on speaking where a quotation has no cue of its own."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.statements.draft import Draft
from pipeline.tree import Parse
from pipeline.vocabulary import SpeakerHow

NEAR = 30
"""Statements before a quotation among which its speaker is looked for."""

CARRY_REACH = 700
"""Characters within which a quotation without a cue is taken to go on with the last speaker."""


def carry_speakers(parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """Drafts in order; a floating quotation joins the statement before it, or takes over its speaker.

    It joins where only a sentence's end stands between: 'The plan, he said, is "dead." "We tried."'
    In a paragraph of its own it is a statement of its own, by the last speaker.
    """
    ordered = sorted(drafts, key=lambda d: (d.start, d.end))
    kept: list[Draft] = []
    for d in ordered:
        if not d.is_floating:
            kept.append(d)
            continue
        last = _last_speech(kept, d)
        if last is not None and _goes_on(parse, last, d):
            last.pieces = [*last.pieces, *d.pieces]
            continue
        if last is not None and last.speaker is not None and d.start - _reach(parse, last) <= CARRY_REACH:
            d.speaker, d.speaker_tokens = last.speaker, last.speaker_tokens
            d.how, d.route = SpeakerHow.CARRIED, "carried"
        kept.append(d)
    return kept


def _last_speech(drafts: Sequence[Draft], floating: Draft) -> Draft | None:
    """The statement of speech that ends last before a quotation."""
    before = [d for d in drafts[-NEAR:] if d.end <= floating.start and _speaks(d)]
    return max(before, key=lambda d: d.end, default=None)


def _speaks(draft: Draft) -> bool:
    return draft.sense is None or (draft.sense.is_speech and draft.rule in _TELLING) or draft.is_direct


_TELLING = frozenset(("clause", "predicate", "object_as", "opening", "object_of"))


def _reach(parse: Parse, draft: Draft) -> int:
    return draft.end if draft.cue is None else max(draft.end, parse.end[draft.cue])


def _goes_on(parse: Parse, last: Draft, floating: Draft) -> bool:
    """Whether only the end of the last statement's sentence stands between it and a quotation, in one paragraph."""
    if last.cue is None:
        return False
    text = parse.text
    between = text[last.end : floating.start]
    if "\n" in between:
        return last.rule == "opening" and not between.strip().strip(".")
    sentence = parse.sentence_of[last.cue]
    _, stop = parse.sentences[sentence]
    rest = text[max(parse.end[stop - 1], last.end) : floating.start]
    return not any(c.isalnum() for c in rest)
