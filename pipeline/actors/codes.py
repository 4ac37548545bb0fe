"""Codes in CAMEO style for noun phrases: 'Russian Foreign Ministry spokeswoman' is RUSGOV.

A phrase is read as a core (up to its first preposition, comma or relative word) and tails. The country is the one named
nearest to the head ('Germany's French ally' is French), but not in 'US-backed'; else that of an of/in/from tail. The role is
the head noun's; a noun such as 'leader' or 'spokesman' inherits the role of what stands beside it, nearest first.
'Former' makes every role ELI. CAMEO codes are used throughout: MED is media and HLH health, where PLOVER has JRN and MED.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pipeline.actors.lexicon import role_nouns, titles
from pipeline.actors.phrase_roles import as_department, is_not_lent
from pipeline.actors.phrases import read_words
from pipeline.actors.reading import INTERNATIONAL, Reading
from pipeline.actors.registry import Registry
from pipeline.vocabulary import How

_TAIL = frozenset(
    {"of", "in", "to", "from", "for", "at", "on", "with", "who", "that", "which", "across", "throughout", "inside"}
    | {"within", "by", "near", "against", "fleeing", "loyal", "based", ","}
)


_LOCATING = frozenset(
    {"of", "in", "from", "for", "at", "across", "throughout", "inside", "within", "near", "based", ","}
)


_LENDING = frozenset({"of", "for", "at", "from", "in", ","})
"""Words whose complement lends its role: 'members of the armed forces'."""


_NEVER_ELITE = frozenset({"CVL", "EDU", "LAB", "AGR", "HLH", "MED", "REF", "CRM", "NGO"})
"""Roles that 'former' does not raise: a former teacher is no elite."""


_WORD = re.compile(r"['’]s\b|[^\W_]+(?:(?:[.&]|['’](?!s\b))[^\W_]+)*\.?|[-,]")


class PhraseCode(NamedTuple):
    """What a phrase tells: country (ISO 3166-1 alpha-3) and CAMEO style code; None where it tells none."""

    country: str | None
    code: str | None


def code_phrase(phrase: str, registry: Registry, day: date | None) -> PhraseCode:
    """Country and code of a noun phrase on a day.

    Args:
        phrase: A noun phrase as the text has it, with or without its article.
        registry: Who is who.
        day: The article's day, None if unknown.
    """
    words = _WORD.findall(phrase)
    if phrase.isupper() and len(phrase) > 4 and not registry.named(_without_article(words)):
        words = [w.title() for w in words]
    metonym = next((a for a in registry.named(_without_article(words)) if a.how is How.METONYM), None)
    if metonym is not None:
        return PhraseCode(metonym.entry.country, metonym.code or registry.code_on(metonym.entry, day))
    stretches: list[list[str]] = [[]]
    for n, word in enumerate(words):
        if word.lower() in _TAIL and n and words[n - 1] != "-" and not _inside_name(words, n, registry):
            stretches.append([word.lower()])
        else:
            stretches[-1].append(word)
    return code_words(stretches[0], stretches[1:], registry, day)


def _without_article(words: Sequence[str]) -> str:
    return " ".join(words[1:] if words and words[0].lower() == "the" else words)


def _inside_name(words: Sequence[str], n: int, registry: Registry) -> bool:
    """True where the word at n is inside a name or title that the registry or the lexicon knows as a whole."""
    for start in range(max(0, n - 5), n):
        for stop in range(min(len(words), n + 6), n + 1, -1):
            surface = " ".join(words[start:stop]).replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "’s")
            if registry.named(surface) or surface.lower() in role_nouns() or surface.lower() in titles():
                return True
    return False


def code_words(
    core: Sequence[str],
    tails: Sequence[Sequence[str]],
    registry: Registry,
    day: date | None,
    *,
    owned: bool = False,
) -> PhraseCode:
    """Country and code of a phrase that is cut already.

    Args:
        core: The words up to the head noun, the head last.
        tails: What follows, each beginning with its preposition (lower case).
        registry: Who is who.
        day: The article's day, None if unknown.
        owned: True where an actor of unknown code stands before the head: 'Norvia officials' are not a government's.
    """
    reading = read_words(core, registry, day)
    reading.owned |= owned
    for tail in tails:
        if len(tail) > 1 and tail[0] in _LOCATING:
            told = read_words(tail[1:], registry, day)
            if "MIL" in {reading.role, reading.fallback} and _is_figure(tail):
                reading.role, reading.fallback, reading.arms = told.role, "", False
            _borrow(reading, tail[0], told)
    reading.owned |= reading.body
    return _compose(reading)


def _is_figure(tail: Sequence[str]) -> bool:
    """True for what only a figure of speech has as its troops: 'an army of volunteers', not 'the army of the north'."""
    return tail[0] == "of" and not any(w[0].isupper() or w in {"the", "a", "an"} for w in tail[1:])


def _of_nations(base: str, role: str, *, abroad: bool) -> tuple[str, str]:
    """Base and role of an international role: a country's aid groups are the country's, its multinationals are not."""
    if abroad:
        return base, role.removeprefix("IGO")
    if role.startswith("NGO") and base:
        return base, role.removeprefix("NGO") or role
    return "", role[:3] + base + role[3:] if role.startswith("MNC") else role


def _borrow(reading: Reading, word: str, tail: Reading) -> None:
    """Take from a tail what the core does not tell."""
    if reading.role is None and word in _LENDING and not is_not_lent(tail.role, reading.fallback):
        reading.role = tail.role
        reading.fallback = reading.fallback or tail.fallback
        reading.governs |= tail.governs
        reading.department |= tail.department
    if reading.guessed and tail.country and not tail.guessed:
        reading.country = reading.base = tail.country
    elif not reading.country and reading.base[:3] not in INTERNATIONAL:
        reading.country, reading.base = tail.country, reading.base or tail.base
        reading.guessed = tail.guessed
    reading.body |= tail.body and word in _LENDING
    reading.former |= tail.former and word == ","


def _compose(reading: Reading) -> PhraseCode:
    role = reading.role or ("" if reading.owned else reading.fallback)
    if not role and (reading.country or reading.base):
        role = "MIL" if reading.arms else "GOV" if reading.governs and not reading.body else ""
    if reading.department and not reading.body and not reading.owned:
        role = as_department(role)
    base = reading.base or reading.country or ""
    abroad = base[:3] in INTERNATIONAL
    if reading.former and role not in _NEVER_ELITE:
        return PhraseCode(reading.country, (base if abroad else base[:3]) + "ELI")
    if role[:3] in INTERNATIONAL:
        base, role = _of_nations(base, role, abroad=abroad)
    if abroad and role in {"GOV", "CVL", "NGO"}:
        role = ""
    have = {base[i : i + 3] for i in range(0, len(base), 3)}
    slots = (role[i : i + 3] for i in range(0, len(role), 3))
    return PhraseCode(reading.country, (base + "".join(s for s in slots if s not in have)) or None)
