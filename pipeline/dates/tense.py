"""The tense of the clause around a word: past, future, present, or unclear."""

from __future__ import annotations

from pipeline.dates.governor import (
    FINITE,
    governor,
    in_statement,
    inside_noun,
    is_near,
    of_noun,
    of_scheduled,
    stands_behind,
)
from pipeline.dates.lexicon import contexts, words
from pipeline.dates.plans import (
    governed_tense,
    holds_until,
    is_appeal,
    is_open,
    is_planned,
    is_possible,
    is_reported_future,
    plans_itself,
    plans_thing,
)
from pipeline.dates.verbs import Tense, is_infinitive, is_planning, is_pluperfect, tense_of
from pipeline.tree import Parse


def tense_at(parse: Parse, token: int) -> Tense | None:
    """The tense of the clause that holds `token`, or None where it is unclear.

    An infinitive has the tense of what governs it, and is future below a word of planning. What
    stands inside a noun phrase ('Wednesday's ruling') is known already, hence past, unless the
    verb that governs the phrase is future.
    """
    verb = governor(parse, token)
    told = _told_by_words(parse, token, verb)
    if told is not None or verb is None:
        return told
    if inside_noun(parse, token):
        return _tense_of_known(parse, token, verb)
    if holds_until(parse, token, verb):
        return Tense.FUTURE
    if parse.tag[verb] in FINITE and in_statement(parse, token):
        return Tense.PAST
    return _tense_above(parse, token, verb)


def _tense_of_known(parse: Parse, token: int, verb: int) -> Tense | None:
    """The tense of 'Wednesday's ruling'; None where the verb is possible, or the thing one with a day long set."""
    if is_near(parse, token, "heads_for"):
        return Tense.FUTURE
    if is_possible(parse, verb):
        return None
    tense, thing = tense_of(parse, verb), parse.lemma[parse.head[token]].lower()
    if tense is Tense.FUTURE and not is_infinitive(parse, verb):
        return Tense.FUTURE
    scheduled = thing in contexts()["scheduled"]
    if scheduled and tense is not Tense.PAST and is_near(parse, token, "before_event"):
        return Tense.FUTURE
    return None if scheduled else Tense.PAST


def _tense_above(parse: Parse, token: int, verb: int) -> Tense | None:
    """The tense of the nearest verb above a date that has one."""
    ahead = _puts_ahead(parse, token)
    for step in range(6):
        if (
            is_planned(parse, verb)
            or (ahead and is_open(parse, verb))
            or (not step and plans_thing(parse, verb, token))
        ):
            return Tense.FUTURE
        if is_appeal(parse, verb):
            return Tense.FUTURE
        tense = tense_of(parse, verb)
        if tense is not None and not is_infinitive(parse, verb):
            sure = is_near(parse, token, "puts_ahead_of_past") or plans_itself(parse, verb)
            past = tense is Tense.PAST and not sure
            if ahead and not past:
                return Tense.FUTURE
            if tense is Tense.PAST and of_scheduled(parse, token):
                return None
            return None if step and tense is Tense.PRESENT else tense
        if parse.head[verb] == verb:
            break
        governed = governed_tense(parse, token, verb)
        if governed is not None:
            return governed
        next_verb = governor(parse, parse.head[verb])
        if next_verb is None or next_verb == verb:
            break
        verb = next_verb
    return Tense.FUTURE if ahead or is_infinitive(parse, verb) else None


def plainly_past(parse: Parse, token: int) -> bool:
    """True where the verb right above `token` is finite, past and of no planning: 'brought in January'."""
    verb = governor(parse, token)
    if verb is None or inside_noun(parse, token) or is_planning(parse, verb) or _puts_ahead(parse, token):
        return False
    marks = {parse.word[c].lower() for c in parse.with_dep(verb, "mark", "advmod")}
    if of_noun(parse, token, verb) and marks.isdisjoint(contexts()["back_clause"]):
        return False
    return tense_of(parse, verb) is Tense.PAST and parse.tag[verb] in ("VBD", "VBN")


def surely_future(parse: Parse, token: int) -> bool:
    """True where the verb above `token` stands with will or shall."""
    verb = governor(parse, token)
    return verb is not None and any(parse.word[c] in contexts()["sure_future"] for c in parse.with_dep(verb, "aux"))


def unsure(parse: Parse, token: int) -> bool:
    """True where the verb above a date tells little of when it is.

    That is by a thing with a day set before ('Monday's vote'), in a noun phrase whose verb is not past
    ('Monday's ruling will stand', 'the ruling on Monday is a blow'), and beside what is only possible.
    """
    verb = governor(parse, token)
    if verb is None or _told_by_words(parse, token, verb) is not None or is_reported_future(parse, verb):
        return False
    ahead = tense_of(parse, verb) in (Tense.PRESENT, Tense.FUTURE)
    if inside_noun(parse, token):
        if ahead:
            return not is_near(parse, token, "before_event")
        thing = parse.lemma[parse.head[token]].lower()
        return is_possible(parse, verb) or thing in contexts()["scheduled"] or thing in contexts()["held"]
    return ahead if of_noun(parse, token, verb) else is_possible(parse, verb)


def _told_by_words(parse: Parse, token: int, verb: int | None) -> Tense | None:
    """What words before a date tell, whatever the verb ('had been called for Thursday' apart)."""
    if stands_behind(parse, token, "wake") or _is_compared(parse, token):
        return Tense.PAST
    ahead = stands_behind(parse, token, "ahead")
    planned = _is_for_weekday(parse, token) and (verb is None or not is_pluperfect(parse, verb))
    return Tense.FUTURE if ahead or planned else None


def _is_compared(parse: Parse, token: int) -> bool:
    """True for 'will grow less than forecast in July': what is ahead is compared with what is known."""
    first = parse.sentences[parse.sentence_of[token]][0]
    return any(parse.word[i].lower() == "than" for i in range(max(first, token - 3), token))


def _is_for_weekday(parse: Parse, token: int) -> bool:
    """True for 'called a session for Thursday'."""
    entry = words().get(parse.word[token])
    weekday = entry is not None and "WEEKDAY" in entry.values
    return weekday and parse.dep[token] == "pobj" and parse.word[parse.head[token]].lower() == "for"


def _puts_ahead(parse: Parse, token: int) -> bool:
    return is_near(parse, token, "puts_ahead")
