"""Which date belongs to an act: the one of its clause, else of its sentence, else what its tense tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.dates.tense import SURE_FUTURE, Tense, is_infinitive, is_planning, tense_of, verb_before
from pipeline.tables import Date
from pipeline.tree import Parse
from pipeline.vocabulary import TimexType

_SAME_TIME = frozenset({"conj", "advcl", "xcomp", "pcomp", "prep", "dep"})
"""A clause joined to its governor by one of these can share the governor's date; a relative clause cannot."""


_APART = frozenset({"after", "before", "since", "until", "till", "despite", "if", "unless"})
"""What sets a clause at another time than its governor's."""

Choice = tuple[Date, str]
"""A row of `dates` and the rule by which it was chosen."""


@dataclass(frozen=True, slots=True)
class ChosenDate:
    """The date of an act.

    `raw` are the words of the text, None where the tense alone tells. `from_` and `to` are the
    first and last day, None where open or unknown. `rule` names how it was chosen: `clause`,
    `phrase`, `conjunct`, `sentence`, `reported`, `following`, `past`, `present`, `future`.
    """

    raw: str | None
    from_: date | None
    to: date | None
    edtf: str | None
    rule: str


def choose_date(parse: Parse, dates: Sequence[Date], token: int, published: date | None) -> ChosenDate | None:
    """Choose the date of the act that `token` (a cue or a trigger) names.

    In this order: a date in the act's own noun phrase (`phrase`) or of its verb (`clause`); of the
    verb that it is coordinated with (`conjunct`) or whose participle it is (`sentence`). The date
    of a report bounds what is told in it: a past act lies on or before it (`reported`, EDTF
    `../2023-03-01`), a future one or an infinitive on or after it (`following`,
    `2023-03-01/..`). Where none of these is there, the publication day bounds what the tense
    tells: a past or present act lies on or before it (`past`, `present`: `../2023-03-01`; the text
    does not say since when), one with `will` on or after it (`future`: `2023-03-01/..`). Undated
    articles get no date from their tense, nor do 'would', 'could' and infinitives.

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
        if chosen and _tells(*chosen, published):
            return _with_other_end(parse.text, near, *chosen)
    return _by_tense(parse, token, published)


def _tells(row: Date, rule: str, published: date | None) -> bool:
    """False where the date of a report bounds nothing: it is unknown, or not before the publication day."""
    if rule == "reported":
        return row.date_to is not None and (published is None or row.date_to <= published)
    return rule != "following" or row.date_from is not None


def _dates_of_sentence(parse: Parse, dates: Sequence[Date], token: int) -> list[tuple[int, Date]]:
    """The dates of the token's sentence, each with the token that heads it."""
    first, stop = parse.sentences[parse.sentence_of[token]]
    start, end = parse.start[first], parse.end[stop - 1]
    found = []
    for row in dates[bisect_left(dates, start, key=_start) : bisect_left(dates, end, key=_start)]:
        if _is_point(row):
            tokens = parse.tokens_in(row.start, row.end)
            inside = set(tokens)
            head = next((t for t in tokens if parse.head[t] not in inside or parse.head[t] == t), tokens[0])
            found.append((head, row))
    return found


def _start(row: Date) -> int:
    return row.start


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


_BEHIND = re.compile(r"\b(?:last|yesterday|ago|earlier|previous)\b", re.IGNORECASE)
"""Words that put a date behind the publication day, whatever the tense."""


def _verb_of_date(parse: Parse, head: int, row: Date) -> int:
    """The verb that a date belongs to.

    A finite verb right before it has it, whatever the parse says ('said on Tuesday he would go').
    What lies behind is not the date of an infinitive that a past verb governs ('agreed to lift the
    ban last Friday').
    """
    beside = verb_before(parse, head)
    if beside is not None:
        return beside
    verb = _verb(parse, head)
    if is_infinitive(parse, verb) and _BEHIND.search(row.text):
        governor = _verb(parse, parse.head[verb])
        if tense_of(parse, governor) is Tense.PAST:
            return governor
    return verb


_RANGE = re.compile(r"\s*(?:-|–|—|--|to|through|until)\s*(?:the\s+)?")


def _with_other_end(text: str, near: list[tuple[int, Date]], row: Date, rule: str) -> ChosenDate:
    """The date as chosen; both ends of it where the text gives a range: 'from March 3 to 5'."""
    if rule == "reported":
        return ChosenDate(row.text, None, row.date_to, f"../{row.date_to}", rule)
    if rule == "following":
        return ChosenDate(row.text, row.date_from, None, f"{row.date_from}/..", rule)
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
        phrase = [
            (h, r)
            for h, r in near
            if parse.left[token] <= h <= parse.right[token] and _verb_of_date(parse, h, r) == verb
        ]
        if phrase:
            return _nearest(phrase, token), "phrase"
    clause = [
        (h, r) for h, r in near if _verb_of_date(parse, h, r) == verb and not _in_other_noun(parse, h, token, verb)
    ]
    return (_nearest(clause, token), "clause") if clause else None


