"""Events: roles, status, tellers, places and retelling, on sentences written for the purpose."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from articles import article
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.actors import find_mentions, load_registry
from pipeline.dates import find_dates
from pipeline.events import find_events
from pipeline.events.contexts import load_contexts, of_code
from pipeline.parse import parse_text
from pipeline.schema import build
from pipeline.statements import find_statements
from pipeline.tables import EVENTS, Event, Statement
from pipeline.vocabulary import cameo

STATUS = Path(__file__).parent / "data" / "events_status.jsonl"
FLAGS = ("is_negated", "is_future", "is_hypothetical", "is_historical")


@cache
def extract(text: str, day: date | None = date(2020, 6, 1)) -> tuple[list[Statement], list[Event]]:
    published = article(text, day)
    parse = parse_text(text)
    mentions = find_mentions(published, parse, load_registry())
    dates = find_dates(published, parse)
    statements = find_statements(published, parse, mentions, dates)
    return statements, find_events(published, parse, mentions, dates, statements)


def events_of(text: str, day: date | None = date(2020, 6, 1)) -> list[Event]:
    return extract(text, day)[1]


@pytest.mark.parametrize(
    ("text", "code", "actor", "recipient", "reason"),
    [
        ("France condemned Libya.", "111", "France", "Libya", "active"),
        ("Libya was condemned by France.", "111", "France", "Libya", "passive"),
        ("The mayor was shot by a gunman.", "193", "a gunman", "The mayor", "passive with nouns"),
        ("French police, who arrested the editor, left.", "173", "French police", "editor", "relative clause"),
        ("Rebels agreed to release the hostages.", "0353", "Rebels", "hostages", "control: agreed to"),
        ("Japan, which imposed sanctions on Burma, is silent.", "163", "Japan", "Burma", "which"),
        ("Peru and Chile signed an agreement.", "057", "Peru", "Chile", "reciprocal, both in the subject"),
        ("Peru signed an agreement with Chile.", "057", "Peru", "Chile", "reciprocal, with-phrase"),
        ("Egypt asked Kenya for military aid.", "0232", "Egypt", "Kenya", "for-phrase is the content"),
        ("France urged Libya to withdraw its troops.", "0256", "France", "Libya", "object control"),
        ("France demanded that Libya withdraw its troops.", "1056", "France", "Libya", "subjunctive"),
        ("France demanded the withdrawal of Libyan troops.", "1056", "France", "Libyan troops", "nominal, of"),
        ("Iran rejected an offer of talks by Iraq.", "125", "Iran", "Iraq", "an answer goes to who asked"),
        ("Israel launched an attack on Lebanon.", "190", "Israel", "Lebanon", "light verb, on-phrase"),
        ("Russia's invasion of Ukraine continued.", "192", "Russia", "Ukraine", "possessive and of-phrase"),
        ("Norway mediated talks between Iran and Iraq.", "045", "Norway", "Iran", "between"),
        ("Togo expelled the Beninese ambassador.", "161", "Togo", "Beninese ambassador", "object decides the code"),
        ("Japan cut off aid to Burma.", "162", "Japan", "Burma", "phrasal verb, to-phrase"),
        ("Japan suspended talks with Burma.", "164", "Japan", "Burma", "the act ended is in the object"),
        ("Peru threatened to impose sanctions on Chile.", "1312", "Peru", "Chile", "threat of an act"),
        ("Peru refused to negotiate with Chile.", "125", "Peru", "Chile", "refusal of an act"),
        ("Peru offered to negotiate with Chile.", "036", "Peru", "Chile", "offer of an act"),
        ("Peru will negotiate with Chile.", "036", "Peru", "Chile", "announced cooperation is an intent"),
        ("Peru accused Chile of espionage.", "1125", "Peru", "Chile", "of-phrase decides the code"),
    ],
)
def test_who_did_what_to_whom(text, code, actor, recipient, reason):
    found = [e for e in events_of(text) if e.cameo_code == code]
    assert len(found) == 1, (reason, [(e.cameo_code, e.trigger) for e in events_of(text)])
    event = found[0]
    assert actor.removeprefix("The ").removeprefix("a ") in (event.actor or ""), reason
    assert recipient.removeprefix("The ") in (event.recipient or ""), reason


@pytest.mark.parametrize(
    ("text", "actor_codes", "recipient_codes"),
    [
        ("France and Italy condemned Libya.", ["FRA", "ITA"], ["LBY"]),
        ("France condemned Libya, Syria and Iran.", ["FRA"], ["LBY", "SYR", "IRN"]),
        ("France condemned Libya.", ["FRA"], ["LBY"]),
    ],
)
def test_coordinated_actors_are_lists(text, actor_codes, recipient_codes):
    (event,) = events_of(text)
    assert (event.actor_codes, event.recipient_codes) == (actor_codes, recipient_codes)
    assert (event.actor_code, event.recipient_code) == (actor_codes[0], recipient_codes[0])


def test_a_bare_role_is_no_code_of_an_actor():
    (event,) = events_of("Police arrested the editor.")
    assert (event.actor, event.actor_code, event.actor_codes) == ("Police", None, [])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The plan meets the demands of the market.", "to meet a demand is no meeting, and a plan is no actor"),
        ("The clock struck twelve.", "nobody strikes a target"),
        ("She shot a film in Rome.", "an unknown pronoun does nothing to a film"),
        ("The price of oil fell sharply.", "no act"),
        ("Critics of attacks like these abound.", "attacks are only spoken of"),
        ("He went there to condemn Libya.", "an infinitive of purpose tells no act"),
        ("If France condemns Libya, prices fall.", "a condition tells no act"),
        ("Countries that violate the treaty are many.", "a relative clause about nobody in particular"),
        ("", "an empty text"),
        ("…", "no words"),
    ],
)
def test_what_is_no_event_is_left_out(text, reason):
    assert [(e.cameo_code, e.trigger) for e in events_of(text)] == [], reason


def test_the_sense_depends_on_what_stands_beside_the_verb():
    codes = {
        text: [e.cameo_code for e in events_of(text)]
        for text in (
            "Peru struck a deal with Chile.",
            "The miners went on strike.",
            "Israeli jets struck a base in Syria.",
        )
    }
    assert codes == {
        "Peru struck a deal with Chile.": ["057"],
        "The miners went on strike.": ["143"],
        "Israeli jets struck a base in Syria.": ["190"],
    }


def annotated() -> list[tuple[dict[str, Any], list[Event]]]:
    """The annotated sentences with the events whose trigger is the annotated one."""
    rows = [json.loads(line) for line in STATUS.read_text(encoding="utf-8").splitlines()]
    words = [set(row["trigger"].split()) for row in rows]
    return [
        (row, [e for e in events_of(row["text"]) if w & set(e.trigger.split())])
        for row, w in zip(rows, words, strict=True)
    ]


def test_status_flags_are_right_on_nearly_all_annotated_sentences():
    rows = annotated()
    right = sum(bool(found) and all(getattr(found[0], flag) == row[flag] for flag in FLAGS) for row, found in rows)
    assert len(rows) >= 218
    assert right / len(rows) >= 0.97


@pytest.mark.parametrize("flag", FLAGS)
def test_each_status_flag_is_set_where_it_should_be_and_nowhere_else(flag: str):
    rows = [(row[flag], getattr(found[0], flag)) for row, found in annotated() if found]
    wanted, found = [f for w, f in rows if w], [w for w, f in rows if f]
    assert sum(wanted) / len(wanted) >= 0.95
    assert sum(found) / len(found) >= 0.95


def test_each_flag_is_both_set_and_unset_in_the_annotated_sentences():
    rows = [json.loads(line) for line in STATUS.read_text(encoding="utf-8").splitlines()]
    assert all({row[flag] for row in rows} == {True, False} for flag in FLAGS)


def test_a_demanded_act_is_not_told_as_done():
    codes = {e.cameo_code for e in events_of("Spain demanded that Libya release the hostages.")}
    assert codes == {"1053"}


def test_a_statement_that_is_an_act_is_also_an_event():
    statements, events = extract("Iran accused Iraq of attacking the port of Basra.")
    (event,) = [e for e in events if e.cameo_code.startswith("112")]
    cues = [s for s in statements if s.cue_start is not None and s.cue_start == event.trigger_start]
    if cues:
        assert event.reported_by_statement_id == cues[0].statement_id


def test_an_event_inside_a_statement_is_reported_by_it():
    statements, events = extract("The French government said that Libya expelled the Italian ambassador.")
    (event,) = [e for e in events if e.cameo_code == "161"]
    holding = [s for s in statements if s.content_start <= event.trigger_start < s.content_end]
    assert holding
    assert event.reported_by_statement_id == holding[-1].statement_id


def test_an_event_that_the_article_tells_has_no_statement():
    (event,) = events_of("France condemned Libya.")
    assert event.reported_by_statement_id in {s.statement_id for s in extract("France condemned Libya.")[0]} | {None}


def test_the_same_event_told_twice_is_one_row_with_its_mentions():
    text = "Japan imposed sanctions on Burma. Officials in Tokyo were silent.\n\nJapan imposed sanctions on Burma."
    found = [e for e in events_of(text) if e.cameo_code == "163"]
    assert [e.n_mentions for e in found] == [2]


def test_a_denied_and_a_told_event_stay_apart():
    text = "Japan imposed sanctions on Burma.\n\nJapan did not impose sanctions on Burma."
    assert sorted(e.is_negated for e in events_of(text) if e.cameo_code == "163") == [False, True]


def test_events_of_unknown_actors_are_never_joined():
    text = "Gunmen kidnapped a nurse.\n\nGunmen kidnapped a nurse."
    assert [e.n_mentions for e in events_of(text)] == [1, 1]


def test_what_protesters_demand_is_the_aim_of_their_protest():
    codes = [
        e.cameo_code for e in events_of("Students protested in Cairo on Monday, demanding the release of the editor.")
    ]
    assert codes == ["141"]


def test_killing_and_wounding_in_one_attack_are_one_event():
    codes = [e.cameo_code for e in events_of("Rebels attacked a village in Chad, killing ten farmers.")]
    assert codes == ["190"]


def test_the_country_of_an_event_comes_from_its_place_and_never_from_an_actor():
    (event,) = [e for e in events_of("Israel condemned Iran.") if e.cameo_code == "111"]
    assert (event.place, event.country) == (None, None)


def test_contexts_are_those_of_the_sentence_and_of_the_article():
    text = "Spain condemned the terrorist group.\n\n" + "The nurse left the hospital. " * 3
    (event,) = [e for e in events_of(text) if e.cameo_code == "111"]
    assert "terrorism" in event.contexts
    assert event.article_contexts == ["health"]


TEXTS = [json.loads(line)["text"] for line in STATUS.read_text(encoding="utf-8").splitlines()]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=5))
def test_every_surface_stands_in_the_text_and_every_row_fits_the_table(texts):
    text = "\n".join(texts)
    statements, events = extract(text)
    for event in events:
        for surface in EVENTS.surfaces:
            words, start, end = (getattr(event, name) for name in surface)
            assert (words is None) == (start is None) == (end is None)
            assert words is None or text[start:end] == words
        assert 0 <= event.confidence <= 1
    assert len({e.event_id for e in events}) == len(events)
    known = {s.statement_id for s in statements}
    assert all(e.reported_by_statement_id in known | {None} for e in events)
    assert build(EVENTS, events, "0").num_rows == len(events)


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gives_rows_or_none(text):
    assert isinstance(events_of(text), list)


def test_undated_articles_have_events_too():
    (event,) = events_of("France condemned Libya.", None)
    assert (event.event_from, event.event_to, event.is_historical) == (None, None, False)


def test_the_contexts_are_plovers_37_and_the_codes_name_no_others():
    known = {context for contexts in load_contexts().values() for context in contexts}
    assert len(known) == 37
    assert {context for code in cameo() for context in of_code(code)} <= known


def test_nobody_is_the_recipient_of_their_own_act():
    (row,) = events_of("Chad's foreign minister Adam Sene met his Kenyan counterpart.")
    assert row.recipient == "his Kenyan counterpart"
    assert not set(row.recipient_ids) & set(row.actor_ids)
    assert row.recipient_codes == ["KEN"]


@pytest.mark.parametrize(
    ("text", "recipient", "reason"),
    [
        ("The court fined the bank two million euros.", "bank", "the one who pays, not the sum"),
        ("Kidnappers demanded a ransom of 100 million naira.", None, "a sum receives nothing"),
    ],
)
def test_a_sum_is_no_recipient(text: str, recipient: str | None, reason: str):
    (row,) = events_of(text)
    assert row.recipient == recipient, reason


@pytest.mark.parametrize(
    ("text", "is_mutual"),
    [
        ("Chad suspended talks with Niger.", False),
        ("Chad held talks with Niger.", True),
    ],
)
def test_what_one_side_ends_is_not_mutual(text: str, is_mutual: bool):
    (row,) = events_of(text)
    assert row.is_mutual is is_mutual


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Rebels tried to kill the mayor in August 1991.", "1991-08"),
        ("The premier is scheduled to visit Kenya in December.", "2020-12"),
        ("The premier promised on Friday to visit Kenya in December.", "2020-05-29"),
    ],
)
def test_what_is_tried_or_planned_has_the_day_of_its_content(text: str, edtf: str):
    (row,) = events_of(text)
    assert row.event_edtf == edtf


def test_declining_to_say_is_no_comment():
    (row,) = events_of("Kenya's foreign ministry declined to say whether it would pay.")
    assert row.cameo_code == "011"


def test_somebody_keeps_their_own_id_beside_the_one_whose_they_are():
    (row,) = events_of("The DUP's Sammy Wilson accused Kenya of fraud.")
    assert row.actor_code == "GBRPTY"
    assert row.actor_id is not None
    assert row.actor_id != "org:democratic-unionist-party"


@pytest.mark.parametrize(
    ("text", "codes", "reason"),
    [
        ("Emmanuel Macron visited Nairobi on Monday.", ["042"], "a town abroad"),
        ("Emmanuel Macron visited Lyon on Monday.", [], "a town at home"),
        ("Olaf Scholz was convicted of fraud on Monday.", ["116"], "a verdict on a known accused"),
    ],
)
def test_visits_and_verdicts_are_told_of_known_people(text: str, codes: list[str], reason: str):
    assert [e.cameo_code for e in events_of(text)] == codes, reason


@pytest.mark.parametrize(
    ("text", "actors", "recipients", "is_mutual", "reason"),
    [
        ("Negotiators from Chad and Niger met in Vienna.", [("Chad", "TCDGOV")], [("Niger", "NERGOV")], True, "from"),
        ("Chadian and Nigerien negotiators ended two days of talks in Geneva.",
         [("Chadian", "TCDGOV")], [("Nigerien negotiators", "NERGOV")], True, "demonyms, what both end"),
        ("Troops from Chad and Niger attacked the rebels.",
         [("Troops", "TCDMIL"), ("Troops", "NERMIL")], [("rebels", None)], False, "two countries' troops do one act"),
        ("Norway sent food to help people in Chad, Niger and Mali.",
         [("Norway", "NOR")], [("people", "TCDCVL"), ("people", "NERCVL"), ("people", "MLICVL")], False, "three lands"),
    ],
)  # fmt: skip
def test_a_group_of_several_countries_counts_for_each(text, actors, recipients, is_mutual, reason):
    event = events_of(text)[0]
    told = (event.actor, event.actor_codes, event.recipient, event.recipient_codes, event.is_mutual)
    codes = [[c for _, c in side if c] for side in (actors, recipients)]
    assert told == (actors[0][0], codes[0], recipients[0][0], codes[1], is_mutual), reason


@pytest.mark.parametrize(
    ("text", "code", "recipient", "codes", "reason"),
    [
        ("Peru imposed sanctions on three Chilean entities.", "163", "three Chilean entities", ["CHL"], "whose they are"),
        ("Chad will lift the embargo that it has imposed on Niger.", "0354", "Niger", ["NER"], "in a relative clause"),
        ("Peru gave approval for Chile to send nurses.", "051", "Chile", ["CHL"], "who may"),
        ("Prosecutors opened an inquiry into reports that Kenyan officers sold rifles.", "090", "Kenyan officers", ["KEN"], "the accused"),
        ("Norway launched a mediation effort to prevent a clash between Chad and Niger.", "045", "Chad", ["TCD", "NER"],
         "the sides between which"),
        ("Nurses rallied outside the Chilean consulate.", "141", "Chilean consulate", ["CHLGOV"], "against the state"),
        ("Farmers demonstrated in front of the Ministry of Agriculture in Rome.", "141", "Ministry of Agriculture",
         ["ITAGOV"], "against the ministry"),
        ("Pupils went on strike in Braga.", "143", None, [], "a place is nobody that a protest is against"),
        ("The radio stations were ordered to suspend broadcasts.", "172", "radio stations", [], "told to do it, not the doer"),
    ],
)  # fmt: skip
def test_recipients_outside_the_frame(text, code, recipient, codes, reason):
    event = events_of(text)[0]
    assert (event.cameo_code, event.recipient, event.recipient_codes) == (code, recipient, codes), reason


@pytest.mark.parametrize(
    ("text", "codes", "reason"),
    [
        ("Two bakers were arrested for helping the rebels.", ["173"], "that he did it is the charge"),
        ("A judge convicted the general of killing monks.", ["116"], "a verdict alone"),
        ("Kenya praised Uganda for releasing the prisoners.", ["051", "0841"], "what is praised was done"),
        ("Kenya asked nurses to cancel the march that they had planned.", ["0252"], "one march"),
        ("The nurses marched and rallied.", ["141"], "one act in two words"),
        ("Police arrested two men and detained three women.", ["173", "173"], "two acts"),
        ("An Israeli air strike killed two men.", ["195"], "the strike is what killed"),
        ("The senator mounted a public attack on the minister.", ["111"], "in words"),
        ("The premier met with stiff resistance.", [], "nobody is met"),
    ],
)
def test_one_act_is_one_row(text, codes, reason):
    assert [e.cameo_code for e in events_of(text)] == codes, reason


@pytest.mark.parametrize(
    ("text", "recipient", "codes", "reason"),
    [
        (
            "Spain paid damages to Ann Lee. Spain gave food to her family.",
            "her family",
            [],
            "a family is not the person",
        ),
        (
            "Spain condemned Vladimir Putin's government.",
            "Vladimir Putin's government",
            ["RUSGOV"],
            "a state's organ has its country",
        ),
    ],
)
def test_the_people_of_a_person_are_not_the_person(text, recipient, codes, reason):
    event = events_of(text)[-1]
    assert (event.recipient, event.recipient_codes) == (recipient, codes), reason
    assert event.recipient_id is None or not event.recipient_id.startswith("person:"), reason


def test_a_hyphen_inside_a_word_ends_no_dateline():
    event = events_of("Senator Bob Hale (D-Ohio) accused Iran of lying.")[0]
    assert (event.actor, event.recipient) == ("Bob Hale", "Iran")
