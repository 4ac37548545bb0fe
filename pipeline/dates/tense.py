"""The tense of the clause around a word: past, future, present, or unclear."""

from __future__ import annotations

from enum import Enum

from pipeline.tree import Parse


class Tense(Enum):
    """Where a clause lies against the time of writing."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


_FUTURE_MODALS = frozenset(
    {"will", "'ll", "’ll", "wo", "shall", "may", "might", "can", "could", "must", "should", "would"}
)
_SURE_FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def tense_at(parse: Parse, token: int) -> Tense | None:
    """The tense of the clause that holds `token`, or None where no verb governs it."""
    verb: int | None = token if _is_verb(parse, token) else None
    if verb is None:
        verb = next((a for a in parse.ancestors(token) if _is_verb(parse, a)), None)
    if verb is None:
        verb = _nearest_verb(parse, token)
    steps = 0
    while verb is not None and steps < 4:
        tense = tense_of(parse, verb)
        if tense is not None:
            return tense
        verb = next((a for a in parse.ancestors(verb) if _is_verb(parse, a)), None)
        steps += 1
    return None


def tense_of(parse: Parse, verb: int) -> Tense | None:
    """The tense of one verb with its auxiliaries; None for a participle or gerund on its own."""
    helpers = parse.with_dep(verb, "aux", "auxpass")
    words = [parse.word[h].lower() for h in helpers]
    if any(w in _FUTURE_MODALS for w in words) and not any(parse.lemma[h] == "have" for h in helpers):
        return Tense.FUTURE
    if "to" in words:
        return Tense.FUTURE
    tags = [parse.tag[h] for h in helpers] + [parse.tag[verb]]
    for helper in helpers:
        if parse.tag[helper] == "VBD":
            return Tense.PAST
        if parse.lemma[helper] == "have":
            return Tense.PAST
        if parse.tag[helper] in ("VBZ", "VBP"):
            return Tense.PRESENT
    if tags == ["VBD"]:
        return Tense.PAST
    if tags == ["VBN"] and parse.dep[verb] in ("acl", "relcl", "ROOT", "advcl"):
        return Tense.PAST
    if tags[0] in _FINITE:
        return Tense.PRESENT
    return None


def _is_verb(parse: Parse, token: int) -> bool:
    return parse.pos[token] in ("VERB", "AUX") and parse.tag[token].startswith("V")


def _nearest_verb(parse: Parse, token: int) -> int | None:
    first, stop = parse.sentences[parse.sentence_of[token]]
    verbs = [i for i in range(first, stop) if _is_verb(parse, i)]
    return min(verbs, key=lambda i: (abs(i - token), i), default=None)
