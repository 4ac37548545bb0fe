"""Quotation marks of every kind, whole and broken."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.statements.quotations import find_quotations

CASES = [
    ('He said "no way" twice.', ['"no way"'], "straight"),
    ("He said “no way” twice.", ["“no way”"], "curly"),
    ("He said ``no way'' twice.", ["``no way''"], "doubled single marks"),
    ("He said ''no way'' twice.", ["''no way''"], "the same doubled mark on both sides"),
    ("He said «no way» twice.", ["«no way»"], "guillemets"),
    ("He said „no way“ twice.", ["„no way“"], "low and high, German"),
    ("He said „no way” twice.", ["„no way”"], "low and high, Polish"),
    ("He said ‘no way’ twice.", ["‘no way’"], "curly single"),
    ("He said 'no way' twice.", ["'no way'"], "straight single"),
    ("He said ‘don’t go’ twice.", ["‘don’t go’"], "an apostrophe inside"),
    ("‘The workers’ pay has fallen,’ he said.", ["‘The workers’ pay has fallen,’"], "a possessive inside"),
    ("The workers’ pay and the nurses’ hours.", [], "possessives are no quotations"),
    ("Get 'em out, it's '68 again.", [], "elisions are no quotations"),
    ("“He told me, ‘go’, and I went.”", ["“He told me, ‘go’, and I went.”"], "the outer one counts"),
    ("‘They called it “a detail”,’ she said.", ["‘They called it “a detail”,’"], "double inside single"),
    ('"One," he said, "two."', ['"One,"', '"two."'], "two pieces"),
    ("The beam is 5' 3\" long.", [], "feet and inches"),
    ("He called it “awful“ and left.", ["“awful“"], "an opening mark that closes"),
    ("“We are ready, he said.", ["“We are ready, he said."], "nothing closes: to the paragraph's end"),
    ("“One.\n\n“Two.”", ["“One.", "“Two.”"], "each paragraph opens, the last closes"),
    ("No marks at all.", [], "none"),
    ("“”", [], "nothing in it"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES, ids=[c[2] for c in CASES])
def test_quotations_are_found_whole(text: str, expected: list[str], why: str):
    assert expected == [text[q.start : q.end] for q in find_quotations(text)]


def test_a_quotation_that_goes_on_says_so():
    first, second = find_quotations("“One.\n\n“Two.”")
    assert (first.continues, second.is_continuation) == (True, True)


def test_a_quotation_that_is_closed_does_not_go_on():
    first, second = find_quotations("“One.”\n\n“Two.”")
    assert (first.continues, second.is_continuation) == (False, False)


@given(st.text(alphabet=" abc.,\n'\"“”‘’«»„`-s", max_size=60))
def test_quotations_lie_in_order_in_one_line_each(text: str):
    found = find_quotations(text)
    for q in found:
        assert 0 <= q.start <= q.inner_start < q.inner_end <= q.end <= len(text)
        assert "\n" not in text[q.start : q.end]
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start


@given(st.text(max_size=80))
def test_no_text_breaks_the_scanner(text: str):
    for q in find_quotations(text):
        assert text[q.inner_start : q.inner_end].strip()
