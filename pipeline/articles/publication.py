"""When an article was published: from its record, its markup, its url, its dateline or its file's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

from pipeline.articles.markup import find_markup_date
from pipeline.dates.dateline import find_dateline
from pipeline.load.formats import find_format
from pipeline.load.records import RawArticle
from pipeline.vocabulary import Precision, PublishedFrom

FIRST_YEAR, LAST_YEAR = 1600, 2199
"""The first newspapers are of the 17th century; an earlier or later year is a placeholder."""
MAX_DATELINE_LAG = timedelta(days=45)
"""A dateline without a year is taken only where another hint is this close to it."""

DateOrder = Literal["mdy", "dmy"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = r"(?:,?\s+(?:at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<half>[ap]\.?m\.?)?\s*\(?(?P<zone>[a-z]{1,4}|[+-]\d\d:?\d\d)?\)?)?"
_ZONES = {
    "utc": "+00:00", "gmt": "+00:00", "z": "+00:00", "est": "-05:00", "edt": "-04:00", "cst": "-06:00",
    "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00",
    "cet": "+01:00", "cest": "+02:00", "eet": "+02:00", "eest": "+03:00", "msk": "+03:00", "jst": "+09:00",
    "kst": "+09:00", "hkt": "+08:00", "sgt": "+08:00", "aest": "+10:00", "aedt": "+11:00", "nzst": "+12:00",
    "nzdt": "+13:00",
}  # fmt: skip
"""Zones by name that mean one offset: those of RFC 2822, and more. Any other name leaves the day alone known."""
_ZONES_OF_RFC = frozenset({"utc", "gmt", "z", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt"})
_WORDED = tuple(
    re.compile(rf"{_WEEKDAY}{day}{_TIME}", re.IGNORECASE)
    for day in (
        r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:[\s-]+|\s+of\s+)(?P<month>[a-z]{3,9})\.?,?[\s-]+(?P<year>\d{4})",
    )
)
_CTIME = re.compile(
    r"[a-z]{3}\s+(?P<month>[a-z]{3})\s+(?P<day>\d{1,2})\s+(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
    r"(?P<half>)\s+(?P<zone>[a-z]{1,4}|[+-]\d\d:?\d\d)?\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[./-](?P<month>\d{{1,2}})[./-](?P<day>\d{{1,2}}){_TIME}", re.IGNORECASE)
_YEAR_LAST = re.compile(rf"(?P<a>\d{{1,2}})(?P<mark>[./-])(?P<b>\d{{1,2}})[./-](?P<year>\d{{4}}){_TIME}", re.IGNORECASE)
_ANNOUNCED = re.compile(r"^(?:first )?(?:published|posted)(?: on| at)?:? ", re.IGNORECASE)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13})(?:\.\d+)?")
_ISO_ZONE = re.compile(r"\s*(?:utc|gmt)$", re.IGNORECASE)
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(\d\d|[a-z]{3})\2(\d\d)(?!\d)", re.IGNORECASE)
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)(?=/)")
_NAME_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([._-]?)(\d\d)\2(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication date, no more exact than what was read."""

    at: datetime | None
    local_date: date
    """The day in the zone that was told with the time; `date` where no zone was told, or only a day is known."""
    date: date
    """The day named, else the UTC day of the instant."""
    precision: Precision
    from_: PublishedFrom
    is_as_delivered: bool = True
    """False where more was delivered: another zone than UTC, or a time without one (UTC is assumed, or the day alone kept)."""


def find_publication(raw: RawArticle, text: str, date_order: DateOrder = "mdy") -> Publication | None:
    """Find the publication date; the first that gives one of: record, markup, url, dateline, file name.

    Args:
        raw: the record.
        text: its text after repair, whose dateline is read.
        date_order: how 03/04/2023 is read.
    """
    if raw.published_at is not None:
        published = parse_published(raw.published_at, date_order)
        if published is not None:
            return published
    if "<" in raw.text and (declared := find_markup_date(raw.text)):
        published = parse_published(declared, date_order, PublishedFrom.HTML)
        if published is not None:
            return published
    return _find_day(raw, text)


def _find_day(raw: RawArticle, text: str) -> Publication | None:
    in_url = find_day(_URL_DAY, _path(raw.url))
    if in_url is not None:
        return _day(in_url, PublishedFrom.URL)
    in_name = find_day(_NAME_DAY, raw.raw_uri.rpartition("/")[2]) if find_format(raw.raw_uri) == "plain" else None
    dateline = find_dateline(text)
    if dateline is not None:
        near = in_name or _find_month(_path(raw.url))
        filed = dateline.resolve(near)
        if filed is not None and (near is None or dateline.year is not None or abs(filed - near) <= MAX_DATELINE_LAG):
            return _day(filed, PublishedFrom.DATELINE)
    return None if in_name is None else _day(in_name, PublishedFrom.FILENAME)


def _day(day: date, from_: PublishedFrom) -> Publication:
    return Publication(None, day, day, Precision.DAY, from_)


def _path(url: str | None) -> str:
    return "" if url is None else url.partition("://")[2].partition("?")[0].partition("#")[0]


