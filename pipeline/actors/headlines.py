"""Headlines all in capitals, which tell no name from a word: read as if they were in title case."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from pipeline.actors.registry import Registry
from pipeline.tree import Parse

_SMALL = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PART", "AUX", "PRON"})
_WORDS = 2
"""So many words a line must have to be a headline; fewer are a dateline or an acronym."""


def shouted_lines(parse: Parse) -> frozenset[int]:
    """Numbers of the sentences that are headlines all in capitals."""
    found = set[int]()
    for number, (first, stop) in enumerate(parse.sentences):
        if not (parse.word[first].isupper() and parse.word[min(first + 1, stop - 1)].isupper()):
            continue
        if parse.word[stop - 1] in {".", ":", "-", "—"}:
            continue
        letters = [w for w in parse.word[first:stop] if w.isalpha()]
        if all(w.isupper() for w in letters) and sum(len(w) > 3 for w in letters) >= _WORDS:
            found.add(number)
    return frozenset(found)


def in_title_case(parse: Parse, lines: Container[int], registry: Registry) -> Parse:
    """The parse with those lines in title case; what the registry knows in capitals, as "NATO", stays so."""
    word, text = list(parse.word), list(parse.text)
    for number, (first, stop) in enumerate(parse.sentences):
        if number not in lines:
            continue
        for token in range(first, stop):
            old = word[token]
            new = old.lower() if parse.pos[token] in _SMALL and token > first else old.title()
            if len(new) == len(old) and old.isalpha() and not registry.named(old):
                word[token] = new
                text[parse.start[token] : parse.end[token]] = new
    return replace(parse, word=word, text="".join(text))
