"""Who is actor and who is recipient where the grammar hides it. Sentences written for the purpose."""

from __future__ import annotations

import pytest
from test_events import events_of


@pytest.mark.parametrize(
    ("text", "code", "actor", "recipient", "reason"),
    [
        (
            "Mexico: Since May, the French government has banned the rebels.",
            "172",
            "French government",
            "rebels",
            "head",
        ),
        ("Four villagers were killed in a strike by Syrian forces.", "190", "Syrian forces", "villagers", "means"),
        ("The king was arrested and beaten by Malian police.", "173", "Malian police", "king", "by-phrase of both"),
        ("The king was arrested and beaten by Malian police.", "182", "Malian police", "king", "by-phrase of both"),
        ("Lee said the premier of Chad should go, accusing Mali of fraud.", "1121", "Lee", "Mali", "who is quoted"),
        ("The premier of Chad said he would go, accusing Mali of fraud.", "1121", "premier", "Mali", "who is quoted"),
        ("KABUL, May 4 - Rebels shot the mayor.", "193", "Rebels", "mayor", "no dateline"),
        ("The NATO-led force in Chad shot a man.", "193", "NATO-led force", "man", "a whole word"),
        ("The rivals Emmanuel Macron and Olaf Scholz condemned Iran.", "111", "Emmanuel Macron", "Iran", "names"),
        ("The host asked Lee why he had accused Mali of fraud.", "1121", "Lee", "Mali", "who is asked about himself"),
        ("Some of the guards said they opposed the king of Jordan.", "120", "guards", "king", "they"),
        ("Chad's staff accused Iran of fraud.", "1121", "Chad's staff", "Iran", "whose they are"),
        ("The bill, which Peru opposed and which Chile condemned, passed.", "111", "Chile", "bill", "second clause"),
    ],
)
def test_who_acts_is_found_behind_the_grammar(text: str, code: str, actor: str, recipient: str, reason: str):
    found = [(e.actor, e.recipient or "") for e in events_of(text) if e.cameo_code == code]
    assert len(found) == 1, (reason, events_of(text))
    assert (found[0][0], recipient in found[0][1]) == (actor, True), reason


@pytest.mark.parametrize(
    ("text", "code", "recipient", "codes", "reason"),
    [
        ("Chad blamed the flood on Niger.", "112", "Niger", ["NER"], "blame is laid on somebody"),
        ("Peru expressed its rejection and condemnation of Chad's decree.", "120", "Chad", ["TCD"], "shared phrase"),
        ("Spain opened fire to disperse Chadian students, killing one person.", "193", "Chadian students", ["TCDEDU"], "aim"),
        ("Norway launched a mediation to try to prevent a war between Chad and Mali.", "045", "Chad", ["TCD", "MLI"], "aim"),
        ("The United States moved ships into the bay to counter threats from Iran.", "154", "Iran", ["IRN"], "countered"),
        ("The minister refused to resign despite pressure by the Kenyan parliament.", "1231", "Kenyan parliament", ["KENLEG"], "defied"),
        ("Greece plans to impose curbs on its market for Chadian firms.", "132", "Chadian firms", ["TCDBUS"], "not its own"),
        ("Japan lifted sanctions imposed on India after the talks.", "085", "India", ["IND"], "on whom they lay"),
        ("Pakistan refused a request from India to open its border.", "124", "India", ["IND"], "who asked"),
        ("The court granted an order sought by the government of Peru.", "080", "government", ["PERGOV"], "who asked"),
        ("Spain will not lift the sanctions until Cuba frees the prisoners.", "1244", "Cuba", ["CUB"], "who can end it"),
        ("Miners went on strike over a bill signed by the Chilean president.", "143", "Chilean president", ["CHLGOV"], "whose bill"),
        ("Workers blocked the road to press their demands for more pay from the government of Peru.", "144", "government", ["PERGOV"], "of whom it is demanded"),
        ("Rebels held a protest outside the Turkish embassy, protesting the country's raids against the Kurds.", "141", "Turkish embassy", ["TURGOV"], "not whom the others raid"),
        ("Russia refused to allow British airlines to land in Omsk.", "120", "British airlines", ["GBRBUS"], "who is not let"),
        ("Peru agreed to host two hundred people from Chad.", "030", "people", [], "who is from there"),
        ("The army blew up a bridge leading into Kabul.", "183", "a bridge", ["AFG"], "where it is"),
        ("The envoy urged parties to the war in Iraq to free the workers.", "0253", "parties", ["IRQ"], "parties to"),
        ("Spain attacked Islamic State militants in Syria.", "190", "Islamic State militants", ["IMGMOSUAF"], "international"),
        ("Chad has now received the mission of observers from the OSCE.", "0862", "observers", ["IGOSCE"], "behind what counts them"),
        ("The premier met his rival Emmanuel Macron.", "040", "his rival Emmanuel Macron", ["FRAGOV"], "in apposition"),
        ("The king met Premier Shinzo Abe and President Park Geun Hye.", "040", "Shinzo Abe", ["JPNGOV", "KORELI"], "both"),
    ],
)  # fmt: skip
def test_to_whom_it_is_done_is_found_behind_the_grammar(text, code, recipient, codes, reason):
    found = [(e.recipient, e.recipient_codes) for e in events_of(text) if e.cameo_code == code]
    assert found == [(recipient, codes)], reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("On KTV on Monday, the premier of Chad called for aid.", "a phrase before the subject is no addressee"),
        ("Ann Lee demanded that John Roe be released.", "who shall be released shall do nothing"),
        ("Podliska alleges that he was fired.", "the victim did not fire himself"),
    ],
)
def test_nobody_is_the_recipient_where_the_text_names_none(text: str, reason: str):
    assert [e.recipient for e in events_of(text)] in ([None], []), reason


@pytest.mark.parametrize(
    ("text", "ids", "codes", "reason"),
    [
        ("Emmanuel Macron criticized his rivals.", [], [], "a rival has not the code of whose rival he is"),
        ("Joe Biden said that Emmanuel Macron attacked him.", ["person:joe-biden"], ["USAELI"], "somebody else"),
        ("The court condemned the Russian language.", [], [], "a language is no country"),
        ("Spain attacked refugees living in Chad.", [], ["TCDREF"], "who is in a place is not the place"),
        ("Spain supports Spanish-dominant and foreign-born voters.", [], [], "a language is no country"),
        ("The fine was paid to fighters loyal to the Libyan commander. Chad bombed fighters loyal to the Libyan commander.", [], ["LBYUAF"], "whose side they are on"),
    ],
)  # fmt: skip
def test_codes_and_ids_are_those_of_the_words(text, ids, codes, reason):
    event = events_of(text)[-1]
    assert (event.recipient_ids, event.recipient_codes) == (ids, codes), reason


def test_the_id_is_that_of_the_words_and_the_others_stand_in_the_list():
    event = events_of("Chad condemned the press and Emmanuel Macron.")[0]
    assert (event.recipient, event.recipient_id, event.recipient_ids) == ("press", None, ["person:emmanuel-macron"])


def test_a_speaker_known_by_name_only_is_not_we():
    assert not [e for e in events_of('"We backed Chad in that war," Ann Lee wrote.') if e.actor == "Ann Lee"]
    assert [e.actor for e in events_of('"We backed Chad in that war," the minister said.')] == ["minister"]
