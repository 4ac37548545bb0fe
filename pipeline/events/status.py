"""Status: whether an act is told as done, denied, planned, possible or long past."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.events import arguments
from pipeline.events.act import Act
from pipeline.events.kinds import word_classes
from pipeline.tree import Parse

LONG_AGO = timedelta(days=365)
"""An event that ended this long before the article's day is background."""

_FUTURE = frozenset({"will", "shall", "'ll", "wo", "ll", "’ll"})
_POSSIBLE = frozenset({"would", "could", "may", "might", "can", "should", "ca", "'d", "must", "ought", "’d"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "should", "until"})
_NEGATIONS = frozenset({"not", "n't", "never", "n’t", "no", "nor", "neither"})
_SCARCELY = frozenset({"hardly", "scarcely", "barely"})
_AGO = re.compile(
    r"\b(?:years|decades|century|centuries|generations) (?:ago|earlier|before)\b|\bin the (?:18|19)\d0s\b|\bcenturies?\b"
    r"|\bdecades? of\b|\b(?:last|previous) (?:century|decade)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|since|of|during|until|from|back in|early|late|mid) ?-?(?:the )?(1[5-9]\d\d|20[0-4]\d)\b")


@dataclass(frozen=True, slots=True)
class Status:
    """The four flags of an event."""

    is_negated: bool = False
    is_future: bool = False
    is_hypothetical: bool = False
    is_historical: bool = False


_SUPPOSED = frozenset(
    {
        "proposed",
        "planned",
        "possible",
        "potential",
        "threatened",
        "alleged",
        "suspected",
        "would-be",
        "attempted",
        "feared",
    }
)
"""Adjectives of acts that are not, or not surely, done."""
NOUN_CARRIERS = frozenset({"begin", "start", "resume", "continue", "take", "hold", "open", "end", "convene", "happen"})
"""Verbs whose tense is that of the noun that is their subject or object."""


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
    negated = is_negated(parse, verb) or _has_no(parse, act) or bool(nobody) or "fail" in families
    future = is_future(parse, verb) if _is_verbal(parse, act) else _has_auxiliary(parse, verb, _FUTURE)
    hypothetical = is_hypothetical(parse, verb) or bool(families & {"try", "want"}) or _is_supposed(parse, act)
    if act.family in ("intend", "want") or act.rules[-1] == "intend":
        future = True
    if act.family == "want":
        hypothetical = True
    elif act.family == "intend" or act.rules[-1] == "intend":
        hypothetical = hypothetical and not has_will(parse, verb)
    return Status(negated, future, hypothetical, _is_historical(parse, act.head, event_to, published))


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


def is_negated(parse: Parse, verb: int) -> bool:
    """Whether the verb is negated, by itself or by the verb that governs it ("failed to", "refused to")."""
    for c in parse.children[verb]:
        if parse.word[c].lower() in _SCARCELY or _is_no_longer(parse, c):
            return True
        if parse.dep[c] == "neg" or (parse.dep[c] in ("advmod", "preconj") and parse.word[c].lower() in _NEGATIONS):
            return not (c + 1 < len(parse) and parse.word[c + 1].lower() in ("only", "just", "merely"))
        if parse.dep[c] in ("nsubj", "nsubjpass") and _is_none(parse, c):
            return True
    return _is_negated_above(parse, verb)


def _is_negated_above(parse: Parse, verb: int) -> bool:
    """Whether the governor negates a verb: "failed to", "has yet to", "without", "does not think that", "not ... or"."""
    head, dep = parse.head[verb], parse.dep[verb]
    yet = dep == "xcomp" and any(parse.word[c].lower() == "yet" for c in parse.children[head])
    if (yet and parse.lemma[head] in ("have", "be")) or (dep == "pcomp" and parse.word[head].lower() == "without"):
        return True
    if dep in ("xcomp", "pcomp"):
        if dep == "pcomp":
            head = parse.head[head]
        if "failure" in word_classes(parse.lemma[head]):
            return True
        return dep == "xcomp" and is_negated(parse, head)
    if dep == "ccomp" and parse.lemma[head] in ("think", "believe", "expect", "suppose"):
        return any(parse.dep[c] == "neg" for c in parse.children[head])
    if dep == "conj" and _shares(parse, verb):
        if parse.dep[head] == "xcomp" and "failure" in word_classes(parse.lemma[parse.head[head]]):
            return True
        return any(parse.dep[c] == "neg" for c in parse.children[head]) and _joined_by_or(parse, head)
    return False


