"""The table `actors`, counted from the mentions: first for a day, then over all days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.tables import ACTORS
from pipeline.warehouse.files import conform

_TOLD = ("name", "type", "code", "country", "role", "wikidata_id", "from_registry", "schema_version", "code_version")
_OPTIONAL = ("code", "country", "role", "wikidata_id")
_CHUNK = 300_000


def find_actors(mentions: pa.Table, day: date) -> pa.Table:
    """The actors that the articles of one day mention.

    Of what the mentions tell about an actor, the fullest version counts; among equals the most frequent; then the first
    in lexical order.

    Args:
        mentions: the rows of `mentions` of that day.
        day: the day.

    Returns:
        Rows of `actors`, sorted by id, first and last seen on that day.
    """
    known = mentions.filter(pc.is_valid(mentions["actor_id"]))
    told = _told(known)
    versions = told.group_by(["actor_id", *_TOLD], use_threads=False).aggregate([([], "count_all")])
    filled = [pc.cast(pc.is_valid(versions[c]), pa.int8()) for c in _OPTIONAL]
    n_filled = pc.add(pc.add(filled[0], filled[1]), pc.add(filled[2], filled[3]))
    versions = versions.append_column("n_filled", n_filled)
    order = [("actor_id", "ascending"), ("n_filled", "descending"), ("count_all", "descending")]
    versions = versions.take(pc.sort_indices(versions, sort_keys=[*order, *((c, "ascending") for c in _TOLD)]))
    best = versions.take(_first_of_each(versions["actor_id"]))
    counts = known.group_by("actor_id", use_threads=False).aggregate([("article_id", "count_distinct")])
    counts = counts.sort_by("actor_id")
    days = pa.array([day] * len(best), pa.date32())
    columns = {c: best[c] for c in ("actor_id", *_TOLD)}
    columns |= {"from_registry": pc.cast(best["from_registry"], pa.bool_())}
    columns |= {"first_seen": days, "last_seen": days, "n_articles": counts["article_id_count_distinct"]}
    return conform(ACTORS, pa.table(columns))


def combine_actors(parts: Iterable[pa.Table]) -> pa.Table:
    """Add up the actors of several stretches of days that do not overlap.

    What is told about an actor is taken from the stretch that saw it last. Memory grows with the number of actors,
    not with the number of days.
    """
    waiting: list[pa.Table] = [ACTORS.arrow.empty_table()]
    for part in parts:
        waiting.append(part)
        if sum(map(len, waiting)) > _CHUNK + 2 * len(waiting[0]):
            waiting = [_combine(waiting)]
    return _combine(waiting)


def _told(known: pa.Table) -> pa.Table:
    """The mentions with their columns named as in `actors`."""
    name = pc.coalesce(known["actor_name"], known["text"])
    renamed = {"name": name, "type": known["actor_type"], "code": known["actor_code"]}
    # Sorting by a boolean column is not supported by all versions of Arrow: 0 and 1 sort alike.
    renamed["from_registry"] = pc.cast(known["from_registry"], pa.int8())
    return pa.table({c: renamed.get(c, known[c] if c in known.column_names else None) for c in ("actor_id", *_TOLD)})


def _combine(parts: list[pa.Table]) -> pa.Table:
    rows = pa.concat_tables(parts)
    rows = rows.take(pc.sort_indices(rows, sort_keys=[("actor_id", "ascending"), ("last_seen", "descending")]))
    last = rows.take(_first_of_each(rows["actor_id"]))
    sums = rows.group_by("actor_id", use_threads=False).aggregate([("first_seen", "min"), ("n_articles", "sum")])
    sums = sums.sort_by("actor_id")
    last = last.set_column(last.schema.get_field_index("first_seen"), "first_seen", sums["first_seen_min"])
    last = last.set_column(last.schema.get_field_index("n_articles"), "n_articles", sums["n_articles_sum"])
    return conform(ACTORS, last)


def _first_of_each(ids: pa.ChunkedArray) -> pa.Array:
    """The positions at which a new value begins in sorted ids."""
    ids = ids.combine_chunks()
    if not len(ids):
        return pa.array([], pa.int64())
    changes = pc.not_equal(ids.slice(1), ids.slice(0, len(ids) - 1))
    starts = pa.concat_arrays([pa.array([True]), changes])
    return pc.indices_nonzero(starts)
