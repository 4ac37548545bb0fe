"""What a text tells as an act and what it only speaks of; recipients outside the frame. Sentences written for the purpose."""

from __future__ import annotations

import pytest
from test_events import events_of


@pytest.mark.parametrize(
    ("text", "code", "recipient", "reason"),
    [
        ("Police opened fire to disperse students in Abuja.", "193", "students", "in the purpose"),
        ("Norway has provided assistance to support Syrian refugees.", "070", "refugees", "in the purpose"),
        ("Israel mobilized the army for a war against Syria.", "154", "Syria", "against, deep in a phrase"),
        ("The Red Cross suspended aid deliveries in Chad.", "162", "Chad", "those who live in the place"),
        ("The generals declared a state of siege across Bolivia.", "1724", "Bolivia", "those who live in the place"),
        ("Villagers threatened to hold a strike unless Peru rescinds its decree.", "133", "Peru", "who can avert it"),
        ("Nurses went on strike over the Peruvian government's plan.", "143", "Peruvian government", "whose matter"),
        ("Nurses began a hunger strike in protest of a Peruvian law.", "142", "Peruvian law", "in protest of"),
        ("Nepal accepted India's offer.", "030", "India", "whose offer"),
        ("Iran violated a ban by Saudi Arabia.", "128", "Saudi Arabia", "whose ban"),
        ("Britain halted mediation efforts among Chadian factions.", "165", "Chadian factions", "among is between"),
        ("Mali rejected an Algerian attack on Libya.", "120", "Algerian", "who did what is rejected"),
        ("France demanded that police release the video.", "100", "police", "who shall do it"),
        ("Sudan is refusing admittance to Kenyans.", "120", "Kenyans", "who is kept out"),
    ],
)
def test_a_recipient_outside_the_frame_is_found(text: str, code: str, recipient: str, reason: str):
    found = [e for e in events_of(text) if e.cameo_code == code]
    assert len(found) == 1, (reason, [(e.cameo_code, e.trigger) for e in events_of(text)])
    assert recipient in (found[0].recipient or ""), reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Did France condemn Libya?", "a question"),
        ('"Do not shoot him," the man shouted.', "a command"),
        ("Weak laws empower dealers to sell weapons.", "what somebody is empowered to do"),
        ("The law enabled the traders to sell ships to Chad.", "a permission is not its use"),
        ("The aim was to make France condemn Libya.", "what an aim is"),
        ("Should France condemn Libya, prices will fall.", "an inverted condition"),
        ("Companies complain about taxes.", "a habit of companies in general"),
        ("Spain sometimes condemns Libya.", "a habit"),
        ("If we see fraud, we inform the king.", "a rule for always"),
        ("Children are beaten.", "people in general, always"),
        ("France can condemn Libya.", "an ability"),
        ("Only 52 percent of voters praised the king.", "a poll"),
        ("In the event that rebels attack the town, the king leaves.", "a chance"),
        ("Millions of Kenyans supporting the king stayed at home.", "a kind of people"),
        ("Kenya Slams Uganda Over New Trade Rules Before Big Summit.", "a headline in capitals"),
        ("The senator gave two million to his campaign.", "his own"),
        ("The storm forced the villagers out, and Hurricane Ida killed ten people.", "nature"),
        ("Norway asked Peru whether it would attend.", "an indirect question"),
        ("The reporter had no answer to our request for comment.", "no request for an act"),
        ("The firm pushed an agenda.", "what is pushed is nobody"),
        ("The king thanked God.", "nobody"),
        ("Every voter who requests a ballot gets one.", "anybody"),
        ("Few ministers would admit it.", "next to nobody"),
        ("Doctors could agree to work in towns.", "people in general"),
        ("We do not always agree.", "a habit that is denied"),
        ("No prosecutor would charge the mayor.", "nobody in particular"),
        ("Most Americans agree that prices are high.", "a nation thinks so"),
        ("A poll found that Kenyans oppose the plan.", "a poll"),
        ("Male voters backed the king, 57 percent to 22 percent.", "the figures of a poll"),
        ("The king met the voters.", "anybody"),
        ("The senator has never met a rival like the governor.", "the like of somebody"),
        ("The king should visit Kenya.", "an opinion"),
        ("The king must release the general.", "nobody says so"),
        ("Congress has to approve the treaty.", "a rule"),
        ("We have got to release the general.", "a wish"),
        ("The mayor should use his power to force the firm to pay.", "what is wished for"),
        ("The premier thinks that Spain might sign the treaty.", "a thought"),
        ("He hopes the rebels will end the strike.", "a hope"),
        ("The king left so he could meet the rebels.", "a purpose"),
        ("If the premier said that he would leave the alliance, prices would fall.", "a report within a condition"),
        ("Assuming that Spain agrees to send troops, the war will end.", "an assumption"),
        ("If Chad attacked the town, I would condemn it.", "what a speaker imagines"),
        ("There is no indication that Spain attacked the village.", "no sign of it"),
        ("The law says when police could shoot somebody.", "a rule"),
        ("The general is willing to be questioned by the senate.", "it would be done to him"),
        ("The king wondered how Spain would decide how far to support Chad.", "a question"),
        ("He demanded that Ann apologize or that Bob fire the mayor.", "what is demanded"),
        ("The premier sold forty bottles.", "a private trade"),
        ("The vote was an indictment of the mayor.", "what a vote amounts to"),
        ("The Organization for Economic Cooperation published a report.", "a word of a name"),
        ("The king fears that Spain will leave the alliance.", "a fear"),
        ("The premier said the general should be in prison.", "a state, no act"),
        ("Donors push the tally beyond the total for 2012.", "nothing is asked for"),
        ("Traders threaten to jam the road.", "a danger, from nobody known"),
        ("The vow not to return made him sad.", "a vow of nothing known"),
    ],
)
def test_what_is_only_spoken_of_is_no_event(text: str, reason: str):
    assert [(e.cameo_code, e.trigger) for e in events_of(text)] == [], reason


