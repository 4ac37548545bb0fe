"""What one stretch of words tells of an actor, as it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.actors.lexicon import RoleNoun, Title, modifiers, name_words, role_nouns, titles, world_regions

INTERNATIONAL = frozenset({"IGO", "NGO", "NGM", "IMG", "MNC", "INT", "UIS"})


class Element(NamedTuple):
    """A stretch of words that tells a role: slots, or a noun that inherits them."""

    start: int
    role: str | RoleNoun
    stop: int


@dataclass(slots=True)
class Reading:
    """What one stretch of words tells.

    Attributes:
        country: ISO 3166-1 alpha-3 code of the country that the words name, None if they name none.
        base: Code of the state or body that the words name.
        role: Role slots of the head or of what it inherits from.
        fallback: Role of an inheriting head that finds nothing to inherit.
        governs: True where the head means a government's people: 'the Chinese side'.
        department: True where the head is a department, which is a government's whatever its field.
        arms: True where the head is a thing of an armed force: 'a Canadian frigate'.
        owned: True where a name of unknown code stands before the head as owner.
        body: True where the words name a body that is none of the state's.
        guessed: True where the country is that of a town or region, which a country named behind it corrects.
        former: True where the words say that the office is over.
        person: True where the words end in a person whom the registry knows.
        elements: What tells a role, by its place.
    """

    country: str | None = None
    base: str = ""
    role: str | None = None
    fallback: str = ""
    governs: bool = False
    department: bool = False
    arms: bool = False
    owned: bool = False
    body: bool = False
    guessed: bool = False
    former: bool = False
    person: bool = False
    elements: list[Element] = field(default_factory=list)


def is_common(lower: Sequence[str], n: int) -> bool:
    """True for a word of the lexicon, or one inside a phrase of it: 'Vice' in 'Vice-President'."""
    known = (role_nouns(), titles(), modifiers(), name_words(), world_regions())
    if any(lower[n] in words for words in known):
        return True
    for start in range(max(0, n - 3), n + 1):
        for stop in range(max(n + 1, start + 2), min(len(lower), start + 4) + 1):
            phrase = " ".join(lower[start:stop]).replace(" - ", "-")
            if any(phrase in words for words in known[:2]):
                return True
    return False


def titles_before(lower: Sequence[str], n: int) -> tuple[Title, ...]:
    """The title that ends right before a word, the longest: 'deputy secretary' before 'hicks'."""
    for start in range(max(0, n - 4), n):
        title = titles().get(" ".join(lower[start:n]).replace(" - ", "-"))
        if title is not None:
            return (title,)
    return ()
