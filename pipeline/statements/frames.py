"""Frames: which dependents of a cue hold the content of the attribution.

Each frame of the lexicon has a function from (parse, cue) to a Complement or None. Passives are
read as their actives: what is accused, expected or announced is the content's first part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipeline.statements.clauses import clause_above, find_clause
from pipeline.statements.cues import Frames
from pipeline.statements.forms import QUOTES, Complement, clause_form, has_subject, is_passive, passive_object
from pipeline.tree import Parse

_MANNER = ("for", "as", "of", "with")
"""Prepositions after an object that belong to what is said of it: 'criticise X for Y'."""


_LIGHT = frozenset(("it", "there"))


def find_infinitive(parse: Parse, cue: int) -> Complement | None:
    """An infinitive whose subject is the speaker: promised to leave, his promise to leave."""
    deps = ("xcomp", "ccomp") if parse.pos[cue] in ("VERB", "AUX") else ("acl", "xcomp", "relcl", "ccomp")
    for c in parse.with_dep(cue, *deps):
        if c > cue and clause_form(parse, c) == "infinitive" and not has_subject(parse, c):
            if parse.child(cue, "dobj", "nsubjpass") is not None:
                return None
            return Complement("infinitive", (c,))
    return None


def find_gerund(parse: Parse, cue: int) -> Complement | None:
    """A gerund: denied taking money, considered leaving."""
    for c in parse.with_dep(cue, "xcomp", "ccomp", "pcomp"):
        if c > cue and clause_form(parse, c) == "gerund":
            return Complement("gerund", (c,))
    return None


def find_object(parse: Parse, cue: int) -> Complement | None:
    """A noun phrase with what follows it: criticised the plan for its cost; the plan was criticised."""
    passive = is_passive(parse, cue)
    target = passive_object(parse, cue) if passive else _direct_object(parse, cue)
    if target is None or (passive and parse.lemma[target] in _LIGHT) or (passive and _quotes(parse, cue)):
        return None
    tail = [
        c
        for c in parse.with_dep(cue, "prep")
        if c > max(target, cue) and parse.word[c].lower() in _MANNER and parse.children[c]
    ]
    return Complement("object", (target, *tail[:1]), is_passive=passive)


def _quotes(parse: Parse, cue: int) -> bool:
    """'was quoted as saying that ...': the one who is quoted is no content; 'saying' is a cue of its own."""
    return any(parse.child(c, "pcomp") is not None and parse.word[c] == "as" for c in parse.with_dep(cue, "prep"))


def _direct_object(parse: Parse, cue: int) -> int | None:
    target = parse.child(cue, "dobj")
    if target is None and parse.child(cue, "prt") is not None:
        # After a particle the parse may take the object for a measure: 'ruled out a second season'.
        target = next(
            (c for c in parse.with_dep(cue, "npadvmod") if c > cue and parse.tag[c] in ("NN", "NNS", "NNP")), None
        )
    if target is None and parse.dep[cue] == "relcl" and not _has_relative(parse, cue):
        return parse.head[cue]
    if target is not None or parse.dep[cue] != "conj" or parse.tag[cue] != parse.tag[parse.head[cue]]:
        return target
    return None


def _has_relative(parse: Parse, verb: int) -> bool:
    """Whether a relative clause has a pronoun; without one its noun is the object: 'something she opposed'."""
    return (
        any(parse.tag[t] in ("WDT", "WP", "WP$", "WRB") for t in range(parse.left[verb], verb))
        or parse.child(verb, "ccomp", "xcomp", "prep", "oprd") is not None
    )


def find_object_to(parse: Parse, cue: int) -> Complement | None:
    """Somebody is to do something: urged Iran to stop, expects it to stop; Iran is expected to stop."""
    passive = is_passive(parse, cue)
    for c in parse.with_dep(cue, "xcomp", "ccomp", "advcl"):
        if c < cue or clause_form(parse, c) != "infinitive":
            continue
        if has_subject(parse, c):
            return Complement("object_to", (c,))
        target = passive_object(parse, cue) if passive else parse.child(cue, "dobj", "dative")
        if target is None or (parse.dep[c] == "advcl" and target > c):
            return None
        return Complement("object_to", (target, c), is_passive=passive)
    return None


def find_object_as(parse: Parse, cue: int) -> Complement | None:
    """What something is said to be: described the plan as a failure."""
    passive = is_passive(parse, cue)
    target = passive_object(parse, cue) if passive else parse.child(cue, "dobj")
    for c in parse.with_dep(cue, "prep"):
        if c > cue and parse.word[c].lower() == "as" and parse.children[c] and target is not None:
            return Complement("object_as", (target, c), is_passive=passive)
    return None


def find_object_clause(parse: Parse, cue: int) -> Complement | None:
    """Somebody else's words: quoted the minister as saying that it was over."""
    found = find_object_as(parse, cue)
    if found is None or is_passive(parse, cue) or parse.child(found.heads[1], "pcomp") is None:
        return None
    return Complement("object_clause", found.heads)


