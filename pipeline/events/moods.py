"""Moods: whether a verb is negated, is still to come, or is only possible, by its own words and by those above it."""

from __future__ import annotations

from pipeline.events import arguments
from pipeline.events.kinds import word_classes
from pipeline.tree import Parse

FUTURE = frozenset({"will", "shall", "'ll", "wo", "ll", "’ll"})
"""Auxiliaries of what is to come."""
_POSSIBLE = frozenset({"would", "could", "may", "might", "can", "should", "ca", "'d", "must", "ought", "’d"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "should", "until"})
_NEGATIONS = frozenset({"not", "n't", "never", "n’t", "no", "nor", "neither"})
_SCARCELY = frozenset({"hardly", "scarcely", "barely"})


def is_negated(parse: Parse, verb: int) -> bool:
    """Whether the verb is negated, by itself or by the verb that governs it ("failed to", "refused to")."""
    if _is_emphatic(parse, verb):
        return False
    for c in parse.children[verb]:
        if parse.word[c].lower() in _SCARCELY or _is_no_longer(parse, c):
            return True
        if parse.dep[c] == "neg" or (parse.dep[c] in ("advmod", "preconj") and parse.word[c].lower() in _NEGATIONS):
            return not (c + 1 < len(parse) and parse.word[c + 1].lower() in ("only", "just", "merely"))
        if parse.dep[c] in ("nsubj", "nsubjpass") and is_none(parse, c):
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
        negated = any(parse.dep[c] == "neg" or parse.word[c].lower() == "neither" for c in parse.children[head])
        return negated and _joined_by_or(parse, head)
    return False


def _is_emphatic(parse: Parse, verb: int) -> bool:
    """Whether a denied possibility says the highest degree: "could not agree more"."""
    more = any(parse.word[c].lower() == "more" and c > verb for c in parse.with_dep(verb, "advmod", "dobj"))
    return more and parse.child(verb, "neg") is not None and has_auxiliary(parse, verb, frozenset({"could"}))


def _is_no_longer(parse: Parse, adverb: int) -> bool:
    return parse.word[adverb].lower() == "longer" and any(parse.word[c].lower() == "no" for c in parse.children[adverb])


def is_future(parse: Parse, verb: int) -> bool:
    """Whether the verb tells something to come."""
    if has_auxiliary(parse, verb, FUTURE):
        return True
    head, dep = parse.head[verb], parse.dep[verb]
    if dep == "pcomp" and parse.word[head].lower() == "by" and parse.pos[parse.head[head]] in arguments.VERBAL:
        return is_future(parse, parse.head[head])
    if dep == "xcomp" and parse.lemma[head] == "be" and arguments.is_bare(parse, verb):
        return True
    if _is_result(parse, verb):
        return is_future(parse, head)
    if (
        dep == "ccomp"
        and parse.tag[verb] == "VB"
        and arguments.is_bare(parse, verb)
        and parse.lemma[head] in ("help", "let", "make")
    ):
        return is_future(parse, head)
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
    if has_auxiliary(parse, verb, _POSSIBLE) and not _is_had(parse, verb):
        return not _is_emphatic(parse, verb)
    for c in parse.children[verb]:
        if parse.dep[c] in ("mark", "advmod") and parse.word[c].lower() in _CONDITIONS and c < verb:
            return parse.word[c].lower() != "until"
    head, dep = parse.head[verb], parse.dep[verb]
    if _is_result(parse, verb):
        return is_hypothetical(parse, head) and not _is_renounced(parse, head)
    if dep == "pcomp" and parse.word[head].lower() == "by" and parse.pos[parse.head[head]] in arguments.VERBAL:
        return is_hypothetical(parse, parse.head[head])
    if dep in ("xcomp", "ccomp") and parse.pos[head] in arguments.VERBAL:
        if "wish" in word_classes(parse.lemma[head]) and (dep == "xcomp" or arguments.is_bare(parse, verb)):
            return True
        return (dep == "xcomp" or arguments.is_bare(parse, verb)) and is_hypothetical(parse, head)
    if dep == "conj" and parse.child(verb, "aux", "nsubj", "nsubjpass") is None and parse.pos[head] in arguments.VERBAL:
        return _has_form_of(parse, verb, head) and is_hypothetical(parse, head)
    return False


