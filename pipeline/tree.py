"""Parse: an article's text as sentences, words and dependencies, free of the library that made it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Parse:
    """The dependency parse of one text. Tokens are numbered over the whole text.

    Columns of equal length, one entry a token. White space is never a token. A sentence never
    crosses a line break. Labels are those of the English spaCy models: Universal POS in `pos`,
    Penn Treebank tags in `tag`, ClearNLP dependencies in `dep` (nsubj, dobj, ccomp, ...).
    """

    text: str
    word: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    """Dictionary form, lower case but for proper nouns."""
    pos: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    """The governing token; a root governs itself."""
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    """Offsets into `text`, in code points, end exclusive."""
    left: list[int] = field(default_factory=list)
    """First token of the subtree."""
    right: list[int] = field(default_factory=list)
    """Last token of the subtree (inclusive)."""
    children: list[list[int]] = field(default_factory=list)
    """Dependents, in order."""
    sentence_of: list[int] = field(default_factory=list)
    """Index into `sentences`."""
    sentences: list[tuple[int, int]] = field(default_factory=list)
    """First token, and one past the last."""
    paragraph_of: list[int] = field(default_factory=list)
    """By sentence: number of its paragraph (a line of the text that has words)."""

    def __len__(self) -> int:
        return len(self.word)

    def token_at(self, offset: int) -> int:
        """The token that holds the character at `offset`, else the last one before it; -1 before the first."""
        return bisect_right(self.start, offset) - 1

    def tokens_in(self, start: int, end: int) -> range:
        """The tokens that overlap the characters start to end (exclusive)."""
        first = self.token_at(start)
        if first < 0 or self.end[first] <= start:
            first += 1
        last = bisect_right(self.start, end - 1)
        return range(first, max(first, last))

    def surface(self, first: int, last: int) -> str:
        """The text of the tokens from `first` to `last` (inclusive)."""
        return self.text[self.start[first] : self.end[last]]

    def sentence_text(self, token: int) -> str:
        """The text of the sentence that holds `token`."""
        first, stop = self.sentences[self.sentence_of[token]]
        return self.surface(first, stop - 1)

    def child(self, token: int, *deps: str) -> int | None:
        """The first dependent of `token` that bears one of the labels, or None."""
        for c in self.children[token]:
            if self.dep[c] in deps:
                return c
        return None

    def with_dep(self, token: int, *deps: str) -> list[int]:
        """The dependents of `token` that bear one of the labels."""
        return [c for c in self.children[token] if self.dep[c] in deps]

    def subtree(self, token: int) -> Iterator[int]:
        """`token` and all that depends on it, depth first."""
        waiting = [token]
        while waiting:
            token = waiting.pop()
            yield token
            waiting.extend(reversed(self.children[token]))

    def ancestors(self, token: int) -> Iterator[int]:
        """The governor of `token`, its governor, and so on to the root."""
        while self.head[token] != token:
            token = self.head[token]
            yield token

    def conjuncts(self, token: int) -> list[int]:
        """`token` and all that is coordinated with it below it, in order: 'A, B and C' from A."""
        found = [token]
        for c in found:
            found.extend(self.with_dep(c, "conj"))
        return sorted(found)

    def append_sentence(self, rows: Iterable[tuple[str, str, str, str, str, int, int, int]], paragraph: int) -> None:
        """Add a sentence, tokens as (word, lemma, pos, tag, dep, head, start, end).

        `head` counts from the sentence's first token; start and end are offsets into the text.
        """
        base = len(self.word)
        for word, lemma, pos, tag, dep, head, start, end in rows:
            self.word.append(word)
            self.lemma.append(lemma)
            self.pos.append(pos)
            self.tag.append(tag)
            self.dep.append(dep)
            self.head.append(base + head)
            self.start.append(start)
            self.end.append(end)
        stop = len(self.word)
        number = len(self.sentences)
        self.left.extend(range(base, stop))
        self.right.extend(range(base, stop))
        self.children.extend([] for _ in range(base, stop))
        self.sentence_of.extend([number] * (stop - base))
        for token in range(base, stop):
            if self.head[token] != token:
                self.children[self.head[token]].append(token)
        for token in range(base, stop):
            for governor in self.ancestors(token):
                self.left[governor] = min(self.left[governor], token)
                self.right[governor] = max(self.right[governor], token)
        self.sentences.append((base, stop))
        self.paragraph_of.append(paragraph)
