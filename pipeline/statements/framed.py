"""Indirect speech, thought and wish: drafts from cues whose frames the parse fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.actors.mentions import Mentions
from pipeline.statements.contents import find_pieces
from pipeline.statements.draft import Draft, Reading
from pipeline.statements.frames import Complement, find_complement
from pipeline.statements.speakers import find_speaker, place_speaker


def find_framed(reading: Reading, mentions: Mentions, direct: Sequence[Draft]) -> Iterator[Draft]:
    """A draft for every cue that is not the cue of a direct quotation and has a complement."""
    used = {d.cue for d in direct}
    for cue, frames in reading.cues.items():
        if cue in used:
            continue
        complement = find_complement(reading.parse, cue, frames)
        if complement is None:
            continue
        draft = Draft([], complement.frame, frames[complement.frame], cue, (cue, *complement.cue))
        draft.pieces = find_pieces(reading, cue, complement)
        if draft.pieces:
            _find_speaker(reading, mentions, draft, complement)
            if _is_attribution(mentions, draft):
                yield draft


def _find_speaker(reading: Reading, mentions: Mentions, draft: Draft, complement: Complement) -> None:
    if draft.cue is None or complement.frame == "raising" or draft.sense is None or draft.sense.pos == "adv":
        return
    preposition = complement.frame[1:] if complement.frame[0] == "+" else None
    speaker = find_speaker(reading.parse, draft.cue, complement.is_passive, preposition)
    if speaker is not None:
        place_speaker(reading.parse, mentions, draft, speaker)


def _is_attribution(mentions: Mentions, draft: Draft) -> bool:
    """Whether a cue that is no attribution by itself has what makes it one.

    'per' needs an actor ('per Reuters', not 'per hour'); a plan, a call or a doubt needs somebody whose it is.
    """
    sense = draft.sense
    if sense is None or sense.pos not in ("prep", "noun", "adj"):
        return True
    if sense.lemma == "per":
        return draft.speaker is not None and mentions.at(draft.speaker) is not None
    return sense.frame == "clause" or draft.speaker is not None
