"""Names that the registry knows, read in their context: a place or its government, a state's organ or another's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.actors.clusters import Cluster, Clusters, Naming
from pipeline.actors.context import acts, is_inside, is_located, is_numbered
from pipeline.actors.entries import Alias, Entry
from pipeline.actors.found_name import Name
from pipeline.actors.gazetteer import places
from pipeline.actors.kinds import role_of
from pipeline.actors.lands import Lands
from pipeline.actors.lexicon import name_words
from pipeline.actors.organs import STATE_ROLES, names_an_organ
from pipeline.actors.runs import surface
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How


def name_of_registry(clusters: Clusters, name: Name) -> Naming | None:
    """A name that the registry knows, read in its context; None for a bare surname that needs an introduction."""
    owner = owner_of(clusters, name)
    aliases = [a for a in name.aliases if _in_force(a, clusters.day) and not _is_anothers(clusters, a, owner)]
    aliases = [a for a in aliases if not _is_foreign_organ(a, clusters.countries)]
    if not aliases:
        word = name_words().get(clusters.parse.word[name.last].lower())
        role = word.code if word else ""
        name.country, name.role = owner, role or role_of(clusters.parse, name.first, name.last + 1)
        return None
    alias = _choose(clusters.parse, name, aliases, clusters.day, clusters.lands, clusters.states)
    if alias is None:
        return Naming(name, None, How.NAMED, "ambiguous name")
    place = alias.entry.type in {ActorType.COUNTRY, ActorType.PLACE}
    if place and _is_larger(clusters.parse, name):
        return Naming(name, _nameless(alias.entry, ActorType.PLACE), alias.how, "province named after a town")
    if clusters.sports and place and not is_located(clusters.parse, name.last):
        return Naming(name, _nameless(alias.entry, ActorType.ORGANISATION), alias.how, "national team")
    if clusters.sports and not clusters.registry.named(surface(clusters.parse, name.first, name.last + 1)):
        return Naming(name, None, How.NAMED, "ambiguous name")
    if alias.people:
        ethnic = name.first > 0 and clusters.parse.word[name.first - 1].lower() == "ethnic"
        people = _people_of(alias.entry, _homeland(clusters, name, ethnic=ethnic))
        return Naming(name, people, How.DEMONYM, "demonym of people")
    if alias.entry.type is ActorType.ORGANISATION and is_numbered(clusters.parse, name.last):
        return Naming(name, None, alias.how, "thing named after a body")
    if alias.how is How.METONYM and is_inside(clusters.parse, name.last):
        building = _nameless(alias.entry, ActorType.PLACE)
        return Naming(name, building, How.NAMED, "building", alias.wikidata_id)
    if alias.how is How.METONYM:
        cluster = clusters.of_entry(alias.entry)
        return Naming(name, cluster, How.METONYM, "seat of power")
    how = How.NAMED if alias.entry.type is ActorType.PERSON else alias.how
    return Naming(name, clusters.of_entry(alias.entry, alias.code), how, "registry", alias.wikidata_id)


def owner_of(clusters: Clusters, name: Name) -> str | None:
    """The country that owns what a name names: Chile in 'Chile's Defense Department' and 'Santiago's Foreign Ministry'."""
    parse = clusters.parse
    if name.first < 2 or parse.word[name.first - 1] not in {"'s", "’s", "'", "’"}:
        return None
    for start in range(max(0, name.first - 5), name.first - 1):
        for alias in clusters.registry.named(surface(parse, start, name.first - 1)):
            if alias.entry.type in {ActorType.COUNTRY, ActorType.PLACE}:
                return alias.entry.country
    return None


def _is_anothers(clusters: Clusters, alias: Alias, owner: str | None) -> bool:
    entry = alias.entry
    if owner is None or entry.type is not ActorType.ORGANISATION or entry.country in {None, owner}:
        return False
    return entry.code[3:6] in STATE_ROLES


def _is_foreign_organ(alias: Alias, countries: frozenset[str]) -> bool:
    """True for 'the Senate' in an article that does not name the country whose Senate the registry knows."""
    return names_an_organ(alias) and alias.entry.country not in countries


def _is_larger(parse: Parse, name: Name) -> bool:
    """True for the town's name in 'Buenos Aires province'."""
    after = name.last + 1
    return after < len(parse) and parse.word[after] in listed(WordList.PROVINCE) and parse.head[name.last] == after


