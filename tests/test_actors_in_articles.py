"""What an article as a whole tells of its actors: which land is meant, which body, who stands in a headline."""

from datetime import date
from functools import cache

import pytest
from articles import article

from pipeline.actors import find_mentions, load_registry
from pipeline.parse import parse_text

DAY = date(2016, 3, 1)


@cache
def rows(text, day=DAY):
    return find_mentions(article(text, day), parse_text(text), load_registry()).rows


def row(text, words, day=DAY):
    return next(r for r in rows(text, day) if r.text == words)


LANDS = [
    ("The bloc urged Georgia to drop the bill. Crowds filled Tbilisi.", "Georgia", "GEO", "its capital is named"),
    ("Voters in Georgia, Ohio and Texas go to the polls.", "Georgia", "USA", "other states are named"),
    ("Georgia's governor signed the bill.", "Georgia", "USA", "a country has no governor"),
    ("Republicans and Democrats fight over Georgia.", "Georgia", "USA", "two parties of one country are named"),
    ("Russia sent more troops to the border of Georgia.", "Georgia", "GEO", "a foreign country is named"),
    ("Obama warned Russia over Georgia.", "Georgia", "GEO", "a foreign country is named beside the American"),
    ("The group urged Georgia to free the prisoners.", "Georgia", None, "nothing tells"),
    ("A judge in Georgia blocked the law. Atlanta cheered.", "judge", "USA", "a noun follows the name beside it"),
    ("The group urged Georgia to act. A judge in Georgia refused.", "judge", None, "a noun follows the name beside it"),
    ("Georgia Rep. Ann Carter voted no in Atlanta.", "Ann Carter", "USA", "a title follows the name in it"),
    ("The Congolese president spoke in Brazzaville.", "Congolese president", "COG", "the nearer of two countries"),
    ("A deal between the Emirates and Oman was signed.", "Emirates", "ARE", "a country by its article"),
    (
        "Arsenal won the match at the Emirates. The striker scored two goals for the team.",
        "Emirates",
        None,
        "a stadium",
    ),
]


@pytest.mark.parametrize(("text", "words", "country", "reason"), LANDS)
def test_a_name_of_several_lands_means_the_article_s(text, words, country, reason):
    assert row(text, words).country == country, reason


BODIES = [
    ("Kenya closed its border with Somalia. Its government blamed rebels.", "government", "government:KEN", "owned"),
    ("The African Union sent observers. A poll pleased the bloc.", "bloc", "org:african-union", "a union of states"),
    ("NATO will send ships. Few doubt the alliance.", "alliance", "org:nato", "a union of states"),
    (
        "The UN Security Council met. Oslo ignored the council.",
        "council",
        "org:united-nations-security-council",
        "a word of its name",
    ),
    ("Hezbollah fired rockets. The Lebanese group lost two men.", "Lebanese group", "org:hezbollah", "its land"),
    ("Hezbollah fired rockets. The Peruvian group lost two men.", "Peruvian group", None, "another land"),
    ("Hezbollah fired rockets. The new group lost two men.", "new group", None, "another group"),
    ("Norway's central bank kept its rate.", "central bank", "org:norges-bank", "a country has one"),
    ("The regional parliament of Bavaria met.", "regional parliament", None, "of a part of the country"),
    ("The Kremlin was silent. Farmers in Lyon said the government had failed.", "government", None, "set elsewhere"),
]


@pytest.mark.parametrize(("text", "words", "actor_id", "reason"), BODIES)
def test_a_description_means_the_body_that_it_takes_up(text, words, actor_id, reason):
    assert row(text, words).actor_id == actor_id, reason


@pytest.mark.parametrize(
    ("text", "words", "code", "reason"),
    [
        ("The African Union met. A spokesman for the bloc said so.", "spokesman", "IGOAFU", "he speaks for it"),
        ("Norvia Corp. fell. A spokesman for the company said so.", "spokesman", "BUS", "he speaks for it"),
        ("A spokesman for the festival said so.", "spokesman", None, "nobody whom we know"),
    ],
)
def test_a_spokesman_has_the_code_of_whom_the_words_take_up(text, words, code, reason):
    assert row(text, words).actor_code == code, reason


NAIROBI = "NAIROBI (Ledger Wire) - Kenya will close a camp near Somalia. "


@pytest.mark.parametrize(
    ("text", "words", "code", "reason"),
    [
        (NAIROBI + "The authorities called it a threat.", "authorities", "KENGOV", "sent from the seat of Kenya"),
        (NAIROBI + "Somalia said the army had fled.", "army", "MIL", "a sentence on the other country"),
        (NAIROBI + "Envoys met on Monday.", "Envoys", "GOV", "guests"),
        (NAIROBI + "Foreign officials met on Monday.", "Foreign officials", "GOV", "not the country's own"),
        ("MOMBASA (Ledger Wire) - Kenya fears Somalia and Somali rebels. The army is ready.", "army", "MIL", "no seat"),
        (
            "NAIROBI (Ledger Wire) - Somalia and Eritrea met Somalia's rebels. The army fled.",
            "army",
            "MIL",
            "more on another",
        ),
    ],
)
def test_organs_in_a_datelined_story_are_those_of_its_country(text, words, code, reason):
    assert row(text, words).actor_code == code, reason


@pytest.mark.parametrize(
    ("text", "words", "actor_id", "reason"),
    [
        ("OBAMA VISITS CUBA\n\nThe trip began on Sunday.", "OBAMA", "person:barack-obama", "capitals tell nothing"),
        ("NATO WARNS RUSSIA\n\nThe talks failed.", "NATO", "org:nato", "an acronym stays one"),
        ("TRUMP WINS NEW HAMPSHIRE\n\nPolls closed.", "NEW HAMPSHIRE", "place:new-hampshire-usa", "two words"),
        ("John F. Kerry flew home.", "John F. Kerry", "person:john-kerry", "an initial inside"),
        ("Sen. Grassley voted in the United States Senate.", "Grassley", "person:chuck-grassley", "title and surname"),
        ("Trump and Clinton spoke in Ohio. Clinton won the debate.", "Clinton", "person:hillary-clinton", "no town"),
        ("The bus from Clinton was late in Iowa.", "Clinton", None, "a town"),
    ],
)
def test_headlines_and_surnames_name_people(text, words, actor_id, reason):
    found = row(text, words)
    assert (found.actor_id if found.from_registry else None) == actor_id, reason


def test_a_line_in_capitals_keeps_its_text():
    text = "OBAMA VISITS CUBA\n\nThe trip began on Sunday."
    assert all(text[r.start : r.end] == r.text for r in rows(text))
