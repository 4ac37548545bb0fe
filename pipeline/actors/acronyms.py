"""Acronyms of one article: those that it explains, and those of bodies that it names in full."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.actors.clusters import Clusters, Naming
from pipeline.actors.entries import Alias
from pipeline.actors.found_name import Name
from pipeline.actors.lands import lands_of
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How


def settle_bodies(parse: Parse, names: Sequence[Name]) -> None:
    """Read every acronym that several bodies bear as the one that the article is about.

    It is the one that the article names in full, else the one whose country it names, else the one of no country:
    'RSF fighters' in Sudan are not those of Reporters Without Borders.
    """
    initials = initials_of(names)
    for name in names:
        _stand_for(parse, name, initials)
    several = [name for name in names if len(name.aliases) > 1]
    countries = lands_of(names).named if several else frozenset[str]()
    for name in several:
        bodies = [a for a in name.aliases if a.entry.type is ActorType.ORGANISATION and a.how is not How.METONYM]
        if len(bodies) < len(name.aliases):
            continue
        near = [a for a in bodies if a.entry.country in countries] or [a for a in bodies if not a.entry.country]
        if len(near) == 1:
            name.aliases, name.country = tuple(near), near[0].entry.country


def initials_of(names: Sequence[Name]) -> dict[str, tuple[Alias, ...]]:
    """The bodies of the registry that the article names in full, by their initials; only clear ones."""
    found: dict[str, tuple[Alias, ...]] = {}
    for name in names:
        if name.last == name.first or not name.aliases or name.kind is not ActorType.ORGANISATION:
            continue
        letters = "".join(w[0] for w in name.aliases[0].entry.name.split() if w[0].isupper())
        known = found.setdefault(letters, name.aliases)
        if known and known[0].entry is not name.aliases[0].entry:
            found[letters] = ()
    return found


def _stand_for(parse: Parse, name: Name, initials: dict[str, tuple[Alias, ...]]) -> None:
    """Read an acronym as the body with those initials that the article names in full, whatever else bears it."""
    word = parse.word[name.first]
    aliases = initials.get(word) if name.first == name.last and len(word) > 2 and word.isupper() else None
    if not aliases or not name.aliases or any(a.entry is aliases[0].entry for a in name.aliases):
        return
    name.aliases, name.country = aliases[:1], aliases[0].entry.country


def link_acronyms(clusters: Clusters, found: dict[int, Naming], bare: list[Name]) -> None:
    """'North Baltic Ferry Union (NBFU)': the acronym in brackets is the body before it."""
    parse, ends = clusters.parse, {n.name.last: n for n in found.values() if n.cluster is not None}
    for name in list(bare):
        if name.first < 2 or parse.word[name.first - 1] != "(" or name.first != name.last:
            continue
        before = ends.get(name.first - 2)
        if before is not None and before.cluster is not None:
            clusters.call(before.cluster, parse.word[name.first])
            found[name.first] = Naming(name, before.cluster, How.ALIAS, "acronym")
            bare.remove(name)


def link_spelled_out(clusters: Clusters, found: dict[int, Naming]) -> None:
    """'The Palestinian Liberation Organization (PLO)': a name that only its acronym makes known."""
    parse, ends = clusters.parse, {n.name.last: n for n in found.values() if n.cluster is not None}
    for known in list(found.values()):
        token = known.name.first
        before = ends.get(token - 2) if token > 1 and parse.word[token - 1] == "(" else None
        if before is None or before.cluster is None or known.cluster is None or known.cluster.entry is None:
            continue
        long, short = before.cluster, known.cluster
        if long.entry is not None or long.kind is ActorType.PERSON or long.country not in {None, short.country}:
            continue
        initials = sorted(w[0] for w in long.name.replace("-", " ").split() if w[0].isupper())
        if len(initials) > 2 and initials == sorted(parse.word[token].upper()):
            clusters.merge(long, short)
            for naming in found.values():
                naming.cluster = short if naming.cluster is long else naming.cluster
