"""Indirect speech, thought and wish: drafts from cues whose frames the parse fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.actors.mentions import Mentions
from pipeline.statements.contents import find_pieces
from pipeline.statements.draft import Draft, Reading, cue_words
from pipeline.statements.forms import Complement
from pipeline.statements.frames import find_complement
from pipeline.statements.nesting import INNER_MARKS
from pipeline.statements.quotations import quotation_at
from pipeline.statements.speakers import find_speaker, place_speaker
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How


def find_framed(reading: Reading, mentions: Mentions, direct: Sequence[Draft]) -> Iterator[Draft]:
    """A draft for every cue that is not the cue of a direct quotation and has a complement."""
    used = {d.cue for d in direct}
    for cue, frames in reading.cues.items():
        if cue in used:
            continue
        complement = find_complement(reading.parse, cue, frames)
        if complement is None:
            continue
        sense = frames[complement.frame]
        words = tuple(sorted({*cue_words(reading.parse, cue, sense), *complement.cue}))
        draft = Draft([], complement.frame, sense, cue, words)
        draft.pieces = find_pieces(reading, cue, complement)
        if draft.pieces:
            _find_speaker(reading, mentions, draft, complement)
            if _is_attribution(reading, mentions, draft) and not _is_quoted_voice(reading, draft):
                yield draft


def _find_speaker(reading: Reading, mentions: Mentions, draft: Draft, complement: Complement) -> None:
    if draft.cue is None or complement.frame == "raising" or draft.sense is None or draft.sense.pos == "adv":
        return
    preposition = complement.frame[1:] if complement.frame[0] == "+" else None
    speaker = find_speaker(reading.parse, draft.cue, complement.is_passive, preposition)
    if speaker is not None:
        place_speaker(reading.parse, mentions, draft, speaker)


def _is_attribution(reading: Reading, mentions: Mentions, draft: Draft) -> bool:
    """Whether a cue that is no attribution by itself has what makes it one.

    'per' needs an actor ('per Reuters', not 'per hour'); 'for' a person before a judgement
    ('For Merkel, it is ...'); a plan, a call or a doubt somebody whose it is.
    """
    sense, parse = draft.sense, reading.parse
    if sense is None or draft.cue is None or sense.pos not in ("prep", "noun", "adj"):
        return True
    actor = None if draft.speaker is None else mentions.at(draft.speaker)
    if sense.lemma == "per":
        return actor is not None and actor.how is not How.NOMINAL
    if sense.lemma == "in":
        return draft.speaker is not None and _tells_clause(reading, draft)
    if sense.lemma == "for":
        return actor is not None and actor.actor_type is ActorType.PERSON and _opens_judgement(reading.parse, draft.cue)
    if sense.pos == "adj" and draft.speaker is not None and parse.word[draft.speaker].lower() == "it":
        # 'It is not clear who fired first' attributes nothing to anybody.
        return False
    return sense.frame == "clause" or draft.speaker is not None


def _opens_judgement(parse: Parse, cue: int) -> bool:
    """Whether a fronted phrase and its comma stand before a clause of being: 'For Merkel, the deal is a mistake'."""
    first, _ = parse.sentences[parse.sentence_of[cue]]
    last = parse.right[cue]
    judges = parse.lemma[parse.head[cue]] in ("be", "seem", "mean", "remain")
    return cue == first and judges and "," in parse.word[last : last + 2]


def _is_quoted_voice(reading: Reading, draft: Draft) -> bool:
    """Whether cue and content stand in one quotation: then the quoted person attributes, not the article.

    What is quoted inside the quotation is told all the same: "He said, 'Leave now'".
    """
    parse = reading.parse
    if draft.cue is None or parse.text[draft.start] in INNER_MARKS:
        return False
    around = quotation_at(reading.quotations, reading.starts, parse.start[draft.cue])
    whole = around is not None and (around.is_closed or around.continues)
    return whole and around is not None and around.start <= draft.start < around.end


_COUNTS = frozenset(("poll", "survey", "census"))
"""What speaks in 'In a poll on Monday, the premier leads by two points'."""


def _tells_clause(reading: Reading, draft: Draft) -> bool:
    """Whether 'in' names a poll or somebody's words that tell the whole clause."""
    parse = reading.parse
    if draft.cue is None:
        return False
    inner = parse.child(draft.cue, "pobj")
    if inner is None:
        return False
    lemma = parse.lemma[inner].lower()
    clause = parse.head[draft.cue]
    if lemma == "word":
        return parse.child(inner, "poss") is not None
    first, _ = parse.sentences[parse.sentence_of[draft.cue]]
    return lemma in _COUNTS and draft.cue == first and clause not in reading.cues
