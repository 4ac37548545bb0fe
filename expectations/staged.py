"""The staged files of a run, read in chunks of whole articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.schema import Table
from pipeline.tables import ARTICLE_TABLES

DAY = "day"
"""The column of a staged file that becomes the partition's name."""

MAX_CHARACTERS = 32_000_000
"""Characters of text that are read at once, unless one batch alone has more."""


class StagedFileError(Exception):
    """A staged file is not what this version of newsledger stages: an error of the program, never of the news."""


@dataclass(frozen=True)
class Staged:
    """The staged files of a run.

    Args:
        files: for each article table one file a batch, in the order of the batches: a batch holds whole articles.
        filesystem: the Arrow file system of the files; None for local ones.

    Raises:
        StagedFileError: a table is missing, or has not one file for each batch.
    """

    files: Mapping[str, Sequence[str | Path]]
    filesystem: Any = None

    def __post_init__(self) -> None:
        counts = {table.name: len(self.files.get(table.name, ())) for table in ARTICLE_TABLES}
        if len(set(counts.values())) != 1:
            raise StagedFileError(f"each batch stages one file for each table, but there are {counts}")

    @property
    def n_batches(self) -> int:
        """The number of batches."""
        return len(self.files[ARTICLE_TABLES[0].name])

    def groups(self, rows: int, size: int = MAX_CHARACTERS) -> list[range]:
        """Consecutive batches that together hold at most `rows` rows a table and `size` characters, or are one batch."""
        groups: list[range] = []
        start, most, total = 0, dict.fromkeys(self.files, 0), 0
        for batch in range(self.n_batches):
            counts, weight = self._extent(batch)
            grown = {name: most[name] + counts[name] for name in counts}
            if batch > start and (max(grown.values()) > rows or total + weight > size):
                groups.append(range(start, batch))
                start, grown, total = batch, counts, 0
            most, total = grown, total + weight
        if start < self.n_batches:
            groups.append(range(start, self.n_batches))
        return groups

    def read(self, batches: range) -> dict[str, pa.Table]:
        """Read some batches whole, by table.

        Raises:
            StagedFileError: a file has not the columns of its table and the column `day`.
        """
        return {t.name: pa.concat_tables([self._read(t, batch) for batch in batches]) for t in ARTICLE_TABLES}

    def article_ids(self) -> pa.Array:
        """The ids of all staged articles, in the order of the batches."""
        columns = [self._table("articles", batch, ["article_id"]) for batch in range(self.n_batches)]
        chunks = [chunk for table in columns for chunk in table.column(0).chunks]
        return pa.concat_arrays(chunks) if chunks else pa.array([], pa.string())

    def _extent(self, batch: int) -> tuple[dict[str, int], int]:
        """The rows of a batch by table, and the characters of its texts."""
        counts = {}
        for table in ARTICLE_TABLES:
            with _told(self._path(table.name, batch)) as path:
                meta = pq.read_metadata(path, filesystem=self.filesystem)
            counts[table.name] = meta.num_rows
        characters = self._table("articles", batch, ["n_characters"]).column(0)
        return counts, pc.sum(characters).as_py() or 0

    def _read(self, table: Table, batch: int) -> pa.Table:
        path, data = self._path(table.name, batch), self._table(table.name, batch)
        expected = {c.name: c.arrow for c in table.columns}
        found = {f.name: f.type for f in data.schema if f.name != DAY}
        if DAY not in data.column_names or found != expected:
            wrong = sorted(n for n in {*found, *expected} if found.get(n) != expected.get(n))
            raise StagedFileError(
                f"{path}: columns of {table.name} and '{DAY}' expected; missing or different: {wrong}"
            )
        day = pc.cast(data.column(DAY), pa.date32())
        data = data.set_column(data.column_names.index(DAY), pa.field(DAY, pa.date32()), day)
        return data.select([*expected, DAY]).replace_schema_metadata(None).cast(_loose(table))

    def _table(self, table: str, batch: int, columns: Sequence[str] | None = None) -> pa.Table:
        with _told(self._path(table, batch)) as path:
            return pq.read_table(path, columns=columns, filesystem=self.filesystem, partitioning=None)

    def _path(self, table: str, batch: int) -> str:
        return str(self.files[table][batch])


@contextmanager
def _told(path: str) -> Iterator[str]:
    """Name the file in whatever goes wrong with it."""
    try:
        yield path
    except (pa.ArrowException, OSError) as error:
        raise StagedFileError(f"{path} cannot be read: {error}; run again to stage it anew") from error


def _loose(table: Table) -> pa.Schema:
    """The schema of a staged table with nulls allowed everywhere, so that the audit can see and name them."""
    return pa.schema([pa.field(c.name, c.arrow) for c in table.columns] + [pa.field(DAY, pa.date32())])
