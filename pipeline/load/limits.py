"""How much of a delivered file is read at most: what keeps time and memory bounded."""

from __future__ import annotations

from dataclasses import dataclass

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of the load stage. What is beyond one becomes a rejection that names it.

    The defaults leave room for what real archives hold: the longest newspaper texts are below
    one million characters, and news JSON compresses five- to thirtyfold.
    """

    max_record_bytes: int = 64 * MIB
    """One record: a line of JSONL, a CSV row, an element of a JSON array, a whole text file."""

    max_text_characters: int = 10_000_000
    """The text of one article, in code points."""

    max_file_bytes: int = 64 * GIB
    """One file, after decompression."""

    max_ratio: int = 200
    """Decompressed bytes for each compressed byte. Counts from `ratio_applies_from` on."""

    ratio_applies_from: int = 64 * MIB
    """Decompressed bytes below which a file is never called a bomb."""

    max_json_depth: int = 100
    """Lists and objects of JSON inside one another."""

    payload_bytes: int = 64 * KIB
    """How much of a rejected record is kept."""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if getattr(self, name) < 1:
                raise ValueError(f"the limit {name} must be at least 1, not {getattr(self, name)}")
