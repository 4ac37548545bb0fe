"""When an article was published, and where that is read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from articles import raw_article
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles.publication import find_publication, parse_published
from pipeline.vocabulary import Precision, PublishedFrom

DAY = date(2023, 2, 24)


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2023, 2, 24, hour, minute, second, tzinfo=UTC)


INSTANTS = [
    ("2023-02-24T10:30:00Z", at(10, 30), "ISO 8601 in UTC"),
    ("2023-02-24T10:30:00+02:00", at(8, 30), "an offset is taken off"),
    ("2023-02-24T10:30+0200", at(8, 30), "an offset without a colon"),
    ("20230224T103000Z", at(10, 30), "the basic format"),
    ("2023-02-24 10:30:00 UTC", at(10, 30), "a zone by name"),
    ("2023-02-24 10:30:00.123456+00:00", at(10, 30).replace(microsecond=123456), "fractions of a second"),
    ("2023-02-24T10:30:00", at(10, 30), "no zone: UTC is assumed"),
    ("Fri, 24 Feb 2023 10:30:00 +0100", at(9, 30), "RFC 2822"),
    ("Fri, 24 Feb 2023 10:30:00 GMT", at(10, 30), "RSS"),
    ("24 Feb 2023 10:30:00 EST", at(15, 30), "a zone of RFC 822"),
    ("1677234600", at(10, 30), "seconds since 1970"),
    ("1677234600.0", at(10, 30), "seconds as a float"),
    ("1677234600000", at(10, 30), "milliseconds since 1970"),
    ("20230224103000", at(10, 30), "a stamp of digits"),
    ("Feb 24, 2023 10:30 AM", at(10, 30), "words and a time"),
    ("February 24, 2023 at 12:05 a.m. UTC", at(0, 5), "midnight on a twelve-hour clock"),
    ("24 February 2023, 22:30", at(22, 30), "the day first"),
    ("February 24, 2023 10:30 AM EST", at(15, 30), "a zone of RFC 2822"),
    ("February 24, 2023 10:30 PM +02:00", at(20, 30), "an offset behind words"),
    ("Fri Feb 24 10:30:00 +0000 2023", at(10, 30), "as C and social networks write it"),
    ("Fri Feb 24 10:30:00 EST 2023", at(15, 30), "as C writes it, with a zone"),
    ("24 Feb 2023 10:30 CET", at(9, 30), "a zone that means one offset"),
    ("Friday 24 February 2023 10.30am", at(10, 30), "a full stop in the time"),
    ("Published on February 24, 2023 10:30 AM EST", at(15, 30), "announced"),
]


@pytest.mark.parametrize(("value", "instant", "reason"), INSTANTS)
def test_a_time_of_day_gives_an_instant(value, instant, reason):
    published = parse_published(value)
    assert published is not None, reason
    assert (published.at, published.date, published.precision) == (instant, instant.date(), Precision.INSTANT), reason


DAYS = [
    ("2023-02-24", "ISO 8601"),
    ("20230224", "ISO 8601, basic"),
    ("2023-W08-5", "a week date"),
    ("2023/02/24", "year first"),
    ("2023.2.24", "year first, with dots"),
    ("Feb 24, 2023", "American"),
    ("Feb. 24, 2023", "with a dot"),
    ("24 February 2023", "British"),
    ("24-Feb-2023", "with dashes"),
    ("February 24th, 2023", "an ordinal"),
    ("24th of February 2023", "an ordinal with of"),
    ("Published: February 24, 2023", "announced"),
    ("2023-2-24", "without its zeros"),
    ("Friday, February 24, 2023", "with a weekday"),
    ("24/02/2023", "a day beyond 12 tells its place"),
    ("02/24/2023", "a day beyond 12 tells its place"),
    ("24.02.2023", "dots are day first"),
    ("2023-02-24T00:00:00", "midnight without a zone is no time"),
    ("2023-02-24 00:00:00", "as pandas writes a day"),
    ("  2023-02-24 ", "blanks"),
    ("Feb 24, 2023 10:30 AM ET", "a zone that has two offsets: the day alone is sure"),
    ("24 Feb 2023 22:30 IST", "a zone of three countries"),
]


@pytest.mark.parametrize(("value", "reason"), DAYS)
def test_a_day_alone_gives_no_instant(value, reason):
    published = parse_published(value)
    assert published is not None, reason
    assert (published.at, published.date, published.precision) == (None, DAY, Precision.DAY), reason
    assert published.local_date == DAY, reason


NO_DATES = [
    ("2023-02-30", "not in the calendar"),
    ("2023-13-01", "no such month"),
    ("31/02/2023", "not in the calendar"),
    ("yesterday", "relative to a day that is not known"),
    ("2 hours ago", "relative"),
    ("2023", "a year"),
    ("2023-02", "a month"),
    ("February 2023", "a month"),
    ("Feb 24", "no year"),
    ("0001-01-01T00:00:00Z", "how Go writes no date"),
    ("0000-00-00 00:00:00", "how MySQL writes no date"),
    ("9999-12-31", "a placeholder"),
    ("0", "the epoch's first second is a placeholder"),
    ("-1", "a number"),
    ("123456", "a number"),
    ("25:61", "a time"),
    ("Feb 24, 2023 13:30 PM", "no such hour"),
    ("2023-02-24T25:00:00Z", "no such hour"),
    ("", "nothing"),
    ("null", "a word"),
    ("Foo 24, 2023", "no month"),
    ("2023-02-24 to 2023-02-26", "two days"),
]


@pytest.mark.parametrize(("value", "reason"), NO_DATES)
def test_what_names_no_day_gives_none(value, reason):
    assert parse_published(value) is None, reason


@pytest.mark.parametrize(("order", "expected"), [("mdy", date(2023, 3, 4)), ("dmy", date(2023, 4, 3))])
def test_the_date_order_decides_where_both_are_possible(order, expected):
    published = parse_published("03/04/2023", order)
    assert published is not None
    assert published.date == expected


LOCAL = [
    ("2023-02-24T23:30:00-05:00", date(2023, 2, 25), "west of Greenwich, late in the evening"),
    ("2023-02-24T06:30:00+09:00", date(2023, 2, 23), "east of Greenwich, early in the morning"),
    ("2023-02-24T12:30:00-05:00", DAY, "by day UTC is on the same day"),
    ("2023-02-24T01:00:00+14:00", date(2023, 2, 23), "the zone that is furthest east"),
    ("2023-02-24T23:00:00-12:00", date(2023, 2, 25), "the zone that is furthest west"),
    ("2023-02-24T00:00:00+01:00", date(2023, 2, 23), "midnight is a time where its zone is told"),
    ("Fri, 24 Feb 2023 22:30:00 -0500", date(2023, 2, 25), "RFC 2822"),
    ("24 Feb 2023 22:30:00 EST", date(2023, 2, 25), "a zone of RFC 822"),
    ("February 24, 2023 6:30 AM JST", date(2023, 2, 23), "words, and a zone by name"),
    ("Fri Feb 24 22:30:00 -0500 2023", date(2023, 2, 25), "as C writes it"),
    ("2023/02/24 06:30 +09:00", date(2023, 2, 23), "year first"),
    ("2023-02-24T23:30:00Z", DAY, "UTC is told"),
    ("2023-02-24T23:30:00", DAY, "no zone is told"),
    ("1677281400", DAY, "seconds since 1970 tell none"),
    ("Feb 24, 2023 10:30 PM ET", DAY, "of a zone with two offsets the day alone is kept"),
    ("2023-02-24", DAY, "a day"),
]


@pytest.mark.parametrize(("value", "utc", "reason"), LOCAL)
def test_an_instant_has_its_utc_day_and_the_day_in_its_zone(value, utc, reason):
    published = parse_published(value)
    assert published is not None
    assert (published.date, published.local_date) == (utc, DAY), reason


def test_a_page_tells_its_zone_as_a_record_does():
    page = '<meta property="article:published_time" content="2023-02-24T22:30:00-05:00"><p>The council met.</p>'
    published = find_publication(raw(text=page), page)
    assert published is not None
    assert (published.from_, published.date, published.local_date) == (PublishedFrom.HTML, date(2023, 2, 25), DAY)


@given(
    st.datetimes(min_value=datetime(1700, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001 - hypothesis wants bounds without a zone
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_the_local_day_is_that_of_the_value_in_every_zone(time, zone):
    published = parse_published(time.replace(tzinfo=zone).isoformat())
    assert published is not None
    assert published.local_date == time.date()
    assert abs(published.local_date - published.date) <= timedelta(days=1)


ZONES = [
    ("2023-02-24T10:30:00Z", True, "UTC says all"),
    ("2023-02-24T10:30:00-05:00", False, "another zone"),
    ("2023-02-24T10:30:00", False, "no zone"),
    ("2023-02-24", True, "a day"),
]


@pytest.mark.parametrize(("value", "is_told", "reason"), ZONES)
def test_a_zone_that_the_instant_does_not_tell_is_known_to_be_lost(value, is_told, reason):
    assert parse_published(value).is_as_delivered is is_told, reason


@given(st.datetimes(min_value=datetime(1700, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants bounds without a zone
def test_every_instant_comes_back_from_iso(instant):
    published = parse_published(instant.isoformat())
    assert published is not None
    assert published.at == instant


@given(st.dates(min_value=date(1700, 1, 1), max_value=date(2100, 1, 1)))
def test_every_day_comes_back_with_the_precision_of_a_day(day):
    for form in ("%Y-%m-%d", "%B %d, %Y", "%d %b %Y", "%Y/%m/%d"):
        published = parse_published(day.strftime(form))
        assert published is not None
        assert (published.date, published.precision) == (day, Precision.DAY)


@given(st.text(max_size=40))
def test_no_string_raises(value):
    parse_published(value)


def raw(published_at=None, url=None, text="The council met.", uri="in/a.txt"):
    return raw_article(text, uri, published_at=published_at, url=url)


META = (
    '<html><head><meta property="article:published_time" content="2023-02-24T10:30:00Z"></head><p>The council met.</p>'
)
URL = "https://example.org/2023/02/24/council"
DATELINE = "GENEVA, Feb 24, 2023 (Agency) - The council met on Friday."
SOURCES = [
    (raw("2023-02-24", url="https://example.org/2020/01/01/x"), PublishedFrom.METADATA, "the record comes first"),
    (raw("yesterday", url=URL), PublishedFrom.URL, "a bad date in the record is passed over"),
    (raw(text=META, url="https://example.org/2020/01/01/x"), PublishedFrom.HTML, "the page declares it"),
    (raw(text='<script>{"datePublished": "2023-02-24"}</script><p>x</p>'), PublishedFrom.HTML, "JSON-LD"),
    (
        raw(text='<p><time itemprop="datePublished" datetime="2023-02-24">Friday</time></p>'),
        PublishedFrom.HTML,
        "a time element",
    ),
    (raw(url=URL), PublishedFrom.URL, "the path of the address"),
    (raw(url="https://example.org/news/2023-02-24-council.html"), PublishedFrom.URL, "a slug with the day"),
    (raw(url="https://example.org/world/2023/feb/24/council"), PublishedFrom.URL, "a month by name"),
    (raw(url="https://example.org/a20230224b"), PublishedFrom.URL, "eight digits"),
    (raw(text=DATELINE), PublishedFrom.DATELINE, "a dateline with a year"),
    (
        raw(text=DATELINE.replace(", 2023", ""), url="https://example.org/2023/02/council"),
        PublishedFrom.DATELINE,
        "the year from the address",
    ),
    (
        raw(text=DATELINE.replace(", 2023", ""), uri="in/2023-02-25-council.txt"),
        PublishedFrom.DATELINE,
        "the year from the file name",
    ),
    (raw(uri="in/2023-02-24-council.txt"), PublishedFrom.FILENAME, "the file's name"),
    (raw(uri="in/20230224_council.txt.gz"), PublishedFrom.FILENAME, "the file's name, compressed"),
]


@pytest.mark.parametrize(("record", "source", "reason"), SOURCES)
def test_the_first_source_that_names_a_day_is_taken(record, source, reason):
    published = find_publication(record, record.text)
    assert published is not None, reason
    assert (published.from_, published.date, published.local_date) == (source, DAY, DAY), reason


UNKNOWN = [
    (raw(), "nothing tells"),
    (raw(text=DATELINE.replace(", 2023", "")), "a dateline without a year"),
    (raw(url="https://example.org/2023/02/council"), "a month alone"),
    (raw(url="https://example.org/2023/02/30/council"), "no such day"),
    (raw(url="https://example.org/id/120230224999"), "digits within a longer number"),
    (raw(text='<p>It opens <time datetime="2023-02-24">on Friday</time>.</p>'), "a time that the text tells"),
    (raw(uri="in/dump-2023-02-24.jsonl"), "the day of a dump is not that of its articles"),
    (
        raw(text=DATELINE.replace(", 2023", "").replace("Feb 24", "Aug 2"), url="https://example.org/2023/02/council"),
        "a dateline half a year away",
    ),
]


@pytest.mark.parametrize(("record", "reason"), UNKNOWN)
def test_a_day_is_never_guessed(record, reason):
    assert find_publication(record, record.text) is None, reason
