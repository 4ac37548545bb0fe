"""Ids: hashes of raw fields, the same on any machine and in any order."""

from __future__ import annotations

import hashlib
import json

ID_LENGTH = 20
"""Hex digits of an id (80 bits): at ten billion rows the chance of one collision is below 1 in 10,000."""


def make_id(kind: str, *fields: str | int | None) -> str:
    """Hash `fields` into an id of `ID_LENGTH` lower-case hex digits.

    `kind` keeps ids of different tables apart. None and "" are different fields; 1 and "1" are the same.
    """
    return hash_text(json.dumps([kind, *(None if f is None else str(f) for f in fields)]))[:ID_LENGTH]


def hash_bytes(data: bytes) -> str:
    """The SHA-256 of `data`, as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def hash_text(text: str) -> str:
    """The SHA-256 of `text` in UTF-8, as 64 hex digits; lone surrogates are hashed as they are."""
    return hash_bytes(text.encode("utf-8", "surrogatepass"))
