"""The rules that follow from `pipeline/tables.py`: nobody writes these by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from expectations.chunk import Rows, pairs
from expectations.rules import Rule, Verdict, computed
from pipeline.actors.datafile import country_codes
from pipeline.ids import ID_LENGTH
from pipeline.schema import SCHEMA_VERSION, Column, Surface, Table
from pipeline.tables import MENTIONS
from pipeline.vocabulary import cameo, plover_modes


def derived(table: Table) -> tuple[Rule, ...]:
    """The rules of an article table that its declaration implies."""
    rules: list[Rule] = []
    for column in table.columns:
        rules += _of_column(table, column)
    rules += [_surface(table, surface) for surface in table.surfaces]
    rules.append(
        _native(table, "schema_version_is_current", f"Rows are of schema version {SCHEMA_VERSION}.",
                "ExpectColumnValuesToBeInSet", column="schema_version", value_set=[SCHEMA_VERSION])
    )  # fmt: skip
    return tuple(rules)


def closed_list(name: str) -> frozenset[str]:
    """The values of a closed list that is kept as data.

    Raises:
        KeyError: there is no list of that name.
    """
    return _CLOSED[name]()


def _of_column(table: Table, c: Column) -> Iterator[Rule]:
    """The rules of one column. An actor is whatever a mention names, so that reference alone has no rule."""
    repeated = pa.types.is_list(c.arrow)
    if not c.nullable:
        yield _filled(table, c)
    if c.key:
        yield _native(table, f"{c.name}_is_unique", f"No two rows of {table.name} have the same {c.name}.",
                      "ExpectColumnValuesToBeUnique", column=c.name)  # fmt: skip
        yield _native(table, f"{c.name}_is_an_id", f"{c.name} is {ID_LENGTH} lower-case hex digits.",
                      "ExpectColumnValuesToMatchRegex", column=c.name, regex=rf"^[0-9a-f]{{{ID_LENGTH}}}\Z")  # fmt: skip
    if pa.types.is_string(c.arrow):
        yield computed(table, f"{c.name}_is_not_blank", f"{c.name} is null rather than blank.", _not_blank(c.name))
    elif repeated and pa.types.is_string(c.arrow.value_type):
        yield computed(table, f"{c.name}_has_no_blank", f"No element of {c.name} is null or blank.", _no_blank(c.name))
    values = c.values if c.closed is None else sorted(closed_list(c.closed))
    if values is not None:
        yield _native(table, f"{c.name}_is_in_its_list", f"{c.name} is one of its closed list of {len(values)}.",
                      "ExpectColumnValuesToBeInSet", column=c.name, value_set=values)  # fmt: skip
    if c.minimum is not None or c.maximum is not None:
        yield _native(table, f"{c.name}_is_in_range", f"{c.name} is {_range(c)}.",
                      "ExpectColumnValuesToBeBetween", column=c.name, min_value=c.minimum, max_value=c.maximum)  # fmt: skip
    if pa.types.is_floating(c.arrow):
        yield computed(
            table, f"{c.name}_is_a_number", f"{c.name} is not NaN.", lambda rows: pc.invert(pc.is_nan(rows[c.name]))
        )
    if c.refers is not None and not (table is MENTIONS and c.refers.startswith("actors.")):
        yield _reference(table, c)


def _filled(table: Table, c: Column) -> Rule:
    """A list is judged by a computed column: Great Expectations passes lists without a word."""
    name, meaning = f"{c.name}_is_filled", f"{c.name} is never null."
    if pa.types.is_list(c.arrow):
        return replace(computed(table, name, meaning, lambda rows: pc.is_valid(rows[c.name])), required=True)
    return replace(_native(table, name, meaning, "ExpectColumnValuesToNotBeNull", column=c.name), required=True)


def _native(table: Table, name: str, meaning: str, expectation: str, **arguments: Any) -> Rule:
    return Rule(table=table.name, name=name, meaning=meaning, expectation=expectation, arguments=arguments)


def _range(c: Column) -> str:
    if c.maximum is None:
        return f"at least {c.minimum}"
    return f"at most {c.maximum}" if c.minimum is None else f"from {c.minimum} to {c.maximum}"


def _not_blank(name: str) -> Callable[[Rows], Verdict]:
    return lambda rows: pc.not_equal(pc.utf8_trim_whitespace(rows[name]), "")


def _no_blank(name: str) -> Callable[[Rows], Verdict]:
    def verdict(rows: Rows) -> Verdict:
        flat = pc.utf8_trim_whitespace(pc.fill_null(pc.list_flatten(rows[name]), ""))
        return _none_of(rows, name, pc.equal(flat, ""))

    return verdict


def _none_of(rows: Rows, name: str, bad: pa.Array) -> pa.Array:
    """Whether no element of a row's list is bad, given the verdict on each element of all lists in order."""
    broken = pc.unique(pc.list_parent_indices(rows[name]).filter(bad))
    positions = pa.array(range(len(rows)), broken.type)
    return pc.invert(pc.is_in(positions, broken))


def _surface(table: Table, s: Surface) -> Rule:
    def verdict(rows: Rows) -> Verdict:
        columns = (rows.values(name) for name in s)
        return [
            _is_surface(whole, text, start, end) for whole, text, start, end in zip(rows.texts, *columns, strict=True)
        ]

    meaning = f"{s.text} is the article's text from {s.start} to {s.end}, or all three are null."
    return computed(table, f"{s.text}_agrees_with_text", meaning, verdict)


def _is_surface(whole: str, text: str | None, start: int | None, end: int | None) -> bool:
    if text is None or start is None or end is None:
        return text is None and start is None and end is None
    return 0 <= start < end <= len(whole) and whole[start:end] == text


def _reference(table: Table, c: Column) -> Rule:
    assert c.refers is not None
    target = c.refers.split(".")[0]
    repeated = pa.types.is_list(c.arrow)

    def verdict(rows: Rows) -> Verdict:
        if target == "articles":
            return _is_article(rows, c.name)
        known = rows.chunk.actors if target == "actors" else _statements(rows)
        if not repeated:
            wanted = pairs(rows["article_id"], rows[c.name])
            return pc.or_kleene(pc.is_in(wanted, known), pc.is_null(wanted))
        articles = rows["article_id"].take(pc.list_parent_indices(rows[c.name]))
        wanted = pairs(articles, pc.list_flatten(rows[c.name]))
        return _none_of(rows, c.name, pc.invert(pc.is_in(wanted, known)))

    return computed(table, f"{c.name}_exists", _REFERENCES[target].format(name=c.name), verdict)


_REFERENCES = {
    "articles": "The article that {name} names exists.",
    "actors": "Every actor that {name} names is mentioned in the article.",
    "statements": "The statement that {name} names stands in the same article.",
}


def _is_article(rows: Rows, name: str) -> pa.Array:
    """A row's own article is staged with it; another article is staged in the run or stands in the warehouse."""
    if name == "article_id":
        return pc.is_valid(rows.article)
    return pc.or_(pc.is_in(rows[name], rows.chunk.articles), pc.is_null(rows[name]))


def _statements(rows: Rows) -> pa.Array:
    statements = rows.chunk["statements"]
    return pairs(statements["article_id"], statements["statement_id"])


@cache
def _cameo() -> frozenset[str]:
    return frozenset(cameo())


@cache
def _modes() -> frozenset[str]:
    return frozenset().union(*plover_modes().values())


_CLOSED: dict[str, Callable[[], frozenset[str]]] = {"iso3": country_codes, "cameo": _cameo, "plover_mode": _modes}
