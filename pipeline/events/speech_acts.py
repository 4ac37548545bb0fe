"""Statements and events: which statement an event is, or stands in, and who speaks there."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events import arguments
from pipeline.events.kinds import Kinds
from pipeline.tables import Statement
from pipeline.tree import Parse

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})


class Tellers:
    """The statements of one article, looked up by offset."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._by_cue = sorted(
            ((s.cue_start, s.cue_end, s) for s in statements if s.cue_start is not None and s.cue_end is not None),
            key=lambda row: (row[0], row[1]),
        )
        self._spans = [(span.start, span.end, s) for s in statements for span in s.content_spans]

    def of_event(self, start: int, end: int) -> Statement | None:
        """The statement that the event at these offsets is, else the innermost one that holds it."""
        for cue_start, cue_end, statement in self._by_cue:
            if cue_start < end and start < cue_end:
                return statement
        return self.around(start)

    def around(self, offset: int) -> Statement | None:
        """The innermost statement whose content holds the offset."""
        holding = [(e - s, s, row) for s, e, row in self._spans if s <= offset < e]
        return min(holding, key=lambda h: (h[0], h[1]))[2] if holding else None


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
