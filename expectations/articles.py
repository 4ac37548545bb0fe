"""What holds for articles beyond their schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from expectations.chunk import Rows
from expectations.derived import derived
from expectations.rules import Rule, Verdict, computed, rule, rules_of
from pipeline.schema import Table
from pipeline.tables import ARTICLES
from pipeline.vocabulary import Precision, PublishedFrom, Severity

EARLIEST = date(1990, 1, 1)
"""An article published before is more often a misread date than an archive: it is reported, not rejected."""


@rule(ARTICLES)
def article_is_staged_once(rows: Rows) -> Verdict:
    """An article is staged once in a run."""
    return pc.invert(pc.is_in(rows["article_id"], rows.chunk.doubled))


@rule(ARTICLES)
def n_characters_is_the_length_of_text(rows: Rows) -> Verdict:
    """n_characters is the number of code points of text."""
    return pc.equal(rows["n_characters"], pc.utf8_length(rows["text"]))


@rule(ARTICLES)
def article_is_not_its_own_duplicate(rows: Rows) -> Verdict:
    """duplicate_of names another article."""
    return pc.not_equal(rows["duplicate_of"], rows["article_id"])


@rule(ARTICLES)
def instant_and_day_of_publication_agree(rows: Rows) -> Verdict:
    """The UTC day of published_at is at most one day from published_date, and is there only with it."""
    instants, days = rows["published_at"], rows["published_date"]
    distance = pc.days_between(days.cast(pa.timestamp("us")), instants.cast(pa.timestamp("us")))
    near = pc.less_equal(pc.abs(distance), 1)
    return pc.if_else(pc.is_valid(instants), pc.fill_null(near, False), None)


@rule(ARTICLES)
def local_day_of_publication_agrees(rows: Rows) -> Verdict:
    """published_local_date is null exactly where published_date is, and at most one day from it."""
    local, days = rows["published_local_date"], rows["published_date"]
    distance = pc.days_between(days.cast(pa.timestamp("s")), local.cast(pa.timestamp("s")))
    return pc.if_else(
        pc.and_(pc.is_valid(local), pc.is_valid(days)),
        pc.less_equal(pc.abs(distance), 1),
        pc.equal(pc.is_null(local), pc.is_null(days)),
    )


@rule(ARTICLES)
def publication_has_a_source(rows: Rows) -> Verdict:
    """published_from is none exactly where published_date is null."""
    return pc.equal(pc.equal(rows["published_from"], PublishedFrom.NONE.value), pc.is_null(rows["published_date"]))


@rule(ARTICLES)
def publication_precision_agrees(rows: Rows) -> Verdict:
    """published_precision is null exactly where published_date is, and instant exactly where published_at is known."""
    precision = rows["published_precision"]
    instant = pc.fill_null(pc.equal(precision, Precision.INSTANT.value), False)
    return pc.and_(
        pc.equal(pc.is_null(precision), pc.is_null(rows["published_date"])),
        pc.equal(instant, pc.is_valid(rows["published_at"])),
    )


@rule(ARTICLES, Severity.WARNING)
def publication_is_not_ancient(rows: Rows) -> Verdict:
    """published_date is not before 1990."""
    return pc.greater_equal(rows["published_date"], pa.scalar(EARLIEST, pa.date32()))


@rule(ARTICLES, Severity.WARNING)
def publication_is_not_in_the_future(rows: Rows) -> Verdict:
    """published_date is at most one day after the day of the run: it is tomorrow already somewhere."""
    return pc.less_equal(rows["published_date"], pa.scalar(rows.chunk.run_day + timedelta(days=1), pa.date32()))


@rule(ARTICLES)
def article_is_filed_under_its_day(rows: Rows) -> Verdict:
    """The partition is the publication day, where that is known."""
    return pc.equal(rows["day"], rows["published_date"])


@rule(ARTICLES)
def language_is_a_code(rows: Rows) -> Verdict:
    """Language is two lower-case letters, as in ISO 639-1."""
    return pc.match_substring_regex(rows["language"], r"^[a-z]{2}\z")


@rule(ARTICLES)
def extra_is_a_json_object(rows: Rows) -> Verdict:
    """Extra is a JSON object with sorted keys."""
    return [None if extra is None else _is_sorted_object(extra) for extra in rows.values("extra")]


def _is_sorted_object(text: str) -> bool:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and list(value) == sorted(value)


def _hashes(table: Table) -> tuple[Rule, ...]:
    names = ("content_hash", "record_hash", "raw_sha256")
    return tuple(
        computed(table, f"{name}_is_a_hash", f"{name} is 64 lower-case hex digits.", _is_hash(name)) for name in names
    )


def _is_hash(name: str) -> Callable[[Rows], Verdict]:
    return lambda rows: pc.match_substring_regex(rows[name], r"^[0-9a-f]{64}\z")


RULES = (*derived(ARTICLES), *rules_of(ARTICLES, globals()), *_hashes(ARTICLES))
