"""Whole articles with all their rows: what a row rule may look at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

Pair = tuple[str, str]


class Chunk:
    """The staged rows of some articles, by table.

    Args:
        tables: an Arrow table for each article table.
        articles: ids of all articles that a reference may point to: those of the run and of the warehouse.
        doubled: ids of articles that were staged more than once in the run.
        run_day: the day of the run.
    """

    def __init__(self, tables: Mapping[str, pa.Table], articles: pa.Array, doubled: pa.Array, run_day: Any) -> None:
        self.tables = {name: Rows(self, name, data) for name, data in tables.items()}
        self.articles = articles
        self.doubled = doubled
        self.run_day = run_day

    def __getitem__(self, table: str) -> Rows:
        """The rows of a table."""
        return self.tables[table]

    @cached_property
    def actors(self) -> pa.Array:
        """Article and actor of every mention, as one string each (see `pairs`)."""
        mentions = self["mentions"]
        return pc.unique(pairs(mentions["article_id"], mentions["actor_id"]).drop_null())

    @cached_property
    def actor_rows(self) -> dict[Pair, set[tuple[str | None, str | None]]]:
        """The names and codes that the mentions of an article give an actor."""
        found: dict[Pair, set[tuple[str | None, str | None]]] = {}
        columns = (self["mentions"].values(c) for c in ("article_id", "actor_id", "actor_name", "actor_code"))
        for article, actor, name, code in zip(*columns, strict=True):
            if actor is not None:
                found.setdefault((article, actor), set()).add((name, code))
        return found

    @cached_property
    def statements(self) -> dict[Pair, int]:
        """Positions of the statements by article and id."""
        rows = self["statements"]
        keys = zip(rows.values("article_id"), rows.values("statement_id"), strict=True)
        return {key: i for i, key in enumerate(keys)}


class Rows:
    """The rows of one table of a chunk, by column."""

    def __init__(self, chunk: Chunk, table: str, data: pa.Table) -> None:
        self.chunk = chunk
        self.table = table
        self.data = data
        self._columns: dict[str, pa.Array] = {}
        self._values: dict[str, list[Any]] = {}

    def __len__(self) -> int:
        """The number of rows."""
        return int(self.data.num_rows)

    def __getitem__(self, column: str) -> pa.Array:
        """A column as one Arrow array."""
        if column not in self._columns:
            self._columns[column] = _whole(self.data.column(column))
        return self._columns[column]

    def values(self, column: str) -> list[Any]:
        """A column as Python values."""
        if column not in self._values:
            self._values[column] = self[column].to_pylist()
        return self._values[column]

    @cached_property
    def article(self) -> pa.Array:
        """The position of each row's article in the chunk; null where the chunk has no such article."""
        return pc.index_in(self["article_id"], self.chunk["articles"]["article_id"])

    @cached_property
    def texts(self) -> list[str]:
        """The text of each row's article; empty where the chunk has no such article."""
        texts = self.chunk["articles"].values("text")
        return ["" if i is None else texts[i] for i in self.article.to_pylist()]

    def of_article(self, column: str) -> pa.Array:
        """A column of each row's article; null where the chunk has no such article."""
        return self.chunk["articles"][column].take(self.article)


def pairs(first: pa.Array, second: pa.Array) -> pa.Array:
    """Two string columns as one, to look both up at once; null where one is null."""
    return pc.binary_join_element_wise(first, second, "\x1f")


def _whole(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    return pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole
