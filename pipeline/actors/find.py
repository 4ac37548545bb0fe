"""One article in, its mentions of actors out: names, titles, nominal groups and pronouns, resolved and coded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.actors.clusters import Cluster, Naming
from pipeline.actors.codes import PhraseCode
from pipeline.actors.coreference import FIRST, MASCULINE, NEUTER, PRONOUNS, Discourse
from pipeline.actors.linking import cluster_names
from pipeline.actors.mentions import SHARED_NOUN, Mentions
from pipeline.actors.names import find_names
from pipeline.actors.nominals import Nominal, find_nominals
from pipeline.actors.registry import Registry
from pipeline.ids import make_id
from pipeline.tables import Article, Mention
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How


def find_mentions(article: Article, parse: Parse, registry: Registry) -> Mentions:
    """Find and resolve the mentions of actors in an article.

    Args:
        article: Its publication day decides offices and codes.
        parse: The parse of its text.
        registry: Who is who.

    Returns:
        Rows in the order of the text that do not overlap.
    """
    day = article.published_date
    names = find_names(parse, registry)
    nominals = find_nominals(parse, names, registry, day)
    namings = cluster_names(parse, names, registry, day)
    place_at_home(parse, namings, nominals)
    return Mentions(parse, _Resolver(article, parse, registry, day).rows(namings, nominals))


_STATE_ROLES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "OPP", "REB", "SEP", "INS"})


_INSIDE = frozenset({"in", "throughout", "across", "inside", "within"})
_OFTEN = 3
"""So many mentions of the one country make it the article's own without further signs."""


def place_at_home(parse: Parse, namings: Sequence[Naming], nominals: Sequence[Nominal]) -> None:
    """Give organs and officers of a state the country, where the article names one country alone and is set in it.

    'Police' and 'President Ann Lee' in an article that is set in Kenya and names no other country are Kenyan. Nothing
    is inferred where two countries are named, where the one is only acted upon, nor for people without a state's or an
    opponent's role.
    """
    country = _home(parse, namings, nominals)
    if country is None:
        return
    for naming in namings:
        cluster = naming.cluster
        if cluster is not None and cluster.entry is None and not cluster.country and cluster.code in _STATE_ROLES:
            cluster.country, cluster.code = country, f"{country}{cluster.code}"
    for nominal in nominals:
        code = nominal.code.code
        if nominal.code.country is None and code in _STATE_ROLES:
            nominal.code = PhraseCode(country, f"{country}{code}")


def _home(parse: Parse, namings: Sequence[Naming], nominals: Sequence[Nominal]) -> str | None:
    """The only country that an article names, if it is set there: named as a place, as one who acts, or often."""
    heads = [(n.name.last, c) for n in namings if n.cluster and (c := n.cluster.country)]
    heads += [(n.head, c) for n in nominals if (c := n.code.country)]
    if len({country for _, country in heads}) != 1:
        return None
    here = len(heads) >= _OFTEN or any(_is_scene(parse, token) for token, _ in heads)
    return heads[0][1] if here else None


def _is_scene(parse: Parse, token: int) -> bool:
    while parse.dep[token] in {"poss", "compound", "amod", "nmod", "conj"} and parse.head[token] != token:
        token = parse.head[token]
    if parse.dep[token] in {"nsubj", "nsubjpass"}:
        return True
    return parse.dep[token] == "pobj" and parse.word[parse.head[token]].lower() in _INSIDE


