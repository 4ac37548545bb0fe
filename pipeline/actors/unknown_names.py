"""Names that the registry does not know: what they name, by their own words and those beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.actors.entries import Alias
from pipeline.actors.found_name import Name, of_entry
from pipeline.actors.kinds import (
    body_noun_beside,
    country_in,
    has_age,
    is_acronym,
    is_spoken_of,
    is_who,
    kind_of,
    land_of,
    person_noun_beside,
    role_of,
)
from pipeline.actors.lexicon import Title, given_names, name_words, peoples, role_nouns
from pipeline.actors.organs import STATE_ROLES
from pipeline.actors.registry import Registry
from pipeline.actors.runs import dateline_place, longest_known, surface, town_country
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How

_PARTY_AND_STATE = re.compile(r"[DRI]-[A-Z]")
"""Party and state of a member of the US Congress, which name nobody: 'Ann Lee, R-Tex.'."""


_COUNTING = frozenset({"JJS", "JJR", "DT", "CD", "RBS"})
"""Tags of a word that counts, where it begins a sentence: 'Most' of the banks is no Czech town."""


def unknown_name(
    parse: Parse, first: int, end: int, registry: Registry, title: tuple[int, int] | None, held: tuple[Title, ...]
) -> Name | None:
    """A name that the registry does not know, or None for what is no actor's (a day, a law, a cup)."""
    if parse.word[end - 1].lower() in peoples() or _PARTY_AND_STATE.match(surface(parse, first, end)):
        return None
    in_capitals = () if held else dateline_place(parse, first, end, registry)
    if in_capitals:
        return of_entry(first, end, in_capitals, None, ())
    country = town_country(parse, first, end)
    if country is not None and not held and not (end - first == 1 and parse.tag[first] in _COUNTING):
        return Name(first, end - 1, ActorType.PLACE, (), None, (), country=country, gender="n")
    lead = longest_known(parse, first, end, registry)
    aliases = registry.named(surface(parse, first, lead)) if lead > first else ()
    kind = kind_of(parse, first, end)
    person = bool(held) or (parse.word[first] in given_names() and end - first in {2, 3})
    if kind is not None and kind.kind == "other" and not person:
        return None
    organ = _organ_of_region(parse, first, lead, end, registry)
    if organ is not None and not held:
        return Name(
            first,
            end - 1,
            ActorType.ORGANISATION,
            (),
            title,
            (),
            organ,
            land_of([a.entry for a in aliases], parse.word[lead:end]),
            "n",
        )
    if kind is not None and kind.kind != "other" and not held:
        country = country_in(parse, first, end, registry) if kind.code != "BUS" else None
        return Name(
            first,
            end - 1,
            ActorType(kind.kind),
            (),
            title,
            held,
            kind.code or role_of(parse, first, end),
            country,
            "n",
        )
    country = next((a.entry.country for a in aliases if a.entry.type is ActorType.COUNTRY), None)
    if country and lead < end and any(a.how is How.DEMONYM for a in aliases):
        personal = held or parse.word[lead] in given_names() or (parse.pos[lead - 1] == "ADJ" and lead + 1 < end)
        if personal:
            title, first = title or (first, lead), lead
    noun = role_nouns().get(parse.word[end - 1].lower())
    if noun is not None and not held and parse.word[first] not in given_names():
        if noun.kind == "person" or first + 1 == end or noun.plural:
            return None
        return Name(first, end - 1, ActorType.ORGANISATION, (), title, held, role_of(parse, first, end), gender="n")
    if parse.word[first] in listed(WordList.DEGREE) or (
        not held and all(w.lower() in name_words() for w in parse.word[first:end])
    ):
        return None
    return _of_its_land(_person_or_unknown(parse, first, end, title, held), aliases, first < lead < end - 1)


def _of_its_land(name: Name, aliases: Sequence[Alias], leads: bool) -> Name:
    """A name of unknown kind, with the one country that it begins with: 'Kenya Hydropower Fund'."""
    lands = {a.entry.country for a in aliases if a.entry.type is ActorType.COUNTRY}
    if leads and name.kind is ActorType.UNKNOWN and len(lands) == 1:
        name.country = lands.pop()
    return name


def _organ_of_region(parse: Parse, first: int, lead: int, end: int, registry: Registry) -> str | None:
    """Role of a body that is named after a region: LEG for 'Ohio House of Representatives'; None if it is none."""
    if not first < lead < end or longest_known(parse, lead, end, registry) != end:
        return None
    codes = (a.entry.code[3:6] for a in registry.named(surface(parse, lead, end)))
    return next((code for code in codes if code in STATE_ROLES), None)


def _person_or_unknown(
    parse: Parse, first: int, end: int, title: tuple[int, int] | None, held: tuple[Title, ...]
) -> Name:
    words = parse.word[first:end]
    gender = next((t.gender for t in held if t.gender), None)
    given = words[0] if words[0] in given_names() else None
    if given is not None and len(words) > 1:
        gender = gender or given_names()[given]
    head = end - 1
    if not held and body_noun_beside(parse, head):
        return Name(first, head, ActorType.ORGANISATION, (), title, gender="n")
    noun = person_noun_beside(parse, first, head)
    if (
        held
        or noun is not None
        or is_who(parse, head)
        or (given is not None and 2 <= len(words) <= 5)
        or has_age(parse, end)
    ):
        if noun is not None:
            gender = gender or noun.gender
        return Name(first, head, ActorType.PERSON, (), title, held, gender=gender)
    if is_acronym(words):
        return Name(
            first,
            head,
            ActorType.ORGANISATION if is_spoken_of(parse, head) else ActorType.UNKNOWN,
            (),
            title,
            gender="n",
        )
    return Name(first, head, ActorType.UNKNOWN, (), title)
