"""Forms of verbs and clauses: finite or not, passive or not, and what a frame finds in them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.tree import Parse

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
QUOTES = frozenset("\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019'") | {"``", "''"}
"""Tokens that are quotation marks."""

TIMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "morning",
        "afternoon",
        "evening",
        "night",
        "week",
        "month",
        "year",
        "weekend",
        "day",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    ]
)
"""Nouns that name a time."""


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


@dataclass(frozen=True, slots=True)
class Complement:
    """What a frame found: heads of the content's parts, and words beside the cue that belong to the cue."""

    frame: str
    heads: tuple[int, ...]
    cue: tuple[int, ...] = ()
    is_passive: bool = False
    first: int | None = None
    """Where the content begins, if not with what depends on its heads: the parse hung its start elsewhere."""


def clause_form(parse: Parse, head: int) -> str:
    """finite, infinitive ('to go'), gerund ('going'), or small ('untrustworthy')."""
    if parse.pos[head] not in ("VERB", "AUX"):
        if any(parse.tag[c] == "TO" for c in parse.children[head]):
            return "infinitive"
        verbal = any(parse.dep[c] in ("cop", "aux", "auxpass") for c in parse.children[head])
        marked = parse.child(head, "mark") is not None and parse.child(head, *SUBJECTS) is not None
        return "finite" if verbal or marked else "small"
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
