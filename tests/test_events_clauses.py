"""Whose a clause is where the parse joins it to another, and whether it tells an act. Sentences written for the purpose."""

from __future__ import annotations

import pytest
from test_events import events_of


@pytest.mark.parametrize(
    ("text", "code", "actor", "reason"),
    [
        ("The senator of Peru said the premier is weak and accused Chad of fraud.", "1121", "senator", "another tense"),
        ("The senator warned that the king will leave and urged Chad to stay.", "020", "senator", "no auxiliary"),
        ("The king insists the bank must pay, and has championed a plan.", "051", "king", "its own auxiliary"),
        ("The minister refused to talk and accused Chad of fraud.", "1121", "minister", "not what was refused"),
        ("The minister said the premier refuses to talk and criticized Chad.", "111", "minister", "above both"),
        ("Leaders are asking how Mali treated them and demanding that Chad leave.", "100", "Leaders", "progressives"),
        ("Tom Ray said the report showed that the king did not know, and accused Chad of fraud.", "1121", "Tom Ray", "a judgment apart"),
        ("Ray discussed the fire that has ruined the fairs and rebels have fought with police.", "190", "rebels", "its own auxiliary"),
        ("Roe supported Peru and Joe Biden has condemned Chad.", "111", "Joe Biden", "one has"),
        ("They showed videos of Tom Ray insulting Chad.", "111", "Tom Ray", "who is filmed"),
        ("The king voiced anger with Malian soldiers blocking the road.", "144", "Malian soldiers", "beside the noun"),
        ("The premier of Mali wrote the report in cooperation with Chad and Niger.", "060", "premier", "who cooperates with both"),
        ("Emmanuel Macron's campaign accused Chad of fraud.", "1121", "Emmanuel Macron's campaign", "a campaign acts"),
    ],
)  # fmt: skip
def test_a_clause_has_the_subject_that_it_goes_on_with(text: str, code: str, actor: str, reason: str):
    assert [e.actor for e in events_of(text) if e.cameo_code == code] == [actor], reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The Clean Water Act made deals with Chad.", "a law"),
        ("Norvia Bank v. the Commission allowed Chad to give money to Mali.", "a court case"),
        ("The Malian party's \"Ban on Chadian Trucks\" initiative began.", "a name"),
        ("Greece launched the expulsion of criminals initiative.", "an initiative is not expelled"),
        ("Seizure Breaches Maritime Treaty", "a headline in capitals"),
        ("Few donors will return, barring a truce.", "a preposition"),
        ("The king led the search for a new way to save water.", "no search for somebody"),
        ("The king echoed the success of Chad.", "no words are echoed"),
        ("The premier made a lot of money in Chad.", "a gain"),
        ("The king offered his frank assessment of the match between Chad and Niger.", "an opinion"),
        ("A banker made a killing in Chad.", "a gain"),
        ("The king has hardened his resistance to arming Chad.", "what is resisted"),
        ("About 82 percent of murders in Chad were committed by men.", "a share"),
        ("Tom Ray asked Chad: \"Did the king leave on Monday, or did you wait?\"", "a question"),
        ("The king has long considered a Chadian deal likely.", "an opinion"),
    ],
)  # fmt: skip
def test_what_only_sounds_like_an_act_is_none(text: str, reason: str):
    assert [(e.cameo_code, e.trigger) for e in events_of(text)] == [], reason


@pytest.mark.parametrize(
    ("text", "code", "flags", "reason"),
    [
        ("The king failed three times to reject the support of the rebels.", "120", "N", "a failure to reject"),
        ("\"I could not disagree more with Chad,\" the senator said.", "110", "", "the highest degree"),
        ("Tom Ray told them that he would not run again, conceding the race to Chad.", "080", "", "what comes of it is done"),
        ("Officers of the army of Mali did not lower their voices in their opposition to Chad.", "120", "", "another word is denied"),
        ("The town was captured by Israel in the 1967 war.", "192", "P", "the war's year is the act's"),
        ("Banks would respond by demanding money from Chad.", "1031", "H", "a means of what is only possible"),
    ],
)  # fmt: skip
def test_the_status_is_that_of_the_act(text: str, code: str, flags: str, reason: str):
    (event,) = [e for e in events_of(text) if e.cameo_code == code]
    found = zip("NFHP", (event.is_negated, event.is_future, event.is_hypothetical, event.is_historical), strict=True)
    assert "".join(letter for letter, flag in found if flag) == flags, reason


@pytest.mark.parametrize(
    ("text", "ids", "reason"),
    [
        ("The king apologized to Joe Biden and to Emmanuel Macron.", ["person:joe-biden", "person:emmanuel-macron"], "to, again"),
        ("The king offered his thanks to rivals Joe Biden and Olaf Scholz.", ["person:joe-biden", "person:olaf-scholz"], "both who are in apposition"),
        ("The king criticized the Kyoto treaty.", [], "a town gives a name"),
        ("The king condemned Emmanuel Macron's friends.", [], "friends are others"),
        ("Chad urged those calling for war to leave.", [], "people"),
        ("The premier criticized a Texas prosecutor's decision.", [], "a prosecutor is no place"),
    ],
)  # fmt: skip
def test_the_recipients_are_all_that_are_named(text: str, ids: list[str], reason: str):
    (event,) = events_of(text)
    assert (event.recipient is not None, event.recipient_ids) == (True, ids), reason


def test_who_is_pressed_to_say_something_has_not_said_it():
    assert [e.cameo_code for e in events_of("The league pushed Ann Lee to say that she supports Chad.")] == ["100"]


@pytest.mark.parametrize(
    ("text", "code", "actors", "recipients", "reason"),
    [
        ("Joe Biden, who resigned last week as chief executive, and Olaf Scholz have met investors.", "0831", ["person:joe-biden"], [], "who left is one"),
        ("The king was not the only liberal whom Joe Biden refused to meet in Chad.", "120", ["person:joe-biden"], [], "whom"),
        ("The union was beaten in the primary by Joe Biden.", "182", None, None, "at the polls"),
    ],
)  # fmt: skip
def test_relative_clauses_and_contests(text, code, actors, recipients, reason):
    found = [(e.actor_ids, e.recipient_ids) for e in events_of(text) if e.cameo_code == code]
    assert found == ([] if actors is None else [(actors, recipients)]), reason


def test_who_is_a_person_behind_a_body():
    (event,) = events_of("Ann Lee, an adviser to the old party who criticized Chad, left.")
    assert event.actor == "adviser"
