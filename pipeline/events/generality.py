"""Generality: acts told of people in general, as a habit, as a rule or of a share of those who were asked.

"Dealers sell weapons to adults", "children are beaten", "52 percent of voters praised him" tell no event.
"""

from __future__ import annotations

from pipeline.events import arguments, moods
from pipeline.events.act import Act
from pipeline.events.kinds import Kinds, word_classes
from pipeline.events.roles import Party
from pipeline.events.words import is_listed
from pipeline.tree import Parse

VIOLENCE = ("17", "18", "19", "20")
"""Roots of acts that are told even where they are done again and again."""
POLLED = ("01", "05", "11", "12")
"""Roots of acts of which polls ask."""

MATERIAL = ("06", "07", "08", "14", "15", "16", "17", "18", "19", "20")
"""Roots of acts that "we" do not do by saying so ("the immigrants whom we accept")."""

_GENERAL = frozenset({"would", "should", "must", "ought", "'d", "’d"})
_MAY = frozenset({"could", "may", "might"})
_QUANTIFIED = frozenset({"every", "any", "few"})
_VAGUE = frozenset({"they", "we", "you", "people", "one", "others"})
_ANYBODY = frozenset({"you", "anyone", "anybody", "everyone", "everybody", "someone", "somebody"})
_SPECIFIED = ("det", "poss", "nummod", "amod", "compound")


def is_general(parse: Parse, kinds: Kinds, act: Act, actor: Party | None, recipient: Party | None) -> bool:
    """Whether a verb's act is told of nobody and no time in particular."""
    verb = act.clause
    if recipient is not None and not recipient.mentions and parse.word[recipient.head].lower() in _ANYBODY:
        return True
    if actor is not None and (_is_habit(parse, act, actor) or _is_vague(parse, act, actor)):
        return True
    if actor is not None and act.code[:2] in POLLED and _is_of_opinion(parse, act, actor):
        return True
    counted = arguments.surface_subject(parse, verb)
    if counted is not None and parse.lemma[counted] in ("percent", "%", "percentage"):
        return True
    if recipient is not None and is_of_many(parse, recipient):
        of_a_kind = parse.dep[verb] == "relcl" and parse.head[verb] == recipient.head
        if of_a_kind or _is_passive_of_now(parse, verb):
            return True
    if actor is not None and any(parse.word[c].lower() == "no" for c in parse.with_dep(actor.head, "det")):
        return moods.is_hypothetical(parse, verb)
    return moods.is_hypothetical(parse, verb) and _is_anybodys(parse, act, actor)


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
        if "sometimes" in classes or (_is_present(parse, v) and "often" in classes):
            return True
    if not is_of_many(parse, actor) or not _is_now(parse, verb):
        return False
    first, stop = parse.sentences[parse.sentence_of[verb]]
    return any(parse.word[t] in (".", "”", '"') for t in range(max(first, stop - 2), stop))


def _is_present(parse: Parse, verb: int) -> bool:
    """Whether a verb is in the simple present, by itself or by its auxiliary ("do not agree")."""
    if parse.tag[verb] in ("VBP", "VBZ"):
        return True
    auxiliaries = [parse.tag[c] for c in parse.with_dep(verb, "aux", "auxpass")]
    return parse.tag[verb] == "VB" and auxiliaries in (["VBP"], ["VBZ"])


def is_of_any(parse: Parse, party: Party) -> bool:
    """Whether a party is any of its kind: "any attack on any citizen"."""
    return any(parse.word[c].lower() in _QUANTIFIED for c in parse.with_dep(party.head, "det"))


def _is_vague(parse: Parse, act: Act, actor: Party) -> bool:
    """Whether the doers are anybody ("every voter who asks"), or a "we" or "they" of whom something is true always."""
    if any(
        parse.word[c].lower() in _QUANTIFIED and parse.dep[c] in ("det", "amod") for c in parse.children[actor.head]
    ):
        return True
    word = parse.word[actor.head].lower()
    if word in ("we", "they") and act.code[:2] in MATERIAL and _is_present(parse, act.clause):
        return True
    if word == "we" and any(
        parse.word[c].lower() == "all" for c in (actor.head + 1, actor.head - 1) if 0 <= c < len(parse)
    ):
        return True
    if word == "people" and act.code < "09" and is_of_many(parse, actor):
        return True
    return word in _VAGUE and not is_named(actor) and _is_present(parse, act.clause)


def _is_of_opinion(parse: Parse, act: Act, actor: Party) -> bool:
    return _is_polled(parse, act.clause, actor) or _is_nation(parse, act, actor)


def _is_nation(parse: Parse, act: Act, actor: Party) -> bool:
    """Whether all people of a country are said to think something: "most Americans agree"."""
    nation = bool(actor.mentions) and all(m.actor_code and m.actor_code == m.country for m in actor.mentions)
    counted = any(parse.word[c].lower() in ("most", "many") for c in parse.with_dep(actor.head, "amod"))
    return nation and (counted or act.code.startswith("01")) and _is_present(parse, act.clause)


def _is_polled(parse: Parse, verb: int, actor: Party) -> bool:
    """Whether the doers are a share of those who were asked: "52 percent of voters agreed"."""
    first, stop = parse.sentences[parse.sentence_of[verb]]
    many = parse.tag[actor.head] in ("NNS", "NNPS") or parse.word[actor.head].lower() == "they"
    if many and any(is_listed(parse.lemma[t], "poll") for t in range(first, stop)):
        return True
    if many and sum(parse.lemma[t] in ("percent", "%") for t in range(first, stop)) > 1:
        return True
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
    modals = _GENERAL if act.code >= "09" else _GENERAL | _MAY
    general = any(parse.word[c].lower() in modals for c in parse.with_dep(act.clause, "aux"))
    return general and (actor is None or is_of_many(parse, actor))


def _is_now(parse: Parse, verb: int) -> bool:
    """Whether a verb is in the present, simple or progressive."""
    if parse.tag[verb] == "VBP":
        return True
    return parse.tag[verb] == "VBG" and any(parse.tag[c] == "VBP" for c in parse.with_dep(verb, "aux"))
