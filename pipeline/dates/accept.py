"""Which matches are times at all: 'may', 'March on Washington', 'H.R. 2024' and 'the Sun' are not."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.dates.accept_calendar import (
    accept_day_of_month,
    accept_decade,
    accept_holiday,
    accept_month,
    accept_season,
    accept_weekday,
    accept_year,
)
from pipeline.dates.lexicon import contexts
from pipeline.dates.meaning import Found
from pipeline.dates.surround import follows, opens_sentence, precedes, tag_at, word_before
from pipeline.dates.tense import tense_at
from pipeline.dates.verbs import Tense
from pipeline.tree import Parse

_TITLE_END = re.compile(r"[,.]?[\"”’']")
_PLURAL = re.compile(r"\s+(?:\d|[a-z]+s\b)")
_NAME_AFTER = re.compile(r"\s+[A-Z][a-z]+")
_TIMED = ("AMPM", "ZONE", "NOON", "MIDNIGHT", "DEICTIC", "WEEKDAY", "MONTH", "PART")


def accept_unit(f: Found, parse: Parse) -> bool:
    """Units: 'the second' is an ordinal, 'second' counts only with a number, and “60 Minutes” is a programme."""
    words = f.words()
    if "second" in words and not f.has("NUM"):
        return False
    if f.text[0].isdigit() and f.text.split()[-1][0].isupper() and _TITLE_END.match(f.scan.text, f.end):
        return False
    return len(words) > 1 or f.match.rule.name == "duration_vague"


def accept_clock(f: Found, parse: Parse) -> bool:
    """A bare 10:30 behind a word that puts something at a time, else a score or a verse; no film or show ('High Noon')."""
    if (f.has("NOON") or f.has("MIDNIGHT")) and f.text[0].isupper() and not opens_sentence(f, parse):
        return False
    if any(f.has(k) for k in _TIMED) or not contexts()["time_word"].isdisjoint(f.words()):
        return True
    return follows(f, "before_clock")


def accept_current(f: Found, parse: Parse) -> bool:
    """'the current crisis', set against those before and behind it, not 'its current fleet'."""
    return word_before(f).lower() == "the" and tag_at(parse, f.start) in ("JJ", "")


def accept_now(f: Found, parse: Parse) -> bool:
    """'now' as a time: not 'Larry King Now', nor at the head of a sentence, where it joins it to the one before.

    Hirschberg and Litman, 'Empirical Studies on the Disambiguation of Cue Phrases' (1993): 'now' at the
    head of a phrase steers the discourse, within it it is a time.
    """
    return f.text != "Now" or not (word_before(f)[:1].isupper() or opens_sentence(f, parse))


def accept_soon(f: Found, parse: Parse) -> bool:
    """'soon' of what is to come: not 'as soon as', 'soon after', 'too soon', 'soon became'."""
    if precedes(f, "soon_of") or f.scan.text[f.end : f.end + 1] == "-" or word_before(f) == "too":
        return False
    token = parse.token_at(f.start)
    return token < 0 or tense_at(parse, token) is not Tense.PAST


def accept_named(f: Found, parse: Parse) -> bool:
    """'today' and 'this week', but not 'USA Today', 'This Week' and 'the last week of May'."""
    words = f.text.split()
    if "last" in words and f.scan.text.startswith(" of ", f.end):
        return False
    if len(words) > 1:
        return not (words[0][0].isupper() and words[-1][0].isupper() and words[-1][1:].islower())
    return not (f.text in ("Today", "TODAY") and word_before(f)[:1].isupper())


def accept_set_word(f: Found, parse: Parse) -> bool:
    """No name ('NBC Nightly News') and no newspaper ('the daily Trybuna', 'a weekly').

    'quarterly' only as an adverb: a quarterly dividend is no habit.
    """
    if f.text[0].isupper() and (word_before(f)[:1].isupper() or _NAME_AFTER.match(f.scan.text, f.end)):
        return False
    tag, token = tag_at(parse, f.start), parse.token_at(f.start)
    if tag in _NOUN_TAGS and parse.dep[token] not in ("compound", "amod"):
        return False
    if _NAME_AFTER.match(f.scan.text, f.end) and _is_before_its_name(f, parse):
        return False
    return f.text.lower() != "quarterly" or tag == "RB"


def _is_before_its_name(f: Found, parse: Parse) -> bool:
    token = parse.token_at(f.start)
    return token >= 0 and parse.head[token] > token and parse.pos[parse.head[token]] == "PROPN"


_NOUN_TAGS = frozenset({"NN", "NNP", "NNS", "NNPS"})


def accept_context(f: Found, parse: Parse) -> bool:
    """'the day' and 'the morning' of the story, not 'the day of action' or 'the morning after the vote'."""
    return len(f.words()) > 2 or not precedes(f, "day_of")


def accept_day(f: Found, parse: Parse) -> bool:
    """'the day' of the story, not one that is carried, saved or won, nor an idiom: 'At the end of the day, votes count'."""
    if word_before(f) == "At" and f.scan.text.startswith(",", f.end):
        return False
    token = parse.token_at(f.end - 1)
    idiom = token >= 0 and parse.dep[token] == "dobj" and parse.lemma[parse.head[token]] in contexts()["day_idiom"]
    return not idiom and not _is_told_by_clause(f, parse) and accept_context(f, parse)


def _is_told_by_clause(f: Found, parse: Parse) -> bool:
    """True for 'the day the war ended' and 'the night the ferry sank': not the day of the story."""
    token = parse.token_at(f.end - 1)
    return token >= 0 and f.words()[0] == "the" and parse.child(token, "relcl", "acl") is not None


def accept_part(f: Found, parse: Parse) -> bool:
    """'the night' of the story, not 'the night air' and 'the night-time curfew'."""
    if len(f.words()) > 2:
        return True
    token = parse.token_at(f.end - 1)
    inside = f.scan.text[f.end : f.end + 1] == "-" or (token >= 0 and parse.dep[token] == "compound")
    return not inside and not _is_told_by_clause(f, parse) and accept_context(f, parse)


def accept_edge_part(f: Found, parse: Parse) -> bool:
    """'by mid-afternoon' and 'in late evening', not 'an early morning raid'."""
    token = parse.token_at(f.end - 1)
    inside = f.scan.text[f.end : f.end + 1] == "-" or (token >= 0 and parse.dep[token] == "compound")
    return not inside and follows(f, "before_part")


def accept_running(f: Found, parse: Parse) -> bool:
    """'the year', not the prize 'Woman of the Year'."""
    last = f.text.split()[-1]
    return not (last[0].isupper() and last[1:].islower())


def accept_past(f: Found, parse: Parse) -> bool:
    """'the past' as a noun: not 'the past nine elections'."""
    return tag_at(parse, f.end - 1) not in ("JJ", "CD") and not _PLURAL.match(f.scan.text, f.end)


def accept_letter(f: Found, parse: Parse) -> bool:
    """Q1, 1Q and H2 in one piece and in capitals."""
    return f.text[:2].isalnum() and f.text[:2].isupper()


ACCEPT: dict[str, Callable[[Found, Parse], bool]] = {
    "month": accept_month,
    "month_day": accept_day_of_month,
    "edge_part": accept_edge_part,
    "year": accept_year,
    "year_short": accept_year,
    "season": accept_season,
    "duration": accept_unit,
    "duration_vague": accept_unit,
    "time": accept_clock,
    "current": accept_current,
    "now": accept_now,
    "soon": accept_soon,
    "deictic": accept_named,
    "next_day": accept_named,
    "relative_week": accept_named,
    "relative_year": accept_named,
    "relative_month": accept_named,
    "set_every": accept_unit,
    "set_word": accept_set_word,
    "weekday": accept_weekday,
    "weekday_part": accept_weekday,
    "quarter_letter": accept_letter,
    "half_letter": accept_letter,
    "decade": accept_decade,
    "the_day": accept_day,
    "the_unit": accept_running,
    "same_part": accept_part,
    "the_past": accept_past,
    "holiday": accept_holiday,
}
"""What must hold beside the pattern, by rule."""


def is_time(f: Found, parse: Parse) -> bool:
    """Whether a match is a time expression in its sentence."""
    if f.text[0].isdigit() and f.scan.text[f.start - 1 : f.start].isalpha():
        return False
    check = ACCEPT.get(f.match.rule.name)
    return check is None or check(f, parse)
