"""The named actors of one article, and what the article tells of them."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.actors.codes import code_words
from pipeline.actors.context import is_sports_report
from pipeline.actors.entries import Entry
from pipeline.actors.found_name import Name
from pipeline.actors.gazetteer import COMPASS
from pipeline.actors.lands import Lands
from pipeline.actors.lexicon import is_generic, modifiers, name_words, role_nouns, titles
from pipeline.actors.prominence import code_in_office
from pipeline.actors.registry import Registry, surnames_of
from pipeline.actors.spellings import band_by_sound
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed
from pipeline.ids import make_id
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How


def _is_owned(clusters: Clusters, token: int) -> bool:
    """True where a title begins with a name that nobody knows: 'Norvia president Ann Lee'."""
    word = clusters.parse.word[token]
    return clusters.parse.pos[token] == "PROPN" and not clusters.registry.named(word) and not is_generic(word)


def _ends_in_title(words: Sequence[str]) -> bool:
    phrases = (" ".join(words[-n:]).lower().replace(" - ", "-") for n in range(1, min(4, len(words)) + 1))
    return any(p in role_nouns() or p in titles() for p in phrases)


_OF_A_COUNTRY = frozenset({"Government", "Federal", "Central", "of", "the"})
"""Words of the name of a country's government that are not the country's: 'Federal Government of Nigeria'."""


_POSSESSIVE = frozenset({"his", "her", "their", "its", "my", "our", "your"})


@dataclass(slots=True)
class Cluster:
    """An actor of the article, with all that the article and the registry tell of it.

    Attributes:
        titles: Words of titles and role nouns that the article gives it, lower case.
        offices: Keys of offices that it holds by title or by the registry.
        introduced: Token of its first full name; none where there is only a part of one.
    """

    name: str
    kind: ActorType
    entry: Entry | None = None
    gender: str | None = None
    country: str | None = None
    code: str | None = None
    role: str | None = None
    plural: bool = False
    titles: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    identified: bool = True
    introduced: int = sys.maxsize
    is_placed: bool = False
    """True where the country is that of the article."""

    @property
    def actor_id(self) -> str | None:
        """The registry's id, else one from name and country; None for actors without identity."""
        if self.entry is not None:
            return self.entry.actor_id
        return make_id("actor", self.name, self.country) if self.identified else None


@dataclass(slots=True)
class Naming:
    """A name with the actor that it names; None where two are possible."""

    name: Name
    cluster: Cluster | None
    how: How
    rule: str
    wikidata_id: str | None = None


