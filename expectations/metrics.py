"""Counts, shares and means of a run: one number each, added up over chunks.

Every metric is a ratio of two sums, so that chunks of any size give the same number:

    articles.rows                       number of articles
    <table>.rows_per_article            rows for each article
    <table>.rows_per_10000_characters   rows for each 10,000 characters of text
    <table>.quarantined                 share of the staged rows that are held back
    <table>.filled_<column>             share of rows where a nullable column is filled, or a list is not empty
    <table>.true_<column>               share of rows where a flag is true
    <table>.<column>_<value>            share of rows with one value of a short closed list
    <table>.mean_<column>               mean of a number from 0 to 1

and those that `_DOMAIN` names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.schema import Column, Table
from pipeline.tables import ARTICLE_TABLES
from pipeline.vocabulary import TimexType

MAX_VALUES = 7
"""A closed list that is longer has no metric for each value."""

CHARACTERS = 10_000
LONG = 100_000
"""Code points from which an article is left out of all metrics but the counts: no news article is as long, and one
that is (an archive in one piece, junk) would outweigh all others."""

Sums = tuple[float, float]


class Metric(NamedTuple):
    """The name of a metric."""

    table: str
    name: str

    def __str__(self) -> str:
        """As in `floors.toml`: table.name."""
        return f"{self.table}.{self.name}"


@dataclass
class Tally:
    """The two sums of every metric."""

    sums: dict[Metric, Sums] = field(default_factory=dict)

    def add(self, metric: Metric, value: float, of: float) -> None:
        """Add to a metric: `value` of `of`."""
        a, b = self.sums.get(metric, (0.0, 0.0))
        self.sums[metric] = (a + value, b + of)

    def merge(self, other: Tally) -> None:
        """Add all metrics of another tally."""
        for metric, (value, of) in other.sums.items():
            self.add(metric, value, of)

    def value(self, metric: Metric) -> float | None:
        """The metric's ratio; None where there is nothing to divide by."""
        a, b = self.sums[metric]
        if is_count(metric):
            return a
        return a / b if b else None

    def size(self, metric: Metric) -> float:
        """What the metric is a share or mean of: the number of rows, articles or 10,000 characters."""
        return self.sums[metric][0 if is_count(metric) else 1]


def tally_chunk(tally: Tally, staged: Mapping[str, pa.Table], kept: Mapping[str, pa.Table]) -> None:
    """Add the rows of a chunk: those staged, and those of them that may be published."""
    tally.add(Metric("articles", "rows"), kept["articles"].num_rows, kept["articles"].num_rows)
    for table in ARTICLE_TABLES:
        n = staged[table.name].num_rows
        tally.add(Metric(table.name, "quarantined"), n - kept[table.name].num_rows, n)
    kept = _usual(kept)
    articles = kept["articles"]
    characters = (pc.sum(articles.column("n_characters")).as_py() or 0) / CHARACTERS
    for table in ARTICLE_TABLES:
        rows = kept[table.name]
        if table.name != "articles":
            tally.add(Metric(table.name, "rows_per_article"), rows.num_rows, articles.num_rows)
            tally.add(Metric(table.name, "rows_per_10000_characters"), rows.num_rows, characters)
        for name, value in _of_columns(table, rows):
            tally.add(Metric(table.name, name), value, rows.num_rows)
    for metric, (value, of) in _domain(kept).items():
        tally.add(metric, value, of)


def _usual(kept: Mapping[str, pa.Table]) -> Mapping[str, pa.Table]:
    """The rows of articles that are not longer than news articles are."""
    long = kept["articles"].filter(pc.greater(kept["articles"].column("n_characters"), LONG)).column("article_id")
    if not len(long):
        return kept
    return {n: rows.filter(pc.invert(pc.is_in(rows.column("article_id"), long))) for n, rows in kept.items()}


def metric_names() -> set[Metric]:
    """Every metric that a run has."""
    empty = {t.name: t.arrow.empty_table() for t in ARTICLE_TABLES}
    tally = Tally()
    tally_chunk(tally, empty, empty)
    return set(tally.sums)


def is_count(metric: Metric) -> bool:
    """Whether a metric is a number of rows."""
    return metric.name == "rows"


def is_share(metric: Metric) -> bool:
    """Whether a metric is from 0 to 1, not a count or a mean without a limit."""
    return not metric.name.startswith("rows")


