"""What stands before an expression and bounds it in EDTF: 'about', 'since', 'by', 'until'."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.dates.lexicon import contexts
from pipeline.dates.meaning import Found, Meaning

_SINCE = re.compile(r"\b(?:since|from)(?: at least| about| around)?(?: the)? $", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:by|until|till)(?: at least| about| around)?(?: the)? $", re.IGNORECASE)
_ONWARDS = re.compile(r" (?:on|onwards?|forward)\b(?! [A-Z])")


def about(f: Found, meaning: Meaning) -> Meaning:
    """The meaning with EDTF's `~` where the text says about or around."""
    period = meaning.period
    if (
        period is None
        or period.part
        or f.words()[0] not in contexts()["about"]
        or not meaning.edtf
        or "/" in meaning.edtf
    ):
        return meaning
    return replace(meaning, edtf=replace(period, approximate=True).edtf)


def bounded(f: Found, meaning: Meaning) -> Meaning:
    """The meaning as an open interval after 'since', 'by' and 'until': `2019/..`, `../2023-03-24`.

    `from 2019 on` is open; `from 2019` alone, mostly followed by `to`, is not.
    """
    if meaning.period is None or not meaning.edtf or "/" in meaning.edtf:
        return meaning
    text = f.scan.text
    before = text[max(0, f.start - 24) : f.start]
    if (match := _SINCE.search(before)) and (match[0][:1] in "sS" or _ONWARDS.match(text, f.end)):
        return replace(meaning, edtf=f"{meaning.edtf}/..", last=None)
    if _UNTIL.search(before):
        return replace(meaning, edtf=f"../{meaning.edtf}", first=None)
    return meaning
