"""The tense of the clause around a word: past, future, present, or unclear."""

from __future__ import annotations

from enum import Enum
from functools import cache
from importlib.resources.abc import Traversable

from pipeline.dates.lexicon import DATA, contexts, words
from pipeline.lookup import read_rows, unique
from pipeline.tree import Parse


class Tense(Enum):
    """Where a clause lies against the time of writing."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


_FUTURE_MODALS = frozenset(
    {"will", "'ll", "’ll", "wo", "shall", "may", "might", "can", "must", "should", "would", "ca"}
)
SURE_FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall"})
"""Modals that say that something will be, not that it may or would."""
_AHEAD = frozenset({"until", "till", "by", "effective", "starting", "beginning", "due", "through"})
"""Words right before a date that put it ahead, unless the clause is plainly past."""
_AHEAD_OF_PAST = frozenset({"effective", "starting", "beginning"})
"""Of these, what puts a date ahead in a past clause too: 'named him chairman, effective Feb. 1'."""
_NOUN_PARTS = frozenset({"poss", "compound", "nmod", "amod", "nummod"})


@cache
def planning(file: Traversable = DATA / "planning.tsv") -> frozenset[tuple[str, str]]:
    """Words that put what depends on them into the future: (lemma, part of speech).

    Raises:
        ValueError: an unknown part of speech, or a doubled entry.
    """
    found: set[tuple[str, str]] = set()
    for row in unique(read_rows(file, ("lemma", "pos", "note")), "lemma", "pos"):
        if row["pos"] not in ("VERB", "ADJ", "NOUN"):
            row.refuse(f"{row['pos']!r} is no VERB, ADJ or NOUN")
        found.add((row["lemma"], row["pos"]))
    return frozenset(found)


def tense_at(parse: Parse, token: int) -> Tense | None:
    """The tense of the clause that holds `token`, or None where it is unclear.

    An infinitive has the tense of what governs it, and is future below a word of planning. What
    stands inside a noun phrase ('Wednesday's ruling') is known already, hence past, unless the
    verb that governs the phrase is future.
    """
    verb = _governor(parse, token)
    if verb is None:
        return None
    told = _told_by_words(parse, token)
    if told is not None:
        return told
    if _inside_noun(parse, token):
        return Tense.FUTURE if tense_of(parse, verb) is Tense.FUTURE and not is_infinitive(parse, verb) else Tense.PAST
    ahead = _puts_ahead(parse, token)
    for step in range(6):
        if _planned(parse, verb) or (ahead and _is_open(parse, verb)) or (not step and _plans(parse, verb, token)):
            return Tense.FUTURE
        tense = tense_of(parse, verb)
        if tense is not None and not is_infinitive(parse, verb):
            sure = _surely_ahead(parse, token) or (is_planning(parse, verb) and not _pluperfect(parse, verb))
            past = tense is Tense.PAST and not sure
            if ahead and not past:
                return Tense.FUTURE
            return None if step and tense is Tense.PRESENT else tense
        if parse.head[verb] == verb:
            break
        governed = _governed(parse, token, verb)
        if governed is not None:
            return governed
        next_verb = _governor(parse, parse.head[verb])
        if next_verb is None or next_verb == verb:
            break
        verb = next_verb
    return Tense.FUTURE if ahead or is_infinitive(parse, verb) else None


def _governed(parse: Parse, token: int, verb: int) -> Tense | None:
    """The tense that the word above a verb gives it: a plan, or 'is to'."""
    above = parse.head[verb]
    if is_infinitive(parse, verb) and parse.lemma[above] == "be" and parse.dep[verb] == "xcomp":
        return Tense.FUTURE
    if not is_planning(parse, above):
        return None
    if not is_infinitive(parse, verb) and parse.dep[verb] not in ("ccomp", "pcomp", "xcomp"):
        return None
    if _tells_of_plan(parse, token, verb, above):
        return Tense.PAST
    copula = parse.head[above] if parse.dep[above] == "acomp" else above
    return Tense.PAST if _pluperfect(parse, copula) else Tense.FUTURE


def plainly_past(parse: Parse, token: int) -> bool:
    """True where the verb right above `token` is finite, past and of no planning: 'brought in January'."""
    verb = _governor(parse, token)
    if verb is None or _inside_noun(parse, token) or is_planning(parse, verb) or _puts_ahead(parse, token):
        return False
    return tense_of(parse, verb) is Tense.PAST and parse.tag[verb] in ("VBD", "VBN")


def surely_future(parse: Parse, token: int) -> bool:
    """True where the verb above `token` stands with will or shall."""
    verb = _governor(parse, token)
    return verb is not None and any(parse.word[c].lower() in SURE_FUTURE for c in parse.children[verb])


def tense_of(parse: Parse, verb: int) -> Tense | None:
    """The tense of one verb with its auxiliaries; None for a participle or gerund on its own."""
    helpers = parse.with_dep(verb, "aux", "auxpass")
    told = [parse.word[h].lower() for h in helpers]
    perfect = any(parse.lemma[h] == "have" for h in helpers)
    if not perfect and any(w in _FUTURE_MODALS for w in told):
        return Tense.FUTURE
    if "could" in told and not perfect:
        return None
    if "to" in told:
        return Tense.PAST if perfect else Tense.FUTURE
    if perfect or any(parse.tag[h] == "VBD" for h in helpers):
        return Tense.PAST
    tags = [parse.tag[h] for h in helpers] or [parse.tag[verb]]
    if any(t in ("VBZ", "VBP") for t in tags):
        return Tense.PAST if not helpers and _same_in_past(parse, verb) else Tense.PRESENT
    if tags[0] == "VBD" or (parse.tag[verb] == "VBN" and parse.dep[verb] != "xcomp"):
        return Tense.PAST
    return None


def _same_in_past(parse: Parse, verb: int) -> bool:
    """True for 'hit' and 'cut', which the parser takes for a present after many: news tells of the past."""
    return parse.tag[verb] == "VBP" and parse.lemma[verb] in contexts()["same_in_past"]


def _is_verb(parse: Parse, token: int) -> bool:
    return parse.pos[token] in ("VERB", "AUX") and parse.tag[token][:1] == "V"


_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def verb_before(parse: Parse, token: int) -> int | None:
    """The finite verb right before a date: 'said (late) on Tuesday (that) he would resign'."""
    if _inside_noun(parse, token):
        return None
    first = parse.sentences[parse.sentence_of[token]][0]
    place = parse.left[token] - 1
    while place > first and (parse.pos[place] == "ADP" or parse.word[place].lower() in ("late", "early", "earlier")):
        place -= 1
    beside = place >= first and parse.tag[place] in _FINITE and parse.pos[place] == "VERB"
    return place if beside else None


def _governor(parse: Parse, token: int) -> int | None:
    """The verb at or above `token`; in a sentence without one above, the verb nearest to it."""
    if _is_verb(parse, token):
        return token
    beside = verb_before(parse, token)
    if beside is not None:
        return beside
    for above in parse.ancestors(token):
        if _is_verb(parse, above):
            return above
    return None


def is_infinitive(parse: Parse, verb: int) -> bool:
    """True for a verb with `to`."""
    return parse.tag[verb] == "VB" and any(parse.tag[c] == "TO" for c in parse.children[verb])


def is_planning(parse: Parse, token: int) -> bool:
    """True for a word of planning.tsv."""
    pos = "VERB" if parse.pos[token] == "AUX" else parse.pos[token]
    return (parse.lemma[token].lower(), pos) in planning()


def _planned(parse: Parse, verb: int) -> bool:
    """True for 'is scheduled', 'expected', 'due': a participle or adjective of planning."""
    if parse.tag[verb] == "VBN" and is_planning(parse, verb):
        if parse.child(verb, "prt") is not None:
            return False
        if parse.lemma[verb] == "set" and not any(parse.word[c].lower() == "for" for c in parse.children[verb]):
            return False
        return parse.lemma[verb] in _FIRM and not _pluperfect(parse, verb)
    return not _pluperfect(parse, verb) and any(
        parse.lemma[c] in ("due", "likely") and parse.dep[c] == "acomp" for c in parse.children[verb]
    )


_FIRM = frozenset({"schedule", "expect", "set", "slate", "plan"})


def _plans(parse: Parse, verb: int, token: int) -> bool:
    """True for a past plan of a thing, the date behind it: 'planned a march on Saturday', 'called for one on Saturday'."""
    if parse.lemma[verb] == "call":
        asked = [p for p in parse.with_dep(verb, "prep") if verb < p < token and parse.word[p].lower() == "for"]
        return any(parse.child(p, "pobj") not in (None, token) for p in asked)
    thing = parse.child(verb, "dobj")
    return parse.lemma[verb] in ("plan", "schedule") and thing is not None and verb < thing < token


def _tells_of_plan(parse: Parse, token: int, verb: int, plan: int) -> bool:
    """True for 'announced plans to build a plant Friday': a bare weekday at the end is that of the news."""
    bare = parse.dep[token] == "npadvmod" and (thing := parse.child(verb, "dobj")) is not None and thing < token
    return bare and parse.pos[plan] == "NOUN" and tense_of(parse, parse.head[plan]) is Tense.PAST


def _told_by_words(parse: Parse, token: int) -> Tense | None:
    """What words before a date tell, whatever the verb."""
    if _stands_behind(parse, token, "wake"):
        return Tense.PAST
    return Tense.FUTURE if _stands_behind(parse, token, "ahead") or _is_for_weekday(parse, token) else None


def _is_for_weekday(parse: Parse, token: int) -> bool:
    """True for 'called a session for Thursday'."""
    entry = words().get(parse.word[token])
    weekday = entry is not None and "WEEKDAY" in entry.values
    return weekday and parse.dep[token] == "pobj" and parse.word[parse.head[token]].lower() == "for"


def _is_open(parse: Parse, verb: int) -> bool:
    """True for what 'could' be until autumn."""
    told = {parse.word[c].lower() for c in parse.with_dep(verb, "aux")}
    return "could" in told and "have" not in told


def _pluperfect(parse: Parse, verb: int) -> bool:
    return any(parse.lemma[c] == "have" and parse.tag[c] == "VBD" for c in parse.children[verb])


def _inside_noun(parse: Parse, token: int) -> bool:
    head = parse.head[token]
    return head != token and parse.dep[token] in _NOUN_PARTS and parse.pos[head] in ("NOUN", "PROPN")


def _puts_ahead(parse: Parse, token: int) -> bool:
    first = parse.sentences[parse.sentence_of[token]][0]
    nearby = (parse.word[i].lower() for i in range(max(first, token - 3), token))
    return any(word in _AHEAD for word in nearby)


def _stands_behind(parse: Parse, token: int, word: str) -> bool:
    """True for 'ahead of a vote on Sunday' and 'ahead of Sunday's vote', 'in the wake of Sunday's vote'."""
    first = max(parse.sentences[parse.sentence_of[token]][0], token - 7)
    for place in range(token - 1, first, -1):
        if _is_verb(parse, place):
            return False
        if parse.word[place] == "of" and parse.word[place - 1].lower() == word:
            return True
    return False


def _surely_ahead(parse: Parse, token: int) -> bool:
    first = parse.sentences[parse.sentence_of[token]][0]
    return any(parse.word[i].lower() in _AHEAD_OF_PAST for i in range(max(first, token - 3), token))
