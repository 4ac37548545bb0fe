"""One JSON object → a record of plain values."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from pipeline.load.encoding import Undecodable
from pipeline.load.fields import make_article
from pipeline.load.records import Place, RawArticle, Rejection, reject
from pipeline.load.source import Source
from pipeline.vocabulary import Reason

_BRACKET = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{]|[\]}]', re.DOTALL)
_EXACT_DIGITS = 18


class InvalidJson(ValueError):
    """A text that is no JSON, or JSON that says two things at once."""


def read_record(source: Source, data: bytes, place: Place) -> RawArticle | Rejection:
    """Read one JSON object, which stands at `place`, as an article."""
    if is_too_deep(data, source.limits.max_json_depth):
        return reject(
            place,
            Reason.TOO_DEEP,
            f"more than max_json_depth = {source.limits.max_json_depth} lists and objects inside one another: "
            "flatten the record, or raise the limit",
        )
    try:
        decoded = source.decode(data)
        record = parse_json(decoded.text)
    except Undecodable as error:
        return reject(place, Reason.INVALID_ENCODING, str(error))
    except InvalidJson as error:
        return reject(place, Reason.INVALID_RECORD, str(error))
    if not isinstance(record, dict):
        return reject(place, Reason.INVALID_RECORD, "the record is JSON, but not an object: deliver {\"text\": …}")  # fmt: skip
    return make_article(record, place, decoded.encoding, source.limits)


def is_too_deep(data: bytes, max_depth: int) -> bool:
    """Whether brackets stand more than `max_depth` deep in JSON bytes."""
    if data.count(b"[") + data.count(b"{") <= max_depth:
        return False
    depth = 0
    for match in _BRACKET.finditer(data):
        first = match.group()[:1]
        if first in b"[{":
            depth += 1
            if depth > max_depth:
                return True
        elif first in b"]}":
            depth -= 1
    return False


def parse_json(text: str) -> Any:
    """Parse JSON into values that can be written as JSON again.

    NaN becomes null; infinite numbers and integers beyond 64 bits stay as strings, as written.

    Raises:
        InvalidJson: no JSON, or an object with one name twice and two values.
    """
    try:
        return json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=lambda name: None if name == "NaN" else name,
            parse_int=_parse_int,
            parse_float=_parse_float,
        )
    except json.JSONDecodeError as error:
        raise InvalidJson(
            f"no valid JSON: {error.msg.removesuffix(' at')} at line {error.lineno}, column {error.colno} of the record "
            f"(…{text[max(0, error.pos - 20) : error.pos + 20]!r}…)"
        ) from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        for name, value in pairs:
            if record[name] != value:
                raise InvalidJson(
                    f"the name {name[:80]!r} stands twice in one object, with different values: keep one of them"
                )
    return record


def _parse_int(digits: str) -> int | str:
    return int(digits) if len(digits) <= _EXACT_DIGITS else digits


def _parse_float(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits
