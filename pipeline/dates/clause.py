"""Which date belongs to an act: the one of its clause, else of its sentence, else what its tense tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.dates.lexicon import contexts
from pipeline.dates.placed import Placed, dates_of_sentence, in_other_noun, is_direct, of_thing, verb_above
from pipeline.dates.verbs import Tense, is_infinitive, is_planning, tense_of
from pipeline.tables import Date
from pipeline.tree import Parse

_SAME_TIME = frozenset({"conj", "advcl", "xcomp", "pcomp", "prep", "dep"})
"""A clause joined to its governor by one of these can share the governor's date; a relative clause cannot."""

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
    verb that it is coordinated with (`conjunct`) or whose participle it is, or of a clause that lies
    with it (`sentence`: 'when troops came on Sunday', 'speaking on Monday'). The date
    of a report bounds what is told in it: a past act lies on or before it (`reported`, EDTF
    `../2023-03-01`), a future one or an infinitive on or after it (`following`,
    `2023-03-01/..`). Where none of these is there, the publication day bounds what the tense
    tells: a past or present act lies on or before it (`past`, `present`: `../2023-03-01`; the text
    does not say since when), one with `will` on or after it (`future`: `2023-03-01/..`). Undated
    articles get no date from their tense, nor do 'would', 'could' and infinitives. What a noun names
    lies with its verb, on or before its date where the verb only speaks of it or follows it
    (`reported`), on or after it behind 'before' (`following`).

    Args:
        parse: the parse of the article.
        dates: its rows of `dates`, in the order of the text.
        token: the act's token.
        published: the publication day, or None.

    Returns:
        None where nothing is known.
    """
    near = dates_of_sentence(parse, dates, token)
    if near:
        chosen = _own_date(parse, near, token) or _shared_date(parse, near, token) or _lent_date(parse, near, token)
        if chosen and _tells(*chosen, published):
            return _with_other_end(parse.text, near, *chosen)
    return _by_tense(parse, token, published)


def _tells(row: Date, rule: str, published: date | None) -> bool:
    """False where the date of a report bounds nothing: it is unknown, or not before the publication day."""
    if rule == "reported":
        return row.date_to is not None and (published is None or row.date_to <= published)
    return rule != "following" or row.date_from is not None


_RANGE = re.compile(r"\s*(?:-|–|—|--|to|through|until)\s*(?:the\s+)?")
_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_BETWEEN = re.compile(r"\bbetween (?:the )?$", re.IGNORECASE)


def _is_range(text: str, first: Date, last: Date) -> bool:
    """True for 'March 3 to March 5' and 'between March 3 and March 5'."""
    if first.date_from is None or last.date_to is None or first.date_from > last.date_to:
        return False
    if not first.edtf or not last.edtf or "/" in first.edtf + last.edtf:
        return False
    if _RANGE.fullmatch(text, first.end, last.start):
        return True
    between = _BETWEEN.search(text, max(0, first.start - 14), first.start)
    return between is not None and _AND.fullmatch(text, first.end, last.start) is not None


def _with_other_end(text: str, near: list[Placed], row: Date, rule: str) -> ChosenDate:
    """The date as chosen; both ends of it where the text gives a range: 'from March 3 to 5'."""
    if rule == "reported":
        return ChosenDate(row.text, None, row.date_to, f"../{row.date_to}", rule)
    if rule == "following":
        return ChosenDate(row.text, row.date_from, None, f"{row.date_from}/..", rule)
    rows = [d.row for d in near]
    place = rows.index(row)
    for first, last in zip(rows[max(0, place - 1) :], rows[max(0, place - 1) + 1 : place + 2], strict=False):
        if _is_range(text, first, last):
            words = text[first.start : last.end]
            return ChosenDate(words, first.date_from, last.date_to, f"{first.edtf}/{last.edtf}", rule)
    return ChosenDate(row.text, row.date_from, row.date_to, row.edtf, rule)


def _nearest(dates: list[Placed], token: int) -> Date:
    return min(dates, key=lambda d: (abs(d.head - token), d.head)).row


def _own_date(parse: Parse, near: list[Placed], token: int) -> Choice | None:
    verb = verb_above(parse, token)
    if token != verb:
        phrase = [d for d in near if parse.left[token] <= d.head <= parse.right[token] and d.verb == verb]
        phrase = [d for d in phrase if not _is_apposed(parse, d, token)]
        if phrase:
            return _nearest(phrase, token), "phrase"
    clause = [
        d for d in near if d.verb == verb and not in_other_noun(parse, d, token) and not of_thing(parse, d, token)
    ]
    clause = [d for d in clause if is_direct(parse, d)] or clause
    return (_nearest(clause, token), _relation(parse, token, verb)) if clause else None


def _is_apposed(parse: Parse, date: Placed, noun: int) -> bool:
    """True for January in 'the attack, the third since January'."""
    head = date.head
    while head != noun and parse.head[head] != head:
        if parse.dep[head] == "appos":
            return True
        head = parse.head[head]
    return False


def _relation(parse: Parse, token: int, verb: int) -> str:
    """How the date of a verb dates an act that a noun of its clause names.

    What a past verb only speaks of lies before it (the attack in 'condemned the attack on Monday'
    and in 'fled on Monday after the attack'): `reported`; what it precedes lies behind it:
    `following`; all else with it: `clause`.
    """
    if token == verb:
        return "clause"
    tense = tense_of(parse, verb)
    past, ahead = tense is Tense.PAST, tense is Tense.FUTURE and not is_infinitive(parse, verb)
    thing = parse.child(verb, "dobj", "nsubjpass")
    spoken_of = thing is not None and parse.left[thing] <= token <= parse.right[thing]
    if past and spoken_of and parse.lemma[verb] in contexts()["looks_back"]:
        return "reported"
    while token != verb and parse.head[token] != token:
        token = parse.head[token]
        if parse.dep[token] == "prep" and parse.word[token].lower() in contexts()["act_behind"] and not ahead:
            return "reported"
        if parse.dep[token] == "prep" and parse.word[token].lower() in contexts()["act_ahead"]:
            return "following"
    return "clause"


def _shared_date(parse: Parse, near: list[Placed], token: int) -> Choice | None:
    """The date of a governing clause, where that tells something of the act's own."""
    verb = verb_above(parse, token)
    if _relation(parse, token, verb) == "reported":
        return None
    rule = "sentence"
    while parse.head[verb] != verb:
        first = _told_before(parse, verb)
        above = verb_above(parse, parse.head[verb]) if first is None else first
        step = _step(parse, verb, above)
        if step is None or above == verb or (rule != "sentence" and step not in ("sentence", "conjunct", rule)):
            return None
        rule = step if rule in ("sentence", "conjunct") else rule
        found = [d for d in near if d.verb == above and not in_other_noun(parse, d, token)]
        if step == "conjunct" and parse.child(verb, "nsubj", "nsubjpass") is not None:
            found = [d for d in found if d.head < above]
        if found:
            return _nearest(found, token), rule
        verb = above
    return None


