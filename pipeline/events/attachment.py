"""Attachment: subjects and clauses that the parse hangs in the wrong place, or that stand for another word."""

from __future__ import annotations

from pipeline.events.kinds import word_classes
from pipeline.tree import Parse

RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_QUOTES = frozenset({"''", '"', "”", "’", "'"})
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")


def own_subject(parse: Parse, verb: int) -> int | None:
    """The subject beside the verb; of two the one behind a heading or a noun ("Chad: Since May, the king has ordered")."""
    found = parse.with_dep(verb, *SUBJECTS)
    if len(found) < 2 or found[1] > verb:
        return found[0] if found else None
    first, second = found[:2]
    is_name = parse.pos[second] == "PROPN" and parse.left[second] == parse.right[first] + 1
    is_name = is_name and parse.child(first, "prep") is None
    return second if is_name or parse.word[parse.right[first]] == ":" else first


def meant(parse: Parse, pronoun: int, verb: int) -> int:
    """The noun that a relative pronoun stands for, also in a second clause ("who left and who returned"), else the pronoun."""
    if parse.word[pronoun].lower() not in RELATIVE:
        return pronoun
    while parse.dep[verb] == "conj" and parse.head[verb] != verb:
        verb = parse.head[verb]
    return parse.head[verb] if parse.dep[verb] == "relcl" else pronoun


def noun_before(parse: Parse, participle: int) -> int | None:
    """The noun right before a participle that describes it, although the parse hangs it elsewhere."""
    if parse.dep[participle] == "advcl" and parse.tag[participle] == "VBN":
        return _described(parse, participle)
    if parse.dep[participle] == "advcl" and parse.tag[participle] == "VBG":
        return _quoted(parse, participle)
    return reduced(parse, participle)


def _quoted(parse: Parse, participle: int) -> int | None:
    """The noun in quotation marks right before a participle (``the "wise men" backing the plan``)."""
    noun = participle - 1
    while noun > 0 and parse.word[noun] in _QUOTES:
        noun -= 1
    is_quoted = noun < participle - 1 and parse.left[participle] == participle
    return noun if is_quoted and parse.pos[noun] in ("NOUN", "PROPN") and parse.head[participle] < noun else None


def _described(parse: Parse, participle: int) -> int | None:
    """The thing right before a participle that describes it rather than the subject ("in an email, released as part")."""
    comma = parse.left[participle] - 1
    noun = comma - 1
    if participle != comma + 1 or noun < 0 or parse.word[comma] != "," or parse.child(participle, "aux", "mark"):
        return None
    governed = parse.dep[noun] in ("pobj", "dobj") and parse.pos[noun] == "NOUN" and parse.head[participle] < noun
    return noun if governed and "document" in word_classes(parse.lemma[noun]) else None


def reduced(parse: Parse, verb: int) -> int | None:
    """The noun right before a participle with a by-phrase that the parse takes for a verb ("over men held captive by Chad")."""
    noun = verb - 1
    joined = parse.tag[verb] == "VBD" and parse.dep[verb] == "conj" and parse.child(verb, "agent") is not None
    if not joined or noun <= parse.head[verb] or parse.child(verb, *SUBJECTS, "aux") is not None:
        return None
    return noun if parse.pos[noun] in ("NOUN", "PROPN") else None


def is_of_sayer(parse: Parse, participle: int) -> bool:
    """Whether a clause of saying or judging tells of who is quoted before it ("She said he should go, accusing him")."""
    content = parse.head[participle]
    teller = parse.head[content]
    if parse.tag[participle] != "VBG" or parse.dep[content] != "ccomp" or content > participle:
        return False
    if parse.word[parse.left[participle] - 1] != "," or "say" not in word_classes(parse.lemma[teller]):
        return False
    return not word_classes(parse.lemma[participle]).isdisjoint({"say", "judging"}) and teller < content
