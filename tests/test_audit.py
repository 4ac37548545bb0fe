"""The audit of a run: what it quarantines, what it takes along, and what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import fs
from rows import ANA, Rows, a_run, good_rows, many_rows, stage

from expectations.audit import RULES, AuditResult, Known, audit, check_tables, refused_by
from expectations.drift import NO_HISTORY, History
from expectations.floors import Floors, parse_floors, read_floors
from expectations.limits import Drift
from expectations.metrics import Tally, tally_chunk
from expectations.staged import Staged, StagedFileError
from pipeline.ids import make_id
from pipeline.schema import build
from pipeline.tables import ARTICLE_TABLES, CHECKS, RUNS, Check, Run
from pipeline.vocabulary import Reason, RunStatus, Severity, Stage

RUN_DAY = date(2024, 3, 8)
DRIFT = "[drift]\nwindow = 30\nleast_runs = 3\ndeviations = 5\nleast_share = 0.1\nleast_factor = 3.0\nleast = 1\n"
NO_FLOORS = parse_floors(DRIFT, "test")


def check(folder: Path, batches: Sequence[Rows | dict[str, pa.Table]], **options: Any) -> AuditResult:
    options.setdefault("floors", NO_FLOORS)
    return audit("run-1", RUN_DAY, Staged(stage(folder, batches)), **options)


def broken_checks(result: AuditResult) -> set[str]:
    return {f"{c.table}.{c.rule}" for c in result.checks if not c.success}


def reasons(result: AuditResult) -> list[tuple[str | None, Reason, str]]:
    return [(r.table, r.reason, r.detail) for r in result.rejects]


def test_good_rows_pass_whole(tmp_path: Path) -> None:
    result = check(tmp_path, [many_rows("ab"), good_rows("c", None)], floors=None)
    assert (result.rejects, result.refused, broken_checks(result)) == ([], [], set())
    assert result.dropped == {t.name: set() for t in ARTICLE_TABLES}


def test_every_rule_of_every_table_has_one_check(tmp_path: Path) -> None:
    result = check(tmp_path, [good_rows()])
    keys = [(c.table, c.rule) for c in result.checks]
    assert len(keys) == len(set(keys))
    assert {(rule.table, rule.name) for rules in RULES.values() for rule in rules} <= set(keys)
    assert build(CHECKS, result.checks, "test").num_rows == len(keys)


def test_a_row_that_breaks_a_rule_is_rejected_with_the_names_of_all_rules(tmp_path: Path) -> None:
    rows = good_rows().changed("events", goldstein=4.0, n_mentions=0)
    result = check(tmp_path, [rows])
    (reject,) = result.rejects
    event = rows.events[0]
    assert (reject.stage, reject.table, reject.key, reject.reason) == (
        Stage.AUDIT,
        "events",
        event.event_id,
        Reason.FAILED_EXPECTATION,
    )
    assert set(reject.detail.split(", ")) == {"n_mentions_is_in_range", "goldstein_agrees_with_cameo_code"}
    assert (reject.article_id, reject.raw_uri, reject.raw_index) == (event.article_id, "news.jsonl", 0)
    assert result.dropped["events"] == {event.event_id}
    assert result.dropped["statements"] == set()


def test_the_payload_of_a_reject_is_the_row(tmp_path: Path) -> None:
    rows = good_rows().changed("statements", confidence=1.5)
    payload = json.loads(check(tmp_path, [rows]).rejects[0].payload or b"")
    statement = rows.statements[0]
    assert payload["content"] == statement.content
    assert payload["said_from"] == "2024-03-06"
    assert payload["content_spans"] == [{"start": s.start, "end": s.end} for s in statement.content_spans]


def test_a_payload_is_json_whatever_is_in_the_row(tmp_path: Path) -> None:
    (reject, *_) = check(tmp_path, [good_rows().changed("events", lat=float("inf"))]).rejects
    assert json.loads(reject.payload or b"", parse_constant=pytest.fail)["lat"] == "inf"


def test_a_large_payload_is_cut_and_says_so(tmp_path: Path) -> None:
    (reject, *_) = check(tmp_path, [good_rows().changed("statements", confidence=1.5)], payload_bytes=50).rejects
    assert (len(reject.payload or b""), reject.payload_is_whole) == (50, False)


def test_what_refers_to_a_rejected_statement_is_rejected_too(tmp_path: Path) -> None:
    rows = good_rows().changed("statements", confidence=1.5)
    result = check(tmp_path, [rows])
    assert result.dropped["statements"] == {rows.statements[0].statement_id}
    assert result.dropped["events"] == {rows.events[0].event_id}
    assert reasons(result)[1] == (
        "events",
        Reason.REFERS_TO_REJECTED,
        f"reported_by_statement_id: {rows.statements[0].statement_id} of statements is rejected",
    )


def test_a_rejected_article_takes_all_its_rows_along(tmp_path: Path) -> None:
    rows = good_rows("a").changed("articles", language="English")
    result = check(tmp_path, [rows + good_rows("b")])
    assert {name: len(keys) for name, keys in result.dropped.items()} == {
        t.name: len(getattr(rows, t.name)) for t in ARTICLE_TABLES
    }
    assert len(result.rejects) == sum(len(keys) for keys in result.dropped.values())
    assert {r.article_id for r in result.rejects} == {rows.articles[0].article_id}


def test_an_actor_that_only_rejected_mentions_name_takes_its_rows_along(tmp_path: Path) -> None:
    rows = good_rows().changed("mentions", text="someone else")
    result = check(tmp_path, [rows])
    assert rows.mentions[0].actor_id == ANA
    assert result.dropped["statements"] == {rows.statements[0].statement_id}


def test_an_actor_that_another_mention_names_keeps_its_rows(tmp_path: Path) -> None:
    rows = good_rows()
    rows.mentions[1] = replace(rows.mentions[1], text="someone else")
    result = check(tmp_path, [rows])
    assert (len(result.dropped["mentions"]), result.dropped["statements"]) == (1, set())


def test_a_rejected_mention_of_nobody_takes_nothing_along(tmp_path: Path) -> None:
    rows = good_rows()
    unknown = {"actor_id": None, "wikidata_id": None, "from_registry": False}
    rows.mentions.append(
        replace(rows.mentions[0], mention_id=make_id("mention", "x"), start=0, end=6, text="?", **unknown)
    )
    result = check(tmp_path, [rows])
    assert {name: len(keys) for name, keys in result.dropped.items() if keys} == {"mentions": 1}


def copy_of(original: Rows, name: str) -> Rows:
    return good_rows(name).changed("articles", duplicate_of=original.articles[0].article_id)


@pytest.mark.parametrize("rows_at_once", [1, 100], ids=["in another chunk", "in the same chunk"])
def test_copies_of_a_rejected_article_are_rejected(tmp_path: Path, rows_at_once: int) -> None:
    original = good_rows("a").changed("articles", language="English")
    copy = copy_of(original, "b")
    copy_of_copy = copy_of(copy, "c")
    result = check(tmp_path, [copy_of_copy, copy, original, good_rows("d")], rows_at_once=rows_at_once)
    assert result.dropped["articles"] == {rows.articles[0].article_id for rows in (original, copy, copy_of_copy)}
    assert len(result.dropped["mentions"]) == 9
    value = next(c.observed for c in result.checks if (c.table, c.rule) == ("articles", "rows"))
    assert value == "1"


def test_copies_of_a_rejected_correction_stay_where_its_older_version_stands(tmp_path: Path) -> None:
    original = good_rows("a").changed("articles", language="English")
    known = Known(pa.array([original.articles[0].article_id]))
    result = check(tmp_path, [original, copy_of(original, "b")], known=known)
    assert result.dropped["articles"] == {original.articles[0].article_id}


def test_a_copy_may_point_into_the_warehouse_but_not_nowhere(tmp_path: Path) -> None:
    old = make_id("article", "old")
    rows = good_rows().changed("articles", duplicate_of=old)
    assert check(tmp_path / "1", [rows], known=Known(pa.chunked_array([[old], ["other"]]))).rejects == []
    assert check(tmp_path / "2", [rows]).rejects[0].detail == "duplicate_of_exists"


def test_an_article_staged_in_two_batches_is_not_published_at_all(tmp_path: Path) -> None:
    result = check(tmp_path, [good_rows("a"), good_rows("a"), good_rows("b")], rows_at_once=1)
    assert result.dropped["articles"] == {make_id("article", "a")}
    assert len({r.reject_id for r in result.rejects}) == len(result.rejects)


def test_the_result_does_not_depend_on_how_rows_are_batched_or_grouped(tmp_path: Path) -> None:
    rows = [good_rows(n) for n in "abcd"]
    rows[1] = rows[1].changed("statements", confidence=1.5)
    rows[2] = rows[2].changed("articles", language="English")
    one = check(tmp_path / "1", [sum(rows, Rows())])
    for number, size in ((2, 1), (3, 1000)):
        other = check(tmp_path / str(number), rows, rows_at_once=size)
        assert other.checks == one.checks
        assert other.dropped == one.dropped
        assert sorted(r.reject_id for r in other.rejects) == sorted(r.reject_id for r in one.rejects)


def test_rejects_are_rows_of_their_table(tmp_path: Path) -> None:
    from pipeline.tables import REJECTS

    result = check(tmp_path, [good_rows().changed("articles", text="\x00 \u202e odd", extra="{")])
    assert build(REJECTS, result.rejects, "test").num_rows == len(result.rejects) > 5


def test_a_run_that_stages_nothing_passes(tmp_path: Path) -> None:
    result = audit("run-1", RUN_DAY, Staged({t.name: [] for t in ARTICLE_TABLES}))
    assert (result.rejects, result.refused) == ([], [])
    assert all(c.success and c.n_checked == 0 for c in result.checks)


def test_staged_files_may_lie_on_any_file_system_of_arrow(tmp_path: Path) -> None:
    files = stage(tmp_path, [good_rows()])
    relative = {name: [p.relative_to(tmp_path).as_posix() for p in paths] for name, paths in files.items()}
    staged = Staged(relative, fs.SubTreeFileSystem(str(tmp_path), fs.LocalFileSystem()))
    assert audit("run-1", RUN_DAY, staged).rejects == []


# what is staged wrongly is an error of the program, not of the news


def test_a_batch_that_lacks_a_table_is_refused(tmp_path: Path) -> None:
    files = stage(tmp_path, [good_rows()])
    with pytest.raises(StagedFileError, match="one file for each table"):
        Staged({**files, "events": []})


@pytest.mark.parametrize("column", ["day", "cue_lemma"])
def test_a_staged_file_without_a_column_is_refused(tmp_path: Path, column: str) -> None:
    tables = good_rows().tables()
    tables["statements"] = tables["statements"].drop_columns([column])
    with pytest.raises(StagedFileError, match=column):
        check(tmp_path, [tables])


def test_a_staged_column_of_another_type_is_refused(tmp_path: Path) -> None:
    tables = good_rows().tables()
    at = tables["events"].column_names.index("cameo_code")
    tables["events"] = tables["events"].set_column(at, "cameo_code", pa.array([190, 16]))
    with pytest.raises(StagedFileError, match="cameo_code"):
        check(tmp_path, [tables])


@pytest.mark.parametrize("damage", [lambda p: p.write_bytes(p.read_bytes()[:300]), Path.unlink], ids=["cut", "gone"])
def test_a_staged_file_that_cannot_be_read_is_named(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    files = stage(tmp_path, [good_rows()])
    damage(files["dates"][0])
    with pytest.raises(StagedFileError, match=r"dates\.parquet cannot be read"):
        audit("run-1", RUN_DAY, Staged(files))


# floors and ceilings


def check_whole(
    rows: Rows, floors: Floors | None = None, history: History = NO_HISTORY, drift: Drift = "warn"
) -> list[Check]:
    """The checks of whole tables, of rows that break no row rule."""
    tally = Tally()
    tables = rows.tables()
    tally_chunk(tally, tables, tables)
    return check_tables("run-1", tally, history, floors or read_floors(), drift)


def refused(rows: Rows, **options: Any) -> list[str]:
    return refused_by(check_whole(rows, **options))


def test_an_audit_refuses_what_the_checks_of_whole_tables_refuse(tmp_path: Path, many: Rows) -> None:
    rows = replace(many, dates=[])
    result = check(tmp_path, [rows], floors=None)
    assert result.refused == refused(rows)
    assert "dates.rows_per_10000_characters" in result.refused


TAKEN_ALONG = {"statements": ["statements", "events"], "mentions": ["mentions", "statements", "events"]}
"""The tables whose rows refer to those of another."""


@pytest.fixture(scope="module")
def many() -> Rows:
    """As many articles as a small night has."""
    return many_rows(f"n{i}" for i in range(640))


@pytest.mark.parametrize("table", ["statements", "events", "dates", "mentions"])
def test_an_empty_table_refuses_a_run_of_many_articles(table: str, many: Rows) -> None:
    rows = replace(many, **{name: [] for name in TAKEN_ALONG.get(table, [table])})
    assert f"{table}.rows_per_10000_characters" in refused(rows)


@pytest.mark.parametrize("table", ["statements", "events", "dates", "mentions"])
def test_an_empty_table_passes_where_one_article_came(table: str) -> None:
    rows = replace(good_rows(), **{name: [] for name in TAKEN_ALONG.get(table, [table])})
    assert refused(rows) == []


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("statements", ["speaker", "speaker_start", "speaker_end", "speaker_id", "speaker_name", "speaker_code"]),
        ("statements", ["cue", "cue_lemma", "cue_start", "cue_end", "cue_class"]),
        ("events", ["actor", "actor_start", "actor_end", "actor_id", "actor_code"]),
        ("dates", ["timex_value"]),
        ("mentions", ["actor_name"]),
    ],
)
def test_an_all_null_column_refuses_a_run(table: str, columns: list[str], many: Rows) -> None:
    with_nulls = [replace(row, **dict.fromkeys(columns)) for row in getattr(many, table)]
    assert f"{table}.filled_{columns[0]}" in refused(replace(many, **{table: with_nulls}))


def test_a_list_that_is_always_empty_refuses_a_run(many: Rows) -> None:
    rows = replace(many, statements=[replace(s, mentioned_ids=[]) for s in many.statements])
    assert "statements.filled_mentioned_ids" in refused(rows)


def test_a_run_whose_rows_are_mostly_broken_is_refused(tmp_path: Path, many: Rows) -> None:
    rows = replace(many, events=[replace(e, n_mentions=0) for e in many.events])
    assert "events.quarantined" in check(tmp_path, [rows], floors=None).refused


def floor(text: str) -> Floors:
    return parse_floors(DRIFT + text, "test")


@pytest.mark.parametrize(
    ("bounds", "refuses", "fails"),
    [
        ("fail_below = 2.0", False, False),
        ("fail_below = 2.1", True, True),
        ("fail_above = 2.0", False, False),
        ("fail_above = 1.9", True, True),
        ("warn_below = 2.1", False, True),
        ("warn_above = 1.9", False, True),
        ("least = 2, fail_below = 2.1", True, True),
        ("least = 3, fail_below = 2.1", False, False),
        ("fail_below = 1.0, warn_below = 3.0", False, True),
    ],
)
def test_floors_fail_and_warn_on_their_side(bounds: str, refuses: bool, fails: bool) -> None:
    floors = floor(f"[statements]\nrows_per_article = {{ {bounds} }}")
    checks = check_whole(many_rows("ab"), floors)
    assert refused_by(checks) == (["statements.rows_per_article"] if refuses else [])
    assert any(not c.success for c in checks) is fails


# drift


def night(number: int, checks: Sequence[Check], status: RunStatus = RunStatus.PUBLISHED) -> tuple[Run, list[Check]]:
    run_id = f"night-{number}"
    began = datetime(2024, 1, 1, 2, tzinfo=UTC) + timedelta(days=number)
    return a_run(run_id, began, status), [replace(c, run_id=run_id) for c in checks]


def history_of(nights: Sequence[tuple[Run, list[Check]]]) -> History:
    checks = [c for _, found in nights for c in found]
    return History(build(CHECKS, checks, "test"), build(RUNS, [run for run, _ in nights], "test"))


@pytest.fixture(scope="module")
def usual() -> list[Check]:
    return check_whole(many_rows("abcdefgh"), NO_FLOORS)


@pytest.fixture(scope="module")
def past(usual: list[Check]) -> History:
    return history_of([night(n, usual) for n in range(5)])


def unusual(rows: Rows) -> Rows:
    """The same articles with only direct thoughts: shares that were never so."""
    return replace(rows, events=[replace(e, is_future=True) for e in rows.events])


def drifted(checks: Sequence[Check]) -> Mapping[str, Severity]:
    return {f"{c.table}.{c.rule}": c.severity for c in checks if c.rule.endswith("_drift") and not c.success}


def test_a_night_like_the_last_ones_has_not_drifted(past: History) -> None:
    checks = check_whole(many_rows("abcdefgh"), NO_FLOORS, past)
    assert any(c.rule.endswith("_drift") for c in checks)
    assert drifted(checks) == {}


@pytest.mark.parametrize("drift", ["warn", "refuse", "off"])
def test_a_share_far_from_the_last_nights_is_reported_or_refused(past: History, drift: Any) -> None:
    checks = check_whole(unusual(many_rows("abcdefgh")), NO_FLOORS, past, drift)
    assert ("events.true_is_future_drift" in drifted(checks)) is (drift != "off")
    assert ("events.true_is_future_drift" in refused_by(checks)) is (drift == "refuse")


def test_a_third_of_the_usual_articles_is_drift(past: History) -> None:
    checks = check_whole(many_rows("ab"), NO_FLOORS, past)
    assert "articles.rows_drift" in drifted(checks)


def test_too_few_earlier_nights_say_nothing(usual: list[Check]) -> None:
    history = history_of([night(n, usual) for n in range(2)])
    assert drifted(check_whole(unusual(many_rows("abcdefgh")), NO_FLOORS, history)) == {}


def test_refused_nights_do_not_count_as_usual(usual: list[Check]) -> None:
    history = history_of([night(n, usual, RunStatus.REFUSED) for n in range(5)])
    assert drifted(check_whole(unusual(many_rows("abcdefgh")), NO_FLOORS, history)) == {}


def test_a_run_is_not_compared_with_itself(usual: list[Check]) -> None:
    nights = [night(n, usual) for n in range(3)]
    run, checks = nights[0]
    nights[0] = (replace(run, run_id="run-1"), [replace(c, run_id="run-1") for c in checks])
    assert drifted(check_whole(unusual(many_rows("abcdefgh")), NO_FLOORS, history_of(nights))) == {}


def test_staged_files_are_not_changed_by_the_audit(tmp_path: Path) -> None:
    files = stage(tmp_path, [good_rows().changed("events", n_mentions=0)])
    before = {path: path.read_bytes() for paths in files.values() for path in paths}
    audit("run-1", RUN_DAY, Staged(files))
    assert {path: path.read_bytes() for path in before} == before
    assert pq.read_table(files["events"][0]).num_rows == 2


def test_only_the_audit_imports_great_expectations() -> None:
    sources = (Path(__file__).parent.parent / "expectations").glob("*.py")
    users = [p.name for p in sources if re.search(r"^(import|from) great_expectations", p.read_text("utf-8"), re.M)]
    assert users == ["audit.py"]


def test_batches_are_grouped_up_to_the_limit_of_rows(tmp_path: Path) -> None:
    staged = Staged(stage(tmp_path, [good_rows(n) for n in "abcde"]))
    assert staged.groups(rows=6) == [range(0, 2), range(2, 4), range(4, 5)]
    assert staged.groups(rows=1) == [range(n, n + 1) for n in range(5)]
    assert staged.groups(rows=100) == [range(0, 5)]
    assert staged.groups(rows=100, size=1) == [range(n, n + 1) for n in range(5)]
