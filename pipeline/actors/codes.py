"""Codes in CAMEO style for noun phrases: 'Russian Foreign Ministry spokeswoman' is RUSGOV.

A phrase is read as a core (up to its first preposition, comma or relative word) and tails. The country is that of a
demonym, name or possessor in the core, else of an of/in/from tail. The role is the head noun's; a noun such as 'leader'
or 'spokesman' inherits the role of what stands beside it, nearest first. 'Former' makes every role ELI.
CAMEO codes are used throughout: MED is media and HLH health, where PLOVER has JRN and MED.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pipeline.actors.entries import Alias
from pipeline.actors.lexicon import INHERITS, RoleNoun, modifiers, name_words, peoples, role_nouns, titles
from pipeline.actors.registry import Registry
from pipeline.vocabulary import ActorType, How

FORMER = frozenset(
    {"former", "ex", "ex-", "retired", "ousted", "deposed", "onetime", "erstwhile", "then", "late", "outgoing"}
    - {"then", "late", "outgoing"}
)
_TAIL = frozenset(
    {
        "of",
        "in",
        "to",
        "from",
        "for",
        "at",
        "on",
        "with",
        "who",
        "that",
        "which",
        "across",
        "throughout",
        "inside",
        "within",
        "by",
        "near",
        "against",
        "fleeing",
        "loyal",
        "based",
        ",",
    }
)
_LOCATES = frozenset(
    {"of", "in", "from", "for", "at", "across", "throughout", "inside", "within", "to", "near", ",", "based"}
)
_WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*\.?|[-,]|['’]s\b")
_LONGEST = 8


class PhraseCode(NamedTuple):
    """What a phrase tells: country (ISO 3166-1 alpha-3) and CAMEO style code; None where it tells none."""

    country: str | None
    code: str | None


@dataclass(slots=True)
class _Reading:
    """What was found in one stretch of words."""

    country: str | None = None
    base: str = ""
    """Code of the state, or of the body or people, that the words name."""
    role: str | None = None
    inherits: RoleNoun | None = None
    named: bool = False
    former: bool = False
    ends_in_name: bool = False


def code_phrase(phrase: str, registry: Registry, day: date | None) -> PhraseCode:
    """Country and code of a noun phrase on a day.

    Args:
        phrase: A noun phrase as the text has it, with or without its article.
        registry: Who is who.
        day: The article's day, None if unknown.
    """
    words = _WORD.findall(phrase)
    stretches: list[list[str]] = [[]]
    for n, word in enumerate(words):
        if word.lower() in _TAIL and any(stretches[-1]) and not _inside_name(words, n, registry):
            stretches.append([word.lower()])
        else:
            stretches[-1].append(word)
    return code_words(stretches[0], stretches[1:], registry, day)


def _inside_name(words: Sequence[str], n: int, registry: Registry) -> bool:
    """True where the word at n is inside a name or title that the registry or the lexicon knows as a whole."""
    for start in range(max(0, n - 5), n):
        for stop in range(min(len(words), n + 5), n + 1, -1):
            surface = _join(words[start:stop])
            if registry.named(surface) or surface.lower() in role_nouns() or surface.lower() in titles():
                return True
    return False


def code_words(core: Sequence[str], tails: Sequence[Sequence[str]], registry: Registry, day: date | None) -> PhraseCode:
    """Country and code of a phrase that is cut already.

    Args:
        core: The words up to the head noun, the head last.
        tails: What follows, each beginning with its preposition (lower case).
        registry: Who is who.
        day: The article's day, None if unknown.
    """
    reading = _read(core, registry, day)
    after = [(tail[0], _read(tail[1:], registry, day)) for tail in tails if len(tail) > 1]
    for word, tail in after:
        if word in _LOCATES and not reading.country and not _international(reading.base):
            reading.country, reading.base = tail.country, reading.base or tail.base
        if reading.role is None and word in {"of", "for", "at", ",", "from", "in"}:
            reading.role = tail.role
        reading.former |= tail.former and word == ","
    return _compose(reading)


def _compose(reading: _Reading) -> PhraseCode:
    role = reading.role
    if role is None and reading.inherits is not None:
        role = reading.inherits.fallback
        if (
            not role
            and reading.country
            and reading.inherits.noun in {"leader", "leadership", "authority", "chief", "head"}
        ):
            role = "GOV"
    base = reading.base or reading.country or ""
    if reading.former:
        state = base[:3] if base and not _international(base) else base
        return PhraseCode(reading.country, f"{state}ELI")
    if role and _international(role):
        base, role = ("", role) if not _international(base) else (base, role.removeprefix("IGO"))
    if _international(base) and role in {"GOV", "CVL"}:
        role = ""
    return PhraseCode(reading.country, (base + _slots_not_in(role or "", base)) or None)


def _slots_not_in(role: str, base: str) -> str:
    have = {base[i : i + 3] for i in range(0, len(base), 3)}
    return "".join(slot for i in range(0, len(role), 3) if (slot := role[i : i + 3]) not in have)


def _international(code: str) -> bool:
    return code[:3] in {"IGO", "NGO", "NGM", "IMG", "MNC", "INT", "UIS"}


def _read(words: Sequence[str], registry: Registry, day: date | None) -> _Reading:
    """Read one stretch: names first (longest match), then the lexicon on what they leave."""
    reading = _Reading()
    lower = [w.lower() for w in words]
    reading.former = any(w in FORMER for w in lower)
    taken = [False] * len(words)
    for start, stop, alias in find_surfaces(words, registry):
        _take_name(reading, alias, registry, day, at_end=stop == len(words))
        taken[start:stop] = [True] * (stop - start)
    _read_peoples(reading, lower, taken)
    _read_roles(reading, lower, taken)
    return reading


def find_surfaces(words: Sequence[str], registry: Registry) -> Iterator[tuple[int, int, Alias]]:
    """Names, demonyms and metonyms among the words: the longest match at each place, left to right."""
    start = 0
    while start < len(words):
        for stop in range(min(len(words), start + _LONGEST), start, -1):
            surface = _join(words[start:stop])
            found = registry.named(surface)
            if found and not (stop - start == 1 and surface.islower()):
                yield start, stop, found[0]
                start = stop - 1
                break
        start += 1


def _join(words: Sequence[str]) -> str:
    return re.sub(r" ?- ?", "-", re.sub(r" (['’]s)\b", r"\1", " ".join(words)))


def _take_name(reading: _Reading, alias: Alias, registry: Registry, day: date | None, *, at_end: bool) -> None:
    entry = alias.entry
    code = alias.code or registry.code_on(entry, day)
    country = entry.country
    state = country if country and code.startswith(country) else code if _international(code) else code[:3]
    role = code[len(state) :]
    if entry.type is ActorType.COUNTRY or alias.how is How.DEMONYM:
        if not reading.country:
            reading.country, reading.base = country, code[:3]
        return
    if entry.type is ActorType.PERSON and at_end:
        reading.country, reading.base, reading.role, reading.ends_in_name = country, state, role or None, True
        return
    if not reading.country:
        reading.country, reading.base = country, state
    reading.named = True
    if role and entry.type is not ActorType.PLACE:
        reading.role = role


def _read_peoples(reading: _Reading, lower: Sequence[str], taken: list[bool]) -> None:
    for start, stop in _windows(len(lower), 2):
        group = peoples().get(" ".join(lower[start:stop]))
        if group is None or any(taken[start:stop]):
            continue
        taken[start:stop] = [True] * (stop - start)
        if group.country and not reading.country:
            reading.country = reading.base = group.country
        if reading.role is None and group.code in {
            "MOS",
            "CHR",
            "JEW",
            "HIN",
            "BUD",
            "SIK",
            "SUN",
            "SHI",
            "CTH",
            "PRO",
        }:
            reading.role = "REL" if stop < len(lower) else "CVL"
        elif reading.role is None and stop == len(lower):
            reading.role = "CVL"


def _read_roles(reading: _Reading, lower: Sequence[str], taken: list[bool]) -> None:
    """The head's role, else what it inherits from the words before it, nearest first."""
    if reading.ends_in_name:
        return
    from_name = reading.role
    stop = len(lower)
    while stop > 0:
        noun, start = _ending_at(lower, stop)
        if noun is None or any(taken[start:stop]):
            stop -= 1
            continue
        if isinstance(noun, str):
            reading.role = noun
            return
        if noun.code != INHERITS:
            fixed = reading.inherits is None or noun.kind in {"body", "group"} or from_name is None
            if fixed and not (reading.inherits is not None and from_name):
                reading.role = noun.code
            return
        reading.inherits = reading.inherits or noun
        if from_name:
            return
        stop = start
    if from_name is None:
        reading.role = None


def _ending_at(lower: Sequence[str], stop: int) -> tuple[RoleNoun | str | None, int]:
    """The longest role noun, or else the modifier, that ends before `stop`."""
    nouns, words = role_nouns(), modifiers()
    for length in (4, 3, 2, 1):
        if length > stop:
            continue
        phrase = " ".join(lower[stop - length : stop]).replace(" - ", "-")
        if phrase in nouns:
            return nouns[phrase], stop - length
        if phrase in words:
            return words[phrase], stop - length
        title = titles().get(phrase)
        if title is not None and title.code:
            return title.code, stop - length
        kind = name_words().get(phrase)
        if kind is not None and kind.code:
            return kind.code, stop - length
    return None, stop


def _windows(length: int, widest: int) -> Iterator[tuple[int, int]]:
    for width in range(widest, 0, -1):
        for start in range(length - width + 1):
            yield start, start + width
