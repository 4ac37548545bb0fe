"""History: whether an act is told as long past, by its date or by the words of its sentence."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.events import arguments
from pipeline.tree import Parse

LONG_AGO = timedelta(days=365)
"""An event that ended this long before the article's day is background."""

_OTHER_CLAUSES = frozenset({"relcl", "pcomp", "advcl", "acl", "ccomp"})
_AGO = re.compile(
    r"\b(?:years|decades|century|centuries|generations) (?:ago|earlier|before)\b|\bin the (?:18|19)\d0s\b|\bcenturies?\b"
    r"|\b(?:for|after|in|over) decades\b|\b(?:last|previous) (?:century|decade)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|since|of|during|until|from|back in|early|late|mid) ?-?(?:the )?(1[5-9]\d\d|20[0-4]\d)\b")


def is_historical(parse: Parse, token: int, event_to: date | None, published: date | None) -> bool:
    """Whether an act is told as long past.

    Args:
        parse: the article.
        token: the word that names the act.
        event_to: the last day on which it can have happened, where a time expression says so.
        published: the article's day.
    """
    if event_to is not None and published is not None and event_to < published - LONG_AGO:
        return True
    first, stop = parse.sentences[parse.sentence_of[token]]
    sentence = (parse.start[first], parse.end[stop - 1])
    if published is not None:
        found = _YEAR.finditer(parse.text, *sentence)
        years = [int(m[1]) for m in found if not _is_aside(parse, parse.token_at(m.start(1)), token)]
        if years and max(years) < published.year - 1:
            return True
    return any(not _is_aside(parse, parse.token_at(m.start()), token) for m in _AGO.finditer(parse.text, *sentence))


def _is_setting(parse: Parse, noun: int, act: int) -> bool:
    """Whether a dated noun tells when it was: "during the 1990 crisis", "captured in the 1967 war"."""
    preposition = parse.head[noun]
    if parse.word[preposition].lower() == "during":
        return True
    is_own = parse.word[preposition].lower() == "in" and parse.head[preposition] == act
    return is_own and parse.lemma[noun] in ("war", "revolution", "uprising", "coup")


def _is_of_first_verb(parse: Parse, word: int, act: int) -> bool:
    """Whether a time stands behind another verb than the act's, which is coordinated with it: "rose in 2000 and fell"."""
    verb = next((t for t in parse.ancestors(word) if parse.pos[t] in arguments.VERBAL), None)
    if verb is None or not verb < word < act or verb == act:
        return False
    t = act
    while parse.head[t] not in (t, verb):
        t = parse.head[t]
    return parse.head[t] == verb and parse.dep[t] == "conj"


def _is_aside(parse: Parse, word: int, act: int) -> bool:
    """Whether a time belongs to something else: "who led the party in 2000", "the 2012 attacks", "of lying in the 1990s"."""
    noun = parse.head[word]
    of_noun = parse.dep[word] in ("amod", "nummod", "compound", "nmod") and parse.pos[noun] in ("NOUN", "PROPN")
    if of_noun and not _is_setting(parse, noun, act):
        return True
    if parse.dep[word] == "pobj" and parse.pos[parse.head[noun]] == "PROPN":
        return True
    above = {act, *parse.ancestors(act)}
    if _is_of_first_verb(parse, word, act):
        return True
    return any(parse.dep[t] in _OTHER_CLAUSES and t not in above for t in parse.ancestors(word))
