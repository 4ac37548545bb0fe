"""The names in a phrase, and what each tells of country and role: countries, bodies, seats, people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.actors.entries import Alias
from pipeline.actors.gazetteer import COMPASS, places
from pipeline.actors.lexicon import given_names, role_nouns, titles
from pipeline.actors.organs import STATE_ROLES, names_an_organ
from pipeline.actors.prominence import called_by_title, code_in_office, prominent, prominent_people
from pipeline.actors.reading import INTERNATIONAL, Element, Reading, is_common, titles_before
from pipeline.actors.registry import Registry
from pipeline.actors.spellings import band_by_sound
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed
from pipeline.vocabulary import ActorType, How


@dataclass(slots=True)
class Phrase:
    """The words of a phrase and the registry that they are looked up in, on a day."""

    words: Sequence[str]
    lower: Sequence[str]
    registry: Registry
    day: date | None


def take_names(reading: Reading, phrase: Phrase, taken: list[bool]) -> None:
    """Take the names that the registry knows, the longest at each place, from left to right."""
    lower = phrase.lower
    for start, stop, alias in find_surfaces(phrase.words, phrase.registry):
        if any(taken[start:stop]) and alias.entry.type is not ActorType.PERSON:
            continue
        code = alias.code or phrase.registry.code_on(alias.entry, phrase.day)
        if _is_of_another(reading, alias, code) or _is_somebody(phrase, alias, start, stop):
            continue
        taken[start:stop] = [True] * (stop - start)
        region = (
            places().get(" ".join(phrase.words[start - 1 : stop])) if start and lower[start - 1] in COMPASS else None
        )
        if region is not None:
            reading.country = reading.base = region
        elif not _is_attached(lower, start, stop):
            _take_name(reading, phrase, alias, code, (start, stop))
    _take_surname(reading, phrase, taken)


def find_surfaces(words: Sequence[str], registry: Registry) -> Iterator[tuple[int, int, Alias]]:
    """Names, demonyms and metonyms among the words: the longest match at each place, left to right."""
    start = 0
    while start < len(words):
        stop = _match(words, start, registry)
        if stop == start:
            end = _capitalised(words, start) if words[start][0].isupper() else start
            band = band_by_sound(registry, " ".join(words[start:end]).replace(" - ", "-")) if end > start + 1 else None
            if band is not None:
                yield start, end, Alias(band.name, band, How.ALIAS)
            start = end if band is not None else start + 1
            continue
        surface = " ".join(words[start:stop]).replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "’s")
        found = registry.named(surface)
        towns = len(found) > 1 and all(a.entry.type is ActorType.PLACE for a in found)
        if found and not (towns and len({a.entry.country for a in found}) > 1):
            yield start, stop, found[0]
        start = stop


def _capitalised(words: Sequence[str], start: int) -> int:
    """One past the run of capitalised words that begins here, with what hyphens join: 'Lashkar-e-Taiba'."""
    end = start
    while end < len(words) and (
        words[end][0].isupper() or (end > start and words[end] == "-") or (end > start + 1 and words[end - 1] == "-")
    ):
        end += 1
    return end


def _match(words: Sequence[str], start: int, registry: Registry) -> int:
    word = words[start]
    for candidate in (word, word.title()) if word.isupper() and len(word) > 4 else (word,):
        for surface in registry.starts(candidate):
            stop = start + len(surface)
            if stop == start + 1 or (stop <= len(words) and tuple(words[start:stop]) == surface):
                return stop
    return start


def sides(lower: Sequence[str], start: int) -> bool:
    """True after 'pro-' and 'anti-'."""
    return start > 1 and lower[start - 1] == "-" and lower[start - 2] in {"pro", "anti"}


def _is_attached(lower: Sequence[str], start: int, stop: int) -> bool:
    """True where a country is named for something else: 'US-backed rebels', 'pro-Russian', 'ethnic Albanian guerrillas'."""
    if (start and lower[start - 1] == "ethnic") or sides(lower, start):
        return True
    return stop + 1 < len(lower) and lower[stop] == "-" and lower[stop + 1] in listed(WordList.ATTACHED)


def _take_name(reading: Reading, phrase: Phrase, alias: Alias, code: str, span: tuple[int, int]) -> None:
    entry, (start, stop) = alias.entry, span
    abroad = code[:3] in INTERNATIONAL
    base, role = (code, "") if abroad else (code[:3], code[3:])
    if entry.type is ActorType.PERSON and stop == len(phrase.words):
        held = () if _is_former(phrase.lower, start) else titles_before(phrase.lower, start)
        code = alias.code or code_in_office(phrase.registry, entry, held, phrase.day)
        role = code[len(base) :]
        reading.country, reading.base, reading.role, reading.person = entry.country, base, role or None, True
        return
    if alias.people and stop == len(phrase.words) and reading.country not in {None, entry.country}:
        reading.elements.append(Element(start, "CVL", stop))
        return
    if code.startswith("NGO") and reading.country:
        reading.elements.append(Element(start, code, stop))
        return
    if entry.country and reading.base.startswith("NGO"):
        reading.elements.append(Element(start, reading.base, stop))
    if entry.country or abroad:
        reading.guessed = entry.type is ActorType.PLACE
        reading.country, reading.base = (None if abroad and not code.startswith("IMG") else entry.country), base
    reading.body |= entry.type is ActorType.ORGANISATION and not role and not abroad
    if role and entry.type is not ActorType.PLACE:
        reading.elements.append(Element(start, role, stop))


def _is_former(lower: Sequence[str], stop: int) -> bool:
    return not listed(WordList.FORMER).isdisjoint(lower[:stop])


def _is_somebody(phrase: Phrase, alias: Alias, start: int, stop: int) -> bool:
    """True for a town's name that somebody in office bears: 'Secretary Austin'."""
    if alias.entry.type is not ActorType.PLACE or stop - start > 1:
        return False
    held = titles_before(phrase.lower, start)
    return called_by_title(phrase.registry, phrase.words[start], held, None, phrase.day) is not None


