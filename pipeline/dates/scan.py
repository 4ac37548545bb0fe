"""A text as a string of codes, one character a token, over which the rules of time are matched.

A rule is a regular expression over such strings, and stretches of text without a word of time are
skipped at the cost of one look-up a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.dates.coder import NOTHING, OTHER, Coder, Values
from pipeline.dates.lexicon import holidays
from pipeline.dates.numbers import read_number_words


@dataclass(slots=True)
class Scan:
    """The tokens of a text: columns of equal length."""

    text: str
    codes: str = ""
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    values: list[Values] = field(default_factory=list)


def scan_text(text: str, coder: Coder) -> Scan:
    """Cut `text` into tokens and code them.

    Of several tokens in a row that no rule knows only the first is kept: no match runs over it.
    """
    scan = Scan(text)
    codes: list[str] = []
    starts, ends, values = scan.start, scan.end, scan.values
    position = 0
    for line in text.split("\n"):
        for chunk in line.split(" "):
            for code, start, end, found in coder.cut(chunk):
                if code == OTHER and codes and codes[-1] == OTHER:
                    continue
                codes.append(code)
                starts.append(position + start)
                ends.append(position + end)
                values.append(found)
            position += len(chunk) + 1
        codes.append(coder.line_break)
        starts.append(position - 1)
        ends.append(position)
        values.append(NOTHING)
    codes = _merge(scan, codes, _numbers(scan, coder))
    codes = _merge(scan, codes, _feasts(scan, coder))
    scan.codes = "".join(codes)
    return scan


Merge = tuple[int, int, str, Values, int]
"""First token, one past the last, and the code, values and end of the token that takes their place."""


def _merge(scan: Scan, codes: list[str], merges: list[Merge]) -> list[str]:
    """The codes with each group of tokens made one; `scan` is changed likewise. Groups are in order."""
    if not merges:
        return codes
    merged: list[str] = []
    start: list[int] = []
    end: list[int] = []
    values: list[Values] = []
    position = 0
    for first, stop, code, value, last in merges:
        merged += [*codes[position:first], code]
        start += [*scan.start[position:first], scan.start[first]]
        end += [*scan.end[position:first], last]
        values += [*scan.values[position:first], value]
        position = stop
    merged += codes[position:]
    scan.start = start + scan.start[position:]
    scan.end = end + scan.end[position:]
    scan.values = values + scan.values[position:]
    return merged


def _numbers(scan: Scan, coder: Coder) -> list[Merge]:
    """Numbers in several words, each to become one token: 'twenty-four', 'two and a half', '5 1/2'."""
    found: list[Merge] = []
    taken = 0
    for first in [i for i, v in enumerate(scan.values) if "NUM" in v]:
        if first < taken:
            continue
        stop = min(first + 8, len(scan.values))
        tokens = [scan.text[scan.start[i] : scan.end[i]].lower() for i in range(first, stop)]
        count, values = read_number_words(tokens)
        if count > 1:
            taken = first + count
            found.append((first, taken, coder.code(frozenset(values)), values, scan.end[taken - 1]))
    return found


def _feasts(scan: Scan, coder: Coder) -> list[Merge]:
    """Names of feasts, each to become one token: 'New Year's Day'."""
    found: list[Merge] = []
    code = coder.code(frozenset({"HOLIDAY"}))
    for match in holiday_pattern().finditer(scan.text):
        first, stop = bisect_left(scan.start, match.start()), bisect_left(scan.start, match.end())
        if first < stop:
            found.append((first, stop, code, {"HOLIDAY": match.group().replace("’", "'")}, match.end()))
    return found


@lru_cache(maxsize=1)
def holiday_pattern() -> re.Pattern[str]:
    """A pattern of all names of feasts, longest first."""
    names = sorted(holidays(), key=lambda n: (-len(n), n))
    return re.compile(r"\b(?:" + "|".join(re.escape(n).replace("'", "['’]") for n in names) + r")(?!\w)")
