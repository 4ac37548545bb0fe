"""Which format a file has, and the reader for it."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from pipeline.ids import hash_bytes
from pipeline.load import parquet
from pipeline.load.delimited import read_delimited
from pipeline.load.encoding import to_utf8
from pipeline.load.json_document import read_json
from pipeline.load.jsonl import read_jsonl
from pipeline.load.limits import Limits
from pipeline.load.plain import read_plain
from pipeline.load.records import InputFile, Place, RawArticle, Rejection, reject
from pipeline.load.source import Source, file_place
from pipeline.load.stream import StreamBroken, read_pieces
from pipeline.vocabulary import Reason

SUFFIXES = {
    ".txt": "plain", ".text": "plain", ".md": "plain", ".html": "plain", ".htm": "plain",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".csv": "delimited", ".tsv": "delimited", ".tab": "delimited",
    ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
COMPRESSION_SUFFIXES = (".gz", ".gzip", ".zst", ".zstd")

_READERS: dict[str, Callable[[Source], Iterator[RawArticle | Rejection]]] = {
    "plain": read_plain,
    "jsonl": read_jsonl,
    "json": read_json,
    "delimited": read_delimited,
}
_HEAD = 1 << 16


def find_format(name: str) -> str | None:
    """The format that a file's name tells, compression aside: plain, jsonl, json, delimited, parquet or None."""
    stem, suffix = os.path.splitext(name.casefold())  # noqa: PTH122 - a name of an archive, not a path
    if suffix in COMPRESSION_SUFFIXES:
        suffix = os.path.splitext(stem)[1]  # noqa: PTH122 - the same name
    return SUFFIXES.get(suffix)


def read_records(file: InputFile, limits: Limits | None = None) -> Iterator[RawArticle | Rejection]:
    """Read a file's records, one by one, in bounded memory; nothing that is wrong with it raises.

    Each record is an article or a rejection, with its own `raw_index`, counted from 0 in the
    order of the file. A file that cannot be read at all is one rejection with `raw_index` -1.
    """
    limits = limits or Limits()
    try:
        yield from _read(file, limits)
    except PermissionError:
        detail = "no permission to read it: change its permissions, or run as a user who may read it"
        yield reject(file_place(file), Reason.NO_PERMISSION, detail)
    except OSError as error:
        detail = f"it cannot be read ({error.strerror or error}): check the file and deliver it again"
        yield reject(file_place(file), Reason.UNREADABLE_FILE, detail)


def read_payload(payload: bytes, raw_uri: str, raw_index: int, limits: Limits | None = None) -> RawArticle | Rejection:
    """Read again a record that was rejected, from the payload that was kept of it.

    Args:
        payload: the whole payload: that of a CSV record begins with its header line, that of a
            Parquet row is JSON.
        raw_uri: the file it came from, whose name tells the format.
        raw_index: its number there, which the result keeps.
        limits: the limits in force.
    """
    encoding, pieces = to_utf8(iter((payload,)))
    name = _refine(find_format(raw_uri), payload)
    source = Source(InputFile(Path(raw_uri), raw_uri), pieces, encoding, limits or Limits())
    found = list(_READERS[name if name in _READERS else "jsonl"](source))
    if len(found) != 1:
        detail = f"the payload holds {len(found)} records, not one: deliver the file again"
        return reject(
            Place(raw_uri, raw_index, None, hash_bytes(payload), payload, True), Reason.INVALID_RECORD, detail
        )
    (record,) = found
    return replace(record, place=replace(record.place, raw_index=raw_index))


def _read(file: InputFile, limits: Limits) -> Iterator[RawArticle | Rejection]:
    mode = file.path.stat().st_mode
    if stat.S_ISDIR(mode):
        os.listdir(file.path)  # noqa: PTH208 - for its PermissionError
    if not stat.S_ISREG(mode):
        yield reject(file_place(file), Reason.UNKNOWN_FORMAT, "it is not a regular file: deliver a file with articles")
        return
    encoding, pieces = to_utf8(read_pieces(file.path, limits))
    head, pieces = _peek(pieces)
    name = _refine(find_format(file.path.name), head)
    source = Source(file, pieces, encoding, limits)
    if not head:
        yield from _read_nothing(source)
    elif name is None:
        yield reject(
            file_place(file),
            Reason.UNKNOWN_FORMAT,
            f"neither its name nor its first bytes tell a known format: name it {', '.join(SUFFIXES)}, "
            f"or any of these and {' or '.join(COMPRESSION_SUFFIXES)}; unpack archives first",
        )
    elif name == "parquet":
        yield from _read_parquet(source, head)
    else:
        yield from _READERS[name](source)


def _refine(name: str | None, head: bytes) -> str | None:
    """The format by a file's first bytes, where these say more than its name."""
    if head.startswith(parquet.MAGIC):
        return "parquet"
    first, *rest = (line.strip() for line in head.lstrip().split(b"\n", 2))
    if name is None:
        return "jsonl" if first.startswith(b"{") and first.endswith(b"}") else None
    if name not in ("json", "jsonl"):
        return name
    if first in (b"[", b"{") or first.startswith(b"[{") or (name == "json" and first.startswith(b"[")):
        return "json"
    return "jsonl" if name == "jsonl" or (first.startswith(b"{") and rest and rest[0].startswith(b"{")) else "json"


def _peek(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes of a stream, and the stream with them."""
    held: list[bytes] = []
    broken: StreamBroken | None = None
    try:
        while sum(map(len, held)) < _HEAD and (piece := next(pieces, None)) is not None:
            held.append(piece)
    except StreamBroken as error:
        broken = error

    def stream() -> Iterator[bytes]:
        yield from held
        if broken is not None:
            raise broken
        yield from pieces

    return b"".join(held), stream()


def _read_nothing(source: Source) -> Iterator[Rejection]:
    try:
        for _ in source.pieces:
            pass
    except StreamBroken as broken:
        yield reject(source.end_place(), broken.reason, broken.detail)
        return
    yield reject(source.end_place(), Reason.EMPTY_FILE, "the file is empty: deliver it again, or leave it out")


def _read_parquet(source: Source, head: bytes) -> Iterator[RawArticle | Rejection]:
    with source.file.path.open("rb") as direct:
        if direct.read(4) == parquet.MAGIC:
            yield from parquet.read_parquet(source, direct)
            return
    with tempfile.TemporaryFile() as unpacked:
        try:
            for piece in source.pieces:
                unpacked.write(piece)
        except StreamBroken as broken:
            yield reject(source.end_place(), broken.reason, broken.detail)
            return
        unpacked.seek(0)
        yield from parquet.read_parquet(source, cast(BinaryIO, unpacked))
