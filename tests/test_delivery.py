"""What becomes of records: the law of one after the other, whatever the order and the number of runs."""

from __future__ import annotations

from datetime import date

import pytest
from articles import article
from hypothesis import given
from hypothesis import strategies as st

from pipeline.delivery import Deliveries, Delivery, DeliveryPlan, Extraction, Known, Origin, plan_delivery
from pipeline.tables import Article
from pipeline.vocabulary import Outcome

RUN_DAY = date(2024, 5, 1)
P, R, U = Outcome.PUBLISHED, Outcome.REPLACED, Outcome.UNCHANGED


def origin(place: str, sha: str = "sha") -> Origin:
    uri, _, index = place.partition("#")
    return Origin(raw_uri=uri, raw_index=int(index or 0), raw_sha256=sha)


def delivery(place: str, version: str = "v1", article: str = "x", day: date | None = None) -> Delivery:
    return Delivery(article_id=article, record_hash=version, published_date=day, origin=origin(place))


def extracted(d: Delivery) -> Article:
    place = {"raw_uri": d.origin.raw_uri, "raw_index": d.origin.raw_index, "raw_sha256": d.origin.raw_sha256}
    return article("Text.", d.published_date, article_id=d.article_id, record_hash=d.record_hash, **place)


def known(version: str, place: str, day: date = RUN_DAY) -> Known:
    return Known(record_hash=version, day=day, origin=origin(place))


def apply(plan: DeliveryPlan, state: dict[str, Known], deliveries: list[Delivery]) -> dict[str, Known]:
    """What the warehouse holds after a plan."""
    hashes = {(d.article_id, d.origin.place): d.record_hash for d in deliveries}
    after = dict(state)
    for e in plan.extractions:
        after[e.article_id] = Known(record_hash=hashes[e.article_id, e.origin.place], day=e.day, origin=e.origin)
    for r in plan.refreshes:
        after[r.article_id] = Known(record_hash=state[r.article_id].record_hash, day=r.day, origin=r.origin)
    return after


CASES = [
    ("a new article is published", [delivery("a")], {}, [P], 1, 0),
    ("a known version is unchanged", [delivery("a")], {"x": known("v1", "a")}, [U], 0, 0),
    ("a new version replaces", [delivery("a", "v2")], {"x": known("v1", "a")}, [R], 1, 0),
    ("a copy in one run is unchanged", [delivery("a"), delivery("b")], {}, [P, U], 1, 0),
    ("a correction in one run replaces", [delivery("a"), delivery("b", "v2")], {}, [P, R], 1, 0),
    (
        "a correction delivered again with its first version changes nothing",
        [delivery("a"), delivery("b", "v2")],
        {"x": known("v2", "b")},
        [U, U],
        0,
        0,
    ),
    ("an earlier file with the same record takes the row over", [delivery("a")], {"x": known("v1", "b")}, [U], 0, 1),
    ("a later file with the same record does not", [delivery("c")], {"x": known("v1", "b")}, [U], 0, 0),
    ("two articles do not meet", [delivery("a"), delivery("b", article="y")], {}, [P, P], 2, 0),
    ("records are sorted by number, not by digits", [delivery("a#10", "v2"), delivery("a#9")], {}, [P, R], 1, 0),
]


@pytest.mark.parametrize(("reason", "deliveries", "stored", "outcomes", "n_extractions", "n_refreshes"), CASES)
def test_each_record_has_the_outcome_of_one_after_the_other(
    reason, deliveries, stored, outcomes, n_extractions, n_refreshes
):
    plan = plan_delivery(deliveries, stored, RUN_DAY)
    assert [o.outcome for o in plan.outcomes] == outcomes, reason
    assert (len(plan.extractions), len(plan.refreshes)) == (n_extractions, n_refreshes), reason


def test_the_last_version_is_the_one_to_extract():
    plan = plan_delivery([delivery("c", "v3"), delivery("a"), delivery("b", "v2")], {}, RUN_DAY)
    assert plan.extractions == [Extraction(article_id="x", origin=origin("c"), day=RUN_DAY, old_day=None)]


@pytest.mark.parametrize(
    ("delivered", "stored", "day", "old_day", "reason"),
    [
        (date(2024, 4, 2), None, date(2024, 4, 2), None, "a dated article is filed under its day"),
        (None, None, RUN_DAY, None, "an undated one under the day of the run"),
        (None, date(2024, 3, 3), date(2024, 3, 3), date(2024, 3, 3), "an undated one that is known stays"),
        (date(2024, 4, 2), date(2024, 3, 3), date(2024, 4, 2), date(2024, 3, 3), "a new day moves it"),
    ],
)
def test_an_article_is_filed_under_its_day(delivered, stored, day, old_day, reason):
    state = {"x": known("v1", "a", stored)} if stored else {}
    (extraction,) = plan_delivery([delivery("a", "v2", day=delivered)], state, RUN_DAY).extractions
    assert (extraction.day, extraction.old_day) == (day, old_day), reason


