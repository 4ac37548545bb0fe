"""Who is who among the names of one article: full name first, then surname, acronym and short form."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from pipeline.actors.codes import code_words
from pipeline.actors.entries import Alias, Entry, Role
from pipeline.actors.gazetteer import COMPASS
from pipeline.actors.lexicon import given_names, modifiers, role_nouns, sports_words, titles
from pipeline.actors.names import Name
from pipeline.actors.registry import Registry, surnames_of
from pipeline.ids import make_id
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How

_PLACING = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "around",
        "through",
        "into",
        "across",
        "inside",
        "via",
        "throughout",
        "from",
        "to",
        "of",
        "on",
        "over",
        "off",
    }
)
_VISITING = frozenset(
    {
        "visit",
        "leave",
        "reach",
        "enter",
        "tour",
        "cross",
        "bomb",
        "shell",
        "hit",
        "capture",
        "attack",
        "strike",
        "surround",
        "see",
    }
)


_PLAIN = frozenset({"mr", "mrs", "ms", "miss", "mx", "messrs"})


@dataclass(slots=True)
class Cluster:
    """An actor of the article, with all that the article and the registry tell of it.

    Attributes:
        titles: Words of titles and role nouns that the article gives it, lower case.
        offices: Keys of offices that it holds by title or by the registry.
        names: Surfaces by which it is called.
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
    names: set[str] = field(default_factory=set)
    identified: bool = True

    @property
    def actor_id(self) -> str | None:
        """The registry's id, else one from kind, name and country; None for actors without identity."""
        if self.entry is not None:
            return self.entry.actor_id
        return make_id("actor", self.kind.value, self.name, self.country) if self.identified else None


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
        self.sports = _is_sports_report(parse)
        self.people: dict[tuple[str, str], Cluster] = {}
        self.bodies: dict[str, Cluster] = {}
        self.surnames: dict[str, list[Cluster]] = defaultdict(list)
        self.givens: dict[str, list[Cluster]] = defaultdict(list)

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

    def of_person(self, words: Sequence[str], gender: str | None) -> Cluster:
        """The cluster of a person whom the registry does not know, by first and last word of the name."""
        name = _joined(words)
        key = (words[0], words[-1])
        cluster = self.people.get(key)
        if cluster is None:
            cluster = self.people[key] = Cluster(name, ActorType.PERSON, gender=gender)
            self._file_surnames((name,), cluster)
            if len(words) == 1:
                self._file(self.surnames[name], cluster)
            self._file(self.givens[words[0]], cluster)
        cluster.gender = cluster.gender or gender
        cluster.names.add(name)
        return cluster

    def of_body(self, name: Name, words: Sequence[str]) -> Cluster:
        """The cluster of an organisation, place or unknown thing, by its name or a short form of it."""
        text = _joined(words)
        cluster = self.bodies.get(text)
        if cluster is None:
            cluster = Cluster(text, name.kind, gender="n", country=name.country)
            cluster.code = (name.country or "") + name.role or None
            self.bodies[text] = cluster
        cluster.names.add(text)
        return cluster


def _joined(words: Iterable[str]) -> str:
    text = " ".join(words)
    for mark in ("-", "–", "'", "’"):
        text = text.replace(f" {mark} ", mark)
    return text.replace(" 's", "'s").replace(" ’s", "’s")


def cluster_names(parse: Parse, names: Sequence[Name], registry: Registry, day: date | None) -> list[Naming]:
    """Resolve the names of an article.

    Full names come first, wherever they stand; a headline's bare surname is then known too.
    """
    clusters = Clusters(parse, registry, day)
    found: dict[int, Naming] = {}
    bare: list[Name] = []
    defined = _defined_acronyms(parse)
    _recognise_people(parse, names)
    for name in names:
        words = parse.word[name.first : name.last + 1]
        known = bool(name.aliases) and words[0] not in defined and not _is_given_name(parse, name)
        naming = _of_registry(clusters, name) if known else None
        if name.aliases and not known:
            name.aliases, name.kind, name.country = (), ActorType.UNKNOWN, None
        if naming is None and name.kind is ActorType.PERSON and len(words) > 1 and words[0].lower() not in _PARTICLES:
            entry = _unaccented(registry).get(_fold(_joined(words)))
            cluster = clusters.of_entry(entry) if entry else clusters.of_person(words, name.gender)
            naming = Naming(name, cluster, How.NAMED, "full name")
        elif (
            naming is None
            and name.kind in {ActorType.ORGANISATION, ActorType.GROUP, ActorType.PLACE}
            and (len(words) > 1 or name.role)
        ):
            naming = Naming(name, clusters.of_body(name, words), How.NAMED, "name")
        if naming is None:
            bare.append(name)
            continue
        found[name.first] = naming
        _describe(clusters, naming)
    _acronyms(parse, found, bare)
    for name in bare:
        bare_naming = _of_bare(clusters, name, found)
        if bare_naming is not None:
            found[name.first] = bare_naming
            _describe(clusters, bare_naming)
    return [found[first] for first in sorted(found)]


