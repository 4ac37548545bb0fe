"""Parquet: one article a row."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.load.encoding import UTF8, Undecodable
from pipeline.load.fields import find_names, make_article
from pipeline.load.records import RawArticle, Rejection, reject
from pipeline.load.source import Source
from pipeline.vocabulary import Reason

MAGIC = b"PAR1"
_BATCH = 256


def read_parquet(source: Source, opened: BinaryIO) -> Iterator[RawArticle | Rejection]:
    """Read the rows of a Parquet file. `source.pieces` is not used: Parquet is not a stream."""
    index = 0
    try:
        file = pq.ParquetFile(pa.PythonFile(opened, mode="r"))
        schema = file.schema_arrow
        if not find_names(schema.names, "text"):
            shown = ", ".join(repr(name[:40]) for name in schema.names[:20])
            detail = f"no column for the text: name it 'text' (the columns of this file: {shown})"
            yield reject(source.end_place(), Reason.INVALID_RECORD, detail)
            return
        file = pq.ParquetFile(pa.PythonFile(opened, mode="r"), read_dictionary=_string_columns(schema))
        n_bytes = 0
        for batch in file.iter_batches(_BATCH):
            for row in range(batch.num_rows):
                article, size = _read_row(source, index, batch, row)
                n_bytes += size
                yield article
                index += 1
            if n_bytes > source.limits.max_file_bytes:
                limit = source.limits.max_file_bytes
                detail = f"the file holds more than max_file_bytes = {limit:,} bytes: split it, or raise the limit"
                yield reject(source.end_place(index), Reason.TOO_LARGE, detail)
                return
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        message = " ".join(str(error).split())[:300]
        detail = f"the Parquet file is damaged or cut off ({message}): deliver it again"
        yield reject(source.end_place(index if index else -1), Reason.UNREADABLE_FILE, detail)


def _string_columns(schema: pa.Schema) -> list[str]:
    """Columns that are read as dictionaries, so that one long value in many rows is held once."""
    types = (pa.types.is_string, pa.types.is_binary, pa.types.is_large_string, pa.types.is_large_binary)
    return [field.name for field in schema if any(is_type(field.type) for is_type in types)]


def _read_row(source: Source, index: int, batch: pa.RecordBatch, row: int) -> tuple[RawArticle | Rejection, int]:
    record = {}
    encoding = UTF8
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            value, read_as = _read_value(source, column[row])
        except Undecodable as error:
            place = source.cut_place(index, None, _bytes_of(column[row]))
            detail = f"row {index}, column {name!r}: {error}"
            return reject(place, Reason.INVALID_ENCODING, detail), 0
        if value is not None:
            record[name] = value
        encoding = encoding if read_as == UTF8 else read_as
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, allow_nan=False)
    data = text.encode("utf-8", "backslashreplace")
    limit = source.limits.max_record_bytes
    if len(data) > limit:
        detail = f"row {index} has {len(data):,} bytes, more than max_record_bytes = {limit:,}: raise the limit"
        return reject(source.cut_place(index, None, data), Reason.TOO_LARGE, detail), len(data)
    place = source.place(index, None, data)
    empty = dict.fromkeys(find_names(batch.schema.names, "text"), "")
    return make_article(empty | record, place, encoding, source.limits), len(data)


def _read_value(source: Source, cell: pa.Scalar) -> tuple[Any, str]:
    """A value as JSON, and its encoding: Parquet's strings are UTF-8, but not every writer keeps to that.

    Raises:
        Undecodable: a string is no text in any encoding that can be told.
    """
    try:
        return to_json(cell.as_py()), UTF8
    except UnicodeDecodeError as error:
        data = _bytes_of(cell)
        if not data:
            raise Undecodable(error.start, "a string within a list or struct is not UTF-8: deliver it anew") from error
        decoded = source.decode(data)
        return decoded.text, decoded.encoding
    except (OverflowError, ValueError, LookupError) as error:
        # an instant beyond the calendar, a time zone that no table has: kept as the number that stands there
        return str(cell.value) if hasattr(cell, "value") else f"{cell.type}: {error}", UTF8


def _bytes_of(cell: pa.Scalar) -> bytes:
    """The bytes of a string; none of anything else."""
    string = cell.value if isinstance(cell, pa.DictionaryScalar) else cell
    return string.as_buffer().to_pybytes() if hasattr(string, "as_buffer") else b""


def to_json(value: Any) -> Any:
    """A Parquet value as a JSON value: instants in ISO 8601, bytes that are no text in base64."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else value if math.isfinite(value) else str(value)
    if isinstance(value, datetime):
        return (value if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return base64.b64encode(value).decode("ascii")
    if isinstance(value, dict):
        return {str(name): to_json(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Decimal | timedelta):
        return str(value)
    return repr(value)
