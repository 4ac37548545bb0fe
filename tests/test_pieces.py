"""Pieces and batch sizes: whatever kills is found, and nothing else is lost."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batches import LEAST, BatchSize
from pipeline.pieces import Piece, death_of, whole_batch
from pipeline.timelimit import TimeLimit


def work_off(n: int, killers: set[int]) -> tuple[list[Piece], list[Piece], int]:
    """What is staged, what is rejected, and how many workers died, if these articles kill."""
    waiting, staged, rejected, deaths = deque([whole_batch("b", n)]), [], [], 0
    while waiting:
        piece = waiting.popleft()
        if not killers & set(range(piece.first, piece.last)):
            staged.append(piece)
            continue
        deaths += 1
        following = piece.after_death()
        if not following:
            rejected.append(piece)
        waiting.extendleft(reversed(following))
    return staged, rejected, deaths


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1), max_size=5))))
def test_exactly_the_articles_that_kill_are_rejected(case: tuple[int, set[int]]) -> None:
    n, killers = case
    staged, rejected, deaths = work_off(n, killers)
    assert {p.first for p in rejected} == killers
    assert all(p.size == 1 for p in rejected)
    covered = sorted(i for p in (*staged, *rejected) for i in range(p.first, p.last))
    assert covered == list(range(n))
    assert deaths <= 2 + len(killers) * (n.bit_length() + 2)


def test_the_last_try_of_an_article_follows_a_death_of_its_own() -> None:
    (again,) = whole_batch("b", 1).after_death()
    assert again.deaths == 1
    assert again.after_death() == []


def test_a_part_is_staged_apart_and_a_whole_batch_under_its_id() -> None:
    assert whole_batch("b", 4).folder == "b"
    (again,) = whole_batch("b", 4).after_death()
    assert [p.folder for p in again.after_death()] == ["b.0-2", "b.2-4"]


def test_the_reject_says_what_happened_and_what_to_do() -> None:
    ((article_id, detail),) = death_of(Piece("b", 4, 2, 3, deaths=1), "x", 70).failures
    assert article_id == "x"
    assert "2 of them" in detail
    assert "newsledger replay --reason extraction_failed" in detail
    assert "\n" not in detail


@pytest.mark.parametrize(
    ("n_characters", "seconds"), [(0, 60.0), (5_000, 70.0), (1_000_000, 2_060.0)], ids=["empty", "usual", "book"]
)
def test_the_time_limit_grows_with_the_text(n_characters: int, seconds: float) -> None:
    assert TimeLimit(60, 2).seconds(n_characters) == seconds


@pytest.mark.parametrize(
    ("size", "done", "expected", "reason"),
    [
        (BatchSize(1_000_000), 0, 1_000_000, "an unknown total gives the largest batch"),
        (BatchSize(1_000_000, 4_000_000, 2), 0, 500_000, "an eighth of what is there, for two workers"),
        (BatchSize(1_000_000, 4_000_000, 2), 2_000_000, 250_000, "an eighth of what is left"),
        (BatchSize(1_000_000, 4_000_000, 2), 3_900_000, LEAST, "the last ones are not too small to be worth a task"),
        (BatchSize(1_000_000, 500_000_000, 2), 0, 1_000_000, "never more than the setting"),
        (BatchSize(3_000, 44_000, 2), 0, 3_000, "the setting wins over the least"),
        (BatchSize(1_000_000, 4_000_000, 2), 9_000_000, 500_000, "more came than was announced: sizes as at first"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_batches_shrink_towards_the_end(size: BatchSize, done: int, expected: int, reason: str) -> None:
    assert size(done) == expected