_PARTICLES = frozenset({"de", "van", "von", "al", "el", "le", "la", "di", "da", "bin", "ben", "du", "del"})


@cache
def _unaccented(registry: Registry) -> Mapping[str, Entry]:
    """People by names without accents and case, where only one bears such a name."""
    found: dict[str, Entry | None] = {}
    for entry in registry.entries.values():
        if entry.type is ActorType.PERSON:
            for name in entry.names:
                key = _fold(name)
                if " " in key:
                    found[key] = entry if found.get(key, entry) is entry else None
    return {key: entry for key, entry in found.items() if entry is not None}


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED))
    return "".join(c for c in plain.lower().replace("-", " ") if c.isalnum() or c == " ")


_UNDECOMPOSED = str.maketrans("łŁøØđĐıæə", "lLoOdDiae")


def _defined_acronyms(parse: Parse) -> frozenset[str]:
    """Acronyms that the article itself explains, in brackets after common words: 'artificial pancreas (AP)'."""
    found: set[str] = set()
    for token in range(2, len(parse) - 1):
        word = parse.word[token]
        if not (word.isupper() and parse.word[token - 1] == "(" and parse.word[token + 1] == ")"):
            continue
        before = parse.word[max(0, token - 1 - len(word)) : token - 1]
        if [w[0].upper() for w in before] == list(word) and before[-1].islower():
            found.add(word)
    return frozenset(found)


def _is_given_name(parse: Parse, name: Name) -> bool:
    """True for a demonym's singular that stands alone like a given name: 'Finn smiled', not 'a Finn'."""
    token = name.last
    if not all(a.people for a in name.aliases) or parse.tag[token] in {"NNPS", "NNS"} or name.first < token:
        return False
    return parse.child(token, "det", "nummod", "amod") is None


def _recognise_people(parse: Parse, names: Sequence[Name]) -> None:
    """A name of unknown kind whose last word comes again alone, or that speaks, is a person's."""
    alone = {parse.word[n.last] for n in names if n.first == n.last}
    for name in names:
        words = parse.word[name.first : name.last + 1]
        if (
            name.kind is not ActorType.UNKNOWN
            or name.aliases
            or not 2 <= len(words) <= 4
            or not all(w[0].isalpha() for w in words)
        ):
            continue
        speaks = parse.dep[name.last] == "nsubj" and parse.lemma[parse.head[name.last]] in {
            "say",
            "tell",
            "add",
            "recall",
        }
        if words[-1] in alone or speaks:
            name.kind = ActorType.PERSON


def _of_registry(clusters: Clusters, name: Name) -> Naming | None:
    """A name that the registry knows, read in its context; None for a bare surname that needs an introduction."""
    aliases = [a for a in name.aliases if _in_force(a, clusters.day)]
    if not aliases:
        return None
    alias = _choose(clusters.parse, name, aliases, clusters.day)
    if alias is None:
        return Naming(name, None, How.NAMED, "ambiguous name")
    if clusters.sports and alias.entry.type is ActorType.COUNTRY and acts(clusters.parse, name.last):
        team = Cluster(
            alias.entry.name, ActorType.ORGANISATION, gender="n", country=alias.entry.country, identified=False
        )
        return Naming(name, team, alias.how, "national team")
    if alias.people:
        ethnic = name.first > 0 and clusters.parse.word[name.first - 1].lower() == "ethnic"
        return Naming(name, _people_of(alias.entry, ethnic=ethnic), How.DEMONYM, "demonym of people")
    if alias.how is How.METONYM:
        cluster = clusters.of_entry(alias.entry)
        return Naming(name, cluster, How.METONYM, "seat of power")
    return Naming(name, clusters.of_entry(alias.entry, alias.code), alias.how, "registry", alias.wikidata_id)


