"""Attachment: subjects and clauses that the parse hangs in the wrong place, or that stand for another word."""

from __future__ import annotations

from pipeline.events.kinds import word_classes
from pipeline.tree import Parse

_PERSONS = frozenset({"people", "official", "armed", "civil"})
_THINGS = frozenset({"place", "policy", "document", "talk", "quantity", "org"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_QUOTES = frozenset({"''", '"', "”", "’", "'"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
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
    while parse.dep[verb] in ("conj", "xcomp") and parse.head[verb] != verb:
        verb = parse.head[verb]
    if parse.dep[verb] != "relcl":
        return pronoun
    noun = parse.head[verb]
    return _person_before(parse, noun) if parse.word[pronoun].lower() == "who" else noun


def _person_before(parse: Parse, noun: int) -> int:
    """Whom "who" stands for behind a body: the pollster in "a pollster with the party who"."""
    classes, owner = word_classes(parse.lemma[noun]), parse.head[parse.head[noun]]
    is_body = parse.tag[noun] == "NN" and "actor" in classes and classes.isdisjoint(_PERSONS)
    if parse.dep[noun] != "pobj" or not is_body or parse.pos[owner] not in ("NOUN", "PROPN"):
        return noun
    return noun if parse.pos[owner] == "NOUN" and word_classes(parse.lemma[owner]) & _THINGS else owner


def noun_before(parse: Parse, participle: int) -> int | None:
    """The noun right before a verb that is its subject or that it describes, although the parse hangs it elsewhere."""
    if (before := _stranded(parse, participle)) is not None:
        return before
    if parse.dep[participle] == "advcl" and parse.tag[participle] == "VBN":
        return _described(parse, participle)
    if parse.dep[participle] == "advcl" and parse.tag[participle] == "VBG":
        return _shown(parse, participle) or _quoted(parse, participle)
    return reduced(parse, participle)


def _shown(parse: Parse, participle: int) -> int | None:
    """Who is told to do something beside: "videos of Ann Lee mocking the king", "trouble with gangs using tunnels"."""
    noun = parse.left[participle] - 1
    if noun < 1 or any(c < participle and parse.dep[c] != "advmod" for c in parse.children[participle]):
        return None
    if parse.dep[noun] != "pobj" or parse.head[participle] > noun:
        return None
    preposition = parse.head[noun]
    thing, word = parse.head[preposition], parse.word[preposition].lower()
    shown = word == "of" and "picture" in word_classes(parse.lemma[thing])
    return noun if shown or (word == "with" and parse.pos[thing] == "NOUN") else None


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


def _stranded(parse: Parse, verb: int) -> int | None:
    """The noun right before a verb's auxiliaries, where the parse gives it to the clause before ("... the town and rebels have fled")."""
    auxiliaries = parse.with_dep(verb, "aux", "auxpass")
    if parse.dep[verb] not in ("advcl", "conj") or not auxiliaries or parse.tag[auxiliaries[0]] not in _FINITE:
        return None
    noun = auxiliaries[0] - 1
    if noun < 0 or parse.left[verb] != auxiliaries[0] or parse.dep[noun] != "conj":
        return None
    return noun if parse.pos[noun] in ("NOUN", "PROPN") else None


def continued(parse: Parse, verb: int) -> int | None:
    """The verb above that a finite verb goes on with, where the parse joins it to what that verb holds.

    "Said it is late and accused him" goes on with "said", "refused to talk and accused him" with "refused". A judgment
    behind a comma is that of who speaks ("said he was late, and accused him").
    """
    inner, own = parse.head[verb], _finite(parse, verb)
    if own == "VBN" and _is_past(parse, verb):
        own = "VBD"
    if parse.dep[verb] == "conj" and own == "VBG" and "VBG" not in (parse.tag[inner], _finite(parse, inner)):
        return _progressive_above(parse, inner)
    if parse.dep[verb] != "conj" or own not in _FINITE or _may_be_bare(parse, verb):
        return None
    if own == _finite(parse, inner):
        return _teller_above(parse, inner) if _is_judgment_apart(parse, verb) else None
    while parse.dep[inner] in ("ccomp", "xcomp", "pcomp") and parse.head[inner] < inner:
        inner = parse.head[inner]
        if parse.pos[inner] in ("VERB", "AUX") and _finite(parse, inner) == own:
            return inner
    return None


def _progressive_above(parse: Parse, told: int) -> int | None:
    """The verb in the progressive in whose content a clause stands: "is asking why he left and demanding that he return"."""
    while parse.dep[told] in ("ccomp", "pcomp") and parse.head[told] < told:
        told = parse.head[told]
        if parse.tag[told] == "VBG" and parse.child(told, "aux") is not None:
            return told
    return None


def _is_past(parse: Parse, verb: int) -> bool:
    """Whether what the parse takes for a participle is a past tense: it has an object, and no auxiliary to share."""
    inner = parse.head[verb]
    return parse.child(verb, "dobj") is not None and parse.tag[inner] in ("VBZ", "VBP")


def _may_be_bare(parse: Parse, verb: int) -> bool:
    """Whether a verb that the parse takes for a present is joined to an infinitive, and most likely one itself."""
    return parse.tag[verb] == "VBP" and parse.tag[parse.head[verb]] == "VB" and parse.child(verb, "aux") is None


def _is_judgment_apart(parse: Parse, verb: int) -> bool:
    """Whether a verb of judging stands behind ", and" and has no auxiliary of its own."""
    joined = parse.left[verb] == verb and verb > 1 and parse.word[verb - 2] == ","
    return joined and parse.word[verb - 1].lower() == "and" and "judging" in word_classes(parse.lemma[verb])


def _teller_above(parse: Parse, told: int) -> int | None:
    """The outermost verb of saying, in the same form, in whose content a clause stands."""
    found, own = None, _finite(parse, told)
    while parse.dep[told] in ("ccomp", "acl") and parse.head[told] != told:
        told = parse.head[told]
        while parse.pos[told] not in ("VERB", "AUX") and parse.head[told] != told:
            told = parse.head[told]
        if "say" in word_classes(parse.lemma[told]) and _finite(parse, told) == own:
            found = told
    return found


def _finite(parse: Parse, verb: int) -> str:
    """The form of the first word of a verb's phrase: one for both forms of the present."""
    auxiliaries = parse.with_dep(verb, "aux", "auxpass")
    tag = parse.tag[auxiliaries[0] if auxiliaries else verb]
    return "VBP" if tag == "VBZ" else tag


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
