"""Frames: which dependents of a cue hold the content of the attribution.

Each frame of the lexicon has a function from (parse, cue) to a Complement or None. Passives are
read as their actives: what is accused, expected or announced is the content's first part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.statements.cues import Frames
from pipeline.tree import Parse

CLAUSAL = ("ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "parataxis", "conj", "ROOT")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_MANNER = ("for", "as", "of", "with")
"""Prepositions after an object that belong to what is said of it: 'criticise X for Y'."""

_LIGHT = frozenset(("it", "there"))


@dataclass(frozen=True, slots=True)
class Complement:
    """What a frame found: heads of the content's parts, and words beside the cue that belong to the cue."""

    frame: str
    heads: tuple[int, ...]
    cue: tuple[int, ...] = ()
    is_passive: bool = False


def clause_form(parse: Parse, head: int) -> str:
    """finite, infinitive ('to go'), gerund ('going'), or small ('untrustworthy')."""
    if parse.pos[head] not in ("VERB", "AUX"):
        copula = any(parse.dep[c] in ("cop", "aux") for c in parse.children[head])
        return "finite" if copula else "small"
    auxiliaries = parse.with_dep(head, "aux", "auxpass")
    if any(parse.tag[a] == "TO" for a in auxiliaries):
        return "infinitive"
    tag = parse.tag[head]
    if tag == "VBG" and not any(parse.tag[a] in ("VBZ", "VBP", "VBD", "MD") for a in auxiliaries):
        return "gerund"
    if tag == "VBN" and not auxiliaries and parse.child(head, *SUBJECTS) is None:
        return "small"
    return "finite"


def has_subject(parse: Parse, head: int) -> bool:
    """Whether a clause names its own subject."""
    return parse.child(head, *SUBJECTS) is not None


def is_passive(parse: Parse, cue: int) -> bool:
    """Whether a verb is passive, or a participle without an auxiliary ('a plan proposed by X')."""
    if parse.child(cue, "auxpass", "nsubjpass") is not None:
        return parse.tag[cue] in ("VBN", "VBD")
    if parse.dep[cue] == "advcl" and cue < parse.head[cue] and parse.tag[cue] == "VBD":
        # 'Asked about it, he declined to comment': a participle that is tagged as a past tense.
        return parse.child(cue, "aux", *SUBJECTS) is None
    return parse.tag[cue] == "VBN" and parse.dep[cue] in ("acl", "advcl") and parse.child(cue, "aux", "nsubj") is None


def passive_object(parse: Parse, cue: int) -> int | None:
    """What would be the object in the active voice."""
    found = parse.child(cue, "nsubjpass")
    if found is not None:
        return found
    if parse.dep[cue] == "acl":
        return parse.head[cue]
    if parse.dep[cue] == "conj" and parse.tag[parse.head[cue]] == "VBN":
        return passive_object(parse, parse.head[cue])
    return None


def find_clause(parse: Parse, cue: int) -> Complement | None:
    """A finite clause: said that it was over; it was over, he said; whether it was over."""
    children = parse.with_dep(cue, "ccomp", "acl", "advcl", "xcomp", "dep")
    for c in sorted(children, key=lambda c: (c < cue, c)):
        dep = parse.dep[c]
        if dep == "advcl" and (parse.pos[cue] in ("VERB", "AUX") or not _starts_with_that(parse, c)):
            continue
        if dep == "acl" and not (parse.pos[cue] == "NOUN" and _starts_with_that(parse, c)):
            continue
        if dep == "dep" and (parse.pos[cue] != "VERB" or c < cue):
            continue
        if clause_form(parse, c) == "finite":
            return Complement("clause", (c, *_further_clauses(parse, cue, c)), is_passive=is_passive(parse, cue))
    return _find_misattached_clause(parse, cue) or _find_parenthesis(parse, cue) or _find_copular_clause(parse, cue)


def _further_clauses(parse: Parse, cue: int, clause: int) -> list[int]:
    """Clauses coordinated with the content that the parse coordinates with the cue: 'said that A, but that B'."""
    return [
        c
        for c in parse.with_dep(cue, "conj")
        if c > clause > cue and parse.word[parse.left[c]].lower() == "that" and parse.left[c] < c
    ]


