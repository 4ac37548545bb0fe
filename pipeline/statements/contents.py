"""Contents: from the heads of a complement to the character spans of what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.statements.quotations import Quotation, quotation_at
from pipeline.tree import Parse

Piece = tuple[int, int]
"""Start and end offsets of one stretch of content."""

_TRIM = frozenset(",;:-\u2013\u2014.()[]") | {"--", "...", "\u2026"}
_QUOTES = frozenset("\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019'") | {"``", "''"}


def content_tokens(parse: Parse, heads: Sequence[int], without: Iterable[int]) -> list[int]:
    """The tokens under `heads`, less everything under `without`."""
    excluded: set[int] = set()
    for token in without:
        if token not in heads:
            excluded.update(parse.subtree(token))
    kept: set[int] = set()
    for head in heads:
        if parse.left[head] == parse.right[head]:
            kept.add(head)
        else:
            kept.update(parse.subtree(head))
    return sorted(kept - excluded)


def split_pieces(parse: Parse, tokens: Sequence[int]) -> list[list[int]]:
    """Runs of tokens; punctuation between two tokens does not part them."""
    runs: list[list[int]] = []
    for token in tokens:
        if runs and all(parse.pos[t] == "PUNCT" for t in range(runs[-1][-1] + 1, token)):
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def trim_run(parse: Parse, run: list[int]) -> list[int]:
    """A run without the punctuation and coordinators at its edges; quotation marks stay."""
    first, last = 0, len(run)
    while first < last and (parse.word[run[first]] in _TRIM or (first == 0 and parse.dep[run[first]] == "cc")):
        first += 1
    while last > first and parse.word[run[last - 1]] in _TRIM:
        last -= 1
    return run[first:last]


def find_pieces(
    parse: Parse, heads: Sequence[int], without: Iterable[int], quotations: Sequence[Quotation], starts: list[int]
) -> list[Piece]:
    """The character spans of the content, quotations whole."""
    pieces: list[Piece] = []
    for run in split_pieces(parse, content_tokens(parse, heads, without)):
        trimmed = trim_run(parse, run)
        if not trimmed or all(parse.word[t] in _QUOTES for t in trimmed):
            continue
        piece = (parse.start[trimmed[0]], parse.end[trimmed[-1]])
        pieces.append(close_quotation(parse.text, piece, quotations, starts))
    return merge_pieces(pieces)


def close_quotation(text: str, piece: Piece, quotations: Sequence[Quotation], starts: list[int]) -> Piece:
    """Widen a piece so that a quotation which it enters or leaves is inside as a whole."""
    start, end = piece
    found = list(quotations)
    last = quotation_at(found, starts, end - 1) or quotation_at(found, starts, end)
    if last is not None and last.start >= start and last.end > end and last.is_closed:
        end = last.end
    first = quotation_at(found, starts, start)
    if first is not None and first.start < start and first.end <= end and first.is_closed:
        start = first.start
    return start, end


def merge_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces in order, overlapping ones as one."""
    merged: list[Piece] = []
    for start, end in sorted(pieces):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def subtract(pieces: Iterable[Piece], hole: Piece, text: str) -> list[Piece]:
    """Pieces without the characters of `hole`, trimmed of blanks and commas at the cut."""
    left: list[Piece] = []
    for start, end in pieces:
        if hole[1] <= start or end <= hole[0]:
            left.append((start, end))
            continue
        for s, e in ((start, hole[0]), (hole[1], end)):
            while s < e and (text[s].isspace() or text[s] in ",;"):
                s += 1
            while s < e and (text[e - 1].isspace() or text[e - 1] in ",;"):
                e -= 1
            if s < e:
                left.append((s, e))
    return left
