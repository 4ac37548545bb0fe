"""Status: whether an act is told as done, denied, planned, possible or long past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.events import arguments
from pipeline.events.act import Act
from pipeline.events.history import is_historical
from pipeline.events.moods import (
    FUTURE,
    has_auxiliary,
    has_will,
    is_future,
    is_hypothetical,
    is_if,
    is_negated,
    is_none,
)
from pipeline.events.words import is_listed
from pipeline.tree import Parse


@dataclass(frozen=True, slots=True)
class Status:
    """The four flags of an event."""

    is_negated: bool = False
    is_future: bool = False
    is_hypothetical: bool = False
    is_historical: bool = False


def find_status(parse: Parse, act: Act, event_to: date | None, published: date | None) -> Status:
    """The flags of an act.

    Args:
        parse: the article.
        act: the act, with the verb that carries its tense.
        event_to: the last day on which it can have happened, where a time expression says so.
        published: the article's day.
    """
    nobody = act.recipients and all(parse.word[t].lower() in ("nobody", "none") for t in act.recipients)
    families = {a.family for a in act.chain() if a.family} if act.code == _innermost(act).code else set()
    verb = carrier(parse, act)
    negated = (
        (is_negated(parse, verb) and not _is_beside(parse, act, verb))
        or _is_adjective_negated(parse, act)
        or _has_no(parse, act)
        or bool(nobody)
        or "fail" in families
        or act.family == "fail"
    )
    future = is_future(parse, verb) if _is_verbal(parse, act) else has_auxiliary(parse, verb, FUTURE)
    hypothetical = is_hypothetical(parse, verb) or bool(families & {"try", "want"}) or _is_supposed(parse, act)
    will = has_will_of(parse, act, verb)
    if act.family in ("intend", "want") or act.rules[-1] == "intend" or will:
        future = True
    if act.family == "want":
        hypothetical = True
    elif will:
        hypothetical = any(is_if(parse, clause) for clause in parse.with_dep(verb, "advcl"))
    if act.rules[-1] == "refuse":
        negated = future = False
    if _is_going_on(parse, act, verb):
        future, hypothetical = False, _is_supposed(parse, act)
    historical = is_historical(parse, act.head, event_to, published)
    return Status(negated, future and not historical, hypothetical, historical)


def carrier(parse: Parse, act: Act) -> int:
    """The verb that carries tense and negation: the trigger's, else the verb that governs the noun."""
    token = act.clause
    if parse.pos[token] in arguments.VERBAL:
        return token
    steps = 0
    while parse.head[token] != token and steps < 4:
        token = parse.head[token]
        steps += 1
        if parse.pos[token] in arguments.VERBAL:
            return token
    return act.clause


def has_will_of(parse: Parse, act: Act, verb: int) -> bool:
    """Whether an act is announced: by its own verb, or of a noun by one that only says that it comes about."""
    own = parse.pos[act.clause] in arguments.VERBAL or is_listed(parse.lemma[verb], "carrier")
    return own and has_will(parse, verb)


def _is_going_on(parse: Parse, act: Act, verb: int) -> bool:
    """Whether a noun's act is there whatever its sentence's verb may do: "they may win their war on the rebels"."""
    if parse.pos[act.clause] not in ("NOUN", "PROPN") or is_listed(parse.lemma[verb], "carrier"):
        return False
    return parse.child(act.clause, "poss") is not None and not is_listed(parse.lemma[verb], "light")


def _is_beside(parse: Parse, act: Act, verb: int) -> bool:
    """Whether a verb's negation is not a noun's: "his meeting was not political", "spared no words in his attack"."""
    noun = act.clause
    if parse.pos[noun] in arguments.VERBAL or parse.pos[noun] == "ADJ":
        return False
    while parse.dep[noun] == "conj":
        noun = parse.head[noun]
    if parse.head[noun] != verb:
        around = ("without",) if parse.child(noun, "poss") is not None else ("without", "in", "of")
        return parse.dep[noun] == "pobj" and parse.word[parse.head[noun]].lower() not in around
    return parse.dep[noun] == "nsubj" and parse.child(verb, "acomp", "attr") is not None


def _is_adjective_negated(parse: Parse, act: Act) -> bool:
    """Whether a negation stands right before an adjective: 'is "not ready" to'."""
    return parse.pos[act.clause] == "ADJ" and parse.child(act.clause, "neg") is not None


def _is_supposed(parse: Parse, act: Act) -> bool:
    """Whether a noun's act is only proposed, planned or alleged: "his proposed ban"."""
    return parse.pos[act.head] == "NOUN" and any(is_listed(parse.word[c], "supposed") for c in parse.children[act.head])


def _is_verbal(parse: Parse, act: Act) -> bool:
    return parse.pos[act.clause] in arguments.VERBAL


def _innermost(act: Act) -> Act:
    *_, last = act.chain()
    return last


def _has_no(parse: Parse, act: Act) -> bool:
    if parse.pos[act.head] in arguments.VERBAL:
        target = parse.child(act.head, "dobj")
        return target is not None and is_none(parse, target)
    return is_none(parse, act.head)
