"""Roles: from the places of a trigger to the actors that stand there, with text, ids and codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.actors.mentions import SHARED_NOUN
from pipeline.events import arguments
from pipeline.events.datelines import is_in_dateline
from pipeline.events.kinds import SECTORS, Kinds, word_classes
from pipeline.events.spans import THERE, span_of
from pipeline.events.triggers import load_senses
from pipeline.events.words import is_listed
from pipeline.tables import Mention
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How

_OTHER_ROLES = frozenset({"BUS", "DEV", "ELI", "ENV", "HRI", "MOD", "RAD", "REL", "JRN", "UNK", "SOC", "PRE", "PRM"})
_SIDES = frozenset({"party", "side", "signatory"})
"""Nouns of those who take part in what stands after "to" ("parties to the conflict in Chad")."""
_INTERNATIONAL = frozenset({"IMG"})
"""Roles that stand for a country where the actor has none: militant groups of several countries."""
_ORGANS = ("armed", "police", "court", "official")
_OWNERS: tuple[str, ...] = ("by", "from")
_DESCRIBING = frozenset({"speaking", "dominant", "language", "born", "backed", "made", "supported", "friendly"})
"""Words behind a hyphen that make the name before it describe somebody else's people or things."""
_WHERE = ("in", "at", "near")


@dataclass(frozen=True, slots=True)
class Party:
    """The actors in one role: the words of the first, and all that are known."""

    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...]
    head: int
    is_first_known: bool = True
    """Whether the first mention is that of the words: it is not for "the press and the king" where the king alone is known."""

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
        return self.first.actor_code if self.first and has_origin(self.first) else None

    @property
    def first(self) -> Mention | None:
        """The first actor, if it is known."""
        return self.mentions[0] if self.mentions and self.is_first_known else None


def has_origin(mention: Mention) -> bool:
    """Whether an actor's code begins with a country, a region or a kind of international body."""
    kind = (mention.actor_code or "")[:3]
    if kind in _INTERNATIONAL:
        return True
    return bool(kind) and kind not in _OTHER_ROLES and not any(kind in roles for roles in SECTORS.values())


def find_party(parse: Parse, kinds: Kinds, heads: Sequence[int]) -> Party | None:
    """The party named by coordinated phrases, or None where there are none."""
    if not heads:
        return None
    found: list[Mention] = []
    span: tuple[int, int] | None = None
    is_first_known = True
    for head in heads:
        own = mentions_of(parse, kinds, head)
        found.extend(m for m in own if m not in found)
        if span is None:
            span = span_of(parse, kinds, head, own)
            is_first_known = any(m.actor_id or m.actor_code for m in own)
    if span is None:
        return None
    return Party(parse.text[span[0] : span[1]], span[0], span[1], tuple(found), heads[0], is_first_known)


def mentions_of(parse: Parse, kinds: Kinds, head: int) -> list[Mention]:
    """The actors that a phrase names: by its head, else those whose thing or people it is."""
    mentions = kinds.mentions
    if mentions.at(head) is not None and not is_paper(kinds, head):
        named = mentions.of_phrase(head)
        own = [m for m in mentions.all_of_phrase(head) if m is named or m.rule == SHARED_NOUN]
        own = [m for m in own if m.actor_type is not ActorType.PLACE or m.actor_code is not None]
        if any(has_origin(m) or (m.actor_id and m.actor_type is ActorType.PERSON) for m in own):
            return _of_each_land(parse, kinds, head, own)
        around = _before(parse, kinds, head) or _after(parse, kinds, head) or _of_counting(parse, kinds, head)
        if own and around and all(m.actor_type is ActorType.PERSON for m in around):
            return _of_person(own, around[0])
        if own and not around:
            return _on_the_side_of(parse, kinds, head, own)
        return _with_code_of(own, around) if own and own[0].actor_id else around or own
    named = _in_apposition(parse, kinds, head)
    if named is not None:
        return [named]
    around = _before(parse, kinds, head)
    if around and "people" in kinds.of(head) and all(m.actor_type is ActorType.PERSON for m in around):
        return []
    return around or _after(parse, kinds, head) or _of_counting(parse, kinds, head)


def _in_apposition(parse: Parse, kinds: Kinds, head: int) -> Mention | None:
    """Who is named behind a noun that tells no more than his part: "his rival Ann Lee"."""
    if parse.tag[head] in ("NNS", "NNPS"):
        return None
    mentions = (kinds.mentions.at(c) for c in parse.with_dep(head, "appos") if parse.pos[c] == "PROPN")
    return next((m for m in mentions if m is not None and m.actor_type is ActorType.PERSON), None)


def _of_person(own: list[Mention], owner: Mention) -> list[Mention]:
    """Those whom a person's phrase names, who are not the person: "her family"; his state's organs: "his government"."""
    role = own[0].actor_code or ""
    if owner.country is None or not any(role[:3] in SECTORS[kind] for kind in _ORGANS):
        return own
    return [replace(own[0], country=owner.country, actor_code=f"{owner.country}{role}"), *own[1:]]


