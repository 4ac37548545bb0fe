"""What a stretch of words tells of an actor's code: names first, then what the lexicons know of the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pipeline.actors.datafile import is_actor_code
from pipeline.actors.entries import Alias
from pipeline.actors.gazetteer import COMPASS, places
from pipeline.actors.lexicon import (
    INHERITS,
    RoleNoun,
    given_names,
    is_generic,
    modifiers,
    name_words,
    peoples,
    role_nouns,
    titles,
    world_regions,
)
from pipeline.actors.prominence import prominent, prominent_people
from pipeline.actors.registry import Registry
from pipeline.vocabulary import ActorType, How

FORMER = frozenset({"former", "ex", "retired", "ousted", "deposed", "onetime", "erstwhile"})


_ATTACHED = frozenset(
    {"backed", "supported", "sponsored", "funded", "trained", "made", "born", "allied", "held", "occupied"}
    | {"controlled", "imposed", "installed", "built", "bound", "aligned", "friendly"}
)
"""'US-backed rebels' are not American."""


_GOVERNING = frozenset({"leader", "leadership", "authority", "chief", "head", "side"})
"""Nouns that mean a government's people where a country alone stands beside them."""


INTERNATIONAL = frozenset({"IGO", "NGO", "NGM", "IMG", "MNC", "INT", "UIS"})


_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_RELIGIONS = frozenset({"MOS", "CHR", "JEW", "HIN", "BUD", "SIK", "SUN", "SHI", "CTH", "PRO", "DOX"})


_NOT_LENT = {"UAF": "REL", "LAB": "BUS"}
"""By the fallback of an inheriting noun the role that it does not take over: a firm's workers are labour."""


def is_not_lent(role: str | None, fallback: str) -> bool:
    """True for a role that a noun with that fallback does not inherit: 'Islamist fighters', 'workers of the company'."""
    return role is not None and role == _NOT_LENT.get(fallback)


class _Element(NamedTuple):
    """A stretch of words that tells a role: slots, or a noun that inherits them."""

    start: int
    role: str | RoleNoun
    stop: int


@dataclass(slots=True)
class Reading:
    """What one stretch of words tells."""

    country: str | None = None
    base: str = ""
    """Code of the state or body that the words name."""
    role: str | None = None
    fallback: str = ""
    governs: bool = False
    arms: bool = False
    owned: bool = False
    body: bool = False
    """True where the words name a body that is none of the state's."""
    former: bool = False
    person: bool = False
    elements: list[_Element] = field(default_factory=list)


def read_words(words: Sequence[str], registry: Registry, day: date | None) -> Reading:
    """Read one stretch: names first (longest match), then the lexicon on what they leave."""
    reading = Reading()
    lower = [w.lower() for w in words]
    taken = [False] * len(words)
    if any(w[0].isupper() for w in words):
        _take_titles(reading, lower, taken)
        for start, stop, alias in find_surfaces(words, registry):
            if any(taken[start:stop]):
                continue
            if _is_of_another(reading, alias, alias.code or registry.code_on(alias.entry, day)):
                continue
            taken[start:stop] = [True] * (stop - start)
            region = places().get(" ".join(words[start - 1 : stop])) if start and lower[start - 1] in COMPASS else None
            if region is not None:
                reading.country = reading.base = region
                continue
            _take_name(
                reading,
                alias,
                registry,
                day,
                (start, stop),
                at_end=stop == len(words),
                attached=_attached(lower, start, stop),
            )
        _take_surname(reading, words, taken, registry, day)
        _read_peoples(reading, lower, taken)
        _read_places(reading, words, taken)
        _read_regions(reading, words, taken)
    reading.owned = (
        bool(words)
        and _is_common(lower, len(lower) - 1)
        and any(
            word[0].isupper() and not taken[n] and (n or words[1] in _POSSESSIVE) and not _is_common(lower, n)
            for n, word in enumerate(words[:-1])
        )
    )
    reading.former = any(w in FORMER for w in lower)
    if not reading.person:
        _read_roles(reading, lower, taken)
    return reading


def _is_common(lower: Sequence[str], n: int) -> bool:
    """True for a word of the lexicon, or one inside a phrase of it: 'Vice' in 'Vice-President'."""
    known = (role_nouns(), titles(), modifiers(), name_words(), world_regions())
    if any(lower[n] in words for words in known):
        return True
    for start in range(max(0, n - 3), n + 1):
        for stop in range(max(n + 1, start + 2), min(len(lower), start + 4) + 1):
            phrase = " ".join(lower[start:stop]).replace(" - ", "-")
            if any(phrase in words for words in known[:2]):
                return True
    return False


