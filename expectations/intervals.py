"""Rules that every dated table has: an interval of days, its EDTF, and the words it was read from.

The evaluation of EDTF here is written apart from the one that makes the dates, so that one checks the other.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
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
                 f"{first} and {last} are the first and last day of {edtf}; both are null where the year is not known.",
                 _agreement(edtf, first, last)),
    ]  # fmt: skip
    if raw is not None:
        meaning = f"{raw} is in the article's text."
        rules.append(computed(table, f"{raw}_is_in_text", meaning, lambda rows: occurs(rows, raw)))
        meaning = f"A row without {raw} in an article without a publication day has no date."
        rules.append(computed(table, f"{stem}_date_has_a_source", meaning, _sourced(raw, first, edtf)))
    return tuple(rules)


def occurs(rows: Rows, column: str) -> Verdict:
    """Whether the words of a column occur in the article's text."""
    return [
        None if words is None else words in text for words, text in zip(rows.values(column), rows.texts, strict=True)
    ]


def is_edtf(text: str) -> bool:
    """Whether `text` is a date, a season or an interval of EDTF level 0, 1 or, with X within a part, 2."""
    return _EDTF.fullmatch(text) is not None and text not in ("/", "../..")


@lru_cache(maxsize=4096)
def days_of(edtf: str) -> tuple[date | None, date | None] | None:
    """The first and last day that a well-formed EDTF value can mean.

    An end is None where it is open or its year is not known; the whole is None where the value
    does not tell the days by itself (seasons, years before 1).
    """
    if "/" not in edtf:
        return _days(edtf)
    left, right = edtf.split("/")
    first = (None, None) if left in ("", "..") else _days(left)
    last = (None, None) if right in ("", "..") else _days(right)
    return None if first is None or last is None else (first[0], last[1])


def _days(part: str) -> tuple[date | None, date | None] | None:
    match = _WRITTEN.fullmatch(re.sub(r"[?~%]|T.*", "", part))
    if match is None:
        return None
    year, month, day = match.groups()
    if year == "XXXX":
        return None, None
    if month in _SEASONS or "X" in (month or "").replace("XX", "") or "X" in (day or "").replace("XX", ""):
        return None
    lowest, highest = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if lowest < 1:
        return None
    months = (1, 12) if month in (None, "XX") else (int(month), int(month))
    try:
        if day not in (None, "XX"):
            return date(lowest, months[0], int(day)), date(highest, months[1], int(day))
        return date(lowest, months[0], 1), date(highest, months[1], calendar.monthrange(highest, months[1])[1])
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
    days = days_of(edtf)
    return (first is not None and last is not None) if days is None else days == (first, last)


def _sourced(raw: str, first: str, edtf: str) -> Callable[[Rows], Verdict]:
    def verdict(rows: Rows) -> Verdict:
        undated = pc.and_(pc.is_null(rows.of_article("published_date")), pc.is_null(rows[raw]))
        dateless = pc.and_(pc.is_null(rows[first]), pc.is_null(rows[edtf]))
        return pc.or_(pc.invert(undated), dateless)

    return verdict
