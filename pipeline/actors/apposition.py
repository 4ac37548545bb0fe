"""Whose name stands beside a description of a person or a body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.actors.clusters import Cluster
from pipeline.actors.nominals import Nominal
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType


def apposed(parse: Parse, named: Mapping[int, Cluster], nominal: Nominal) -> Cluster | None:
    """Whose name stands beside the noun: 'the suspect, Ali Karimi,', 'the automaker Norvia'.

    Args:
        parse: The parse.
        named: People and bodies by the tokens of their names.
        nominal: The description.
    """
    if nominal.noun.plural or nominal.head > nominal.last:
        return None
    head = nominal.head
    beside = [c for c in parse.children[head] if parse.dep[c] == "appos"]
    if parse.dep[head] == "appos":
        beside.insert(0, parse.head[head])
    if head + 1 in named and parse.sentence_of[head] == parse.sentence_of[head + 1]:
        beside.append(head + 1)
    beside += _called(parse, nominal)
    kinds = {ActorType.PERSON} if nominal.noun.kind == "person" else {ActorType.ORGANISATION, ActorType.UNKNOWN}
    if nominal.noun.noun.endswith(("er", "or")):
        kinds.add(ActorType.PERSON)
    found = next((c for t in beside if (c := named.get(t)) is not None and c.kind in kinds), None)
    if found is not None and found.kind is ActorType.UNKNOWN:
        found.kind = ActorType.ORGANISATION
    return found


def _called(parse: Parse, nominal: Nominal) -> Iterator[int]:
    """The names in 'a woman named Ann Lee', 'the new owner is Ann Lee' and 'the mayor of Elm Bend, Ann Lee,'."""
    head = nominal.head
    for preposition in parse.with_dep(head, "prep"):
        for place in parse.with_dep(preposition, "pobj"):
            if parse.pos[place] == "PROPN":
                yield from parse.with_dep(place, "appos")
    for participle in parse.with_dep(head, "acl"):
        if parse.lemma[participle] in {"name", "call"}:
            yield from parse.with_dep(participle, "oprd", "attr", "dobj")
    verb = parse.head[head]
    if nominal.definite and parse.dep[head] == "nsubj" and parse.lemma[verb] == "be":
        yield from (t for t in parse.with_dep(verb, "attr") if parse.child(verb, "neg") is None)