def _is_of_another(reading: Reading, alias: Alias, code: str) -> bool:
    """True where a state's organ or party is named like another's: 'Chile's Defense Department' is not American."""
    entry = alias.entry
    if names_an_organ(alias) and entry.country != reading.country:
        return True
    if entry.type is not ActorType.ORGANISATION or not reading.country or code[:3] in INTERNATIONAL:
        return False
    return entry.country != reading.country and code[3:6] in STATE_ROLES


def _take_surname(reading: Reading, phrase: Phrase, taken: list[bool]) -> None:
    """'Museveni', 'President Duterte', 'Senator Rubio', 'Bush administration': a surname that one person bears.

    By itself it means who holds high office; after a title, who holds the office. Of several of one country only the
    country is known, and only before a noun.
    """
    words, lower, registry, day = phrase.words, phrase.lower, phrase.registry, phrase.day
    for n, word in enumerate(words):
        if taken[n] or not word[0].isupper() or not registry.by_surname(word) or (word.isupper() and len(word) < 4):
            continue
        if n and words[n - 1][0].isupper() and not taken[n - 1] and not is_common(lower, n - 1):
            continue
        held, last = titles_before(lower, n), n + 1 == len(words)
        if word in given_names() and not (held and last):
            continue
        if not held and (lower[n] in role_nouns() or lower[n] in titles()):
            continue
        if not last and lower[n + 1] in listed(WordList.FIRM) and words[n + 1][0].isupper():
            continue
        entry = called_by_title(registry, word, held, reading.country, day) or prominent(registry, word, day)
        if entry is not None:
            taken[n] = True
            told = () if _is_former(lower, n) else held
            code = code_in_office(registry, entry, told, day)
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
