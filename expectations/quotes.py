"""Whether a statement's kind agrees with the quotation marks around and in its content.

Written apart from the code that finds quotations, so that one checks the other. Only what is
certain counts: an apostrophe is no mark, and inches and feet are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.vocabulary import StatementKind

DOUBLE = frozenset('"“”„‟«»＂〝〞')
SINGLE = frozenset("'‘’‚‛‹›")
_QUOTATION = re.compile(r"“[^”]*\w[^”]*”|«[^»]*\w[^»]*»|(?<!\d)\"[^\"]*\w[^\"]*\"")
_REACH = 2
"""Characters around a piece in which a mark still belongs to it: the mark, or a comma or stop before it."""


def kind_agrees(text: str, spans: Sequence[Mapping[str, int]], kind: str) -> bool:
    """Whether content of that kind can stand at `spans` of `text`."""
    pieces = [text[s["start"] : s["end"]] for s in spans]
    if kind == StatementKind.INDIRECT:
        return not any(_has_quotation(piece) for piece in pieces)
    return any(_is_quoted(text, s["start"], s["end"]) for s in spans)


def _has_quotation(piece: str) -> bool:
    """Whether words stand between two double marks inside the piece; a mark after a digit may be inches."""
    return _QUOTATION.search(piece) is not None


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether a mark stands in the piece or beside it, or an open quotation runs on into it."""
    around = text[max(0, start - _REACH) : end + _REACH]
    if any(c in DOUBLE or c in SINGLE for c in around):
        return True
    return _is_open(text, start)


def _is_open(text: str, at: int) -> bool:
    """Whether a quotation that began before `at` has not ended there."""
    before = text[max(0, at - 2_000) : at]
    curly = before.rfind("“") > before.rfind("”")
    return curly or before.count('"') % 2 == 1
