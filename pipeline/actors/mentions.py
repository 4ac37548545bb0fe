"""The mentions of one article, and how to look them up by token and by phrase."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.tables import Mention
from pipeline.tree import Parse
from pipeline.vocabulary import How


@dataclass(slots=True)
class Mentions:
    """All mentions of an article, in the order of the text; they do not overlap."""

    parse: Parse
    rows: Sequence[Mention]
    _by_token: dict[int, Mention] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.rows:
            for token in self.parse.tokens_in(row.start, row.end):
                self._by_token[token] = row

    def at(self, token: int) -> Mention | None:
        """The mention that covers the token, or None."""
        return self._by_token.get(token)

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie between two offsets."""
        first = bisect_left(self.rows, start, key=lambda row: row.start)
        stop = bisect_left(self.rows, end, key=lambda row: row.start)
        return [row for row in self.rows[first:stop] if row.end <= end]

    def of_phrase(self, head: int) -> Mention | None:
        """The actor that a noun phrase names, by the phrase's head token.

        A name in apposition wins over the description that it stands with: for 'Russia's top spokesperson for the
        presidency, Dmitry Peskov' the mention of Peskov. Else it is the mention that covers the head, else the name of
        which the head is a part.
        """
        own = self.at(head)
        if own is not None and own.how in {How.NAMED, How.ALIAS, How.PRONOUN}:
            return own
        for child in self.parse.children[head]:
            if self.parse.dep[child] == "appos":
                named = self.at(child)
                if named is not None and named.how in {How.NAMED, How.ALIAS}:
                    return named
        return own

    def all_of_phrase(self, head: int) -> list[Mention]:
        """The actors of a phrase with all that is coordinated in it, in the order of the text.

        'Putin and Macron' gives two, and so does 'Hungarian and Romanian officials', whose demonyms share one noun.
        """
        found: list[Mention] = []
        for token in self.parse.conjuncts(head):
            named = self.of_phrase(token)
            if named is None:
                continue
            found.extend(row for row in self._sharing(named, token) if row not in found)
            if named not in found:
                found.append(named)
        return sorted(found, key=lambda row: row.start)

    def _sharing(self, row: Mention, head: int) -> list[Mention]:
        """The coordinated demonyms before a phrase that share its noun."""
        found: list[Mention] = []
        token = self.parse.token_at(row.start) - 1
        while row.how is How.DEMONYM and token > 0 and self.parse.word[token] in {"and", "or", ",", "-", "–", "/"}:
            before = self.at(token - 1)
            if before is not None and before.how is How.DEMONYM and before.rule == SHARED_NOUN:
                found.append(before)
                token = self.parse.token_at(before.start) - 1
            elif before is None and self.parse.word[token - 1] == ",":
                token -= 1
            else:
                break
        return found


SHARED_NOUN = "demonym before a shared noun"
"""Rule of a coordinated demonym whose noun follows the last one: 'Hungarian' in 'Hungarian and Romanian officials'."""