class Clusters:
    """The named actors of one article."""

    def __init__(self, parse: Parse, registry: Registry, day: date | None) -> None:
        """Start empty."""
        self.parse, self.registry, self.day = parse, registry, day
        self.by_entry: dict[str, Cluster] = {}
        self.countries: frozenset[str] = frozenset()
        self.lands = Lands(frozenset(), frozenset(), frozenset())
        self.states: frozenset[str] = frozenset()
        self.sports = is_sports_report(parse)
        self.people: dict[tuple[str, str], Cluster] = {}
        self.bodies: dict[str, Cluster] = {}
        self.surnames: dict[str, list[Cluster]] = defaultdict(list)
        self.givens: dict[str, list[Cluster]] = defaultdict(list)
        self.short_forms: dict[str, list[Cluster]] = defaultdict(list)

    def of_entry(self, entry: Entry, code: str | None = None) -> Cluster:
        """The cluster of an actor that the registry knows."""
        cluster = self.by_entry.get(entry.actor_id)
        if cluster is None:
            role = self.registry.role_on(entry, self.day)
            cluster = Cluster(entry.name, entry.type, entry, entry.gender, entry.country)
            cluster.code = (code or self.registry.code_on(entry, self.day)) or None
            cluster.role = role.title if role else None
            cluster.offices |= {role.office} if role else {r.office for r in entry.roles} if self.day is None else set()
            cluster.offices.discard("")
            self.by_entry[entry.actor_id] = cluster
            if entry.type is ActorType.PERSON:
                self._file_surnames(entry.names, cluster)
                self._file(self.givens[entry.name.split()[0]], cluster)
            elif entry.type is not ActorType.COUNTRY:
                self._file_short_forms(cluster)
        return cluster

    @staticmethod
    def _file(there: list[Cluster], cluster: Cluster) -> None:
        if all(c is not cluster for c in there):
            there.append(cluster)

    def surname(self, text: str) -> list[Cluster]:
        """The people of the article with that surname, however its particle and apostrophe are written."""
        text = text.replace("’", "'")
        return self.surnames.get(text) or self.surnames.get(text[:1].lower() + text[1:], [])

    def _file_surnames(self, names: Iterable[str], cluster: Cluster) -> None:
        for surname in dict.fromkeys(s.replace("’", "'") for n in names for s in surnames_of(n)):
            self._file(self.surnames[surname], cluster)

    def called(self, text: str) -> list[Cluster]:
        """The bodies, places and unknown things of the article that a short form or acronym may mean."""
        return self.short_forms.get(text, [])

    def call(self, cluster: Cluster, text: str) -> None:
        """Record another name for a cluster."""
        self._file(self.short_forms[text], cluster)

    def _file_short_forms(self, cluster: Cluster) -> None:
        """The first words of a name and its initials: 'Norvia' and 'NSC' for 'Norvia Steel Corp'."""
        words = cluster.name.split()
        self.call(cluster, cluster.name)
        for n in range(1, len(words)):
            text = " ".join(words[:n])
            if len(text) > 2 and text.lower() not in modifiers() and text.lower() not in COMPASS:
                self.call(cluster, text)
        initials = "".join(w[0] for w in words if w[0].isupper())
        if len(initials) > 1:
            self.call(cluster, initials)

    def of_person(self, words: Sequence[str], gender: str | None) -> Cluster:
        """The cluster of a person whom the registry does not know, by first and last word of the name."""
        name = joined(words)
        key = (words[0], words[-1])
        cluster = self.people.get(key)
        if cluster is None:
            cluster = self.people[key] = Cluster(name, ActorType.PERSON, gender=gender)
            self._file_surnames((name,), cluster)
            if len(words) == 1:
                self._file(self.surnames[name], cluster)
            self._file(self.givens[words[0]], cluster)
        cluster.gender = cluster.gender or gender
        return cluster

    def of_body(self, name: Name, words: Sequence[str]) -> Cluster:
        """The cluster of an organisation, place or unknown thing, by its name or a short form of it."""
        text = joined(words)
        entry = self._known_body(name, words) or (None if name.role else band_by_sound(self.registry, text))
        if entry is not None:
            return self.of_entry(entry)
        cluster = self.bodies.get(text)
        if cluster is None:
            cluster = Cluster(text, name.kind, gender="n", country=name.country)
            cluster.code = (name.country or "") + name.role or None
            self.bodies[text] = cluster
            self._file_short_forms(cluster)
        return cluster

    def merge(self, old: Cluster, new: Cluster) -> None:
        """Let every name of a body that the registry does not know mean the one that it does."""
        for text, body in list(self.bodies.items()):
            if body is old:
                self.bodies[text] = new
        for called in self.short_forms.values():
            called[:] = [new if c is old else c for c in called]

    def _known_body(self, name: Name, words: Sequence[str]) -> Entry | None:
        """'US Government' is the government of the country; 'Norvia Corporation' is the registry's Norvia."""
        if "Government" in words and name.country:
            owners = self.registry.named(joined(w for w in words if w not in _OF_A_COUNTRY))
            national = any(a.entry.type is ActorType.COUNTRY or a.how is How.METONYM for a in owners)
            return self.registry.entries.get(f"government:{name.country}") if national else None
        for end in range(len(words) - 1, 0, -1):
            legal = name_words().get(words[end].lower())
            first = end == len(words) - 1
            if words[end] != "Group" and not (first and legal is not None and legal.code == "BUS"):
                return None
            firms = [
                a.entry for a in self.registry.named(joined(words[:end])) if a.entry.type is ActorType.ORGANISATION
            ]
            if firms:
                return firms[0] if len(firms) == 1 else None
        return None


