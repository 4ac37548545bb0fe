"""Direct speech: which quotations are utterances, and which cue introduces each.

A quotation that fills a sentence, or that a cue's comma or colon introduces, is an utterance. One
inside a clause is part of that clause's content or a scare quote, and is left to the frames.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.statements.cues import Frames
from pipeline.statements.draft import FLOATING
from pipeline.statements.forms import HEARING
from pipeline.statements.quotations import Quotation
from pipeline.tree import Parse

_SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u201d\u2019)\]]*\s+")
_WORD = re.compile(r"\w")
_TELLS = re.compile(r"\s+(?:[a-z]+ )?(?:said|says|he|she|they|[A-Z])")
"""What follows a quotation that lacks its comma, if a cue follows: '"It is over" he said'."""

_TELLS_INSIDE = re.compile(r",\s(?:[\w.'\u2019-]+\s){0,4}(?:said|says|added|told)\b[^,]{0,40}[.]?$")
"""A cue at the end of what a lacking mark leaves open: '"We are ready, the general said.'"""

_JOINTS = frozenset(("and", "but", "or", "and that", "but that"))
"""What may stand between two quotations of one utterance: '"is a disgrace" and "must go"'."""

_REACH = 45
"""Tokens that a cue may be away from its quotation."""


@dataclass(slots=True)
class Utterance:
    """Quotations that belong to one act of saying, and the cue that introduces them."""

    quotations: list[Quotation]
    cue: int | None
    rule: str


def find_utterances(parse: Parse, quotations: Sequence[Quotation], cues: dict[int, Frames]) -> list[Utterance]:
    """The utterances of an article, in order of their first quotation."""
    found: list[Utterance] = []
    previous: Quotation | None = None
    spoken = [q for q in quotations if not _is_nickname(parse, q)]
    for number, q in enumerate(spoken):
        following = spoken[number + 1] if number + 1 < len(spoken) else None
        _place(parse, _Place(q, previous, following), cues, found)
        previous = q
    return found


def _is_nickname(parse: Parse, q: Quotation) -> bool:
    """Whether a quotation is part of a name: Marcia "Cia" Price."""
    first, last = parse.token_at(q.start), parse.token_at(q.end - 1)
    if last - first > 3 or first < 1 or last + 1 >= len(parse):
        return False
    return parse.pos[first - 1] == "PROPN" and parse.pos[last + 1] == "PROPN" and parse.word[first + 1][:1].isupper()


def _is_label(text: str, q: Quotation) -> bool:
    """Whether a quotation is a word or a title inside somebody else's sentence: a "Yes" button."""
    inner = _inner(text, q)
    return len(inner.split()) < 4 and inner[-1:] not in tuple(".,!?")


@dataclass(frozen=True, slots=True)
class _Place:
    """A quotation with its neighbours."""

    q: Quotation
    previous: Quotation | None
    following: Quotation | None

    @property
    def same_paragraph(self) -> bool:
        """Whether the quotation before stands in the same paragraph."""
        return self.previous is not None and self.previous.paragraph == self.q.paragraph


def _place(parse: Parse, place: _Place, cues: dict[int, Frames], found: list[Utterance]) -> None:
    """Bind one quotation to a cue or to the utterance before it, or leave it to the frames."""
    text, q, previous = parse.text, place.q, place.previous
    floor = previous.end if previous is not None and place.same_paragraph else _line_start(text, q.start)
    began = _sentence_start(text, floor, q.start)
    last = found[-1] if found and previous is not None and found[-1].quotations[-1] is previous else None
    if not _WORD.search(text, began, q.start):
        _place_sentence(parse, place, cues, found, last)
        return
    if last is not None and text[began : q.start].strip(" ,;") in _JOINTS:
        last.quotations.append(q)
        return
    cue = _cue_before(parse, began, q, cues, last.cue if last is not None else None)
    if cue is not None:
        _add(found, q, cue, "direct: cue, quotation")


