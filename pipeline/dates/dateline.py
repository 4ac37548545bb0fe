"""The dateline of a wire story: 'MOSCOW, Feb 24 (Reuters) -'.

A dateline stands at the head of a text, names a place in capitals and mostly a day, and ends with
an agency in brackets, a dash, or both. Company news goes without a place: 'Feb 24 (Reuters) -'.
The day it names is the day of filing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.dates.lexicon import contexts, words

_HEAD = 600
"""A dateline begins within this many characters: headline and byline may stand before it."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says. Offsets point into the text that was read."""

    place: str
    """'' where it names none."""
    agency: str | None
    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    """One past the dash or the agency."""
    date_start: int | None
    date_end: int | None

    def resolve(self, near: date | None = None) -> date | None:
        """The day of filing.

        Args:
            near: a day known to be close to it (of delivery, of a crawl); gives the year where
                the dateline names none: the year that puts the day closest to `near`.

        Returns:
            None where the month, the day or the year is unknown, or where there is no such day.
        """
        if self.month is None or self.day is None:
            return None
        if self.year is not None:
            return _make(self.year, self.month, self.day)
        if near is None:
            return None
        days = [_make(near.year + n, self.month, self.day) for n in (-1, 0, 1)]
        return min((d for d in days if d), key=lambda d: (abs(d - near), d), default=None)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(sorted({s for s, w in words().items() if "MONTH" in w.values}, key=len, reverse=True))
    weekdays = "|".join(
        sorted({s for s, w in words().items() if {"WEEKDAY", "WKDABBR"} & w.values.keys()}, key=len, reverse=True)
    )
    capital = r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_a-zß-öø-ÿ]|[.'’-])+"
    title = rf"(?!(?:{months}|{weekdays})\b)[A-Z][\w.'’-]+"
    return re.compile(
        rf"""^[ \t]*(?P<place>(?:{capital}(?:[ /]{capital}){{0,3}}|{title}(?:[ ]{title}){{0,3}})
              (?:,[ ](?!(?:{months}|{weekdays})\b)[A-Z][\w.'’-]+(?:[ ](?!(?:{months})\b)[A-Z][\w.'’-]*){{0,2}})?)
            (?:[ ]*[,/:]?[ ]*(?:(?:{weekdays})\.?,?[ ]+)?
               (?P<date>(?:(?P<month>{months})\.?[ ](?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})[ ](?P<month2>{months})\.?)
                  (?:,?[ ](?P<year>(?:19|20)\d\d))?)\b)?
            (?:[ ]*[,.])?
            (?:[ ]*(?:\((?P<agency>(?:[A-Z]|dpa|epd)[\w .,&'’/-]{{0,40}})\)|/(?P<service>[A-Z][\w .&'’-]{{1,30}})/\.?))?
            [ ]*(?P<dash>--?|[–—_]|:(?=\s))?""",
        re.VERBOSE | re.MULTILINE,
    )


@cache
def _placeless() -> re.Pattern[str]:
    months = "|".join(sorted({s for s, w in words().items() if "MONTH" in w.values}, key=len, reverse=True))
    return re.compile(
        rf"^[ \t]*(?P<date>(?P<month>{months})\.?[ ](?P<day>\d{{1,2}})(?:,?[ ](?P<year>(?:19|20)\d\d))?)"
        r"[ ]*\((?P<agency>[A-Z][\w .&'’/-]{1,40})\)[ ]*(?:--?|[–—])",
        re.MULTILINE,
    )


def _without_place(text: str) -> Dateline | None:
    match = _placeless().search(text, 0, _HEAD)
    if match is None:
        return None
    return Dateline(
        place="",
        agency=match["agency"],
        year=int(match["year"]) if match["year"] else None,
        month=int(words()[match["month"]].values["MONTH"]),
        day=int(match["day"]),
        start=match.start("date"),
        end=match.end(),
        date_start=match.start("date"),
        date_end=match.end("date"),
    )


def find_dateline(text: str) -> Dateline | None:
    """Read the dateline at the head of `text`, or None where there is none.

    A place in capitals alone is none: it takes two of an agency, a day and a dash behind it, or a
    long dash. A place in small letters takes an agency and a dash: 'Paris (AFP) -'.
    """
    for match in _pattern().finditer(text, 0, _HEAD):
        month = match["month"] or match["month2"]
        agency = match["agency"] or match["service"]
        marks = (agency is not None) + (month is not None) + (match["dash"] in ("-", "--", "_", "–", "—"))
        place = match["place"] if "," in match["place"] else match["place"].rstrip(".")
        if place.upper() in contexts()["dateline_label"]:
            continue
        if place.split(",")[0].isupper():
            found = marks >= 2 or match["dash"] in ("--", "_", "–", "—")
        else:
            found = agency is not None and match["dash"] is not None
        if not found:
            continue
        day = match["day"] or match["day2"]
        return Dateline(
            place=place,
            agency=agency,
            year=int(match["year"]) if match["year"] else None,
            month=int(words()[month].values["MONTH"]) if month else None,
            day=int(day) if day else None,
            start=match.start("place"),
            end=match.end(),
            date_start=match.start("date") if month else None,
            date_end=match.end("date") if month else None,
        )
    return _without_place(text)
