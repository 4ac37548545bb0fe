"""A user's own actors: read beside ours, and put in front of ours where both know a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.actors.entries import Alias, Entry, surfaces_of
from pipeline.actors.petrarch import read_dictionary
from pipeline.actors.roster import check_known, read_actors, read_roles
from pipeline.vocabulary import ActorType


def read_extra(paths: Sequence[Path], names: Mapping[str, str], ours: Iterable[Entry]) -> list[Entry]:
    """The entries of a user's files.

    An entry of a dictionary that has the name of exactly one of ours is that one, with the dictionary's codes.

    Args:
        paths: `*.actors.txt` (PETRARCH), or CSV with the columns of people.csv; roles in `<stem>.roles.csv` beside it.
        names: Names of countries by code and bodies by id, for the titles of roles.
        ours: The entries that the user's may replace.

    Raises:
        ValueError: A file is of neither kind, or wrong.
    """
    by_name: dict[str, list[Entry]] = {}
    for entry in ours:
        for name in entry.names:
            by_name.setdefault(name.casefold(), []).append(entry)
    found: list[Entry] = []
    for path in paths:
        if path.name.endswith(".actors.txt"):
            found += [_same_actor(entry, by_name) for entry in read_dictionary(path)]
        elif path.suffix == ".csv":
            found += _read_csv(path, names)
        else:
            raise ValueError(f"{path.name}: neither a CSV file nor a PETRARCH dictionary (*.actors.txt)")
    return found


def _read_csv(path: Path, names: Mapping[str, str]) -> list[Entry]:
    beside = path.with_suffix(".roles.csv")
    if not beside.exists():
        return read_actors(path, {})
    bodies = {e.actor_id: e.name for e in read_actors(path, {}) if e.type is ActorType.ORGANISATION}
    roles = read_roles(beside, {**names, **bodies})
    entries = read_actors(path, roles)
    check_known(roles, entries, beside.name)
    return entries


def _same_actor(theirs: Entry, by_name: Mapping[str, Sequence[Entry]]) -> Entry:
    known = {e.actor_id: e for name in theirs.names for e in by_name.get(name.casefold(), ())}
    if len(known) != 1:
        return theirs
    (same,) = known.values()
    names = tuple(dict.fromkeys((*same.names, *theirs.names)))
    return replace(
        same, names=names, code=theirs.code, roles=theirs.roles, country=theirs.country, source=theirs.source
    )


def override(aliases: Sequence[Alias], theirs: Sequence[Entry]) -> list[Alias]:
    """Our aliases and the user's; a surface that a user's entry has means that entry alone."""
    by_id = {entry.actor_id: entry for entry in theirs}
    added = [alias for entry in theirs for alias in surfaces_of(entry)]
    taken = {alias.surface for alias in added}
    kept = [replace(a, entry=by_id.get(a.entry.actor_id, a.entry)) for a in aliases if a.surface not in taken]
    return [*kept, *added]
