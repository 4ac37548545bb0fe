"""The words of time: what a word can be (a month, a weekday, a unit, a number) and its value.

`data/words.tsv` holds one row per word and category; a word with several categories has several
rows. `data/holidays.tsv` holds feasts of several words. The column `form` says how the word must
be written to count: `capital` (May, never may), `abbreviation` (with or without a full stop, with
its capital), `abbreviation-lower` (hrs), `upper` (GMT), empty (any).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pipeline.lookup import read_rows, unique

DATA = files("pipeline.dates") / "data"
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
        "LONG",
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


def _spellings(word: str, form: str) -> list[str]:
    if form in ("capital", "abbreviation"):
        return [word, word.upper()]
    if form in ("upper", "abbreviation-lower"):
        return [word]
    return [word, word.capitalize(), word.upper()]


@cache
def words(file: Traversable = DATA / "words.tsv") -> dict[str, Word]:
    """All spellings of all words of time.

    Raises:
        ValueError: an unknown category or form, a value that is no number where one is due, or a doubled entry.
    """
    found: dict[str, Word] = {}
    for row in unique(read_rows(file, ("word", "category", "value", "form", "note")), "word", "category"):
        category, form = row["category"], row["form"]
        if category not in CATEGORIES or form not in FORMS:
            row.refuse(f"unknown category {category!r} or form {form!r}")
        value: Value = row["value"]
        if category in _NUMERIC or category in _NUMERIC_TOO:
            value = row.convert("value", int)
        for spelling in _spellings(row["word"], form):
            entry = found.setdefault(spelling, Word())
            entry.values[category] = value
            entry.dotted = entry.dotted or form.startswith("abbreviation")
    return found


@cache
def holidays(file: Traversable = DATA / "holidays.tsv") -> dict[str, str]:
    """The rule of each feast by its name: `MM-DD`, `TH 4 11 [+days]` or `easter +days`.

    Raises:
        ValueError: a doubled name.
    """
    return {row["name"]: row["rule"] for row in unique(read_rows(file, ("name", "rule", "note")), "name")}


LISTS = frozenset(
    [
        "about",
        "act_ahead",
        "act_behind",
        "attack",
        "before_clock",
        "before_count",
        "before_day",
        "before_day_of_month",
        "back_clause",
        "before_event",
        "before_minutes",
        "before_month",
        "before_part",
        "before_season",
        "before_year",
        "between_ends",
        "circa",
        "clause_along",
        "clause_apart",
        "counted",
        "date_of_thing",
        "dated",
        "dateline_label",
        "day_idiom",
        "day_of",
        "fall_of",
        "feast_thing",
        "firm_plan",
        "future_modal",
        "golf",
        "heads_for",
        "held",
        "kind_of_day",
        "label",
        "lies_behind",
        "looks_back",
        "marched_in",
        "month_beside",
        "month_name",
        "month_verb",
        "no_rate",
        "of_our_time",
        "open_modal",
        "possessive",
        "puts_ahead",
        "puts_ahead_of_past",
        "rate_number",
        "same_in_past",
        "saying_noun",
        "saying_verb",
        "scheduled",
        "soon_of",
        "sure_future",
        "surely_year",
        "time_word",
        "times_an_act",
        "until",
        "weekday_paper",
        "weekday_title",
    ]
)


@cache
def contexts(file: Traversable = DATA / "contexts.tsv") -> dict[str, frozenset[str]]:
    """Words around an expression that tell what it is, by the name of their list.

    Raises:
        ValueError: an unknown list, a doubled word, or a list without a word.
    """
    found: dict[str, set[str]] = {name: set() for name in LISTS}
    for row in unique(read_rows(file, ("list", "word", "note")), "list", "word"):
        if row["list"] not in found:
            row.refuse(f"no list {row['list']!r}")
        found[row["list"]].add(row["word"])
    if empty := [name for name, members in sorted(found.items()) if not members]:
        raise ValueError(f"{file.name}: no words in {', '.join(empty)}")
    return {name: frozenset(members) for name, members in found.items()}


@cache
def context_pattern(name: str) -> str:
    """The words of a list as alternatives of a regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted(contexts()[name], key=lambda w: (-len(w), w)))
