"""The promise on every row: what it says stands in the text, at the place that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from pipeline.schema import Table
from pipeline.tables import ARTICLES, STATEMENTS


def find_wrong_offsets(table: Table, rows: pa.Table, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The rows whose surface strings are not `text[start:end]`.

    Args:
        table: the table of the rows.
        rows: its rows; those of articles that `texts` lacks are passed over.
        texts: texts by article id.

    Yields:
        The key of the row and the name of the column.
    """
    columns = ["article_id", table.key[0], *(c for surface in table.surfaces for c in surface)]
    if table is STATEMENTS:
        columns += ["content", "content_spans", "content_start", "content_end"]
    elif table is ARTICLES:
        columns += ["text", "n_characters"]
    for row in rows.select(list(dict.fromkeys(columns))).to_pylist():
        text = texts.get(row["article_id"])
        if text is not None:
            for column in _wrong(table, row, text):
                yield row[table.key[0]], column


def _wrong(table: Table, row: dict[str, Any], text: str) -> Iterator[str]:
    for surface in table.surfaces:
        if not _stands(text, row[surface.text], row[surface.start], row[surface.end]):
            yield surface.text
    if table is STATEMENTS and not _is_content(row, text):
        yield "content"
    if table is ARTICLES and row["n_characters"] != len(row["text"]):
        yield "n_characters"


def _stands(text: str, surface: str | None, start: int | None, end: int | None) -> bool:
    if surface is None or start is None or end is None:
        return surface is None and start is None and end is None
    return 0 <= start < end <= len(text) and text[start:end] == surface


def _is_content(row: dict[str, Any], text: str) -> bool:
    spans = [(s["start"], s["end"]) for s in row["content_spans"] or []]
    bounds = [edge for span in spans for edge in span]
    if not spans or bounds != sorted(bounds) or bounds[0] < 0 or bounds[-1] > len(text):
        return False
    pieces = " ".join(text[start:end] for start, end in spans)
    return (pieces, bounds[0], bounds[-1]) == (row["content"], row["content_start"], row["content_end"])
