"""Statements inside statements: which attribution stands within another's content."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from pipeline.statements.draft import Draft
from pipeline.tree import Parse
from pipeline.vocabulary import SpeakerHow

INNER_MARKS = frozenset("'\u2018\u201c\"")


def nest(parse: Parse, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts with their parents, in the order of the text.

    One inside another is kept where it tells that somebody else said something ('Kerry said that
    Lavrov had promised to leave'); what the quoted person thinks, wants or asks is content.
    """
    direct = _Contents(d for d in drafts if d.is_direct)
    free = [d for d in drafts if not d.is_direct and direct.around(parse, d) is None]
    among = _Contents(free)
    outer = [*direct.drafts, *(d for d in free if _is_outermost(parse, d, among))]
    holders, chosen = _Contents(outer), {id(d) for d in outer}
    kept = list(outer)
    for d in drafts:
        if id(d) not in chosen:
            d.parent = holders.around(parse, d)
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


class _Contents:
    """Drafts by where their contents stand, to find the one around a cue without looking at all."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self.drafts = sorted(drafts, key=lambda d: (d.start, d.end))
        self._starts = [d.start for d in self.drafts]
        self._reach = list(accumulate((d.end for d in self.drafts), max))

    def around(self, parse: Parse, draft: Draft) -> Draft | None:
        """The narrowest draft whose content holds another draft's cue."""
        if draft.cue is None:
            return None
        at = parse.start[draft.cue]
        narrowest: Draft | None = None
        for i in range(bisect_right(self._starts, at) - 1, -1, -1):
            if self._reach[i] <= at:
                break
            d = self.drafts[i]
            if d is draft or not d.holds(at):
                continue
            if narrowest is None or d.end - d.start <= narrowest.end - narrowest.start:
                narrowest = d
        return narrowest


def _is_outermost(parse: Parse, draft: Draft, drafts: _Contents) -> bool:
    parent = drafts.around(parse, draft)
    if parent is None:
        return True
    if draft.cue is None or parent.cue is None or not draft.holds(parse.start[parent.cue]):
        return False
    # Each holds the other's cue: the parse is wrong somewhere, and the governing cue is the safer one.
    return draft.cue in list(parse.ancestors(parent.cue))
