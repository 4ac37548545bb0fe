"""Plain text: one article a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pipeline.load.encoding import Undecodable
from pipeline.load.fields import make_article
from pipeline.load.records import RawArticle, Rejection, reject
from pipeline.load.source import Source
from pipeline.load.stream import StreamBroken
from pipeline.vocabulary import Reason


def read_plain(source: Source) -> Iterator[RawArticle | Rejection]:
    """Read a whole stream as the text of one article."""
    limit = source.limits.max_record_bytes
    held = bytearray()
    digest, n_bytes = hashlib.sha256(), 0
    try:
        for piece in source.pieces:
            digest.update(piece)
            n_bytes += len(piece)
            if len(held) <= limit:
                held += piece[: limit + 1 - len(held)]
    except StreamBroken as broken:
        place = source.cut_place(0, None, bytes(held)) if held else source.end_place()
        yield reject(place, broken.reason, broken.detail)
        return
    if n_bytes > limit:
        yield reject(
            source.cut_place(0, None, bytes(held), digest.hexdigest()),
            Reason.TOO_LARGE,
            f"the file has {n_bytes:,} bytes, more than max_record_bytes = {limit:,} for one article: "
            "split it, or raise the limit",
        )
    else:
        yield _read_text(source, bytes(held))


def _read_text(source: Source, data: bytes) -> RawArticle | Rejection:
    place = source.place(0, None, data)
    try:
        decoded = source.decode(data)
    except Undecodable as error:
        return reject(place, Reason.INVALID_ENCODING, str(error))
    if not decoded.text.strip():
        return reject(place, Reason.NO_TEXT, "the file holds nothing but blanks: there is no article in it")
    return make_article({"text": decoded.text}, place, decoded.encoding, source.limits)