class _Resolver:
    """Goes through an article once, from its first mention to its last."""

    def __init__(self, article: Article, parse: Parse, registry: Registry, day: date | None) -> None:
        self.article, self.parse, self.registry = article, parse, registry
        self.discourse = Discourse(parse, registry, day)
        self.by_entry: dict[str, Cluster] = {}
        self.people: dict[int, Cluster] = {}

    def rows(self, namings: list[Naming], nominals: list[Nominal]) -> list[Mention]:
        covered = {t for n in nominals for t in range(n.first, n.last + 1)}
        items: dict[int, Naming | Nominal] = {n.name.first: n for n in namings if n.name.last not in covered}
        items |= {n.first: n for n in nominals}
        for naming in namings:
            if naming.cluster is not None and naming.cluster.kind is ActorType.PERSON:
                self.people |= dict.fromkeys(range(naming.name.first, naming.name.last + 1), naming.cluster)
            if naming.cluster is not None and naming.cluster.entry is not None:
                self.by_entry[naming.cluster.entry.actor_id] = naming.cluster
        found: list[Mention] = []
        for token, word in enumerate(self.parse.word):
            item = items.get(token)
            if isinstance(item, Naming):
                found.append(self._named(item))
            elif isinstance(item, Nominal):
                found.append(self._nominal(item))
            elif word.lower() in PRONOUNS and self.parse.pos[token] == "PRON":
                mention = self._pronoun(token)
                if mention.actor_type is not ActorType.UNKNOWN or word.lower() not in NEUTER:
                    found.append(mention)
        return found

    def _named(self, naming: Naming) -> Mention:
        name, cluster = naming.name, naming.cluster
        if cluster is None:
            return self._row(name.first, name.last, None, naming.how, naming.rule, kind=ActorType.PERSON)
        self.discourse.add(cluster, name.last)
        return self._row(name.first, name.last, cluster, naming.how, naming.rule, wikidata_id=naming.wikidata_id)

    def _nominal(self, nominal: Nominal) -> Mention:
        noun = nominal.noun
        cluster, rule = self._apposed(nominal), "apposition"
        if cluster is not None:
            cluster.titles.add(noun.noun)
        elif noun.kind == "person" and not noun.plural and nominal.head == nominal.last and not nominal.indefinite:
            cluster, rule = self._titled(nominal)
        if cluster is not None:
            self.discourse.add(cluster, nominal.head)
            return self._row(nominal.first, nominal.last, cluster, How.TITLE, rule)
        body = self._body(nominal)
        if body is not None:
            self.discourse.add(body, nominal.head)
            rule = "government of the country" if nominal.noun.noun == "government" else "body named before"
            return self._row(nominal.first, nominal.last, body, How.NOMINAL, rule)
        rule = "nominal"
        kind = ActorType.PERSON if noun.kind == "person" and not noun.plural else ActorType.GROUP
        cluster = Cluster(noun.noun, kind, gender=noun.gender, country=nominal.code.country, code=nominal.code.code)
        cluster.plural, cluster.identified = noun.plural or noun.kind == "group", False
        cluster.titles.add(noun.noun)
        self.discourse.add(cluster, nominal.head)
        how = How.DEMONYM if nominal.demonym else How.NOMINAL
        if nominal.head > nominal.last:
            rule = SHARED_NOUN
        return self._row(nominal.first, nominal.last, cluster, how, rule)

    def _body(self, nominal: Nominal) -> Cluster | None:
        """The organisation that 'the company' takes up, or the government of a country that the phrase names."""
        noun, country = nominal.noun, nominal.code.country
        if noun.noun == "government" and country:
            return self._entry(f"government:{country}")
        if noun.kind != "body" or noun.plural or not nominal.definite or nominal.first < nominal.head:
            return None
        if any(self.parse.dep[c] in {"poss", "prep", "relcl"} for c in self.parse.children[nominal.head]):
            return None
        return self.discourse.body(noun)

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
        """The person whose name stands in apposition to the noun: 'the suspect, Ali Karimi,'."""
        if nominal.noun.plural or nominal.head > nominal.last:
            return None
        parse, head = self.parse, nominal.head
        if parse.dep[head] == "appos" and parse.head[head] in self.people:
            return self.people[parse.head[head]]
        return next(
            (self.people[c] for c in parse.children[head] if parse.dep[c] == "appos" and c in self.people), None
        )

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

    def _pronoun(self, token: int) -> Mention:
        first = self.parse.word[token].lower() in FIRST
        cluster = None if first else self.discourse.pronoun(token)
        if cluster is None:
            rule = "speaker's own" if first else "unclear pronoun"
            return self._row(token, token, None, How.PRONOUN, rule, kind=ActorType.UNKNOWN)
        self.discourse.add(cluster, token)
        if cluster.kind is ActorType.PERSON and cluster.gender is None and not cluster.plural:
            cluster.gender = "m" if self.parse.word[token].lower() in MASCULINE else "f"
        return self._row(token, token, cluster, How.PRONOUN, "pronoun")

    def _row(
        self,
        first: int,
        last: int,
        cluster: Cluster | None,
        how: How,
        rule: str,
        *,
        kind: ActorType = ActorType.UNKNOWN,
        wikidata_id: str | None = None,
    ) -> Mention:
        parse = self.parse
        start, end = parse.start[first], parse.end[last]
        entry = cluster.entry if cluster else None
        return Mention(
            mention_id=make_id("mention", self.article.article_id, start, end),
            article_id=self.article.article_id,
            start=start,
            end=end,
            text=parse.text[start:end],
            actor_id=cluster.actor_id if cluster else None,
            wikidata_id=wikidata_id or (entry.wikidata_id if entry else None),
            how=how,
            actor_name=cluster.name if cluster and cluster.identified else None,
            actor_type=cluster.kind if cluster else kind,
            actor_code=cluster.code if cluster else None,
            country=cluster.country if cluster else None,
            role=cluster.role if cluster else None,
            from_registry=entry is not None,
            rule=rule,
        )