@pytest.mark.parametrize(
    ("text", "codes", "reason"),
    [
        ("The senator launched an attack on the governor.", ["111"], "politicians attack each other with words"),
        ("The rebels launched an attack on the town.", ["190"], "rebels do not"),
        ("Students rioted in Lagos, setting fire to a bus.", ["145"], "what rioters burn is their riot"),
        ("The king reneged on his commitment to hold elections.", ["123"], "a commitment that is broken is not made"),
        ("Farmers blocked the road to press their demands for freedom.", ["1443"], "demands are the aim of a protest"),
        ("Germany began to withdraw its troops from Mali.", ["0874"], "what is begun happens"),
        ("The union urged Spain to stop attacking Chad and apologize.", ["0256"], "what is urged is not done"),
        ("The premier was forced to resign.", ["0831", "170"], "what somebody is forced to do happens"),
        ("The king is to visit Kenya.", ["036"], "what somebody is to do is planned"),
        ("The king wants to thank the nurses.", ["051"], "who wants to thank thanks"),
    ],
)
def test_an_act_is_taken_for_what_it_is(text: str, codes: list[str], reason: str):
    assert sorted(e.cameo_code for e in events_of(text)) == codes, reason


def test_an_explosion_is_no_actor():
    (event,) = events_of("Two soldiers were killed by an explosion in Mali.")
    assert (event.actor, event.recipient) == (None, "soldiers")


def test_a_matter_is_named_by_who_is_behind_it():
    (event,) = events_of("France welcomed the decision by Chad.")
    assert (event.recipient, event.recipient_code) == ("Chad", "TCD")


def test_a_possessive_pronoun_is_no_recipient():
    (event,) = events_of("The French premier pledged his support for the plan.")
    assert event.recipient is None or event.recipient != "his"


def test_who_agrees_to_do_something_to_another_does_not_do_it_with_him():
    (event,) = events_of("Peru and Chile agreed to impose sanctions on Spain.")
    assert (event.actor_codes, event.recipient_codes, event.is_mutual) == (["PER", "CHL"], ["ESP"], False)


def test_both_who_agree_among_themselves_are_both_sides():
    (event,) = events_of("Peru and Chile agreed to share information.")
    assert (event.actor_codes, event.recipient_codes, event.is_mutual) == (["PER"], ["CHL"], True)


def test_a_year_in_an_aside_makes_no_history():
    (event,) = events_of("Ann Lee, who led the party during the 2000 election, praised the plan.")
    assert not event.is_historical


def test_a_journey_at_home_is_none_when_it_is_planned():
    assert [e.cameo_code for e in events_of("Olaf Scholz plans to visit Hamburg.")] == []
    assert [e.cameo_code for e in events_of("Olaf Scholz plans to visit Kenya.")] == ["036"]
