"""Lists of words that the readers of events ask for, and that say nothing of the kind of a thing.

What kind of thing a word stands for is in `data/classes.tsv` (see `kinds`); here stand words by what they do to an act:
make it one of words, carry its tense, leave it open.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipeline.lookup import read_rows, unique

WORDS = Path(__file__).parent / "data" / "words.tsv"


@cache
def load_words(file: Path = WORDS) -> dict[str, frozenset[str]]:
    """The words of every list.

    Raises:
        ValueError: a list twice, or a word twice in one.
    """
    found = {}
    for row in unique(read_rows(file, ("list", "words", "note")), "list"):
        words = row.required("words").split()
        if len(set(words)) < len(words):
            row.refuse("a word stands twice")
        found[row["list"]] = frozenset(words)
    return found


def is_listed(word: str, name: str) -> bool:
    """Whether a word or lemma stands in a list."""
    return word.lower() in load_words()[name]
