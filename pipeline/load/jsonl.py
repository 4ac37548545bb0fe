"""JSON Lines: one object a line."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.load.json_record import read_record
from pipeline.load.lines import Line, read_lines
from pipeline.load.records import RawArticle, Rejection, reject
from pipeline.load.source import Source
from pipeline.load.stream import StreamBroken
from pipeline.vocabulary import Reason


def read_jsonl(source: Source) -> Iterator[RawArticle | Rejection]:
    """Read the records of a JSON Lines stream. Blank lines are no records."""
    index = 0
    for line in read_lines(source.pieces, source.limits.max_record_bytes, source.limits.payload_bytes):
        if line.broken is not None:
            yield reject_torn(source, index, line.number, line.data, line.broken)
        elif line.is_too_long:
            yield reject_too_long(source, index, line)
        elif not line.data.strip():
            continue
        else:
            place = source.place(index, line.number, line.bare)
            yield read_record(source, line.bare, place)
        index += 1


def reject_torn(source: Source, index: int, position: int, data: bytes, broken: StreamBroken) -> Rejection:
    """Reject the record in which a stream broke; if there is none, what is missing behind the last one."""
    place = source.cut_place(index, position, data) if data.strip() else source.end_place(index, position)
    return reject(place, broken.reason, broken.detail)


def reject_too_long(source: Source, index: int, line: Line) -> Rejection:
    """Reject a line that was skipped for its length."""
    return reject(
        source.cut_place(index, line.number, line.data, line.sha256),
        Reason.TOO_LARGE,
        f"line {line.number} has {line.n_bytes:,} bytes, more than max_record_bytes = "
        f"{source.limits.max_record_bytes:,}: split the record, or raise the limit",
    )
