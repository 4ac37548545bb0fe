"""The words of time: what a word can be (a month, a weekday, a unit, a number) and its value.

`data/words.tsv` holds one row per word and category; a word with several categories has several
rows. `data/holidays.tsv` holds feasts of several words. The column `form` says how the word must
be written to count: `capital` (May, never may), `abbreviation` (with or without a full stop, with
its capital), `abbreviation-lower` (hrs), `upper` (GMT), empty (any).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

Value = int | float | str

FORMS = frozenset({"", "capital", "abbreviation", "abbreviation-lower", "upper"})
CATEGORIES = frozenset(
    [
        "MONTH",
        "WEEKDAY",
        "WEEKDAYS",
        "WKDABBR",
        "SEASON",
        "SEASONS",
        "PART",
        "PARTS",
        "NOON",
        "MIDNIGHT",
        "UNIT",
        "UNITS",
        "DEICTIC",
        "TONIGHT",
        "REL",
        "CTXREL",
        "NOWREF",
        "CURRENT",
        "PASTREF",
        "RECENT",
        "FUTUREREF",
        "SETWORD",
        "ANNUAL",
        "EARLY",
        "EDGE",
        "AMPM",
        "ZONE",
        "ERA",
        "NUMBER",
        "ORDINAL",
        "DECADE",
        "HALF",
    ]
)
_NUMERIC = frozenset({"MONTH", "WEEKDAY", "WEEKDAYS", "WKDABBR", "DEICTIC", "TONIGHT", "REL", "CTXREL"})
_NUMERIC_TOO = frozenset({"NUMBER", "ORDINAL", "DECADE", "HALF"})


@dataclass(slots=True)
class Word:
    """What one spelling can be: its values by category."""

    values: dict[str, Value] = field(default_factory=dict)
    dotted: bool = False
    """True where a full stop after it belongs to it: 'Sept.'"""


def _data_rows(name: str, columns: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a data file with their line numbers.

    Raises:
        ValueError: other columns than expected, or a row with too few or too many fields.
    """
    path = files("pipeline.dates") / "data" / name
    with path.open(encoding="utf-8") as file:
        reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if next(reader) != columns:
            raise ValueError(f"{name}, line 1: the columns are {', '.join(columns)}")
        for line, row in enumerate(reader, 2):
            if len(row) != len(columns):
                raise ValueError(f"{name}, line {line}: {len(row)} fields, expected {len(columns)}")
            yield line, dict(zip(columns, row, strict=True))


def read_table(name: str, columns: list[str]) -> list[tuple[int, dict[str, str]]]:
    """Read a data file of this package: (line number, row) for each row."""
    return list(_data_rows(name, columns))


def _spellings(word: str, form: str) -> list[str]:
    if form in ("capital", "abbreviation"):
        return [word, word.upper()]
    if form == "upper":
        return [word]
    return [word, word.capitalize(), word.upper()]


@cache
def words() -> dict[str, Word]:
    """All spellings of all words of time.

    Raises:
        ValueError: an unknown category or form, a value that is no number where one is due, or a doubled entry.
    """
    found: dict[str, Word] = {}
    seen: set[tuple[str, str]] = set()
    for line, row in read_table("words.tsv", ["word", "category", "value", "form", "note"]):
        word, category, form = row["word"], row["category"], row["form"]
        if category not in CATEGORIES or form not in FORMS:
            raise ValueError(f"words.tsv, line {line}: unknown category {category!r} or form {form!r}")
        if (word, category) in seen:
            raise ValueError(f"words.tsv, line {line}: {word!r} is a {category} already")
        seen.add((word, category))
        value: Value = row["value"]
        if category in _NUMERIC or category in _NUMERIC_TOO:
            try:
                value = int(row["value"])
            except ValueError:
                raise ValueError(f"words.tsv, line {line}: {row['value']!r} is not a whole number") from None
        for spelling in _spellings(word, form):
            entry = found.setdefault(spelling, Word())
            entry.values[category] = value
            entry.dotted = entry.dotted or form.startswith("abbreviation")
    return found


@cache
def holidays() -> dict[str, str]:
    """The rule of each feast by its name: `MM-DD`, `TH 4 11 [+days]` or `easter +days`.

    Raises:
        ValueError: a doubled name.
    """
    found: dict[str, str] = {}
    for line, row in read_table("holidays.tsv", ["name", "rule", "note"]):
        if row["name"] in found:
            raise ValueError(f"holidays.tsv, line {line}: {row['name']!r} is there already")
        found[row["name"]] = row["rule"]
    return found


LISTS = frozenset(
    {"before_month", "before_year", "before_count", "before_clock", "label", "counted"}
    | {"weekday_title", "weekday_paper", "feast_thing", "possessive", "before_minutes", "dateline_label"}
)


@cache
def contexts() -> dict[str, frozenset[str]]:
    """Words around an expression that tell what it is, by the name of their list.

    Raises:
        ValueError: an unknown list, or a doubled word.
    """
    found: dict[str, set[str]] = {name: set() for name in LISTS}
    for line, row in read_table("contexts.tsv", ["list", "word", "note"]):
        name, word = row["list"], row["word"]
        if name not in found or word in found[name]:
            raise ValueError(f"contexts.tsv, line {line}: no list {name!r}, or {word!r} is in it already")
        found[name].add(word)
    return {name: frozenset(members) for name, members in found.items()}


@cache
def context_pattern(name: str) -> str:
    """The words of a list as alternatives of a regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted(contexts()[name], key=lambda w: (-len(w), w)))
