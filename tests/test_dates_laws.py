"""Laws of dates, for texts and days that nobody thought of."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dates.edtf import parse_edtf
from pipeline.dates.find import read_dates
from pipeline.dates.period import Period, period_around, shift_period
from pipeline.dates.rules import rules
from pipeline.tree import Parse
from pipeline.vocabulary import Anchor, Precision

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
EXAMPLES = [rule.example.replace("[", "").replace("]", "") for rule in rules()]
WORDS = st.sampled_from(
    sorted(
        [
            "the",
            "a",
            "last",
            "next",
            "this",
            "past",
            "of",
            "in",
            "on",
            "at",
            "by",
            "since",
            "until",
            "two",
            "three",
            "5",
            "12",
            "31",
            "1999",
            "2023",
            "'89",
            "1990s",
            "24th",
            "Monday",
            "Friday",
            "March",
            "May",
            "Feb.",
            "summer",
            "fall",
            "week",
            "weeks",
            "year",
            "years",
            "day",
            "quarter",
            "third",
            "second",
            "half",
            "century",
            "ago",
            "later",
            "earlier",
            "early",
            "mid",
            "-",
            ",",
            "and",
            "to",
            "p.m.",
            "10:30",
            "GMT",
            "noon",
            "night",
            "morning",
            "today",
            "yesterday",
            "now",
            "every",
            "Christmas",
            "decade",
        ]
    )
)
TEXTS = st.one_of(
    st.sampled_from(EXAMPLES), st.lists(WORDS, min_size=1, max_size=12).map(" ".join), st.text(max_size=60)
)


def read(text, published):
    return list(read_dates(text, Parse(text), published))


@given(TEXTS, st.none() | DAYS)
@settings(max_examples=400, deadline=None)
def test_every_row_keeps_the_promises_of_its_columns(text, published):
    last = 0
    for f, meaning in read(text, published):
        assert last <= f.start < f.end <= len(text)
        last = f.end
        assert text[f.start : f.end] == f.text
        assert f.text == f.text.strip()
        if meaning.first and meaning.last:
            assert meaning.first <= meaning.last
        if meaning.anchor is Anchor.PUBLISHED:
            assert published is not None
        if meaning.edtf is not None:
            back = parse_edtf(meaning.edtf)
            assert back is not None
            assert meaning.first in (back.first, None) or "/" in meaning.edtf
            assert meaning.last in (back.last, None) or "/" in meaning.edtf


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_without_a_publication_day_nothing_is_resolved_against_one(text):
    for _, meaning in read(text, None):
        assert meaning.anchor is not Anchor.PUBLISHED
        if meaning.anchor is Anchor.NONE:
            assert meaning.first is None
            assert meaning.last is None
            assert meaning.anchor_date is None


@given(
    st.sampled_from(
        ["Monday", "Friday", "last Tuesday", "next Sunday", "yesterday", "last week", "the weekend", "ten days ago"]
    ),
    DAYS,
    st.integers(-50, 50),
)
@settings(deadline=None)
def test_a_publication_day_whole_weeks_away_shifts_weekdays_by_as_many(words, published, weeks):
    text = f"They met {words}."
    step = timedelta(weeks=weeks)
    ((_, here),) = read(text, published)
    ((_, there),) = read(text, published + step)
    assert there.first == here.first + step
    assert there.last == here.last + step
    assert there.precision is here.precision


@given(st.sampled_from(["W", "WE", "M", "Q", "HY", "Y", "DE", "CE"]), DAYS, st.integers(-40, 40))
def test_units_of_the_calendar_neither_overlap_nor_leave_gaps(unit, day, count):
    own, following = shift_period(day, unit, count), shift_period(day, unit, count + 1)
    if own and following and unit != "WE" and own.last and following.first:
        assert own.last + timedelta(days=1) == following.first


@given(st.sampled_from(["D", "W", "WE", "M", "Q", "HY", "Y", "DE", "CE", "ML"]), DAYS)
def test_a_period_is_never_more_precise_than_its_unit(unit, day):
    period = period_around(day, unit)
    assert period.first <= day or unit == "WE"
    assert day <= period.last
    least = {"D": 1, "W": 7, "WE": 2, "M": 28, "Q": 90, "HY": 181, "Y": 365, "DE": 3652, "CE": 36524, "ML": 365242}[
        unit
    ]
    assert (period.last - period.first).days + 1 >= least


@given(st.integers(1, 12), st.integers(1, 31), st.integers(1, 9000))
def test_print_and_parse_of_a_day_is_the_identity(month, day, year):
    period = Period(Precision.DAY, year, month, day)
    if period.days:
        assert parse_edtf(period.edtf).first == period.first


@given(DAYS)
@settings(max_examples=40, deadline=None)
def test_a_month_or_a_year_stays_one(published):
    for words, precision in (
        ("last month", Precision.MONTH),
        ("in 2019", Precision.YEAR),
        ("last year", Precision.YEAR),
    ):
        ((_, meaning),) = read(f"It rained {words}.", published)
        assert meaning.precision is precision
        assert (meaning.last - meaning.first).days >= 27


@given(TEXTS, DAYS)
@settings(max_examples=100, deadline=None)
def test_the_same_text_reads_the_same_twice(text, published):
    def rows():
        return [(f.start, f.end, meaning) for f, meaning in read(text, published)]

    assert rows() == rows()
