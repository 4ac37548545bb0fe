"""Bytes → text: UTF-8 where it is that, else the encoding that the bytes give away."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from charset_normalizer import from_bytes

from pipeline.load.stream import StreamBroken
from pipeline.vocabulary import Reason

UTF8 = "utf-8"
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, UTF8),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CANDIDATES = ("cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp1251", "koi8_r", "cp1250", "cp1253", "cp1256", "cp1255", "mac_roman")  # fmt: skip
"""Encodings that charset-normalizer chooses from where the bytes are not English in Windows-1252."""

_SAMPLE = 64 << 10
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_WESTERN = re.compile(
    rb"[\x85\x91-\x97\xa0\xa3\xa7\xa9\xab\xae\xb0\xb4\xb7\xbb\xbd\x80]"  # quotation marks, dashes, signs
    rb"|(?<![\x80-\xff])[\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xc0-\xd6\xd8-\xf6\xf8-\xff]{1,2}(?![\x80-\xff])"  # letters
)
_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read."""

    text: str
    encoding: str


class Undecodable(ValueError):
    """The bytes are no text in any encoding that can be told."""

    def __init__(self, position: int, detail: str) -> None:
        super().__init__(detail)
        self.position = position


def decode(data: bytes) -> Decoded:
    """Decode bytes whose encoding is not declared.

    UTF-8 is taken wherever it fits. UTF-8 with single Windows-1252 bytes in it (two sources
    pasted together) is read as both. Else, if the other bytes are the few letters and signs
    that English needs, it is Windows-1252; else charset-normalizer chooses among `CANDIDATES`.

    Raises:
        Undecodable: none of these. The position is that of the first byte that is not UTF-8.
    """
    try:
        return Decoded(data.decode(UTF8), UTF8)
    except UnicodeDecodeError as error:
        position = error.start
    sample = data[max(0, position - _SAMPLE // 2) : position + _SAMPLE // 2]
    if _MULTIBYTE.search(sample):
        return Decoded(_decode_mixed(data, position), "utf-8+cp1252")
    encoding = _guess(sample)
    if encoding is not None:
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            pass
    raise Undecodable(position, _advice(data, position))


def _decode_mixed(data: bytes, position: int) -> str:
    pieces: list[str] = []
    start = 0
    while True:
        try:
            pieces.append(data[start:].decode(UTF8))
            return "".join(pieces)
        except UnicodeDecodeError as error:
            bad = start + error.start
            if len(pieces) > 2000 or not _is_western(data, bad):
                raise Undecodable(position, _advice(data, bad)) from None
            pieces.append(data[start:bad].decode(UTF8))
            pieces.append(data[bad : bad + 1].decode("cp1252"))
            start = bad + 1


def _is_western(data: bytes, position: int) -> bool:
    """Whether the byte is a sign or letter of Windows-1252 between bytes of ASCII."""
    match = _WESTERN.match(data, position)
    return match is not None and not _HIGH.match(data, position + 1) and not _HIGH.match(data[position - 1 : position])


@lru_cache(maxsize=256)
def _guess(sample: bytes) -> str | None:
    if len(_HIGH.findall(sample)) == len(_HIGH.findall(b"".join(_WESTERN.findall(sample)))):
        return "cp1252"
    best = from_bytes(sample, cp_isolation=list(CANDIDATES), enable_fallback=False).best()
    return None if best is None else best.encoding


def _advice(data: bytes, position: int) -> str:
    return (
        f"byte 0x{data[position]:02x} at offset {position:,} is not UTF-8, and no other encoding fits the bytes "
        "around it: deliver the record in UTF-8"
    )


def find_wide_encoding(head: bytes) -> tuple[str, int]:
    """The codec of a stream by its first bytes, and the length of its byte-order mark.

    UTF-16 and UTF-32 without a mark are told by the zero bytes of their ASCII letters.
    """
    for bom, encoding in BOMS:
        if head.startswith(bom):
            return encoding, len(bom)
    zeros = tuple(byte == 0 for byte in head[:4])
    if len(zeros) == 4:
        for pattern, encoding in (
            ((False, True, True, True), "utf-32-le"),
            ((True, True, True, False), "utf-32-be"),
            ((False, True, False, True), "utf-16-le"),
            ((True, False, True, False), "utf-16-be"),
        ):
            if zeros == pattern:
                return encoding, 0
    return UTF8, 0


def to_utf8(pieces: Iterable[bytes]) -> tuple[str, Iterator[bytes]]:
    """Transcode a stream of UTF-16 or UTF-32 to UTF-8; take off a byte-order mark.

    Returns:
        The codec found, and the stream. A stream of one byte per letter passes as it is.
    """
    source = iter(pieces)
    head = b""
    broken: StreamBroken | None = None
    try:
        while len(head) < 4 and (piece := next(source, None)) is not None:
            head += piece
    except StreamBroken as error:
        broken = error
    encoding, n_mark = find_wide_encoding(head)
    stream = _chain(head[n_mark:], source, broken)
    return encoding, stream if encoding == UTF8 else _transcode(stream, encoding)


def _chain(head: bytes, rest: Iterator[bytes], broken: StreamBroken | None) -> Iterator[bytes]:
    if head:
        yield head
    if broken:
        raise broken
    yield from rest


def _transcode(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    n_bytes = 0
    try:
        for piece in pieces:
            yield decoder.decode(piece).encode(UTF8)
            n_bytes += len(piece)
        yield decoder.decode(b"", final=True).encode(UTF8)
    except UnicodeError as error:
        raise StreamBroken(
            Reason.INVALID_ENCODING,
            f"the file is {encoding.upper()}, but is not valid near byte {n_bytes:,} ({error}): deliver it in UTF-8",
        ) from error
