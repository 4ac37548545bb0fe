"""Negation of the attribution itself: 'did not say that', 'has yet to say', 'refused to say'."""

from __future__ import annotations

from pipeline.tree import Parse

_NEGATIVE = frozenset(
    ("never", "nobody", "none", "nothing", "neither", "nor", "no", "not", "n't", "n\u2019t", "hardly", "barely")
)
_WITHHELD = frozenset(("refuse", "decline", "fail", "neglect", "forget", "omit", "avoid", "stop", "deny"))
"""Verbs whose complement did not happen: 'refused to say whether'."""


def is_negated(parse: Parse, cue: int) -> bool:
    """Whether the text says that the attribution did not take place."""
    if _is_denied(parse, cue):
        return True
    if parse.dep[cue] not in ("xcomp", "pcomp", "conj"):
        return False
    for governor in parse.ancestors(cue):
        if parse.pos[governor] == "ADP":
            continue
        if parse.dep[cue] == "conj":
            if any(parse.word[c].lower() in ("neither", "nor") for c in parse.with_dep(governor, "preconj", "cc")):
                return True
            return _is_withheld(parse, governor) and parse.tag[governor] == parse.tag[cue] == "VB"
        return _is_withheld(parse, governor) or _is_denied(parse, governor)
    return False


def _is_withheld(parse: Parse, governor: int) -> bool:
    if parse.lemma[governor] in _WITHHELD:
        return True
    # 'has yet to say': the adverb stands between 'have' and the infinitive.
    return parse.lemma[governor] == "have" and any(parse.word[c].lower() == "yet" for c in parse.children[governor])


def _is_denied(parse: Parse, token: int) -> bool:
    for c in parse.children[token]:
        word = parse.word[c].lower()
        if parse.dep[c] == "neg" or (
            parse.dep[c] in ("advmod", "det", "preconj", "cc") and word in _NEGATIVE and c < token
        ):
            return True
        if parse.dep[c] == "advmod" and word == "yet" and _has_to(parse, token):
            return True
        if parse.dep[c] in ("nsubj", "nsubjpass", "dobj") and (word in _NEGATIVE or _has_no(parse, c)):
            return True
    return False


def _has_to(parse: Parse, token: int) -> bool:
    return any(parse.tag[c] == "TO" for c in parse.with_dep(token, "aux"))


def _has_no(parse: Parse, noun: int) -> bool:
    return any(parse.word[c].lower() in ("no", "neither", "nor") for c in parse.with_dep(noun, "det", "preconj", "cc"))
