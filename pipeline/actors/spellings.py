"""Names without accents and case: "Recep Tayyip Erdoğan" is written "Erdogan" as often."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from pipeline.actors.datafile import slots_of
from pipeline.actors.entries import Entry
from pipeline.actors.registry import Registry
from pipeline.vocabulary import ActorType

_UNDECOMPOSED = str.maketrans("łŁøØđĐıæə", "lLoOdDiae")


@cache
def people_by_plain_name(registry: Registry) -> Mapping[str, Entry]:
    """People by names without accents and case, where only one bears such a name."""
    found: dict[str, Entry | None] = {}
    for entry in registry.entries.values():
        if entry.type is ActorType.PERSON:
            for name in entry.names:
                key = plain_name(name)
                if " " in key:
                    found[key] = entry if found.get(key, entry) is entry else None
    return {key: entry for key, entry in found.items() if entry is not None}


def known_by_name(registry: Registry, name: str) -> Entry | None:
    """The one person with a full name, however it is spelt, with or without the initials in it: 'Ann B. Lee'."""
    people = people_by_plain_name(registry)
    words = name.split()
    found = people.get(plain_name(name))
    if found is not None or len(words) < 3:
        return found
    bare = [words[0], *(w for w in words[1:-1] if not _INITIAL.fullmatch(w)), words[-1]]
    return people.get(plain_name(" ".join(bare))) if len(bare) < len(words) else None


_INITIAL = re.compile(r"[A-Z]\.?")


_ARMED = frozenset({"REB", "INS", "SEP", "UAF", "IMG"})
_SOUNDS = str.maketrans("qckz", "kkks", "aeiouyh'’-. ")
_SHORTEST = 6
"""Consonants that a name must have to be known by them."""


def sound_of(name: str) -> str:
    """The consonants of a name, doubled ones once: "Lashkar-e-Tayyiba" and "Lashkar e Taiba" sound alike."""
    return re.sub(r"(.)\1+", r"\1", plain_name(name).translate(_SOUNDS))


@cache
def _bands_by_sound(registry: Registry) -> Mapping[str, Entry]:
    """Armed groups by the consonants of their names of several words, where only one has them."""
    found: dict[str, Entry | None] = {}
    for entry in registry.entries.values():
        if entry.type is ActorType.ORGANISATION and not _ARMED.isdisjoint(slots_of(entry.code)):
            for name in entry.names:
                key = sound_of(name)
                if len(key) >= _SHORTEST and re.search(r"[ -]", name):
                    found[key] = entry if found.get(key, entry) is entry else None
    return {key: entry for key, entry in found.items() if entry is not None}


def band_by_sound(registry: Registry, name: str) -> Entry | None:
    """The armed group of a name of several words in another transcription, None if there is none."""
    return _bands_by_sound(registry).get(sound_of(name)) if re.search(r"[ -]", name) else None


def plain_name(name: str) -> str:
    """A name in lower-case letters without accents, its hyphens as spaces."""
    plain = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED))
    return "".join(c for c in plain.lower().replace("-", " ") if c.isalnum() or c == " ")
