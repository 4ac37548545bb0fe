"""Whom every mention of an article means, resolved from its first to its last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.actors.apposition import apposed
from pipeline.actors.bodies import body_of
from pipeline.actors.clusters import Cluster, Naming
from pipeline.actors.codes import PhraseCode
from pipeline.actors.coreference import FEMININE, FIRST, MASCULINE, NEUTER, PRONOUNS, Discourse
from pipeline.actors.ground import Ground
from pipeline.actors.lexicon import INHERITS
from pipeline.actors.mentions import SHARED_NOUN
from pipeline.actors.nominals import Nominal
from pipeline.actors.organs import STATE_ROLES
from pipeline.actors.registry import Registry
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How


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
        self.ground = Ground(parse, registry, day)
        self.owners: dict[int, Cluster] = {}
        self.speakers: list[tuple[Nominal, Cluster]] = []

    def resolve(self, namings: Sequence[Naming], nominals: Sequence[Nominal]) -> list[Resolved]:
        """Resolve names, nominals and the pronouns between them, in the order of the text."""
        covered = {t for n in nominals for t in range(n.first, n.last + 1)}
        items: dict[int, Naming | Nominal] = {n.name.first: n for n in namings if n.name.last not in covered}
        items |= {n.first: n for n in nominals}
        self.ground.survey(namings)
        covered |= {t for n in namings for t in range(n.name.first, n.name.last + 1)}
        found: list[Resolved] = []
        pronouns = (t for t, pos in enumerate(self.parse.pos) if pos == "PRON" and t not in covered)
        for token in sorted({*items, *pronouns}):
            word, item = self.parse.word[token], items.get(token)
            if isinstance(item, Naming):
                found.append(self._named(item))
            elif isinstance(item, Nominal):
                nominal = self._nominal(item)
                if nominal is not None:
                    found.append(nominal)
            elif word.lower() in PRONOUNS:
                pronoun = self._pronoun(token)
                if pronoun.cluster is not None or word.lower() not in NEUTER:
                    found.append(pronoun)
        self._lend(found)
        return found

    def _lend(self, found: Sequence[Resolved]) -> None:
        """Give those who speak for somebody his country and role: 'a spokesman for the bloc'."""
        wanted = {c: cluster for nominal, cluster in self.speakers for c in self._spoken_for(nominal.head)}
        if not wanted:
            return
        for mention in found:
            lender = mention.cluster
            if lender is None or lender.kind is ActorType.PERSON or not lender.code:
                continue
            for token in range(mention.first, mention.last + 1):
                speaker = wanted.get(token)
                if speaker is not None and speaker.code is None:
                    speaker.country = lender.country
                    speaker.code = f"{lender.code}GOV" if lender.code == lender.country else lender.code

    def _spoken_for(self, head: int) -> Iterator[int]:
        """The nouns after 'for', 'of' and 'from' behind a noun."""
        for preposition in self.parse.with_dep(head, "prep"):
            if self.parse.word[preposition].lower() in {"for", "of", "from"}:
                yield from self.parse.with_dep(preposition, "pobj")

    def _named(self, naming: Naming) -> Resolved:
        name, cluster = naming.name, naming.cluster
        if cluster is None:
            kind = ActorType.UNKNOWN if name.kind is ActorType.ORGANISATION else ActorType.PERSON
            if name.kind in {ActorType.COUNTRY, ActorType.PLACE}:
                kind = ActorType.PLACE
            return Resolved(name.first, name.last, None, naming.how, naming.rule, kind)
        self.discourse.add(cluster, name.last)
        return Resolved(name.first, name.last, cluster, naming.how, naming.rule, wikidata_id=naming.wikidata_id)

    def _nominal(self, nominal: Nominal) -> Resolved | None:
        noun = nominal.noun
        owned = self._take_owner(nominal)
        cluster, rule = apposed(self.parse, self.ground.named, nominal), "apposition"
        if cluster is not None:
            self._learn(cluster, nominal)
        elif noun.kind == "person" and not noun.plural and nominal.head == nominal.last and not nominal.indefinite:
            cluster, rule = self._titled(nominal)
        if cluster is not None:
            self.discourse.add(cluster, nominal.head)
            return Resolved(nominal.first, nominal.last, cluster, How.TITLE, rule)
        body, rule = body_of(self.ground, self.discourse, nominal, self._owner(nominal.head))
        if body is not None:
            self.discourse.add(body, nominal.head)
            return Resolved(nominal.first, nominal.last, body, How.NOMINAL, rule)
        if nominal.tentative:
            return None
        rule = "nominal"
        kind = ActorType.PERSON if noun.kind == "person" and not noun.plural else ActorType.GROUP
        cluster = Cluster(noun.noun, kind, gender=noun.gender, country=nominal.code.country, code=nominal.code.code)
        cluster.plural, cluster.identified = noun.plural or noun.kind == "group", False
        cluster.is_placed = nominal.is_placed
        cluster.titles.add(noun.noun)
        if cluster.code is None and noun.code == INHERITS and noun.kind == "person":
            self.speakers.append((nominal, cluster))
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

    def _titled(self, nominal: Nominal) -> tuple[Cluster | None, str]:
        if not nominal.definite and not nominal.code.country:
            return None, "nominal"
        cluster, rule = self.discourse.title(nominal)
        if cluster is not None:
            return cluster, rule
        actor_id = self.discourse.holder(nominal)
        if actor_id is None:
            return None, "nominal"
        return self.ground.entry(actor_id), "holder of the office on the day"

    def _beside(self, token: int) -> list[Cluster]:
        """Whom the verb of a subject governs by name: in 'he accused Ann Lee' he is somebody else."""
        parse, verb = self.parse, self.parse.head[token]
        if parse.dep[token] != "nsubj":
            return []
        governed = [
            *parse.with_dep(verb, "dobj"),
            *(p for t in parse.with_dep(verb, "prep", "dative") for p in parse.with_dep(t, "pobj")),
        ]
        return [cluster for t in governed if (cluster := self.ground.named.get(t)) is not None]

    def _quoted_by(self, token: int) -> list[Cluster]:
        """Who says by name the quotation that a pronoun stands in: '"He is late," said Ann Lee' is on somebody else."""
        quoted = self.discourse.quoted
        if not quoted[token]:
            return []
        said = token
        for above in self.parse.ancestors(token):
            if not quoted[above]:
                break
            said = above
        if self.parse.dep[said] not in {"ccomp", "parataxis"}:
            return []
        subjects = self.parse.with_dep(self.parse.head[said], "nsubj")
        return [c for t in subjects if not quoted[t] and (c := self.ground.named.get(t)) is not None]

    def _pronoun(self, token: int) -> Resolved:
        first = self.parse.word[token].lower() in FIRST
        cluster = None if first else self.discourse.pronoun(token, [*self._beside(token), *self._quoted_by(token)])
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
