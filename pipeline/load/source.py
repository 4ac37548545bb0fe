"""A file that is being read: its bytes as UTF-8 or unknown, and the places of its records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.ids import hash_bytes
from pipeline.load.encoding import UTF8, Decoded, Decoder
from pipeline.load.limits import Limits
from pipeline.load.records import InputFile, Place


@dataclass(frozen=True, slots=True)
class Source:
    """What the reader of a format needs."""

    file: InputFile
    pieces: Iterator[bytes]
    encoding: str
    """The codec that `pieces` were transcoded from; UTF-8 where they are as delivered."""
    limits: Limits
    decoder: Decoder = field(default_factory=Decoder)

    def decode(self, data: bytes) -> Decoded:
        """Decode a record; its encoding is that of the file where the pieces were transcoded.

        Raises:
            Undecodable: the bytes are no text in any encoding that can be told.
        """
        decoded = self.decoder.decode(data)
        return decoded if self.encoding == UTF8 else Decoded(decoded.text, self.encoding)

    def place(self, index: int, position: int | None, data: bytes, header: bytes = b"") -> Place:
        """The place of a record whose bytes are `data`."""
        payload = (header + data)[: self.limits.payload_bytes]
        is_whole = len(header) + len(data) <= self.limits.payload_bytes
        delivered = data if self.encoding == UTF8 else data.decode(UTF8).encode(self.encoding)
        return Place(self.file.raw_uri, index, position, hash_bytes(delivered), payload, is_whole)

    def cut_place(self, index: int, position: int | None, head: bytes, sha256: str | None = None) -> Place:
        """The place of a record of which only the beginning is at hand."""
        return Place(self.file.raw_uri, index, position, sha256, head[: self.limits.payload_bytes], False)

    def end_place(self, index: int = -1, position: int | None = None) -> Place:
        """The place of a file as a whole, or of what is missing at its end."""
        return file_place(self.file, index, position)


def file_place(file: InputFile, index: int = -1, position: int | None = None) -> Place:
    """The place of a file as a whole, or of what is missing at its end."""
    return Place(file.raw_uri, index, position, None, None, False)
