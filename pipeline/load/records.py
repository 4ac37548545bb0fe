"""What the load stage yields: an article as delivered, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.vocabulary import Reason, Stage


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to load."""

    path: Path
    raw_uri: str
    """The file's path from the named input on, with `/` between its parts."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands, and its bytes."""

    raw_uri: str
    raw_index: int
    """Number of the record in its file, from 0; -1 for the whole file."""
    position: int | None
    """Line of the record, from 1; its byte offset in JSON documents; None where neither helps."""
    raw_sha256: str | None
    payload: bytes | None
    """The record's bytes, cut to `Limits.payload_bytes`. A CSV record stands below its header line."""
    payload_is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """What stands somewhere."""

    place: Place

    @property
    def raw_uri(self) -> str:
        """File of the record."""
        return self.place.raw_uri

    @property
    def raw_index(self) -> int:
        """Number of the record in its file; -1 for the whole file."""
        return self.place.raw_index


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle(_Placed):
    """A record that has a text, with its fields as delivered. A blank field is None."""

    id: str | None
    url: str | None
    source: str | None
    title: str | None
    text: str
    published_at: str | None
    language: str | None
    authors: list[str]
    extra: dict[str, Any]
    """All other fields, as JSON values; fields that are null are left out."""
    encoding: str
    """The codec that the bytes were read with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection(_Placed):
    """A record, or a whole file, that does not become an article."""

    stage: Stage
    reason: Reason
    detail: str
    """What is wrong, where, and what to do."""
    article_id: str | None = None


def reject(place: Place, reason: Reason, detail: str) -> Rejection:
    """A rejection by the load stage."""
    return Rejection(stage=Stage.LOAD, reason=reason, detail=detail, place=place)
