"""Names without accents and case: "Recep Tayyip Erdoğan" is written "Erdogan" as often."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

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


def plain_name(name: str) -> str:
    """A name in lower-case letters without accents, its hyphens as spaces."""
    plain = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED))
    return "".join(c for c in plain.lower().replace("-", " ") if c.isalnum() or c == " ")
