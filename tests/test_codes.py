from datetime import date

import pytest

from pipeline.actors.codes import code_phrase
from pipeline.actors.lexicon import (
    agent_verbs,
    given_names,
    modifiers,
    name_words,
    peoples,
    plural_of,
    role_nouns,
    sports_words,
    titles,
)
from pipeline.actors.prominence import prominent
from pipeline.actors.registry import load_registry

DAY = date(2023, 3, 1)


def code(phrase, day=DAY):
    return code_phrase(phrase, load_registry(), day)


@pytest.mark.parametrize(
    ("phrase", "country", "expected"),
    [
        ("Russian Foreign Ministry spokeswoman", "RUS", "RUSGOV"),  # a spokeswoman inherits from the body
        ("the Polish deputy agriculture minister", "POL", "POLGOV"),
        ("French diplomats", "FRA", "FRAGOV"),
        ("Peru's police chief", "PER", "PERCOP"),  # a possessor names the country
        ("the Kenyan army", "KEN", "KENMIL"),
        ("Somali pirates", "SOM", "SOMCRM"),
        ("Dutch farmers", "NLD", "NLDAGR"),
        ("Chilean copper workers", "CHL", "CHLLAB"),
        ("Turkish doctors", "TUR", "TURHLH"),  # CAMEO health, not PLOVER's MED
        ("Hungarian journalists", "HUN", "HUNMED"),  # CAMEO media
        ("a Brazilian judge", "BRA", "BRAJUD"),
        ("two Norwegian frigates", "NOR", "NORMIL"),
        ("Danish helicopters", "DNK", "DNKMIL"),  # arms of a named country are its military's
        ("Serb forces in Bosnia", "SRB", "SRBMIL"),
        ("the Greek side", "GRC", "GRCGOV"),
        ("the Swedish opposition leader", "SWE", "SWEOPP"),
        ("Greek trade unions", "GRC", "GRCLAB"),
        ("Ethiopian refugees", "ETH", "ETHREF"),
        ("a Mexican human rights group", "MEX", "MEXHRI"),
        ("Indonesian students", "IDN", "IDNEDU"),
    ],
)
def test_a_demonym_or_possessor_gives_the_country_and_the_head_the_role(phrase, country, expected):
    assert code(phrase) == (country, expected)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("protesters", "OPP"),
        ("analysts", "EDU"),
        ("a senior official", "GOV"),
        ("rebel leaders", "REB"),  # a leader is what is led
        ("union leaders", "LAB"),
        ("business leaders", "BUS"),
        ("army officers", "MIL"),
        ("police officers", "COP"),
        ("members of the armed forces", "MIL"),  # inherited from the complement
        ("two dozen lightly armed police", "COP"),
        ("the deputy chairman of a firm's board", "BUS"),
        ("the provincial governor's spokesman", "GOV"),
        ("Muslim clerics", "REL"),
        ("farmers", "AGR"),
        ("tourists", "CVL"),
    ],
)
def test_a_phrase_without_a_country_has_its_role_alone(phrase, expected):
    assert code(phrase) == (None, expected)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("a former Spanish minister", "ESPELI"),
        ("the ousted president of Mali", "MLIELI"),
        ("a retired Austrian general", "AUTELI"),
        ("a former Austrian teacher", "AUTEDU"),  # no office, so no elite
    ],
)
def test_former_holders_of_office_are_elites(phrase, expected):
    assert code(phrase).code == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Norvia's president", None),  # of a firm, for all that is known
        ("the president", "GOV"),
        ("Senior officials", "GOV"),  # a capital that only begins a sentence
        ("the Norvia officials", None),
    ],
)
def test_an_office_of_an_unknown_body_is_no_office_of_state(phrase, expected):
    assert code(phrase).code == expected


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("Saudi-backed Yemeni rebels", "YEM"),
        ("ethnic Albanian guerrillas", None),  # of which state is not told
        ("Russia's ambassador to Poland", "RUS"),  # sent by, not to
        ("people in Denmark", "DNK"),
        ("a separatist group in Northern Ireland", "GBR"),  # not Ireland
        ("Mombasa police", "KEN"),  # a town tells its country
        ("Chile's Defense Department", "CHL"),  # not the American one
        ("soldiers", None),
    ],
)
def test_the_country_is_the_phrase_s_own(phrase, country):
    assert code(phrase).country == country


