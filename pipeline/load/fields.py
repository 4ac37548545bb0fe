"""A record's fields → the fields of a RawArticle, under whichever names they were delivered."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.load.limits import Limits
from pipeline.load.records import Place, RawArticle, Rejection, reject
from pipeline.lookup import read_rows
from pipeline.vocabulary import Reason

FIELD_NAMES = Path(__file__).parent / "data" / "field_names.tsv"
FIELDS = ("id", "url", "source", "title", "text", "published_at", "language", "authors")

_SEPARATOR = re.compile(r"\s*[;|\n]\s*")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")
_BY = re.compile(r"by\s+", re.IGNORECASE)


def fold_name(name: str) -> str:
    """A field's name without case and punctuation: "pubDate" and "pub_date" are one."""
    return "".join(character for character in name.casefold() if character.isalnum())


@cache
def read_field_names(path: Path = FIELD_NAMES) -> dict[str, tuple[str, ...]]:
    """For each field of the contract, the folded names it goes by, best first.

    Raises:
        ValueError: the file names a field that does not exist, or one name twice.
    """
    names: dict[str, list[str]] = {field: [] for field in FIELDS}
    known: dict[str, str] = {}
    for row in read_rows(path, ("name", "field", "reason")):
        row.required("reason")
        if row["field"] not in names:
            row.refuse(f"unknown field {row['field']!r}")
        name = fold_name(row.required("name"))
        if known.setdefault(name, row["field"]) != row["field"]:
            row.refuse(f"{row['name']!r} stands for {known[name]!r} already")
        if name not in names[row["field"]]:
            names[row["field"]].append(name)
    return {field: tuple(found) for field, found in names.items()}


def find_names(names: list[str], field: str) -> list[str]:
    """Those of `names` that may hold `field`, best first."""
    first = [field] if field in names else []
    folded: dict[str, list[str]] = {}
    for name in names:
        if name != field:
            folded.setdefault(fold_name(name), []).append(name)
    return first + [name for alias in read_field_names()[field] for name in folded.get(alias, ())]


def make_article(record: Mapping[str, Any], place: Place, encoding: str, limits: Limits) -> RawArticle | Rejection:
    """Make an article of a record's fields.

    A field is taken from its own name, else from the first alias that holds something; all
    other fields stay in `extra`. So does a field whose value is of the wrong type, under its
    own name; the text alone must be a string.

    Args:
        record: names and JSON values.
        place: where the record stands.
        encoding: the codec it was read with.
        limits: the limits in force.
    """
    left = {name: value for name, value in record.items() if value is not None}
    names = list(left)
    found: dict[str, Any] = {}
    for field in FIELDS:
        for name in find_names(names, field):
            value = _parse(field, left.get(name))
            if value:
                found[field] = value
                del left[name]
                break
    if "text" not in found:
        return _without_text(record, place)
    if len(found["text"]) > limits.max_text_characters:
        return reject(
            place,
            Reason.TOO_LARGE,
            f"the text has {len(found['text']):,} characters, more than max_text_characters = "
            f"{limits.max_text_characters:,}: split it, or raise the limit",
        )
    extra = {name: value for name, value in left.items() if not _is_blank_field(name, value)}
    return RawArticle(
        place=place,
        id=found.get("id"),
        url=found.get("url"),
        source=found.get("source"),
        title=found.get("title"),
        text=found["text"],
        published_at=found.get("published_at"),
        language=found.get("language"),
        authors=found.get("authors", []),
        extra=extra,
        encoding=encoding,
    )


def _parse(field: str, value: Any) -> Any:
    """The value in the field's type; None if it has not that type or is blank."""
    if field == "authors":
        return parse_authors(value)
    if field == "source" and isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, int | float) and not isinstance(value, bool) and field in ("id", "published_at"):
        return json.dumps(value)
    if not isinstance(value, str) or not value.strip():
        return None
    return value if field == "text" else value.strip()


def _is_blank_field(name: str, value: Any) -> bool:
    """Whether a field of the contract is there, but holds nothing."""
    return name in FIELDS and (value == [] or (isinstance(value, str) and not value.strip()))


def _without_text(record: Mapping[str, Any], place: Place) -> Rejection:
    names = find_names(list(record), "text")
    for name in names:
        value = record[name]
        if value is not None and not isinstance(value, str):
            return reject(
                place,
                Reason.INVALID_FIELD,
                f"the field {name!r} is {_type_name(value)}, not a string: deliver the text as one string",
            )
    if names:
        return reject(place, Reason.NO_TEXT, f"the field {names[0]!r} is empty: there is no article in this record")
    shown = ", ".join(repr(name[:40]) for name in list(record)[:10]) or "none at all"
    return reject(place, Reason.NO_TEXT, f"no field holds a text: name it 'text' (the fields of this record: {shown})")


def _type_name(value: Any) -> str:
    names = {bool: "a truth value", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)


def parse_authors(value: Any) -> list[str] | None:
    """Parse authors: a string, a list of strings, or a list of objects with a `name`.

    A string is split at ";", "|" and line ends; at commas and "and" only where each part is a
    name of two to four words.

    Returns:
        The authors in the order given, or None if the value is none of these or holds none.
    """
    if isinstance(value, str):
        return _split_authors(value) or None
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return None
    items = [item.get("name") if isinstance(item, dict) else item for item in value]
    names = [" ".join(item.split()) for item in items if isinstance(item, str)]
    return [name for name in names if name] if len(names) == len(items) and any(names) else None


def _split_authors(text: str) -> list[str]:
    text = _BY.sub("", text.strip(), count=1) if _BY.match(text.strip()) else text.strip()
    authors: list[str] = []
    for part in _SEPARATOR.split(text):
        pieces = [piece.strip() for piece in re.split(r",\s*(?:and\s+)?|\s+and\s+|\s+&\s+", part)]
        together = len(pieces) > 1 and all(_NAME.fullmatch(piece) and piece[0].isupper() for piece in pieces)
        authors.extend(pieces if together else [" ".join(part.split())])
    return [author for author in authors if author]
