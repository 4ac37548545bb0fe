"""A JSON document: an array of records, one record, or records one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.load.json_record import read_record
from pipeline.load.jsonl import reject_torn
from pipeline.load.records import RawArticle, Rejection, reject
from pipeline.load.source import Source
from pipeline.load.stream import StreamBroken
from pipeline.vocabulary import Reason

_OUTSIDE = re.compile(rb'["\[\]{},]')
_INSIDE = re.compile(rb'["\\]')


def read_json(source: Source) -> Iterator[RawArticle | Rejection]:
    """Read the records of a JSON document without holding more than one of them."""
    scanner = _Scanner(source.limits.max_record_bytes)
    broken: StreamBroken | None = None
    index = 0
    while True:
        try:
            piece = next(source.pieces, None)
        except StreamBroken as error:
            piece, broken = None, error
        if piece is None:
            break
        for value in scanner.feed(piece):
            yield _read_value(source, index, value)
            index += 1
    offset, rest = scanner.offset, bytes(scanner.held).strip()
    if broken is not None:
        yield reject_torn(source, index, offset, rest, broken)
    elif scanner.is_open:
        place = source.cut_place(index, offset, rest)
        yield reject(place, Reason.TRUNCATED, "the JSON document ends within a value: deliver the file again")
    elif rest:
        yield _read_value(source, index, _Value(offset, rest, len(rest)))


class _Value:
    """The bytes of one value; only the beginning where there are too many."""

    __slots__ = ("data", "n_bytes", "offset")

    def __init__(self, offset: int, data: bytes, n_bytes: int) -> None:
        self.offset = offset
        self.data = data
        self.n_bytes = n_bytes


def _read_value(source: Source, index: int, value: _Value) -> RawArticle | Rejection:
    limits = source.limits
    if value.n_bytes > limits.max_record_bytes:
        place = source.cut_place(index, value.offset, value.data)
        return reject(
            place,
            Reason.TOO_LARGE,
            f"the value at byte {value.offset:,} has {value.n_bytes:,} bytes, more than max_record_bytes = "
            f"{limits.max_record_bytes:,}: split it, or raise the limit",
        )
    place = source.place(index, value.offset, value.data)
    return read_record(source, value.data, place)


class _Scanner:
    """Finds where the values of a document begin and end: those of the outermost array, if there is one."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.held = bytearray()
        self.n_bytes = 0
        self.offset = 0
        self.read = 0
        self.depth = 0
        self.base = 0
        self.started = False
        self.in_string = False
        self.escaped = False

    @property
    def is_open(self) -> bool:
        """Whether brackets or a string are not closed."""
        return self.in_string or self.depth > 0

    def feed(self, piece: bytes) -> Iterator[_Value]:
        """Take the next piece; yield the values that end in it."""
        start = at = 0
        if not self.started:
            at = start = len(piece) - len(piece.lstrip())
            if start < len(piece):
                self.started = True
                if piece[start : start + 1] == b"[":
                    self.base = self.depth = 1
                    at = start = start + 1
        while at < len(piece):
            if self.escaped:
                self.escaped = False
                at += 1
                continue
            match = (_INSIDE if self.in_string else _OUTSIDE).search(piece, at)
            if match is None:
                break
            token, at = match.group(), match.end()
            if not self._step(token):
                continue
            ends_value = token in b"}]" and self.depth == self.base
            separates = token == b"," or self.depth < self.base
            self._hold(piece[start : at if ends_value and not separates else at - 1], start)
            start = at
            yield from self._take()
            self.base = min(self.base, self.depth)
        self._hold(piece[start:], start)
        self.read += len(piece)

    def _step(self, token: bytes) -> bool:
        """Follow one token; True where a value may end."""
        if self.in_string:
            self.escaped = token == b"\\"
            self.in_string = token != b'"'
            return False
        if token == b'"':
            self.in_string = True
        elif token in b"[{":
            self.depth += 1
        elif token in b"]}":
            self.depth -= 1
            return self.depth <= self.base
        return token == b"," and self.depth == self.base

    def _hold(self, data: bytes, start: int) -> None:
        if not self.held:
            blank = len(data) - len(data.lstrip())
            self.offset = self.read + start + blank
            data = data[blank:]
            self.n_bytes = 0
        self.n_bytes += len(data)
        if len(self.held) <= self.max_bytes:
            self.held += data[: self.max_bytes + 1 - len(self.held)]

    def _take(self) -> Iterator[_Value]:
        data = bytes(self.held).rstrip()
        n_bytes = max(len(data), self.n_bytes if len(self.held) > self.max_bytes else 0)
        self.held.clear()
        if data:
            yield _Value(self.offset, data, n_bytes)
