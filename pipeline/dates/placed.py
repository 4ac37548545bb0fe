"""The dates of a sentence, each with the verb that it belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.dates.governor import verb_before
from pipeline.dates.lexicon import contexts
from pipeline.dates.verbs import Tense, is_infinitive, tense_of
from pipeline.tables import Date
from pipeline.tree import Parse
from pipeline.vocabulary import TimexType


class Placed(NamedTuple):
    """A row of `dates` with the token that heads it and the verb that it belongs to."""

    head: int
    verb: int
    row: Date


def dates_of_sentence(parse: Parse, dates: Sequence[Date], token: int) -> list[Placed]:
    """The dates and times of a token's sentence in their order; no lengths, habits or 'now'."""
    first, stop = parse.sentences[parse.sentence_of[token]]
    start, end = parse.start[first], parse.end[stop - 1]
    found = []
    for row in dates[bisect_left(dates, start, key=_start) : bisect_left(dates, end, key=_start)]:
        if _is_point(row):
            tokens = parse.tokens_in(row.start, row.end)
            inside = set(tokens)
            head = next((t for t in tokens if parse.head[t] not in inside or parse.head[t] == t), tokens[0])
            found.append(Placed(head, _verb_of_date(parse, head, row), row))
    return found


def _start(row: Date) -> int:
    return row.start


def _is_point(row: Date) -> bool:
    if row.timex_type not in (TimexType.DATE, TimexType.TIME) or row.timex_value is None:
        return False
    return not row.timex_value.endswith("_REF")


def verb_above(parse: Parse, token: int) -> int:
    """The verb that governs the clause of `token`: itself, or the nearest verb above; else the root."""
    while parse.head[token] != token:
        if parse.pos[token] in ("VERB", "AUX") and parse.dep[token] not in ("aux", "auxpass", "amod", "compound"):
            return token
        token = parse.head[token]
    return token


def _verb_of_date(parse: Parse, head: int, row: Date) -> int:
    """The verb that a date belongs to.

    A finite verb right before it has it, whatever the parse says ('said on Tuesday he would go').
    What lies behind is not the date of an infinitive that a past verb governs ('agreed to lift the
    ban last Friday').
    """
    beside = verb_before(parse, head)
    if beside is not None:
        return beside
    verb = verb_above(parse, head)
    if is_infinitive(parse, verb) and not contexts()["lies_behind"].isdisjoint(row.text.lower().split()):
        governor = verb_above(parse, parse.head[verb])
        if tense_of(parse, governor) is Tense.PAST:
            return governor
    return verb


def in_other_noun(parse: Parse, date: Placed, token: int) -> bool:
    """True where a date stands inside a noun phrase that does not hold the token: 'the 2019 deal'."""
    head, verb = date.head, date.verb
    if head == verb or _is_adverb(parse, head):
        return False
    above = parse.head[head]
    while above != verb and parse.head[above] != above:
        noun = parse.pos[above] in ("NOUN", "PROPN", "PRON")
        if noun and above != token and parse.dep[head] in ("nummod", "compound", "nmod", "poss", "amod"):
            return True
        head, above = above, parse.head[above]
    return False


def of_thing(parse: Parse, date: Placed, token: int) -> bool:
    """True where a preposition hangs a date on a thing that is acted on: 'passed the total for 2012'.

    'For' never dates a verb ('passed the budget for 2012'), only what a verb of planning is about.
    The subject and what names the time of the act keep theirs: 'died in the attack of 3 March'.
    """
    prep = parse.head[date.head]
    thing = parse.head[prep]
    if parse.word[prep].lower() == "for" and thing == date.verb == token:
        return True
    if (
        parse.dep[date.head] != "pobj"
        or parse.word[prep].lower() not in contexts()["date_of_thing"]
        or thing in (date.verb, token)
    ):
        return False
    if parse.pos[thing] not in ("NOUN", "PROPN"):
        return False
    above = parse.head[thing]
    timed = parse.dep[thing] == "pobj" and parse.word[above].lower() in contexts()["times_an_act"]
    return parse.dep[thing] in ("dobj", "pobj") and not timed


def is_direct(parse: Parse, date: Placed) -> bool:
    """True where a date hangs on its verb itself and not on a noun of its clause."""
    head = date.head
    while head != date.verb and parse.head[head] != head:
        head = parse.head[head]
        if head != date.verb and parse.pos[head] in ("NOUN", "PROPN", "PRON"):
            return False
    return True


def _is_adverb(parse: Parse, head: int) -> bool:
    """True for 'On Thursday army drones struck', which the parser may take for drones of Thursday."""
    before = parse.left[head] - 1
    own = before >= 0 and parse.word[before].lower() == "on" and parse.dep[before] == "prep"
    return own and parse.head[head] > head and parse.dep[head] in ("compound", "nmod")
