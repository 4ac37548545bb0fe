"""From files to batches: every record is entered once, one version of an article is extracted, texts do not pile up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.batches import Batch
from pipeline.books import Books, BooksDoNotBalance
from pipeline.delivery import Known, Origin
from pipeline.intake import Intake
from pipeline.load import find_inputs, read_records
from pipeline.settings import Settings
from pipeline.tables import Article

DAY = date(2024, 5, 6)
NOW = datetime(2024, 5, 6, 2, 0, tzinfo=UTC)


def no_stored(ids: Sequence[str]) -> Iterator[Article]:
    assert not ids
    return iter(())


def take_in(folder: Path, known: dict[str, Known] | None = None, **given: Any) -> tuple[Intake, list[Batch]]:
    files = find_inputs([str(folder)])
    intake = Intake(Settings(**given), known or {}, DAY, Books("run", NOW), no_stored)
    records = (record for file in files for record in read_records(file))
    return intake, list(intake.batches(records))


def write(path: Path, *records: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")


def record(n: int, version: int = 0, **more: Any) -> dict[str, Any]:
    text = f"The council of town number {n} met on Monday. The mayor said that budget {version} was too small for the school."
    return {"id": str(n), "source": "Gazette", "text": text, **more}


def remaining(intake: Intake, batches: list[Batch]) -> dict[str, tuple[str, date]]:
    """What would be published: the articles of all batches less the stale ones."""
    found: dict[str, tuple[str, date]] = {}
    for batch in batches:
        for article, day in zip(batch.articles, batch.days, strict=True):
            if article.article_id not in intake.stale.get(batch.batch_id, ()):
                assert article.article_id not in found, "two versions of one article would be published"
                found[article.article_id] = (article.text, day)
    return found


def test_every_record_has_one_entry(tmp_path: Path) -> None:
    write(tmp_path / "in/a.jsonl", record(1), record(2), {"id": "3", "text": ""}, record(1))
    (tmp_path / "in/b.jsonl").write_text("{cut")
    intake, batches = take_in(tmp_path / "in")
    assert intake.books.n_read == len(intake.books.ledger) == 5
    outcomes = [(e.raw_uri, e.raw_index, e.outcome.value) for e in intake.books.ledger.values()]
    assert sorted(outcomes) == [
        ("in/a.jsonl", 0, "published"),
        ("in/a.jsonl", 1, "published"),
        ("in/a.jsonl", 2, "rejected"),
        ("in/a.jsonl", 3, "unchanged"),
        ("in/b.jsonl", 0, "rejected"),
    ]
    intake.books.check_balance({a: day for a, (_, day) in remaining(intake, batches).items()})


def test_the_last_version_wins_even_where_the_first_was_handed_out(tmp_path: Path) -> None:
    write(tmp_path / "in/a.jsonl", record(1, 1), record(2), record(3))
    write(tmp_path / "in/b.jsonl", record(1, 2))
    intake, batches = take_in(tmp_path / "in", batch_characters=1_000_000)
    apart, alone = take_in(tmp_path / "in", batch_characters=1_000)
    assert len(batches) == 1
    assert remaining(intake, batches) == remaining(apart, alone)
    texts = [text for text, _ in remaining(apart, alone).values()]
    assert sum("budget 2" in text for text in texts) == 1
    assert not any("budget 1" in text for text in texts)


def test_an_older_version_that_was_handed_out_is_stale(tmp_path: Path) -> None:
    write(tmp_path / "in/a.jsonl", *(record(n) for n in range(20)), record(0, 2))
    intake, batches = take_in(tmp_path / "in", batch_characters=1_000)
    assert len(batches) > 1
    assert sum(len(ids) for ids in intake.stale.values()) == 1
    assert len(remaining(intake, batches)) == 20


def test_a_known_version_is_not_handed_out(tmp_path: Path) -> None:
    write(tmp_path / "in/a.jsonl", record(1))
    _, (batch,) = take_in(tmp_path / "in")
    (article,) = batch.articles
    origin = Origin(raw_uri=article.raw_uri, raw_index=article.raw_index, raw_sha256=article.raw_sha256)
    known = {article.article_id: Known(record_hash=article.record_hash, day=DAY, origin=origin)}
    intake, batches = take_in(tmp_path / "in", known)
    assert batches == []
    assert [e.outcome.value for e in intake.books.ledger.values()] == ["unchanged"]


def test_an_undated_article_is_filed_under_the_day_of_the_run_that_first_loaded_it(tmp_path: Path) -> None:
    write(tmp_path / "in/a.jsonl", record(1), record(2, published_at="2023-02-24"))
    _, (batch,) = take_in(tmp_path / "in")
    assert batch.days == [DAY, date(2023, 2, 24)]
    (undated, _) = batch.articles
    origin = Origin(raw_uri="x", raw_index=0, raw_sha256="")
    known = {undated.article_id: Known(record_hash="older", day=date(2024, 1, 1), origin=origin)}
    _, (again,) = take_in(tmp_path / "in", known)
    assert again.days == [date(2024, 1, 1), date(2023, 2, 24)]


def test_batches_are_bounded_by_characters(tmp_path: Path) -> None:
    write(tmp_path / "in/a.jsonl", *(record(n) for n in range(60)))
    _, batches = take_in(tmp_path / "in", batch_characters=1_000)
    assert len(batches) > 5
    assert all(sum(a.n_characters for a in b.articles) <= 1_000 for b in batches)
    assert len({b.batch_id for b in batches}) == len(batches)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=12), st.integers(1, 3))
def test_what_is_published_does_not_depend_on_the_size_of_batches(
    tmp_path_factory: pytest.TempPathFactory, versions: list[tuple[int, int]], files: int
) -> None:
    folder = tmp_path_factory.mktemp("in")
    for f in range(files):
        write(folder / f"{f}.jsonl", *(record(n, v) for n, v in versions[f::files]))
    large, one = take_in(folder, batch_characters=1_000_000)
    small, many = take_in(folder, batch_characters=1_000)
    assert remaining(large, one) == remaining(small, many)
    large.books.check_balance({a: day for a, (_, day) in remaining(large, one).items()})


def test_books_that_do_not_balance_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "in/a.jsonl", record(1))
    intake, batches = take_in(tmp_path / "in")
    with pytest.raises(BooksDoNotBalance, match="1 articles are entered for publication and 0 are staged"):
        intake.books.check_balance({})
    intake.books.n_read += 1
    with pytest.raises(BooksDoNotBalance, match="2 records were read, 1 have an outcome"):
        intake.books.check_balance({a: day for a, (_, day) in remaining(intake, batches).items()})


def test_a_record_cannot_be_entered_twice(tmp_path: Path) -> None:
    write(tmp_path / "in/a.jsonl", record(1))
    intake, _ = take_in(tmp_path / "in")
    (entry,) = intake.books.ledger.values()
    with pytest.raises(BooksDoNotBalance, match="entered twice"):
        intake.books.enter(
            entry.raw_uri, entry.raw_index, entry.outcome, raw_sha256=None, article_id=None, article_day=None
        )