def _take_titles(reading: Reading, lower: Sequence[str], taken: list[bool]) -> None:
    """Titles of several words: in 'Serbian Labour Minister' there is no Labour party."""
    known = titles()
    for width in (4, 3, 2):
        for start in range(len(lower) - width + 1):
            title = known.get(" ".join(lower[start : start + width]))
            if title is not None and title.code and not any(taken[start : start + width]):
                taken[start : start + width] = [True] * width
                reading.elements.append(_Element(start, title.code, start + width))


def _attached(lower: Sequence[str], start: int, stop: int) -> bool:
    """True where a country is named for something else: 'US-backed rebels', 'pro-Russian', 'ethnic Albanian guerrillas'."""
    if (start and lower[start - 1] == "ethnic") or _sides(lower, start):
        return True
    return stop + 1 < len(lower) and lower[stop] == "-" and lower[stop + 1] in _ATTACHED


def _sides(lower: Sequence[str], start: int) -> bool:
    """True after 'pro-' and 'anti-'."""
    return start > 1 and lower[start - 1] == "-" and lower[start - 2] in {"pro", "anti"}


def find_surfaces(words: Sequence[str], registry: Registry) -> Iterator[tuple[int, int, Alias]]:
    """Names, demonyms and metonyms among the words: the longest match at each place, left to right."""
    start = 0
    while start < len(words):
        stop = _match(words, start, registry)
        if stop == start:
            start += 1
            continue
        surface = " ".join(words[start:stop]).replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "’s")
        found = registry.named(surface)
        if found:
            yield start, stop, found[0]
        start = stop


def _match(words: Sequence[str], start: int, registry: Registry) -> int:
    word = words[start]
    for candidate in (word, word.title()) if word.isupper() and len(word) > 4 else (word,):
        for surface in registry.starts(candidate):
            stop = start + len(surface)
            if stop == start + 1 or (stop <= len(words) and tuple(words[start:stop]) == surface):
                return stop
    return start


def _take_name(
    reading: Reading,
    alias: Alias,
    registry: Registry,
    day: date | None,
    span: tuple[int, int],
    *,
    at_end: bool,
    attached: bool,
) -> None:
    entry = alias.entry
    code = alias.code or registry.code_on(entry, day)
    abroad = code[:3] in INTERNATIONAL
    base, role = (code, "") if abroad else (code[:3], code[3:])
    if attached:
        return
    if entry.type is ActorType.PERSON and at_end:
        reading.country, reading.base, reading.role, reading.person = entry.country, base, role or None, True
        return
    if entry.country or abroad:
        reading.country, reading.base = (None if abroad else entry.country), base
    reading.body |= entry.type is ActorType.ORGANISATION and not role and not abroad
    if role and entry.type is not ActorType.PLACE:
        reading.elements.append(_Element(span[0], role, span[1]))


def _is_of_another(reading: Reading, alias: Alias, code: str) -> bool:
    """True where a state's organ or party is named like another's: 'Chile's Defense Department' is not American."""
    entry = alias.entry
    if names_an_organ(alias) and entry.country != reading.country:
        return True
    if entry.type is not ActorType.ORGANISATION or not reading.country or code[:3] in INTERNATIONAL:
        return False
    return entry.country != reading.country and code[3:6] in STATE_ROLES


STATE_ROLES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY", "OPP"})
"""Roles of organs and parties, which have namesakes in many countries."""


def names_an_organ(alias: Alias) -> bool:
    """True for a surface that means one state's organ or party, but is common words: 'Senate', 'National Guard'."""
    entry = alias.entry
    if entry.type is not ActorType.ORGANISATION or not entry.country or alias.how is How.METONYM:
        return False
    return entry.code[3:6] in STATE_ROLES | {"MED"} and is_generic(alias.surface)