_SPORTS_SHARE = 0.012
"""Share of its words that words of sport have in a sports report; below 0.5 % in other news."""


def _is_sports_report(parse: Parse) -> bool:
    known = sports_words()
    found = sum(w.lower() in known for w in parse.word)
    return found >= 4 and found > _SPORTS_SHARE * len(parse)


def _people_of(entry: Entry, *, ethnic: bool) -> Cluster:
    """'Israelis' are a group of a country, not the country; 'ethnic Albanians' are of no country that is known."""
    country = None if ethnic else entry.country
    group = Cluster(entry.name, ActorType.GROUP, country=country, code=country or "CVL")
    group.plural, group.identified = True, False
    return group


def _in_force(alias: Alias, day: date | None) -> bool:
    if day is None:
        return True
    return (alias.first is None or alias.first <= day) and (alias.last is None or day <= alias.last)


def _choose(parse: Parse, name: Name, aliases: Sequence[Alias], day: date | None) -> Alias | None:
    """One alias of several: the government where the place acts, else the place; for people by title."""
    if len(aliases) == 1:
        return aliases[0]
    metonyms = [a for a in aliases if a.how is How.METONYM]
    others = [a for a in aliases if a.how is not How.METONYM]
    if metonyms and others:
        return metonyms[0] if acts(parse, name.last) else others[0]
    people = [a for a in aliases if a.people]
    if people and len(people) < len(aliases):
        adjectives = [a for a in aliases if not a.people]
        return adjectives[0] if parse.dep[name.last] in {"amod", "compound", "nmod"} else people[0]
    if len({a.entry.actor_id for a in aliases}) == 1:
        return aliases[0]
    return None


def acts(parse: Parse, token: int) -> bool:
    """True where a place is spoken of as one who acts: subject, agent, owner, party to talks."""
    dep, head = parse.dep[token], parse.head[token]
    if dep == "conj":
        return acts(parse, head)
    if dep in {"nsubj", "nsubjpass", "poss", "dative"}:
        return True
    if dep == "dobj":
        return parse.lemma[head] not in _VISITING
    if dep == "pobj":
        return parse.word[head].lower() not in _PLACING
    return False


def _acronyms(parse: Parse, found: dict[int, Naming], bare: list[Name]) -> None:
    """'European Aeronautic Defence and Space Company (EADS)': the acronym in brackets is the body before it."""
    for name in list(bare):
        if name.first < 2 or parse.word[name.first - 1] != "(" or name.first != name.last:
            continue
        before = next((n for n in found.values() if n.name.last == name.first - 2 and n.cluster), None)
        if before is not None and before.cluster is not None:
            before.cluster.names.add(parse.word[name.first])
            found[name.first] = Naming(name, before.cluster, How.ALIAS, "acronym")
            bare.remove(name)


def _of_bare(clusters: Clusters, name: Name, found: dict[int, Naming]) -> Naming | None:
    """A single word or an unknown name: a surname, acronym or short form of a name in the article."""
    parse = clusters.parse
    words = parse.word[name.first : name.last + 1]
    text = _joined(words)
    people = clusters.surname(text)
    if people:
        person = people[0] if len(people) == 1 else _of_namesakes(clusters, name, people, found)
        return Naming(name, person, How.NAMED, "surname" if person else "surname of several")
    if parse.dep[name.last] == "amod":
        return None
    called = [n.cluster for n in found.values() if n.cluster is not None and _is_short_form(text, n.cluster)]
    if called and all(c is called[0] for c in called):
        return Naming(name, called[0], How.ALIAS, "short form")
    entry = _by_title(clusters, name, text)
    if entry is not None:
        return Naming(name, clusters.of_entry(entry), How.NAMED, "title and surname")
    given = clusters.givens.get(text, [])
    if len(given) == 1 and text in given_names():
        return Naming(name, given[0], How.NAMED, "given name")
    if name.kind is ActorType.PERSON:
        return Naming(name, clusters.of_person(words, name.gender), How.NAMED, "name")
    if name.kind in {ActorType.ORGANISATION, ActorType.GROUP, ActorType.PLACE}:
        return Naming(name, clusters.of_body(name, words), How.NAMED, "name")
    initial = name.first == parse.sentences[parse.sentence_of[name.first]][0]
    if initial and len(words) == 1 and parse.word.count(text) < 2:
        return None
    if parse.dep[name.last] in {"nsubj", "nsubjpass", "poss", "appos"} or (len(words) > 1 and acts(parse, name.last)):
        return Naming(name, clusters.of_body(name, words), How.NAMED, "name")
    return None


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


