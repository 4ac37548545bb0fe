"""The table `event_groups`, counted from events and their articles, one event day at a time.

A row keeps what it is counted from (`tellings`). So a run reads the groups of the event days that its articles tell of,
takes out what the articles told before, puts in what they tell now, and counts those groups anew: the result is the
same whatever came first, and no other day is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.duplicates import find_words, make_order
from pipeline.ids import make_id
from pipeline.schema import build
from pipeline.tables import EVENT_GROUPS, EventGroup, Telling
from pipeline.vocabulary import PlacePrecision, PloverType
from pipeline.warehouse.files import conform

ARTICLE_COLUMNS = ("article_id", "source", "published_date", "published_at", "content_hash")
"""The columns of `articles` that a group is counted from."""

LEAST_WORDS = 8
"""Words of a sentence that two outlets do not write alike by chance."""

_SHARED = ("event_group", "event_date", "cameo_root", "is_mutual", "actor_ids", "recipient_ids")
"""The columns that are the same for all events of a group."""
_TELLING = EVENT_GROUPS.arrow.field("tellings").type.value_type
TOLD = pa.schema([*(EVENT_GROUPS.arrow.field(c) for c in _SHARED), *_TELLING])
"""Events of groups with what is told of them: the columns that their group shares, then those of its tellings."""


def find_tellings(events: pa.Table, articles: pa.Table) -> pa.Table:
    """The events that belong to a group, with what the group needs of their articles.

    Args:
        events: rows of `events`; those without a group, or whose article is not there, are left out.
        articles: their articles, by the columns `ARTICLE_COLUMNS`.

    Returns:
        Rows of `TOLD`, in the order of `events`.
    """
    if "event_group" not in events.column_names:
        return TOLD.empty_table()
    events = events.filter(pc.is_valid(events["event_group"]))
    at = pc.index_in(events["article_id"], articles["article_id"].combine_chunks())
    events, at = events.filter(pc.is_valid(at)), at.drop_null()
    parties = [
        (sorted({*actors, *recipients}), []) if mutual else (sorted(set(actors)), sorted(set(recipients)))
        for actors, recipients, mutual in zip(
            *(events[c].to_pylist() for c in ("actor_ids", "recipient_ids", "is_mutual")), strict=True
        )
    ]
    made = {
        "event_date": events["event_from"],
        "cameo_root": pc.utf8_slice_codeunits(events["cameo_code"], 0, 2),
        "actor_ids": pa.array([actors for actors, _ in parties], TOLD.field("actor_ids").type),
        "recipient_ids": pa.array([recipients for _, recipients in parties], TOLD.field("recipient_ids").type),
        "sentence_hash": pa.array([_hash_sentence(s) for s in events["sentence"].to_pylist()], pa.string()),
        "is_reported": pc.is_valid(events["reported_by_statement_id"]),
        **{c: articles[c].take(at) for c in ARTICLE_COLUMNS[1:]},
    }
    columns = [made[c] if c in made else events[c] for c in TOLD.names]
    return pa.table(columns, TOLD.names).cast(TOLD)


def regroup(groups: pa.Table, gone: Collection[str], told: pa.Table) -> pa.Table:
    """The groups of one event day, after some articles no longer tell what they told and others tell something new.

    Args:
        groups: rows of `event_groups` of that day.
        gone: ids of the articles whose tellings are taken out.
        told: rows of `TOLD` of that day, to be put in.

    Returns:
        All rows of the day. Those that nothing changed for are as they were.
    """
    tellings = groups["tellings"].combine_chunks()
    ids, parents = pc.struct_field(pc.list_flatten(tellings), "article_id"), pc.list_parent_indices(tellings)
    hit = pc.unique(parents.filter(pc.is_in(ids, pa.array(sorted(gone), pa.string()))))
    numbers = pa.array(range(len(groups)), pa.int64())
    touched = pc.or_(pc.is_in(numbers, hit.cast(pa.int64())), pc.is_in(groups["event_group"], told["event_group"]))
    changed: dict[str, _Counter] = {}
    for row in groups.filter(touched).to_pylist():
        kept = [t for t in row["tellings"] if t["article_id"] not in gone]
        changed[row["event_group"]] = _Counter(row, kept)
    for row in told.to_pylist():
        before = changed.get(row["event_group"])
        counter = changed[row["event_group"]] = _Counter(row, before.tellings if before else [])
        counter.tellings.append({name: row[name] for name in _TELLING_NAMES})
    rows = _build([counter for counter in changed.values() if counter.tellings])
    return pa.concat_tables([conform(EVENT_GROUPS, groups.filter(pc.invert(touched))), rows])


def compare_groups(expected: pa.Table, found: pa.Table) -> str | None:
    """How the groups of a day differ from those that are expected, in words; None where they do not."""
    right, there = ({row["event_group"]: row for row in rows.to_pylist()} for rows in (expected, found))
    wrong = {
        "missing": sorted(right.keys() - there.keys()),
        "superfluous": sorted(there.keys() - right.keys()),
        "wrong": sorted(g for g in right.keys() & there.keys() if right[g] != there[g]),
    }
    told = [f"{len(ids)} are {what}, such as {ids[0]}" for what, ids in wrong.items() if ids]
    return "; ".join(told) or None


def split_days(told: pa.Table) -> Iterator[tuple[date, pa.Table]]:
    """The event days of some tellings in order, each with its own."""
    told = told.sort_by("event_date")
    counts = pc.value_counts(told["event_date"])
    start = 0
    for day, n in zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True):
        yield day, told.slice(start, n)
        start += n


class Retold:
    """What the articles of a publication told before, and tell now."""

    def __init__(self) -> None:
        self.gone: dict[date, set[str]] = defaultdict(set)
        """The articles that told of each event day before."""
        self._told: list[pa.Table] = [TOLD.empty_table()]

    def leave(self, events: pa.Table) -> None:
        """Note rows of `events` that leave the warehouse, or come again."""
        if "event_group" in events.column_names:
            events = events.filter(pc.is_valid(events["event_group"]))
            for day, article in zip(events["event_from"].to_pylist(), events["article_id"].to_pylist(), strict=True):
                self.gone[day].add(article)

    def come(self, events: pa.Table, articles: pa.Table) -> None:
        """Note rows of `events` that are published, with their articles."""
        self._told.append(find_tellings(events, articles))

    def days(self) -> Iterator[tuple[date, set[str], pa.Table]]:
        """Each event day that is touched, in order: the articles that told of it before, and what is told of it now."""
        told = dict(split_days(pa.concat_tables(self._told)))
        for day in sorted({*self.gone, *told}):
            yield day, self.gone.get(day, set()), told.get(day, TOLD.empty_table())


_TELLING_NAMES = tuple(f.name for f in _TELLING)


class _Counter:
    """One group under way: what its events share, and its tellings."""

    def __init__(self, shared: Mapping[str, Any], tellings: list[dict[str, Any]]) -> None:
        self.shared = {name: shared[name] for name in _SHARED}
        self.tellings = tellings

    def count(self) -> tuple[EventGroup, int, str]:
        """The row, and the versions of the telling that it takes its words from."""
        tellings = sorted(self.tellings, key=_order)
        first = tellings[0]
        outlets = find_outlets(tellings)
        days = [t["published_date"] for t in tellings if t["published_date"] is not None]
        articles = sorted({t["article_id"] for t in tellings})
        row = EventGroup(
            **self.shared,
            cameo_codes=sorted({t["cameo_code"] for t in tellings}),
            plover_type=PloverType(first["plover_type"]) if first["plover_type"] else None,
            place_precision=PlacePrecision(first["place_precision"]) if first["place_precision"] else None,
            **{name: first[name] for name in _AS_FIRST_TOLD},
            n_events=len(tellings),
            n_articles=len(articles),
            n_sources=len(outlets),
            n_reported=sum(t["is_reported"] for t in tellings),
            first_published=min(days, default=None),
            last_published=max(days, default=None),
            sources=sorted(name for name in outlets.values() if name is not None),
            article_ids=articles,
            tellings=[Telling(**t) for t in tellings],
        )
        return row, first["schema_version"], first["code_version"]


_AS_FIRST_TOLD = (
    *("trigger", "actor", "actor_code", "recipient", "recipient_code"),
    *("place", "place_id", "country", "lat", "lon"),
)


def find_outlets(tellings: Iterable[Mapping[str, Any]]) -> dict[str, str | None]:
    """The independent outlets of a group.

    Each text counts for the outlet that published it first: a wire story is the agency's, not that of the papers that
    print it. Texts are copies where their content_hash or a sentence_hash is the same; a copy of a copy is one.

    Args:
        tellings: what is told, the first published in front.

    Returns:
        The name of each outlet as first delivered, by its name without case and spacing. An article without outlet
        stands for itself: its id, and None.
    """
    texts = _Texts()
    for t in tellings:
        texts.join(t["article_id"], f"content {t['content_hash']}")
        if t["sentence_hash"] is not None:
            texts.join(t["article_id"], f"sentence {t['sentence_hash']}")
    outlets: dict[str, str | None] = {}
    counted: set[str] = set()
    for t in tellings:
        text = texts.of(t["article_id"])
        if text not in counted:
            counted.add(text)
            name = " ".join((t["source"] or "").split())
            outlets.setdefault(f"outlet {name.casefold()}" if name else f"article {t['article_id']}", name or None)
    return outlets


class _Texts:
    """Sets of what belongs to one text: articles and hashes, joined pair by pair."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The name that stands for the text."""
        while (parent := self._parent.setdefault(name, name)) != name:
            self._parent[name] = self._parent[parent]
            name = parent
        return name

    def join(self, one: str, other: str) -> None:
        """Make one text of two."""
        self._parent[self.of(one)] = self.of(other)


def _build(counters: Iterable[_Counter]) -> pa.Table:
    counted = [counter.count() for counter in counters]
    table = build(EVENT_GROUPS, [row for row, _, _ in counted], "")
    for name, values in (("schema_version", [v for _, v, _ in counted]), ("code_version", [v for _, _, v in counted])):
        at = table.schema.get_field_index(name)
        table = table.set_column(at, table.schema.field(at), pa.array(values, table.schema.field(at).type))
    return table


def _order(telling: Mapping[str, Any]) -> tuple[Any, ...]:
    """As copies are sorted, so that the original of copies is told first; then by the id."""
    return (
        *make_order(telling["published_date"], telling["published_at"], telling["article_id"]),
        telling["event_id"],
    )


def _hash_sentence(sentence: str) -> str | None:
    words = find_words(sentence)
    return make_id("sentence", *words) if len(words) >= LEAST_WORDS else None
