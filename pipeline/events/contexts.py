"""Contexts: PLOVER's 37 subjects, by lookup of words, for a sentence and for a whole article."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pipeline.lookup import read_rows, unique
from pipeline.tree import Parse
from pipeline.vocabulary import cameo

CONTEXTS = Path(__file__).parent / "data" / "contexts.tsv"
ENOUGH = 3
"""An article is about a context where its words stand in it this often."""

_FROM_CODES = {"humanitarian": "human_security", "democracy": "pro_democracy"}
"""Contexts of the CAMEO table that are not among PLOVER's 37."""


@cache
def load_contexts(file: Path = CONTEXTS) -> dict[str, tuple[str, ...]]:
    """Contexts by word.

    Raises:
        ValueError: a context twice, or a word twice in one.
    """
    found: dict[str, list[str]] = {}
    for row in unique(read_rows(file, ("context", "words", "note")), "context"):
        for word in row["words"].split():
            if row["context"] in found.setdefault(word, []):
                row.refuse(f"{word!r} stands twice")
            found[word].append(row["context"])
    return {word: tuple(contexts) for word, contexts in found.items()}


def of_code(code: str) -> set[str]:
    """The contexts that a CAMEO code brings."""
    named = cameo()[code].plover_context
    return {_FROM_CODES.get(c.strip(), c.strip()) for c in named.split(";")} if named else set()


def of_sentence(parse: Parse, sentence: int) -> set[str]:
    """The contexts of a sentence's words."""
    first, stop = parse.sentences[sentence]
    return {context for context, _ in _counted(parse, range(first, stop))}


def of_article(parse: Parse) -> list[str]:
    """The contexts of a whole article, sorted: those whose words stand in it often enough."""
    return sorted(context for context, number in _counted(parse, range(len(parse))) if number >= ENOUGH)


def _counted(parse: Parse, tokens: Iterable[int]) -> list[tuple[str, int]]:
    known = load_contexts()
    counts: dict[str, int] = {}
    for t in tokens:
        if parse.pos[t] in ("NOUN", "PROPN", "ADJ"):
            for context in known.get(parse.lemma[t].lower(), ()):
                counts[context] = counts.get(context, 0) + 1
    return sorted(counts.items())
