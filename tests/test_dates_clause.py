"""Which date an act gets. All sentences are the project's own."""

from datetime import date

import pytest
from articles import article

from pipeline.dates import choose_date, find_dates
from pipeline.parse import parse_text

WEDNESDAY = date(2023, 3, 1)


def choose(text, word, published=WEDNESDAY):
    parse = parse_text(text)
    rows = find_dates(article(text, published), parse)
    return choose_date(parse, rows, parse.word.index(word), published)


CASES = [
    ("Rebels attacked the town on Monday.", "attacked", "Monday", "2023-02-27", "clause", "its own clause"),
    ("The minister said on Tuesday that talks would resume.", "said", "Tuesday", "2023-02-28", "clause", "of the cue"),
    ("The minister said talks would resume on Friday.", "resume", "Friday", "2023-03-03", "clause", "of the content"),
    ("In 2019 the parties signed a treaty.", "signed", "2019", "2019", "clause", "before the verb"),
    ("The attack on Monday killed two soldiers.", "attack", "Monday", "2023-02-27", "phrase", "in its own phrase"),
    (
        "On Monday the rebels took the bridge and burned the mill.",
        "burned",
        "Monday",
        "2023-02-27",
        "conjunct",
        "shared",
    ),
    ("The army has held the town since 2019.", "held", "2019", "2019/..", "clause", "an open interval"),
]


@pytest.mark.parametrize(("text", "word", "raw", "edtf", "rule", "reason"), CASES)
def test_an_act_gets_the_date_of_its_clause(text, word, raw, edtf, rule, reason):
    chosen = choose(text, word)
    assert (chosen.raw, chosen.edtf, chosen.rule) == (raw, edtf, rule), reason


def test_a_cue_does_not_take_the_date_of_what_was_said():
    chosen = choose("The minister said talks would resume on Friday.", "said")
    assert (chosen.raw, chosen.from_, chosen.to, chosen.rule) == (None, None, WEDNESDAY, "past")


def test_a_past_act_told_on_a_known_day_lies_on_or_before_it():
    chosen = choose("On Tuesday the minister said troops had crossed the river.", "crossed")
    assert (chosen.raw, chosen.from_, chosen.to) == ("Tuesday", None, date(2023, 2, 28))
    assert (chosen.edtf, chosen.rule) == ("../2023-02-28", "reported")


FOLLOWING = [
    ("On Tuesday the minister said troops will cross the river.", "cross", "what will be, told on Tuesday"),
    ("On Tuesday the minister vowed to cross the river.", "cross", "what was vowed on Tuesday"),
]


@pytest.mark.parametrize(("text", "word", "reason"), FOLLOWING)
def test_a_future_act_told_on_a_known_day_lies_on_or_after_it(text, word, reason):
    chosen = choose(text, word)
    assert (chosen.raw, chosen.from_, chosen.to) == ("Tuesday", date(2023, 2, 28), None), reason
    assert (chosen.edtf, chosen.rule) == ("2023-02-28/..", "following")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Rebels could attack the town.", "attack"),
        ("Rebels would attack the town.", "attack"),
        ("Rebels refused to attack the town.", "attack"),
    ],
)
def test_what_might_or_should_be_has_no_date(text, word):
    assert choose(text, word) is None


def test_a_present_plan_lies_ahead():
    assert choose("Rebels plan to attack the town.", "attack").edtf == "2023-03-01/.."


def test_a_clause_after_another_does_not_share_its_date():
    chosen = choose("He fled on Monday after stealing a car.", "stealing")
    assert chosen is None or chosen.raw is None


def test_a_relative_clause_does_not_share_the_date_of_its_sentence():
    assert choose("On Monday the man who stole the car fled.", "stole").raw is None


BY_TENSE = [
    ("Rebels attacked the town.", "attacked", "../2023-03-01", "past"),
    ("Rebels have attacked the town.", "attacked", "../2023-03-01", "past"),
    ("Rebels are attacking the town.", "attacking", "../2023-03-01", "present"),
    ("Rebels will attack the town.", "attack", "2023-03-01/..", "future"),
]


@pytest.mark.parametrize(("text", "word", "edtf", "rule"), BY_TENSE)
def test_without_a_date_the_tense_bounds_the_act_by_the_publication_day(text, word, edtf, rule):
    chosen = choose(text, word)
    assert (chosen.raw, chosen.edtf, chosen.rule) == (None, edtf, rule)


def test_an_undated_article_tells_nothing_by_its_tense():
    assert choose("Rebels attacked the town.", "attacked", None) is None


def test_an_undated_article_keeps_the_words():
    chosen = choose("Rebels attacked the town on February 24.", "attacked", None)
    assert (chosen.raw, chosen.from_, chosen.to, chosen.edtf) == ("February 24", None, None, "XXXX-02-24")


@pytest.mark.parametrize("words", ["for three days", "every week", "recently"])
def test_lengths_habits_and_vague_times_date_nothing(words):
    assert choose(f"Rebels attacked the town {words}.", "attacked").rule == "past"


def test_a_date_of_another_sentence_is_not_taken():
    assert choose("The truce began on Monday. Rebels attacked the town.", "attacked").raw is None


def test_the_date_of_a_thing_is_not_the_date_of_the_act():
    assert choose("Rebels violated the 2019 truce.", "violated").raw is None


