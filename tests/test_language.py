"""English or not, for a headline as for an article."""

from __future__ import annotations

import pytest

from pipeline.articles.language import ENGLISH, find_language, parse_language, read_function_words, read_languages

FOREIGN = [
    ("de", "Die Kanzlerin besucht am Montag Paris."),
    ("de", "Polizei nimmt zwei Männer in Köln fest"),
    ("de", "Bahn streikt ab Mittwoch"),
    ("de", "Erdbeben in der Türkei: Tausende Tote"),
    ("fr", "Le ministre a démissionné mardi soir."),
    ("fr", "La grève continue à la SNCF"),
    ("fr", "Emmanuel Macron en visite à Washington"),
    ("fr", "Inflation: les prix baissent"),
    ("es", "El presidente visitó Madrid el lunes."),
    ("es", "Miles de personas protestan en Buenos Aires contra la reforma"),
    ("es", "Detienen a cinco sospechosos en Bogotá"),
    ("es", "Argentina gana a Brasil en la final"),
    ("it", "Il presidente del Consiglio è atteso a Bruxelles."),
    ("it", "Terremoto in Umbria, nessun ferito"),
    ("pt", "O presidente do Brasil viajou para Lisboa na terça-feira."),
    ("pt", "Greve geral para o país"),
    ("nl", "De premier ontmoet de koning op het paleis."),
    ("nl", "Boeren blokkeren snelweg bij Utrecht"),
    ("pl", "Premier spotkał się z prezydentem w Warszawie."),
    ("sv", "Regeringen lägger fram sin budget på torsdag."),
    ("tr", "Bakan salı günü istifa etti."),
    ("fi", "Hallitus esitteli budjettinsa torstaina."),
    ("id", "Presiden mengunjungi Surabaya pada hari Senin."),
    ("ru", "Министр иностранных дел подал в отставку."),
    ("uk", "Прем'єр-міністр відвідав Харків."),
    ("ar", "استقال وزير الخارجية يوم الثلاثاء."),
    ("fa", "وزیر امور خارجه روز سه‌شنبه استعفا داد."),
    ("zh", "外交部长周二辞职。"),
    ("ja", "外務大臣は火曜日に辞任した。"),
    ("ko", "외무장관이 화요일에 사임했다."),
    ("el", "Ο υπουργός παραιτήθηκε την Τρίτη."),
    ("he", "שר החוץ התפטר ביום שלישי."),
    ("hi", "विदेश मंत्री ने मंगलवार को इस्तीफा दिया।"),
    ("de", "Die Zentralbank hat den Leitzins erneut angehoben. „Wir sind nicht fertig“, sagte ihre Präsidentin."),
    ("fr", "Le ministre a dit, citant un diplomate: “This is not over.” Les négociations reprendront mardi à Genève."),
]

ENGLISH_TEXTS = [
    ("Protests.", "one word"),
    ("Oil up.", "two short words"),
    ("GDP +0.3%", "an abbreviation and a figure"),
    ("Merkel visits Paris", "a headline of names"),
    ("Macron meets Scholz in Berlin", "a headline of names"),
    ("Xi Jinping and Narendra Modi meet in Kazan.", "names in pinyin and Hindi"),
    ("Lula sworn in as Brazil president", "a headline"),
    ("Bolsonaro supporters storm Congress in Brasília", "an accent"),
    ("Al-Shabaab kills 12 in Mogadishu", "Arabic and Somali names"),
    ("Le Pen loses appeal", "a French article as part of a name"),
    ("De Klerk apologises", "a particle at the head"),
    ("El Niño returns", "a Spanish name"),
    ("Das Boot director Wolfgang Petersen dies", "a German title"),
    ("La Repubblica reported Monday that Meloni had met Macron in Roma.", "an Italian paper"),
    ("Erich Honecker was born in Neunkirchen.", "words that German has, too"),
    ("Real Madrid beat Bayern München 2-1 at the Santiago Bernabéu.", "clubs"),
    ("Jean-Luc Mélenchon and François Ruffin quarrel over La France insoumise.", "a French party"),
    ("“Je suis Charlie”, they said.", "a quotation in French"),
    ("PSOE, Junts sign amnesty deal", "Spanish parties"),
    ("Nguyen Phu Trong dies", "a Vietnamese name"),
    ("Kim Jong Un fires missile", "a Korean name"),
    ("The paper wrote: “Der Kanzler hat gelogen, und das weiß er.” His spokesman said that it had not.", "a quotation"),
    ("POLICE ARREST TWO IN KÖLN", "capitals"),
]


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_a_text_in_another_language_is_told(code, text):
    assert find_language(text).code == code


@pytest.mark.parametrize(("text", "reason"), ENGLISH_TEXTS)
def test_english_stays_english_whatever_names_it_holds(text, reason):
    assert find_language(text).code == ENGLISH, reason


def test_what_the_record_declares_decides_where_the_text_leaves_it_open():
    text = "Meloni incontra Macron a Parigi"
    assert find_language(text, "it").code == "it"
    assert find_language(text, "en").code == ENGLISH
    assert find_language("Telefónica buys Vodafone España", "en").code == ENGLISH


def test_what_the_record_declares_does_not_make_a_text_english():
    assert find_language("Le ministre a démissionné mardi soir à Paris.", "en").code == "fr"
    assert find_language("The minister resigned on Tuesday evening.", "fr").code == ENGLISH


def test_a_long_text_is_told_by_its_beginning():
    assert find_language("Le ministre a démissionné mardi soir. " * 100_000).code == "fr"


DECLARED = [
    ("en", "en"),
    ("EN", "en"),
    ("en-US", "en"),
    ("en_GB", "en"),
    ("en_US.UTF-8", "en"),
    ("eng", "en"),
    ("English", "en"),
    ("english", "en"),
    (" fr ", "fr"),
    ("ger", "de"),
    ("deu", "de"),
    ("German", "de"),
    ("zh-Hans-CN", "zh"),
    ("", None),
    ("xx", None),
    ("unknown", None),
    ("7", None),
    ("x" * 9_999, None),
    ("\ud800", None),
    ("gsw", None),
]


@pytest.mark.parametrize(("value", "code"), DECLARED)
def test_a_declared_language_becomes_its_two_letter_code(value, code):
    assert parse_language(value) == code


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("language\tword\nxx\tabc\n", "unknown language"),
        ("language\tword\nde\tund\nde\tund\n", "already stands on line 2"),
    ],
)
def test_a_table_of_function_words_that_is_not_clear_is_refused(tmp_path, table, message):
    path = tmp_path / "words.tsv"
    path.write_text(table)
    with pytest.raises(ValueError, match=message):
        read_function_words(path)


def test_no_function_word_of_another_language_is_an_english_one():
    words = read_function_words()
    assert words.keys() <= read_languages()
    assert not {word for language, own in words.items() if language != ENGLISH for word in own} & words[ENGLISH]


@pytest.mark.parametrize(
    ("table", "message"),
    [("code\tname\nen\tEnglish\nen\tEnglish\n", "already stands"), ("code\tname\neng\tEnglish\n", "two-letter code")],
)
def test_a_table_of_languages_that_is_not_clear_is_refused(tmp_path, table, message):
    path = tmp_path / "languages.tsv"
    path.write_text(table)
    with pytest.raises(ValueError, match=message):
        read_languages(path)