def find_predicate(parse: Parse, cue: int) -> Complement | None:
    """A small clause: called the plan a failure, considers her able; the plan was deemed a failure."""
    passive = is_passive(parse, cue)
    predicate = parse.child(cue, "oprd")
    if predicate is None:
        # A quoted adjective may be parsed as an adverb: called the attack "cowardly".
        marked = [c for c in parse.with_dep(cue, "advmod") if c > cue and parse.word[c - 1] in QUOTES]
        predicate = marked[0] if marked else None
    if predicate is not None:
        target = passive_object(parse, cue) if passive else parse.child(cue, "dobj")
        if target is not None:
            return Complement("predicate", (target, predicate), is_passive=passive)
        if predicate > cue and not passive:
            # The parse made one phrase of object and predicate: 'calling the charge "pathetic"'.
            return Complement("predicate", (predicate,), first=cue + 1)
    named = parse.child(cue, "dobj")
    if named is not None and named > cue and parse.word[min(parse.right[named] + 1, len(parse) - 1)] in QUOTES:
        return Complement("predicate", (named,))
    objects = parse.with_dep(cue, "dobj")
    if len(objects) > 1 and objects[0] < cue < objects[1]:
        return Complement("predicate", (objects[0], objects[1]))
    for c in parse.with_dep(cue, "ccomp", "xcomp"):
        if c > cue and clause_form(parse, c) == "small" and parse.pos[c] != "ADV":
            if has_subject(parse, c):
                return Complement("predicate", (c,))
            target = passive_object(parse, cue) if passive else parse.child(cue, "dobj")
            if target is not None:
                return Complement("predicate", (target, c), is_passive=passive)
    return None


def find_raising(parse: Parse, cue: int) -> Complement | None:
    """What seems so: 'Russia seems to be winning'. Nobody says it."""
    subject = parse.child(cue, "nsubj")
    predicate = parse.child(cue, "xcomp", "oprd", "acomp")
    if subject is None or predicate is None or predicate < cue:
        return None
    return Complement("raising", (subject, predicate))


def find_sentence(parse: Parse, cue: int) -> Complement | None:
    """The clause that an adverb marks as hearsay: 'the envoy has reportedly left'."""
    governor = parse.head[cue] if parse.pos[cue] == "ADV" else clause_above(parse, cue)
    if governor == cue:
        return None
    return Complement("sentence", (governor,))


def find_prepositional(parse: Parse, cue: int, preposition: str) -> Complement | None:
    """The object of a preposition: called for a truce, doubts about the plan."""
    for c in parse.with_dep(cue, "prep"):
        if parse.word[c].lower() != preposition or (c < cue and parse.pos[cue] == "NOUN"):
            continue
        inner = parse.child(c, "pobj", "pcomp")
        if inner is not None:
            clause = _infinitive_after(parse, cue, c)
            heads = (inner,) if clause is None else (inner, clause)
            passive = parse.pos[cue] == "VERB" and is_passive(parse, cue)
            return Complement(f"+{preposition}", heads, cue=(c,), is_passive=passive)
    if parse.pos[cue] == "VERB" and preposition != "of":
        particle = next((p for p in parse.with_dep(cue, "prt") if parse.word[p].lower() == preposition), None)
        target = parse.child(cue, "dobj")
        if particle is not None and target is not None:
            return Complement(f"+{preposition}", (target,), cue=(particle,))
    return None


def _infinitive_after(parse: Parse, cue: int, preposition: int) -> int | None:
    """'called on Iran / for Iran / to stop': the infinitive belongs to the content."""
    if parse.pos[cue] != "VERB" or parse.word[preposition].lower() not in ("on", "for", "upon"):
        return None
    for c in parse.with_dep(cue, "xcomp", "advcl"):
        if c > preposition and clause_form(parse, c) == "infinitive":
            return c
    return None


def find_object_with(parse: Parse, cue: int, preposition: str) -> Complement | None:
    """An object and what it is said to have to do with: accused Iran of cheating."""
    passive = is_passive(parse, cue)
    target = passive_object(parse, cue) if passive else parse.child(cue, "dobj", "dative")
    if target is None:
        return None
    agents = [a for by in parse.with_dep(cue, "agent") for a in parse.with_dep(by, "pobj")]
    for governor in (cue, target, *agents):
        for c in parse.with_dep(governor, "prep"):
            if parse.word[c].lower() == preposition and parse.children[c] and (c > cue or governor == target):
                heads = (target,) if governor == target else (target, c)
                return Complement(f"object_{preposition}", heads, is_passive=passive)
    return None


_FINDERS: dict[str, Callable[[Parse, int], Complement | None]] = {
    "clause": find_clause,
    "object_to": find_object_to,
    "object_clause": find_object_clause,
    "predicate": find_predicate,
    "object_as": find_object_as,
    "infinitive": find_infinitive,
    "gerund": find_gerund,
    "raising": find_raising,
    "sentence": find_sentence,
}
"""By frame, in the order in which they are tried: the more explicit the complement, the sooner."""


def find_complement(parse: Parse, cue: int, frames: Frames | Iterable[str]) -> Complement | None:
    """The first frame of the cue's that the parse fills, or None."""
    names = list(frames)
    for frame, finder in _FINDERS.items():
        if frame in names and (found := finder(parse, cue)) is not None:
            return found
    prepositional = [f for f in names if f[0] == "+"]
    with_object = [f for f in names if f.startswith("object_") and f not in _FINDERS]
    for frame in with_object:
        if (found := find_object_with(parse, cue, frame.removeprefix("object_"))) is not None:
            return found
    for frame in prepositional:
        if (found := find_prepositional(parse, cue, frame[1:])) is not None:
            return found
    return find_object(parse, cue) if "object" in names else None