def _nameless(entry: Entry, kind: ActorType) -> Cluster:
    """Something that bears the name of an entry and is another thing: of the same country, without identity."""
    return Cluster(entry.name, kind, gender="n", country=entry.country, code=entry.country, identified=False)


def _homeland(clusters: Clusters, name: Name, *, ethnic: bool) -> str | None:
    """The country of a people: Serbia's for 'the Albanians of southern Serbia', unknown for 'ethnic Albanians'."""
    parse = clusters.parse
    for preposition in parse.with_dep(name.last, "prep"):
        if parse.word[preposition].lower() == "of" or (ethnic and parse.word[preposition].lower() == "in"):
            for place in parse.with_dep(preposition, "pobj"):
                for alias in clusters.registry.named(parse.word[place]):
                    if alias.entry.type in {ActorType.COUNTRY, ActorType.PLACE}:
                        return alias.entry.country
    return None if ethnic else name.aliases[0].entry.country


def _people_of(entry: Entry, country: str | None) -> Cluster:
    """'Israelis' are a group of a country, not the country."""
    group = Cluster(entry.name, ActorType.GROUP, country=country, code=country or "CVL")
    group.plural, group.identified = True, False
    return group


def _in_force(alias: Alias, day: date | None) -> bool:
    if day is None:
        return True
    return (alias.first is None or alias.first <= day) and (alias.last is None or day <= alias.last)


def _seat(metonyms: Sequence[Alias], countries: frozenset[str]) -> Alias:
    """Of a body and a government in one town the body, unless the article names the country: 'Brussels'."""
    bodies = [a for a in metonyms if a.entry.country is None]
    return bodies[0] if bodies and not any(a.entry.country in countries for a in metonyms) else metonyms[0]


def _castles(metonyms: Sequence[Alias]) -> frozenset[str | None]:
    """What the metonyms name literally: the towns where the governments sit."""
    return frozenset(a.wikidata_id for a in metonyms)


def _is_state_of(parse: Parse, name: Name) -> bool:
    """True for a state after its town: 'Spokane, Washington'."""
    first = name.first
    if first < 2 or parse.word[first - 1] != ",":
        return False
    return any(surface(parse, start, first - 1) in places() for start in range(max(0, first - 4), first - 1))


def _has_officers(parse: Parse, token: int) -> bool:
    """True for a place whose governor or senator stands beside it: 'Georgia's governor', 'Georgia Democrats'."""
    head = parse.head[token]
    beside = {parse.word[head].lower()} if parse.dep[token] in {"poss", "compound", "nmod"} else set()
    if token + 1 < len(parse):
        beside.add(parse.word[token + 1].lower())
    return not listed(WordList.LOCAL_OFFICE).isdisjoint(beside)


def _choose(
    parse: Parse,
    name: Name,
    aliases: Sequence[Alias],
    day: date | None,
    lands: Lands,
    names_of_countries: frozenset[str],
) -> Alias | None:
    """One alias of several: the government where the place acts, else the place; for people by title."""
    if len(aliases) == 1:
        return aliases[0]
    metonyms = [a for a in aliases if a.how is How.METONYM]
    others = [a for a in aliases if a.how is not How.METONYM]
    if metonyms and others:
        if _is_state_of(parse, name):
            return next((a for a in others if a.entry.wikidata_id not in _castles(metonyms)), None)
        return _seat(metonyms, names_of_countries) if acts(parse, name.last) else others[0]
    people = [a for a in aliases if a.people]
    if people and len(people) < len(aliases):
        adjectives = [a for a in aliases if not a.people]
        return adjectives[0] if parse.dep[name.last] in {"amod", "compound", "nmod"} else people[0]
    if all(a.entry.type in {ActorType.COUNTRY, ActorType.PLACE} for a in aliases):
        aliases = lands.meant(aliases, locally=_has_officers(parse, name.last))
        if len({a.entry.country for a in aliases}) == 1 and all(a.entry.type is ActorType.PLACE for a in aliases):
            return aliases[0]
    if day is None:
        aliases = [a for a in aliases if a.last is None]
    return aliases[0] if len({a.entry.actor_id for a in aliases}) == 1 else None
