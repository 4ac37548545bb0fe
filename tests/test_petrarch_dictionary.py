"""PETRARCH actor dictionaries: what they say, in our terms, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.actors.petrarch import _day, read_dictionary, titled
from pipeline.actors.registry import load_registry
from pipeline.vocabulary import ActorType

DICTIONARY = """\
# our own additions
ARENDELLE_   [NOR]   ; a country in a film
+ARENDELLIAN_

ELSA_OF_ARENDELLE_
+QUEEN_ELSA_   # before she left
    [NORGOV 130101-191231]
    [NORELI >191231]
    [NOR]
HANS WESTERGAARD [DNKMIL <20130601] [DNKELI 20130602-20141231]
A_COMMON_WORD_ [---]
"""


def write(folder: Path, content: str) -> Path:
    file = folder / "mine.actors.txt"
    file.write_text(content, encoding="utf-8")
    return file


def test_each_name_is_an_entry(tmp_path: Path) -> None:
    entries = read_dictionary(write(tmp_path, DICTIONARY))
    assert [e.actor_id for e in entries] == ["actor:arendelle", "actor:elsa-of-arendelle", "actor:hans-westergaard"]
    assert list(entries[0].names) == ["Arendelle", "ARENDELLE", "Arendellian", "ARENDELLIAN"]
    assert entries[1].name == "Elsa of Arendelle"
    assert [e.type for e in entries] == [ActorType.COUNTRY, ActorType.UNKNOWN, ActorType.UNKNOWN]


DAYS = [
    ("Queen Elsa", date(2012, 12, 31), "NOR", "before the first range the code without one"),
    ("Queen Elsa", date(2013, 1, 1), "NORGOV", "the first day belongs to the range"),
    ("Queen Elsa", date(2019, 12, 31), "NORGOV", "so does the last"),
    ("Queen Elsa", date(2020, 1, 1), "NORELI", "> begins on the day after"),
    ("Queen Elsa", None, "NOR", "without a day the code without a range"),
    ("Hans Westergaard", date(2013, 5, 31), "DNKMIL", "< ends on the day before"),
    ("Hans Westergaard", date(2013, 6, 1), "DNK", "no code holds: the country"),
    ("Hans Westergaard", date(2015, 1, 1), "DNK", "no code holds any more"),
    ("Arendelle", date(2015, 1, 1), "NOR", "a code for all days"),
]


@pytest.mark.parametrize(("name", "day", "code", "reason"), DAYS)
def test_a_code_holds_on_its_days(tmp_path: Path, name: str, day: date | None, code: str, reason: str) -> None:
    registry = load_registry((write(tmp_path, DICTIONARY),))
    (alias,) = registry.named(name)
    assert registry.code_on(alias.entry, day) == code, reason


def test_where_ranges_overlap_the_one_that_began_last_holds(tmp_path: Path) -> None:
    registry = load_registry((write(tmp_path, "ANNA_NOWAK_ [POLELI 010101-031231] [POLGOV 000101-010101]\n"),))
    (alias,) = registry.named("Anna Nowak")
    assert [registry.code_on(alias.entry, date(y, 1, 1)) for y in (2000, 2001)] == ["POLGOV", "POLELI"]


def test_surfaces_in_capitals_can_be_scanned_for(tmp_path: Path) -> None:
    registry = load_registry((write(tmp_path, DICTIONARY),))
    assert ("Hans", "Westergaard") in registry.starts("Hans")
    assert registry.starts("HANS") == (("HANS", "WESTERGAARD"),)


def test_a_known_name_keeps_its_identity_and_takes_the_dictionarys_code(tmp_path: Path) -> None:
    registry = load_registry((write(tmp_path, "VLADIMIR_PUTIN_ [RUSELI]\n"),))
    (alias,) = registry.named("Vladimir Putin")
    assert (
        alias.entry.actor_id,
        alias.entry.wikidata_id,
        alias.entry.gender,
    ) == ("person:vladimir-putin", "Q7747", "m")
    assert registry.code_on(alias.entry, date(2023, 1, 1)) == "RUSELI"


REFUSED = [
    ("+SYNONYM_\nNAME_ [USA]", r":1: a synonym or code before any name"),
    ("[USA]\n", r":1: a synonym or code before any name"),
    ("NAME_ [USAXXX]", r":1: 'USAXXX' is no actor code"),
    ("NAME_ [USAGOV 991301-000101]", r":1: .*month"),
    ("NAME_ [USAGOV 20010101-20000101]", r":1: .* ends before it begins"),
    ("NAME_ [USAGOV <990101-000101]", r":1: .* has both < and a range"),
    ("NAME_ [USAGOV yesterday]", r":1: .* is no code with an optional range"),
    ("NAME_ [USAGOV", r":1: .* is no code with an optional range"),
    ("NAME_\nOTHER_ [USA]", r":1: 'NAME' has no code"),
    ("NAME_ [USA]\n\nNAME_ [FRA]", r":3: 'NAME' already stands on line 1"),
    ("NAME_ [USA]\nOTHER_ [FRA]\n+NAME_", r":2: 'NAME' already stands on line 1"),
]


@pytest.mark.parametrize(("content", "why"), REFUSED)
def test_a_wrong_dictionary_is_refused(tmp_path: Path, content: str, why: str) -> None:
    with pytest.raises(ValueError, match=r"mine\.actors\.txt" + why):
        read_dictionary(write(tmp_path, content))


def test_a_dictionary_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.actors.txt"
    file.write_bytes("JOSÉ_ [ESP]".encode("latin-1"))
    with pytest.raises(ValueError, match=r"mine\.actors\.txt: .*utf-8"):
        read_dictionary(file)


TITLED = [
    ("ZIA UL-HAQ", "Zia Ul-Haq"),
    ("MITCH MCCONNELL", "Mitch McConnell"),
    ("BANK OF ENGLAND", "Bank of England"),
    ("AL QAEDA", "Al Qaeda"),
    ("LORD'S RESISTANCE ARMY", "Lord's Resistance Army"),
    ("Zia ul-Haq", "Zia ul-Haq"),
]


@pytest.mark.parametrize(("name", "expected"), TITLED)
def test_names_in_capitals_are_titled(name: str, expected: str) -> None:
    assert expected == titled(name)


@given(st.dates(date(1931, 1, 1), date(2030, 12, 31)))
def test_a_day_of_six_digits_is_the_day_it_was_made_from(day: date) -> None:
    assert day == _day(day.strftime("%y%m%d"))
    assert day == _day(day.strftime("%Y%m%d"))
