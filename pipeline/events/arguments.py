"""The places around a verb or noun where its participants stand: subject, object, prepositions.

Places are the deep ones: the subject of a passive is its object, a controlled verb ("agreed to
release") has the subject of its governor, a relative pronoun stands for the noun it refers to.
All functions take and return token numbers; a returned token is the head of a phrase.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.events.attachment import (
    RELATIVE,
    SUBJECTS,
    continued,
    is_of_sayer,
    meant,
    noun_before,
    own_subject,
    reduced,
)
from pipeline.events.datelines import behind_dateline
from pipeline.tree import Parse

MAX_DEPTH = 8
"""How far a missing subject is sought up the tree."""

VERBAL = frozenset({"VERB", "AUX"})
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "offer", "use", "take", "hold", "make"})
"""Verbs whose infinitive keeps the subject although there is an object ("used force to disperse")."""

ADDRESSED = {"call": "on", "appeal": "to", "plead": "with"}
"""Verbs that name who shall act after a preposition ("called on the general to resign")."""

_PREPOSITIONS = ("prep", "agent", "dative", "prt", "advmod", "mark", "cc")
_BESIDE = frozenset({"along"})
"""Prepositions before another one that name who does the same, not to whom ("spoke along with the premier")."""
_OBJECT_PREPOSITIONS = frozenset({"of", "for", "from", "into"})


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether the verb is in the passive, with or without its auxiliary."""
    if parse.tag[verb] not in ("VBN", "VBD"):
        return False
    if parse.child(verb, "auxpass", "nsubjpass", "csubjpass") is not None:
        return True
    if reduced(parse, verb) is not None:
        return True
    if parse.tag[verb] == "VBD" and parse.dep[verb] != "acl":
        return False
    if parse.dep[verb] in ("acl", "advcl") and parse.child(verb, "aux", "nsubj") is None:
        return parse.child(verb, "dobj") is None
    if parse.dep[verb] == "conj" and parse.child(verb, "aux", "nsubj", "dobj") is None:
        return is_passive(parse, parse.head[verb])
    return False


def surface_subject(parse: Parse, verb: int, depth: int = 0) -> int | None:
    """The grammatical subject, sought up the tree where the verb has none of its own."""
    own = own_subject(parse, verb)
    dep, head = parse.dep[verb], parse.head[verb]
    if own is not None:
        if parse.word[own].lower() in RELATIVE and (noun := meant(parse, own, verb)) != own:
            return noun
        return behind_dateline(parse, own, verb)
    if depth > MAX_DEPTH or head == verb:
        return None
    if dep == "relcl":
        return head
    if (described := noun_before(parse, verb)) is not None:
        return described
    if dep in _SOUGHT:
        return _SOUGHT[dep](parse, verb, depth)
    if dep == "advcl" and is_of_sayer(parse, verb):
        return surface_subject(parse, parse.head[head], depth + 1)
    if dep in ("conj", "advcl", "dep") and parse.pos[head] in VERBAL:
        if dep == "conj" and parse.dep[head] == "acl" and parse.tag[head] == "VB":
            return _subject_of_modifier(parse, head, depth + 1)
        above = continued(parse, verb)
        return surface_subject(parse, head if above is None else above, depth + 1)
    if dep == "ccomp" and parse.tag[verb] in ("VBG", "VB") and parse.pos[head] in VERBAL:
        return _controller(parse, head, depth)
    if dep == "auxpass" or dep == "aux":
        return surface_subject(parse, head, depth + 1)
    return None


def subject(parse: Parse, verb: int) -> int | None:
    """The one who acts: the subject, in the passive the phrase with "by"."""
    if is_passive(parse, verb):
        return _by(parse, verb)
    return surface_subject(parse, verb)


