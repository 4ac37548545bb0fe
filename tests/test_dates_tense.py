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
    ("The army said that on Friday it had shot down a drone.", LAST, "before what was said"),
]


@pytest.mark.parametrize(("text", "value", "reason"), CASES)
def test_a_weekday_lies_where_its_clause_does(text, value, reason):
    assert [m.value for _, m in read_dates(text, parse_text(text), WEDNESDAY)] == [value], reason
