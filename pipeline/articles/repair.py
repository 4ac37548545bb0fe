"""A text that is not clean → what it stands for. A clean text stays as it is, to the byte.

Repairs are made where the evidence is strong, because offsets and quotations must agree with
what the outlet wrote: one odd sequence in a text is left alone.
"""

from __future__ import annotations

import re

import ftfy.bad_codecs

from pipeline.articles.markup import count_block_tags, count_entities, read_markup, unescape

MIN_MOJIBAKE = 3
MIN_BLOCK_TAGS = 2
MIN_ENTITIES = 2

_REPLACEMENT = "\ufffd"
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4]"  # what the first byte of a UTF-8 sequence looks like in Windows-1252, then the second
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)

ftfy.bad_codecs.ok()


def repair_text(text: str) -> tuple[str, list[str]]:
    """Repair a text.

    - controls: NUL is removed, a lone surrogate becomes U+FFFD: Parquet and C readers take neither.
      Other control characters and right-to-left marks are text, and stay.
    - mojibake: undone where the whole text is UTF-8 that was read as Windows-1252, with at least
      three such sequences.
    - html: tags are taken out and entities resolved where at least two tags of blocks (or, in a
      text without any, two entities) stand in the text.

    Returns:
        The text, and the names of the repairs, sorted.
    """
    repairs = []
    for name, repair in (("controls", clean), ("mojibake", _undo_mojibake), ("html", _read_html)):
        repaired = repair(text)
        if repaired != text:
            repairs.append(name)
            text = repaired
    return text, sorted(repairs)


def clean(text: str) -> str:
    """Take out NUL; put U+FFFD for each lone surrogate."""
    if "\0" in text:
        text = text.replace("\0", "")
    return text if text.isascii() else _SURROGATE.sub(_REPLACEMENT, text)


def _undo_mojibake(text: str) -> str:
    if text.isascii() or len(_MOJIBAKE.findall(text)) < MIN_MOJIBAKE:
        return text
    try:
        return text.encode("sloppy-windows-1252").decode("utf-8")
    except UnicodeError:
        return text


def _read_html(text: str) -> str:
    if "<" in text and count_block_tags(text, MIN_BLOCK_TAGS) >= MIN_BLOCK_TAGS:
        return read_markup(text)
    if "&" in text and "<" not in text and count_entities(text, MIN_ENTITIES) >= MIN_ENTITIES:
        return unescape(text)
    return text
