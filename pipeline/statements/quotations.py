"""Quotations: which characters of a text stand in quotation marks.

Marks are straight, curly, doubled single marks, guillemets, low-high and single ones. A paragraph
is a line. A quotation over several paragraphs opens in each and closes in the last.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(slots=True)
class Quotation:
    """One stretch of quoted text within one paragraph; `start` and `end` hold the marks."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    mark: str
    """The family of the marks: " ' or «."""
    paragraph: int
    is_closed: bool
    continues: bool = False
    """True where the quotation goes on in the next paragraph."""
    is_continuation: bool = False
    """True where it began in an earlier paragraph."""


_MARK = re.compile(r"``|''|[\"\u201c\u201d\u201f\u201e\u00ab\u00bb\u201a\u2018\u2019\u2039\u203a'`]")
_LINE = re.compile(r"[^\n\r]+")
_OPENERS = frozenset("\u201c\u201f\u201e\u00ab``")
_DOUBLE = frozenset(("``", "''", '"', "\u201c", "\u201d", "\u201f", "\u201e"))
_GUILLEMETS = frozenset("\u00ab\u00bb")
_ELISION = re.compile(
    r"(?:em|til|tis|twas|cause|n|round|bout|neath|cos|nuff|ere|tween|fraid|course|s|d|ll|re|ve|t|m|\d\ds?)\b",
    re.IGNORECASE,
)
"""Words that an apostrophe opens: 'em, 'til, 'n'."""

_BEFORE_OPEN = frozenset(" \t\u00a0([{-\u2013\u2014/\u2009\u202f")
_WORD = re.compile(r"\w+")


def find_quotations(text: str) -> list[Quotation]:
    """The outermost quotations of a text, in order; they do not overlap."""
    found: list[Quotation] = []
    for number, line in enumerate(_LINE.finditer(text)):
        found.extend(_quotations_of_line(text, line.start(), line.end(), number))
    _join_paragraphs(text, found)
    return found


def _quotations_of_line(text: str, start: int, end: int, paragraph: int) -> list[Quotation]:
    marks = [(m.start(), m.group()) for m in _MARK.finditer(text, start, end)]
    found: list[Quotation] = []
    i = 0
    while i < len(marks):
        at, mark = marks[i]
        family = _family(mark)
        if family == "'":
            close = _closing_single(text, marks, i, end) if _opens_single(text, at, mark, start) else None
        elif _opens(text, at, mark, start, end):
            close = _closing_double(text, marks, i, family, end)
        else:
            i += 1
            if family == '"' and not found and _is_orphan_close(text, at, mark, start):
                found.append(Quotation(start, at + len(mark), start, at, family, paragraph, False))
            continue
        if close is None:
            i += 1
            if family != "'" and _is_open_ended(text, at, start):
                found.append(Quotation(at, end, at + len(mark), end, family, paragraph, False))
                break
            continue
        last, closing = marks[close]
        found.append(Quotation(at, last + len(closing), at + len(mark), last, family, paragraph, True))
        i = close + 1
    return [q for q in found if _WORD.search(text, q.inner_start, q.inner_end)]


def _family(mark: str) -> str:
    if mark in _DOUBLE:
        return '"'
    return "\u00ab" if mark in _GUILLEMETS else "'"


def _opens(text: str, at: int, mark: str, start: int, end: int) -> bool:
    """Whether a double mark outside of any quotation opens one."""
    after = text[at + len(mark)] if at + len(mark) < end else " "
    if mark in _OPENERS:
        return not after.isspace()
    before = text[at - 1] if at > start else " "
    return not after.isspace() and not (before.isalnum() or before in ".,!?;") and after not in ".,!?;:)"


def _is_orphan_close(text: str, at: int, mark: str, start: int) -> bool:
    """Whether a closing mark lacks its opening one at the start of the paragraph."""
    return mark != "\u201c" and at > start and text[at - 1] in ",.!?" and text[start:at].count(" ") < 60


def _closing_double(text: str, marks: list[tuple[int, str]], i: int, family: str, end: int) -> int | None:
    """The mark that closes the quotation that mark `i` opens, or None."""
    opener = marks[i][1]
    depth = 0
    for j in range(i + 1, len(marks)):
        at, mark = marks[j]
        if _family(mark) != family:
            continue
        before, after = text[at - 1], text[at + len(mark)] if at + len(mark) < end else " "
        if mark in _OPENERS and not after.isspace() and (before.isspace() or before in "([\u2014-"):
            if opener in _OPENERS:
                depth += 1
            continue
        if mark == '"' and before in " ([" and not after.isspace() and opener == '"':
            return None
        if depth:
            depth -= 1
            continue
        return j
    return None


def _opens_single(text: str, at: int, mark: str, start: int) -> bool:
    if mark in "\u2019\u203a":
        return False
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if not (before in _BEFORE_OPEN or before in '"\u201c') or not (after.isalnum() or after in "\u2026.$[("):
        return False
    return _ELISION.match(text, at + 1) is None


def _closing_single(text: str, marks: list[tuple[int, str]], i: int, end: int) -> int | None:
    """The single mark that closes: one after punctuation or before it, sooner than one that may be a possessive."""
    fallback = None
    for j in range(i + 1, len(marks)):
        at, mark = marks[j]
        if mark not in "'\u2019\u203a\u201a`":
            if mark == "\u2018" and fallback is not None:
                break
            continue
        before, after = text[at - 1], text[at + 1] if at + 1 < end else " "
        if before.isspace() or after.isalnum():
            continue
        if before in ".,!?;:\u2026\u2014)" or after in ".,!?;:)\u2014" or at + 1 >= end:
            return j
        if before != "s" or fallback is None:
            if before != "s":
                return j if fallback is None else fallback
            fallback = j
    return fallback


def _is_open_ended(text: str, at: int, start: int) -> bool:
    """Whether a mark that nothing closes still opens: at a paragraph's start, or after a cue's comma or colon."""
    before = text[start:at].rstrip()
    return not before or before[-1] in ",:"


def _join_paragraphs(text: str, found: list[Quotation]) -> None:
    for q, after in pairwise(found):
        if q.is_closed or after.paragraph != q.paragraph + 1:
            continue
        line_start = text.rfind("\n", 0, after.start) + 1
        if not text[line_start : after.start].strip():
            q.continues = True
            after.is_continuation = True


def quotation_at(found: Sequence[Quotation], starts: Sequence[int], offset: int) -> Quotation | None:
    """The quotation that holds the character at `offset`; `starts` are the starts of `found`."""
    i = bisect_right(starts, offset) - 1
    return found[i] if i >= 0 and offset < found[i].end else None
