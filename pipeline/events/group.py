"""What makes two events one: the same actors, CAMEO root, day and place, whoever tells it.

An event has a group only where the text tells enough to know it again:

- it has happened: negated, future and hypothetical events have none, and so never join with facts;
- it lies on one day, told without "about" (EDTF `~`, `?`, `%`);
- at least one of its actors and recipients is known by id.

A side is its ids; where none is known, the codes of its groups ("Georgian riot police"); else it is open. Of an act of
both sides it does not matter which of them is named first. The place is its GeoNames id, else its country, else its
words. An event without a place joins with others without, never with those that name one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import replace

from pipeline.ids import make_id
from pipeline.tables import Event

_UNSURE = re.compile("[~?%]")


def with_group(event: Event) -> Event:
    """The event with its group."""
    return replace(event, event_group=find_group(event))


def find_group(event: Event) -> str | None:
    """The group of an event: a hash of what makes it one; None where the text does not tell enough."""
    day = event.event_from
    if event.is_negated or event.is_future or event.is_hypothetical:
        return None
    if day is None or day != event.event_to or _UNSURE.search(event.event_edtf or ""):
        return None
    if not event.actor_ids and not event.recipient_ids:
        return None
    sides = [
        _side(event.actor_ids, event.actor_codes),
        _side(event.recipient_ids, event.recipient_codes),
    ]
    if event.is_mutual:
        sides = [sorted({*sides[0], *sides[1]})]
    return make_id("event_group", event.cameo_code[:2], json.dumps(sides), day.isoformat(), _place(event))


def _side(ids: Collection[str], codes: Collection[str]) -> list[str]:
    return sorted({f"id {i}" for i in ids} or {f"code {c}" for c in codes})


def _place(event: Event) -> str | None:
    if event.place_id:
        return f"id {event.place_id}"
    if event.country:
        return f"country {event.country}"
    return f"words {' '.join(event.place.casefold().split())}" if event.place else None
