"""Data files of this package: tab-separated, one header line, lines that begin with # are notes."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def read_table(name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a data file of this package with their line numbers; lines that begin with # are notes.

    Raises:
        ValueError: other columns than the named ones, or a line with more or fewer.
    """
    text = (files("pipeline.events") / "data" / name).read_text(encoding="utf-8")
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line and not line.startswith("#")]
    if not lines or tuple(lines[0][1].split("\t")) != columns:
        raise ValueError(f"{name}: the columns are not {', '.join(columns)}")
    for number, line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise ValueError(f"{name}:{number}: {len(cells)} cells, not {len(columns)}")
        yield number, dict(zip(columns, cells, strict=True))
