"""What kind of thing a name names, by its own words and by those beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.actors.entries import Entry
from pipeline.actors.gazetteer import places
from pipeline.actors.lexicon import INHERITS, NameWord, RoleNoun, name_words, role_nouns
from pipeline.actors.registry import Registry
from pipeline.actors.runs import longest_known, surface
from pipeline.actors.wordlists import WordList, words
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType


def kind_of(parse: Parse, first: int, end: int) -> NameWord | None:
    """What the name's own words tell: 'Ministry of Defence' by its head, 'Paxar Corp' by its last word."""
    words = [w.lower() for w in parse.word[first:end]]
    head = next((n for n, w in enumerate(words) if n and w in {"of", "for"}), len(words))
    for at in (head - 1, 0):
        kind = name_words().get(words[at])
        if kind is None or (at == 0 and head > 1 and kind.kind != "place"):
            continue
        if len(words) == 1 and kind.kind != "other":
            return kind if kind.code in {"LEG", "GOV", "MIL"} else None
        if head < len(words) and words[head] == "for":
            return replace(kind, code="")
        return kind
    return None


def country_in(parse: Parse, first: int, end: int, registry: Registry) -> str | None:
    """The country that a body's own name tells: 'Kenya Revenue Authority', 'Baghdad University', 'University of Oslo'."""
    for start in (first, *(t + 1 for t in range(first + 1, end - 1) if parse.word[t] == "of")):
        stop = longest_known(parse, start, end, registry)
        if start > first and stop < end:
            continue
        known = registry.named(surface(parse, start, stop)) if stop > start else ()
        lands = [a.entry for a in known if a.entry.type in {ActorType.COUNTRY, ActorType.PLACE}]
        if lands:
            return land_of(lands, parse.word[stop:end])
        if stop == start and start > first and start + 1 == end and parse.word[start] in places():
            return places()[parse.word[start]]
    return None


def land_of(lands: Sequence[Entry], after: Sequence[str]) -> str | None:
    """The country of a place that begins a body's name; of several the one with such officers: 'Georgia Democrats'."""
    if len({e.country for e in lands}) > 1:
        local = any(w.lower() in words(WordList.LOCAL_OFFICE) for w in after)
        lands = [e for e in lands if e.type is ActorType.PLACE] if local else []
    return lands[0].country if lands else None


def person_noun_beside(parse: Parse, first: int, head: int) -> RoleNoun | None:
    """A noun for a person before the name ('lawyer Ann Lee') or in apposition to it ('Ann Lee, a lawyer')."""
    before = first - 1
    if before >= 0 and parse.pos[before] == "NOUN" and parse.dep[before] in {"compound", "nmod", "appos", "nsubj"}:
        noun = _person_noun(parse.word[before])
        if noun is not None:
            return noun
    beside = [c for c in parse.children[head] if parse.dep[c] == "appos"]
    if parse.dep[head] == "appos":
        beside.append(parse.head[head])
    return next(
        (n for c in beside if parse.pos[c] in {"NOUN", "PROPN"} and (n := _person_noun(parse.word[c])) is not None),
        None,
    )


def body_noun_beside(parse: Parse, head: int) -> bool:
    """True where a noun for a body stands in apposition: 'Polly Brook, a conglomerate,'."""
    beside = [c for c in parse.children[head] if parse.dep[c] == "appos" and parse.pos[c] == "NOUN"]
    nouns = [n for c in beside if (n := role_nouns().get(parse.word[c].lower())) is not None]
    return any(n.kind == "body" and not n.noun.endswith(("er", "or")) for n in nouns)


def _person_noun(word: str) -> RoleNoun | None:
    noun = role_nouns().get(word.lower())
    return noun if noun is not None and noun.kind == "person" and not noun.plural else None


def has_age(parse: Parse, end: int) -> bool:
    """True for 'Ann Lee, 45,'."""
    if end + 1 >= len(parse) or parse.word[end] != ",":
        return False
    age = parse.word[end + 1]
    return age.isdigit() and 9 < int(age) < 110 and end + 2 < len(parse) and parse.word[end + 2] in {",", "."}


def is_who(parse: Parse, head: int) -> bool:
    """True for a name that 'who' takes up: 'Haru Ono, who is 97,'."""
    return any(
        parse.word[c].lower() == "who" for clause in parse.with_dep(head, "relcl") for c in parse.children[clause]
    )


def is_acronym(words: Sequence[str]) -> bool:
    """True for one word of two to six capitals."""
    return len(words) == 1 and 2 <= len(words[0]) <= 6 and words[0].isupper()


def is_spoken_of(parse: Parse, token: int) -> bool:
    """True for a subject, an owner, or a name with an article: 'the IAEA'."""
    return parse.dep[token] in {"nsubj", "nsubjpass", "poss", "agent"} or parse.child(token, "det") is not None


def role_of(parse: Parse, first: int, end: int) -> str:
    """The role of a body that is called by common words alone: MIL for 'Air Force'; "" for others."""
    noun = role_nouns().get(" ".join(parse.word[first:end]).lower())
    return noun.code if noun is not None and noun.code != INHERITS else ""
