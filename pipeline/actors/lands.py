"""Which countries an article names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.actors.codes import PhraseCode
from pipeline.actors.entries import Alias
from pipeline.actors.found_name import Name
from pipeline.actors.organs import names_an_organ
from pipeline.actors.registry import Registry
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed
from pipeline.vocabulary import ActorType, How


@dataclass(frozen=True, slots=True)
class Lands:
    """The countries of an article, as evidence for a name of several: 'Georgia', 'Congolese'.

    Attributes:
        named: Those named beyond doubt.
        at_home: Those of which a town or province is named that is no seat of government.
        organs: Those whose organs or parties have names of common words here: 'Republicans', 'the Senate'.
    """

    named: frozenset[str]
    at_home: frozenset[str]
    organs: frozenset[str]

    def meant(self, aliases: Sequence[Alias], *, locally: bool = False) -> list[Alias]:
        """What a name of several countries and their parts can mean in this article; all where nothing tells.

        A part of a country is meant beside other towns or provinces of it, or where no other country is named; the
        country is meant beside its own people and towns, and in an article on other countries.

        Args:
            aliases: What the name may mean.
            locally: True with an officer whom only the part has: 'Georgia's governor'.
        """
        states = [a for a in aliases if a.entry.type is ActorType.COUNTRY]
        parts = [a for a in aliases if a.entry.type is ActorType.PLACE]
        if not states or not parts:
            near = [a for a in aliases if a.entry.country in self.named]
            return near or list(aliases[:1] if aliases[0].how is How.DEMONYM else aliases)
        own = {a.entry.country for a in states} & self.named
        theirs = {a.entry.country for a in parts}
        if locally or (theirs & self.at_home and not own):
            return parts
        if own:
            return list(aliases) if theirs & self.at_home else states
        if self.named - theirs:
            return states
        return parts if theirs & (self.named | self.organs) else list(aliases)

    def settled(self, words: Sequence[str], code: PhraseCode, registry: Registry) -> PhraseCode:
        """The code of a phrase with the country that its name of several has here; none where that is unclear."""
        several = of_several_lands(registry)
        if several.keys().isdisjoint(words):
            return code
        for n, word in enumerate(words):
            aliases = several.get(word, ())
            if not any(a.entry.country == code.country for a in aliases):
                continue
            locally = any(w.lower() in listed(WordList.LOCAL_OFFICE) for w in words[n + 1 :])
            lands = {a.entry.country for a in self.meant(aliases, locally=locally)}
            land = lands.pop() if len(lands) == 1 else None
            old = code.country or ""
            return PhraseCode(land, (code.code or "").replace(old, land or "", 1) or None)
        return code


@cache
def of_several_lands(registry: Registry) -> Mapping[str, tuple[Alias, ...]]:
    """Names and adjectives of one word that mean several countries or parts of them: "Georgia", "Congolese"."""
    found: dict[str, tuple[Alias, ...]] = {}
    for surface in registry.surfaces():
        aliases = tuple(a for a in registry.named(surface) if a.how is not How.METONYM)
        if " " not in surface and len({a.entry.country for a in aliases}) > 1 and _are_lands(aliases):
            found[surface] = aliases
    return found


def _are_lands(aliases: Sequence[Alias]) -> bool:
    return all(a.entry.type in {ActorType.COUNTRY, ActorType.PLACE} for a in aliases)


def lands_of(names: Sequence[Name]) -> Lands:
    """The countries that an article names, by what kind of name.

    Beyond doubt are their own names, their towns but the seats that stand for an international body too, their people.
    """
    named, at_home, organs = set[str](), set[str](), set[str]()
    for name in names:
        aliases = name.aliases
        country = aliases[0].entry.country if aliases else name.country
        if country is None or (len(aliases) > 1 and any(a.entry.country != country for a in aliases)):
            continue
        if name.kind is ActorType.PLACE and not any(a.how is How.METONYM for a in aliases):
            at_home.add(country)
        if aliases:
            (organs if names_an_organ(aliases[0]) else named).add(country)
    return Lands(frozenset(named), frozenset(at_home), frozenset(organs))


def countries_named(names: Sequence[Name]) -> frozenset[str]:
    """The countries that an article names, by themselves, their places, seats or well-known people, or by two parties."""
    found, parties = set[str](), dict[str, set[str]]()
    for alias in (name.aliases[0] for name in names if name.aliases):
        country = alias.entry.country
        if country and not names_an_organ(alias):
            found.add(country)
        elif country and alias.entry.code.endswith("PTY"):
            parties.setdefault(country, set()).add(alias.entry.actor_id)
    return frozenset(found | {country for country, named in parties.items() if len(named) > 1})


def states_named(names: Sequence[Name]) -> frozenset[str]:
    """The countries that an article names by their own names and adjectives: no town tells of its country there."""
    entries = (name.aliases[0].entry for name in names if name.aliases)
    return frozenset(e.country for e in entries if e.country and e.type is ActorType.COUNTRY)