def _lent_date(parse: Parse, near: list[Placed], token: int) -> Choice | None:
    """The date of a clause below the act's that lies with it.

    'When troops came on Sunday, people fled', 'Speaking on Monday, she denied it', 'in a statement
    issued on Monday, she denied it'.
    """
    verb = verb_above(parse, token)
    found = [d for d in near if d.verb != verb and _lends(parse, d.verb, verb)]
    return (_nearest(found, token), "sentence") if found else None


def _lends(parse: Parse, below: int, verb: int) -> bool:
    if parse.dep[below] == "advcl" and parse.head[below] == verb:
        words = {parse.word[c].lower() for c in parse.children[below] if c < below}
        if {"when", "as", "while"} & words:
            return tense_of(parse, below) is not None and tense_of(parse, below) is tense_of(parse, verb)
        return parse.tag[below] == "VBG" and parse.lemma[below] in contexts()["saying_verb"]
    if parse.dep[below] != "acl" or parse.tag[below] != "VBN":
        return False
    noun = parse.head[below]
    placed = parse.dep[noun] == "pobj" and parse.head[parse.head[noun]] == verb
    return placed and parse.lemma[noun] in contexts()["saying_noun"]


def _told_before(parse: Parse, verb: int) -> int | None:
    """The clause that stands before `verb` with 'and' in what is told: 'on Sunday A fell and B held, they said'."""
    if parse.dep[verb] != "ccomp":
        return None
    told = [v for v in parse.with_dep(parse.head[verb], "ccomp") if v < verb and parse.child(v, "cc") is not None]
    return told[-1] if told else None


def _step(parse: Parse, verb: int, above: int) -> str | None:
    """What the date of the clause above tells of the clause of `verb`: a rule, or None for nothing.

    An infinitive lies at or after its governor ('vowed on Monday to resign'), a reported past
    before it, a reported future after it; participles and verbs coordinated in the same tense lie
    with it (those with a subject of their own only where the date stands before both).
    """
    label = parse.dep[verb]
    if is_infinitive(parse, verb):
        return "following" if label in ("xcomp", "ccomp", "advcl") else None
    if label == "ccomp" and _told_before(parse, verb) != above:
        tense = tense_of(parse, verb)
        return {Tense.PAST: "reported", Tense.FUTURE: "following"}.get(tense) if tense else None
    if label == "conj" or _told_before(parse, verb) == above:
        alike = tense_of(parse, verb) in (None, tense_of(parse, above)) and _perfect(parse, verb) == _perfect(
            parse, above
        )
        return "conjunct" if alike else None
    if label == "pcomp":
        return "sentence" if parse.word[parse.head[verb]].lower() in contexts()["clause_along"] else None
    participle = parse.tag[verb] in ("VBG", "VBN") or label == "xcomp"
    joined = next((parse.word[c] for c in parse.children[verb] if parse.dep[c] == "mark"), "")
    return (
        "sentence" if label in _SAME_TIME and participle and joined.lower() not in contexts()["clause_apart"] else None
    )


def _perfect(parse: Parse, verb: int) -> bool:
    return any(parse.lemma[c] == "have" for c in parse.with_dep(verb, "aux"))


def _by_tense(parse: Parse, token: int, published: date | None) -> ChosenDate | None:
    if published is None:
        return None
    tense = act_tense(parse, verb_above(parse, token))
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
            governor = verb_above(parse, parse.head[verb])
            planned = governor != verb and tense_of(parse, governor) in (Tense.PRESENT, Tense.FUTURE)
            return Tense.FUTURE if planned and is_planning(parse, governor) else None
        tense = tense_of(parse, verb)
        if tense is Tense.FUTURE:
            sure = any(parse.word[c].lower() in contexts()["sure_future"] for c in parse.children[verb])
            return Tense.FUTURE if sure else None
        if tense is not None:
            return tense
        if parse.tag[verb] != "VBG" or parse.dep[verb] not in _SAME_TIME:
            return None
        verb = verb_above(parse, parse.head[verb])
    return None
