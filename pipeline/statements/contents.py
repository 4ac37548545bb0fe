"""Contents: from the heads of a complement to the character spans of what was said.

The content keeps its complementizer ('that', 'to') and its quotation marks; it never holds its own
cue, the speaker beside the cue, a time that dates the saying, or a later act of saying.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.statements.frames import Complement, clause_form, has_subject
from pipeline.statements.quotations import quotation_at
from pipeline.tree import Parse

if TYPE_CHECKING:
    from pipeline.statements.draft import Reading

Piece = tuple[int, int]
"""Start and end offsets of one stretch of content."""

_TRIM = frozenset(",;:-\u2013\u2014.()[]\u2015") | {"--", "...", "\u2026"}
_QUOTES = frozenset("\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019'") | {"``", "''"}


def find_pieces(reading: Reading, cue: int, complement: Complement) -> list[Piece]:
    """The character spans of a complement's content, quotations whole."""
    parse = reading.parse
    tokens = _content_tokens(parse, cue, complement)
    if complement.frame == "clause":
        tokens -= _later_acts(reading, cue, complement.heads[0])
        tokens -= _leading_time(parse, cue, complement.heads[0], tokens)
    pieces: list[Piece] = []
    for run in _split(parse, sorted(tokens)):
        trimmed = _trim(parse, run)
        if trimmed and any(parse.word[t] not in _QUOTES for t in trimmed):
            pieces.append(close_quotation(reading, (parse.start[trimmed[0]], parse.end[trimmed[-1]])))
    return merge_pieces(_outside(parse, pieces, cue))


def _content_tokens(parse: Parse, cue: int, complement: Complement) -> set[int]:
    """The tokens under the heads; where the cue stands under a head, all that depends on the cue is left out."""
    tokens: set[int] = set()
    own = set(parse.subtree(cue))
    for head in complement.heads:
        under = set(parse.subtree(head))
        tokens |= under - own if cue in under else under
    return tokens - set(complement.cue)


def _later_acts(reading: Reading, cue: int, head: int) -> set[int]:
    """Tokens of later acts of saying that the parse hung into the content.

    ', adding that ...' after a content belongs to the speaker, not to what is said; so does
    '... and warned that ...' in the tense of the cue.
    """
    parse = reading.parse
    found: set[int] = set()
    for c in parse.children[head]:
        if c <= max(head, cue) or not _is_speech_cue(reading, c):
            continue
        own_subject = has_subject(parse, c)
        if parse.dep[c] == "advcl" and parse.tag[c] == "VBG" and not own_subject:
            if parse.word[parse.left[c] - 1] == "," or parse.word[c - 1] in _QUOTES:
                found.update(parse.subtree(c))
        elif parse.dep[c] == "conj" and not own_subject and parse.tag[c] in ("VBD", "VBZ"):
            if parse.tag[c] == parse.tag[cue]:
                found.update(parse.subtree(c))
    return found


def _is_speech_cue(reading: Reading, token: int) -> bool:
    frames = reading.cues.get(token)
    return frames is not None and any(f in frames and frames[f].is_speech for f in ("clause", "quote", "object"))


_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight "
    "morning afternoon evening night week month year weekend day mon tue wed thu fri sat sun".split()
)


def _leading_time(parse: Parse, cue: int, head: int, tokens: set[int]) -> set[int]:
    """A time between the cue and the content that dates the saying: 'said Tuesday / the talks ...'."""
    first = min(tokens)
    if first < cue or first != parse.left[head]:
        return set()
    for c in parse.children[head]:
        if parse.left[c] != first or c >= head:
            continue
        if parse.dep[c] in ("npadvmod", "nsubj", "advmod") and parse.lemma[c].lower() in _TIMES and has_other_subject(parse, head, c):
            return set(parse.subtree(c))
        if parse.dep[c] == "prep" and any(parse.lemma[t].lower() in _TIMES for t in parse.children[c]):
            after = parse.right[c] + 1
            return set(parse.subtree(c)) if parse.word[after] != "," else set()
    return set()


def has_other_subject(parse: Parse, head: int, token: int) -> bool:
    """Whether a clause has a subject besides `token`."""
    return any(s != token for s in parse.with_dep(head, "nsubj", "nsubjpass", "csubj", "expl"))


def _split(parse: Parse, tokens: Sequence[int]) -> list[list[int]]:
    """Runs of tokens; punctuation between two tokens does not part them."""
    runs: list[list[int]] = []
    for token in tokens:
        if runs and all(parse.pos[t] == "PUNCT" for t in range(runs[-1][-1] + 1, token)):
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _trim(parse: Parse, run: list[int]) -> list[int]:
    """A run without the punctuation and coordinators at its edges; quotation marks stay."""
    first, last = 0, len(run)
    while first < last and (parse.word[run[first]] in _TRIM or (parse.dep[run[first]] == "cc")):
        first += 1
    while last > first and (parse.word[run[last - 1]] in _TRIM or parse.dep[run[last - 1]] == "cc"):
        last -= 1
    return run[first:last]


def _outside(parse: Parse, pieces: Sequence[Piece], cue: int) -> list[Piece]:
    """Pieces cut so that none holds the cue."""
    start, end = parse.start[cue], parse.end[cue]
    kept: list[Piece] = []
    for piece in pieces:
        if piece[1] <= start or piece[0] >= end:
            kept.append(piece)
        elif piece[1] > end and piece[0] < start:
            kept.append((piece[0], start) if start - piece[0] > piece[1] - end else (end, piece[1]))
    return [trim_blanks(parse.text, p) for p in kept]


def trim_blanks(text: str, piece: Piece) -> Piece:
    """A piece without blanks and commas at its edges."""
    start, end = piece
    while start < end and (text[start].isspace() or text[start] in ",;"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ";"):
        end -= 1
    return start, end


def close_quotation(reading: Reading, piece: Piece) -> Piece:
    """Widen a piece so that a quotation which it enters or leaves is inside as a whole."""
    start, end = piece
    quotations, starts = reading.quotations, reading.starts
    last = quotation_at(quotations, starts, end - 1) or quotation_at(quotations, starts, end)
    if last is not None and last.start >= start and last.end > end and last.is_closed:
        end = last.end
    first = quotation_at(quotations, starts, start)
    if first is not None and first.start < start and first.end <= end and first.is_closed:
        start = first.start
    return start, end


def merge_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces in order, overlapping ones as one, empty ones left out."""
    merged: list[Piece] = []
    for start, end in sorted(pieces):
        if start >= end:
            continue
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