def find_day(pattern: re.Pattern[str], text: str) -> date | None:
    """The first possible day that `pattern` (year, mark, month, day) finds."""
    for match in pattern.finditer(text):
        month = _MONTHS.get(match[3].lower()) if match[3].isalpha() else int(match[3])
        day = _make_day(int(match[1]), month, int(match[4]))
        if day is not None:
            return day
    return None


def _find_month(path: str) -> date | None:
    match = _URL_MONTH.search(path)
    return None if match is None else _make_day(int(match[1]), int(match[2]), 15)


def _make_day(year: int, month: int | None, day: int) -> date | None:
    if month is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_published(
    value: str, date_order: DateOrder = "mdy", from_: PublishedFrom = PublishedFrom.METADATA
) -> Publication | None:
    """Parse a date as records hold it.

    ISO 8601, RFC 2822, seconds or milliseconds since 1970, 20230224103000, "Feb 24, 2023",
    "24 February 2023", "Fri Feb 24 10:30:00 +0000 2023", 2023/02/24, 24.02.2023; 24/02/2023 and 03/04/2023 after `date_order`
    (a day beyond 12 tells its place). A time without a zone is taken for UTC, midnight without
    a zone for no time at all; where a zone's name has several offsets ("ET"), the day alone is kept.

    Returns:
        None for all else: a month or a year alone, a day that is not in the calendar, a word.
    """
    value = _ANNOUNCED.sub("", " ".join(value.split()))
    for parse in (_parse_iso, _parse_number, _parse_rfc, _parse_words):
        parsed = parse(value, date_order)
        if parsed is not None:
            return _publish(parsed, from_, value)
    return None


def _publish(parsed: date | datetime, from_: PublishedFrom, value: str) -> Publication | None:
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        return None
    if not isinstance(parsed, datetime):
        return Publication(None, parsed, parsed, Precision.DAY, from_, is_as_delivered=":" not in value)
    told = parsed.date()
    if parsed.tzinfo is None:
        if parsed.time() == datetime.min.time():
            return _day(told, from_)
        return Publication(parsed.replace(tzinfo=UTC), told, told, Precision.INSTANT, from_, is_as_delivered=False)
    instant = parsed.astimezone(UTC)
    return Publication(instant, told, instant.date(), Precision.INSTANT, from_, is_as_delivered=not parsed.utcoffset())


def _parse_iso(value: str, _: DateOrder) -> date | datetime | None:
    if not re.match(r"\d{4}-?(?:\d|W)", value) or (value.isdigit() and len(value) != 8):
        return None
    try:
        if len(value) <= 10:
            return date.fromisoformat(value)
        return datetime.fromisoformat(_ISO_ZONE.sub("+00:00", value))
    except ValueError:
        return None


def _parse_number(value: str, _: DateOrder) -> datetime | None:
    stamp = _STAMP.fullmatch(value)
    if stamp is not None:
        try:
            return datetime(*map(int, stamp.groups()), tzinfo=UTC)  # type: ignore[arg-type, misc]  # six numbers, no zone among them
        except ValueError:
            return None
    epoch = _EPOCH.fullmatch(value)
    if epoch is None:
        return None
    seconds = int(epoch[1]) / (1000 if len(epoch[1]) > 10 else 1)
    return datetime.fromtimestamp(seconds, UTC)


def _parse_rfc(value: str, _: DateOrder) -> datetime | None:
    if not re.fullmatch(
        r"(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|[A-Z]{1,3})(?: \(\w+\))?", value
    ):
        return None
    zone = value.partition(" (")[0].rpartition(" ")[2]
    if zone.isalpha() and zone.lower() not in _ZONES_OF_RFC:
        return None
    try:
        return parsedate_to_datetime(value)
    except ValueError:
        return None


def _parse_words(value: str, date_order: DateOrder) -> date | datetime | None:
    for pattern in (*_WORDED, _CTIME, _YEAR_FIRST, _YEAR_LAST):
        match = pattern.fullmatch(value)
        if match is not None:
            day = _worded_day(match, date_order)
            return None if day is None else _with_time(day, match)
    return None


def _worded_day(match: re.Match[str], date_order: DateOrder) -> date | None:
    parts = match.groupdict()
    if "mark" not in parts:
        month = parts["month"].lower()
        return _make_day(int(parts["year"]), _MONTHS.get(month) if month.isalpha() else int(month), int(parts["day"]))
    first, second = int(parts["a"]), int(parts["b"])
    if second > 12 or (first <= 12 and date_order == "mdy" and parts["mark"] != "."):
        first, second = second, first
    return _make_day(int(parts["year"]), second, first)


def _with_time(day: date, match: re.Match[str]) -> date | datetime | None:
    if match["hour"] is None:
        return day
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    zone = (match["zone"] or "").lower()
    if zone.isalpha() and zone not in _ZONES:
        return day
    try:
        return datetime.fromisoformat(
            f"{day}T{hour:02}:{match['minute']}:{match['second'] or '00'}{_ZONES.get(zone, zone)}"
        )
    except ValueError:
        return None