def describe(clusters: Clusters, naming: Naming) -> None:
    """Give a cluster what the title beside its name tells: country, code, role, office, gender."""
    cluster, name = naming.cluster, naming.name
    if cluster is None or cluster.kind is not ActorType.PERSON:
        return
    cluster.titles |= {t.noun for t in name.titles}
    cluster.offices |= {t.office for t in name.titles if t.office}
    first = titles().get(clusters.parse.word[name.first].lower())
    if first is not None:
        cluster.titles.add(first.noun)
    cluster.gender = cluster.gender or name.gender
    parse = clusters.parse
    if cluster.entry is not None:
        held = next((t.code for t in name.titles if t.office and t.code), "")
        if clusters.day is None and held and cluster.country and cluster.code == cluster.country:
            cluster.code = f"{cluster.country}{held}"
        before = parse.word[name.title[0] : name.title[1]] if name.title else ()
        former = any(w.lower() in listed(WordList.FORMER) for w in before)
        in_office = (cluster.code or "")[3:6] in {"", "GOV", "LEG", "MIL", "JUD"}
        if cluster.country and in_office and former and clusters.day is None:
            cluster.code = f"{cluster.country}ELI"
        if cluster.code == f"{cluster.country}ELI" and not former:
            cluster.code = code_in_office(clusters.registry, cluster.entry, name.titles, clusters.day)
        return
    words = _title_words(parse, name)
    if not words:
        return
    core, tails = words
    owned = name.title is not None and _is_owned(clusters, name.title[0])
    code = code_words(core, tails, clusters.registry, clusters.day, owned=owned)
    if code.country is not None:
        code = clusters.lands.settled([*core, *(w for tail in tails for w in tail)], code, clusters.registry)
    cluster.titles.add(core[-1].lower())
    if not cluster.country:
        cluster.country = code.country
    if not cluster.code or len(cluster.code) <= 3:
        cluster.code = code.code or cluster.code
    if core[-1].lower().rstrip(".") not in listed(WordList.PLAIN_TITLE):
        cluster.role = cluster.role or joined(core)


def _title_words(parse: Parse, name: Name) -> tuple[list[str], list[list[str]]] | None:
    """The words that describe a name: the title before it, else a noun in apposition."""
    if name.title is not None:
        first, stop = name.title
        core = [w for w in parse.word[first:stop] if w.lower() not in _POSSESSIVE]
        if _ends_in_title(core):
            return core, []
    head = name.last
    beside = [c for c in parse.children[head] if parse.dep[c] == "appos" and _describes(parse, c)]
    if not beside and parse.dep[head] == "appos" and _describes(parse, parse.head[head]):
        beside = [parse.head[head]]
    if not beside:
        return None
    noun = beside[0]
    left = parse.left[noun] if parse.left[noun] > head or noun < head else noun
    tails = [
        [parse.word[c].lower(), *parse.word[c + 1 : min(parse.right[c], c + 10) + 1]]
        for c in parse.children[noun]
        if c > noun and parse.dep[c] == "prep"
    ]
    core = [
        w
        for t, w in enumerate(parse.word[left : noun + 1], left)
        if parse.dep[t] != "det" and w.lower() not in _POSSESSIVE
    ]
    return core, tails


def _describes(parse: Parse, token: int) -> bool:
    """True for a noun that tells what somebody is, also one with a capital: 'the Emergency Relief Coordinator'."""
    return parse.pos[token] == "NOUN" or (parse.pos[token] == "PROPN" and parse.word[token].lower() in role_nouns())


def joined(words: Iterable[str]) -> str:
    """Tokens as text: hyphens and apostrophes without spaces around them."""
    text = " ".join(words)
    for mark in ("-", "–", "'", "’"):
        text = text.replace(f" {mark} ", mark)
    return text.replace(" 's", "'s").replace(" ’s", "’s")
