"""Roles: from the places of a trigger to the actors that stand there, with text, ids and codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.actors.mentions import SHARED_NOUN
from pipeline.events import arguments
from pipeline.events.kinds import SECTORS, Kinds
from pipeline.events.triggers import load_senses
from pipeline.tables import Mention
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How

_OTHER_ROLES = frozenset({"BUS", "DEV", "ELI", "ENV", "HRI", "MOD", "RAD", "REL", "JRN", "UNK", "SOC", "PRE", "PRM"})
_ORGANS = ("armed", "police", "court", "official")
_OWNERS: tuple[str, ...] = ("by", "from")
_THERE = frozenset({"place", "people", "property", "force", "armed", "police", "civil"})
_CUT = frozenset({"relcl", "acl", "appos", "punct", "prep", "cc", "conj", "advcl", "parataxis", "case"})


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
        """The codes that say whose the actor is, each once: a bare role ("police", COP) is no code of an actor."""
        return list(dict.fromkeys(m.actor_code for m in self.mentions if m.actor_code and has_origin(m)))

    @property
    def code(self) -> str | None:
        """The code of the first actor, if it says whose the actor is."""
        return self.mentions[0].actor_code if self.mentions and has_origin(self.mentions[0]) else None

    @property
    def first(self) -> Mention | None:
        """The first actor, if it is known."""
        return self.mentions[0] if self.mentions else None


def has_origin(mention: Mention) -> bool:
    """Whether an actor's code begins with a country, a region or a kind of international body."""
    code = mention.actor_code
    return (
        code is not None and not any(code[:3] in roles for roles in SECTORS.values()) and code[:3] not in _OTHER_ROLES
    )


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
            span = _span(parse, kinds, head, own)
    if span is None:
        return None
    return Party(parse.text[span[0] : span[1]], span[0], span[1], tuple(found), heads[0])


def mentions_of(parse: Parse, kinds: Kinds, head: int) -> list[Mention]:
    """The actors that a phrase names: by its head, else those whose thing or people it is."""
    mentions = kinds.mentions
    if mentions.at(head) is not None:
        named = mentions.of_phrase(head)
        own = [m for m in mentions.all_of_phrase(head) if m is named or m.rule == SHARED_NOUN]
        own = [m for m in own if m.actor_type is not ActorType.PLACE or m.actor_code is not None]
        if any(has_origin(m) or (m.actor_id and m.actor_type is ActorType.PERSON) for m in own):
            return _of_each_land(parse, kinds, head, own)
        around = _before(parse, kinds, head) or _after(parse, kinds, head)
        if own and around and all(m.actor_type is ActorType.PERSON for m in around):
            return _of_person(own, around[0])
        return _with_code_of(own, around) if own and own[0].actor_id else around or own
    return _before(parse, kinds, head) or _after(parse, kinds, head) or _of_counting(parse, kinds, head)


def _of_person(own: list[Mention], owner: Mention) -> list[Mention]:
    """Those whom a person's phrase names, who are not the person: "her family"; his state's organs: "his government"."""
    role = own[0].actor_code or ""
    if owner.country is None or not any(role[:3] in SECTORS[kind] for kind in _ORGANS):
        return own
    return [replace(own[0], country=owner.country, actor_code=f"{owner.country}{role}"), *own[1:]]


def _of_each_land(parse: Parse, kinds: Kinds, head: int, own: list[Mention]) -> list[Mention]:
    """A group from several countries, once for each: "negotiators from Chad and Niger".

    Its mention has the code of one of them, and lends its role to the others.
    """
    group = own[0]
    if len(own) > 1 or group.how is not How.NOMINAL or group.actor_id or group.country is None:
        return own
    role = (group.actor_code or "").removeprefix(group.country)
    for preposition in ("from", "of", "in"):
        place = arguments.after_preposition(parse, head, preposition)
        if place is None:
            continue
        lands = [m for m in kinds.mentions.all_of_phrase(place) if m.actor_type is ActorType.COUNTRY]
        if len(lands) > 1 and group.country in {m.country for m in lands}:
            return [replace(m, actor_id=None, actor_code=f"{m.country}{role}") for m in lands]
    return own


def _of_counting(parse: Parse, kinds: Kinds, head: int) -> list[Mention]:
    """The actor after the noun that counts a noun: "a team of inspectors from Chad"."""
    preposition = parse.head[head]
    counting = parse.head[preposition]
    if parse.dep[head] != "pobj" or parse.word[preposition].lower() != "of" or not kinds.is_quantity(counting):
        return []
    return _before(parse, kinds, counting) or _after(parse, kinds, counting, _OWNERS)


def _with_code_of(own: list[Mention], around: list[Mention]) -> list[Mention]:
    """Somebody known by name alone, with the code of whose he is: "the Chadian firm Norvia", "the party's Ann Lee"."""
    code = next((m.actor_code for m in around if has_origin(m)), None)
    return [replace(own[0], actor_code=code), *own[1:]] if code else own


def _after(parse: Parse, kinds: Kinds, head: int, about: tuple[str, ...] = _OWNERS) -> list[Mention]:
    """The actor after a noun: whose it is ("a plan by Spain", "positions of the army", "a town in Chad")."""
    if not is_act_noun(parse, head):
        about += ("of",)
    if "place" in kinds.of(head):
        about += ("for",)
    if kinds.is_actor(head) or parse.pos[head] == "PROPN" or not kinds.of(head).isdisjoint(_THERE):
        about += ("in", "at", "near")
    for preposition in about:
        place = arguments.after_preposition(parse, head, preposition)
        if place is None:
            continue
        inner = [m for m in (kinds.mentions.of_phrase(place),) if m is not None] or _before(parse, kinds, place)
        found = [m for m in inner if m.actor_code]
        if found:
            return found
        if preposition == "of":
            deeper = _after(parse, kinds, place)
            if deeper:
                return deeper
    return []


def is_matter(kinds: Kinds, head: int) -> bool:
    """Whether a noun is neither somebody nor some place or thing that can be attacked."""
    return kinds.of(head).isdisjoint(_THERE | {"actor", "official", "court", "org", "aid", "arms"})


def is_act_noun(parse: Parse, token: int, slot: str = "of") -> bool:
    """Whether a noun names an act, so that its of-phrase is a participant and no owner ("the killing of villagers")."""
    senses = load_senses().get((parse.lemma[token].lower(), "n"), ())
    return any(slot in sense.frame.recipient for sense in senses)


def _before(parse: Parse, kinds: Kinds, head: int) -> list[Mention]:
    """The actors named before a noun: possessors and adjectives of nation ("Syrian and Iraqi troops")."""
    found: list[Mention] = []
    for c in parse.children[head]:
        if parse.dep[c] in ("poss", "amod", "compound", "nmod") and c < head:
            for t in (*parse.conjuncts(c), *parse.with_dep(c, "amod", "compound", "poss", "nmod")):
                inner = kinds.mentions.at(t)
                if inner is not None and inner.actor_code and inner not in found:
                    found.append(inner)
    return found


def _span(parse: Parse, kinds: Kinds, head: int, own: Sequence[Mention]) -> tuple[int, int]:
    """The words of a party: those of whom it names, else the phrase up to its head and of-phrase.

    Of a thing that somebody is behind ("a ban by the general") they are the words for him.
    """
    for mention in own:
        if mention.start <= parse.start[head] < mention.end:
            return mention.start, mention.end
    behind = own and own[0].start > parse.start[head] and own[0].how is not How.PRONOUN
    if behind and parse.pos[head] == "NOUN" and is_matter(kinds, head):
        return own[0].start, own[0].end
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
