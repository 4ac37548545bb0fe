"""Which date belongs to an act: the one of its clause, else of its sentence, else what its tense tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.dates.tense import Tense, tense_at
from pipeline.tables import Date
from pipeline.tree import Parse
from pipeline.vocabulary import TimexType

_SHARED = frozenset({"conj", "advcl", "xcomp", "relcl", "acl", "pcomp", "dep", "prep"})
"""A clause joined to its governor by one of these shares the governor's date; a reported one (ccomp) does not."""


Choice = tuple[Date, str]
"""A row of `dates` and the rule by which it was chosen."""


@dataclass(frozen=True, slots=True)
class ChosenDate:
    """The date of an act.

    `raw` are the words of the text, None where the tense alone tells. `from_` and `to` are the
    first and last day, None where open or unknown. `rule` names how it was chosen: `clause`,
    `phrase`, `conjunct`, `sentence`, `reported`, `past`, `present`, `future`.
    """

    raw: str | None
    from_: date | None
    to: date | None
    edtf: str | None
    rule: str


def choose_date(parse: Parse, dates: Sequence[Date], token: int, published: date | None) -> ChosenDate | None:
    """Choose the date of the act that `token` (a cue or a trigger) names.

    In this order: a date in the trigger's own noun phrase (`phrase`) or governed by its verb
    (`clause`); a date of the verb that it is coordinated with or that governs its clause
    (`conjunct`, `sentence`); for a past act told inside a dated report, any day up to that of the
    report (`reported`, EDTF `../2023-03-01`). Where the sentence has none of these, the
    publication day bounds what the tense tells: a past or present act lies on or before it
    (`../2023-03-01`: the text does not say since when), a future one on or after it
    (`2023-03-01/..`). Undated articles get no date from their tense.

    Args:
        parse: the parse of the article.
        dates: its rows of `dates`, in the order of the text.
        token: the act's token.
        published: the publication day, or None.

    Returns:
        None where nothing is known.
    """
    near = _dates_of_sentence(parse, dates, token)
    if near:
        chosen = _own_date(parse, near, token) or _shared_date(parse, near, token)
        if chosen:
            return _with_other_end(parse.text, near, *chosen)
    return _by_tense(parse, token, published)


def _dates_of_sentence(parse: Parse, dates: Sequence[Date], token: int) -> list[tuple[int, Date]]:
    """The dates of the token's sentence, each with the token that heads it."""
    first, stop = parse.sentences[parse.sentence_of[token]]
    start, end = parse.start[first], parse.end[stop - 1]
    found = []
    for row in dates:
        if row.start >= end:
            break
        if row.start >= start and _is_point(row):
            tokens = parse.tokens_in(row.start, row.end)
            inside = set(tokens)
            head = next((t for t in tokens if parse.head[t] not in inside or parse.head[t] == t), tokens[0])
            found.append((head, row))
    return found


def _is_point(row: Date) -> bool:
    """True for a date or time, not a length, a habit or 'now'."""
    if row.timex_type not in (TimexType.DATE, TimexType.TIME) or row.timex_value is None:
        return False
    return not row.timex_value.endswith("_REF")


def _verb(parse: Parse, token: int) -> int:
    """The verb that governs the clause of `token`: itself, or the nearest verb above; else the root."""
    while parse.head[token] != token:
        if parse.pos[token] in ("VERB", "AUX") and parse.dep[token] not in ("aux", "auxpass", "amod", "compound"):
            return token
        token = parse.head[token]
    return token


_RANGE = re.compile(r"\s*(?:-|–|—|--|to|through|until)\s*(?:the\s+)?")


def _with_other_end(text: str, near: list[tuple[int, Date]], row: Date, rule: str) -> ChosenDate:
    """The date as chosen; both ends of it where the text gives a range: 'from March 3 to 5'."""
    if rule == "reported":
        return ChosenDate(row.text, None, row.date_to, f"../{row.date_to}", rule)
    rows = [r for _, r in near]
    place = rows.index(row)
    for first, last in zip(rows[max(0, place - 1) :], rows[max(0, place - 1) + 1 : place + 2], strict=False):
        if (
            _RANGE.fullmatch(text, first.end, last.start)
            and first.date_from
            and last.date_to
            and first.edtf
            and last.edtf
        ):
            if first.date_from > last.date_to or "/" in first.edtf + last.edtf:
                continue
            words = text[first.start : last.end]
            return ChosenDate(words, first.date_from, last.date_to, f"{first.edtf}/{last.edtf}", rule)
    return ChosenDate(row.text, row.date_from, row.date_to, row.edtf, rule)


def _nearest(rows: list[tuple[int, Date]], token: int) -> Date:
    return min(rows, key=lambda r: (abs(r[0] - token), r[0]))[1]


def _own_date(parse: Parse, near: list[tuple[int, Date]], token: int) -> Choice | None:
    verb = _verb(parse, token)
    if token != verb:
        phrase = [(h, r) for h, r in near if parse.left[token] <= h <= parse.right[token] and _verb(parse, h) == verb]
        if phrase:
            return _nearest(phrase, token), "phrase"
    clause = [(h, r) for h, r in near if _verb(parse, h) == verb and not _in_other_noun(parse, h, token, verb)]
    return (_nearest(clause, token), "clause") if clause else None


def _in_other_noun(parse: Parse, head: int, token: int, verb: int) -> bool:
    """True where a date stands inside a noun phrase that does not hold the token: 'the 2019 deal'."""
    if head == verb:
        return False
    above = parse.head[head]
    while above != verb and parse.head[above] != above:
        if (
            parse.pos[above] in ("NOUN", "PROPN", "PRON")
            and above != token
            and parse.dep[head] in ("nummod", "compound", "nmod", "poss", "amod")
        ):
            return True
        head, above = above, parse.head[above]
    return False


def _shared_date(parse: Parse, near: list[tuple[int, Date]], token: int) -> Choice | None:
    verb = _verb(parse, token)
    reported = False
    while parse.head[verb] != verb:
        label = parse.dep[verb]
        above = _verb(parse, parse.head[verb])
        if label not in _SHARED and label != "ccomp":
            return None
        reported = reported or label == "ccomp"
        rows = [(h, r) for h, r in near if _verb(parse, h) == above and not _in_other_noun(parse, h, token, above)]
        if rows:
            row = _nearest(rows, token)
            if reported:
                past = row.date_to is not None and tense_at(parse, token) is Tense.PAST
                return (row, "reported") if past else None
            return row, ("conjunct" if label == "conj" else "sentence")
        if above == verb:
            return None
        verb = above
    return None


def _by_tense(parse: Parse, token: int, published: date | None) -> ChosenDate | None:
    if published is None:
        return None
    tense = tense_at(parse, token)
    if tense is Tense.FUTURE:
        return ChosenDate(None, published, None, f"{published}/..", "future")
    if tense is None:
        return None
    return ChosenDate(None, None, published, f"../{published}", tense.value)