def _is_no_longer(parse: Parse, adverb: int) -> bool:
    return parse.word[adverb].lower() == "longer" and any(parse.word[c].lower() == "no" for c in parse.children[adverb])


def is_future(parse: Parse, verb: int) -> bool:
    """Whether the verb tells something to come."""
    if _has_auxiliary(parse, verb, _FUTURE):
        return True
    head, dep = parse.head[verb], parse.dep[verb]
    if dep == "pcomp" and parse.word[head].lower() == "by" and parse.pos[parse.head[head]] in arguments.VERBAL:
        return is_future(parse, parse.head[head])
    if dep == "xcomp" and parse.lemma[head] == "be" and arguments.is_bare(parse, verb):
        return True
    if parse.tag[verb] == "VB" and _has_to(parse, verb) and dep in ("xcomp", "acl", "advcl", "ccomp"):
        if "plan" in word_classes(parse.lemma[head]) or (dep == "advcl" and parse.pos[head] in arguments.VERBAL):
            return True
        if dep == "acl":
            return True
        if dep == "xcomp" and parse.pos[head] in arguments.VERBAL:
            return is_future(parse, head)
    if dep == "conj" and parse.child(verb, "aux", "nsubj", "nsubjpass") is None and parse.pos[head] in arguments.VERBAL:
        return _has_form_of(parse, verb, head) and is_future(parse, head)
    return False


def is_hypothetical(parse: Parse, verb: int) -> bool:
    """Whether the verb tells something possible, conditional or wished for."""
    if _has_auxiliary(parse, verb, _POSSIBLE) and not _is_had(parse, verb):
        return True
    for c in parse.children[verb]:
        if parse.dep[c] in ("mark", "advmod") and parse.word[c].lower() in _CONDITIONS and c < verb:
            return parse.word[c].lower() != "until"
    head, dep = parse.head[verb], parse.dep[verb]
    if dep in ("xcomp", "ccomp") and parse.pos[head] in arguments.VERBAL:
        if "wish" in word_classes(parse.lemma[head]) and (dep == "xcomp" or arguments.is_bare(parse, verb)):
            return True
        return (dep == "xcomp" or arguments.is_bare(parse, verb)) and is_hypothetical(parse, head)
    if dep == "conj" and parse.child(verb, "aux", "nsubj", "nsubjpass") is None and parse.pos[head] in arguments.VERBAL:
        return _has_form_of(parse, verb, head) and is_hypothetical(parse, head)
    return False


def _is_had(parse: Parse, verb: int) -> bool:
    """Whether a clipped auxiliary stands for "had": "who'd endorsed him"."""
    words = [parse.word[c].lower() for c in parse.with_dep(verb, "aux")]
    return parse.tag[verb] == "VBN" and words in (["'d"], ["’d"])


def has_will_of(parse: Parse, act: Act, verb: int) -> bool:
    """Whether an act is announced: by its own verb, or of a noun by one that only says that it comes about."""
    own = parse.pos[act.clause] in arguments.VERBAL or parse.lemma[verb] in NOUN_CARRIERS
    return own and has_will(parse, verb)


def has_will(parse: Parse, verb: int) -> bool:
    """Whether the verb's own auxiliary announces ("will visit", "said it would visit")."""
    if parse.dep[verb] == "conj" and _shares(parse, verb):
        verb = parse.head[verb]
    return _has_auxiliary(parse, verb, _FUTURE) or _is_reported_would(parse, verb) or _is_going_to(parse, verb)


def may_happen(parse: Parse, verb: int) -> bool:
    """Whether the verb's own auxiliary leaves open what its subject may still do ("may halt", not "may have halted")."""
    perfect = any(parse.dep[c] == "aux" and parse.word[c].lower() == "have" for c in parse.children[verb])
    return not perfect and _has_auxiliary(parse, verb, frozenset({"may", "might", "could"}))