def test_the_same_place_with_other_bytes_refreshes_the_origin():
    stored = {"x": known("v1", "a")}
    again = Delivery(article_id="x", record_hash="v1", published_date=None, origin=origin("a", "other bytes"))
    (refresh,) = plan_delivery([again], stored, RUN_DAY).refreshes
    assert refresh.origin.raw_sha256 == "other bytes"


def test_one_record_cannot_be_delivered_twice():
    with pytest.raises(ValueError, match="delivered twice"):
        plan_delivery([delivery("a"), delivery("a", article="y")], {}, RUN_DAY)


DAYS = st.sampled_from([None, date(2024, 4, 1), date(2024, 4, 2)])
RECORDS = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.integers(0, 3)),
    st.tuples(st.sampled_from("xy"), st.sampled_from(["v1", "v2", "v3"])),
    max_size=8,
)


def make(records: dict, days: dict) -> list[Delivery]:
    return [
        Delivery(
            article_id=article,
            record_hash=version,
            published_date=days[version],
            origin=Origin(raw_uri=uri, raw_index=index, raw_sha256=f"{uri}{index}"),
        )
        for (uri, index), (article, version) in sorted(records.items())
    ]


VERSION_DAYS = st.fixed_dictionaries({"v1": DAYS, "v2": DAYS, "v3": DAYS})


@given(RECORDS, VERSION_DAYS, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(records, days, random):
    deliveries = make(records, days)
    shuffled = list(deliveries)
    random.shuffle(shuffled)
    assert plan_delivery(shuffled, {}, RUN_DAY) == plan_delivery(deliveries, {}, RUN_DAY)


@given(RECORDS, VERSION_DAYS)
def test_the_same_records_again_are_unchanged(records, days):
    deliveries = make(records, days)
    state = apply(plan_delivery(deliveries, {}, RUN_DAY), {}, deliveries)
    again = plan_delivery(deliveries, state, date(2024, 6, 1))
    assert {o.outcome for o in again.outcomes} <= {U}
    assert (again.extractions, again.refreshes) == ([], [])


@given(RECORDS, VERSION_DAYS, st.integers(0, 8))
def test_two_runs_in_order_give_what_one_gives(records, days, cut):
    deliveries = make(records, days)
    one = apply(plan_delivery(deliveries, {}, RUN_DAY), {}, deliveries)
    first, second = deliveries[:cut], deliveries[cut:]
    state = apply(plan_delivery(first, {}, RUN_DAY), {}, first)
    state = apply(plan_delivery(second, state, RUN_DAY), state, second)
    assert state == one


@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), st.sampled_from("xyz"), max_size=8), DAYS)
def test_files_without_corrections_may_arrive_in_any_order(records, day):
    deliveries = make({place: (article, "v1") for place, article in records.items()}, {"v1": day})
    one = apply(plan_delivery(deliveries, {}, RUN_DAY), {}, deliveries)
    state: dict[str, Known] = {}
    for file in "cab":
        of_file = [d for d in deliveries if d.origin.raw_uri == file]
        state = apply(plan_delivery(of_file, state, RUN_DAY), state, of_file)
    assert state == one


@given(RECORDS, VERSION_DAYS, RECORDS)
def test_every_record_has_one_outcome_and_every_changed_article_one_extraction(records, days, before):
    earlier = make(before, days)
    state = apply(plan_delivery(earlier, {}, RUN_DAY), {}, earlier)
    deliveries = make(records, days)
    plan = plan_delivery(deliveries, state, RUN_DAY)
    assert [o.origin for o in plan.outcomes] == [d.origin for d in deliveries]
    live = {o.article_id for o in plan.outcomes if o.outcome is not U}
    assert live == {e.article_id for e in plan.extractions}
    assert not live & {r.article_id for r in plan.refreshes}


@given(RECORDS, VERSION_DAYS, RECORDS)
def test_what_has_to_be_extracted_was_spooled(records, days, before):
    earlier = make(before, days)
    state = apply(plan_delivery(earlier, {}, RUN_DAY), {}, earlier)
    stream = Deliveries(state)
    spooled = {d.origin for d in make(records, days) if stream.add(extracted(d))}
    assert {e.origin for e in stream.plan(RUN_DAY).extractions} <= spooled


def test_records_that_come_out_of_order_are_refused():
    stream = Deliveries({})
    stream.add(extracted(delivery("b")))
    with pytest.raises(ValueError, match="out of order"):
        stream.add(extracted(delivery("a")))
