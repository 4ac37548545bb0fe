"""Who is who among the names of one article: full name first, then surname, acronym and short form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.actors.acronyms import link_acronyms, link_spelled_out
from pipeline.actors.binding import main_noun
from pipeline.actors.clusters import Cluster, Clusters, Naming, describe, joined
from pipeline.actors.context import acts, defined_acronyms, is_given_name, recognise_people
from pipeline.actors.entries import Entry, Role
from pipeline.actors.found_name import Name
from pipeline.actors.known_names import name_of_registry, owner_of
from pipeline.actors.lands import countries_named, lands_of, states_named
from pipeline.actors.lexicon import titles
from pipeline.actors.organs import STATE_ROLES
from pipeline.actors.prominence import PROMINENT, widely_known
from pipeline.actors.registry import Registry
from pipeline.actors.spellings import known_by_name
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How


def cluster_names(parse: Parse, names: Sequence[Name], registry: Registry, day: date | None) -> list[Naming]:
    """Resolve the names of an article.

    Full names come first, wherever they stand; a headline's bare surname is then known too.
    """
    clusters = Clusters(parse, registry, day)
    clusters.countries = countries_named(names)
    clusters.lands, clusters.states = lands_of(names), states_named(names)
    found: dict[int, Naming] = {}
    bare: list[Name] = []
    defined = defined_acronyms(parse)
    recognise_people(parse, names)
    full = _full_names(parse, names)
    for name in names:
        naming = None
        if name.aliases and (
            parse.word[name.first] in defined
            or is_given_name(parse, name)
            or _is_anyones(parse, name, full)
            or _is_mistitled(name, names)
        ):
            name.aliases, name.kind, name.country = (), ActorType.UNKNOWN, None
        if name.aliases:
            naming = name_of_registry(clusters, name)
        if naming is None:
            if name.country is None and name.role[:3] in STATE_ROLES:
                name.country = owner_of(clusters, name)
            naming = _of_full_name(clusters, name, full)
        if naming is None:
            bare.append(name)
            continue
        found[name.first] = naming
        if naming.cluster is not None:
            naming.cluster.introduced = min(naming.cluster.introduced, name.first)
        describe(clusters, naming)
    link_spelled_out(clusters, found)
    link_acronyms(clusters, found, bare)
    for name in bare:
        bare_naming = _of_bare(clusters, name, found)
        if bare_naming is not None:
            found[name.first] = bare_naming
            describe(clusters, bare_naming)
    return [found[first] for first in sorted(found)]


def _full_names(parse: Parse, names: Sequence[Name]) -> dict[str, set[str]]:
    """By last word, the people whom the article names in full: ids of the registry, or the names."""
    full: dict[str, set[str]] = {}
    for name in names:
        if name.kind is ActorType.PERSON and name.last > name.first:
            known = name.aliases[0].entry.actor_id if name.aliases else " ".join(parse.word[name.first : name.last + 1])
            full.setdefault(parse.word[name.last], set()).add(known)
    return full


def _is_anyones(parse: Parse, name: Name, full: dict[str, set[str]]) -> bool:
    """True for a surname that the registry takes for one person's or a firm's, in an article with another of that name.

    'Ford' is no car maker where an Ann Ford is named, or as 'Mr. Ford'.
    """
    if name.first < name.last or not name.aliases:
        return False
    if name.aliases[0].entry.type is ActorType.ORGANISATION:
        word = parse.word[name.last]
        return not word.isupper() and bool(full.get(word) or any(t.title in titles() for t in name.titles))
    if name.aliases[0].entry.type is not ActorType.PERSON:
        return False
    return bool(full.get(parse.word[name.last], set()) - {a.entry.actor_id for a in name.aliases})


def _is_mistitled(name: Name, names: Sequence[Name]) -> bool:
    """True for a bare surname with a title that its famous bearer never had, where nothing else tells of his country.

    'Mullah Zarif' is no Iranian minister, in an article that does not name Iran.
    """
    if name.first < name.last or not name.titles or name.aliases[0].entry.type is not ActorType.PERSON:
        return False
    entry = name.aliases[0].entry
    codes = {entry.code[3:6], *(r.code[3:6] for r in entry.roles)}
    offices = {r.office for r in entry.roles}
    told = [t for t in name.titles if t.office or t.code]
    if not told or any(t.office in offices or t.code in codes for t in told):
        return False
    return not any(a.entry.country == entry.country for n in names for a in n.aliases[:1] if a.entry is not entry)


def _of_full_name(clusters: Clusters, name: Name, full: dict[str, set[str]]) -> Naming | None:
    """A name that needs no introduction by another: a person's full name, a body's or a place's name."""
    words = clusters.parse.word[name.first : name.last + 1]
    if name.kind is ActorType.PERSON and len(words) > 1 and words[0].lower() not in listed(WordList.PARTICLE):
        entry = known_by_name(clusters.registry, joined(words))
        cluster = clusters.of_entry(entry) if entry else clusters.of_person(words, name.gender)
        return Naming(name, cluster, How.NAMED, "full name")
    place = name.kind is ActorType.PLACE and words[-1] not in full and not _is_person_of_note(clusters, name)
    body = name.kind in {ActorType.ORGANISATION, ActorType.GROUP, ActorType.PLACE} and (len(words) > 1 or name.role)
    return Naming(name, clusters.of_body(name, words), How.NAMED, "name") if place or body else None


