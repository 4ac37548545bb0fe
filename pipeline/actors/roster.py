"""People and organisations with their roles, from CSV files: ours, or a user's with the same columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path

from pipeline.actors.datafile import DATA, ActorRow, country_codes, read_rows
from pipeline.actors.entries import Entry, Role
from pipeline.lookup import unique
from pipeline.vocabulary import ActorType

ACTOR_COLUMNS = ("actor_id", "name", "gender", "country", "code", "wikidata_id", "aliases", "source")
ROLE_COLUMNS = ("actor_id", "office", "of", "first", "last", "title", "code", "source")
KIND_COLUMNS = ("office", "title", "code", "single", "note")
_TYPES = {"person": ActorType.PERSON, "org": ActorType.ORGANISATION, "group": ActorType.GROUP}
SHARED = "~"  # before a name that more than one row of the file claims
OWN = "="  # before a name of common words that means the actor in any text
LOCAL = "?"  # before a name that means the actor only in a text about its country; others may claim it too
_MARKS = SHARED + LOCAL + OWN


@dataclass(frozen=True, slots=True)
class OfficeKind:
    """A kind of office: "president" is "President of {of}", its code the country's and GOV, one holder at a time."""

    office: str
    title: str
    code: str
    single: bool


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with the line it stands on."""

    actor_id: str
    role: Role
    single: bool
    row: ActorRow


@cache
def office_kinds(file: Traversable = DATA / "office_kinds.csv") -> Mapping[str, OfficeKind]:
    """The kinds of office by key.

    Raises:
        ValueError: A line is wrong or a key stands twice.
    """
    kinds: dict[str, OfficeKind] = {}
    for row in unique(read_rows(file, KIND_COLUMNS), "office"):
        kinds[row["office"]] = OfficeKind(row["office"], row["title"], row["code"], row.flag("single"))
    return kinds


def read_roles(file: Traversable | Path, names: Mapping[str, str]) -> dict[str, tuple[Role, ...]]:
    """Roles by actor, each actor's in the order of their first days.

    Args:
        file: CSV with ROLE_COLUMNS. `of` is a country's code or the `actor_id` of a body.
        names: What "{of}" in a title becomes: the names of countries by code and of bodies by id.

    Raises:
        ValueError: A line is wrong, or two people hold one single-holder office on one day.
    """
    rows = [_parse_role(row, names) for row in read_rows(file, ROLE_COLUMNS)]
    check_single_holders(rows)
    found: dict[str, list[Role]] = defaultdict(list)
    for item in rows:
        found[item.actor_id].append(item.role)
    return {actor: tuple(sorted(roles, key=_begin)) for actor, roles in found.items()}


def _parse_role(row: ActorRow, names: Mapping[str, str]) -> RoleRow:
    kind = office_kinds().get(row["office"])
    if row["office"] and kind is None:
        row.refuse(f"{row['office']!r} is no kind of office")
    of = row["of"]
    if of and of not in names:
        row.refuse(f"{of!r} is neither a country's code nor the id of a body")
    country = of if of and ":" not in of else None
    code = row.code() or (country or "") + (kind.code if kind else "")
    title = row["title"] or (kind.title.format(of=names.get(of, "")) if kind else "")
    if not code or not title or (kind and not row["code"] and not country):
        row.refuse("neither the row nor its kind of office and country tell title and code")
    first, last = row.days()
    role = Role(title, code, country or _country_of(code), first, last, row.required("source"), row["office"], of)
    return RoleRow(row.actor_id(), role, bool(kind and kind.single), row)


def _country_of(code: str) -> str | None:
    return code[:3] if code[:3] in country_codes() else None


def _begin(role: Role) -> date:
    return role.first or date.min


def check_single_holders(rows: Iterable[RoleRow]) -> None:
    """Raise a ValueError if an office with one holder has two on one day."""
    offices: dict[tuple[str, str], list[RoleRow]] = defaultdict(list)
    for item in rows:
        if item.single:
            offices[item.role.office, item.role.of].append(item)
    for held in offices.values():
        held.sort(key=lambda item: _begin(item.role))
        for before, after in pairwise(held):
            if (before.role.last or date.max) >= _begin(after.role):
                after.row.refuse(
                    f"{after.role.office} of {after.role.of}: {after.actor_id} from {after.role.first} on, "
                    f"but {before.actor_id} till {before.role.last or 'today'} (line {before.row.line})"
                )


def read_actors(file: Traversable | Path, roles: Mapping[str, tuple[Role, ...]]) -> list[Entry]:
    """The actors of a CSV file with ACTOR_COLUMNS.

    Raises:
        ValueError: A line is wrong; an id, a Wikidata id or an alias that is not marked as shared (`~`) stands twice.
    """
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    surfaces: dict[str, tuple[int, bool]] = {}
    for row in read_rows(file, ACTOR_COLUMNS):
        entry, shared = _parse_actor(row, roles)
        for key in filter(None, (entry.actor_id, entry.wikidata_id)):
            if key in seen:
                row.refuse(f"{key} already stands on line {seen[key]}")
            seen[key] = row.line
        _check_surfaces(row, entry, shared, surfaces)
        entries.append(entry)
    return entries


def _parse_actor(row: ActorRow, roles: Mapping[str, tuple[Role, ...]]) -> tuple[Entry, frozenset[str]]:
    actor_id = row.actor_id()
    kind = _TYPES.get(actor_id.partition(":")[0])
    if kind is None:
        row.refuse(f"{actor_id!r} is neither a person nor an organisation nor a group")
    gender = row["gender"] or (None if kind is ActorType.PERSON else "n")
    if gender not in (("m", "f", None) if kind is ActorType.PERSON else ("n",)):
        row.refuse(f"gender {gender!r} does not fit {actor_id}")
    country, held = row.country(), roles.get(actor_id, ())
    code = row.code() or (f"{country}ELI" if country and kind is ActorType.PERSON else "")
    if not code:
        row.refuse("code is empty")
    written = (row.required("name"), *row.several("aliases"))
    names = tuple(name.lstrip(_MARKS) for name in written)
    if len(set(names)) < len(names):
        row.refuse("an alias is doubled")
    entry = Entry(
        actor_id=actor_id,
        name=names[0],
        type=kind,
        country=country,
        code=code,
        wikidata_id=row.wikidata_id(),
        gender=gender,
        names=names,
        roles=held,
        source=row.required("source"),
        local_names=tuple(n.removeprefix(LOCAL) for n in written if n.startswith(LOCAL)),
        own_names=tuple(n.removeprefix(OWN) for n in written if n.startswith(OWN)),
    )
    return entry, frozenset(n.lstrip(_MARKS) for n in written if n.startswith((SHARED, LOCAL)))


def _check_surfaces(row: ActorRow, entry: Entry, shared: frozenset[str], surfaces: dict[str, tuple[int, bool]]) -> None:
    for name in entry.names:
        line, was_shared = surfaces.get(name, (0, True))
        if line and not (was_shared and name in shared):
            row.refuse(f"{name!r} already stands on line {line}; an alias that both mean begins with {SHARED}")
        surfaces[name] = row.line, name in shared


def check_known(roles: Mapping[str, Sequence[Role]], entries: Iterable[Entry], file: str) -> None:
    """Raise a ValueError if a role's actor is no entry."""
    known = {entry.actor_id for entry in entries}
    for actor_id in roles:
        if actor_id not in known:
            raise ValueError(f"{file}: {actor_id} has a role but no entry")
