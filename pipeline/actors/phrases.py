"""What a stretch of words tells of an actor's code: names first, then what the lexicons know of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from pipeline.actors.datafile import is_actor_code
from pipeline.actors.gazetteer import places, regionals
from pipeline.actors.lexicon import peoples, world_regions
from pipeline.actors.phrase_names import Phrase, sides, take_names
from pipeline.actors.phrase_roles import read_roles, take_titles
from pipeline.actors.reading import Element, Reading, is_common
from pipeline.actors.registry import Registry
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_RELIGIONS = frozenset({"MOS", "CHR", "JEW", "HIN", "BUD", "SIK", "SUN", "SHI", "CTH", "PRO", "DOX"})


def read_words(words: Sequence[str], registry: Registry, day: date | None) -> Reading:
    """Read one stretch: names first (longest match), then the lexicon on what they leave."""
    reading = Reading()
    lower = [w.lower() for w in words]
    taken = [False] * len(words)
    if any(w[0].isupper() for w in words):
        take_titles(reading, lower, taken)
        if not _long_peoples_begin().isdisjoint(lower):
            _read_peoples(reading, lower, taken, 2)
        take_names(reading, Phrase(words, lower, registry, day), taken)
        _read_peoples(reading, lower, taken, 1)
        _read_places(reading, words, taken)
        _read_regions(reading, words, taken)
    reading.owned = (
        bool(words)
        and is_common(lower, len(lower) - 1)
        and any(
            word[0].isupper() and not taken[n] and (n or words[1] in _POSSESSIVE) and not is_common(lower, n)
            for n, word in enumerate(words[:-1])
        )
    )
    reading.former = any(w in listed(WordList.FORMER) for w in lower)
    if not reading.person:
        read_roles(reading, lower, taken)
        if reading.role is None and words and words[-1][0].isupper() and lower[-1] in listed(WordList.PARTY):
            reading.role = "PTY"
    return reading


@cache
def _long_peoples_begin() -> frozenset[str]:
    """The first words of peoples' names of two words."""
    return frozenset(name.split()[0] for name in peoples() if " " in name)


def _read_peoples(reading: Reading, lower: Sequence[str], taken: list[bool], width: int) -> None:
    """Ethnic and religious groups of so many words: a cleric of one is religious, its people are civilians."""
    known = peoples()
    for start in range(len(lower) - width + 1):
        stop = start + width
        group = known.get(lower[start] if width == 1 else " ".join(lower[start:stop]))
        if group is None or any(taken[start:stop]):
            continue
        taken[start:stop] = [True] * width
        if group.country and not reading.country:
            reading.country = reading.base = group.country
        if stop == len(lower):
            slots = f"CVL{group.code}"
            reading.elements.append(Element(start, slots if is_actor_code(f"USA{slots}") else "CVL", stop))
        elif group.code in _RELIGIONS:
            reading.elements.append(Element(start, "REL", stop))


def _read_places(reading: Reading, words: Sequence[str], taken: list[bool]) -> None:
    """A town, a province or its adjective, where no country is named; a part of a longer name is none: 'President Victor Hale'."""
    if reading.country or reading.base:
        return
    known, adjectives = places(), regionals()
    lower = [w.lower() for w in words]
    named = [w[0].isupper() and not taken[n] and not is_common(lower, n) for n, w in enumerate(words)]
    for width in (3, 2, 1):
        for start in range(len(words) - width + 1):
            stop = start + width
            if not words[start][0].isupper() or any(taken[start:stop]) or any(named[max(0, start - 1) : start]):
                continue
            if any(named[stop : stop + 1]) or (stop > 1 and sides(lower, start)):
                continue
            place = " ".join(words[start:stop])
            regional = adjectives.get(place)
            country = known.get(place) or (regional.country if regional else None)
            if country is not None:
                reading.country = reading.base = country
                reading.guessed = True
                if regional is not None and regional.people and stop == len(words):
                    reading.elements.append(Element(start, "CVL", stop))
                    taken[start:stop] = [True] * width
                return


def _read_regions(reading: Reading, words: Sequence[str], taken: Sequence[bool]) -> None:
    """'European leaders' are of no country, but of a region that CAMEO codes."""
    if reading.country or reading.base:
        return
    lower = [w.lower() for w in words]
    known = world_regions()
    for width in (2, 1):
        for start in range(len(words) - width + 1):
            if words[start][0].isupper() and not any(taken[start : start + width]) and not sides(lower, start):
                reading.base = known.get(" ".join(words[start : start + width]).lower(), "")
                if reading.base:
                    return
