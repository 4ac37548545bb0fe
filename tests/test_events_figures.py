"""Figures of speech: words of force by which a text tells an argument. Sentences written for the purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_events import events_of

from pipeline.events.figures import load_figures
from pipeline.events.words import load_words


@pytest.mark.parametrize(
    ("text", "codes", "reason"),
    [
        ("The senator escalated her attacks on the governor.", ["111"], "a light verb with words of force"),
        ("The senator issued a new line of attack.", ["111"], "nobody is named, but a senator commands no troops"),
        ("The two candidates clashed over taxes.", ["111"], "a debate"),
        ("The aide clashed with the minister.", ["111"], "neither has arms"),
        ("Donald Trump and Hillary Clinton traded fire in the debate.", ["111"], "no gun was fired"),
        ("The army clashed with the rebels.", ["190"], "both have arms"),
        ("Protesters clashed with police.", ["145"], "a crowd fights with more than words"),
        ("The king attacked the village.", ["190"], "who governs may command an army"),
        ("The senator was attacked by rebels near the border.", ["190"], "rebels use arms, also on a senator"),
        ("The soldier assaulted the nurse.", ["182"], "an assault on somebody is none of words"),
        ("An advertising onslaught by the senator began.", [], "a campaign in advertisements, on nobody"),
        ("The firm's charm offensive against its critics began.", [], "no force at all"),
        ("Hillary Clinton's rebellion against the senator fizzled.", [], "a rebellion in a party"),
        ("The senator beat the governor in the primary.", [], "at the polls"),
        ("Police beat the students.", ["182"], "with sticks"),
        ("The candidates captured the town.", [], "the votes of a town"),
        ("The army captured the town.", ["192"], "with arms"),
        ("The king stopped his attacks on the rebels.", ["087"], "what ends was an attack"),
    ],
)
def test_force_is_told_from_words_of_force(text: str, codes: list[str], reason: str):
    assert [e.cameo_code for e in events_of(text)] == codes, (reason, [(e.cameo_code, e.rule) for e in events_of(text)])


@pytest.mark.parametrize(
    ("text", "codes", "reason"),
    [
        ("The spies hijacked the website of the bank.", ["171"], "nobody is abducted"),
        ("The crowd greeted the premier with applause.", ["051"], "applause is praise, no visit"),
        ("The premier stopped by the office to thank the nurses.", [], "nothing is stopped"),
        ("The poll of voters was released by the firm.", [], "nobody was held"),
        ("We take our duties to the court seriously.", [], "nobody is sued"),
        ("The firm treated the nurses badly.", [], "no medical care"),
        ("Norwegian doctors treated the wounded.", ["073"], "medical care"),
        ("The senator requested anonymity.", [], "of a reporter, from nobody"),
        ("The premier looked into the camera.", [], "no inquiry"),
        ("The union broke ranks with the party.", ["160"], "an ally leaves"),
        ("The army dismantled the missiles.", ["0873"], "arms"),
        ("The senator dismantled the argument.", [], "no arms"),
        ("The president gave gifts in two towns.", [], "he did not give in"),
        ("The court overturned the ruling.", ["120"], "a ruling is rejected"),
        ("The court overturned the conviction.", ["081"], "a punishment is lifted"),
        ("Malta sent back the refugees.", ["174"], "people are deported, not returned"),
        ("The senator returned to the chamber as the same man.", [], "nothing is given back"),
        ("The governor is waging a war on waste.", [], "waste is nobody"),
        ("God blessed the king.", [], "nobody does it"),
        ("The storm forced the fishermen to leave the island.", [], "nature"),
        ("The firm promised to send food to Chad and to win the election.", ["0333"], "winning an election holds none"),
        ("The mayor urged the firm to release the tapes of its talks with Chad.", ["020"], "the tapes, not the talks"),
    ],
)
def test_a_sense_holds_for_who_can_do_it_to_whom(text: str, codes: list[str], reason: str):
    assert [e.cameo_code for e in events_of(text)] == codes, (reason, [(e.cameo_code, e.rule) for e in events_of(text)])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("word\tpos\tcode\tnote\nattack\t\t999\t\n", "'999' is no CAMEO code"),
        ("word\tpos\tcode\tnote\nattack\tx\t111\t\n", "pos 'x' is neither n nor v"),
        ("word\tpos\tcode\tnote\nattack\t\t111\t\nattack\t\t-\t\n", "attack"),
    ],
)
def test_a_figure_that_is_not_understood_is_refused(tmp_path: Path, rows: str, message: str):
    file = tmp_path / "figures.tsv"
    file.write_text(rows)
    with pytest.raises(ValueError, match=message):
        load_figures(file)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("list\twords\tnote\nlight\thold hold\t\n", "a word stands twice"),
        ("list\twords\tnote\nlight\t\t\n", "words is empty"),
        ("list\twords\tnote\nlight\thold\t\nlight\tmake\t\n", "light"),
    ],
)
def test_a_list_of_words_that_is_wrong_is_refused(tmp_path: Path, rows: str, message: str):
    file = tmp_path / "words.tsv"
    file.write_text(rows)
    with pytest.raises(ValueError, match=message):
        load_words(file)
