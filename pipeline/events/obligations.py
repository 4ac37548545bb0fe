"""Obligations: who demands something of whom by "must" or "should": "Rome said that Tunis must withdraw"."""

from __future__ import annotations

from pipeline.events import arguments
from pipeline.events.kinds import Kinds, word_classes
from pipeline.events.roles import mentions_of
from pipeline.tree import Parse

OBLIGATIONS = frozenset({"must", "should"})
"""Auxiliaries by which a speaker demands or appeals."""
_SHARES = frozenset({"percent", "%", "majority", "half", "third"})
_ANY = frozenset({"a", "an", "any", "every"})


def demanded(parse: Parse, kinds: Kinds, verb: int) -> tuple[int, int] | None:
    """Who says that a verb must be done, and who shall do it; None where nobody in particular is asked.

    "Nobody must be above the law", "voters should know" are opinions.
    """
    governor = parse.head[verb]
    if parse.dep[verb] != "ccomp" or "say" not in kinds.of(governor) or _is_state(parse, verb):
        return None
    speaker, asked = arguments.subject(parse, governor), arguments.surface_subject(parse, verb)
    if speaker is None or asked is None or not kinds.is_actor(asked) or parse.pos[asked] == "PRON":
        return None
    if kinds.is_quantity(speaker) and parse.lemma[speaker] in _SHARES:
        return None
    return (speaker, asked) if _is_somebody(parse, kinds, asked) else None


def _is_somebody(parse: Parse, kinds: Kinds, asked: int) -> bool:
    """Whether who is asked is somebody in particular."""
    if "public" in word_classes(parse.lemma[asked]):
        return False
    article = parse.child(asked, "det")
    if article is not None and parse.word[article].lower() in _ANY:
        return False
    if parse.tag[asked] != "NNS" or "official" in kinds.of(asked):
        return True
    return any(m.actor_id or m.country for m in mentions_of(parse, kinds, asked))


def _is_state(parse: Parse, verb: int) -> bool:
    """Whether what must be is no act of the subject: "must be a member", "must be in prison", "must be freed"."""
    if parse.child(verb, "expl") is not None or arguments.is_passive(parse, verb):
        return True
    return parse.lemma[verb] == "be" and parse.child(verb, "acomp") is None
