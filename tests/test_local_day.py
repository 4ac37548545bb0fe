"""Stories are read by the calendar of the place that published them, and filed by UTC's."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

import pytest
from articles import article, raw_article

from pipeline.actors import find_mentions, load_registry
from pipeline.articles.normalize import normalize_article
from pipeline.dates import find_dates
from pipeline.events import find_events
from pipeline.extract import Rows
from pipeline.parse import parse_text
from pipeline.schema import build, row_from_json, row_to_json, rows_of
from pipeline.statements import find_statements
from pipeline.tables import ARTICLES, DATES, EVENTS, MENTIONS, STATEMENTS, Article
from pipeline.warehouse.files import conform

EVENING = "2024-03-14T22:30:00-05:00"
"""A Thursday in Chicago, and Friday in UTC."""
MORNING = "2024-03-15T06:30:00+09:00"
"""A Friday in Seoul, and Thursday in UTC."""


def published(text: str, at: str) -> Article:
    made = normalize_article(raw_article(text, published_at=at))
    assert isinstance(made, Article)
    return made


@cache
def read(text: str, at: str) -> Rows:
    story, parse = published(text, at), parse_text(text)
    mentions, dates = find_mentions(story, parse, load_registry()), find_dates(story, parse)
    statements = find_statements(story, parse, mentions, dates)
    events = find_events(story, parse, mentions, dates, statements)
    return {ARTICLES: [story], DATES: dates, MENTIONS: mentions.rows, STATEMENTS: statements, EVENTS: events}


@pytest.mark.parametrize(
    ("at", "day", "local", "reason"),
    [
        (EVENING, date(2024, 3, 15), date(2024, 3, 14), "west of Greenwich the day is still on"),
        (MORNING, date(2024, 3, 14), date(2024, 3, 15), "east of Greenwich the day has begun"),
        ("2024-03-14T23:30:00Z", date(2024, 3, 14), date(2024, 3, 14), "UTC is a zone too"),
        ("2024-03-14T23:30:00", date(2024, 3, 14), date(2024, 3, 14), "no zone was told"),
        ("2024-03-14", date(2024, 3, 14), date(2024, 3, 14), "a day alone"),
        ("yesterday", None, None, "no day is known"),
    ],
)
def test_a_story_is_filed_by_the_day_of_utc_and_keeps_its_own(at, day, local, reason):
    story = published("The mayor resigned.", at)
    assert (story.published_date, story.published_local_date) == (day, local), reason


@pytest.mark.parametrize("at", [EVENING, MORNING])
def test_what_was_delivered_is_kept_beside_both_days(at):
    extra = published("The mayor resigned.", at).extra
    assert extra is not None
    assert json.loads(extra) == {"published_at": at}


DATED = "The mayor resigned on Thursday. The council met today. Ferries stopped yesterday. Schools reopen on Friday."


@pytest.mark.parametrize(
    ("at", "thursday", "today", "yesterday", "friday", "reason"),
    [
        (EVENING, "2024-03-14", "2024-03-14", "2024-03-13", "2024-03-15", "it is Thursday evening there"),
        (MORNING, "2024-03-14", "2024-03-15", "2024-03-14", "2024-03-15", "it is Friday morning there"),
        ("2024-03-14T12:00:00Z", "2024-03-14", "2024-03-14", "2024-03-13", "2024-03-15", "it is Thursday everywhere"),
    ],
)
def test_days_of_the_text_are_counted_from_the_local_day(at, thursday, today, yesterday, friday, reason):
    found = {row.text: row.edtf for row in read(DATED, at)[DATES]}
    expected = {"Thursday": thursday, "today": today, "yesterday": yesterday, "Friday": friday}
    assert found == expected, reason
    (story,) = read(DATED, at)[ARTICLES]
    assert {row.anchor_date for row in read(DATED, at)[DATES]} == {story.published_local_date}


SAID = "The talks failed, the envoy told reporters. The harbour is closed, the mayor said on Thursday."


@pytest.mark.parametrize(("at", "last"), [(EVENING, "2024-03-14"), (MORNING, "2024-03-15")])
def test_what_was_said_was_said_by_the_local_day(at, last):
    untold, told = (row.said_edtf for row in read(SAID, at)[STATEMENTS])
    assert (untold, told) == (f"../{last}", "2024-03-14")


DONE = "Kenya condemned Chad on Thursday. Kenya will expel the Chadian ambassador. Kenya attacked Chad."


@pytest.mark.parametrize(("at", "day"), [(EVENING, "2024-03-14"), (MORNING, "2024-03-15")])
def test_what_was_done_and_what_will_be_done_meet_on_the_local_day(at, day):
    found = {row.trigger: (row.event_edtf, row.is_future) for row in read(DONE, at)[EVENTS]}
    assert found == {
        "condemned": ("2024-03-14", False),
        "expel": (f"{day}/..", True),
        "attacked": (f"../{day}", False),
    }


@pytest.mark.parametrize(
    ("text", "at", "name", "reason"),
    [
        ("The U.S. president left.", "2021-01-19T22:30:00-05:00", "Donald Trump", "on the eve; the day itself in UTC"),
        ("The U.S. president left.", "2021-01-20T22:30:00-05:00", "Joe Biden", "on the day itself"),
        (
            "The Japanese prime minister left.",
            "2021-10-04T06:30:00+09:00",
            "Fumio Kishida",
            "on the day itself; the eve in UTC",
        ),
        (
            "The Japanese prime minister left.",
            "2021-10-03T23:30:00+09:00",
            "Yoshihide Suga",
            "the day before everywhere",
        ),
    ],
)
def test_an_office_has_its_holder_of_the_local_day(text, at, name, reason):
    assert [row.actor_name for row in read(text, at)[MENTIONS]] == [name], reason


@pytest.mark.parametrize("day", [date(2024, 3, 15), None])
def test_an_article_that_was_stored_without_its_local_day_is_read_by_the_day_that_it_has(day):
    stored = build(ARTICLES, [article(DATED, day)], "test").drop_columns("published_local_date")
    (story,) = rows_of(ARTICLES, conform(ARTICLES, stored))
    assert story.published_local_date == day
    assert {row.anchor_date for row in find_dates(story, parse_text(DATED))} == {day}


def test_a_rejected_article_that_was_kept_without_its_local_day_comes_back():
    story = article(DATED, date(2024, 3, 15))
    kept = json.loads(row_to_json(ARTICLES, story))
    del kept["published_local_date"]
    assert row_from_json(ARTICLES, json.dumps(kept)) == story


@pytest.mark.parametrize("name", ["text", "article_id", "authors"])
def test_a_rejected_article_without_a_column_that_may_not_be_null_is_none(name):
    kept = json.loads(row_to_json(ARTICLES, article(DATED, date(2024, 3, 15))))
    del kept[name]
    with pytest.raises(ValueError, match=f"no row of articles.*{name}"):
        row_from_json(ARTICLES, json.dumps(kept))