def object_of(parse: Parse, verb: int) -> int | None:
    """The one acted on: the object, in the passive the subject."""
    if is_passive(parse, verb):
        return surface_subject(parse, verb)
    own = parse.child(verb, "dobj")
    if own is not None and any(_beside(parse, verb, c) == own for c in parse.with_dep(verb, "prep")):
        return None
    if own is None:
        own = parse.child(verb, "oprd") if parse.pos[verb] in VERBAL else None
    if own is not None:
        return meant(parse, own, verb)
    small = parse.child(verb, "ccomp")
    if (
        small is not None
        and parse.tag[small] in ("VBG", "VBN", "JJ")
        and parse.child(small, "aux", "auxpass", "mark") is None
    ):
        return parse.child(small, "nsubj", "nsubjpass")
    if parse.dep[verb] == "relcl":
        first = parse.child(verb, *SUBJECTS)
        if first is not None and parse.word[first].lower() not in RELATIVE:
            return parse.head[verb] if parse.child(verb, "ccomp", "xcomp") is None else None
    for other in parse.with_dep(verb, "conj"):
        shared = parse.child(other, "dobj")
        near = other - verb <= 3 and parse.tag[other] == parse.tag[verb]
        if shared is not None and near and not is_passive(parse, other):
            return shared
    return None


def indirect_object(parse: Parse, verb: int) -> int | None:
    """The one something is given to, without a preposition ("gave Mali a loan")."""
    dative = parse.child(verb, "dative")
    if dative is None:
        return None
    return parse.child(dative, "pobj") if parse.pos[dative] == "ADP" else dative


def after_preposition(parse: Parse, head: int, preposition: str) -> int | None:
    """What first stands after a preposition that belongs to the verb or noun: the phrase's head, or a gerund."""
    return next(after_prepositions(parse, head, preposition), None)


def after_prepositions(parse: Parse, head: int, preposition: str) -> Iterator[int]:
    """All that stands after a preposition that belongs to the verb or noun ("on Monday called on the army")."""
    for c in parse.children[head]:
        if parse.word[c].lower() == preposition and parse.dep[c] in _PREPOSITIONS:
            inner = parse.child(c, "pobj", "pcomp")
            inner = _beside(parse, head, c) if inner is None and parse.dep[c] == "prep" else inner
            if inner is not None:
                yield inner
        elif parse.dep[c] == "prep" and parse.child(c, "prep") is not None and parse.word[c].lower() not in _BESIDE:
            yield from after_prepositions(parse, c, preposition)


def is_fronted(parse: Parse, verb: int, place: int) -> bool:
    """Whether a phrase stands before the subject of its verb ("In May, he called for help")."""
    first = parse.child(verb, "nsubj", "nsubjpass") if parse.pos[verb] in VERBAL else None
    return first is not None and place < parse.left[first]


def complement(parse: Parse, verb: int) -> int | None:
    """The verb of the clause that completes this one ("agreed to release", "said it withdrew")."""
    found = parse.child(verb, "xcomp", "ccomp")
    if found is not None:
        return found
    for c in parse.with_dep(verb, "advcl"):
        if c > verb and parse.tag[c] == "VB" and parse.child(c, "mark") is None:
            return c
    return None


def is_bare(parse: Parse, verb: int) -> bool:
    """Whether a verb is an infinitive or a subjunctive ("that he leave"), with no auxiliary of tense or mood."""
    bare = parse.tag[verb] == "VB" or any(parse.tag[c] == "VB" for c in parse.with_dep(verb, "auxpass"))
    return bare and not any(
        parse.dep[c] == "aux" and parse.tag[c] in ("MD", "VBD", "VBZ", "VBP") for c in parse.children[verb]
    )


def has_own_subject(parse: Parse, token: int) -> bool:
    """Whether a word is the verb of a clause with a subject of its own."""
    clause = parse.pos[token] in VERBAL or parse.child(token, "mark") is not None
    return clause and parse.child(token, "nsubj", "nsubjpass") is not None


