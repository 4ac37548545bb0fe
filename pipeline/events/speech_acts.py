"""Statements and events: which statement an event is, or stands in, and who speaks there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from pipeline.events import arguments
from pipeline.events.kinds import Kinds
from pipeline.tables import Statement
from pipeline.tree import Parse

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})


class Tellers:
    """The statements of one article, looked up by offset."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        cues = [(s.cue_start, s.cue_end, s) for s in statements if s.cue_start is not None and s.cue_end is not None]
        self._cues = Stretches(cues)
        self._contents = Stretches((span.start, span.end, s) for s in statements for span in s.content_spans)

    def of_event(self, start: int, end: int) -> Statement | None:
        """The statement that the event at these offsets is, else the innermost one that holds it."""
        found = self._cues.overlapping(start, end)
        return found[0][2] if found else self.around(start)

    def around(self, offset: int) -> Statement | None:
        """The innermost statement whose content holds the offset."""
        holding = self._contents.overlapping(offset, offset + 1)
        return min(holding, key=lambda h: (h[1] - h[0], h[0]))[2] if holding else None


class Stretches:
    """Statements by stretches of the text, found without looking at all of them."""

    def __init__(self, stretches: Iterable[tuple[int, int, Statement]]) -> None:
        self._rows = sorted(stretches, key=lambda row: (row[0], row[1]))
        self._starts = [start for start, _, _ in self._rows]
        self._reach = list(accumulate((end for _, end, _ in self._rows), max))

    def overlapping(self, start: int, end: int) -> list[tuple[int, int, Statement]]:
        """The stretches that share a character with start to end (exclusive), in the order of the text."""
        found = []
        for i in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self._reach[i] <= start:
                break
            if self._rows[i][1] > start:
                found.append(self._rows[i])
        return found[::-1]


def antecedent(parse: Parse, kinds: Kinds, tellers: Tellers, pronoun: int) -> int | None:
    """The token of the noun that a pronoun stands for where the grammar tells it, else None.

    'Syria said it withdrew': the subject of the verb of saying. 'I', 'we': the speaker of the statement.
    """
    word = parse.word[pronoun].lower()
    if word in _FIRST_PERSON:
        statement = tellers.around(parse.start[pronoun])
        if statement is None or statement.speaker_start is None or statement.speaker_end is None:
            return None
        return _head(parse, parse.tokens_in(statement.speaker_start, statement.speaker_end))
    if word not in ("it", "they", "he", "she", "its", "their", "his", "her"):
        return None
    for governor in parse.ancestors(pronoun):
        if parse.dep[governor] in ("ccomp", "xcomp", "advcl") and parse.pos[governor] in arguments.VERBAL:
            found = arguments.subject(parse, parse.head[governor])
            if found is not None and found < pronoun and parse.pos[found] in ("NOUN", "PROPN"):
                return found if _can_be(parse, kinds, word, found) else None
    return None


def _can_be(parse: Parse, kinds: Kinds, pronoun: str, noun: int) -> bool:
    """Whether a pronoun can stand for a noun, by number and by what kind of thing it is."""
    of = kinds.of(noun)
    if "actor" not in of and parse.pos[noun] != "PROPN":
        return False
    if pronoun in ("it", "its"):
        return "person" not in of and parse.tag[noun] not in ("NNS", "NNPS")
    if pronoun in ("they", "their"):
        return (
            parse.tag[noun] in ("NNS", "NNPS")
            or not of.isdisjoint({"organisation", "quantity"})
            or len(parse.conjuncts(noun)) > 1
        )
    return parse.tag[noun] not in ("NNS", "NNPS") and of.isdisjoint({"state", "organisation"})


def _head(parse: Parse, tokens: range) -> int | None:
    for t in tokens:
        if parse.head[t] not in tokens or parse.head[t] == t:
            return t
    return None
