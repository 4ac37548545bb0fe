"""Datelines: places and agencies before the first sentence, which the parse takes for parts of it."""

from __future__ import annotations

from pipeline.tree import Parse

MAX_DATELINE = 14
"""How many words a dateline has at most."""
_DASHES = frozenset({"-", "--", "–", "—", "―"})


def is_in_dateline(parse: Parse, token: int, head: int) -> bool:
    """Whether a word stands in a dateline that the parse takes for a part of the first phrase ("GENEVA - Rebels")."""
    first, _ = parse.sentences[parse.sentence_of[head]]
    dash = next((t for t in range(token + 1, head) if _is_dash(parse, t)), None)
    if dash is None or dash - first > MAX_DATELINE:
        return False
    return all(parse.pos[t] in ("PROPN", "PUNCT", "NUM", "ADP") for t in range(first, dash))


def behind_dateline(parse: Parse, own: int, verb: int) -> int:
    """The subject behind a dateline that the parse takes for it ("GENEVA (Wire) - Negotiators from Chad ended")."""
    first, _ = parse.sentences[parse.sentence_of[verb]]
    if parse.left[own] != first or own > verb:
        return own
    for t in range(first, min(verb, first + MAX_DATELINE)):
        if t > own and _is_dash(parse, t):
            token = t + 1
            while t < parse.head[token] < verb and parse.head[token] != token:
                token = parse.head[token]
            return token if parse.pos[token] in ("NOUN", "PROPN", "PRON") else own
    return own


def _is_dash(parse: Parse, token: int) -> bool:
    """Whether a dash stands free, and is no hyphen inside a word."""
    return parse.word[token] in _DASHES and not (
        parse.word[token] == "-" and parse.end[token - 1] == parse.start[token]
    )
