"""Full dates in figures, read by dateparser: on spans that the finder found, with the order told."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from dateparser.date import DateDataParser

_NUMERIC = re.compile(r"(\d{1,4})[/. -](\d{1,2})[/. -](\d{1,4})")


@cache
def _parser(order: str) -> DateDataParser:
    return DateDataParser(
        languages=["en"],
        settings={
            "DATE_ORDER": order,
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )


@lru_cache(maxsize=65536)
def parse_absolute(text: str, day_first: bool | None = None) -> date | None:
    """The day that a full date names.

    Args:
        text: a date with day, month and year.
        day_first: True for 24/02/2023, False for 02/24/2023, None where the order is not known:
            then a date that both orders can read as different days is not read, unless it is
            written with full stops, which only those use who put the day first.

    Returns:
        None where it is no date, or could be two.
    """
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return _parse(text, "MDY")
    first, second = int(match[1]), int(match[2])
    if first > 12 or second > 12:
        return _parse(text, "DMY" if first > 12 else "MDY")
    if first == second:
        return _parse(text, "DMY")
    if day_first is None and "." in text and len(match[3]) == 4:
        day_first = True
    if day_first is None:
        return None
    return _parse(text, "DMY" if day_first else "MDY")


def _parse(text: str, order: str) -> date | None:
    found = _parser(order).get_date_data(text).date_obj
    return found.date() if found else None