def _place_sentence(
    parse: Parse, place: _Place, cues: dict[int, Frames], found: list[Utterance], last: Utterance | None
) -> None:
    """Bind a quotation that begins a sentence; `last` is the utterance of the quotation right before it."""
    q = place.q
    cue = _cue_after(parse, q, place.following, cues)
    if cue is not None and last is not None and last.cue is None and q.is_continuation:
        last.quotations.append(q)
        last.cue, last.rule = cue, "direct: quotation, cue"
    elif cue is not None:
        _add(found, q, cue, "direct: quotation, cue")
    elif last is not None and place.same_paragraph and _is_exclamation(parse, last, q):
        last.quotations.append(q)
    elif not _is_utterance(parse.text, q):
        return
    elif (cue := _cue_of_line_before(parse, q, cues)) is not None:
        found.append(Utterance([q], cue, "direct: cue, quotation"))
    elif last is not None and (q.is_continuation or (place.same_paragraph and _is_adjacent(parse, last, q))):
        last.quotations.append(q)
    else:
        found.append(Utterance([q], None, FLOATING))


def _is_exclamation(parse: Parse, last: Utterance, q: Quotation) -> bool:
    """Whether a short quotation goes on with the one before, as in '"Stop!" he shouted. "Police!"'."""
    return last.cue is not None and _inner(parse.text, q)[-1:] in ("!", "?", ".") and _is_adjacent(parse, last, q)


def _add(found: list[Utterance], q: Quotation, cue: int, rule: str) -> None:
    for utterance in reversed(found[-3:]):
        if utterance.cue == cue:
            utterance.quotations.append(q)
            return
    found.append(Utterance([q], cue, rule))


def _is_adjacent(parse: Parse, last: Utterance, q: Quotation) -> bool:
    """Whether only the rest of the last cue's sentence stands between an utterance and a quotation."""
    text = parse.text
    reach = last.quotations[-1].end
    if last.cue is not None and parse.end[last.cue] > reach:
        reach = parse.end[last.cue]
    began = _sentence_start(text, reach, q.start)
    return not _WORD.search(text, began, q.start) and _sentences(text, reach, q.start) < 2


def _sentences(text: str, start: int, end: int) -> int:
    """How many sentences end between two offsets."""
    return sum(not _is_abbreviation(text, m.start()) for m in _SENTENCE_END.finditer(text, start, end))


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _sentence_start(text: str, floor: int, offset: int) -> int:
    """Where the sentence that leads up to `offset` begins, not before `floor`."""
    start = floor
    for match in _SENTENCE_END.finditer(text, floor, offset):
        if not _is_abbreviation(text, match.start()):
            start = match.end()
    return start


_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|St|Jr|Sr|Prof|Rev|Hon|vs|No|[A-Z]\.[A-Z]|Jan|Feb|Aug|Sept|Oct|Nov|Dec)$"
)


def _is_abbreviation(text: str, stop: int) -> bool:
    return text[stop] == "." and _ABBREVIATION.search(text[max(0, stop - 6) : stop]) is not None


def _inner(text: str, q: Quotation) -> str:
    """The words of a quotation without the marks that close it, inner ones included."""
    return text[q.inner_start : q.inner_end].rstrip().rstrip("'\u2019\u201d\"").rstrip()


def _is_utterance(text: str, q: Quotation) -> bool:
    """Whether a quotation without a cue reads as speech: it ends like a sentence and is more than a title."""
    inner = _inner(text, q)
    words = inner.split()
    capitals = sum(w[0].isupper() or not w[0].isalpha() for w in words[1:] if w.rstrip("?!.,") != "I")
    if len(words) < 3 or capitals > len(words) * (0.5 if len(words) < 7 else 0.7):
        return False
    after = text[q.end : q.end + 1]
    if not q.is_closed and not q.continues and _TELLS_INSIDE.search(inner):
        return False
    return inner[-1] in ".!?\u2026" or not q.is_closed or after in (".", "!", "?")


