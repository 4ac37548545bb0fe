"""The lines of a stream of bytes, each whole or, beyond a limit, skipped without being held."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.load.stream import StreamBroken


@dataclass(frozen=True, slots=True)
class Line:
    """One line, without the line feed at its end."""

    number: int
    """From 1."""
    data: bytes
    """The bytes; only the first `keep` of them where the line is too long."""
    n_bytes: int
    sha256: str | None
    """Of a line that is too long; None where `data` is the whole line."""
    broken: StreamBroken | None = None
    """Why the stream ended within or behind this line, which is then a torn one: `data` is its beginning."""

    @property
    def bare(self) -> bytes:
        """The bytes without the carriage return that stands before the line feed on Windows."""
        return self.data.removesuffix(b"\r")

    @property
    def is_too_long(self) -> bool:
        """Whether `data` is only the line's beginning."""
        return self.sha256 is not None


def read_lines(pieces: Iterable[bytes], max_bytes: int, keep: int) -> Iterator[Line]:
    """Split a stream into lines; at most `max_bytes` and one piece are held at a time.

    Where the stream breaks, the last line has `broken` set (and may be empty).
    """
    number = 1
    held: list[bytes] = []
    n_held = 0
    long: _TooLong | None = None
    broken = None
    source = iter(pieces)
    while True:
        try:
            piece = next(source, None)
        except StreamBroken as error:
            piece, broken = None, error
        if piece is None:
            break
        start = 0
        while (end := piece.find(b"\n", start)) >= 0:
            part = piece[start:end]
            if long is None and n_held + len(part) > max_bytes:
                long = _TooLong(held, keep)
            if long is not None:
                yield long.add(part).line(number)
                long = None
            else:
                yield _line(number, b"".join((*held, part)) if held else part)
            held, n_held, start = [], 0, end + 1
            number += 1
        if start < len(piece):
            held.append(piece[start:] if start else piece)
            n_held += len(held[-1])
            if long is not None or n_held > max_bytes:
                long = (long or _TooLong([], keep)).add(*held)
                held = []
    if long is not None:
        yield long.line(number, broken)
    elif broken:
        yield _TooLong(held, keep).torn(number, broken)
    elif held:
        yield _line(number, b"".join(held))


def _line(number: int, data: bytes) -> Line:
    return Line(number, data, len(data), None)


class _TooLong:
    """What is kept of a line that is too long or torn: its beginning, its length, its hash."""

    def __init__(self, parts: list[bytes], keep: int) -> None:
        self.keep = keep
        self.head = b""
        self.n_bytes = 0
        self.hash = hashlib.sha256()
        self.add(*parts)

    def add(self, *parts: bytes) -> _TooLong:
        for part in parts:
            self.hash.update(part)
            self.n_bytes += len(part)
            if len(self.head) < self.keep:
                self.head += part[: self.keep - len(self.head)]
        return self

    def line(self, number: int, broken: StreamBroken | None = None) -> Line:
        return Line(number, self.head, self.n_bytes, self.hash.hexdigest(), broken)

    def torn(self, number: int, broken: StreamBroken) -> Line:
        return Line(number, self.head, self.n_bytes, None, broken)
