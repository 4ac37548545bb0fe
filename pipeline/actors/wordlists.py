"""Short lists of words that several rules look up, kept in one file: `words.csv`, a line a word."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources.abc import Traversable

from pipeline.actors.datafile import DATA, read_rows
from pipeline.lookup import unique


class WordList(StrEnum):
    """The lists of the file, and what each is for."""

    FORMER = "former"
    """Words before a title whose bearer has left the office."""
    ATTACHED = "attached"
    """Participles after a country's name and a hyphen: 'US-backed rebels' are not American."""
    GOVERNING = "governing"
    """Nouns that mean a government's people where a country alone stands beside them: 'the Chinese side'."""
    DEPARTMENT = "department"
    """Nouns of offices that are a government's whatever their field: 'the health department'."""
    COMBINING = "combining"
    """Countries before a hyphen: 'Franco-German'."""
    CONTINENTAL = "continental"
    """Words before 'American' or 'African' that make it the adjective of more than one country."""
    DEGREE = "degree"
    """What follows a person's name and is none."""
    HONORIFIC = "honorific"
    """What a capitalised word follows as a name, however the parse reads it: 'Mrs May', 'Mr Will'."""
    PLAIN_TITLE = "plain_title"
    """Titles that anybody may bear."""
    PARTICLE = "particle"
    """Small words inside names: 'von der Leyen', 'Abdel Fattah al-Burhan'."""
    PROVINCE = "province"
    """Nouns after a town's name that make it a larger place's: 'Buenos Aires province'."""
    ARRIVING = "arriving"
    """Verbs, by lemma, of those who come from elsewhere."""
    LEAVING = "leaving"
    """Words, by lemma, for the leaving of a place: 'the withdrawal of forces from Panama'."""
    STAYING = "staying"
    """Verbs, by lemma, whose participle tells where somebody is at home: 'rebels based in Iraq'."""
    ROAMING = "roaming"
    """Nouns of bands that are of no country in particular: 'terrorists' in a speech on America."""
    PARTY = "party"
    """Nouns of parties, which are named after what they stand for: 'the Labour Party' is no union."""
    ALLIANCE = "alliance"
    """Nouns that take up a body of several states: 'the bloc' after the European Union."""
    BAND = "band"
    """Nouns that take up an armed group or a movement of any name."""
    AGENCY = "agency"
    """Nouns that take up a body of any name but a government."""
    BELONGING = "belonging"
    """Nouns for what states and bodies have, that begin a sentence on whoever the last one was on: 'Its position'."""
    LOCAL_OFFICE = "local_office"
    """Officers and organs of a part of a country, which the country itself has not: 'Georgia's governor'."""
    GUEST = "guest"
    """Nouns of those who are of another country where a story is sent from, as often as not: 'envoys', 'delegations'."""
    FOREIGN = "foreign"
    """Adjectives of what is not the country's own."""
    FIRM = "firm"
    """Capitalised words that make the surname before them a body's: 'Green Party'."""


@cache
def _lists(file: Traversable = DATA / "words.csv") -> Mapping[WordList, frozenset[str]]:
    """The words by list.

    Raises:
        ValueError: A list is unknown or empty, or a word stands twice in one.
    """
    found: dict[WordList, set[str]] = {name: set() for name in WordList}
    for row in unique(read_rows(file, ("list", "word", "note")), "list", "word"):
        found[row.convert("list", WordList)].add(row.required("word"))
    empty = [name.value for name, listed in found.items() if not listed]
    if empty:
        raise ValueError(f"{file.name}: no word in {', '.join(empty)}")
    return {name: frozenset(listed) for name, listed in found.items()}


@cache
def words(name: WordList) -> frozenset[str]:
    """The words of a list."""
    return _lists()[name]
