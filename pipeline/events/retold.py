"""Retold events: an event that an article tells twice is one row, with its mentions counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.tables import Event

Key = tuple[object, ...]


def merge(events: Iterable[Event]) -> list[Event]:
    """Join the rows that tell the same event, in the order of the text; the fullest of them stays.

    The same event: same root, status and teller's certainty, the same known actors on both sides, and dates
    and places that do not contradict each other. Events with an unknown side are never joined.
    """
    kept: list[Event] = []
    by_key: dict[Key, list[int]] = {}
    for event in events:
        key = _key(event)
        same = next((n for n in by_key.get(key, []) if _agree(kept[n], event)), None) if key else None
        if same is None:
            by_key.setdefault(key, []).append(len(kept))
            kept.append(event)
            continue
        first = kept[same]
        fullest = event if _fullness(event) > _fullness(first) else first
        kept[same] = replace(fullest, n_mentions=first.n_mentions + 1)
    return sorted(kept, key=lambda e: (e.trigger_start, e.trigger_end, e.event_id))


def _key(event: Event) -> Key:
    if not event.actor_ids or not event.recipient_ids:
        return ()
    parties = (tuple(sorted(event.actor_ids)), tuple(sorted(event.recipient_ids)))
    if event.is_mutual:
        parties = (tuple(sorted({*event.actor_ids, *event.recipient_ids})), ())
    status = (event.is_negated, event.is_future, event.is_hypothetical, event.is_historical)
    return (event.cameo_code[:2], *parties, *status)


def _agree(one: Event, other: Event) -> bool:
    if (one.event_from and one.event_to and other.event_from and other.event_to) and (
        one.event_from > other.event_to or other.event_from > one.event_to
    ):
        return False
    if (
        one.place_id
        and other.place_id
        and one.place_id != other.place_id
        and one.place_precision == other.place_precision
    ):
        return False
    short, long = sorted((one.cameo_code, other.cameo_code), key=len)
    return long.startswith(short[:3]) or short.rstrip("0") == short[:2] or long.rstrip("0") == long[:2]


def _fullness(event: Event) -> tuple[int, int, int]:
    return (
        len(event.cameo_code) + (not event.cameo_code.endswith("0")),
        (event.event_from is not None) + (event.place is not None),
        len(event.actor_ids) + len(event.recipient_ids),
    )