def _in_other_noun(parse: Parse, head: int, token: int, verb: int) -> bool:
    """True where a date stands inside a noun phrase that does not hold the token: 'the 2019 deal'."""
    if head == verb or _is_adverb(parse, head):
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


def _is_adverb(parse: Parse, head: int) -> bool:
    """True for 'On Thursday army drones struck', which the parser may take for drones of Thursday."""
    before = parse.left[head] - 1
    own = before >= 0 and parse.word[before].lower() == "on" and parse.dep[before] == "prep"
    return own and parse.head[head] > head and parse.dep[head] in ("compound", "nmod")


def _shared_date(parse: Parse, near: list[tuple[int, Date]], token: int) -> Choice | None:
    """The date of a governing clause, where that tells something of the act's own."""
    verb = _verb(parse, token)
    rule = "sentence"
    while parse.head[verb] != verb:
        above = _verb(parse, parse.head[verb])
        step = _step(parse, verb, above)
        if step is None or above == verb or (rule != "sentence" and step not in ("sentence", "conjunct", rule)):
            return None
        rule = step if rule in ("sentence", "conjunct") else rule
        rows = [(h, r) for h, r in near if _verb_of_date(parse, h, r) == above and not _in_other_noun(parse, h, token, above)]
        if step == "conjunct" and parse.child(verb, "nsubj", "nsubjpass") is not None:
            rows = [(h, r) for h, r in rows if h < above]
        if rows:
            return _nearest(rows, token), rule
        verb = above
    return None


def _step(parse: Parse, verb: int, above: int) -> str | None:
    """What the date of the clause above tells of the clause of `verb`: a rule, or None for nothing.

    An infinitive lies at or after its governor ('vowed on Monday to resign'), a reported past
    before it, a reported future after it; participles and verbs coordinated in the same tense lie
    with it (those with a subject of their own only where the date stands before both).
    """
    label = parse.dep[verb]
    if is_infinitive(parse, verb):
        return "following" if label in ("xcomp", "ccomp", "advcl") else None
    if label == "ccomp":
        tense = tense_of(parse, verb)
        return {Tense.PAST: "reported", Tense.FUTURE: "following"}.get(tense) if tense else None
    if label == "conj":
        alike = tense_of(parse, verb) in (None, tense_of(parse, above)) and _perfect(parse, verb) == _perfect(
            parse, above
        )
        return "conjunct" if alike else None
    participle = parse.tag[verb] in ("VBG", "VBN") or label == "xcomp"
    joined = (
        parse.word[parse.head[verb]]
        if label == "pcomp"
        else next((parse.word[c] for c in parse.children[verb] if parse.dep[c] == "mark"), "")
    )
    return "sentence" if label in _SAME_TIME and participle and joined.lower() not in _APART else None


def _perfect(parse: Parse, verb: int) -> bool:
    return any(parse.lemma[c] == "have" for c in parse.with_dep(verb, "aux"))


def _by_tense(parse: Parse, token: int, published: date | None) -> ChosenDate | None:
    if published is None:
        return None
    tense = act_tense(parse, _verb(parse, token))
    if tense is Tense.FUTURE:
        return ChosenDate(None, published, None, f"{published}/..", "future")
    if tense is None:
        return None
    return ChosenDate(None, None, published, f"../{published}", tense.value)


def act_tense(parse: Parse, verb: int) -> Tense | None:
    """The tense of an act against the publication day; None where the clause leaves it open.

    'would' and 'could' are open, and so is an infinitive, unless a present plan governs it
    ('plans to resign').
    """
    for _ in range(4):
        if is_infinitive(parse, verb):
            governor = _verb(parse, parse.head[verb])
            planned = governor != verb and tense_of(parse, governor) in (Tense.PRESENT, Tense.FUTURE)
            return Tense.FUTURE if planned and is_planning(parse, governor) else None
        tense = tense_of(parse, verb)
        if tense is Tense.FUTURE:
            sure = any(parse.word[c].lower() in SURE_FUTURE for c in parse.children[verb])
            return Tense.FUTURE if sure else None
        if tense is not None:
            return tense
        if parse.tag[verb] != "VBG" or parse.dep[verb] not in _SAME_TIME:
            return None
        verb = _verb(parse, parse.head[verb])
    return None
