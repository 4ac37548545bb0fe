"""Addressees: to whom something was said, asked or promised."""

from __future__ import annotations

from pipeline.statements.draft import Draft
from pipeline.statements.forms import HEARING, is_passive
from pipeline.statements.media import find_document, names_occasion
from pipeline.statements.speakers import speaker_span
from pipeline.tree import Parse
from pipeline.vocabulary import CueClass

_CONTENTS_BESIDE = ("clause", "quote", "+about", "+of", "+on", "object_of", "infinitive")
"""Frames that leave the object of the verb to the addressee: 'told reporters that ...'."""

_ASKING = frozenset((CueClass.APPEAL, CueClass.DEMAND, CueClass.ASK, CueClass.THREATEN, CueClass.PROMISE))


def find_addressee(parse: Parse, draft: Draft) -> int | None:
    """The head word of the addressee, or None where the text names none."""
    cue, sense = draft.cue, draft.sense
    if cue is None or sense is None or sense.pos not in ("verb", "noun"):
        return None
    if sense.pos == "verb":
        found = _object(parse, draft, cue)
        if found is None:
            found = _of_participle(parse, draft, cue)
        if found is not None and found != draft.speaker:
            return found
    if sense.frame in ("+to", "object_to") and sense.cue_class not in _ASKING:
        return None
    return _after_to(parse, draft, cue)


def _object(parse: Parse, draft: Draft, cue: int) -> int | None:
    sense = draft.sense
    if sense is None:
        return None
    if sense.lemma in HEARING and sense.frame in _CONTENTS_BESIDE:
        hearer = parse.child(cue, "dative", "dobj", "nsubjpass")
        return (
            hearer if hearer is not None and _is_hearer(parse, hearer) and not _within(parse, draft, hearer) else None
        )
    if sense.frame in ("object_to", "+on") and sense.cue_class in _ASKING:
        hearer = parse.child(cue, "dobj", "nsubjpass")
        if hearer is None:
            on = next((p for p in parse.with_dep(cue, "prep") if parse.word[p].lower() in ("on", "upon")), None)
            hearer = parse.child(on, "pobj") if on is not None else _embedded_subject(parse, cue)
        return hearer if hearer is not None and _is_hearer(parse, hearer) else None
    return None


def _of_participle(parse: Parse, draft: Draft, cue: int) -> int | None:
    """'Asked about it, he declined to comment': the subject of the main clause was asked."""
    sense = draft.sense
    if sense is None or sense.lemma not in HEARING or parse.dep[cue] != "advcl" or not is_passive(parse, cue):
        return None
    return parse.child(parse.head[cue], "nsubj", "nsubjpass")


def _embedded_subject(parse: Parse, cue: int) -> int | None:
    """'wants / Iran to stop': no hearer; 'ordered / troops to leave' parsed as one clause: its subject."""
    clause = parse.child(cue, "ccomp", "xcomp")
    return None if clause is None else parse.child(clause, "nsubj")


def _after_to(parse: Parse, draft: Draft, cue: int) -> int | None:
    """'said to Macron', 'wrote in a letter to the council', 'a letter to the council saying'."""
    places = [cue]
    if parse.dep[cue] in ("acl", "xcomp") and parse.head[cue] != cue:
        places.append(parse.head[cue])
    for channel in parse.with_dep(cue, "prep"):
        noun = parse.child(channel, "pobj")
        if noun is not None and find_document(parse.lemma[noun].lower()) is not None:
            places.append(noun)
    for place in places:
        if place != cue and parse.pos[place] in ("NOUN", "PROPN") and find_document(parse.lemma[place].lower()) is None:
            continue
        for to in parse.with_dep(place, "prep", "dative"):
            hearer = parse.child(to, "pobj")
            if hearer is None or parse.word[to].lower() != "to" or not _is_hearer(parse, hearer):
                continue
            if not _within(parse, draft, hearer) and hearer != draft.speaker:
                return hearer
    return None


def _is_hearer(parse: Parse, head: int) -> bool:
    """Whether a noun can hear: not a reflexive, a number, a time or an occasion ('told a news conference')."""
    if parse.word[head].lower().endswith(("self", "selves")) or names_occasion(parse, head):
        return False
    return parse.pos[head] in ("PROPN", "NOUN", "PRON")


def _within(parse: Parse, draft: Draft, token: int) -> bool:
    return draft.holds(parse.start[token])


def addressee_tokens(parse: Parse, draft: Draft, head: int) -> tuple[int, int]:
    """First and last token of the addressee's phrase; where the addressee is part of the content, of its noun phrase."""
    without = set(draft.cue_words)
    if not _within(parse, draft, head):
        for start, end in draft.pieces:
            without.update(parse.tokens_in(start, end))
    return speaker_span(parse, head, without)