def is_question(parse: Parse, verb: int) -> bool:
    """Whether a clause is an indirect question: "whether it would attend", "why he left"."""
    for c in parse.children[verb]:
        if parse.dep[c] == "mark" and parse.word[c].lower() in ("whether", "if"):
            return True
        if c < verb and parse.tag[c] in ("WRB", "WP", "WDT", "WP$") and parse.dep[verb] == "ccomp":
            return True
    return False


def owner(parse: Parse, noun: int) -> int | None:
    """Who does the noun's act, by the noun's own phrase: possessor ("Israel's raid") or by-phrase."""
    by = after_preposition(parse, noun, "by")
    if by is not None:
        return by
    return parse.child(noun, "poss")


def _beside(parse: Parse, verb: int, preposition: int) -> int | None:
    """What follows a bare preposition, although the parse gives it to the verb ("called on the general to") or to a clause."""
    if parse.children[preposition] or parse.pos[verb] not in VERBAL:
        return None
    for clause in parse.with_dep(verb, "advcl", "ccomp", "xcomp"):
        first = parse.child(clause, "nsubj")
        if first is not None and parse.left[first] == preposition + 1:
            return first
    own = parse.child(verb, "dobj")
    return own if own is not None and parse.left[own] == preposition + 1 else None


def _by(parse: Parse, verb: int) -> int | None:
    for c in parse.children[verb]:
        if parse.word[c].lower() == "by" and parse.dep[c] in ("agent", "prep") and parse.word[c - 1].lower() != "not":
            found = parse.child(c, "pobj")
            if found is not None:
                return found
    for other in parse.with_dep(verb, "conj"):
        if verb < other <= verb + 2 and parse.tag[other] == "VBN":
            return _by(parse, other)
    return None


def _controller(parse: Parse, governor: int, depth: int) -> int | None:
    if parse.pos[governor] not in VERBAL:
        if parse.pos[governor] == "ADJ":
            return surface_subject(parse, parse.head[governor], depth + 1)
        return None
    if parse.lemma[governor] not in SUBJECT_CONTROL and not is_passive(parse, governor):
        target = parse.child(governor, "dobj", "dative")
        if target is None and parse.lemma[governor] in ADDRESSED:
            target = after_preposition(parse, governor, ADDRESSED[parse.lemma[governor]])
        if target is not None:
            return target
    return surface_subject(parse, governor, depth + 1)


def _subject_of_gerund(parse: Parse, preposition: int, depth: int) -> int | None:
    governor = parse.head[preposition]
    if parse.pos[governor] not in VERBAL:
        return _subject_of_noun(parse, governor, depth)
    if parse.word[preposition].lower() in _OBJECT_PREPOSITIONS:
        target = object_of(parse, governor)
        if target is not None:
            return target
    return surface_subject(parse, governor, depth + 1)


def _subject_of_modifier(parse: Parse, verb: int, depth: int) -> int | None:
    noun = parse.head[verb]
    if parse.dep[noun] == "npadvmod" and parse.pos[parse.head[noun]] in VERBAL:
        return surface_subject(parse, parse.head[noun], depth + 1)
    if parse.tag[verb] != "VB":
        return noun
    return _subject_of_noun(parse, noun, depth)


def _subject_of_noun(parse: Parse, noun: int, depth: int) -> int | None:
    own = owner(parse, noun)
    if own is not None:
        return own
    governor = parse.head[noun]
    if parse.pos[governor] == "ADP":
        governor = parse.head[governor]
    if governor != noun and parse.pos[governor] in VERBAL:
        return surface_subject(parse, governor, depth + 1)
    return None


_SOUGHT: dict[str, Callable[[Parse, int, int], int | None]] = {
    "acl": _subject_of_modifier,
    "xcomp": lambda parse, verb, depth: _controller(parse, parse.head[verb], depth),
    "pcomp": lambda parse, verb, depth: _subject_of_gerund(parse, parse.head[verb], depth),
}
"""How a subject is sought, by how the clause hangs on its governor."""