def _take_surname(
    reading: Reading, words: Sequence[str], taken: list[bool], registry: Registry, day: date | None
) -> None:
    """'Museveni', 'President Duterte', 'Bush administration': a surname that one holder of high office bears.

    Of several of one country only the country is known, and only before a noun.
    """
    lower = [w.lower() for w in words]
    for n, word in enumerate(words):
        if taken[n] or not word[0].isupper() or word in given_names():
            continue
        if n and words[n - 1][0].isupper() and not taken[n - 1] and not _is_common(lower, n - 1):
            continue
        last = n + 1 == len(words)
        entry = prominent(registry, word, day)
        if entry is not None:
            taken[n] = True
            code = registry.code_on(entry, day)
            reading.country, reading.base = entry.country, code[:3]
            if last:
                reading.role, reading.person = code[3:] or None, True
            return
        bearers = prominent_people(registry, word, None)
        countries = {e.country for e in bearers if e.wikidata_id or word not in places()}
        if len(countries) == 1 and not last:
            taken[n] = True
            reading.country = countries.pop()
            reading.base = reading.country or ""
            return


def _read_peoples(reading: Reading, lower: Sequence[str], taken: list[bool]) -> None:
    """Ethnic and religious groups: a cleric of one is religious, its people are civilians."""
    known = peoples()
    for width in (2, 1):
        for start in range(len(lower) - width + 1):
            stop = start + width
            group = known.get(lower[start] if width == 1 else f"{lower[start]} {lower[start + 1]}")
            if group is None or any(taken[start:stop]):
                continue
            taken[start:stop] = [True] * width
            if group.country and not reading.country:
                reading.country = reading.base = group.country
            if stop == len(lower):
                slots = f"CVL{group.code}"
                reading.elements.append(_Element(start, slots if is_actor_code(f"USA{slots}") else "CVL", stop))
            elif group.code in _RELIGIONS:
                reading.elements.append(_Element(start, "REL", stop))


def _read_places(reading: Reading, words: Sequence[str], taken: Sequence[bool]) -> None:
    """A town or province, where no country is named; a part of a longer name is none: 'President Victor Hale'."""
    if reading.country or reading.base:
        return
    known = places()
    lower = [w.lower() for w in words]
    named = [w[0].isupper() and not taken[n] and not _is_common(lower, n) for n, w in enumerate(words)]
    for width in (3, 2, 1):
        for start in range(len(words) - width + 1):
            stop = start + width
            if not words[start][0].isupper() or any(taken[start:stop]) or any(named[max(0, start - 1) : start]):
                continue
            country = known.get(" ".join(words[start:stop])) if not any(named[stop : stop + 1]) else None
            if country is not None:
                reading.country = reading.base = country
                return


def _read_regions(reading: Reading, words: Sequence[str], taken: Sequence[bool]) -> None:
    """'European leaders' are of no country, but of a region that CAMEO codes."""
    if reading.country or reading.base:
        return
    lower = [w.lower() for w in words]
    known = world_regions()
    for width in (2, 1):
        for start in range(len(words) - width + 1):
            if words[start][0].isupper() and not any(taken[start : start + width]) and not _sides(lower, start):
                reading.base = known.get(" ".join(words[start : start + width]).lower(), "")
                if reading.base:
                    return


def _read_roles(reading: Reading, lower: Sequence[str], taken: Sequence[bool]) -> None:
    """The role of the head, else what it inherits from the words before it, nearest first."""
    stop = len(lower)
    named = {e.stop: e for e in reading.elements}
    while stop > 0:
        element = named.get(stop) if taken[stop - 1] else _ending_at(lower, stop)
        if element is None:
            stop -= 1
            continue
        stop = element.start
        if isinstance(element.role, str):
            if is_not_lent(element.role, reading.fallback):
                continue
            reading.role = element.role
            return
        if element.role.code != INHERITS:
            reading.role = element.role.code
            return
        reading.fallback = reading.fallback or element.role.fallback
        reading.governs |= element.role.noun in _GOVERNING
        reading.arms |= element.role.kind == "thing"


def _ending_at(lower: Sequence[str], stop: int) -> _Element | None:
    """The longest role noun, modifier, title or name word that ends before `stop`."""
    nouns, words, heads, kinds = role_nouns(), modifiers(), titles(), name_words()
    for length in range(min(4, stop), 0, -1):
        phrase = " ".join(lower[stop - length : stop]).replace(" - ", "-")
        noun = nouns.get(phrase)
        if noun is not None:
            return _Element(stop - length, noun, stop)
        role = words.get(phrase)
        if role is None and (title := heads.get(phrase)) is not None:
            if not title.code and length > 1:
                return _Element(stop - length, RoleNoun(phrase, INHERITS, "", "person"), stop)
            role = title.code
        if role is None and (kind := kinds.get(phrase)) is not None:
            role = kind.code
        if role:
            return _Element(stop - length, role, stop)
    return None