@pytest.mark.parametrize(
    ("phrase", "starts"),
    [("United Nations officials", "IGOUNO"), ("NATO troops", "IGO"), ("European Union lawmakers", "IGOEUR")],
)
def test_bodies_of_many_states_have_no_country(phrase, starts):
    country, found = code(phrase)
    assert country is None
    assert found.startswith(starts)


def test_a_capital_alone_is_a_government():
    assert code("Tehran") == ("IRN", "IRNGOV")


def test_the_day_decides_between_office_and_elite():
    assert code("Angela Merkel", date(2015, 5, 1)).code == "DEUGOV"
    assert code("Angela Merkel", date(2023, 5, 1)).code == "DEUELI"


def test_a_surname_without_title_is_the_holder_of_high_office_alone():
    assert prominent(load_registry(), "Macron", DAY).name == "Emmanuel Macron"
    assert prominent(load_registry(), "Qwertz", DAY) is None


@pytest.mark.parametrize("phrase", ["", "the", "  ", "-", ",", "'s", "of", "qwertz uiop", "🙂", "of of of", "'s 's -"])
def test_what_is_no_actor_has_no_code(phrase):
    assert code(phrase) == (None, None)


def test_lexicons_load_and_hold_both_numbers():
    assert role_nouns()["soldiers"].plural
    assert not role_nouns()["soldier"].plural
    assert role_nouns()["women"].noun in {"woman", "women"}
    assert titles()["sen."].noun == "senator"
    assert titles()["prime minister"].office == "prime_minister"
    assert modifiers()["rebel"] == "REB"
    assert peoples()["hutus"].name == "hutu"
    assert given_names()["Maria"] == "f"
    assert name_words()["ministry"].code == "GOV"
    assert "announce" in agent_verbs()
    assert "wicket" in sports_words()


@pytest.mark.parametrize(
    ("noun", "plural"), [("ally", "allies"), ("boy", "boys"), ("coach", "coaches"), ("soldier", "soldiers")]
)
def test_plurals_are_regular(noun, plural):
    assert plural_of(noun) == plural


@pytest.mark.parametrize(
    ("loader", "name", "bad", "why"),
    [
        (role_nouns, "role_nouns.csv", "spy,,SPX,,person,,", "no CAMEO role"),
        (role_nouns, "role_nouns.csv", "spy,,SPY,,robot,,", "no kind of actor"),
        (role_nouns, "role_nouns.csv", "spy,,SPY,,person,x,", "neither m nor f"),
        (role_nouns, "role_nouns.csv", "spy,,,,person,,", "code is empty"),
        (role_nouns, "role_nouns.csv", "spy,,SPY,,person,,\nspy,,SPY,,person,,", "already stands on line"),
        (titles, "titles.csv", "tsar,tsardom,GOV,m,office,,", "no kind of office"),
        (titles, "titles.csv", "tsar,,GOV,m,crown,,", "kind or gender"),
        (modifiers, "modifiers.csv", "naval,NAV,", "no CAMEO role"),
        (given_names, "given_names.csv", "Ann,x", "neither m nor f"),
        (name_words, "name_words.csv", "corp,thing,,", "no kind of name"),
    ],
)
def test_a_loader_refuses_what_it_does_not_know(monkeypatch, tmp_path, loader, name, bad, why):
    import pipeline.actors.lexicon as lexicon

    header = (lexicon.DATA / name).read_text(encoding="utf-8").split("\n", 1)[0]
    (tmp_path / name).write_text(f"{header}\n{bad}\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    with pytest.raises(ValueError, match=why):
        loader.__wrapped__()
