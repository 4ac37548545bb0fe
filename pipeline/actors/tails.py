"""What follows a noun for an actor and tells whose it is: 'of the ministry', 'in Nairobi', 'operating in Macedonia'."""

from __future__ import annotations

from collections.abc import Container

from pipeline.actors.lexicon import role_nouns
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed
from pipeline.tree import Parse

_WIDEST = 12
_PLACING = frozenset({"in", "at", "near"})


def tails_of(parse: Parse, head: int, by_token: Container[int]) -> list[list[str]]:
    """What follows a head; whom it stands for is cut from where: 'for the agency', 'in Nairobi'."""
    found: list[list[str]] = []
    for c in parse.children[head]:
        if c < head or parse.dep[c] != "prep" or parse.right[c] == c:
            continue
        for token in range(c, min(parse.right[c], c + _WIDEST) + 1):
            word = parse.word[token].lower()
            placing = word in _PLACING and parse.dep[token] == "prep" and token not in by_token
            if token == c or (placing and token > c + 1 and parse.word[c].lower() == "for"):
                found.append([word])
            else:
                found[-1].append(parse.word[token])
    found += [["near", *parse.word[c : min(parse.right[c], c + _WIDEST) + 1]] for c in _stays(parse, head)]
    return [t for t in found if not (t[0] == "from" and _is_leaving(parse, head))]


_WHERE = frozenset({"in", "near", "inside", "across", "from", "throughout"})
_STATES_OWN = frozenset({"GOV", "MIL", "SPY", "JUD", "COP", "MED"})
"""Roles of people who may be abroad: 'troops based in Iraq' are not Iraqi, as 'rebels based in Iraq' are."""


def _stays(parse: Parse, head: int) -> list[int]:
    """Where a group is at home by a participle: 'operating in Macedonia', 'fleeing the war in Liberia'."""
    noun = role_nouns().get(parse.word[head].lower())
    if noun is None or not _STATES_OWN.isdisjoint(
        {noun.code[:3], noun.fallback[:3]} - ({"MED"} if noun.kind == "body" else set())
    ):
        return []
    verbs = [c for c in parse.with_dep(head, "acl") if parse.lemma[c] in listed(WordList.STAYING) and c > head]
    places = [c for verb in verbs for c in parse.children[verb] if c > verb and parse.word[c].lower() in _WHERE]
    return places + [c for verb in verbs if parse.lemma[verb] == "flee" for c in parse.with_dep(verb, "dobj")]


def _is_leaving(parse: Parse, head: int) -> bool:
    """True for those who leave: 'the withdrawal of forces from Panama' tells nothing of whose they are."""
    above = parse.head[head]
    if parse.dep[head] == "pobj":
        above = parse.head[above]
    return parse.lemma[above].lower() in listed(WordList.LEAVING)
