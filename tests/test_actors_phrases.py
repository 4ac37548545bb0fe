"""What a phrase alone tells of country and role: one table a kind of phrase, each case with its reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.actors import load_registry
from pipeline.actors.codes import code_phrase
from pipeline.actors.gazetteer import regionals
from pipeline.actors.lexicon import titles
from pipeline.actors.national_organs import national_organs
from pipeline.actors.prominence import code_in_office, widely_known
from pipeline.actors.spellings import band_by_sound, known_by_name, sound_of
from pipeline.actors.wordlists import WordList, words

DAY = date(2022, 3, 1)

NAMES = [
    ("the Emirates", "ARE", "ARE", "its article makes it the country's name"),
    ("the Bundestag", "DEU", "DEULEG", "a word of parliaments that is one parliament's own"),
    ("State Duma deputies", "RUS", "RUSLEG", "common words that are one organ's own"),
    ("the Congress Party", "IND", "INDPTY", "the one party of that name"),
    ("the Senate", None, "LEG", "many states have one"),
    ("Deputy Secretary Sherman", "USA", "USAGOV", "the one Sherman in such an office"),
    ("Secretary Austin", "USA", "USAGOVMIL", "a minister, not the town"),
    ("Senator Durbin", "USA", "USALEG", "a surname after a title"),
    ("Senator Abelgard", None, "LEG", "a surname that nobody known bears"),
    ("Governor Whitmer", "USA", "USAGOV", "a surname after a title"),
    ("Bishop of Seville", "ESP", "ESPREL", "a title, not the former minister Bishop"),
    ("Lashkar-e-Tayyiba", "PAK", "PAKINS", "another transcription of an armed group"),
    ("Azov battalion", "UKR", "UKRMIL", "the unit, not the Russian town"),
    ("People's Bank of China", "CHN", "CHNGOV", "a possessive inside a name"),
    ("the governor of Punjab province in Pakistan", "PAK", "PAKGOV", "a province of two countries"),
    ("Punjab police", None, "COP", "a province of two countries"),
]

PEOPLES = [
    ("Kosovo Serbs", "XKX", "XKXCVL", "people of the land that they live in"),
    ("Bosnian Croats", "BIH", "BIHCVL", "people of the land that they live in"),
    ("Bosnian Serb leaders", "BIH", "BIHGOV", "a people of two words"),
    ("Germany's French ally", "FRA", "FRA", "no people: an adjective"),
    ("Bavarian police", "DEU", "DEUCOP", "the adjective of a region"),
    ("Sicilian prosecutors", "ITA", "ITAJUD", "the adjective of a region"),
    ("Parisians", "FRA", "FRACVL", "the people of a town"),
    ("pro-Bavarian activists", None, "OPP", "whom they side with"),
]

ROLES = [
    ("the Kenyan Red Cross", "KEN", "KENHLH", "a national society"),
    ("the Red Cross", None, "NGOHLH", "the movement"),
    ("the Labour Party in Norway", "NOR", "NORPTY", "named after workers, and no union"),
    ("the People's Party of Moldova", "MDA", "MDAPTY", "named after the people"),
    ("the farmers' party", None, "PTY", "named after farmers"),
    ("a Danish opposition party", "DNK", "DNKOPPPTY", "a party of the opposition"),
    ("the Ohio health department", "USA", "USAGOVHLH", "a department is a government's"),
    ("the Texas Department of Education", "USA", "USAGOVEDU", "a department is a government's"),
    ("the Peruvian police department", "PER", "PERCOP", "police are police"),
    ("an army of volunteers", None, "CVL", "a figure of speech"),
    ("the forces of change", None, None, "a figure of speech"),
    ("the army of the republic", None, "MIL", "an army"),
    ("soldiers of the Kenyan army", "KEN", "KENMIL", "an army"),
    ("campaign troops", None, "PTY", "a figure of speech"),
    ("ex-president of Ghana", "GHA", "GHAELI", "no longer in office"),
]


def code(phrase):
    return code_phrase(phrase, load_registry(), DAY)


@pytest.mark.parametrize(("phrase", "country", "expected", "reason"), [*NAMES, *PEOPLES, *ROLES])
def test_a_phrase_tells_country_and_role(phrase, country, expected, reason):
    assert code(phrase) == (country, expected), reason


@pytest.mark.parametrize(
    ("person", "title", "day", "expected", "reason"),
    [
        (
            "person:leo-varadkar",
            "deputy prime minister",
            date(2021, 5, 1),
            "IRLGOV",
            "an office that the registry lacks",
        ),
        ("person:barack-obama", "president", date(2018, 5, 1), "USAELI", "he has left it"),
        ("person:hillary-clinton", "president", date(2016, 5, 1), "USAELI", "another holds it"),
        ("person:lebron-james", "king", date(2016, 5, 1), "USAELI", "nobody's office, by a nickname"),
        ("person:angela-merkel", "chancellor", date(2015, 5, 1), "DEUGOV", "in office"),
    ],
)
def test_a_title_tells_an_office_that_the_registry_has_nothing_on(person, title, day, expected, reason):
    registry = load_registry()
    assert code_in_office(registry, registry.entries[person], (titles()[title],), day) == expected, reason


@pytest.mark.parametrize(
    ("surname", "countries", "day", "found", "reason"),
    [
        ("Sanders", {"USA"}, date(2016, 5, 1), "person:bernie-sanders", "the one Sanders in office that day"),
        ("Sanders", {"KEN"}, date(2016, 5, 1), None, "the text does not name his country"),
        ("Sanders", {"USA"}, date(1985, 5, 1), None, "nobody of that name was in office"),
        ("Price", {"USA"}, date(2017, 5, 1), None, "a word"),
        ("Abelgard", {"USA"}, date(2016, 5, 1), None, "nobody of that name"),
    ],
)
def test_a_bare_surname_is_the_one_in_public_office(surname, countries, day, found, reason):
    entry = widely_known(load_registry(), surname, None, countries, day)
    assert (entry.actor_id if entry else None) == found, reason


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("John F. Kerry", "person:john-kerry"),
        ("Paul D. Ryan", "person:paul-ryan"),
        ("Recep T. Erdoğan", None),  # a name of two known ones is not made up
        ("Ann B. Lee", None),
    ],
)
def test_initials_inside_a_name_tell_nothing(name, found):
    entry = known_by_name(load_registry(), name)
    assert (entry.actor_id if entry else None) == found


@pytest.mark.parametrize(
    ("name", "known"),
    [("Lashkar e Taiba", True), ("Hizb-ul-Mujahideen", True), ("Hizbullah", False), ("Laura Ashley", False)],
)
def test_an_armed_group_of_several_words_is_known_by_its_consonants(name, known):
    assert (band_by_sound(load_registry(), name) is not None) == known


@given(st.text(max_size=30))
def test_a_sound_is_the_same_whatever_the_vowels_and_marks(text):
    assert sound_of(text) == sound_of(text.upper()) or not text.isascii()
    assert not set(sound_of(text)) & set("aeiou' -.")


def test_every_list_of_words_has_words_and_all_files_load():
    assert all(words(name) for name in WordList)
    assert regionals()["Sicilians"].people
    assert all(load_registry().entries[i].country == c for (_, c), i in national_organs(load_registry()).items())


@pytest.mark.parametrize(
    ("module", "loader", "name", "bad", "why"),
    [
        ("wordlists", "_lists", "words.csv", "formerly,late,", "is no WordList"),
        ("wordlists", "_lists", "words.csv", "former,late,\nformer,late,", "already stands on line"),
        ("wordlists", "_lists", "words.csv", "former,late,", "no word in"),
        ("gazetteer", "regionals", "region_adjectives.csv", "Bavarian,BAV,adjective,", "no country code"),
        ("gazetteer", "regionals", "region_adjectives.csv", "Bavarian,DEU,beer,", "neither adjective nor people"),
        ("national_organs", "national_organs", "national_organs.csv", "throne,NOR,org:norges-bank,", "no role noun"),
        (
            "national_organs",
            "national_organs",
            "national_organs.csv",
            "central bank,SWE,org:norges-bank,",
            "not of SWE",
        ),
        ("national_organs", "national_organs", "national_organs.csv", "central bank,NOR,org:norges,", "no entry"),
    ],
)
def test_a_loader_refuses_what_it_does_not_know(monkeypatch, tmp_path, module, loader, name, bad, why):
    import importlib

    home = importlib.import_module(f"pipeline.actors.{module}")
    header = (home.DATA / name).read_text(encoding="utf-8").split("\n", 1)[0]
    (tmp_path / name).write_text(f"{header}\n{bad}\n", encoding="utf-8")
    monkeypatch.setattr(home, "DATA", tmp_path)
    read = getattr(home, loader).__wrapped__
    arguments = {"national_organs": (load_registry(), tmp_path / name), "wordlists": (tmp_path / name,)}.get(module, ())
    with pytest.raises(ValueError, match=why):
        read(*arguments)
