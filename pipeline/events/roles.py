"""Roles: from the places of a trigger to the actors that stand there, with text, ids and codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.actors.mentions import SHARED_NOUN
from pipeline.events import arguments
from pipeline.events.kinds import Kinds
from pipeline.tables import Mention
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType

_OWNERS = ("by", "from")
_CUT = frozenset({"relcl", "acl", "appos", "punct", "prep", "cc", "conj", "advcl", "parataxis", "case"})
_PLURAL_WE = frozenset({"we", "us", "i", "me"})


@dataclass(frozen=True, slots=True)
class Party:
    """The actors in one role: the words of the first, and all that are known."""

    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...]
    head: int

    @property
    def ids(self) -> list[str]:
        """The ids of the actors that have one, each once."""
        return list(dict.fromkeys(m.actor_id for m in self.mentions if m.actor_id))

    @property
    def codes(self) -> list[str]:
        """The codes of the actors that have one, each once."""
        return list(dict.fromkeys(m.actor_code for m in self.mentions if m.actor_code))

    @property
    def first(self) -> Mention | None:
        """The first actor, if it is known."""
        return self.mentions[0] if self.mentions else None


def find_party(parse: Parse, kinds: Kinds, heads: Sequence[int]) -> Party | None:
    """The party named by coordinated phrases, or None where there are none."""
    if not heads:
        return None
    found: list[Mention] = []
    span: tuple[int, int] | None = None
    for head in heads:
        own = mentions_of(parse, kinds, head)
        found.extend(m for m in own if m not in found)
        if span is None:
            span = _span(parse, head, own)
    if span is None:
        return None
    return Party(parse.text[span[0] : span[1]], span[0], span[1], tuple(found), heads[0])


def mentions_of(parse: Parse, kinds: Kinds, head: int) -> list[Mention]:
    """The actors that a phrase names: by its head, else those whose thing or people it is."""
    mentions = kinds.mentions
    if mentions.at(head) is not None:
        named = mentions.of_phrase(head)
        own = [m for m in mentions.all_of_phrase(head) if m is named or m.rule == SHARED_NOUN]
        return [m for m in own if m.actor_type is not ActorType.PLACE or m.actor_code is not None]
    found = _before(parse, kinds, head)
    prepositions = _OWNERS + (("of", "in") if kinds.is_actor(head) else ())
    for preposition in prepositions if not found else ():
        place = arguments.after_preposition(parse, head, preposition)
        inner = mentions.at(place) if place is not None else None
        if inner is not None and inner.actor_code:
            return [inner]
    return found


def _before(parse: Parse, kinds: Kinds, head: int) -> list[Mention]:
    """The actors named before a noun: possessors and adjectives of nation ("Syrian and Iraqi troops")."""
    found: list[Mention] = []
    for c in parse.children[head]:
        if parse.dep[c] in ("poss", "amod", "compound", "nmod") and c < head:
            for t in parse.conjuncts(c):
                inner = kinds.mentions.at(t)
                if inner is not None and inner.actor_code and inner not in found:
                    found.append(inner)
    return found


def _span(parse: Parse, head: int, own: Sequence[Mention]) -> tuple[int, int]:
    """The words of a party: the mention where it covers the head, else the phrase up to its head and of-phrase."""
    for mention in own:
        if mention.start <= parse.start[head] < mention.end:
            return mention.start, mention.end
    first, last = head, head
    for c in parse.children[head]:
        if c < head and parse.dep[c] not in _CUT:
            first = min(first, parse.left[c])
        elif c > head and parse.dep[c] == "prep" and parse.word[c].lower() == "of" and c == last + 1:
            inner = parse.child(c, "pobj")
            if inner is not None:
                last = inner
    while first < head and (parse.pos[first] in ("PUNCT", "ADV", "CCONJ") or parse.tag[first] in ("``", "''")):
        first += 1
    return parse.start[first], parse.end[last]
