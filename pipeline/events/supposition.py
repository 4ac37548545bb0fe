"""Supposition: clauses that only suppose, wish, command or think of what they say.

Conditions ("if he leaves"), wishes ("let them go", "he should leave"), commands, and what somebody else is pressed to say.
"""

from __future__ import annotations

from pipeline.events import arguments
from pipeline.events.generality import is_rule
from pipeline.events.kinds import word_classes
from pipeline.events.moods import is_if
from pipeline.events.words import is_listed
from pipeline.tree import Parse

_OWN = ("nsubj", "nsubjpass", "aux", "auxpass")
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "until", "till"})
_OBLIGED = frozenset({"should", "ought", "must"})
"""Auxiliaries of what somebody wants; who says so demands it, which is another act."""
_POSSIBLE = frozenset({"would", "could", "may", "might", "'d", "’d"})
_SUPPOSED = frozenset({"should", "were", "had"})


def is_supposed(parse: Parse, verb: int) -> bool:
    """Whether a clause only supposes, commands or compares: a condition, "leave him", "rather than leave him"."""
    if parse.word[parse.left[verb] - 1].lower() == "than" or is_rule(parse, verb):
        return True
    return _is_condition(parse, verb) or _is_command(parse, verb)


def is_thought(parse: Parse, verb: int) -> bool:
    """Whether what may happen is only wished, thought or meant to: "he should leave", "think he might leave", "so he could leave"."""
    if is_wished(parse, verb):
        return True
    dep, head = parse.dep[verb], parse.head[verb]
    if dep == "ccomp" and is_listed(parse.lemma[head], "hoped") and parse.child(verb, "aux") is not None:
        return True
    if not is_only_possible(parse, verb):
        return False
    if _is_imagined(parse, verb):
        return True
    if any(parse.word[c].lower() in ("when", "whenever") for c in parse.with_dep(verb, "advmod")):
        return True
    if dep == "advcl":
        return any(parse.word[c].lower() == "so" and c < verb for c in parse.with_dep(verb, "mark", "advmod"))
    return dep == "ccomp" and "wish" in word_classes(parse.lemma[head])


def _is_imagined(parse: Parse, verb: int) -> bool:
    """Whether a speaker says what he would do if things were otherwise: "if they called him that, I would rebuke them"."""
    own = parse.child(verb, "nsubj")
    if own is None or parse.word[own].lower() not in ("i", "we"):
        return False
    return any(parse.tag[c] == "VBD" and is_if(parse, c) for c in parse.with_dep(verb, "advcl"))


def is_in_condition(parse: Parse, verb: int) -> bool:
    """Whether a clause is the content of a verb that is itself a condition: "if he said that", "assuming that"."""
    while parse.dep[verb] == "ccomp" and parse.head[verb] != verb:
        verb = parse.head[verb]
        if _is_condition(parse, verb) or (parse.tag[verb] == "VBG" and is_listed(parse.lemma[verb], "assumed")):
            return True
        if _is_asked_of_another(parse, verb) or _is_let(parse, verb):
            return True
    when = {parse.word[c].lower() for c in parse.with_dep(verb, "advmod", "mark")} & {"when", "whenever", "if", "as"}
    return bool(when) and parse.dep[verb] == "advcl" and parse.tag[verb] == "VBN" and parse.child(verb, *_OWN) is None


def _is_let(parse: Parse, verb: int) -> bool:
    """Whether a verb is a wish: "let them go"."""
    return parse.lemma[verb] == "let" and parse.tag[verb] == "VB" and parse.child(verb, *_OWN) is None


def _is_asked_of_another(parse: Parse, verb: int) -> bool:
    """Whether a verb is what somebody is urged to do: "pressed Lee to say that he agrees"."""
    governor = parse.head[verb]
    if parse.dep[verb] != "xcomp" or not arguments.is_bare(parse, verb) or parse.pos[governor] not in arguments.VERBAL:
        return False
    return parse.child(governor, "dobj") is not None and "realising" not in word_classes(parse.lemma[governor])


def is_only_possible(parse: Parse, verb: int) -> bool:
    """Whether a verb has an auxiliary of possibility."""
    return any(parse.word[c].lower() in _POSSIBLE for c in parse.with_dep(verb, "aux", "auxpass"))


def is_wished(parse: Parse, verb: int) -> bool:
    """Whether a verb tells what somebody is to do: "he should leave"."""
    return any(parse.word[c].lower() in _OBLIGED for c in parse.with_dep(verb, "aux", "auxpass"))


def _is_condition(parse: Parse, verb: int) -> bool:
    """Whether a clause is a condition or an ability: "if he leaves", "should he leave", "before he could leave"."""
    auxiliaries = {parse.word[c].lower(): c for c in parse.with_dep(verb, "aux", "auxpass")}
    marks = {parse.word[c].lower() for c in parse.with_dep(verb, "mark")}
    if (
        not marks.isdisjoint(_CONDITIONS)
        or ("before" in marks and "could" in auxiliaries)
        or not auxiliaries.keys().isdisjoint(("can", "ca"))
    ):
        return True
    own = parse.child(verb, "nsubj", "nsubjpass")
    return own is not None and any(word in _SUPPOSED and c < own for word, c in auxiliaries.items())


def _is_command(parse: Parse, verb: int) -> bool:
    """Whether a verb commands: "Don't shoot him"."""
    if parse.tag[verb] != "VB" or parse.dep[verb] not in ("ROOT", "ccomp", "parataxis", "conj"):
        return False
    words = {parse.word[c].lower() for c in parse.children[verb] if parse.dep[c] in ("aux", "auxpass", "mark")}
    return parse.child(verb, "nsubj", "nsubjpass", "csubj") is None and words <= {"do"}
