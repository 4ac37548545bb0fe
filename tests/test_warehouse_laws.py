"""Laws of the warehouse: what it holds depends on the articles, not on how they came."""

from __future__ import annotations

import contextlib
import tempfile
from datetime import date
from pathlib import Path

import pytest
from faults import Crash, Killer, readable, tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torture import torture, watch_readers
from warehouse_rows import Story, load

from pipeline.warehouse import Warehouse
from pipeline.warehouse.check import check_warehouse
from pipeline.warehouse.storage import LocalStorage

pytestmark = pytest.mark.usefixtures("no_waiting_for_the_disk")

DAYS = [date(2024, 2, 1), date(2024, 2, 2), None]

versions = st.builds(
    Story,
    st.sampled_from(["bridge", "dam", "flood", "storm"]),
    st.sampled_from(DAYS),
    st.sampled_from([("Ada Poe",), ("Bo Ray", "Ada Poe"), ("Cy Fox",)]),
    st.sampled_from(["The bridge is safe", "It fell"]),
    source=st.sampled_from(["Harbour Post", "Ledger Wire", None]),
    happened=st.sampled_from([None, date(2024, 1, 31)]),
)
deliveries = st.lists(versions, max_size=4, unique_by=lambda s: s.name)
kills = st.none() | st.integers(0, 200)


def article_tables(root: Path) -> dict[str, bytes]:
    """The tables that hold nothing of the runs."""
    runs = ("ledger/", "rejects/", "checks/", "runs/")
    return {p: d for p, d in readable(tree(root)).items() if not p.startswith(runs)}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(deliveries, kills), max_size=4))
def test_any_runs_corrections_redeliveries_and_kills_equal_one_clean_run_over_the_final_articles(runs):
    final: dict[str, Story] = {}
    with tempfile.TemporaryDirectory() as folder:
        root, clean = Path(folder) / "w", Path(folder) / "clean"
        for i, (delivery, at) in enumerate(runs):
            if at is not None:
                with contextlib.suppress(Crash):
                    load(Warehouse("", storage=LocalStorage(str(root), Killer(at))), f"r{i}", delivery)
            load(Warehouse(str(root)), f"r{i}", delivery)
            final |= {s.name: s for s in delivery}
        load(Warehouse(str(root)), "last", [])
        load(Warehouse(str(clean)), "clean", list(final.values()))
        assert article_tables(root) == article_tables(clean)
        assert {p: d for p, d in tree(root).items() if p.startswith("_")} == {
            p: d for p, d in tree(clean).items() if p.startswith("_")
        }
        assert check_warehouse(Warehouse(str(root))) == []


def test_readers_in_a_loop_see_each_partition_whole_while_runs_publish(tmp_path):
    seen = watch_readers(tmp_path, generations=3, least=30)
    assert seen.wrong == []
    assert seen.reads > 30
    assert len(seen.generations) > 1
    assert seen.failed == []


@pytest.mark.slow
def test_writers_that_are_killed_at_random_instants_lose_and_double_nothing(tmp_path, monkeypatch):
    monkeypatch.undo()
    tally = torture(tmp_path, kills=3, seed=20240309)
    assert tally.kills == 3
