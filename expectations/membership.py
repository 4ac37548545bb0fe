"""Rules that every table about an article's text shares."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pyarrow.compute as pc

from expectations.chunk import Rows
from expectations.rules import Rule, Verdict, computed
from pipeline.schema import Table


def sharing_rules(table: Table) -> tuple[Rule, ...]:
    """The rules that tie each row of a table to its article."""
    meaning = "A row is filed under the day of its article."
    return (computed(table, "row_is_filed_with_its_article", meaning, _same_day),)


def sentence_rules(table: Table, words: str, *anchors: str) -> tuple[Rule, ...]:
    """The rules about the column `sentence`, which stands around the first of `anchors` that is there."""
    meaning = f"The sentence is the article's text around {', else '.join(anchors)}."
    return (
        computed(table, "sentence_is_in_text", meaning, lambda rows: _stands_around(rows, anchors)),
        computed(
            table, f"sentence_holds_{words}", f"The sentence holds the {words}.", lambda rows: _holds(rows, words)
        ),
    )


def all_or_none(rows: Rows, *columns: str) -> Verdict:
    """Whether the columns are all null or all filled."""
    first, *others = (pc.is_null(rows[c]) for c in columns)
    same = pc.equal(first, first)
    for other in others:
        same = pc.and_(same, pc.equal(first, other))
    return same


def only_with(rows: Rows, needed: str, *columns: str) -> Verdict:
    """Whether the columns are null wherever the column `needed` is."""
    filled = pc.is_valid(rows[columns[0]])
    for c in columns[1:]:
        filled = pc.or_(filled, pc.is_valid(rows[c]))
    return pc.or_(pc.is_valid(rows[needed]), pc.invert(filled))


def is_sorted_set(values: list[str] | None) -> bool | None:
    """Whether a list is sorted and names nothing twice."""
    return None if values is None else all(a < b for a, b in itertools.pairwise(values))


def is_set(values: list[str] | None) -> bool | None:
    """Whether a list names nothing twice."""
    return None if values is None else len(set(values)) == len(values)


def _same_day(rows: Rows) -> Verdict:
    return pc.fill_null(pc.equal(rows["day"], rows.of_article("day")), False)


def _stands_around(rows: Rows, anchors: Sequence[str]) -> Verdict:
    """Look near the anchor alone: a long text is not searched for each of its rows."""
    places = pc.coalesce(*(rows[name] for name in anchors)).to_pylist()
    columns = (rows.values("sentence"), rows.texts, places)
    return [text.find(s, max(0, at - len(s)), at + len(s)) >= 0 for s, text, at in zip(*columns, strict=True)]


def _holds(rows: Rows, words: str) -> Verdict:
    pairs = zip(rows.values(words), rows.values("sentence"), strict=True)
    return [None if w is None else w in s for w, s in pairs]
