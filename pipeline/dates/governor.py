"""Where a date stands in the parse: below which verb or noun, behind which words."""

from __future__ import annotations

from pipeline.dates.lexicon import contexts
from pipeline.dates.verbs import is_verb
from pipeline.tree import Parse

_NOUN_PARTS = frozenset({"poss", "compound", "nmod", "amod", "nummod"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
"""Penn tags of finite verbs."""


def is_near(parse: Parse, token: int, name: str) -> bool:
    """True where a word of a list stands within three tokens before a date."""
    first = parse.sentences[parse.sentence_of[token]][0]
    return any(parse.word[i].lower() in contexts()[name] for i in range(max(first, token - 3), token))


def stands_behind(parse: Parse, token: int, word: str) -> bool:
    """True for 'ahead of a vote on Sunday' and 'ahead of Sunday's vote', 'in the wake of Sunday's vote'."""
    first = max(parse.sentences[parse.sentence_of[token]][0], token - 7)
    for place in range(token - 1, first, -1):
        if is_verb(parse, place):
            return False
        if parse.word[place] == "of" and parse.word[place - 1].lower() == word:
            return True
    return False


def inside_noun(parse: Parse, token: int) -> bool:
    """True for Wednesday in 'Wednesday's ruling'."""
    head = parse.head[token]
    return head != token and parse.dep[token] in _NOUN_PARTS and parse.pos[head] in ("NOUN", "PROPN")


def of_noun(parse: Parse, token: int, verb: int) -> bool:
    """True for a date that hangs on a noun below the verb: 'told of a cut in September'."""
    for above in parse.ancestors(token):
        if above == verb:
            return False
        if parse.pos[above] in ("NOUN", "PROPN"):
            return True
    return False


def of_scheduled(parse: Parse, token: int) -> bool:
    """True for 'the election in November'."""
    thing = parse.head[parse.head[token]]
    return parse.dep[token] == "pobj" and parse.lemma[thing].lower() in contexts()["scheduled"] and thing < token


def in_statement(parse: Parse, token: int) -> bool:
    """True for 'He does not want it, he said in an interview on Sunday': the day of what was said."""
    first = parse.sentences[parse.sentence_of[token]][0]
    for place in range(token - 1, max(first, token - 8), -1):
        if is_verb(parse, place):
            return False
        if parse.lemma[place] in contexts()["saying_noun"]:
            return parse.word[parse.head[place]].lower() == "in"
    return False


def verb_before(parse: Parse, token: int) -> int | None:
    """The finite verb right before a date: 'said (late) on Tuesday (that) he would resign'."""
    if inside_noun(parse, token):
        return None
    first = parse.sentences[parse.sentence_of[token]][0]
    place = parse.left[token] - 1
    while place > first and (parse.pos[place] == "ADP" or parse.word[place].lower() in ("late", "early", "earlier")):
        place -= 1
    beside = place >= first and parse.tag[place] in FINITE and parse.pos[place] == "VERB"
    return place if beside else None


def governor(parse: Parse, token: int) -> int | None:
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
