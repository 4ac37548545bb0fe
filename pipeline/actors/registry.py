"""The registry of actors: who is who, under which names, in which office on which day.

The data files beside this module are the registry; users add their own (`load_registry(extra)`), which win over ours.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from pipeline.actors import countries
from pipeline.actors.datafile import DATA, country_codes, read_rows
from pipeline.actors.entries import Alias, Entry, Role, surfaces_of
from pipeline.actors.extra import override, read_extra
from pipeline.actors.roster import check_known, read_actors, read_roles
from pipeline.actors.surfaces import tokenise
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed
from pipeline.lookup import unique
from pipeline.vocabulary import ActorType

__all__ = ["Alias", "Entry", "Registry", "Role", "load_registry"]


class Registry:
    """Looks up actors by name, surname and office; it never changes after it is made."""

    def __init__(self, entries: Iterable[Entry], aliases: Iterable[Alias], version: str) -> None:
        """Index the entries.

        Args:
            entries: Later entries with the id of an earlier one replace it.
            aliases: Later ones with the same surface and entry replace earlier ones.
            version: Hash of the files that the entries come from.
        """
        self.version = version
        self.entries: Mapping[str, Entry] = {entry.actor_id: entry for entry in entries}
        self._named = self._index_aliases(aliases)
        self._starts = _index_starts(self._named)
        self._by_surname = _index_surnames(self.entries.values())
        self._holders = _index_holders(self.entries.values())

    def _index_aliases(self, aliases: Iterable[Alias]) -> dict[str, tuple[Alias, ...]]:
        found: dict[str, dict[tuple[str, date | None], Alias]] = defaultdict(dict)
        for alias in aliases:
            found[alias.surface].setdefault((alias.entry.actor_id, alias.first), alias)
        return {surface: tuple(by_entry.values()) for surface, by_entry in found.items()}

    def named(self, surface: str) -> tuple[Alias, ...]:
        """What a surface names: case counts, white space does not; several only where it is ambiguous."""
        found = self._named.get(surface)
        return found if found is not None else self._named.get(" ".join(surface.split()), ())

    def surfaces(self) -> Iterable[str]:
        """All surfaces that name something."""
        return self._named.keys()

    def starts(self, first_word: str) -> Sequence[tuple[str, ...]]:
        """The surfaces, as tokens, whose first token is the word; the longest first."""
        return self._starts.get(first_word, ())

    def by_surname(self, surname: str) -> tuple[Entry, ...]:
        """The people with that surname, in the order of the registry."""
        return self._by_surname.get(surname, ())

    def holders(self, office: str, country: str, day: date | None) -> tuple[Entry, ...]:
        """Who held an office on a day, or everyone known to have held it if the day is None.

        Args:
            office: Key of the office (`data/office_kinds.csv`): "president", "foreign_minister".
            country: ISO 3166-1 alpha-3 code, or the `actor_id` of an international body ("org:nato").
            day: The day.
        """
        held = self._holders.get((office, country), ())
        found = {e.actor_id: e for e, role in held if day is None or role.holds_on(day)}
        return tuple(found.values())

    def role_on(self, entry: Entry, day: date | None) -> Role | None:
        """The role that the entry held on the day: of several the one that began last.

        Without a day: the latest role of a person whose roles all have the same code, else None.
        """
        if day is not None:
            return next((role for role in reversed(entry.roles) if role.holds_on(day)), None)
        alike = entry.type is ActorType.PERSON and len({role.code for role in entry.roles}) == 1
        return entry.roles[-1] if alike else None

    def code_on(self, entry: Entry, day: date | None) -> str:
        """The code on the day: the role's; after a role of a person the country's and ELI; else the entry's.

        Without a day, a person whose roles have different codes has the country's code alone.
        """
        role = self.role_on(entry, day)
        if role is not None:
            return role.code
        if day is None:
            changes = entry.type is ActorType.PERSON and entry.roles and entry.country
            return entry.country or entry.code if changes else entry.code
        return _code_between(entry, day)


def _code_between(entry: Entry, day: date) -> str:
    if entry.type is not ActorType.PERSON or not any(r.last and r.last < day for r in entry.roles):
        return entry.code
    return f"{entry.country}ELI" if entry.country else entry.code


def _index_starts(surfaces: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for surface in surfaces:
        tokens = tokenise(surface)
        found[tokens[0]].append(tokens)
    return {word: tuple(sorted(set(rows), key=lambda r: (-len(r), r))) for word, rows in found.items()}


def _index_surnames(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.type is ActorType.PERSON:
            for surname in dict.fromkeys(s for name in entry.names for s in surnames_of(name, entry.country)):
                found[surname].append(entry)
    return {surname: tuple(people) for surname, people in found.items()}


@cache
def _family_names_first() -> Mapping[str, tuple[str, ...]]:
    """Family names that come first, each with the countries where they do.

    Raises:
        ValueError: A name stands twice or a country's code is unknown.
    """
    found: dict[str, tuple[str, ...]] = {}
    for row in unique(read_rows(DATA / "family_names_first.csv", ("name", "countries")), "name"):
        codes = row.several("countries")
        if not set(codes) <= country_codes():
            row.refuse(f"one of {codes} is no country code")
        found[row["name"]] = codes
    return found


def surnames_of(name: str, country: str | None = None) -> tuple[str, ...]:
    """The surnames that a full name gives: the last word, and with its particles ("von der Leyen", "Leyen").

    A name of one word gives none: it is a name of its own ("Lula"). In countries where the family name comes first, a
    known family name in that place is the surname ("Xi Jinping", but not "Jack Ma").
    """
    words = name.split()
    while words and words[-1] in listed(WordList.DEGREE):
        words.pop()
    if len(words) < 2:
        return ()
    if country in _family_names_first().get(words[0], ()):
        return (words[0],)
    start = len(words) - 1
    while start > 1 and words[start - 1] in listed(WordList.PARTICLE):
        start -= 1
    found = [" ".join(words[start:]), words[-1]]
    if "-" in words[-1] and words[-1].split("-")[0].lower() in {"al", "el", "ad", "an", "ar", "as", "ash", "at"}:
        found.append(words[-1].split("-", 1)[1])
    return tuple(dict.fromkeys(found))


def _index_holders(entries: Iterable[Entry]) -> dict[tuple[str, str], tuple[tuple[Entry, Role], ...]]:
    found: dict[tuple[str, str], list[tuple[Entry, Role]]] = defaultdict(list)
    for entry in entries:
        for role in entry.roles:
            found[role.office, role.of].append((entry, role))
    return {
        key: tuple(sorted(held, key=lambda h: (h[1].first or date.min, h[0].actor_id))) for key, held in found.items()
    }


@cache
def load_registry(extra: tuple[Path, ...] = ()) -> Registry:
    """The registry: our data files, then the user's, which win.

    Args:
        extra: CSV files with the columns of `data/people.csv` (roles beside them in `<name>.roles.csv`), or
            PETRARCH dictionaries (`*.actors.txt`).

    Raises:
        ValueError: A file is wrong; the message names file and line.
    """
    known = countries.read_countries()
    names = {e.code: countries.in_title(e.name) for e in known.entries if e.type is ActorType.COUNTRY}
    bodies = read_actors(DATA / "organisations.csv", {})
    names |= {body.actor_id: body.name for body in bodies}
    roles = read_roles(DATA / "offices.csv", names)
    bodies = read_actors(DATA / "organisations.csv", roles)
    people = read_actors(DATA / "people.csv", roles)
    check_known(roles, (*bodies, *people), "offices.csv")
    ours = [*known.entries, *bodies, *people]
    aliases = [*known.aliases, *(a for e in (*bodies, *people) for a in surfaces_of(e))]
    aliases += countries.read_metonyms({e.actor_id: e for e in ours})
    theirs = read_extra(extra, names, ours)
    return Registry((*ours, *theirs), override(aliases, theirs), registry_version(extra))


def registry_version(extra: tuple[Path, ...] = ()) -> str:
    """A hash of the data files, ours and the user's, that a registry is made of; none of them is parsed."""
    digest = hashlib.sha256()
    ours = sorted((f for f in DATA.iterdir() if f.name.endswith(".csv")), key=lambda f: f.name)
    for file in (*ours, *extra):
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]