def _is_short_form(text: str, cluster: Cluster) -> bool:
    if cluster.kind is ActorType.PERSON or cluster.kind is ActorType.COUNTRY:
        return False
    if text in cluster.names:
        return True
    words = cluster.name.split()
    plain = text.lower() not in modifiers() and text not in COMPASS
    if len(words) > 1 and text == " ".join(words[: len(text.split())]) and len(text) > 2 and plain:
        return True
    initials = "".join(w[0] for w in words if w[0].isupper())
    return len(text) > 1 and text.isupper() and text == initials


_PROMINENT = frozenset(
    {"president", "prime_minister", "chancellor", "foreign_minister", "secretary_general", "supreme_leader", "pope"}
    | {"monarch", "party_leader", "head_of_state"}
)
"""Offices whose holder a text names by surname alone."""


def _by_title(clusters: Clusters, name: Name, surname: str) -> Entry | None:
    """'President Duterte' with no full name in the article: the one bearer of the surname who held that office."""
    people = clusters.registry.by_surname(surname)
    if not people:
        return None
    offices = {t.office for t in name.titles if t.office}
    if offices:
        people = tuple(e for e in people if any(r.office in offices for r in _roles(e, clusters.day)))
    elif name.titles and name.titles[0].code:
        people = tuple(e for e in people if any(r.code.endswith(name.titles[0].code) for r in _roles(e, clusters.day)))
    elif clusters.day is not None:
        people = tuple(e for e in people if any(r.office in _PROMINENT for r in _roles(e, clusters.day)))
    else:
        return None
    return people[0] if len(people) == 1 else None


def _roles(entry: Entry, day: date | None) -> list[Role]:
    return [r for r in entry.roles if day is None or r.holds_on(day)]


def _describe(clusters: Clusters, naming: Naming) -> None:
    """Give a cluster what the title beside its name tells: country, code, role, office, gender."""
    cluster, name = naming.cluster, naming.name
    if cluster is None or cluster.kind is not ActorType.PERSON:
        return
    cluster.titles |= {t.noun for t in name.titles}
    cluster.offices |= {t.office for t in name.titles if t.office}
    cluster.gender = cluster.gender or name.gender
    if cluster.entry is not None:
        return
    parse = clusters.parse
    words = _title_words(parse, name)
    if not words:
        return
    core, tails = words
    code = code_words(core, tails, clusters.registry, clusters.day)
    cluster.titles.add(core[-1].lower())
    if not cluster.country:
        cluster.country = code.country
    if not cluster.code or len(cluster.code) <= 3:
        cluster.code = code.code or cluster.code
    if core[-1].lower().rstrip(".") not in _PLAIN:
        cluster.role = cluster.role or _joined(core)


_POSSESSIVE = frozenset({"his", "her", "their", "its", "my", "our", "your"})


def _title_words(parse: Parse, name: Name) -> tuple[list[str], list[list[str]]] | None:
    """The words that describe a name: the title before it, else a noun in apposition."""
    if name.title is not None:
        first, stop = name.title
        core = [w for w in parse.word[first:stop] if w.lower() not in _POSSESSIVE]
        if core and (core[-1].lower() in role_nouns() or core[-1].lower() in titles()):
            return core, []
    head = name.last
    beside = [c for c in parse.children[head] if parse.dep[c] == "appos" and parse.pos[c] == "NOUN"]
    if not beside and parse.dep[head] == "appos" and parse.pos[parse.head[head]] == "NOUN":
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
