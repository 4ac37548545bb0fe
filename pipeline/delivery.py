"""What becomes of the records of a run, against what the warehouse holds.

The rule: the records count as if they came one after the other, sorted by (raw_uri, raw_index),
and the last version of an article wins. Each record moves an article from one state to the next,
so it does not matter in how many runs the records come, nor in which order files are named.

How a run uses it, without holding a text: while records stream in, `Deliveries.add` notes each
and says whether its article may have to be extracted; only those are spooled. At the end,
`Deliveries.plan` tells which of the spooled articles are. An article that is known and stays as
it is costs its reading and one hash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipeline.tables import Article
from pipeline.vocabulary import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an article's row was read: the columns of `articles` of these names."""

    raw_uri: str
    raw_index: int
    raw_sha256: str

    @property
    def place(self) -> tuple[str, int]:
        """File and record: what records are sorted by."""
        return self.raw_uri, self.raw_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One normalized record of a run, without its text."""

    article_id: str
    record_hash: str
    published_date: date | None
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An article as the warehouse holds it."""

    record_hash: str
    day: date
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """An article to extract and to publish."""

    article_id: str
    origin: Origin
    """The record that holds the version."""
    day: date
    """The partition of its rows."""
    old_day: date | None
    """The partition that holds the rows of the version it replaces; None for a new article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """An article whose version stays, but whose row in `articles` names another origin."""

    article_id: str
    day: date
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOutcome:
    """What became of one record."""

    article_id: str
    origin: Origin
    outcome: Outcome
    day: date


@dataclass(frozen=True, slots=True)
class DeliveryPlan:
    """What a run has to do."""

    outcomes: list[RecordOutcome]
    """One for each delivery, sorted by (raw_uri, raw_index)."""
    extractions: list[Extraction]
    """One for each article that is new or changed, sorted by article_id."""
    refreshes: list[Refresh]
    """Sorted by article_id."""


def make_delivery(article: Article) -> Delivery:
    """The delivery that a normalized record is."""
    origin = Origin(raw_uri=article.raw_uri, raw_index=article.raw_index, raw_sha256=article.raw_sha256)
    return Delivery(
        article_id=article.article_id,
        record_hash=article.record_hash,
        published_date=article.published_date,
        origin=origin,
    )


class Deliveries:
    """The records of a run as they stream in, sorted by (raw_uri, raw_index)."""

    def __init__(self, known: Mapping[str, Known]) -> None:
        self.known = known
        self.deliveries: list[Delivery] = []
        self._changed: set[str] = set()

    def add(self, article: Article) -> bool:
        """Note a record; True where its article may have to be extracted, and so must be spooled.

        That is a version that the warehouse does not hold, or any that comes after one.

        Raises:
            ValueError: the record does not come after the last one.
        """
        delivery = make_delivery(article)
        if self.deliveries and delivery.origin.place <= self.deliveries[-1].origin.place:
            raise ValueError(f"record {article.raw_index} of {article.raw_uri} is out of order")
        self.deliveries.append(delivery)
        stored = self.known.get(article.article_id)
        if stored is None or stored.record_hash != article.record_hash:
            self._changed.add(article.article_id)
        return article.article_id in self._changed

    def plan(self, run_day: date) -> DeliveryPlan:
        """What the run has to do; see `plan_delivery`."""
        return plan_delivery(self.deliveries, self.known, run_day)


def plan_delivery(deliveries: Iterable[Delivery], known: Mapping[str, Known], run_day: date) -> DeliveryPlan:
    """Decide what becomes of a run's records.

    An article whose last version is the one that the warehouse holds, in the same partition, is
    left as it is, and all its records are `unchanged`, even where other versions came in between.

    Args:
        deliveries: the run's normalized records, in any order.
        known: the stored articles by id; those that are not delivered do not matter.
        run_day: the partition of articles without a date that are not yet known.

    Raises:
        ValueError: two deliveries are of one record.
    """
    by_article: dict[str, list[Delivery]] = {}
    for delivery in deliveries:
        by_article.setdefault(delivery.article_id, []).append(delivery)
    plan = DeliveryPlan([], [], [])
    for article_id in sorted(by_article):
        _plan_article(by_article[article_id], known.get(article_id), run_day, plan)
    plan.outcomes.sort(key=lambda outcome: outcome.origin.place)
    for one, other in zip(plan.outcomes, plan.outcomes[1:], strict=False):
        if one.origin.place == other.origin.place:
            raise ValueError(f"record {one.origin.raw_index} of {one.origin.raw_uri} was delivered twice in one run")
    return plan


def _plan_article(deliveries: list[Delivery], stored: Known | None, run_day: date, plan: DeliveryPlan) -> None:
    deliveries.sort(key=lambda delivery: delivery.origin.place)
    state = stored
    outcomes: list[Outcome] = []
    for delivery in deliveries:
        outcome, state = deliver(delivery, state, run_day)
        outcomes.append(outcome)
    last = deliveries[-1]
    if state is None:
        raise ValueError("an article without deliveries")
    if stored is not None and (state.record_hash, state.day) == (stored.record_hash, stored.day):
        outcomes = [Outcome.UNCHANGED] * len(deliveries)
        if state.origin != stored.origin:
            plan.refreshes.append(Refresh(article_id=last.article_id, day=stored.day, origin=state.origin))
    else:
        old_day = None if stored is None else stored.day
        plan.extractions.append(
            Extraction(article_id=last.article_id, origin=state.origin, day=state.day, old_day=old_day)
        )
    plan.outcomes.extend(
        RecordOutcome(article_id=d.article_id, origin=d.origin, outcome=o, day=state.day)
        for d, o in zip(deliveries, outcomes, strict=True)
    )


def deliver(delivery: Delivery, state: Known | None, run_day: date) -> tuple[Outcome, Known]:
    """What one record does to an article: the law that `plan_delivery` follows.

    The same version again keeps the smaller of both origins, so that it does not matter which
    of two files with the same record came first. An article without a date stays in the
    partition where it is.
    """
    if state is None:
        day = delivery.published_date or run_day
        return Outcome.PUBLISHED, Known(record_hash=delivery.record_hash, day=day, origin=delivery.origin)
    if delivery.record_hash == state.record_hash:
        origin = min(delivery.origin, state.origin, key=lambda origin: origin.place)
        return Outcome.UNCHANGED, replace(state, origin=origin)
    day = delivery.published_date or state.day
    return Outcome.REPLACED, Known(record_hash=delivery.record_hash, day=day, origin=delivery.origin)
