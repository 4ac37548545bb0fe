"""The bytes of a file, decompressed, in pieces, within limits."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from pipeline.load.limits import MIB, Limits
from pipeline.vocabulary import Reason

PIECE = MIB
_ZSTD_PIECE = 16 << 10
GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGICS = (b"\x28\xb5\x2f\xfd", *(bytes([low, 0x2A, 0x4D, 0x18]) for low in range(0x50, 0x60)))


@dataclass
class StreamBroken(Exception):
    """No more bytes can be had from a file, though it has not ended."""

    reason: Reason
    detail: str


def find_compression(head: bytes) -> str | None:
    """The compression that a file's first four bytes tell: "gzip", "zstd" or None."""
    if head.startswith(GZIP_MAGIC):
        return "gzip"
    return "zstd" if head.startswith(ZSTD_MAGICS) else None


def read_pieces(path: Path, limits: Limits) -> Iterator[bytes]:
    """Read a file's bytes, decompressed if its first bytes say that it is compressed.

    Raises:
        StreamBroken: after the last good piece, where the file is cut off, damaged or a bomb.
        OSError: the file cannot be opened or read.
    """
    with path.open("rb") as file:
        compression = find_compression(file.read(4))
        file.seek(0)
        n_bytes = 0
        for piece in _decompress(file, compression):
            n_bytes += len(piece)
            if n_bytes > limits.max_file_bytes:
                yield piece[: limits.max_file_bytes - n_bytes]
            _check_size(n_bytes, file.tell() if compression else None, limits)
            yield piece


def _decompress(file: BinaryIO, compression: str | None) -> Iterator[bytes]:
    if compression == "gzip":
        return _read_gzip(file)
    if compression == "zstd":
        return _read_zstd(file)
    return iter(lambda: file.read(PIECE), b"")


def _check_size(n_bytes: int, n_compressed: int | None, limits: Limits) -> None:
    if n_bytes > limits.max_file_bytes:
        raise StreamBroken(
            Reason.TOO_LARGE,
            f"the file holds more than max_file_bytes = {limits.max_file_bytes:,} bytes after decompression: "
            "split it, or raise the limit",
        )
    if n_compressed and n_bytes > limits.ratio_applies_from and n_bytes > n_compressed * limits.max_ratio:
        raise StreamBroken(
            Reason.TOO_LARGE,
            f"the file grows to more than max_ratio = {limits.max_ratio} times its compressed size: "
            "a decompression bomb; if it is not, raise the limit",
        )


def _read_gzip(file: BinaryIO) -> Iterator[bytes]:
    waiting = file.read(PIECE)
    while waiting:
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            waiting = waiting or file.read(PIECE)
            try:
                piece = member.decompress(waiting, PIECE)
            except zlib.error as error:
                raise StreamBroken(
                    Reason.UNREADABLE_FILE, f"the gzip data are damaged ({error}): deliver the file again"
                ) from error
            if not waiting and not piece:
                raise StreamBroken(
                    Reason.TRUNCATED, "the gzip data end in the middle: the file was cut off; deliver it again"
                )
            waiting = member.unused_data if member.eof else member.unconsumed_tail
            if piece:
                yield piece
        waiting = _skip_padding(waiting, file)


def _skip_padding(waiting: bytes, file: BinaryIO) -> bytes:
    """Zero bytes between members and behind the last are padding, as for gzip(1)."""
    while not (waiting := waiting.lstrip(b"\0")):
        if not (waiting := file.read(PIECE)):
            return b""
    return waiting


def _read_zstd(file: BinaryIO) -> Iterator[bytes]:
    stream = pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "zstd")
    while True:
        try:
            piece = stream.read(_ZSTD_PIECE)
        except OSError as error:
            if "Truncated" in str(error):
                raise StreamBroken(
                    Reason.TRUNCATED, "the zstd data end in the middle: the file was cut off; deliver it again"
                ) from error
            raise StreamBroken(
                Reason.UNREADABLE_FILE, f"the zstd data are damaged ({error}): deliver the file again"
            ) from error
        if not piece:
            return
        yield piece
