"""Whom every mention of an article means, resolved from its first to its last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.actors.clusters import Cluster, Naming
from pipeline.actors.codes import PhraseCode
from pipeline.actors.coreference import BANDS, FEMININE, FIRST, MASCULINE, NEUTER, PRONOUNS, Discourse
from pipeline.actors.lexicon import INHERITS, subnational
from pipeline.actors.mentions import SHARED_NOUN
from pipeline.actors.names import is_seat
from pipeline.actors.nominals import Nominal
from pipeline.actors.phrases import STATE_ROLES
from pipeline.actors.registry import Registry
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How

_NAMED = frozenset({ActorType.PERSON, ActorType.ORGANISATION, ActorType.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention and the actor that it means.

    Attributes:
        first, last: Tokens, both included.
        cluster: The actor, None where it is unclear.
        kind: What kind of thing it is where there is no actor.
        wikidata_id: Of what the words name literally, where that is not the actor.
    """

    first: int
    last: int
    cluster: Cluster | None
    how: How
    rule: str
    kind: ActorType = ActorType.UNKNOWN
    wikidata_id: str | None = None


class Resolver:
    """Goes through an article once, from its first mention to its last."""

    def __init__(self, parse: Parse, registry: Registry, day: date | None) -> None:
        """Begin an article."""
        self.parse, self.registry = parse, registry
        self.discourse = Discourse(parse, registry, day)
        self.by_entry: dict[str, Cluster] = {}
        self.named: dict[int, Cluster] = {}
        self.owners: dict[int, Cluster] = {}
        self.parts: set[int] = set()

    def resolve(self, namings: Sequence[Naming], nominals: Sequence[Nominal]) -> list[Resolved]:
        """Resolve names, nominals and the pronouns between them, in the order of the text."""
        covered = {t for n in nominals for t in range(n.first, n.last + 1)}
        items: dict[int, Naming | Nominal] = {n.name.first: n for n in namings if n.name.last not in covered}
        items |= {n.first: n for n in nominals}
        for naming in namings:
            if naming.cluster is not None and naming.cluster.kind is ActorType.PLACE and not is_seat(naming.name):
                self.parts.add(naming.name.last)
            if naming.cluster is not None and naming.cluster.kind in _NAMED:
                self.named |= dict.fromkeys(range(naming.name.first, naming.name.last + 1), naming.cluster)
            if naming.cluster is not None and naming.cluster.entry is not None:
                self.by_entry[naming.cluster.entry.actor_id] = naming.cluster
        covered |= {t for n in namings for t in range(n.name.first, n.name.last + 1)}
        found: list[Resolved] = []
        pronouns = (t for t, pos in enumerate(self.parse.pos) if pos == "PRON" and t not in covered)
        for token in sorted({*items, *pronouns}):
            word, item = self.parse.word[token], items.get(token)
            if isinstance(item, Naming):
                found.append(self._named(item))
            elif isinstance(item, Nominal):
                found.append(self._nominal(item))
            elif word.lower() in PRONOUNS:
                pronoun = self._pronoun(token)
                if pronoun.cluster is not None or word.lower() not in NEUTER:
                    found.append(pronoun)
        return found

    def _named(self, naming: Naming) -> Resolved:
        name, cluster = naming.name, naming.cluster
        if cluster is None:
            kind = ActorType.UNKNOWN if name.kind is ActorType.ORGANISATION else ActorType.PERSON
            if name.kind in {ActorType.COUNTRY, ActorType.PLACE}:
                kind = ActorType.PLACE
            return Resolved(name.first, name.last, None, naming.how, naming.rule, kind)
        self.discourse.add(cluster, name.last)
        return Resolved(name.first, name.last, cluster, naming.how, naming.rule, wikidata_id=naming.wikidata_id)

    def _nominal(self, nominal: Nominal) -> Resolved:
        noun = nominal.noun
        owned = self._take_owner(nominal)
        cluster, rule = self._apposed(nominal), "apposition"
        if cluster is not None:
            self._learn(cluster, nominal)
        elif noun.kind == "person" and not noun.plural and nominal.head == nominal.last and not nominal.indefinite:
            cluster, rule = self._titled(nominal)
        if cluster is not None:
            self.discourse.add(cluster, nominal.head)
            return Resolved(nominal.first, nominal.last, cluster, How.TITLE, rule)
        body = self._body(nominal)
        if body is not None:
            self.discourse.add(body, nominal.head)
            rule = "government of the country" if nominal.noun.noun == "government" else "body named before"
            return Resolved(nominal.first, nominal.last, body, How.NOMINAL, rule)
        rule = "nominal"
        kind = ActorType.PERSON if noun.kind == "person" and not noun.plural else ActorType.GROUP
        cluster = Cluster(noun.noun, kind, gender=noun.gender, country=nominal.code.country, code=nominal.code.code)
        cluster.plural, cluster.identified = noun.plural or noun.kind == "group", False
        cluster.is_placed = nominal.is_placed
        cluster.titles.add(noun.noun)
        self.discourse.add(cluster, nominal.head)
        if owned:
            rule = "nominal of an owner"
        how = How.DEMONYM if nominal.demonym else How.NOMINAL
        if nominal.head > nominal.last:
            rule = SHARED_NOUN
        return Resolved(nominal.first, nominal.last, cluster, how, rule)

    def _take_owner(self, nominal: Nominal) -> bool:
        """Give an organ or officer the country and role of whom its possessive pronoun means.

        'His army' is the president's country's; 'its spokesman' speaks for the ministry or the firm. A person lends the
        country alone, and to organs of state alone: 'her government', not 'her lawyer'; a country lends it to all of its
        people: 'its citizens'.
        """
        code, owner = nominal.code.code, self._owner(nominal.head)
        if owner is None or (nominal.code.country is not None and not nominal.is_placed):
            return False
        country = owner.country
        if owner.kind is not ActorType.PERSON and (code is None or code == nominal.noun.fallback):
            found = owner.code if nominal.noun.code == INHERITS else None
            found = f"{found}GOV" if found is not None and found == country else found
            if found is not None and (country is None or len(found) > 3):
                nominal.code, nominal.is_placed = PhraseCode(country, found), False
                return True
        anybody = owner.kind is ActorType.COUNTRY or (
            owner.entry is not None and owner.entry.actor_id == f"government:{country}"
        )
        if country is None or code is None or not (code in STATE_ROLES or (anybody and len(code) == 3)):
            return False
        nominal.code, nominal.is_placed = PhraseCode(country, f"{country}{code}"), False
        return True

    def _owner(self, head: int) -> Cluster | None:
        """Whom the possessive pronoun before a noun means."""
        return next((c for t in self.parse.with_dep(head, "poss") if (c := self.owners.get(t)) is not None), None)

    def _learn(self, cluster: Cluster, nominal: Nominal) -> None:
        """What a description beside a name tells of the one whom it names."""
        cluster.titles.add(nominal.noun.noun)
        if cluster.entry is None:
            cluster.country = cluster.country or nominal.code.country
            cluster.code = cluster.code or nominal.code.code

    def _body(self, nominal: Nominal) -> Cluster | None:
        """The organisation that 'the company' takes up, or the government of a country that the phrase names."""
        noun, country = nominal.noun, nominal.code.country
        if any(self.parse.pos[c] == "PRON" for c in self.parse.with_dep(nominal.head, "poss")):
            return None
        if noun.noun == "government" and country:
            one = not noun.plural and not self._is_of_a_part(nominal)
            return self._entry(f"government:{country}") if one else None
        if (
            (noun.kind != "body" and noun.noun not in BANDS)
            or noun.plural
            or not nominal.definite
            or nominal.first < nominal.head
        ):
            return None
        if any(self.parse.dep[c] in {"poss", "prep", "relcl"} for c in self.parse.children[nominal.head]):
            return None
        return self.discourse.body(noun)

    def _is_of_a_part(self, nominal: Nominal) -> bool:
        """True for 'provincial government' and 'government of Ontario': not the country's."""
        parse, head = self.parse, nominal.head
        if any(w.lower() in subnational() for w in parse.word[nominal.first : head]):
            return True
        beside = [*range(parse.left[head], head)]
        beside += [c for p in parse.with_dep(head, "prep") for c in parse.with_dep(p, "pobj")]
        return any(token in self.parts for token in beside)

    def _entry(self, actor_id: str) -> Cluster | None:
        """The cluster of a registry entry, made where the article has none yet."""
        entry = self.registry.entries.get(actor_id)
        if entry is None:
            return None
        if actor_id not in self.by_entry:
            role = self.registry.role_on(entry, self.discourse.day)
            known = Cluster(entry.name, entry.type, entry, entry.gender, entry.country)
            known.code = self.registry.code_on(entry, self.discourse.day) or None
            known.role = role.title if role else None
            known.offices = {role.office} if role else set()
            self.by_entry[actor_id] = known
        return self.by_entry[actor_id]

    def _apposed(self, nominal: Nominal) -> Cluster | None:
        """Whose name stands beside the noun: 'the suspect, Ali Karimi,', 'the automaker Norvia'."""
        if nominal.noun.plural or nominal.head > nominal.last:
            return None
        parse, head = self.parse, nominal.head
        beside = [c for c in parse.children[head] if parse.dep[c] == "appos"]
        if parse.dep[head] == "appos":
            beside.insert(0, parse.head[head])
        if head + 1 in self.named and parse.sentence_of[head] == parse.sentence_of[head + 1]:
            beside.append(head + 1)
        beside += self._called(nominal)
        kinds = {ActorType.PERSON} if nominal.noun.kind == "person" else {ActorType.ORGANISATION, ActorType.UNKNOWN}
        if nominal.noun.noun.endswith(("er", "or")):
            kinds.add(ActorType.PERSON)
        found = next((c for t in beside if (c := self.named.get(t)) is not None and c.kind in kinds), None)
        if found is not None and found.kind is ActorType.UNKNOWN:
            found.kind = ActorType.ORGANISATION
        return found

    def _called(self, nominal: Nominal) -> Iterator[int]:
        """The names in 'a woman named Ann Lee', 'the new owner is Ann Lee' and 'the mayor of Elm Bend, Ann Lee,'."""
        parse, head = self.parse, nominal.head
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

    def _titled(self, nominal: Nominal) -> tuple[Cluster | None, str]:
        if not nominal.definite and not nominal.code.country:
            return None, "nominal"
        cluster, rule = self.discourse.title(nominal)
        if cluster is not None:
            return cluster, rule
        actor_id = self.discourse.holder(nominal)
        if actor_id is None:
            return None, "nominal"
        return self._entry(actor_id), "holder of the office on the day"

    def _beside(self, token: int) -> list[Cluster]:
        """Whom the verb of a subject governs by name: in 'he accused Ann Lee' he is somebody else."""
        parse, verb = self.parse, self.parse.head[token]
        if parse.dep[token] != "nsubj":
            return []
        governed = [
            *parse.with_dep(verb, "dobj"),
            *(p for t in parse.with_dep(verb, "prep", "dative") for p in parse.with_dep(t, "pobj")),
        ]
        return [cluster for t in governed if (cluster := self.named.get(t)) is not None]

    def _pronoun(self, token: int) -> Resolved:
        first = self.parse.word[token].lower() in FIRST
        cluster = None if first else self.discourse.pronoun(token, self._beside(token))
        if cluster is None:
            rule = "speaker's own" if first else "unclear pronoun"
            return Resolved(token, token, None, How.PRONOUN, rule)
        self.discourse.add(cluster, token)
        if self.parse.dep[token] == "poss":
            self.owners[token] = cluster
        word = self.parse.word[token].lower()
        if cluster.kind is ActorType.UNKNOWN and word in MASCULINE | FEMININE:
            cluster.kind = ActorType.PERSON
        if cluster.kind is ActorType.PERSON and cluster.gender is None and not cluster.plural:
            cluster.gender = "m" if word in MASCULINE else "f"
        return Resolved(token, token, cluster, How.PRONOUN, "pronoun")
