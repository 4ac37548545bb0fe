"""People whom a text names by surname alone or with a title, for the office that they hold."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

from pipeline.actors.datafile import slots_of
from pipeline.actors.entries import Entry, Role
from pipeline.actors.gazetteer import places
from pipeline.actors.lexicon import Title, given_names, name_words, role_nouns
from pipeline.actors.registry import Registry
from pipeline.actors.roster import office_kinds

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


_IN_PUBLIC = PROMINENT | {
    "vice_president", "legislator", "speaker", "governor", "candidate", "opposition_leader", "minister",
    "defence_minister", "finance_minister", "interior_minister", "justice_minister", "deputy_prime_minister",
    "military_chief", "central_banker", "secretary_general", "body_president", "director_general", "rebel_leader",
}  # fmt: skip
"""Offices whose holder a text on his country may name by surname alone."""


def widely_known(
    registry: Registry, surname: str, gender: str | None, countries: Container[str], day: date
) -> Entry | None:
    """The one bearer of a surname in public office on the day, in a text that names his country; None if two are.

    None too for a surname that is a given name or a word: 'Will', 'Price'.
    """
    if surname in given_names() or surname.lower() in role_nouns() or surname.lower() in name_words():
        return None
    people = [e for e in registry.by_surname(surname) if any(r.holds_on(day) for r in e.roles)]
    if (
        len(people) != 1
        or people[0].country not in countries
        or people[0].gender not in {None, gender or people[0].gender}
    ):
        return None
    return people[0] if any(r.office in _IN_PUBLIC and r.holds_on(day) for r in people[0].roles) else None


def prominent_people(registry: Registry, surname: str, day: date | None) -> list[Entry]:
    """Bearers of a surname who held high office on the day, or ever if it is None."""
    held = [(e, r) for e in registry.by_surname(surname) for r in e.roles if r.office in PROMINENT]
    return list({e.actor_id: e for e, r in held if day is None or r.holds_on(day)}.values())


def called_by_title(
    registry: Registry, surname: str, held: Sequence[Title], country: str | None, day: date | None
) -> Entry | None:
    """The one bearer of a surname who holds on the day what the title before it says: 'Deputy Secretary Hale'.

    Args:
        registry: Who is who.
        surname: The surname.
        held: The titles before it; an honorific alone tells nobody.
        country: The country that the words beside it name, None if none.
        day: The article's day; without one nobody is told by a title alone.
    """
    title = next((t for t in held if t.office or t.code), None)
    if title is None or day is None:
        return None
    people = [e for e in registry.by_surname(surname) if country in {None, e.country}]
    people = [e for e in people if any(_is_called(r, title) and r.holds_on(day) for r in e.roles)]
    return people[0] if len(people) == 1 else None


def _is_called(role: Role, title: Title) -> bool:
    return role.office == title.office if title.office else title.code in slots_of(role.code)


def code_in_office(registry: Registry, entry: Entry, held: Sequence[Title], day: date | None) -> str:
    """The code on the day of a person whom a text calls by a title.

    Where the registry has none for the day, the title tells the role of somebody who is known from other offices; not
    where the person is known to have left that office, or another to hold it: 'President Clinton' stays so for life.

    Args:
        registry: Who is who.
        entry: The person.
        held: The titles that the text gives, none where it says 'former'.
        day: The article's day.
    """
    code = registry.code_on(entry, day)
    title = next((t for t in held if t.office and t.code), None)
    if title is None or day is None or not entry.country or code != f"{entry.country}ELI" or not entry.roles:
        return code
    left = any(r.last is not None and r.last < day and (r.office == title.office or not r.office) for r in entry.roles)
    taken = office_kinds()[title.office].single and registry.holders(title.office, entry.country, day)
    return code if left or taken else f"{entry.country}{title.code}"
