"""What the names of an article tell of its words, before its pronouns and descriptions are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.actors.clusters import Cluster, Naming
from pipeline.actors.found_name import is_seat
from pipeline.actors.registry import Registry
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType

_NAMED = frozenset({ActorType.PERSON, ActorType.ORGANISATION, ActorType.UNKNOWN})


@dataclass(slots=True)
class Ground:
    """The named actors and places of an article by their tokens.

    Attributes:
        named: People, bodies and unknown things, by every token of their names.
        lands: Countries of the places and countries that are named, by the last token.
        national: Tokens of countries' names and demonyms.
        parts: Last tokens of places that are part of a country, and no seat of its government.
        by_entry: Clusters of registry entries, by `actor_id`.
    """

    parse: Parse
    registry: Registry
    day: date | None
    named: dict[int, Cluster] = field(default_factory=dict)
    lands: dict[int, str | None] = field(default_factory=dict)
    national: set[int] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)
    by_entry: dict[str, Cluster] = field(default_factory=dict)

    def survey(self, namings: Sequence[Naming]) -> None:
        """Record the names of the article."""
        for naming in namings:
            name, cluster = naming.name, naming.cluster
            if name.kind is ActorType.COUNTRY:
                self.national.update(range(name.first, name.last + 1))
            if cluster is None:
                continue
            if cluster.kind in {ActorType.COUNTRY, ActorType.PLACE}:
                self.lands[name.last] = cluster.country
            if cluster.kind is ActorType.PLACE and not is_seat(name):
                self.parts.add(name.last)
            if cluster.kind in _NAMED:
                for token in range(name.first, name.last + 1):
                    self.named[token] = cluster
            if cluster.entry is not None:
                self.by_entry[cluster.entry.actor_id] = cluster

    def entry(self, actor_id: str) -> Cluster | None:
        """The cluster of a registry entry, made where the article has none yet."""
        entry = self.registry.entries.get(actor_id)
        if entry is None:
            return None
        if actor_id not in self.by_entry:
            role = self.registry.role_on(entry, self.day)
            known = Cluster(entry.name, entry.type, entry, entry.gender, entry.country)
            known.code = self.registry.code_on(entry, self.day) or None
            known.role = role.title if role else None
            known.offices = {role.office} if role else set()
            self.by_entry[actor_id] = known
        return self.by_entry[actor_id]
