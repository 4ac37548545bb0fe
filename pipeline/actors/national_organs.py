"""The organs of which a country has one, with what the registry calls them: Norway's central bank is Norges Bank."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable

from pipeline.actors.datafile import DATA, read_rows
from pipeline.actors.lexicon import role_nouns
from pipeline.actors.registry import Registry
from pipeline.lookup import unique


@cache
def national_organs(
    registry: Registry, file: Traversable = DATA / "national_organs.csv"
) -> Mapping[tuple[str, str], str]:
    """The `actor_id` of an organ by its noun and its country.

    Raises:
        ValueError: The noun, the country or the organ is unknown, the organ is another country's, or a line repeats.
    """
    found: dict[tuple[str, str], str] = {}
    for row in unique(read_rows(file, ("noun", "country", "actor_id", "note")), "noun", "country"):
        country = row.country() or row.refuse("country is empty")
        if row["noun"] not in role_nouns():
            row.refuse(f"{row['noun']!r} is no role noun")
        entry = registry.entries.get(row.actor_id()) or row.refuse(f"no entry {row['actor_id']!r}")
        if entry.country != country:
            row.refuse(f"{entry.actor_id} is of {entry.country}, not of {country}")
        found[row["noun"], country] = entry.actor_id
    return found
