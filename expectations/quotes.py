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
    """Whether content of that kind can stand at `spans` of `text`."""
    if kind == StatementKind.INDIRECT:
        return not any(_QUOTATION.search(text[s["start"] : s["end"]]) for s in spans)
    return any(_is_quoted(text, s["start"], s["end"]) for s in spans)


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether a mark stands in the piece or beside it, or an open quotation may run on into it."""
    around = text[max(0, start - _REACH) : end + _REACH]
    return _MARK.search(around) is not None or _may_be_open(text[max(0, start - _BEFORE) : start])


def _may_be_open(before: str) -> bool:
    """Whether a quotation that began in the text before the piece may not have ended there."""
    curly = before.rfind("“") > before.rfind("”")
    angled = before.rfind("«") > before.rfind("»")
    return curly or angled or before.count('"') % 2 == 1 or _SINGLE_OPENING.search(before) is not None
