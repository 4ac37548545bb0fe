"""Media: where a statement was made, if the text tells, and which documents can speak themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pipeline.lookup import read_rows, unique
from pipeline.statements.forms import HEARING
from pipeline.tree import Parse
from pipeline.vocabulary import Medium

COLUMNS = ("word", "medium", "speaks", "note")
_CHANNELS = frozenset(("in", "on", "at", "during", "via", "by", "over", "through", "from", "to", "with"))


@dataclass(frozen=True, slots=True)
class MediumWord:
    """A word that names a medium."""

    medium: Medium
    speaks: bool
    """True for documents, which can be the speaker: 'the report says'."""


@cache
def load_media() -> dict[str, MediumWord]:
    """Words of media by lemma, read once per process."""
    return read_media(files("pipeline.statements") / "data" / "media.tsv")


def read_media(path: Traversable) -> dict[str, MediumWord]:
    """Read a list of media words.

    Raises:
        ValueError: a column, medium or flag is unknown, or a word stands twice; names file and line.
    """
    rows = unique(read_rows(path, COLUMNS), "word")
    return {row["word"]: MediumWord(row.convert("medium", Medium), row.flag("speaks")) for row in rows}


def find_document(lemma: str) -> Medium | None:
    """The medium of a document that can speak, or None."""
    word = load_media().get(lemma)
    return word.medium if word is not None and word.speaks else None


def names_occasion(parse: Parse, noun: int) -> bool:
    """Whether a noun names where something was said and no one who heard it: a news conference, an interview."""
    return _medium_of_noun(parse, noun) in (Medium.NEWS_CONFERENCE, Medium.INTERVIEW)


def find_medium(parse: Parse, cue: int) -> Medium | None:
    """Where the saying took place: 'said in an interview', 'wrote on Twitter', 'told a news conference'."""
    own = load_media().get(parse.lemma[cue].lower())
    if own is not None and parse.pos[cue] in ("NOUN", "PROPN"):
        return own.medium
    if parse.lemma[cue] in ("tweet", "retweet"):
        return Medium.SOCIAL
    for verb in _verbs(parse, cue):
        document = find_document(parse.lemma[verb].lower()) if verb != cue else None
        if document is not None:
            return document
        for child in parse.children[verb]:
            medium = _medium_of(parse, child, hears=verb == cue and parse.lemma[cue] in HEARING)
            if medium is not None:
                return medium
    return None


def _verbs(parse: Parse, cue: int) -> list[int]:
    """The cue, and the verb that it depends on as a participle or complement: 'issued a statement saying'."""
    found = [cue]
    head = parse.head[cue]
    if parse.dep[cue] in ("xcomp", "acl", "advcl") and head != cue:
        found.append(head)
    return found


def _medium_of(parse: Parse, child: int, *, hears: bool) -> Medium | None:
    if parse.dep[child] == "prep" and parse.word[child].lower() in _CHANNELS:
        for noun in parse.with_dep(child, "pobj"):
            medium = _medium_of_noun(parse, noun)
            if medium is not None:
                return medium
    if hears and parse.dep[child] in ("dobj", "dative"):
        return _medium_of_noun(parse, child)
    return None


def _medium_of_noun(parse: Parse, noun: int) -> Medium | None:
    lemma = parse.lemma[noun].lower()
    if lemma == "conference" and not any(
        parse.word[c].lower() in ("news", "press") for c in parse.with_dep(noun, "compound", "amod", "nmod")
    ):
        return None
    word = load_media().get(lemma)
    if word is not None:
        return word.medium
    for inner in parse.with_dep(noun, "conj"):
        found = load_media().get(parse.lemma[inner].lower())
        if found is not None:
            return found.medium
    return None