NOT_SHARED = [
    ("Rebels took the bridge on Monday and the army burned the mill.", "burned", "another subject, behind the date"),
    ("Rebels took the bridge in 2012 and have held the town.", "held", "another tense"),
]


@pytest.mark.parametrize(("text", "word", "reason"), NOT_SHARED)
def test_a_coordinated_act_of_its_own_does_not_share_a_date_behind_the_first(text, word, reason):
    assert choose(text, word).raw is None, reason


def test_a_range_is_taken_whole():
    chosen = choose("The ministers met in Oslo from March 3-5, 2022.", "met")
    assert (chosen.raw, chosen.edtf) == ("March 3-5, 2022", "2022-03-03/2022-03-05")
    assert (chosen.from_, chosen.to) == (date(2022, 3, 3), date(2022, 3, 5))


VERBS = [
    ("The senator said on Tuesday he would resign on Friday.", "said", "2023-02-28", "clause", "right behind the verb"),
    ("The senator said on Tuesday he would resign on Friday.", "resign", "2023-03-03", "clause", "its own"),
    ("They agreed to lift the ban last Friday.", "agreed", "2023-02-24", "clause", "what is over is not agreed to"),
    ("They agreed to lift the ban last Friday.", "lift", "2023-02-24/..", "following", "what is agreed comes behind"),
    ("They agreed to lift the ban on Friday.", "lift", "2023-03-03", "clause", "what is ahead is"),
    ("On Thursday army drones bombed a depot, witnesses said.", "bombed", "2023-02-23", "clause", "no kind of drones"),
    ("The attack, the third since January, came on Monday.", "attack", "2023-02-27", "clause", "not in apposition"),
    ("The attack, the third since January, came on Monday.", "came", "2023-02-27", "clause", "not in apposition"),
]


@pytest.mark.parametrize(("text", "word", "edtf", "rule", "reason"), VERBS)
def test_a_date_belongs_to_one_verb(text, word, edtf, rule, reason):
    chosen = choose(text, word)
    assert (chosen.edtf, chosen.rule) == (edtf, rule), reason


NOUNS = [
    ("The ministry condemned the attack on Monday.", "attack", "../2023-02-27", "reported", "only spoken of"),
    ("Residents fled on Monday after the attack.", "attack", "../2023-02-27", "reported", "after it"),
    ("Protests over the arrest of the mayor began on Monday.", "arrest", "../2023-02-27", "reported", "over it"),
    ("The rebels left on Monday before the election.", "election", "2023-02-27/..", "following", "before it"),
    ("The rebels launched an attack on the town on Monday.", "attack", "2023-02-27", "clause", "done then"),
    ("The rebels held talks on Monday.", "talks", "2023-02-27", "clause", "held then"),
]


@pytest.mark.parametrize(("text", "word", "edtf", "rule", "reason"), NOUNS)
def test_an_act_that_a_noun_names_lies_with_its_verb_or_is_bounded_by_it(text, word, edtf, rule, reason):
    chosen = choose(text, word)
    assert (chosen.edtf, chosen.rule) == (edtf, rule), reason


def test_two_things_told_share_the_date_before_both():
    text = "On Thursday drones bombed a depot and rebels shelled a hospital, witnesses said."
    assert choose(text, "shelled").raw == "Thursday"


LENT = [
    ("When troops entered the city on Sunday, residents fled.", "fled", "Sunday", "when"),
    ("Speaking on Monday, she denied the charge.", "denied", "Monday", "speaking"),
    ("In a statement issued on Monday, the ministry denied it.", "denied", "Monday", "in a statement"),
]


@pytest.mark.parametrize(("text", "word", "raw", "reason"), LENT)
def test_a_clause_below_that_lies_with_it_lends_its_date(text, word, raw, reason):
    chosen = choose(text, word)
    assert (chosen.raw, chosen.rule) == (raw, "sentence"), reason


NOT_LENT = [
    ("Founded in 1990, the firm closed.", "closed", "a participle of before"),
    ("In a town seized on Monday, residents fled.", "fled", "what is no statement"),
    ("She was jailed on Monday for spying.", "spying", "what she was jailed for"),
]


@pytest.mark.parametrize(("text", "word", "reason"), NOT_LENT)
def test_other_clauses_do_not(text, word, reason):
    chosen = choose(text, word)
    assert chosen is None or chosen.raw is None, reason


def test_between_two_days_is_a_range():
    chosen = choose("Between March 3 and March 5, 2022, rebels shelled the town.", "shelled")
    assert (chosen.raw, chosen.edtf) == ("March 3 and March 5, 2022", "2022-03-03/2022-03-05")


THINGS = [
    ("Donors pushed the tally beyond the total for 2012.", "pushed", None, "the total's"),
    ("The council approved the budget for 2024.", "approved", None, "the budget's"),
    ("He signed the treaty of 1992.", "signed", None, "the treaty's"),
    ("The vote is scheduled for Sunday.", "vote", "Sunday", "planned for it"),
    ("Nine people died in the attack of 3 March 2022.", "died", "3 March 2022", "the attack tells when"),
    ("Ministers met on Friday to discuss ties after the withdrawal.", "withdrawal", None, "before what they discuss"),
]


@pytest.mark.parametrize(("text", "word", "raw", "reason"), THINGS)
def test_the_date_of_a_thing_is_not_that_of_what_is_done_to_it(text, word, raw, reason):
    chosen = choose(text, word)
    assert (chosen.raw if chosen else None) == raw, reason
