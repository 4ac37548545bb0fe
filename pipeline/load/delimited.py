"""CSV and its kin: records below a header line."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.load.encoding import Undecodable
from pipeline.load.fields import find_names, fold_name, make_article, read_field_names
from pipeline.load.jsonl import reject_too_long, reject_torn
from pipeline.load.lines import Line, read_lines
from pipeline.load.records import RawArticle, Rejection, reject
from pipeline.load.rows import is_open, parse_row
from pipeline.load.source import Source
from pipeline.vocabulary import Reason

DELIMITERS = (",", ";", "\t", "|")
MAX_REREAD = 100
"""How often in one file the lines behind a quotation mark that is never closed are read again."""


def read_delimited(source: Source) -> Iterator[RawArticle | Rejection]:
    """Read the records of a CSV or TSV stream; its header line tells the delimiter.

    A quoted field may run over lines. Where the quotation mark is never closed, or a record of
    several lines has not the header's number of fields, its first line alone is rejected, and
    the lines behind it are read again. In a file with tabs, a line with the right number of
    them is a record whatever its quotation marks.
    """
    lines = _Lines(read_lines(source.pieces, source.limits.max_record_bytes, source.limits.payload_bytes))
    first = lines.next_filled()
    if first is None:
        yield reject(
            source.end_place(),
            Reason.EMPTY_FILE,
            "the file holds nothing but blank lines: deliver it again, or leave it out",
        )
        return
    header = _parse_header(source, first)
    if isinstance(header, str):
        yield reject(source.cut_place(-1, first.number, first.bare), Reason.INVALID_RECORD, header)
        return
    index = 0
    while (line := lines.next_filled()) is not None:
        if line.broken is not None:
            yield reject_torn(source, index, line.number, line.data, line.broken)
        elif line.is_too_long:
            yield reject_too_long(source, index, line)
        else:
            yield _read_record(source, index, lines, _take_record(line, lines, header, source), header)
        index += 1


class _Lines:
    """Lines that can be put back."""

    def __init__(self, source: Iterator[Line]) -> None:
        self.source = source
        self.waiting: deque[Line] = deque()
        self.n_rereads = 0

    def next(self) -> Line | None:
        return self.waiting.popleft() if self.waiting else next(self.source, None)

    def next_filled(self) -> Line | None:
        while (line := self.next()) is not None:
            if line.broken or line.is_too_long or line.data.strip():
                return line
        return None

    def put_back(self, lines: list[Line]) -> None:
        self.waiting.extendleft(reversed(lines))


@dataclass(frozen=True, slots=True)
class _Header:
    line: bytes
    names: list[str]
    delimiter: str


def _parse_header(source: Source, line: Line) -> _Header | str:
    """The header, or what is wrong with it."""
    if line.broken or line.is_too_long:
        return "the header line is cut off or too long: deliver the file again"
    try:
        text = source.decode(line.bare).text
    except Undecodable as error:
        return f"the header line: {error}"
    known = {alias for aliases in read_field_names().values() for alias in aliases}
    rows = [(delimiter, [n.strip() for n in parse_row(text, delimiter) or []]) for delimiter in DELIMITERS]
    delimiter, names = max(rows, key=lambda row: sum(fold_name(name) in known for name in row[1]))
    if not find_names(names, "text"):
        return (
            f"no column for the text in the first line ({text[:200]!r}): "
            "the first line must name the columns, one of them 'text'"
        )
    doubled = sorted(name for name, n in Counter(names).items() if name and n > 1)
    if doubled:
        return f"the first line names {doubled[0]!r} twice: rename one of the columns"
    return _Header(line.bare + b"\n", names, delimiter)


def _take_record(first: Line, lines: _Lines, header: _Header, source: Source) -> list[Line]:
    """The lines of the record that begins with `first`; to the end of the file where it never ends."""
    taken = [first]
    delimiter = header.delimiter.encode()
    if delimiter == b"\t" and first.data.count(delimiter) + 1 == len(header.names):
        return taken
    n_bytes = first.n_bytes
    inside = is_open(first.bare, delimiter, inside=False)
    while inside and (line := lines.next()) is not None:
        n_bytes += line.n_bytes + 1
        if line.broken is not None or line.is_too_long or n_bytes > source.limits.max_record_bytes:
            lines.put_back([line])
            break
        taken.append(line)
        inside = is_open(line.bare, delimiter, inside)
    return taken


def _read_record(
    source: Source, index: int, lines: _Lines, taken: list[Line], header: _Header
) -> RawArticle | Rejection:
    article = _read_row(source, index, taken, header)
    if len(taken) == 1 or isinstance(article, RawArticle) or article.reason is not Reason.INVALID_RECORD:
        return article
    if lines.n_rereads >= MAX_REREAD:
        return article
    lines.n_rereads += 1
    lines.put_back(taken[1:])
    return _read_row(source, index, taken[:1], header)


def _read_row(source: Source, index: int, taken: list[Line], header: _Header) -> RawArticle | Rejection:
    data = b"\n".join(line.data for line in taken).removesuffix(b"\r")
    place = source.place(index, taken[0].number, data, header.line)
    try:
        decoded = source.decode(data)
    except Undecodable as error:
        return reject(place, Reason.INVALID_ENCODING, str(error))
    row = parse_row(decoded.text, header.delimiter)
    if row is None and header.delimiter == "\t" and len(taken) == 1:
        row = decoded.text.split("\t")
    if row is None:
        return reject(
            place,
            Reason.INVALID_RECORD,
            f"a quotation mark in line {taken[0].number} is not closed before the field ends: "
            "double the quotation marks inside a quoted field",
        )
    while len(row) > len(header.names) and not row[-1].strip():
        row.pop()
    if len(row) != len(header.names):
        return reject(
            place,
            Reason.INVALID_RECORD,
            f"line {taken[0].number} has {len(row)} fields, the header has {len(header.names)}: "
            "quote the fields that hold the delimiter, and deliver all fields",
        )
    values = {name: value for name, value in zip(header.names, row, strict=True) if value.strip()}
    return make_article(_with_text(values, header), place, decoded.encoding, source.limits)


def _with_text(values: dict[str, str], header: _Header) -> dict[str, str]:
    """The values with the text's columns even where they are blank, so that a rejection can name them."""
    return dict.fromkeys(find_names(header.names, "text"), "") | values
