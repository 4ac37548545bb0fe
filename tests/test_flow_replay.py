"""The replay flow as users call it: what passes is published and leaves `rejects`; what does not, stays there once."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import published_bytes
from golden import run_newsledger

from flows.replay import find_retries
from pipeline.ids import make_id
from pipeline.schema import build
from pipeline.tables import REJECTS, Reject
from pipeline.vocabulary import Reason, Stage

TEXT = "The harbour of Varna was closed on Tuesday because of a storm, the port authority said. Three ships had to turn back."


def rejects_of(warehouse: Path) -> list[dict[str, object]]:
    return [
        row for file in sorted(warehouse.glob("rejects/*/*.parquet")) for row in pq.ParquetFile(file).read().to_pylist()
    ]


@pytest.mark.slow
@pytest.mark.xdist_group("flow")
def test_what_passes_after_a_fix_leaves_rejects(tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(n), "text": f"{TEXT} {'It blew hard. ' * n}"}) for n in (1, 9)]
    (tmp_path / "in.jsonl").write_text("\n".join([*lines, "{cut"]) + "\n")
    warehouse, home = tmp_path / "warehouse", tmp_path / "prefect"
    to = ["--warehouse", str(warehouse), "--set", "date=2024-05-06"]
    limited = run_newsledger(
        "run", "-i", str(tmp_path / "in.jsonl"), *to, "--set", "max_text_characters=200", home=home
    )
    assert limited.returncode == 0, limited.stdout + limited.stderr
    assert sorted(str(r["reason"]) for r in rejects_of(warehouse)) == ["invalid_record", "too_large"]

    again = run_newsledger("replay", *to, home=home)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "2 rejects were tried again; 0 could not be" in again.stdout
    assert [r["reason"] for r in rejects_of(warehouse)] == ["invalid_record"]

    whole = tmp_path / "whole"
    clean = run_newsledger(
        "run", "-i", str(tmp_path / "in.jsonl"), "--warehouse", str(whole), "--date", "2024-05-06", home=home
    )
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert published_bytes(warehouse) == published_bytes(whole)


def reject(n: int, **given: object) -> Reject:
    fields: dict[str, object] = {
        "reject_id": make_id("reject", n), "run_id": f"run-{n}", "stage": Stage.LOAD, "table": None, "key": None,
        "article_id": None, "reason": Reason.NO_TEXT, "detail": "", "raw_uri": "a.jsonl", "raw_index": n, "position": None,
        "payload": b"{}", "payload_is_whole": True,
    }  # fmt: skip
    return Reject(**{**fields, **given})  # type: ignore[arg-type]  # the fields of the class, by name


def table_of(*rejects: Reject) -> pa.Table:
    rows = build(REJECTS, rejects, "1")
    return rows.append_column("day", pa.array(["2024-05-06"] * len(rows)).cast(pa.date32()))


def test_of_several_rejects_of_one_record_the_last_is_tried_and_all_are_settled() -> None:
    retry = find_retries(table_of(reject(1, raw_index=0), reject(2, raw_index=0, payload=b"{2}")), set(), None)
    assert [row["payload"] for row in retry.records.values()] == [b"{2}"]
    assert sum(map(len, retry.settled.values())) == 2


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"payload_is_whole": False}, "its bytes were cut"),
        ({"payload": None}, "its bytes were not kept"),
        ({"raw_index": -1}, "a whole file, which is not kept"),
        ({"table": "statements", "article_id": "unknown"}, "a row of an article that is not stored"),
    ],
)
def test_what_cannot_be_tried_is_counted_and_stays(given: dict[str, object], reason: str) -> None:
    retry = find_retries(table_of(reject(1, **given)), set(), None)
    assert (retry.n_left, retry.records, retry.settled) == (1, {}, {}), reason


def test_a_row_that_was_held_back_is_read_again_from_its_stored_article() -> None:
    retry = find_retries(table_of(reject(1, table="events", stage=Stage.AUDIT, article_id="a")), {"a"}, None)
    assert retry.stored == {"a"}
    assert not retry.records


def test_only_the_asked_reason_is_tried() -> None:
    rejects = table_of(reject(1), reject(2, reason=Reason.TOO_LARGE))
    assert list(find_retries(rejects, set(), "too_large").records) == [("a.jsonl", 2)]