def _find_misattached_clause(parse: Parse, cue: int) -> Complement | None:
    """A content clause that hangs on the neighbour of its cue.

    On the copula of an adjective ('was adamant / that ...'), or on the hearer of a verb as if it were
    a relative clause ('warned the rebels / that time was running out').
    """
    if parse.pos[cue] == "ADJ" and parse.dep[cue] == "acomp":
        for c in parse.with_dep(parse.head[cue], "ccomp"):
            if c > cue and clause_form(parse, c) == "finite":
                return Complement("clause", (c,))
    hearer = parse.child(cue, "dobj", "dative") if parse.pos[cue] == "VERB" and parse.lemma[cue] in HEARING else None
    for c in [] if hearer is None else parse.with_dep(hearer, "relcl", "acl", "ccomp"):
        subject = parse.child(c, "nsubj", "nsubjpass")
        that = parse.left[c]
        if (
            parse.word[that].lower() == "that"
            and subject not in (None, that)
            and parse.dep[that] not in ("dobj", "pobj")
        ):
            return Complement("clause", (c,))
    return None


HEARING = frozenset(
    [
        "tell",
        "inform",
        "notify",
        "brief",
        "remind",
        "assure",
        "reassure",
        "warn",
        "advise",
        "ask",
        "alert",
        "caution",
        "promise",
        "question",
    ]
)
"""Verbs whose object is a hearer; of others ('said a word', 'added') an object beside the content is not."""


def _starts_with_that(parse: Parse, clause: int) -> bool:
    first = parse.child(clause, "mark", "nsubj", "dobj", "advmod")
    return first is not None and parse.word[first].lower() in ("that", "whether", "if")


def _find_parenthesis(parse: Parse, cue: int) -> Complement | None:
    """A cue clause set off within or after what it reports: 'Iran, he said, is open to talks'."""
    governor = parse.head[cue]
    if governor == cue or parse.pos[cue] not in ("VERB", "AUX"):
        return None
    if parse.dep[cue] == "advcl":
        return _find_as_clause(parse, cue)
    if parse.dep[cue] not in ("parataxis", "ccomp", "dep"):
        return None
    if parse.dep[cue] != "parataxis" and not _is_set_off(parse, cue):
        return None
    return Complement("clause", (clause_above(parse, cue),))


def _find_as_clause(parse: Parse, cue: int) -> Complement | None:
    """'The plan, as critics point out, is costly'; 'as reported by X'."""
    mark = parse.child(cue, "mark", "advmod", "prep")
    if mark is None or parse.word[mark].lower() != "as" or mark != parse.left[cue]:
        return None
    if parse.child(cue, "dobj", "ccomp", "xcomp") is not None:
        return None
    return Complement("clause", (clause_above(parse, cue),), is_passive=is_passive(parse, cue))


def clause_above(parse: Parse, token: int) -> int:
    """The head of the clause that a parenthesis comments on: a relative clause, else the main clause."""
    for head in parse.ancestors(token):
        dep = parse.dep[head]
        if dep in ("ROOT", "relcl", "parataxis") or (dep == "conj" and has_subject(parse, head)):
            return head
    return parse.head[token]


def _is_set_off(parse: Parse, cue: int) -> bool:
    first, last = parse.left[cue], parse.right[cue]
    if first == 0 or last - first > 12 or parse.child(cue, *SUBJECTS) is None:
        return False
    before = parse.word[first - 1]
    inside = parse.word[first]
    after = parse.word[last + 1] if last + 1 < len(parse) else "."
    commas = (",", "\u2014", "--", "-", "\u2013", '"', "\u201d", "''")
    return (before in commas or inside in commas) and after in (*commas, ".", "!", "?", ";", ":")


def _find_copular_clause(parse: Parse, cue: int) -> Complement | None:
    """The clause that a copula equates with a noun: 'his view is that talks are possible'."""
    verb = parse.head[cue]
    if parse.pos[cue] != "NOUN" or parse.dep[cue] != "nsubj" or parse.lemma[verb] not in ("be", "remain"):
        return None
    clause = parse.child(verb, "ccomp")
    if clause is None or clause < verb or clause_form(parse, clause) != "finite":
        return None
    return Complement("clause", (clause,), cue=(verb,))


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
    if target is not None or parse.dep[cue] != "conj" or parse.tag[cue] != parse.tag[parse.head[cue]]:
        return target
    return None


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
    if predicate is not None:
        target = passive_object(parse, cue) if passive else parse.child(cue, "dobj")
        if target is not None:
            return Complement("predicate", (target, predicate), is_passive=passive)
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