def _is_result(parse: Parse, verb: int) -> bool:
    """Whether a participle tells what comes of its main clause: "could close the strait, forcing ships to turn"."""
    if parse.dep[verb] != "advcl" or parse.tag[verb] != "VBG" or parse.pos[parse.head[verb]] not in arguments.VERBAL:
        return False
    return verb > parse.head[verb] and parse.child(verb, "aux", "mark", "nsubj") is None


def _is_renounced(parse: Parse, verb: int) -> bool:
    """Whether somebody is told not to go on with something, so that what comes of it is done ("said he would not run, backing Lee")."""
    return _is_reported_would(parse, verb) and parse.child(verb, "neg") is not None


def _is_had(parse: Parse, verb: int) -> bool:
    """Whether a clipped auxiliary stands for "had": "who'd endorsed him"."""
    words = [parse.word[c].lower() for c in parse.with_dep(verb, "aux", "auxpass")]
    return parse.tag[verb] == "VBN" and words in (["'d"], ["’d"])


def has_will(parse: Parse, verb: int) -> bool:
    """Whether the verb's own auxiliary announces ("will visit", "said it would visit", a headline's "Premier to visit")."""
    if parse.dep[verb] == "conj" and _shares(parse, verb):
        verb = parse.head[verb]
    if has_auxiliary(parse, verb, FUTURE) or _is_going_to(parse, verb) or _is_headline_plan(parse, verb):
        return True
    return _is_reported_would(parse, verb)


def may_happen(parse: Parse, verb: int) -> bool:
    """Whether the verb's own auxiliary leaves open what its subject may still do ("may halt", not "may have halted")."""
    return not _is_perfect(parse, verb) and has_auxiliary(parse, verb, frozenset({"may", "might", "could"}))


def _is_perfect(parse: Parse, verb: int) -> bool:
    return any(parse.word[c].lower() in ("have", "'ve", "’ve") for c in parse.with_dep(verb, "aux"))


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
    if (
        parse.dep[verb] != "xcomp"
        or not _has_to(parse, verb)
        or "there" in (parse.word[c] for c in parse.children[head])
    ):
        return False
    return parse.lemma[head] == "be" or (parse.lemma[head] == "go" and parse.tag[head] == "VBG")


def _is_headline_plan(parse: Parse, verb: int) -> bool:
    """Whether a headline announces: "Premier to visit Chad"."""
    return (
        parse.dep[verb] == "ROOT"
        and parse.tag[verb] == "VB"
        and _has_to(parse, verb)
        and parse.child(verb, "nsubj", "nsubjpass") is not None
    )


def _is_reported_would(parse: Parse, verb: int) -> bool:
    if not has_auxiliary(parse, verb, frozenset({"would", "'d", "’d"})) or _is_perfect(parse, verb):
        return False
    while parse.dep[verb] == "conj" and parse.pos[parse.head[verb]] in arguments.VERBAL:
        verb = parse.head[verb]
    that = any(parse.word[c].lower() == "that" for c in parse.with_dep(verb, "mark"))
    told = parse.dep[verb] == "ccomp" or (parse.dep[verb] == "advcl" and that)
    return told and parse.tag[parse.head[verb]] in ("VBD", "VBN", "VBG")


def is_if(parse: Parse, clause: int) -> bool:
    """Whether a clause is a condition: "if he leaves"."""
    return any(parse.word[c].lower() in ("if", "unless") for c in parse.with_dep(clause, "mark"))


def is_none(parse: Parse, noun: int) -> bool:
    """Whether a noun stands for nobody or nothing: "no talks", "none"."""
    word = parse.word[noun].lower()
    if word in ("nobody", "none", "nothing") or (word == "one" and parse.child(noun, "det") is not None):
        return word != "one" or any(parse.word[c].lower() == "no" for c in parse.children[noun])
    return any(
        parse.word[c].lower() in ("no", "neither") and parse.dep[c] in ("det", "neg", "preconj")
        for c in parse.children[noun]
    )


def has_auxiliary(parse: Parse, verb: int, words: frozenset[str]) -> bool:
    """Whether a verb has one of these auxiliaries."""
    return any(parse.dep[c] in ("aux", "auxpass") and parse.word[c].lower() in words for c in parse.children[verb])


def _has_to(parse: Parse, verb: int) -> bool:
    return any(parse.dep[c] == "aux" and parse.word[c].lower() == "to" for c in parse.children[verb])


def _joined_by_or(parse: Parse, verb: int) -> bool:
    return any(parse.dep[c] == "cc" and parse.word[c].lower() in ("or", "nor") for c in parse.children[verb])
