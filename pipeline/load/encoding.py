"""Bytes → text: UTF-8 where it is that, else the encoding that the bytes give away."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
WESTERN = ("cp1252", "iso8859_15", "mac_roman", "cp850")
"""Encodings that English is written in, the most frequent first."""
OTHERS = ("cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1251", "koi8_r", "cp1250", "cp1253", "cp1255", "cp1256")
"""Encodings of other languages that charset-normalizer chooses from."""

MIN_UTF8_SHARE = 0.5
"""Of the bytes beyond ASCII: with fewer in valid UTF-8 sequences, those sequences are chance."""
MAX_LETTER_SHARE = 0.3
"""Of all letters: with more beyond ASCII, a text is in no western language."""

_SAMPLE = 16 << 10
_MAX_SINGLE = 10_000
_HIGH = re.compile(rb"[\x80-\xff]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SIGNS = "‘’´\xa0\xad–—…®™·‚“”„†‡•‰‹›«»€£¥§©°±²³¼½¾¡¿"
_SIGNS_IN_WORDS = _SIGNS[:11]
_LETTERS = "À-ÖØ-öø-ÿŒœŠšŽžŸ"
_FOREIGN = re.compile(rf"[^\x00-\x7f{_SIGNS}{_LETTERS}]")
_UNLIKELY = re.compile(
    rf"[a-z][À-ÖØ-ÞŒŠŽ]|[{_LETTERS}]{{3}}|[A-Za-z][{_SIGNS.removeprefix(_SIGNS_IN_WORDS)}][a-z]|[a-ln-z][²³¡¿]"
)
"""A capital behind a small letter, three accents in a row, a sign within a word, a power behind one (but m²)."""


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


class Decoder:
    """Decodes the records of one file, whose encoding is not declared."""

    def __init__(self) -> None:
        self.other: str | None = None
        """The one of `OTHERS` that an earlier record was in: tried before charset-normalizer, which is slow."""

    def decode(self, data: bytes) -> Decoded:
        """Decode a record.

        UTF-8 is taken wherever it fits. UTF-8 with single Windows-1252 bytes in it (two sources
        pasted together) is read as both. Else the text is in the first of `WESTERN` in which it
        looks like a western language, or in what charset-normalizer chooses among `OTHERS`.

        Raises:
            Undecodable: none of these. The position is that of the first byte that is not UTF-8.
        """
        try:
            return Decoded(data.decode(UTF8), UTF8)
        except UnicodeDecodeError as error:
            first = error
        sample = data[max(0, first.start - _SAMPLE // 2) : first.start + _SAMPLE // 2]
        n_utf8 = sum(map(len, _MULTIBYTE.findall(sample)))
        if _is_cut(data, first, n_utf8):
            detail = f"the text ends within a character, at byte {first.start:,}: it was cut off; deliver it again"
            raise Undecodable(first.start, detail)
        if n_utf8 >= MIN_UTF8_SHARE * len(_HIGH.findall(sample)):
            return Decoded(_decode_mixed(data, first.start), "utf-8+cp1252")
        for encoding in self._guess(sample):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError:
                continue
        raise Undecodable(first.start, _advice(data, first.start))

    def _guess(self, sample: bytes) -> Iterator[str]:
        western = _guess_western(sample)
        if western is not None:
            yield western
            return
        if self.other is not None:
            yield self.other
        best = from_bytes(sample, cp_isolation=list(OTHERS), enable_fallback=False).best()
        if best is not None:
            self.other = best.encoding
            yield best.encoding


def _is_cut(data: bytes, error: UnicodeDecodeError, n_utf8: int) -> bool:
    """Whether nothing is wrong but the end; a lone letter of Windows-1252 at the end of a word is not cut."""
    if error.reason != "unexpected end of data":
        return False
    return n_utf8 > 0 or error.start + 1 < len(data) or not data[max(0, error.start - 1) : error.start].isalpha()


def _decode_mixed(data: bytes, position: int) -> str:
    pieces: list[str] = []
    view = memoryview(data)
    start = 0
    while True:
        try:
            pieces.append(str(view[start:], UTF8))
            return "".join(pieces)
        except UnicodeDecodeError as error:
            bad = start + error.start
        single = _decode_single(data, bad)
        if single is None or len(pieces) >= 2 * _MAX_SINGLE:
            raise Undecodable(position, _advice(data, bad))
        pieces += (str(view[start:bad], UTF8), single)
        start = bad + 1


def _decode_single(data: bytes, position: int) -> str | None:
    """A byte between ASCII bytes as a sign or letter of Windows-1252, if it looks like one."""
    around = data[max(0, position - 1) : position + 2]
    if len(_HIGH.findall(around)) > 1:
        return None
    try:
        text = around.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return None if _FOREIGN.search(text) or _UNLIKELY.search(text) else data[position : position + 1].decode("cp1252")


def _guess_western(sample: bytes) -> str | None:
    for encoding in WESTERN:
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        letters = [character for character in text if character.isalpha()]
        n_high = sum(not letter.isascii() for letter in letters)
        if n_high <= MAX_LETTER_SHARE * len(letters) and not _FOREIGN.search(text) and not _UNLIKELY.search(text):
            return encoding
    return None


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
