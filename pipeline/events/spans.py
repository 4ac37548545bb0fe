"""Spans: the words of a party in the text."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.datelines import is_in_dateline
from pipeline.events.kinds import Kinds
from pipeline.tables import Mention
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How

THERE = frozenset({"place", "people", "property", "force", "armed", "police", "civil"})
_CUT = frozenset({"relcl", "acl", "appos", "punct", "prep", "cc", "conj", "advcl", "parataxis", "case"})


def is_matter(kinds: Kinds, head: int) -> bool:
    """Whether a noun is neither somebody nor some place or thing that can be attacked."""
    return kinds.of(head).isdisjoint(THERE | {"actor", "official", "court", "org", "aid", "arms"})


def span_of(parse: Parse, kinds: Kinds, head: int, own: Sequence[Mention]) -> tuple[int, int]:
    """The words of a party: those of whom it names, else the phrase up to its head and of-phrase.

    Of a thing that somebody is behind ("a ban by the general") they are the words for him.
    """
    for mention in own:
        if mention.start <= parse.start[head] < mention.end:
            return _whole_word(parse, _with_owners(parse, kinds, head, mention)), mention.end
    behind = own and own[0].start > parse.start[head] and own[0].how is not How.PRONOUN
    behind = behind and own[0].actor_type is not ActorType.PLACE
    if behind and parse.pos[head] == "NOUN" and is_matter(kinds, head):
        return own[0].start, own[0].end
    first, last = head, head
    for c in parse.children[head]:
        if c < head and parse.dep[c] not in _CUT and not is_in_dateline(parse, c, head):
            first = min(first, parse.left[c])
        elif c > head and parse.dep[c] == "prep" and parse.word[c].lower() == "of" and c == last + 1:
            inner = parse.child(c, "pobj")
            if inner is not None:
                last = inner
        elif c > head and parse.dep[c] == "appos" and kinds.mentions.at(c) in own:
            last = c
    while first < head and (parse.pos[first] in ("PUNCT", "ADV", "CCONJ", "SCONJ") or parse.tag[first] in ("``", "''")):
        first += 1
    while last + 2 < len(parse) and parse.word[last + 1] == "-" and parse.start[last + 2] == parse.end[last] + 1:
        last += 2
    return parse.start[first], parse.end[last]


def _whole_word(parse: Parse, start: int) -> int:
    """Where a word begins of which a mention is the last part: "Chad" in "Chad-led force" for "led force"."""
    token = parse.token_at(start)
    while token >= 2 and parse.word[token - 1] == "-" and parse.end[token - 2] == parse.start[token - 1]:
        if parse.end[token - 1] != parse.start[token]:
            break
        token -= 2
    return parse.start[token]


def _with_owners(parse: Parse, kinds: Kinds, head: int, mention: Mention) -> int:
    """Where a group's words begin, with those before them that say whose it is: "the party's" before "staff"."""
    if mention.how not in (How.NOMINAL, How.TITLE):
        return mention.start
    first = parse.token_at(mention.start)
    for c in parse.children[head]:
        names = kinds.mentions.at(c) is not None or (parse.pos[c] == "PROPN" and "time" not in kinds.of(c))
        if c < first and names and parse.dep[c] in ("poss", "compound", "nmod") and not is_in_dateline(parse, c, head):
            first = min(first, parse.left[c])
    return parse.start[first]
