"""Generality: acts told of people in general, as a habit, as a rule or of a share of those who were asked.

"Dealers sell weapons to adults", "children are beaten", "52 percent of voters praised him" tell no event.
"""

from __future__ import annotations

from pipeline.events import arguments, status
from pipeline.events.act import Act
from pipeline.events.kinds import Kinds, word_classes
from pipeline.events.roles import Party
from pipeline.tree import Parse

VIOLENCE = ("17", "18", "19", "20")
"""Roots of acts that are told even where they are done again and again."""
POLLED = ("01", "05", "11", "12")
"""Roots of acts of which polls ask."""

_GENERAL = frozenset({"would", "should", "must", "ought", "'d", "’d"})
_ANYBODY = frozenset({"you", "anyone", "anybody", "everyone", "everybody", "someone", "somebody"})
_SPECIFIED = ("det", "poss", "nummod", "amod", "compound")


def is_general(parse: Parse, kinds: Kinds, act: Act, actor: Party | None, recipient: Party | None) -> bool:
    """Whether a verb's act is told of nobody and no time in particular."""
    verb = act.clause
    if recipient is not None and not recipient.mentions and parse.word[recipient.head].lower() in _ANYBODY:
        return True
    if actor is not None and (_is_habit(parse, act, actor) or (act.code[:2] in POLLED and _is_polled(parse, verb))):
        return True
    if recipient is not None and is_of_many(parse, recipient) and _is_passive_of_now(parse, verb):
        return True
    return status.is_hypothetical(parse, verb) and _is_anybodys(parse, act, actor)


def is_named(party: Party) -> bool:
    """Whether a party is somebody known, or of a known country."""
    return any(m.actor_id or m.country for m in party.mentions)


def is_of_many(parse: Parse, party: Party) -> bool:
    """Whether a party is people in general: a bare plural."""
    return not is_named(party) and parse.tag[party.head] == "NNS" and parse.child(party.head, *_SPECIFIED) is None


def is_rule(parse: Parse, verb: int) -> bool:
    """Whether a verb tells what follows from a condition, for always: "if we see it, we report it"."""
    for clause in parse.with_dep(verb, "advcl"):
        marks = {parse.word[c].lower() for c in parse.with_dep(clause, "mark")}
        if marks.isdisjoint({"if", "unless", "when", "whenever"}):
            continue
        own = parse.child(clause, "nsubj", "nsubjpass")
        if own is not None and parse.word[own].lower() in _ANYBODY:
            return True
        if "if" in marks and parse.tag[verb] in ("VBP", "VBZ") and parse.tag[clause] in ("VBP", "VBZ"):
            return True
    return False


def _is_habit(parse: Parse, act: Act, actor: Party) -> bool:
    """Whether people of a kind do it as a rule: "dealers sell weapons to adults"."""
    verb = act.clause
    for v in (verb, parse.head[verb]) if act.code[:2] not in VIOLENCE else ():
        classes = {name for c in parse.children[v] for name in word_classes(parse.word[c])}
        if "sometimes" in classes or (parse.tag[v] in ("VBP", "VBZ") and "often" in classes):
            return True
    if not is_of_many(parse, actor) or not _is_now(parse, verb):
        return False
    first, stop = parse.sentences[parse.sentence_of[verb]]
    return any(parse.word[t] in (".", "”", '"') for t in range(max(first, stop - 2), stop))


def _is_polled(parse: Parse, verb: int) -> bool:
    """Whether the doers are a share of those who were asked: "52 percent of voters agreed"."""
    grammatical, doer = arguments.surface_subject(parse, verb), arguments.subject(parse, verb)
    if doer is not None and parse.tag[doer] == "NNS" and "polled" in word_classes(parse.lemma[doer]):
        return True
    return any(t is not None and "share" in word_classes(parse.lemma[t]) for t in (grammatical, doer))


def _is_passive_of_now(parse: Parse, verb: int) -> bool:
    """Whether a verb tells what is suffered now and always: "are beaten"."""
    auxiliaries = [(parse.dep[c], parse.tag[c]) for c in parse.with_dep(verb, "auxpass", "aux")]
    return auxiliaries == [("auxpass", "VBP")]


def _is_anybodys(parse: Parse, act: Act, actor: Party | None) -> bool:
    """Whether a possible act is nobody's in particular: "women should be punished", "they would sell their house"."""
    if actor is not None and parse.pos[actor.head] == "PRON" and not is_named(actor):
        return True
    general = any(parse.word[c].lower() in _GENERAL for c in parse.with_dep(act.clause, "aux"))
    return general and (actor is None or is_of_many(parse, actor))


def _is_now(parse: Parse, verb: int) -> bool:
    """Whether a verb is in the present, simple or progressive."""
    if parse.tag[verb] == "VBP":
        return True
    return parse.tag[verb] == "VBG" and any(parse.tag[c] == "VBP" for c in parse.with_dep(verb, "aux"))
