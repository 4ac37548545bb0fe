"""The registry: what names mean, who held which office when, and what its loader refuses."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pycountry
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.actors import countries
from pipeline.actors.countries import read_countries, read_metonyms, slug
from pipeline.actors.datafile import DATA, code_slots, country_codes, is_actor_code
from pipeline.actors.registry import Registry, load_registry, surnames_of
from pipeline.actors.roster import (
    ACTOR_COLUMNS,
    KIND_COLUMNS,
    ROLE_COLUMNS,
    office_kinds,
    read_actors,
    read_roles,
)
from pipeline.actors.surfaces import tokenise
from pipeline.vocabulary import ActorType, How

DAYS = st.dates(date(1985, 1, 1), date(2027, 1, 1))


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


NAMED = [
    ("Vladimir Putin", ["person:vladimir-putin"], "a full name"),
    ("Volodymyr Zelenskyy", ["person:volodymyr-zelensky"], "a spelling variant"),
    ("Zelenskiy", ["person:volodymyr-zelensky"], "a surname that names one person in the world's news"),
    ("United  Nations", ["org:united-nations"], "white space does not count"),
    ("united nations", [], "case does"),
    ("U.S.", ["country:USA"], "a short name that is also an adjective"),
    ("Frenchwoman", ["country:FRA"], "a demonym for people"),
    ("Congolese", ["country:COD", "country:COG"], "a demonym of two countries, the usual one first"),
    ("Congo", ["country:COD"], "the name alone is in news the larger one"),
    ("Burma", ["country:MMR"], "a former name"),
    ("Soviet", ["country:SUN"], "a former country"),
    ("Moscow", ["place:moscow-rus", "government:RUS"], "a capital is a place and its government"),
    ("Kremlin", ["government:RUS", "government:SUN"], "a seat of two governments, one after the other"),
    ("Brussels", ["place:brussels-bel", "government:BEL", "org:european-union"], "a capital that is also the EU's"),
    ("Stanley", [], "a capital whose name is mostly something else"),
    ("Singapore", ["country:SGP"], "a capital with the country's name is the country"),
    ("Russian government", ["government:RUS"], "an adjective and government"),
    ("George Bush", ["person:george-h-w-bush", "person:george-w-bush"], "a name that two presidents share"),
    ("Nobody Atall", [], "unknown"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("surface", "expected", "reason"), NAMED)
def test_a_surface_names_its_actors(registry: Registry, surface: str, expected: list[str], reason: str) -> None:
    assert expected == [alias.entry.actor_id for alias in registry.named(surface)], reason


HOW = [
    ("Angela Merkel", How.NAMED, None, False),
    ("F.B.I.", How.ALIAS, None, False),
    ("Polish", How.DEMONYM, None, False),
    ("Poles", How.DEMONYM, None, True),
    ("Downing Street", How.METONYM, "GBRGOV", False),
    ("Pentagon", How.METONYM, "USAMIL", False),
    ("Capitol Hill", How.METONYM, "USALEG", False),
]


@pytest.mark.parametrize(("surface", "how", "code", "people"), HOW)
def test_an_alias_tells_how_it_names(
    registry: Registry, surface: str, how: How, code: str | None, people: bool
) -> None:
    (alias,) = registry.named(surface)
    assert (how, code, people) == (alias.how, alias.code, alias.people)


def test_a_local_name_is_marked(registry: Registry) -> None:
    assert [a.local for a in registry.named("Supreme Court")] == [True]
    assert [a.local for a in registry.named("U.S. Supreme Court")] == [False]


CODES = [
    ("person:vladimir-putin", date(2010, 5, 1), "RUSGOV", "Prime Minister of Russia"),
    ("person:vladimir-putin", date(2023, 5, 1), "RUSGOV", "President of Russia"),
    ("person:vladimir-putin", None, "RUSGOV", "President of Russia"),
    ("person:olaf-scholz", date(2022, 5, 1), "DEUGOV", "Chancellor of Germany"),
    ("person:olaf-scholz", date(2025, 5, 5), "DEUGOV", "Chancellor of Germany"),
    ("person:olaf-scholz", date(2025, 5, 6), "DEUELI", None),
    ("person:angela-merkel", date(2005, 11, 21), "DEUELI", None),
    ("person:barack-obama", date(2007, 1, 1), "USALEG", "Senator from Illinois"),
    ("person:barack-obama", date(2009, 1, 20), "USAGOV", "President of the United States"),
    ("person:barack-obama", date(2017, 1, 20), "USAELI", None),
    ("person:barack-obama", None, "USA", None),
    ("person:donald-trump", date(2022, 1, 1), "USAELI", None),
    ("person:donald-trump", date(2025, 2, 1), "USAGOV", "President of the United States"),
    ("person:antonio-guterres", date(2020, 1, 1), "IGOUNO", "Secretary-General of the United Nations"),
    ("org:taliban", date(2010, 1, 1), "AFGINS", None),
    ("org:taliban", date(2021, 8, 14), "AFGINS", None),
    ("org:taliban", date(2021, 8, 15), "AFGGOV", "rulers of Afghanistan"),
    ("org:taliban", None, "AFGINS", None),
    ("country:FRA", date(2020, 1, 1), "FRA", None),
]


@pytest.mark.parametrize(("actor", "day", "code", "title"), CODES)
def test_a_code_is_that_of_the_day(
    registry: Registry, actor: str, day: date | None, code: str, title: str | None
) -> None:
    entry = registry.entries[actor]
    role = registry.role_on(entry, day)
    assert (code, title) == (registry.code_on(entry, day), role.title if role else None)


HOLDERS = [
    ("president", "USA", date(2009, 1, 19), ["George W. Bush"]),
    ("president", "USA", date(2009, 1, 20), ["Barack Obama"]),
    ("prime_minister", "GBR", date(2022, 9, 5), ["Boris Johnson"]),
    ("prime_minister", "GBR", date(2022, 9, 6), ["Liz Truss"]),
    ("foreign_minister", "RUS", date(2022, 2, 24), ["Sergei Lavrov"]),
    ("chancellor", "DEU", date(2015, 9, 1), ["Angela Merkel"]),
    ("chancellor", "USA", date(2015, 9, 1), []),
    ("secretary_general", "org:nato", date(2022, 2, 24), ["Jens Stoltenberg"]),
    ("pope", "VAT", date(2013, 3, 5), []),
    ("pope", "VAT", date(2014, 1, 1), ["Pope Francis"]),
]


@pytest.mark.parametrize(("office", "of", "day", "expected"), HOLDERS)
def test_an_office_has_its_holder_of_the_day(
    registry: Registry, office: str, of: str, day: date, expected: list[str]
) -> None:
    assert expected == [entry.name for entry in registry.holders(office, of, day)]


HEADS = {
    "president": "USA RUS CHN FRA BRA ARG MEX KOR ZAF IDN TUR UKR BLR KAZ EGY IRN SYR POL",
    "prime_minister": "GBR ITA JPN IND CAN AUS ESP NLD BEL LUX IRL DNK SWE NOR GRC HUN EST ISR IRQ TUR",
    "chancellor": "DEU",
    "foreign_minister": "USA RUS CHN GBR FRA DEU",
    "defence_minister": "RUS GBR FRA DEU",
}


@pytest.mark.parametrize(
    "day", [date(2012, 10, 1), date(2014, 9, 1), date(2016, 6, 1), date(2022, 7, 1), date(2024, 1, 15)]
)
def test_the_great_offices_have_a_holder(registry: Registry, day: date) -> None:
    ended = {("prime_minister", "TUR", 2022), ("prime_minister", "TUR", 2024)}
    empty = [
        (office, of, day.year)
        for office, countries_ in HEADS.items()
        for of in countries_.split()
        if not registry.holders(office, of, day)
    ]
    assert set(empty) <= ended


LED = {
    "G20": "ARG AUS BRA CAN CHN FRA DEU IND IDN ITA JPN MEX RUS SAU ZAF KOR TUR GBR USA",
    "European Union": "AUT BEL BGR HRV CYP CZE DNK EST FIN FRA DEU GRC HUN IRL ITA LVA LTU LUX MLT NLD POL PRT ROU SVK SVN ESP SWE",
    "NATO": "ALB BEL BGR CAN HRV CZE DNK EST FIN FRA DEU GRC HUN ISL ITA LVA LTU LUX MNE NLD MKD NOR POL PRT ROU SVK SVN ESP SWE TUR GBR USA",
    "neighbours": "UKR BLR MDA GEO ARM AZE SRB BIH XKX CHE KAZ MAR DZA TUN LBY EGY ISR PSE LBN SYR IRQ IRN",
}
LEADING = ("president", "prime_minister", "chancellor", "monarch", "head_of_state", "supreme_leader")


@pytest.mark.parametrize("group", LED)
def test_somebody_leads_each_country_at_any_time(registry: Registry, group: str) -> None:
    """Heads of state or government from 2010 to 2025, twice a year; not where nobody surely did."""
    days = [date(year, month, 15) for year in range(2010, 2026) for month in (3, 9)]
    nobody = {
        (country, day)
        for country in LED[group].split()
        for day in days
        if not any(registry.holders(office, country, day) for office in LEADING)
    }
    assert {c for c, _ in nobody} <= {"LBY", "DZA"}, nobody
    assert len(nobody) < 12, nobody


def test_without_a_day_every_holder_is_given_once(registry: Registry) -> None:
    names = [entry.name for entry in registry.holders("prime_minister", "JPN", None)]
    assert names.count("Shinzo Abe") == 1
    assert {"Fumio Kishida", "Junichiro Koizumi"} <= set(names)


@given(DAYS)
def test_an_office_with_one_holder_has_at_most_one_a_day(day: date) -> None:
    single = [kind.office for kind in office_kinds().values() if kind.single]
    for office in single:
        for of in ("USA", "RUS", "DEU", "GBR", "JPN", "UKR", "ISR", "org:nato"):
            assert len(load_registry().holders(office, of, day)) <= 1


FAMILY_FIRST = [
    ("person:xi-jinping", "Xi", True),
    ("person:xi-jinping", "Jinping", False),
    ("person:moon-jae-in", "Moon", True),
    ("person:lee-hsien-loong", "Lee", True),
    ("person:jack-ma", "Ma", True),
    ("person:jack-ma", "Jack", False),
    ("person:shinzo-abe", "Abe", True),
]


@pytest.mark.parametrize(("actor", "surname", "found"), FAMILY_FIRST)
def test_a_family_name_may_come_first(registry: Registry, actor: str, surname: str, found: bool) -> None:
    assert (actor in {entry.actor_id for entry in registry.by_surname(surname)}) is found


SURNAMES = [
    ("Ursula von der Leyen", ("von der Leyen", "Leyen")),
    ("Martin Luther King Jr.", ("King",)),
    ("Bashar al-Assad", ("al-Assad", "Assad")),
    ("Jean-Yves Le Drian", ("Le Drian", "Drian")),
    ("Lula", ()),
    ("Jean-Claude Juncker", ("Juncker",)),
]


@pytest.mark.parametrize(("name", "expected"), SURNAMES)
def test_a_full_name_gives_its_surnames(name: str, expected: tuple[str, ...]) -> None:
    assert expected == surnames_of(name)


def test_people_are_found_by_surname(registry: Registry) -> None:
    assert {"person:bill-clinton", "person:hillary-clinton"} <= {e.actor_id for e in registry.by_surname("Clinton")}
    assert registry.by_surname("Nowhereman") == ()


def test_every_surface_can_be_scanned_for(registry: Registry) -> None:
    for entry in registry.entries.values():
        for name in entry.names:
            tokens = tokenise(name)
            assert tokens in registry.starts(tokens[0])


def test_the_longest_surface_comes_first(registry: Registry) -> None:
    lengths = [len(tokens) for tokens in registry.starts("United")]
    assert lengths == sorted(lengths, reverse=True)
    assert len(set(lengths)) > 1
    assert registry.starts("Qwertyuiop") == ()


def test_surfaces_are_cut_as_the_parser_cuts_them(registry: Registry) -> None:
    tokenizer = spacy.blank("en").tokenizer
    names = sorted({name for entry in registry.entries.values() for name in entry.names})
    assert [n for n in names if tuple(t.text for t in tokenizer(n)) != tokenise(n)] == []


def test_every_country_has_a_name_and_a_government(registry: Registry) -> None:
    for country in pycountry.countries:
        entry = registry.entries[f"country:{country.alpha_3}"]
        assert entry.type is ActorType.COUNTRY
        assert registry.entries[f"government:{country.alpha_3}"].code == f"{country.alpha_3}GOV"


def test_every_independent_state_has_adjective_and_seat(registry: Registry) -> None:
    states = {"USA", "FRA", "TUV", "BTN", "SWZ", "COM", "XKX", "PSE", "TWN", "VUT", "LSO", "KIR"}
    seats = {a.entry.country for s in _surfaces(registry) for a in registry.named(s) if a.how is How.METONYM}
    adjectives = {a.entry.country for s in _surfaces(registry) for a in registry.named(s) if a.how is How.DEMONYM}
    assert states <= seats
    assert states <= adjectives


def _surfaces(registry: Registry) -> Iterator[str]:
    for file, column in (("countries.csv", "adjectives"), ("places.csv", "name")):
        for row in csv.DictReader((DATA / file).read_text(encoding="utf-8").splitlines()):
            yield from row[column].split("|")
    yield from (name for entry in registry.entries.values() for name in entry.names)
    yield from ("Funafuti", "Thimphu", "Moroni", "Port Vila", "Maseru", "Tarawa", "Mbabane")


def test_no_wikidata_id_stands_twice(registry: Registry) -> None:
    seen: dict[str, str] = {}
    countries_and_places = {ActorType.COUNTRY, ActorType.PLACE}
    for entry in registry.entries.values():
        if entry.wikidata_id:
            other = seen.setdefault(entry.wikidata_id, entry.actor_id)
            same_thing = registry.entries[other].type in countries_and_places and entry.type in countries_and_places
            assert other == entry.actor_id or same_thing, f"{entry.wikidata_id}: {other} and {entry.actor_id}"


def test_every_code_is_known(registry: Registry) -> None:
    for entry in registry.entries.values():
        codes = [entry.code, *(role.code for role in entry.roles)]
        assert [c for c in codes if c and not is_actor_code(c)] == []


def test_the_registry_is_as_large_as_it_says(registry: Registry) -> None:
    kinds = [entry.actor_id.partition(":")[0] for entry in registry.entries.values()]
    assert kinds.count("person") >= 1500
    assert kinds.count("org") >= 800


@pytest.mark.parametrize("code", ["RUSGOV", "IGOUNO", "MNCUSABUS", "XKXGOV", "SUNGOV", "USA"])
def test_a_right_code_is_known(code: str) -> None:
    assert is_actor_code(code)


@pytest.mark.parametrize("code", ["", "RU", "GOV", "RUSGO", "RUSXXX", "XXXGOV", "rusgov", "UNOIGO"])
def test_a_wrong_code_is_not(code: str) -> None:
    assert not is_actor_code(code)


@given(st.text(alphabet="Łłéüßøñ abcXYZ-'’.", max_size=20))
def test_a_slug_is_plain(name: str) -> None:
    assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(slug(name)) == slug(name)


# What the loader refuses: each line is right but for the one thing that the reason names.

ACTOR = dict(
    zip(
        ACTOR_COLUMNS,
        ("person:ann-example", "Ann Example", "f", "POL", "POLGOV", "Q1", "A. Example", "a test"),
        strict=True,
    )
)
BAD_ACTORS = [
    ({"actor_id": "Ann Example"}, "no actor id"),
    ({"actor_id": "place:warsaw"}, "neither a person nor an organisation"),
    ({"actor_id": ""}, "actor_id is empty"),
    ({"name": ""}, "name is empty"),
    ({"source": ""}, "source is empty"),
    ({"gender": "x"}, "gender"),
    ({"gender": "n"}, "gender"),
    ({"actor_id": "org:ann-example", "gender": "f"}, "gender"),
    ({"country": "PO"}, "no country code"),
    ({"country": "ROM"}, "no country code"),
    ({"code": "POLXYZ"}, "no actor code"),
    ({"code": "", "country": ""}, "code is empty"),
    ({"wikidata_id": "P31"}, "no Wikidata id"),
    ({"wikidata_id": "Q01"}, "no Wikidata id"),
    ({"aliases": "A. Example|A. Example"}, "alias is doubled"),
    ({"aliases": "Ann Example"}, "alias is doubled"),
]


@pytest.mark.parametrize(("change", "why"), BAD_ACTORS)
def test_a_wrong_actor_is_refused(tmp_path: Path, change: dict[str, str], why: str) -> None:
    file = write(tmp_path / "mine.csv", ACTOR_COLUMNS, [ACTOR | change])
    with pytest.raises(ValueError, match=rf"mine\.csv:2: .*{why}"):
        read_actors(file, {})


def test_a_right_actor_is_read(tmp_path: Path) -> None:
    (entry,) = read_actors(write(tmp_path / "mine.csv", ACTOR_COLUMNS, [ACTOR]), {})
    assert (entry.names, entry.type, entry.gender) == (("Ann Example", "A. Example"), ActorType.PERSON, "f")


SECOND = ACTOR | {"actor_id": "person:bea-example", "name": "Bea Example", "wikidata_id": "Q2", "aliases": ""}
BAD_PAIRS = [
    ({"actor_id": "person:ann-example"}, "already stands on line 2"),
    ({"wikidata_id": "Q1"}, "already stands on line 2"),
    ({"name": "Ann Example"}, "already stands on line 2"),
    ({"aliases": "A. Example"}, "already stands on line 2"),
    ({"aliases": "~A. Example"}, "already stands on line 2"),
]


@pytest.mark.parametrize(("change", "why"), BAD_PAIRS)
def test_what_stands_twice_is_refused(tmp_path: Path, change: dict[str, str], why: str) -> None:
    file = write(tmp_path / "mine.csv", ACTOR_COLUMNS, [ACTOR, SECOND | change])
    with pytest.raises(ValueError, match=rf"mine\.csv:3: .*{why}"):
        read_actors(file, {})


@pytest.mark.parametrize("mark", ["~", "?"])
def test_a_name_that_both_mark_may_stand_twice(tmp_path: Path, mark: str) -> None:
    pair = [ACTOR | {"aliases": f"{mark}Example"}, SECOND | {"aliases": f"{mark}Example"}]
    entries = read_actors(write(tmp_path / "mine.csv", ACTOR_COLUMNS, pair), {})
    assert [entry.names[1] for entry in entries] == ["Example", "Example"]


ROLE = dict(
    zip(
        ROLE_COLUMNS,
        ("person:ann-example", "president", "POL", "2020-01-01", "2020-12-31", "", "", "a test"),
        strict=True,
    )
)
NAMES = {"POL": "Poland", "USA": "the United States", "org:club": "Club"}
BAD_ROLES = [
    ({"office": "janitor"}, "no kind of office"),
    ({"of": "XXX"}, "neither a country's code nor the id of a body"),
    ({"of": ""}, "neither the row nor its kind of office"),
    ({"of": "org:club"}, "neither the row nor its kind of office"),
    ({"office": "", "code": "POLGOV"}, "neither the row nor its kind of office"),
    ({"code": "POLXXX"}, "no actor code"),
    ({"first": "2021-01-01"}, "before the first"),
    ({"first": "1.1.2020"}, "no date"),
    ({"first": "2020-02-30"}, "no date"),
    ({"last": "2020-13"}, "no date"),
    ({"actor_id": "ann"}, "no actor id"),
    ({"source": ""}, "source is empty"),
]


@pytest.mark.parametrize(("change", "why"), BAD_ROLES)
def test_a_wrong_role_is_refused(tmp_path: Path, change: dict[str, str], why: str) -> None:
    file = write(tmp_path / "roles.csv", ROLE_COLUMNS, [ROLE | change])
    with pytest.raises(ValueError, match=rf"roles\.csv:2: .*{why}"):
        read_roles(file, NAMES)


OVERLAPS = [
    ("2020-01-01", "2020-12-31", "2020-12-31", "2021-12-31", True),
    ("2020-01-01", "2020-12-31", "2021-01-01", "2021-12-31", False),
    ("2020-01-01", "", "2021-01-01", "", True),
    ("", "2020-12-31", "", "2019-12-31", True),
    ("2020-01-01", "2020-12-31", "2020-03-01", "2020-04-01", True),
    ("2020-01-01", "2020-06", "2020-06", "2020-12-31", False),
]


@pytest.mark.parametrize(("a", "b", "c", "d", "overlap"), OVERLAPS)
def test_two_holders_on_one_day_are_refused(tmp_path: Path, a: str, b: str, c: str, d: str, overlap: bool) -> None:
    rows = [
        ROLE | {"first": a, "last": b},
        ROLE | {"actor_id": "person:bea-example", "first": c, "last": d},
    ]
    file = write(tmp_path / "roles.csv", ROLE_COLUMNS, rows)
    if not overlap:
        assert len(read_roles(file, NAMES)) == 2
        return
    with pytest.raises(ValueError, match=r"roles\.csv:[23]: president of POL: person:"):
        read_roles(file, NAMES)


def test_an_office_of_several_holders_may_overlap(tmp_path: Path) -> None:
    rows = [ROLE | {"office": "legislator"}, ROLE | {"office": "legislator", "actor_id": "person:bea-example"}]
    assert len(read_roles(write(tmp_path / "roles.csv", ROLE_COLUMNS, rows), NAMES)) == 2


def test_a_month_gives_only_the_days_that_are_sure(tmp_path: Path) -> None:
    file = write(tmp_path / "roles.csv", ROLE_COLUMNS, [ROLE | {"first": "2020-02", "last": "2021"}])
    (role,) = read_roles(file, NAMES)["person:ann-example"]
    assert (date(2020, 2, 29), date(2021, 1, 1)) == (role.first, role.last)
    assert (role.title, role.code) == ("President of Poland", "POLGOV")


BAD_FILES = [
    ("actor_id,name\n", r"mine\.csv:1: columns"),
    ("", r"mine\.csv:1: columns"),
    (",".join(ACTOR_COLUMNS) + "\nperson:a,A\n", r"mine\.csv:2: 2 cells instead of 8"),
    (",".join(ACTOR_COLUMNS) + "\nperson:a,A,f,POL,,,,x,y\n", r"mine\.csv:2: 9 cells instead of 8"),
    (",".join(ACTOR_COLUMNS) + '\nperson:a,"A\n', r"mine\.csv:2: "),
]


@pytest.mark.parametrize(("content", "why"), BAD_FILES)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, content: str, why: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=why):
        read_actors(file, {})


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_bytes((",".join(ACTOR_COLUMNS) + "\nperson:a,Jos\xe9,,,POLGOV,,,x\n").encode("latin-1"))
    with pytest.raises(ValueError, match=r"mine\.csv: .*utf-8"):
        read_actors(file, {})


def test_comments_and_empty_lines_are_no_rows(tmp_path: Path) -> None:
    file = write(tmp_path / "mine.csv", ACTOR_COLUMNS, [ACTOR])
    file.write_text(file.read_text(encoding="utf-8") + "\n# the end\n", encoding="utf-8")
    assert len(read_actors(file, {})) == 1


BROKEN_DATA: list[tuple[str, Callable[[str], str], str]] = [
    ("countries.csv", lambda s: s.replace("\nFRA,", "\nFRX,"), r"'FRX' is no country code"),
    ("countries.csv", lambda s: s.replace("\nFRA,", "\n,"), r"country is empty"),
    ("countries.csv", lambda s: s.replace("\nFRA,France", "\nFRA,"), r"name is empty"),
    ("countries.csv", lambda s: s + s.splitlines()[1] + "\n", r"AFG already stands on line 2"),
    ("countries.csv", lambda s: s.replace(",Q142,", ",Q183,"), r"Q183 already stands on line"),
    ("countries.csv", lambda s: s.replace("\nFRA,", "\n#FRA,"), r"no line for FRA"),
    ("countries.csv", lambda s: s.replace(",French,", ",German,"), r"'German' means both"),
    ("places.csv", lambda s: s + "Moscow,RUS,,,,\n", r"place:moscow-rus already stands"),
    ("places.csv", lambda s: s + "Elsewhere,RUS,Q649,,,\n", r"Q649 already stands"),
    ("places.csv", lambda s: s + "Elsewhere,ROM,,,,\n", r"'ROM' is no country code"),
    ("places.csv", lambda s: s + "Elsewhere,RUS,,no,,\n", r"seat is 'no'"),
    ("places.csv", lambda s: s + "Elsewhere,RUS,,,X|X,\n", r"alias is doubled"),
    ("capitals_left_out.csv", lambda s: s + "XYZ,no country\n", r"'XYZ' is no country code"),
    ("capitals_left_out.csv", lambda s: s + ",no country\n", r"country is empty"),
    ("shared_demonyms.csv", lambda s: s.replace("Congolese", "Congoleses"), r"'Congolese' means both"),
]


@pytest.mark.parametrize(("file", "breaks", "why"), BROKEN_DATA)
def test_broken_country_data_is_refused(tmp_path: Path, file: str, breaks: Callable[[str], str], why: str) -> None:
    for name in ("countries.csv", "shared_demonyms.csv", "places.csv", "capitals_left_out.csv"):
        shutil.copyfile(str(DATA / name), tmp_path / name)
    content = (tmp_path / file).read_text(encoding="utf-8")
    assert breaks(content) != content
    (tmp_path / file).write_text(breaks(content), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"\.csv.*{why}"):
        read_countries(tmp_path)


METONYM = dict(
    zip(countries.METONYM_COLUMNS, ("Castle", "government:POL", "POLGOV", "", "", "Q3", "a test"), strict=True)
)
BAD_METONYMS = [
    ({"actor_id": "government:XXX"}, "no entry"),
    ({"surface": ""}, "surface is empty"),
    ({"code": "POLXXX"}, "no actor code"),
    ({"first": "2020-01-02", "last": "2020-01-01"}, "before the first"),
    ({"wikidata_id": "3"}, "no Wikidata id"),
]


@pytest.mark.parametrize(("change", "why"), BAD_METONYMS)
def test_a_wrong_metonym_is_refused(tmp_path: Path, registry: Registry, change: dict[str, str], why: str) -> None:
    file = write(tmp_path / "m.csv", countries.METONYM_COLUMNS, [METONYM | change])
    with pytest.raises(ValueError, match=rf"m\.csv:2: .*{why}"):
        read_metonyms(registry.entries, file)


def test_a_metonym_that_stands_twice_is_refused(tmp_path: Path, registry: Registry) -> None:
    file = write(tmp_path / "m.csv", countries.METONYM_COLUMNS, [METONYM, METONYM])
    with pytest.raises(ValueError, match=r"m\.csv:3: 'Castle government:POL' already stands on line 2"):
        read_metonyms(registry.entries, file)


def test_a_doubled_or_unclear_kind_of_office_is_refused(tmp_path: Path) -> None:
    kind = dict(zip(KIND_COLUMNS, ("president", "President of {of}", "GOV", "yes", ""), strict=True))
    doubled = write(tmp_path / "doubled.csv", KIND_COLUMNS, [kind, kind])
    unclear = write(tmp_path / "unclear.csv", KIND_COLUMNS, [kind | {"single": "perhaps"}])
    with pytest.raises(ValueError, match=r"doubled\.csv:3: 'president' already stands"):
        office_kinds(doubled)
    with pytest.raises(ValueError, match=r"unclear\.csv:2: single is 'perhaps'"):
        office_kinds(unclear)


def test_a_doubled_or_short_slot_is_refused(tmp_path: Path) -> None:
    columns = ("slot", "first", "meaning")
    slot = {"slot": "GOV", "first": "no", "meaning": "government"}
    with pytest.raises(ValueError, match=r"a\.csv:3: 'GOV' already stands"):
        code_slots(write(tmp_path / "a.csv", columns, [slot, slot]))
    with pytest.raises(ValueError, match=r"b\.csv:2: 'GO' has not three letters"):
        code_slots(write(tmp_path / "b.csv", columns, [slot | {"slot": "GO"}]))


def test_no_slot_can_be_taken_for_a_country() -> None:
    first = {slot for slot, begins in code_slots().items() if begins}
    assert first & country_codes() == set()


# A user's own actors.


def test_a_users_actor_wins_over_ours(tmp_path: Path) -> None:
    mine = ACTOR | {"actor_id": "person:another-putin", "name": "Vladimir Putin", "aliases": "", "wikidata_id": ""}
    registry = load_registry((write(tmp_path / "mine.csv", ACTOR_COLUMNS, [mine]),))
    assert [a.entry.actor_id for a in registry.named("Vladimir Putin")] == ["person:another-putin"]
    assert [a.entry.actor_id for a in registry.named("Vladimir Vladimirovich Putin")] == ["person:vladimir-putin"]


def test_a_users_line_replaces_the_entry_of_its_id(tmp_path: Path) -> None:
    mine = ACTOR | {"actor_id": "person:vladimir-putin", "name": "Vladimir Putin", "code": "RUSELI", "aliases": ""}
    registry = load_registry((write(tmp_path / "mine.csv", ACTOR_COLUMNS, [mine]),))
    for surface in ("Vladimir Putin", "Vladimir Vladimirovich Putin"):
        (alias,) = registry.named(surface)
        assert registry.code_on(alias.entry, date(2023, 1, 1)) == "RUSELI"
    assert registry.holders("president", "RUS", date(2023, 1, 1)) == ()


def test_a_users_roles_stand_beside_the_file(tmp_path: Path) -> None:
    file = write(tmp_path / "mine.csv", ACTOR_COLUMNS, [ACTOR])
    write(tmp_path / "mine.roles.csv", ROLE_COLUMNS, [ROLE | {"office": "minister", "title": "Minister of Tests"}])
    registry = load_registry((file,))
    role = registry.role_on(registry.entries["person:ann-example"], date(2020, 5, 1))
    assert role is not None
    assert role.title == "Minister of Tests"


def test_a_users_role_of_nobody_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "mine.csv", ACTOR_COLUMNS, [ACTOR])
    write(tmp_path / "mine.roles.csv", ROLE_COLUMNS, [ROLE | {"actor_id": "person:nobody"}])
    with pytest.raises(ValueError, match=r"mine\.roles\.csv: person:nobody has a role but no entry"):
        load_registry((file,))


def test_a_file_of_neither_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "actors.json"
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"actors\.json: neither a CSV file nor a PETRARCH dictionary"):
        load_registry((file,))


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    first = load_registry((write(tmp_path / "mine.csv", ACTOR_COLUMNS, [ACTOR]),)).version
    second = load_registry((write(tmp_path / "other" / "mine.csv", ACTOR_COLUMNS, [SECOND]),)).version
    assert len({first, second, load_registry().version}) == 3


def write(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> Path:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path
