"""Whether a weekday is the last or the next one, told by the clause. All sentences are the project's own."""

from datetime import date

import pytest

from pipeline.dates.find import read_dates
from pipeline.parse import parse_text

WEDNESDAY = date(2023, 3, 1)
LAST, NEXT = "2023-02-24", "2023-03-03"
"""The Fridays on both sides of the publication day."""

CASES = [
    ("The senator said on Friday he would resign.", LAST, "right behind a past verb, whatever follows"),
    ("The senator said Friday that he would resign.", LAST, "without a preposition too"),
    ("The senator said he would resign on Friday.", NEXT, "in what he said"),
    ("The senator, who resigned Friday, said he would return.", LAST, "in a relative clause"),
    ("The unions planned a march in the capital on Friday.", NEXT, "a plan of a thing lies ahead"),
    ("She called an emergency session for Friday.", NEXT, "for a day"),
    ("The vote had been called for Friday.", LAST, "what had been called for a day is over"),
    ("The lease had been due to run out on Friday.", LAST, "what had been due is over"),
    ("The lease was due to run out on Friday.", NEXT, "what was due is ahead"),
    ("The record set on Friday stands.", LAST, "set on a day is no plan"),
    ("The trial is set for Friday.", NEXT, "set for a day is one"),
    ("The visit came ahead of a vote on Friday.", NEXT, "ahead of"),
    ("Ahead of Friday's vote, both sides held rallies.", NEXT, "ahead of, with a possessive"),
    ("She will be treated in the wake of her Friday collapse.", LAST, "in the wake of"),
    ("Unions called for a march on Friday.", NEXT, "called for a thing"),
    ("Strong winds hit the coast Friday.", LAST, "a past that looks like a present"),
    ("The firm announced plans to build a plant Friday.", LAST, "bare, at the end of the news"),
    ("The firm has plans to build a plant on Friday.", NEXT, "a plan that holds"),
    ("She said Friday's vote will be close.", NEXT, "behind a past verb, but part of a thing to come"),
    ("Unions called for higher wages in a statement on Friday.", LAST, "in what called for a thing"),
    ("Output will grow less than forecast on Friday.", LAST, "a comparison"),
    ("Officials hoped to reopen the road by Friday.", NEXT, "hoped by a day"),
    ("The army has given the town until Friday to yield.", NEXT, "until a day"),
    ("The parliament votes on Friday.", NEXT, "a present of what is planned"),
    ("The bank has kept its branches closed until Friday.", NEXT, "what holds has its end ahead"),
    ("The bank has been shut until Friday.", NEXT, "what holds has its end ahead"),
    ("The bank stayed shut until Friday.", LAST, "what held has ended"),
    ("The party is heading toward Friday's vote.", NEXT, "what it heads for lies ahead"),
    ("She does not want it, she said in an interview on Friday.", LAST, "the day of what was said"),
    ("The army said that on Friday it had shot down a drone.", LAST, "before what was said"),
]


@pytest.mark.parametrize(("text", "value", "reason"), CASES)
def test_a_weekday_lies_where_its_clause_does(text, value, reason):
    assert [m.value for _, m in read_dates(text, parse_text(text), WEDNESDAY)] == [value], reason


POSSIBLE = [
    ("Tuesday's ruling could cost the firm millions.", "2023-02-28", "a day back, not six ahead"),
    ("Thursday's ruling could cost the firm millions.", "2023-03-02", "a day ahead, not six back"),
    ("Thursday's ruling will cost the firm millions.", "2023-03-02", "what will be lies ahead"),
    ("Thursday's ruling cost the firm millions.", "2023-02-23", "what was lies behind"),
    ("Tuesday's ruling will cost the firm millions.", "2023-02-28", "what a known thing will do"),
    ("Despite its defeats on Tuesday, the party remains calm.", "2023-02-28", "a thing beside a present"),
    ("The plan could reach the council Thursday.", "2023-03-02", "possible, a day ahead"),
    ("The envoys packed for Thursday's debate.", "2023-03-02", "a debate is known before"),
    ("The two clashed in Tuesday's debate.", "2023-02-28", "a debate is spoken of behind"),
    ("The party hopes to meet before Tuesday's vote.", "2023-03-07", "before a vote to come"),
    ("Earlier Tuesday, the clerk says, it was shut.", "2023-02-28", "earlier lies behind"),
    ("The clerk wants more staff, he said in a speech on Thursday.", "2023-02-23", "in what was said"),
]


@pytest.mark.parametrize(("text", "value", "reason"), POSSIBLE)
def test_a_weekday_of_what_is_only_possible_is_the_nearest(text, value, reason):
    assert [m.value for _, m in read_dates(text, parse_text(text), WEDNESDAY)] == [value], reason


MONTHS = [
    ("The November election is a test.", "2022-11", "three months back, not eight ahead"),
    ("The firm weighed a move before the June election.", "2023-06", "three months ahead, not eight back"),
    ("She has toured the state since she declared her candidacy in April.", "2022-04", "since: behind"),
    ("Let's win in November.", "2023-11", "an appeal lies ahead"),
    ("The firm told refiners of a cutback in its supply in April.", "2023-04", "of a thing: the nearest"),
    ("The firm cut supply in April.", "2022-04", "of a past act: the last one"),
    ("The party turned toward the November election.", "2023-11", "what it turns to lies ahead"),
    ("The party will need them come November.", "2023-11", "come: ahead"),
]


SEASONS = [
    ("The race could stretch into the summer.", "2023-SU", "into: ahead"),
    ("Prices rise in the summer.", "2023-SU", "a present: the nearer one"),
    ("Prices rose in the summer.", "2022-SU", "past: the last one"),
    ("By late summer, she looked calm.", "2022-SU", "past, whatever 'by' says"),
]


@pytest.mark.parametrize(("text", "value", "reason"), SEASONS)
def test_a_season_lies_where_its_clause_does(text, value, reason):
    assert [m.value for _, m in read_dates(text, parse_text(text), WEDNESDAY)] == [value], reason


@pytest.mark.parametrize(("text", "value", "reason"), MONTHS)
def test_a_month_lies_where_its_clause_does(text, value, reason):
    assert [m.value for _, m in read_dates(text, parse_text(text), WEDNESDAY)] == [value], reason
