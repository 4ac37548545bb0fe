"""The role that a stretch of words tells: the head's own, or what it inherits from the words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.actors.lexicon import INHERITS, RoleNoun, modifiers, name_words, role_nouns, titles
from pipeline.actors.reading import Element, Reading
from pipeline.actors.wordlists import WordList, words

_NOT_LENT = {
    "UAF": frozenset({"REL"}),
    "LAB": frozenset({"BUS"}),
}
"""By the fallback of an inheriting noun the roles that it does not take over: a firm's workers are labour."""

_FIELDS = frozenset({"HLH", "AGR", "LAB", "BUS", "ENV", "DEV"})
"""Fields of which a government's department is one of government still: 'health department' is GOVHLH."""


_NAMED_AFTER = frozenset({"LAB", "AGR", "CVL", "ENV", "REL", "EDU", "BUS"})
"""Roles that a party is named after and has not: the Labour Party, the People's Party."""


def is_not_lent(role: str | None, fallback: str) -> bool:
    """True for a role that a noun with that fallback does not inherit: 'Islamist fighters', 'workers of the company'."""
    return role is not None and role in _NOT_LENT.get(fallback, ())


def take_titles(reading: Reading, lower: Sequence[str], taken: list[bool]) -> None:
    """Titles of several words: in 'Serbian Labour Minister' there is no Labour party."""
    known = titles()
    if _long_titles_begin().isdisjoint(lower):
        return
    for width in (4, 3, 2):
        for start in range(len(lower) - width + 1):
            title = known.get(" ".join(lower[start : start + width]))
            if title is not None and title.code and not any(taken[start : start + width]):
                taken[start : start + width] = [True] * width
                reading.elements.append(Element(start, title.code, start + width))


@cache
def _long_titles_begin() -> frozenset[str]:
    """The first words of titles of several words."""
    return frozenset(title.split()[0] for title in titles() if " " in title)


def read_roles(reading: Reading, lower: Sequence[str], taken: Sequence[bool]) -> None:
    """The role of the head, else what it inherits from the words before it, nearest first."""
    stop = len(lower)
    named = {e.stop: e for e in reading.elements}
    partisan = bool(lower) and lower[-1] in words(WordList.PARTY)
    while stop > 0:
        element = named.get(stop) if taken[stop - 1] else _ending_at(lower, stop)
        if element is None:
            stop -= 1
            continue
        stop = element.start
        if isinstance(element.role, str):
            if not is_not_lent(element.role, reading.fallback):
                reading.role = "PTY" if partisan and element.role in _NAMED_AFTER else element.role
                return
            continue
        if element.role.code != INHERITS:
            reading.role = "PTY" if partisan and element.role.code in _NAMED_AFTER else element.role.code
            return
        reading.fallback = reading.fallback or element.role.fallback
        reading.governs |= element.role.noun in words(WordList.GOVERNING)
        reading.department |= element.role.noun in words(WordList.DEPARTMENT)
        reading.arms |= element.role.kind == "thing"


def as_department(role: str) -> str:
    """The role of a government's department of a field: that of health is GOVHLH, that of police COP."""
    return f"GOV{role}" if role in _FIELDS else role


def _ending_at(lower: Sequence[str], stop: int) -> Element | None:
    """The longest role noun, modifier, title or name word that ends before `stop`."""
    nouns, known, heads, kinds = role_nouns(), modifiers(), titles(), name_words()
    for length in range(min(4, stop), 0, -1):
        phrase = " ".join(lower[stop - length : stop]).replace(" - ", "-")
        noun = nouns.get(phrase)
        if noun is not None:
            return Element(stop - length, noun, stop)
        role = known.get(phrase)
        if role is None and (title := heads.get(phrase)) is not None:
            if not title.code and length > 1:
                return Element(stop - length, RoleNoun(phrase, INHERITS, "", "person"), stop)
            role = title.code
        if role is None and (kind := kinds.get(phrase)) is not None:
            role = kind.code
        if role:
            return Element(stop - length, role, stop)
    return None
