"""A name as it stands in a text, before it is known whose."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.actors.entries import Alias
from pipeline.actors.lexicon import Title
from pipeline.vocabulary import ActorType, How


@dataclass(slots=True)
class Name:
    """A name in the text, before it is known whose.

    Attributes:
        first, last: Tokens, both included.
        kind: What it seems to name.
        aliases: What the registry knows under this surface; several where it is ambiguous.
        title: Tokens (first, one past the last) of the title and affiliation before it, or None.
        titles: The titles among them, lower case.
        role: Role code of an organisation's own words ("Ministry" is GOV), "" if none.
        country: Country that the name's own words tell.
        gender: "m", "f", "n", or None.
    """

    first: int
    last: int
    kind: ActorType
    aliases: tuple[Alias, ...] = ()
    title: tuple[int, int] | None = None
    titles: tuple[Title, ...] = ()
    role: str = ""
    country: str | None = None
    gender: str | None = None


def is_seat(name: Name) -> bool:
    """True for a name that can stand for a government: 'Khartoum' in 'the Khartoum government'."""
    return any(alias.how is How.METONYM for alias in name.aliases)


def of_entry(
    first: int, end: int, aliases: tuple[Alias, ...], title: tuple[int, int] | None, held: tuple[Title, ...]
) -> Name:
    """A name that the registry knows: tokens from `first` to before `end`."""
    entry = aliases[0].entry if aliases else None
    kind = entry.type if entry else ActorType.UNKNOWN
    gender = entry.gender if entry else None
    return Name(first, end - 1, kind, aliases, title, held, gender=gender, country=entry.country if entry else None)
