"""Verbs: their tense with their auxiliaries, and which of them plan."""

from __future__ import annotations

from enum import Enum
from functools import cache
from importlib.resources.abc import Traversable

from pipeline.dates.lexicon import DATA, contexts
from pipeline.lookup import read_rows, unique
from pipeline.tree import Parse


class Tense(Enum):
    """Where a clause lies against the time of writing."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


@cache
def planning(file: Traversable = DATA / "planning.tsv") -> frozenset[tuple[str, str]]:
    """Words that put what depends on them into the future: (lemma, part of speech).

    Raises:
        ValueError: an unknown part of speech, or a doubled entry.
    """
    found: set[tuple[str, str]] = set()
    for row in unique(read_rows(file, ("lemma", "pos", "note")), "lemma", "pos"):
        if row["pos"] not in ("VERB", "ADJ", "NOUN"):
            row.refuse(f"{row['pos']!r} is no VERB, ADJ or NOUN")
        found.add((row["lemma"], row["pos"]))
    return frozenset(found)


def tense_of(parse: Parse, verb: int) -> Tense | None:
    """The tense of one verb with its auxiliaries; None for a participle or gerund on its own."""
    helpers = parse.with_dep(verb, "aux", "auxpass")
    told = [parse.word[h].lower() for h in helpers]
    perfect = any(parse.lemma[h] == "have" for h in helpers)
    if not perfect and any(w in contexts()["future_modal"] for w in told):
        return Tense.FUTURE
    if "could" in told and not perfect:
        return None
    if "to" in told:
        return Tense.PAST if perfect else Tense.FUTURE
    if perfect or any(parse.tag[h] == "VBD" for h in helpers):
        return Tense.PAST
    tags = [parse.tag[h] for h in helpers] or [parse.tag[verb]]
    if any(t in ("VBZ", "VBP") for t in tags):
        return Tense.PAST if not helpers and _same_in_past(parse, verb) else Tense.PRESENT
    if tags[0] == "VBD" or (parse.tag[verb] == "VBN" and parse.dep[verb] != "xcomp"):
        return Tense.PAST
    return None


def _same_in_past(parse: Parse, verb: int) -> bool:
    """True for 'hit' and 'cut', which the parser takes for a present after many: news tells of the past."""
    return parse.tag[verb] == "VBP" and parse.lemma[verb] in contexts()["same_in_past"]


def is_verb(parse: Parse, token: int) -> bool:
    """True for a verb, not for a modal."""
    return parse.pos[token] in ("VERB", "AUX") and parse.tag[token][:1] == "V"


def is_infinitive(parse: Parse, verb: int) -> bool:
    """True for a verb with `to`."""
    return parse.tag[verb] == "VB" and any(parse.tag[c] == "TO" for c in parse.children[verb])


def is_planning(parse: Parse, token: int) -> bool:
    """True for a word of planning.tsv."""
    pos = "VERB" if parse.pos[token] == "AUX" else parse.pos[token]
    return (parse.lemma[token].lower(), pos) in planning()


def is_pluperfect(parse: Parse, verb: int) -> bool:
    """True for a verb with 'had'."""
    return any(parse.lemma[c] == "have" and parse.tag[c] == "VBD" for c in parse.children[verb])
