"""The tense of the clause around a word: past, future, present, or unclear."""

from __future__ import annotations

from pipeline.dates.lexicon import words
from pipeline.dates.verbs import SURE_FUTURE, Tense, is_infinitive, is_planning, is_pluperfect, is_verb, tense_of
from pipeline.tree import Parse

_AHEAD = frozenset({"until", "till", "by", "effective", "starting", "beginning", "due", "through"})
"""Words right before a date that put it ahead, unless the clause is plainly past."""
_AHEAD_OF_PAST = frozenset({"effective", "starting", "beginning"})
"""Of these, what puts a date ahead in a past clause too: 'named him chairman, effective Feb. 1'."""
_NOUN_PARTS = frozenset({"poss", "compound", "nmod", "amod", "nummod"})


def tense_at(parse: Parse, token: int) -> Tense | None:
    """The tense of the clause that holds `token`, or None where it is unclear.

    An infinitive has the tense of what governs it, and is future below a word of planning. What
    stands inside a noun phrase ('Wednesday's ruling') is known already, hence past, unless the
    verb that governs the phrase is future.
    """
    verb = _governor(parse, token)
    told = _told_by_words(parse, token, verb)
    if told is not None or verb is None:
        return told
    if _inside_noun(parse, token):
        return Tense.FUTURE if tense_of(parse, verb) is Tense.FUTURE and not is_infinitive(parse, verb) else Tense.PAST
    ahead = _puts_ahead(parse, token)
    for step in range(6):
        if _planned(parse, verb) or (ahead and _is_open(parse, verb)) or (not step and _plans(parse, verb, token)):
            return Tense.FUTURE
        tense = tense_of(parse, verb)
        if tense is not None and not is_infinitive(parse, verb):
            sure = _surely_ahead(parse, token) or (is_planning(parse, verb) and not is_pluperfect(parse, verb))
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
    return Tense.PAST if is_pluperfect(parse, copula) else Tense.FUTURE


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
    if is_verb(parse, token):
        return token
    beside = verb_before(parse, token)
    if beside is not None:
        return beside
    for above in parse.ancestors(token):
        if is_verb(parse, above):
            return above
    return None


def _planned(parse: Parse, verb: int) -> bool:
    """True for 'is scheduled', 'expected', 'due': a participle or adjective of planning."""
    if parse.tag[verb] == "VBN" and is_planning(parse, verb):
        if parse.child(verb, "prt") is not None:
            return False
        if parse.lemma[verb] == "set" and not any(parse.word[c].lower() == "for" for c in parse.children[verb]):
            return False
        return parse.lemma[verb] in _FIRM and not is_pluperfect(parse, verb)
    return not is_pluperfect(parse, verb) and any(
        parse.lemma[c] in ("due", "likely") and parse.dep[c] == "acomp" for c in parse.children[verb]
    )


_FIRM = frozenset({"schedule", "expect", "set", "slate", "plan"})


def _plans(parse: Parse, verb: int, token: int) -> bool:
    """True for a past plan of a thing, the date behind it: 'planned a march on Saturday', 'called for one on Saturday'."""
    if parse.lemma[verb] == "call":
        things = [parse.child(p, "pobj") for p in parse.with_dep(verb, "prep") if parse.word[p].lower() == "for"]
        direct = parse.head[parse.head[token]] == verb
        return any(t is not None and t < token and (direct or token <= parse.right[t]) for t in things)
    thing = parse.child(verb, "dobj")
    return parse.lemma[verb] in ("plan", "schedule") and thing is not None and verb < thing < token


def _tells_of_plan(parse: Parse, token: int, verb: int, plan: int) -> bool:
    """True for 'announced plans to build a plant Friday': a bare weekday at the end is that of the news."""
    bare = parse.dep[token] == "npadvmod" and (thing := parse.child(verb, "dobj")) is not None and thing < token
    return bare and parse.pos[plan] == "NOUN" and tense_of(parse, parse.head[plan]) is Tense.PAST


def _told_by_words(parse: Parse, token: int, verb: int | None) -> Tense | None:
    """What words before a date tell, whatever the verb ('had been called for Thursday' apart)."""
    if _stands_behind(parse, token, "wake") or _is_compared(parse, token):
        return Tense.PAST
    ahead = _stands_behind(parse, token, "ahead")
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


def _is_open(parse: Parse, verb: int) -> bool:
    """True for what 'could' be until autumn."""
    told = {parse.word[c].lower() for c in parse.with_dep(verb, "aux")}
    return "could" in told and "have" not in told


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
        if is_verb(parse, place):
            return False
        if parse.word[place] == "of" and parse.word[place - 1].lower() == word:
            return True
    return False


def _surely_ahead(parse: Parse, token: int) -> bool:
    first = parse.sentences[parse.sentence_of[token]][0]
    return any(parse.word[i].lower() in _AHEAD_OF_PAST for i in range(max(first, token - 3), token))
