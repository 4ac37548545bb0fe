"""Contents: from the heads of a complement to the character spans of what was said.

The content keeps its complementizer ('that', 'to') and its quotation marks; it never holds its own
cue, the speaker beside the cue, a time that dates the saying, or a later act of saying.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.statements.forms import QUOTES, TIMES, Complement, clause_form, has_subject
from pipeline.statements.quotations import quotation_at
from pipeline.tree import Parse

if TYPE_CHECKING:
    from pipeline.statements.draft import Reading

Piece = tuple[int, int]
"""Start and end offsets of one stretch of content."""

_TRIM = frozenset(",;:-\u2013\u2014.()[]\u2015") | {"--", "...", "\u2026"}


def find_pieces(reading: Reading, cue: int, complement: Complement) -> list[Piece]:
    """The character spans of a complement's content, quotations whole."""
    parse = reading.parse
    tokens = _content_tokens(parse, cue, complement)
    if complement.frame == "clause":
        tokens -= _before_colon(parse, cue, tokens)
        tokens |= _missing_subject(parse, cue, complement.heads[0])
        tokens -= _later_acts(reading, cue, complement.heads[0])
        tokens -= _leading_time(parse, cue, complement.heads[0], tokens)
    tokens -= _aside(parse, complement, tokens)
    pieces: list[Piece] = []
    for run in _split(parse, sorted(tokens)):
        trimmed = _trim(parse, run)
        if trimmed and any(parse.word[t] not in QUOTES for t in trimmed):
            piece = close_bracket(parse.text, (parse.start[trimmed[0]], parse.end[trimmed[-1]]))
            pieces.append(close_quotation(reading, parse.end[cue], piece))
    if complement.frame == "predicate" and pieces:
        pieces[-1] = _with_predicate(reading, pieces[-1])
    return merge_pieces(_outside(parse, pieces, cue))


def _with_predicate(reading: Reading, piece: Piece) -> Piece:
    """An object with the quotation behind it, which is said of it: 'the senator / "the next Washington"'."""
    at = piece[1]
    while reading.parse.text[at : at + 1] == " ":
        at += 1
    behind = quotation_at(reading.quotations, reading.starts, at)
    return (piece[0], behind.end) if behind is not None and behind.start == at else piece


def _content_tokens(parse: Parse, cue: int, complement: Complement) -> set[int]:
    """The tokens under the heads; where the cue stands under a head, all that depends on the cue is left out."""
    tokens: set[int] = set()
    own = set(parse.subtree(cue))
    for head in complement.heads:
        under = set(parse.subtree(head))
        tokens |= under - own if cue in under else under
    if complement.first is not None:
        tokens |= set(range(complement.first, max(complement.heads) + 1))
        tokens = {t for t in tokens if t >= complement.first}
    return tokens - set(complement.cue)


def _aside(parse: Parse, complement: Complement, tokens: set[int]) -> set[int]:
    """A clause that a comma sets off at the content's end: the reporter's aside.

    A relative clause; behind what is no clause itself, a participle, too.
    """
    head = complement.heads[-1]
    if len(tokens) < 2:
        return set()
    first = min(tokens)
    last = max(t for t in tokens if parse.pos[t] != "PUNCT" or t == first)
    for t in (last, *parse.ancestors(last)):
        if t not in tokens or t == head:
            break
        before = parse.word[parse.left[t] - 1] if parse.left[t] > first else ""
        relative = parse.dep[t] == "relcl" and before in _ASIDE
        participle = parse.dep[t] == "advcl" and before == "," and t > head and parse.tag[t] == "VBG"
        if relative or (participle and complement.frame != "clause"):
            return set(parse.subtree(t))
    return set()


def _before_colon(parse: Parse, cue: int, tokens: set[int]) -> set[int]:
    """What stands before a colon or semicolon in front of a cue that parts its content: a clause of the reporter's.

    'Critics are scathing: the loans, they say, were reckless.' An adverb before 'that' goes, too: 'said only / that ...'.
    """
    marks = [t for t in range(min(tokens), cue) if parse.word[t] in (":", ";")]
    cut = {t for t in tokens if marks and t <= marks[-1] and max(tokens) > cue}
    first = min(tokens)
    if parse.dep[first] == "advmod" and first > cue and parse.word[first + 1].lower() == "that":
        cut.add(first)
    return cut