def _cue_after(parse: Parse, q: Quotation, following: Quotation | None, cues: dict[int, Frames]) -> int | None:
    """'...,' said X; '...,' X said: the first cue between the quotation and the end of its sentence."""
    text = parse.text
    inner = _inner(text, q)
    if not inner or not q.is_closed:
        return None
    is_open = inner[-1] not in ",!?\u2026-\u2014." and text[q.end : q.end + 1] not in (",", "\u2014")
    if is_open and not _TELLS.match(text, q.end):
        return None
    blocks = following is not None and following.paragraph == q.paragraph and not _is_label(text, following)
    stop = following.start if blocks and following is not None else _line_end(text, q.end)
    first = parse.token_at(q.end - 1) + 1
    for token in range(first, min(first + _REACH, len(parse))):
        if parse.start[token] >= stop:
            break
        if (
            parse.word[token] in (".", "!", "?", ";")
            and parse.end[token] < stop
            and not _is_abbreviation(text, parse.start[token])
        ):
            break
        if "quote" in cues.get(token, ()) and _leads(parse, first, token):
            # A full stop inside closes the sentence: what follows introduces the next quotation.
            return None if inner[-1] == "." else token
    return None


def _leads(parse: Parse, first: int, cue: int) -> bool:
    """Whether the cue is the main verb of the words from `first` on: not in a relative clause, no other clause before."""
    if parse.dep[cue] in ("relcl", "acl") and parse.dep[parse.head[cue]] != "ROOT":
        return False
    if parse.dep[cue] == "relcl" or (parse.dep[cue] == "acl" and cue - first > 3):
        return False
    return parse.word[first].lower() not in ("and", "but", "or", "which", "as") or cue - first < 4


def _line_end(text: str, offset: int) -> int:
    ends = [e for e in (text.find("\n", offset), text.find("\r", offset)) if e >= 0]
    return min(ends) if ends else len(text)


def _cue_before(
    parse: Parse, began: int, q: Quotation, cues: dict[int, Frames], spoken: int | None = None
) -> int | None:
    """X said, '...'; X told reporters: '...': the last cue before the quotation whose content begins there."""
    text = parse.text
    tokens = parse.tokens_in(began, q.start)
    lead = text[began : q.start].rstrip()
    if not tokens or not lead or not (_ends_clause(text, q, lead) or spoken in tokens):
        return None
    for cue in reversed(tokens):
        if "quote" not in cues.get(cue, ()):
            continue
        if cue == spoken:
            return cue
        between = range(cue + 1, tokens[-1] + 1)
        introduces = lead[-1] in ",:" or not between or parse.pos[cue + 1] == "PUNCT"
        free = parse.dep[cue] != "parataxis" and _only_adjuncts(parse, cue, between, q)
        return cue if introduces and free else None
    return None


def _cue_of_line_before(parse: Parse, q: Quotation, cues: dict[int, Frames]) -> int | None:
    """The cue of a paragraph that ends in a colon, for the quotation that opens the next one."""
    text = parse.text
    before = text[: q.start].rstrip()
    if not before.endswith(":") or "\n" not in text[len(before) : q.start]:
        return None
    colon = parse.token_at(len(before) - 1)
    first, _ = parse.sentences[parse.sentence_of[colon]]
    spoken = [t for t in range(first, colon) if "quote" in cues.get(t, ()) and parse.child(t, "ccomp", "xcomp") is None]
    return spoken[-1] if spoken else None


def _ends_clause(text: str, q: Quotation, lead: str) -> bool:
    """Whether nothing of the same clause follows: 'said "reforms" would help' quotes a word, not an utterance."""
    inner = _inner(text, q)
    after = text[q.end : q.end + 2].lstrip(")")
    return (
        lead[-1] == ":" or inner[-1:] in tuple(".,!?\u2026-\u2014;") or not after.strip() or after[:1] in ".,;!?\u2014"
    )


def _only_adjuncts(parse: Parse, cue: int, between: range, q: Quotation) -> bool:
    """Whether no content stands between the cue and its quotation: addressees, times and places only."""
    first = parse.token_at(q.start)
    has_colon = parse.word[first - 1] == ":"
    above = set(parse.ancestors(cue))
    for token in between:
        if parse.pos[token] == "PUNCT":
            continue
        if token in above or (parse.dep[token] == "mark" and parse.word[token].lower() == "that"):
            return False
        if parse.head[token] >= first and parse.dep[token] not in ("npadvmod", "prep", "advmod", "dep"):
            return False
        if parse.dep[token] == "ccomp":
            return False
        if (
            parse.dep[token] == "dobj"
            and parse.head[token] == cue
            and parse.lemma[cue] not in HEARING
            and parse.word[token] != "it"
            and not has_colon
        ):
            return False
    return True
