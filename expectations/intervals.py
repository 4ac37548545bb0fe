"""Rules that every dated table has: an interval of days, its EDTF, and the words it was read from.

The evaluation of EDTF here is written apart from the one that makes the dates, so that one checks the other.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import lru_cache

import pyarrow.compute as pc

from expectations.chunk import Rows
from expectations.rules import Rule, Verdict, computed
from pipeline.schema import Table

_QUALIFIER = r"[?~%]?"
_DATE = (
    r"(?:-?[0-9]{4}|-?[0-9X]{3}X|XXXX)" + _QUALIFIER
    + r"(?:-(?:[0-9]{2}|XX|[0-9]X)" + _QUALIFIER + r"(?:-(?:[0-9]{2}|XX|[0-9]X)" + _QUALIFIER + r")?)?"
    + r"(?:T[0-9]{2}(?::[0-9]{2}){0,2}(?:Z|[+-][0-9]{2}(?::[0-9]{2})?)?)?"
)  # fmt: skip
_EDTF = re.compile(rf"(?:{_DATE}|(?:{_DATE}|\.\.)?/(?:{_DATE}|\.\.)?)")
_WRITTEN = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?")


class Unknown(Enum):
    """Why an EDTF value does not tell a day by itself."""

    OPEN = "no bound, or no year"
    UNTOLD = "a season, or a part of a year that is not told whole"
    LOOSE = "uncertain, approximate, or before the year 1: the days may be told or not"


Side = date | Unknown

_SEASONS = {str(n) for n in range(21, 42)}


def interval_rules(table: Table, first: str, last: str, edtf: str, raw: str | None = None) -> tuple[Rule, ...]:
    """The rules about the columns `first`, `last` and `edtf` of a table, named after `first`'s stem."""
    stem = edtf.removesuffix("edtf").rstrip("_") or "date"
    rules = [
        Rule(
            table=table.name,
            name=f"{stem}_interval_is_in_order",
            meaning=f"{first} is no later than {last}.",
            expectation="ExpectColumnPairValuesAToBeGreaterThanB",
            arguments={"column_A": last, "column_B": first, "or_equal": True, "ignore_row_if": "either_value_is_missing"},
        ),
        computed(table, f"{stem}_edtf_is_well_formed", f"{edtf} is a date or interval of EDTF (ISO 8601-2).",
                 lambda rows: [None if e is None else is_edtf(e) for e in rows.values(edtf)]),
        computed(table, f"{stem}_edtf_agrees_with_interval",
                 f"{first} and {last} lie within the days of {edtf}, and are null where it is open or its year is not known.",
                 _agreement(edtf, first, last)),
    ]  # fmt: skip
    if raw is not None:
        meaning = f"{raw} is in the article's text."
        rules.append(computed(table, f"{raw}_is_in_text", meaning, lambda rows: occurs(rows, raw)))
        meaning = f"A row without {raw} in an article without a publication day has no date."
        rules.append(computed(table, f"{stem}_date_has_a_source", meaning, _sourced(raw, first, edtf)))
    return tuple(rules)


def occurs(rows: Rows, column: str) -> Verdict:
    """Whether the words of a column occur in the article's text; most are a date of the article, which is quick to see."""
    dates = rows.chunk["dates"]
    known = set(zip(dates.values("article_id"), dates.values("text"), strict=True))
    columns = (rows.values("article_id"), rows.values(column), rows.texts)
    return [
        None if words is None else (article, words) in known or words in text
        for article, words, text in zip(*columns, strict=True)
    ]


def is_edtf(text: str) -> bool:
    """Whether `text` is a date, a season or an interval of EDTF level 0, 1 or, with X within a part, 2."""
    return _EDTF.fullmatch(text) is not None and text not in ("/", "../..")


@lru_cache(maxsize=4096)
def sides_of(edtf: str) -> tuple[Side, Side]:
    """What a well-formed EDTF value says of the first and of the last day."""
    left, _, right = edtf.partition("/") if "/" in edtf else (edtf, "", edtf)
    return _days(left)[0], _days(right)[1]


def _days(part: str) -> tuple[Side, Side]:
    match = _WRITTEN.fullmatch(re.sub(r"[?~%]|T.*", "", part))
    if part in ("", "..") or (match and match[1] == "XXXX"):
        return Unknown.OPEN, Unknown.OPEN
    if part.startswith("-") or re.search(r"[?~%]", part):
        return Unknown.LOOSE, Unknown.LOOSE
    if match is None:
        return Unknown.UNTOLD, Unknown.UNTOLD
    year, month, day = match.groups()
    partly = any("X" in (p or "").replace("XX", "") for p in (month, day))
    lowest, highest = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if lowest < 1:
        return Unknown.LOOSE, Unknown.LOOSE
    if month in _SEASONS or partly:
        return Unknown.UNTOLD, Unknown.UNTOLD
    first, last = (1, 12) if month in (None, "XX") else (int(month), int(month))
    try:
        if day not in (None, "XX"):
            return date(lowest, first, int(day)), date(highest, last, int(day))
        return date(lowest, first, 1), date(highest, last, calendar.monthrange(highest, last)[1])
    except (ValueError, calendar.IllegalMonthError):
        return date.max, date.min


def _agreement(edtf: str, first: str, last: str) -> Callable[[Rows], Verdict]:
    def verdict(rows: Rows) -> Verdict:
        columns = (rows.values(name) for name in (edtf, first, last))
        return [_agrees(value, low, high) for value, low, high in zip(*columns, strict=True)]

    return verdict


def _agrees(edtf: str | None, first: date | None, last: date | None) -> bool | None:
    if edtf is None or not is_edtf(edtf):
        return None if edtf is not None else first is None and last is None
    low, high = sides_of(edtf)
    starts, ends = _side_agrees(low, first), _side_agrees(high, last)
    within = not isinstance(low, date) or first is None or low <= first
    return starts and ends and within and (not isinstance(high, date) or last is None or last <= high)


def _side_agrees(side: Side, day: date | None) -> bool:
    """Whether a day is there exactly where the value has one."""
    return side is Unknown.LOOSE or (day is None) == (side is Unknown.OPEN)


def _sourced(raw: str, first: str, edtf: str) -> Callable[[Rows], Verdict]:
    def verdict(rows: Rows) -> Verdict:
        undated = pc.and_(pc.is_null(rows.of_article("published_date")), pc.is_null(rows[raw]))
        dateless = pc.and_(pc.is_null(rows[first]), pc.is_null(rows[edtf]))
        return pc.or_(pc.invert(undated), dateless)

    return verdict
