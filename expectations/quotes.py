"""Whether a statement's kind agrees with the quotation marks around and in its content.

Written apart from the code that finds quotations, so that one checks the other. Only what is
certain counts: an apostrophe is no mark, inches are none, and a single mark that may have opened
a quotation before the content is taken to have done so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.vocabulary import StatementKind

_MARK = re.compile(r"""["“”„‟«»＂〝〞'‘’‚‛‹›`「」『』]""")
_QUOTATION = re.compile(r"“[^”]*\w[^”]*”|«[^»]*\w[^»]*»|(?<!\d)\"[^\"]*\w[^\"]*\"")
_SINGLE_OPENING = re.compile(r"(?:^|[\s(\[—–-])['‘‚‹`「『]")
_REACH = 2
"""Characters around a piece in which a mark still belongs to it: the mark, or a comma or stop before it."""
_BEFORE = 5_000
"""Characters before a piece in which the mark that opens its quotation is looked for."""


def kind_agrees(text: str, spans: Sequence[Mapping[str, int]], kind: str) -> bool:
    """Whether content of that kind can stand at `spans` of `text`, whatever its marks are taken to mean."""
    if kind == StatementKind.INDIRECT:
        return not any(_QUOTATION.search(text[s["start"] : s["end"]]) for s in spans)
    return any(_MARK.search(text, max(0, s["start"] - _BEFORE), s["end"] + _REACH) for s in spans)


def is_in_quotation(text: str, start: int, end: int) -> bool:
    """Whether a mark stands in a piece or beside it, or a quotation that began before it has not ended there."""
    return _MARK.search(text, max(0, start - _REACH), end + _REACH) is not None or _is_open(text, start)


def _is_open(text: str, at: int) -> bool:
    before = text[max(0, at - _BEFORE) : at]
    curly = before.rfind("“") > before.rfind("”")
    angled = before.rfind("«") > before.rfind("»")
    return curly or angled or before.count('"') % 2 == 1 or _SINGLE_OPENING.search(before) is not None
