"""Metrics, floors, drift, and the evaluation of EDTF that the audit has of its own."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import a_run, good_rows, many_rows

from expectations.drift import Band, History, find_bands, parse_number
from expectations.floors import DriftBounds, parse_floors, read_floors
from expectations.intervals import Unknown, is_edtf, sides_of
from expectations.metrics import Metric, Tally, describe, is_share, metric_names, tally_chunk
from pipeline.schema import build
from pipeline.tables import ARTICLE_TABLES, CHECKS, RUNS, Check
from pipeline.vocabulary import Severity

DRIFT = "[drift]\nwindow = 30\nleast_runs = 3\ndeviations = 5\nleast_share = 0.1\nleast_factor = 3.0\nleast = 1\n"
BOUNDS = DriftBounds(window=30, least_runs=3, deviations=5, least_share=0.1, least_factor=3.0, least=1)

# metrics


def tally_of(*names: str) -> Tally:
    tally = Tally()
    for name in names:
        tables = many_rows(name).tables()
        tally_chunk(tally, tables, tables)
    return tally


@pytest.mark.parametrize(
    ("table", "name", "expected"),
    [
        ("articles", "rows", 2),
        ("statements", "rows_per_article", 2),
        ("mentions", "rows_per_article", 3),
        ("events", "filled_recipient", 0.5),
        ("events", "filled_contexts", 1),
        ("events", "true_is_future", 0),
        ("statements", "kind_mixed", 0.5),
        ("statements", "mean_confidence", 0.9),
        ("statements", "speakers_with_id", 1),
        ("statements", "dated_in_dated_articles", 0.5),
        ("dates", "resolved_in_dated_articles", 1),
        ("articles", "without_any_row", 0),
        ("articles", "quarantined", 0),
    ],
)
def test_metrics_measure_what_they_say(table: str, name: str, expected: float) -> None:
    assert tally_of("ab").value(Metric(table, name)) == pytest.approx(expected)


def test_an_article_without_any_row_is_counted() -> None:
    tables = many_rows("ab").tables()
    kept = {name: data if name == "articles" else data.slice(0, 0) for name, data in tables.items()}
    tally = Tally()
    tally_chunk(tally, tables, kept)
    assert tally.value(Metric("articles", "without_any_row")) == 1
    assert tally.value(Metric("mentions", "quarantined")) == 1
    assert tally.value(Metric("mentions", "filled_actor_id")) is None


def test_metrics_are_the_same_in_any_number_of_chunks() -> None:
    merged = tally_of("a")
    merged.merge(tally_of("b", "c"))
    whole = tally_of("a", "b", "c").sums
    assert merged.sums.keys() == whole.keys()
    assert all(merged.sums[m] == pytest.approx(whole[m]) for m in whole)


def test_every_nullable_column_has_a_metric() -> None:
    names = metric_names()
    assert all((t.name, f"filled_{c.name}") in names for t in ARTICLE_TABLES for c in t.columns if c.nullable)


def test_every_metric_is_described_in_a_sentence() -> None:
    assert [m for m in metric_names() if not describe(m).endswith(".") or "{" in describe(m)] == []


def test_shares_are_shares() -> None:
    tally = tally_of("abc")
    values = {m: tally.value(m) for m in tally.sums if is_share(m)}
    assert [m for m, value in values.items() if value is not None and not 0 <= value <= 1] == []


# floors


def test_every_nullable_column_has_its_line_in_the_floors() -> None:
    bounds = read_floors().bounds
    columns = {Metric(t.name, f"filled_{c.name}") for t in ARTICLE_TABLES for c in t.columns if c.nullable}
    assert columns - set(bounds) == set()


def test_every_table_has_a_floor_for_its_rows_and_a_ceiling_for_what_is_quarantined() -> None:
    bounds = read_floors().bounds
    for table in ARTICLE_TABLES:
        assert bounds[Metric(table.name, "quarantined")].fail_above is not None
        if table.name != "articles":
            assert (bounds[Metric(table.name, "rows_per_10000_characters")].fail_below or 0) > 0


def test_good_rows_keep_all_floors_at_any_size() -> None:
    bounds = read_floors().bounds
    tables = good_rows().tables()
    tally = Tally()
    tally_chunk(tally, tables, tables)
    for metric, bound in bounds.items():
        value = tally.value(metric)
        if tally.size(metric) >= bound.least and value is not None:
            assert bound.fail_below is None or value >= bound.fail_below, metric
            assert bound.fail_above is None or value <= bound.fail_above, metric


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("[statements]\nrows_per_artikel = { fail_below = 1 }", "no metric statements.rows_per_artikel"),
        ("[statments]\nrows_per_article = { fail_below = 1 }", "no metric statments"),
        ("[statements]\nrows_per_article = { fail_under = 1 }", "fail_under"),
        ("[statements]\nrows_per_article = { fail_below = 2, warn_below = 1 }", "does not hold"),
        ("[statements]\nrows_per_article = { warn_above = 2, fail_above = 1 }", "does not hold"),
        ("[statements]\nrows_per_article = { least = 2 }", "either a bound or the reason"),
        ("[statements]\nrows_per_article = { fail_below = 1, free = 'why' }", "either a bound or the reason"),
        ("[statements]\nrows_per_article = { fail_below = 'one' }", "number"),
        ("[statements]\nrows_per_article = { fail_below = nan }", "number"),
        ("[statements]\nrows_per_article = 3", "rows_per_article"),
        ("statements = 3", "statements"),
        ("[statements", "floors"),
    ],
)
def test_floors_refuse_what_they_do_not_know(text: str, error: str) -> None:
    with pytest.raises(ValueError, match=error):
        parse_floors(f"{DRIFT}{text}", "floors")


@pytest.mark.parametrize("drift", ["", "[drift]\nwindow = 3", DRIFT + "more = 1\n", DRIFT.replace("30", "'x'")])
def test_floors_refuse_drift_that_is_not_whole(drift: str) -> None:
    with pytest.raises(ValueError, match="floors"):
        parse_floors(drift, "floors")


# drift


def history(metric: Metric, values: list[float], n_checked: int = 1000) -> History:
    runs, checks = [], []
    for number, value in enumerate(values):
        began = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number)
        run_id = f"run-{number}"
        runs.append(a_run(run_id, began))
        checks.append(
            Check(
                run_id=run_id,
                table=metric.table,
                rule=metric.name,
                meaning="",
                severity=Severity.INFO,
                success=True,
                n_checked=n_checked,
                n_failed=0,
                observed=f"{value:.6g}",
                threshold=None,
            )
        )
    return History(build(CHECKS, checks, "test"), build(RUNS, runs, "test"))


SHARE, COUNT = Metric("events", "filled_actor"), Metric("articles", "rows")


def band(metric: Metric, values: list[float], size: float = 1000, bounds: DriftBounds = BOUNDS) -> Band | None:
    tally = Tally({metric: (size / 2, size)})
    return find_bands(tally, history(metric, values), bounds, "now").get(metric)


def test_a_steady_share_may_move_by_the_tolerance() -> None:
    found = band(SHARE, [0.5] * 10, size=1e9)
    assert found is not None
    assert (found.low, found.high, found.n_runs) == (pytest.approx(0.4), pytest.approx(0.6), 10)


def test_a_steady_count_may_move_by_the_factor() -> None:
    found = band(COUNT, [300] * 10)
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(100), pytest.approx(900))


def test_a_share_that_varies_may_vary() -> None:
    found = band(SHARE, [0.3, 0.4, 0.5, 0.6, 0.7], size=1e9)
    assert found is not None
    assert found.low < 0.3
    assert found.high > 0.7


def test_a_small_run_has_a_wider_band() -> None:
    small, large = band(SHARE, [0.5] * 10, size=20), band(SHARE, [0.5] * 10, size=1e9)
    assert small is not None
    assert large is not None
    assert small.low < large.low


def test_only_the_last_runs_count() -> None:
    bounds = DriftBounds(window=3, least_runs=3, deviations=5, least_share=0.1, least_factor=3.0, least=1)
    found = band(SHARE, [0.1] * 20 + [0.9] * 3, bounds=bounds)
    assert found is not None
    assert (found.middle, found.n_runs) == (0.9, 3)


def test_one_night_that_was_off_does_not_move_the_band() -> None:
    assert band(SHARE, [0.5] * 10 + [0.0], size=1e9) == band(SHARE, [0.5] * 11, size=1e9)


def test_runs_of_few_rows_say_nothing_of_shares() -> None:
    bounds = DriftBounds(window=30, least_runs=3, deviations=5, least_share=0.1, least_factor=3.0, least=5000)
    assert band(SHARE, [0.5] * 10, size=1e6, bounds=bounds) is None
    assert band(COUNT, [300] * 10, bounds=bounds) is not None


@given(st.lists(st.floats(0, 1), min_size=3, max_size=30), st.integers(1, 10**6))
def test_the_middle_of_a_band_lies_in_it(values: list[float], size: int) -> None:
    found = band(SHARE, values, size)
    assert found is not None
    assert found.low <= found.middle <= found.high
    assert not math.isnan(found.low + found.high)


@given(st.lists(st.integers(0, 10**9), min_size=3, max_size=30))
def test_counts_of_nothing_have_a_band_too(values: list[int]) -> None:
    found = band(COUNT, [float(v) for v in values])
    assert found is not None
    assert 0 < found.low <= found.high


@pytest.mark.parametrize(
    ("text", "expected"), [("0.5", 0.5), ("12", 12.0), (None, None), ("", None), ("3 of 5 rows", None), ("nan", None)]
)
def test_only_numbers_are_read_as_metrics(text: str | None, expected: float | None) -> None:
    assert parse_number(text) == expected


# EDTF


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("202X", date(2020, 1, 1), date(2029, 12, 31)),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31)),
        ("2024-XX", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02-XX", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-24/2024-02-26", date(2024, 2, 24), date(2024, 2, 26)),
        ("2024-02/2024-04", date(2024, 2, 1), date(2024, 4, 30)),
        ("2024-02-24/..", date(2024, 2, 24), Unknown.OPEN),
        ("../2024-02", Unknown.OPEN, date(2024, 2, 29)),
        ("2024-03-07T09:30", date(2024, 3, 7), date(2024, 3, 7)),
        ("2024-03-07T09:30:00Z", date(2024, 3, 7), date(2024, 3, 7)),
        ("XXXX-02-24", Unknown.OPEN, Unknown.OPEN),
        ("XXXX", Unknown.OPEN, Unknown.OPEN),
        ("2024-21", Unknown.UNTOLD, Unknown.UNTOLD),
        ("../2010-23", Unknown.OPEN, Unknown.UNTOLD),
        ("2024-1X", Unknown.UNTOLD, Unknown.UNTOLD),
        ("1989~", Unknown.LOOSE, Unknown.LOOSE),
        ("-0044", Unknown.LOOSE, Unknown.LOOSE),
        ("2024-13", date.max, date.min),
        ("2023-02-29", date.max, date.min),
    ],
)
def test_edtf_tells_its_first_and_last_day(edtf: str, first: object, last: object) -> None:
    assert is_edtf(edtf)
    assert sides_of(edtf) == (first, last)


@pytest.mark.parametrize("text", ["", "/", "../..", "2024-2", "24 February 2024", "2024-02-24 / 2024-02-26", "2024-W08", "2024-02-24\n", "P3D", "20240224", "FEB"])  # fmt: skip
def test_what_is_no_edtf_is_refused(text: str) -> None:
    assert not is_edtf(text)


@given(st.dates(date(1, 1, 1)), st.dates(date(1, 1, 1)))
def test_days_and_intervals_of_days_tell_themselves(first: date, last: date) -> None:
    assert sides_of(first.isoformat()) == (first, first)
    assert sides_of(f"{first.isoformat()}/{last.isoformat()}") == (first, last)


@given(st.text("0123456789X-/.T:?~%", max_size=24))
def test_anything_well_formed_can_be_evaluated(text: str) -> None:
    if is_edtf(text):
        sides_of(text)
