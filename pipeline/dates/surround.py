"""What stands around a match: the word before it, the tags of its tokens, the lists of contexts.tsv."""

from __future__ import annotations

import re
from functools import cache

from pipeline.dates.lexicon import context_pattern, contexts
from pipeline.dates.meaning import Found
from pipeline.tree import Parse

_LAST_WORD = re.compile(r"([^\W_]+|[^\w\s])\s*$")
_PLURALS = frozenset({"NNS", "NNPS"})


def word_before(f: Found) -> str:
    """The word or mark right before a match; '' at the head of the text."""
    match = _LAST_WORD.search(f.scan.text, max(0, f.start - 30), f.start)
    return match[1] if match else ""


def follows(f: Found, name: str) -> bool:
    """True where the word before a match is in a list of contexts.tsv."""
    return word_before(f).lower() in contexts()[name]


@cache
def list_pattern(name: str) -> re.Pattern[str]:
    """A pattern of white space and a word of a list."""
    return re.compile(rf"\s+(?:{context_pattern(name)})(?!\w)")


def precedes(f: Found, name: str) -> bool:
    """True where a word of a list follows a match."""
    return list_pattern(name).match(f.scan.text, f.end) is not None


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{context_pattern('label')})\.?\s*$")


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:(?:{context_pattern('counted')})(?!\w)|[.,]\d|/\d{{3}})")


def is_labelled(f: Found) -> bool:
    """True for a number that has a label or counts what follows: 'H.R. 2024', '1900 soldiers'."""
    text = f.scan.text
    return _label().search(text, max(0, f.start - 24), f.start) is not None or _counted().match(text, f.end) is not None


def is_count(f: Found, parse: Parse) -> bool:
    """True for a number that the parse puts before a plural noun, not a name ('the 1954 Geneva accords')."""
    token = parse.token_at(f.end - 1)
    if token < 0 or parse.dep[token] not in ("nummod", "quantmod"):
        return False
    head = parse.head[token]
    if parse.tag[head] not in _PLURALS or head <= token or parse.word[head] in contexts()["dated"]:
        return False
    return not any(parse.word[i][0].isupper() for i in range(token + 1, head + 1))


def opens_sentence(f: Found, parse: Parse) -> bool:
    """True where no word stands before a match in its sentence."""
    token = parse.token_at(f.start)
    if token < 0:
        return word_before(f) in ("", ".")
    first = parse.sentences[parse.sentence_of[token]][0]
    return not any(parse.word[i][0].isalnum() for i in range(first, token))


def tag_at(parse: Parse, offset: int) -> str:
    """The Penn tag of the token at an offset; '' without a parse."""
    token = parse.token_at(offset)
    return parse.tag[token] if token >= 0 else ""