def _missing_subject(parse: Parse, cue: int, head: int) -> set[int]:
    """Words between the cue and a content clause without subject: the parse lost the clause's start."""
    if head < cue or has_subject(parse, head) or clause_form(parse, head) != "finite" or parse.head[head] != cue:
        return set()
    if parse.pos[cue] not in ("VERB", "AUX") or parse.child(cue, "dobj", "dative", "nsubjpass") is not None:
        return set()
    own = {
        t for c in parse.with_dep(cue, "npadvmod", "advmod", "prt", "neg", "prep", "agent") for t in parse.subtree(c)
    }
    return {t for t in range(cue + 1, parse.left[head]) if t not in own and parse.pos[t] != "PUNCT"}


def _later_acts(reading: Reading, cue: int, head: int) -> set[int]:
    """Tokens of later acts that the parse hung into the content.

    ', adding that ...' after a content belongs to the speaker, not to what is said; so does
    '... and warned that ...' in the tense of the cue, and ', while others said ...' is somebody else's.
    """
    parse = reading.parse
    found: set[int] = set()
    for c in parse.children[head]:
        if c > max(head, cue) and _is_later_act(reading, cue, head, c):
            found.update(parse.subtree(c))
    return found


def _is_later_act(reading: Reading, cue: int, head: int, later: int) -> bool:
    parse = reading.parse
    speech = _is_speech_cue(reading, later)
    tense = finite_tag(parse, later)
    if parse.dep[later] == "advcl":
        if parse.tag[later] == "VBG" and not has_subject(parse, later):
            return speech and (parse.word[parse.left[later] - 1] == "," or parse.word[later - 1] in QUOTES)
        mark = parse.child(later, "mark")
        return speech and mark is not None and parse.word[mark].lower() in ("while", "although", "though", "whereas")
    if parse.dep[later] != "conj" or parse.child(later, "mark") is not None:
        return False
    if has_subject(parse, later):
        return speech and parse.word[parse.left[later] - 1] in (",", "and", "but", ";")
    shifted = finite_tag(parse, head) == "MD" and tense in ("VBD", "VBZ", "VBP")
    return tense == finite_tag(parse, cue) and (speech or shifted)


def finite_tag(parse: Parse, verb: int) -> str:
    """The tag that carries a verb group's tense: of its first auxiliary, else its own."""
    auxiliaries = parse.with_dep(verb, "aux", "auxpass")
    return parse.tag[auxiliaries[0]] if auxiliaries else parse.tag[verb]


def _is_speech_cue(reading: Reading, token: int) -> bool:
    frames = reading.cues.get(token)
    return frames is not None and any(f in frames and frames[f].is_speech for f in ("clause", "quote", "object"))


_ASIDE = frozenset((",", "-", "\u2013", "\u2014", "--"))


def _leading_time(parse: Parse, cue: int, head: int, tokens: set[int]) -> set[int]:
    """A time between the cue and the content that dates the saying: 'said Tuesday / the talks ...'."""
    first = min(tokens)
    if first < cue or first != parse.left[head]:
        return set()
    for c in parse.children[head]:
        if parse.left[c] != first or c >= head:
            continue
        if (
            parse.dep[c] in ("npadvmod", "nsubj", "advmod")
            and parse.lemma[c].lower() in TIMES
            and has_other_subject(parse, head, c)
        ):
            return set(parse.subtree(c))
        if parse.dep[c] == "prep" and any(parse.lemma[t].lower() in TIMES for t in parse.children[c]):
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


def close_bracket(text: str, piece: Piece) -> Piece:
    """A piece with the bracket that closes right behind it one that opens inside: 'members of the party (ANP)'."""
    start, end = piece
    for opening, closing in ("()", "[]"):
        inside = text.count(opening, start, end) - text.count(closing, start, end)
        if inside == 1 and text[end : end + 1] == closing:
            return start, end + 1
    return piece


def close_quotation(reading: Reading, after: int, piece: Piece) -> Piece:
    """Widen a piece so that a quotation which it enters or leaves is inside as a whole.

    A piece inside a quotation that begins behind the cue, at `after`, is the parse's share of that quotation.
    """
    start, end = piece
    quotations, starts = reading.quotations, reading.starts
    last = quotation_at(quotations, starts, end - 1) or quotation_at(quotations, starts, end)
    if last is not None and last.start >= start and last.end > end and last.is_closed:
        end = last.end
    first = quotation_at(quotations, starts, start)
    if first is not None and first.start < start and first.is_closed and (first.end <= end or first.start >= after):
        start, end = first.start, max(end, first.end)
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
