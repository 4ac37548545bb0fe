"""Verbs that put what depends on them ahead: plans, appeals, states that hold until then, and what is possible."""

from __future__ import annotations

from pipeline.dates.lexicon import contexts
from pipeline.dates.verbs import Tense, is_infinitive, is_planning, is_pluperfect, is_verb, tense_of
from pipeline.tree import Parse


def is_planned(parse: Parse, verb: int) -> bool:
    """True for 'is scheduled', 'expected', 'due': a participle or adjective of planning."""
    if parse.tag[verb] == "VBN" and is_planning(parse, verb):
        if parse.child(verb, "prt") is not None:
            return False
        if parse.lemma[verb] == "set" and not any(parse.word[c].lower() == "for" for c in parse.children[verb]):
            return False
        return parse.lemma[verb] in contexts()["firm_plan"] and not is_pluperfect(parse, verb)
    return not is_pluperfect(parse, verb) and any(
        parse.lemma[c] in ("due", "likely") and parse.dep[c] == "acomp" for c in parse.children[verb]
    )


def plans_thing(parse: Parse, verb: int, token: int) -> bool:
    """True for a past plan of a thing, the date behind it: 'planned a march on Saturday', 'called for one on Saturday'."""
    if parse.lemma[verb] == "call":
        things = [parse.child(p, "pobj") for p in parse.with_dep(verb, "prep") if parse.word[p].lower() == "for"]
        direct = parse.head[parse.head[token]] == verb
        return any(t is not None and t < token and (direct or token <= parse.right[t]) for t in things)
    thing = parse.child(verb, "dobj")
    return parse.lemma[verb] in ("plan", "schedule") and thing is not None and verb < thing < token


def plans_itself(parse: Parse, verb: int) -> bool:
    """True for 'hoped', not for 'had hoped' nor 'looked vulnerable'."""
    return is_planning(parse, verb) and not is_pluperfect(parse, verb) and parse.child(verb, "acomp") is None


def tells_of_plan(parse: Parse, token: int, verb: int, plan: int) -> bool:
    """True for 'announced plans to build a plant Friday': a bare weekday at the end is that of the news."""
    bare = parse.dep[token] == "npadvmod" and (thing := parse.child(verb, "dobj")) is not None and thing < token
    return bare and parse.pos[plan] == "NOUN" and tense_of(parse, parse.head[plan]) is Tense.PAST


def governed_tense(parse: Parse, token: int, verb: int) -> Tense | None:
    """The tense that the word above a verb gives it: a plan, or 'is to'."""
    above = parse.head[verb]
    if is_infinitive(parse, verb) and parse.lemma[above] == "be" and parse.dep[verb] == "xcomp":
        return Tense.FUTURE
    if not is_planning(parse, above):
        return None
    if not is_infinitive(parse, verb) and parse.dep[verb] not in ("ccomp", "pcomp", "xcomp"):
        return None
    if tells_of_plan(parse, token, verb, above):
        return Tense.PAST
    copula = parse.head[above] if parse.dep[above] == "acomp" else above
    return Tense.PAST if is_pluperfect(parse, copula) else Tense.FUTURE


def is_appeal(parse: Parse, verb: int) -> bool:
    """True for 'Let's win in November'."""
    return (
        parse.tag[verb] == "VB"
        and parse.lemma[verb] == "let"
        and not parse.with_dep(verb, "aux", "nsubj")
        and any(
            parse.word[c].lower() in ("'s", "’s", "us") for i in parse.children[verb] for c in (i, *parse.children[i])
        )
    )


def holds_until(parse: Parse, token: int, verb: int) -> bool:
    """True for 'has been shut until Friday' and 'has kept it shut until Friday': what holds has its end ahead."""
    if token == 0 or parse.word[token - 1].lower() not in contexts()["until"]:
        return False
    while True:
        if any(parse.lemma[c] == "have" and parse.tag[c] in ("VBZ", "VBP") for c in parse.with_dep(verb, "aux")):
            return True
        bare = parse.tag[verb] in ("VBN", "VB") and not any(parse.tag[c] == "VBD" for c in parse.children[verb])
        if not bare or parse.head[verb] == verb or not is_verb(parse, parse.head[verb]):
            return False
        verb = parse.head[verb]


def is_possible(parse: Parse, verb: int) -> bool:
    """True for what may or could be."""
    return any(parse.word[c].lower() in contexts()["open_modal"] for c in parse.with_dep(verb, "aux"))


def is_reported_future(parse: Parse, verb: int) -> bool:
    """True for 'He warned that Monday's talks would fail'."""
    return any(parse.word[c].lower() == "would" for c in parse.with_dep(verb, "aux"))


def is_open(parse: Parse, verb: int) -> bool:
    """True for what 'could' be until autumn."""
    told = {parse.word[c].lower() for c in parse.with_dep(verb, "aux")}
    return "could" in told and "have" not in told