def _shares(parse: Parse, verb: int) -> bool:
    """Whether a coordinated verb has the auxiliaries and the subject of the first one."""
    head = parse.head[verb]
    own = parse.child(verb, "aux", "nsubj", "nsubjpass")
    return own is None and parse.pos[head] in arguments.VERBAL and _has_form_of(parse, verb, head)


def _has_form_of(parse: Parse, verb: int, head: int) -> bool:
    """Whether a coordinated verb can share the auxiliaries of the first; the parse takes many bare forms for the present."""
    return parse.tag[verb] == parse.tag[head] or (parse.tag[head] == "VB" and parse.tag[verb] == "VBP")


def _is_going_to(parse: Parse, verb: int) -> bool:
    """Whether somebody is going to do it, or is to do it: "is going to resign", "is to resign"."""
    head = parse.head[verb]
    if parse.dep[verb] != "xcomp" or not _has_to(parse, verb):
        return False
    return parse.lemma[head] == "be" or (parse.lemma[head] == "go" and parse.tag[head] == "VBG")


def _is_reported_would(parse: Parse, verb: int) -> bool:
    if not _has_auxiliary(parse, verb, frozenset({"would", "'d", "’d"})):
        return False
    while parse.dep[verb] == "conj" and parse.pos[parse.head[verb]] in arguments.VERBAL:
        verb = parse.head[verb]
    return parse.dep[verb] == "ccomp" and parse.tag[parse.head[verb]] in ("VBD", "VBN")


def _is_supposed(parse: Parse, act: Act) -> bool:
    """Whether a noun's act is only proposed, planned or alleged: "his proposed ban"."""
    return parse.pos[act.head] == "NOUN" and any(parse.word[c].lower() in _SUPPOSED for c in parse.children[act.head])


def _is_verbal(parse: Parse, act: Act) -> bool:
    return parse.pos[act.clause] in arguments.VERBAL


def _innermost(act: Act) -> Act:
    *_, last = act.chain()
    return last


def _has_no(parse: Parse, act: Act) -> bool:
    if parse.pos[act.head] in arguments.VERBAL:
        target = parse.child(act.head, "dobj")
        return target is not None and _is_none(parse, target)
    return _is_none(parse, act.head)


def _is_none(parse: Parse, noun: int) -> bool:
    word = parse.word[noun].lower()
    if word in ("nobody", "none", "nothing") or (word == "one" and parse.child(noun, "det") is not None):
        return word != "one" or any(parse.word[c].lower() == "no" for c in parse.children[noun])
    return any(
        parse.word[c].lower() in ("no", "neither") and parse.dep[c] in ("det", "neg", "preconj")
        for c in parse.children[noun]
    )


def _has_auxiliary(parse: Parse, verb: int, words: frozenset[str]) -> bool:
    return any(parse.dep[c] in ("aux", "auxpass") and parse.word[c].lower() in words for c in parse.children[verb])


def _has_to(parse: Parse, verb: int) -> bool:
    return any(parse.dep[c] == "aux" and parse.word[c].lower() == "to" for c in parse.children[verb])


def _joined_by_or(parse: Parse, verb: int) -> bool:
    return any(parse.dep[c] == "cc" and parse.word[c].lower() in ("or", "nor") for c in parse.children[verb])


def _is_historical(parse: Parse, token: int, event_to: date | None, published: date | None) -> bool:
    if event_to is not None and published is not None and event_to < published - LONG_AGO:
        return True
    first, stop = parse.sentences[parse.sentence_of[token]]
    if published is not None:
        found = _YEAR.finditer(parse.text, parse.start[first], parse.end[stop - 1])
        years = [int(m[1]) for m in found if not _is_aside(parse, parse.token_at(m.start(1)), token)]
        if years and max(years) < published.year - 1:
            return True
    return _AGO.search(parse.sentence_text(token)) is not None


def _is_aside(parse: Parse, word: int, act: int) -> bool:
    """Whether a word stands in a relative clause that does not hold the act ("who led the party in 2000")."""
    above = {act, *parse.ancestors(act)}
    return any(parse.dep[t] == "relcl" and t not in above for t in parse.ancestors(word))
