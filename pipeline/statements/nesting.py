"""Statements inside statements: which attribution stands within another's content."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.statements.draft import Draft
from pipeline.tree import Parse
from pipeline.vocabulary import SpeakerHow

INNER_MARKS = frozenset("'\u2018\u201c\"")


def nest(parse: Parse, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts with their parents, in the order of the text.

    One inside another is kept where it tells that somebody else said something ('Kerry said that
    Lavrov had promised to leave'); what the quoted person thinks, wants or asks is content.
    """
    direct = [d for d in drafts if d.is_direct]
    framed = [d for d in drafts if not d.is_direct]
    free = [d for d in framed if _around(parse, d, direct) is None]
    outer = direct + [d for d in free if _is_outermost(parse, d, free)]
    kept = list(outer)
    for d in drafts:
        if d not in outer:
            d.parent = _around(parse, d, outer)
            if d.parent is None or is_reported_speech(parse.text, d, d.parent):
                kept.append(d)
    return sorted(kept, key=lambda d: (d.start, d.end, -1 if d.cue is None else d.cue))


def is_reported_speech(text: str, draft: Draft, parent: Draft) -> bool:
    """Whether a draft within another's content tells of speech by a speaker of its own.

    Within a direct quotation only a quotation counts: 'I told him that' is the quotation's own voice.
    """
    if draft.sense is None or not draft.sense.is_speech or draft.rule != "clause" or draft.speaker is None:
        return False
    if draft.speaker == parent.speaker:
        return False
    if parent.is_direct:
        return draft.how is not SpeakerHow.NONE and text[draft.start] in INNER_MARKS
    return True


def _is_outermost(parse: Parse, draft: Draft, drafts: Sequence[Draft]) -> bool:
    parent = _around(parse, draft, drafts)
    if parent is None:
        return True
    if draft.cue is None or parent.cue is None or _around(parse, parent, [draft]) is None:
        return False
    # Each holds the other's cue: the parse is wrong somewhere, and the governing cue is the safer one.
    return draft.cue in list(parse.ancestors(parent.cue))


def _around(parse: Parse, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The narrowest draft whose content holds the draft's cue."""
    if draft.cue is None:
        return None
    at = parse.start[draft.cue]
    around = [d for d in drafts if d is not draft and d.start <= at < d.end and d.holds(at)]
    return min(around, key=lambda d: d.end - d.start, default=None)
