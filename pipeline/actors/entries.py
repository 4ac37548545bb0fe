"""What the registry holds: entries, their roles from day to day, and the surfaces that name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.vocabulary import ActorType, How


@dataclass(frozen=True, slots=True)
class Role:
    """An office that an actor held from a first to a last day, both included; None leaves that end open.

    Attributes:
        title: The office in words, "President of Russia".
        code: CAMEO style code of its holder, "RUSGOV".
        country: ISO 3166-1 alpha-3 code, None for offices of international bodies.
        office: Key of the office (`data/office_kinds.csv`), "president".
        of: What the office is of: a country's code, or an `actor_id` of a body.
    """

    title: str
    code: str
    country: str | None
    first: date | None
    last: date | None
    source: str
    office: str = ""
    of: str = ""

    def holds_on(self, day: date) -> bool:
        """True if the day lies within the role's days."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor that the registry knows.

    Attributes:
        actor_id: Stable and readable: "person:vladimir-putin", "country:RUS", "org:united-nations".
        code: CAMEO style code where no role decides it.
        gender: "m", "f", "n" for what is no person, or None where it is not known.
        names: Full names and aliases, spelling variants among them, the first is `name`.
        roles: By first day.
        local_names: Those of the names that mean this actor only in a text about its country: "the Supreme Court".
        own_names: Those that are common words, and yet mean this actor in any text: "the State Duma".
    """

    actor_id: str
    name: str
    type: ActorType
    country: str | None
    code: str
    wikidata_id: str | None
    gender: str | None
    names: tuple[str, ...]
    roles: tuple[Role, ...]
    source: str
    local_names: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """A surface that names an entry.

    Attributes:
        how: named, alias, demonym or metonym.
        code: Code that this surface stands for, where it is not the entry's own.
        first: First day on which the surface means this entry, None if always.
        last: Last such day.
        wikidata_id: What the words name literally where that is not the entry: for "the Kremlin", the castle.
        local: True if the surface means the entry only in a text about the entry's country ("the Supreme Court").
        people: True for a demonym that names people ("Frenchwoman"), false for an adjective ("French").
    """

    surface: str
    entry: Entry
    how: How
    code: str | None = None
    first: date | None = None
    last: date | None = None
    wikidata_id: str | None = None
    people: bool = False
    local: bool = False


def surfaces_of(entry: Entry) -> Iterator[Alias]:
    """The aliases that follow from an entry's names: its name is `named`, the others are `alias`."""
    for name in entry.names:
        how = How.NAMED if name == entry.name else How.ALIAS
        yield Alias(name, entry, how, local=name in entry.local_names)
