"""The language of a text, and of a record that declares one."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipeline.lookup import read_rows, unique

ENGLISH = "en"
SAMPLE = 2_000
"""Code points of a text that the detector reads: beyond them its answer does not change."""
BOUND = math.log(50)
"""How much likelier than English another language must be before a text is taken for it.

Between English headlines full of foreign names (at most 30 times, but for one in forty) and
headlines in another language (beyond 50 times, but for those of two to four words and names).
"""
DECLARED = math.log(8)
"""What the record's own language counts for; where the detector finds the same, it is `BOUND`."""
MIN_OUTSIDE = 0.3
"""Share of a text outside of English quotation marks from which on it stands for the whole."""

FUNCTION_WORD = 1.0
"""What a function word of one language counts against the other."""
MAX_FUNCTION_WORDS = 5.0
"""What all of them count for at most: in longer texts the detector needs no help."""
FUNCTION_WORDS = Path(__file__).parent / "data" / "function_words.tsv"

PRESS_LANGUAGES = Path(__file__).parent / "data" / "press_languages.tsv"
"""The languages with a daily press, as far as the detector knows them.

Creoles of English and constructed languages are left out: they draw single English sentences.
"""

_QUOTATION = re.compile(r"“[^“”\n]{1,2000}”|\"[^\"\n]{1,2000}\"")
_MAX_NAME = 60
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Language:
    """The language of a text."""

    code: str
    """ISO 639-1; the detector's best where it is not English."""
    log_odds: float
    """Natural logarithm of how much likelier `code` is than English; 0 for English."""


def find_language(text: str, declared: str | None = None) -> Language:
    """Tell the language of a text; English unless another is much likelier.

    Args:
        text: the text; its first `SAMPLE` code points count, without quotations if enough is left.
        declared: ISO 639-1 code that the record gives, as evidence.
    """
    text = _leave_out_quotations(text[:SAMPLE])
    ranks = dict(_identifier().rank(text))
    best = max(ranks, key=lambda code: (ranks[code], code))
    if best == ENGLISH:
        return Language(ENGLISH, 0.0)
    odds = math.log(max(float(ranks[best]), 1e-12)) - math.log(max(float(ranks[ENGLISH]), 1e-12))
    odds += _weigh_function_words(text, best)
    if declared is not None:
        odds += -DECLARED if declared == ENGLISH else BOUND if declared == best else DECLARED
    return Language(best, odds) if odds > BOUND else Language(ENGLISH, 0.0)


def _leave_out_quotations(text: str) -> str:
    outside = _QUOTATION.sub(" ", text)
    return outside if len(outside) >= MIN_OUTSIDE * len(text) else text


def _weigh_function_words(text: str, language: str) -> float:
    known = read_function_words()
    own, english = known.get(language, frozenset()), known[ENGLISH]
    words = _WORD.findall(text)
    balance = sum((word in own) - (word.casefold() in english) for word in words) * FUNCTION_WORD
    return max(-MAX_FUNCTION_WORDS, min(MAX_FUNCTION_WORDS, balance))


@cache
def read_function_words(path: Path = FUNCTION_WORDS) -> dict[str, frozenset[str]]:
    """Articles, prepositions, auxiliaries of a language that are neither English words nor parts of names.

    For English, the most frequent ones. In capitals such a word is taken for part of a name.

    Raises:
        ValueError: an unknown language, or a word twice.
    """
    words: dict[str, set[str]] = {}
    for row in unique(read_rows(path, ("language", "word")), "word", "language"):
        if row["language"] not in read_languages():
            row.refuse(f"unknown language {row['language']!r}")
        words.setdefault(row["language"], set()).add(row["word"])
    return {language: frozenset(found) for language, found in words.items()}


@cache
def read_languages(path: Path = PRESS_LANGUAGES) -> frozenset[str]:
    """ISO 639-1 codes of the languages that a text is taken for.

    Raises:
        ValueError: a code that is none, or one twice.
    """
    codes: set[str] = set()
    for row in unique(read_rows(path, ("code", "name")), "code"):
        if not re.fullmatch("[a-z]{2}", row["code"]):
            row.refuse(f"{row['code']!r} is no two-letter code")
        codes.add(row["code"])
    return frozenset(codes)


def has_words(text: str) -> bool:
    """Whether a text holds a letter of any script."""
    return _WORD.search(text) is not None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    every = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    every.set_languages(sorted(read_languages()))
    # one of its own: the restricted one keeps the numbers of all languages beside it, 20 MB
    return LanguageIdentifier(
        every.nb_ptc, every.nb_pc, every.nb_classes, every.tk_nextmove, every.tk_output, True, tk_row=every.tk_row
    )


@lru_cache(maxsize=1_000)
def parse_language(value: str) -> str | None:
    """Parse a declared language into its ISO 639-1 code: "en-US", "eng", "English", "en_GB.UTF-8".

    Returns:
        None for what is no language, and for languages without a two-letter code.
    """
    if len(value) > _MAX_NAME:
        return None
    name = unicodedata.normalize("NFKC", value).strip()
    tag = re.split(r"[-_.@]", name.casefold())[0]
    import pycountry

    for found in (
        pycountry.languages.get(alpha_2=tag) if len(tag) == 2 else None,
        pycountry.languages.get(alpha_3=tag) or pycountry.languages.get(bibliographic=tag) if len(tag) == 3 else None,
        pycountry.languages.get(name=name.title()) if len(name) > 3 else None,
    ):
        if found is not None and hasattr(found, "alpha_2"):
            return str(found.alpha_2)
    return None