def describe(metric: Metric) -> str:
    """What a metric measures, in a sentence."""
    if metric in _SENTENCES:
        return _SENTENCES[metric]
    for prefix, sentence in _PREFIXES.items():
        if metric.name.startswith(prefix):
            return sentence.format(table=metric.table, column=metric.name.removeprefix(prefix))
    return f"Share of {metric.table} with this value of a closed list: {metric.name.replace('_', ' ')}."


_SENTENCES = {
    Metric("articles", "rows"): "Number of articles that may be published.",
    Metric("articles", "without_statements"): "Share of articles without any statement.",
    Metric("articles", "without_events"): "Share of articles without any event.",
    Metric("articles", "without_any_row"): "Share of articles without any statement, event, date or mention.",
    Metric("statements", "speakers_with_id"): "Share of speakers that are known by id.",
    Metric(
        "statements", "dated_in_dated_articles"
    ): "Share of statements with a date, in articles with a publication day.",
    Metric("events", "dated_in_dated_articles"): "Share of events with a date, in articles with a publication day.",
    Metric(
        "dates", "resolved_in_dated_articles"
    ): "Share of dates and times that are resolved to days, in articles with a publication day.",
}

_PREFIXES = {
    "rows_per_article": "Number of {table} for each article.",
    "rows_per_10000_characters": "Number of {table} for each 10,000 characters of text.",
    "quarantined": "Share of the staged {table} that are held back.",
    "filled_": "Share of {table} where {column} is filled.",
    "true_": "Share of {table} where {column} is true.",
    "mean_": "Mean of {column} over all {table}.",
}


def _of_columns(table: Table, rows: pa.Table) -> Iterator[tuple[str, float]]:
    for c in table.columns:
        if c.name not in ("schema_version", "code_version"):
            yield from _of_column(c, rows.column(c.name))


def _of_column(c: Column, values: pa.ChunkedArray) -> Iterator[tuple[str, float]]:
    if c.nullable:
        yield f"filled_{c.name}", len(values) - values.null_count
    elif pa.types.is_list(c.arrow):
        yield f"filled_{c.name}", _true(pc.greater(pc.list_value_length(values), 0))
    if pa.types.is_boolean(c.arrow):
        yield f"true_{c.name}", _true(values)
    if c.values is not None and len(c.values) <= MAX_VALUES:
        for value in c.values:
            yield f"{c.name}_{value}", _true(pc.equal(values, pa.scalar(value, c.arrow)))
    if (c.minimum, c.maximum) == (0, 1):
        yield f"mean_{c.name}", pc.sum(values).as_py() or 0.0


def _domain(kept: Mapping[str, pa.Table]) -> dict[Metric, Sums]:
    articles, statements, events, dates = (kept[name] for name in ("articles", "statements", "events", "dates"))
    ids = articles.column("article_id")
    dated = articles.filter(pc.is_valid(articles.column("published_date"))).column("article_id")
    said, done = (rows.filter(pc.is_in(rows.column("article_id"), dated)) for rows in (statements, events))
    spoken = statements.filter(pc.is_valid(statements.column("speaker")))
    points = pc.is_in(dates.column("timex_type"), pa.array([TimexType.DATE.value, TimexType.TIME.value]))
    points = dates.filter(pc.and_(points, pc.is_in(dates.column("article_id"), dated)))
    return {
        Metric("articles", "without_statements"): _absent(ids, statements),
        Metric("articles", "without_events"): _absent(ids, events),
        Metric("articles", "without_any_row"): _absent(ids, *(kept[t.name] for t in ARTICLE_TABLES[1:])),
        Metric("statements", "speakers_with_id"): _filled(spoken, "speaker_id"),
        Metric("statements", "dated_in_dated_articles"): _filled(said, "said_from"),
        Metric("events", "dated_in_dated_articles"): _filled(done, "event_from"),
        Metric("dates", "resolved_in_dated_articles"): _filled(points, "date_from"),
    }


def _absent(ids: pa.ChunkedArray, *tables: pa.Table) -> Sums:
    present = pa.chunked_array([c for t in tables for c in t.column("article_id").chunks], pa.string())
    return len(ids) - _true(pc.is_in(ids, pc.unique(present))), len(ids)


def _filled(rows: pa.Table, column: str) -> Sums:
    values = rows.column(column)
    return len(values) - values.null_count, len(values)


def _true(values: pa.ChunkedArray) -> float:
    return float(pc.sum(values).as_py() or 0)