def _of_bare(clusters: Clusters, name: Name, found: dict[int, Naming]) -> Naming | None:
    """A single word or an unknown name: a surname, acronym or short form of a name in the article."""
    parse = clusters.parse
    words = parse.word[name.first : name.last + 1]
    text = joined(words)
    people = [] if _comes_before(clusters, name, text) else clusters.surname(text)
    if people:
        person = people[0] if len(people) == 1 else _of_namesakes(clusters, name, people, found)
        return Naming(name, person, How.NAMED, "surname" if person else "surname of several")
    if parse.dep[name.last] == "amod":
        return None
    given = clusters.givens.get(text, [])
    if len(given) == 1 and len(text) > 3:
        return Naming(name, given[0], How.NAMED, "given name")
    called = clusters.called(text)
    if len(called) == 1 and not name.titles:
        return Naming(name, called[0], How.ALIAS, "short form")
    entry = _by_title(clusters, name, text)
    if entry is not None:
        return Naming(name, clusters.of_entry(entry), How.NAMED, "title and surname")
    if name.kind is ActorType.PERSON:
        return Naming(name, clusters.of_person(words, name.gender), How.NAMED, "name")
    if name.kind in {ActorType.ORGANISATION, ActorType.GROUP, ActorType.PLACE}:
        return Naming(name, clusters.of_body(name, words), How.NAMED, "name")
    start, _ = parse.sentences[parse.sentence_of[name.first]]
    initial = all(parse.pos[t] in {"PUNCT", "SPACE"} for t in range(start, name.first))
    if initial and len(words) == 1 and parse.word.count(text) < 2:
        return None
    if parse.dep[name.last] in {"nsubj", "nsubjpass", "poss", "appos"} or (len(words) > 1 and acts(parse, name.last)):
        return Naming(name, clusters.of_body(name, words), How.NAMED, "name")
    return None


_DOING = frozenset({"nsubj", "dobj", "poss"})


def _is_person_of_note(clusters: Clusters, name: Name) -> bool:
    """True for a town's name that is rather that of somebody in office, for what it does: 'Clinton attacked Sanders'."""
    parse, word = clusters.parse, clusters.parse.word[name.last]
    if name.first < name.last or clusters.day is None or parse.dep[main_noun(parse, name.last)] not in _DOING:
        return False
    return widely_known(clusters.registry, word, None, clusters.countries, clusters.day) is not None


def _comes_before(clusters: Clusters, name: Name, text: str) -> bool:
    """True for a word that the body of the text uses before anyone of that surname is introduced.

    A headline may name by surname whom the text introduces later; elsewhere the word is another's name.
    """
    parse = clusters.parse
    if parse.paragraph_of[parse.sentence_of[name.first]] == 0:
        return False
    first = min((c.introduced for c in clusters.surname(text)), default=0)
    return first < len(parse) and parse.sentence_of[name.first] < parse.sentence_of[first]


_REMEMBERED = 8
"""Years after the office for which the holder of a high one is still called by surname and title alone."""

_APART = 2
"""Sentences after which a full name no longer competes for a surname that it shares."""


def _of_namesakes(
    clusters: Clusters, name: Name, people: Sequence[Cluster], found: dict[int, Naming]
) -> Cluster | None:
    """Of several people with one surname the one whom a title fits, else the one whom the article is about.

    News text calls its main person by the bare surname and others of the family by their full names. The one who is
    named in full just before is a rival of the one who is named in full most often: then neither is taken.
    """
    gender = next((t.gender for t in name.titles if t.gender), None)
    offices = {t.office for t in name.titles if t.office}
    fitting = [c for c in people if gender is None or c.gender in {None, gender}]
    fitting = [c for c in fitting if not offices or offices & c.offices] or fitting
    if len(fitting) == 1:
        return fitting[0]
    full = [n for n in found.values() if n.cluster is not None and any(n.cluster is c for c in fitting)]
    counts = sorted(
        ((sum(n.cluster is c for n in full) + 2 * (c.entry is not None), k) for k, c in enumerate(fitting)),
        reverse=True,
    )
    if len(counts) < 2 or counts[0][0] == counts[1][0]:
        return None
    main = fitting[counts[0][1]]
    sentence = clusters.parse.sentence_of
    here = sentence[name.first]
    rivals = [n for n in full if n.cluster is not main and 0 <= here - sentence[n.name.first] < _APART]
    return None if rivals else main


def _by_title(clusters: Clusters, name: Name, surname: str) -> Entry | None:
    """'President Duterte' with no full name in the article: the one bearer of the surname who held that office."""
    people = clusters.registry.by_surname(surname)
    if not people:
        return None
    offices = {t.office for t in name.titles if t.office}
    if any(
        not t.office and not t.code and t.title.rstrip(".") not in listed(WordList.PLAIN_TITLE) for t in name.titles
    ):
        return None
    if offices:
        people = tuple(e for e in people if any(r.office in offices for r in _roles(e, clusters.day)))
    elif name.titles and name.titles[0].code:
        people = tuple(e for e in people if any(r.code.endswith(name.titles[0].code) for r in _roles(e, clusters.day)))
    elif clusters.day is not None:
        shared = len(people) > 1
        gender = next((t.gender for t in name.titles if t.gender), None)
        people = tuple(e for e in people if gender is None or e.gender in {None, gender})
        held = tuple(e for e in people if any(r.office in PROMINENT for r in _roles(e, clusters.day)))
        if not held and gender:
            held = tuple(
                e for e in people if any(r.office in PROMINENT and _is_recent(r, clusters.day) for r in e.roles)
            )
            shared = True
        held = tuple(e for e in held if not shared or e.country in clusters.countries)
        known = widely_known(clusters.registry, surname, gender, clusters.countries, clusters.day)
        people = held or ((known,) if known else ())
    else:
        return None
    return people[0] if len(people) == 1 else None


def _is_recent(role: Role, day: date) -> bool:
    return role.last is not None and 0 <= day.year - role.last.year <= _REMEMBERED


def _roles(entry: Entry, day: date | None) -> list[Role]:
    return [r for r in entry.roles if day is None or r.holds_on(day)]
