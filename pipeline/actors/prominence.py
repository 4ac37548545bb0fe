"""People whom a text names by surname alone, for the office that they hold."""

from __future__ import annotations

from datetime import date

from pipeline.actors.entries import Entry
from pipeline.actors.gazetteer import places
from pipeline.actors.registry import Registry

PROMINENT = frozenset(
    {"president", "prime_minister", "chancellor", "foreign_minister", "secretary_general", "supreme_leader", "pope"}
    | {"monarch", "party_leader", "head_of_state"}
)
"""Offices whose holder a text names by surname alone."""


def prominent(registry: Registry, surname: str, day: date | None) -> Entry | None:
    """The one bearer of a surname who holds high office on the day, else who ever did; None if two did.

    A surname that is a town's name too ('Mesa') means who holds the office, or one of the best known, who have an id.
    """
    held = prominent_people(registry, surname, day) if day else []
    if not held:
        held = [e for e in prominent_people(registry, surname, None) if e.wikidata_id or surname not in places()]
    return held[0] if len(held) == 1 else None


def prominent_people(registry: Registry, surname: str, day: date | None) -> list[Entry]:
    """Bearers of a surname who held high office on the day, or ever if it is None."""
    held = [(e, r) for e in registry.by_surname(surname) for r in e.roles if r.office in PROMINENT]
    return list({e.actor_id: e for e, r in held if day is None or r.holds_on(day)}.values())
