"""The grammar of pronouns: what is a subject, which clause governs a word, and where a pronoun cannot mean a noun."""

from __future__ import annotations

from pipeline.tree import Parse

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_COPULAS = frozenset({"be", "seem", "appear", "become", "remain", "look", "take", "turn"})
_BESIDE = frozenset({"conj", "appos"})


def is_subject(parse: Parse, token: int) -> bool:
    """True for a subject, one coordinated with a subject, or a name beside one: 'one of them, Ann Lee, left'."""
    return parse.dep[main_noun(parse, token)] in SUBJECTS


def main_noun(parse: Parse, token: int) -> int:
    """The noun that a coordinated or apposed one goes with; the token itself where it stands alone."""
    while parse.dep[token] in _BESIDE and parse.head[token] != token:
        token = parse.head[token]
    return token


def clause_of(parse: Parse, token: int) -> int:
    """The verb that governs a token through prepositions alone."""
    token = parse.head[token]
    while parse.dep[token] in {"prep", "agent", "dative"} and parse.head[token] != token:
        token = parse.head[token]
    return token


def is_expletive(parse: Parse, token: int) -> bool:
    """True for 'it is likely that', 'it rained': no actor is meant."""
    if parse.dep[token] == "expl":
        return True
    verb = parse.head[token]
    if parse.dep[token] not in SUBJECTS or parse.lemma[verb] not in _COPULAS:
        return False
    return parse.child(verb, "ccomp", "xcomp", "advcl") is not None or parse.child(verb, "acomp") is not None


def owns(parse: Parse, noun: int, pronoun: int) -> bool:
    """True for the subject of a possessive's own clause, an infinitive's too.

    'She thanked her voters'; 'the court forced the firm to open its books'.
    """
    if parse.dep[pronoun] != "poss":
        return False
    verb = clause_of(parse, parse.head[pronoun])
    if is_subject(parse, noun):
        return verb == parse.head[main_noun(parse, noun)]
    return (
        parse.dep[noun] == "dobj"
        and parse.dep[verb] in {"xcomp", "ccomp", "advcl"}
        and parse.head[verb] == parse.head[noun]
        and parse.child(verb, *SUBJECTS) is None
    )


def is_bound(parse: Parse, noun: int, pronoun: int) -> bool:
    """True where grammar forbids that the pronoun means the noun.

    'Ann praised her', 'Ann's talk with her', 'Ann, who praised her'.
    """
    if parse.sentence_of[pronoun] != parse.sentence_of[noun] or parse.word[pronoun].lower().endswith(
        ("self", "selves")
    ):
        return False
    if parse.dep[pronoun] in {"poss", *SUBJECTS}:
        return parse.dep[pronoun] == "poss" and parse.head[pronoun] == noun
    verb = clause_of(parse, pronoun)
    if parse.dep[verb] == "relcl" and parse.head[verb] == noun:
        subject = parse.child(verb, *SUBJECTS)
        return subject is not None and parse.tag[subject] in {"WP", "WDT"}
    return is_subject(parse, noun) and verb == parse.head[main_noun(parse, noun)]