def _on_the_side_of(parse: Parse, kinds: Kinds, head: int, own: list[Mention]) -> list[Mention]:
    """A group with the country of those whose side it is on: "fighters loyal to the Chadian general"."""
    for c in parse.children[head]:
        if c < head or "siding" not in word_classes(parse.word[c]) or own[0].how is not How.NOMINAL:
            continue
        places = (arguments.after_preposition(parse, c, preposition) for preposition in ("to", "with"))
        found = (m for p in places if p is not None for m in (*_before(parse, kinds, p), *mentions_of(parse, kinds, p)))
        country = next((m.country for m in found if m.country is not None), None)
        if country is not None:
            return [replace(own[0], country=country, actor_code=f"{country}{own[0].actor_code or ''}"), *own[1:]]
    return own


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
    if parse.lemma[head] in _SIDES:
        about += ("to",)
    if kinds.is_actor(head) or parse.pos[head] == "PROPN" or not kinds.of(head).isdisjoint(THERE):
        about += _WHERE
    for preposition in about:
        place = arguments.after_preposition(parse, head, preposition)
        if place is None and preposition in ("in", "to"):
            place = _place_beside(parse, kinds, head, preposition)
        if place is None:
            continue
        inner = [m for m in (kinds.mentions.of_phrase(place),) if m is not None] or _before(parse, kinds, place)
        found = [m for m in inner if m.actor_code]
        if not found and preposition in ("of", "to"):
            found = _after(parse, kinds, place, _OWNERS if preposition == "of" else _OWNERS + _WHERE)
        if found:
            return _unnamed(kinds, head, found) if preposition in (*_WHERE, "to") else found
    return _where_they_are(parse, kinds, head)


def _where_they_are(parse: Parse, kinds: Kinds, head: int) -> list[Mention]:
    """The country or town of people or things that are told to be there: "refugees living in Chad", "roads leading to Abeche"."""
    for participle in parse.with_dep(head, "acl"):
        if "situated" not in word_classes(parse.lemma[participle]):
            continue
        for preposition in ("in", "into", "to", "at", "near"):
            place = arguments.after_preposition(parse, participle, preposition)
            found = kinds.mentions.of_phrase(place) if place is not None else None
            if found is not None and found.country is not None:
                return _unnamed(kinds, head, [found])
    return []


def _unnamed(kinds: Kinds, head: int, places: list[Mention]) -> list[Mention]:
    """The mentions of a place; without its id where they tell of people, who are there and are not the place."""
    is_place = kinds.of(head).isdisjoint({"people", "civil", "actor", "official", "armed"})
    return places if is_place else [replace(m, actor_id=None) for m in places]


def _place_beside(parse: Parse, kinds: Kinds, head: int, preposition: str) -> int | None:
    """What stands right behind a phrase, although the parse hangs it on the verb ("sent monitors to Norvia in Chad")."""
    after = parse.right[head] + 1
    if (
        after >= len(parse)
        or parse.word[after].lower() != preposition
        or parse.head[after] not in parse.ancestors(head)
    ):
        return None
    mention = kinds.mentions.at(head)
    is_known = mention is not None and mention.actor_type is not ActorType.UNKNOWN
    is_name = parse.pos[head] == "PROPN" and (mention is not None or parse.child(head, "compound") is not None)
    if preposition == "in" and (is_known or not is_name):
        return None
    return parse.child(after, "pobj")


def is_act_noun(parse: Parse, token: int, slot: str = "of") -> bool:
    """Whether a noun names an act, so that its of-phrase is a participant and no owner ("the killing of villagers")."""
    senses = load_senses().get((parse.lemma[token].lower(), "n"), ())
    return any(slot in sense.frame.recipient for sense in senses)


def is_paper(kinds: Kinds, token: int) -> bool:
    """Whether a name is that of a law, an order or a treaty, and nobody's: "the Information Act"."""
    mention = kinds.mentions.at(token)
    named = mention is not None and mention.actor_type is ActorType.UNKNOWN
    return named and not word_classes(kinds.parse.lemma[token]).isdisjoint({"document", "policy"})


def _before(parse: Parse, kinds: Kinds, head: int) -> list[Mention]:
    """The actors named before a noun: possessors and adjectives of nation ("Syrian and Iraqi troops").

    Whose rival or successor somebody is does not tell whose he is, nor the Russian language that it is Russia's.
    """
    found: list[Mention] = []
    if "tongue" in word_classes(parse.lemma[head]):
        return []
    is_opposed = "opposed" in word_classes(parse.lemma[head])
    for c in parse.children[head]:
        if (is_opposed and parse.dep[c] == "poss") or is_in_dateline(parse, c, head) or _is_site(kinds, c, head):
            continue
        if parse.dep[c] in ("poss", "amod", "compound", "nmod") and c < head and not _is_of_a_kind(parse, c, head):
            for t in (*parse.conjuncts(c), *_modifiers(parse, kinds, c)):
                inner = kinds.mentions.at(t)
                if inner is not None and inner.actor_code and inner not in found:
                    found.append(inner)
    return found


def _is_site(kinds: Kinds, modifier: int, head: int) -> bool:
    """Whether a town only gives its name to what was agreed or held there: "the Paris agreement"."""
    parse, mention = kinds.parse, kinds.mentions.at(modifier)
    named = mention is not None and mention.actor_type is ActorType.PLACE and parse.dep[modifier] != "poss"
    return named and is_listed(parse.lemma[head], "sited")


def _modifiers(parse: Parse, kinds: Kinds, owner: int) -> list[int]:
    """The words before an owner that say whose it is; none where its own mention says it ("a Texas prosecutor's")."""
    mention = kinds.mentions.at(owner)
    known = mention is not None and mention.how is How.NOMINAL and has_origin(mention)
    return [] if known else parse.with_dep(owner, "amod", "compound", "poss", "nmod")


def _is_of_a_kind(parse: Parse, modifier: int, head: int) -> bool:
    """Whether a modifier describes, and does not say whose: "Spanish-speaking voters", "the Iran-backed group"."""
    hyphens = [
        t for t in range(parse.left[modifier], head) if parse.word[t] == "-" and parse.end[t] == parse.start[t + 1]
    ]
    if not hyphens or (hyphens[0] < modifier - 1 and parse.word[modifier].lower() not in _DESCRIBING):
        return False
    return any(parse.word[t + 1].lower() in _DESCRIBING for t in hyphens)
