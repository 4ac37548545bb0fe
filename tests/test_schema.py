"""Building Arrow tables from rows: nothing passes that the declaration does not allow."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pytest

from pipeline.schema import SCHEMA_VERSION, Span, Table, build, column, rows_of
from pipeline.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """A row for the tests."""

    name: str = column("A name.", key=True)
    kind: Outcome = column("An enum.")
    spans: list[Span] = column("Spans.")
    size: int | None = column("A size.", wide=True)


ROWS = Table("rows", Row, "test row", ("name",), "none")


def test_rows_come_back_as_they_went_in() -> None:
    built = build(
        ROWS,
        [Row("a", Outcome.PUBLISHED, [Span(0, 3), Span(5, 9)], 2**40), Row("b", Outcome.REJECTED, [], None)],
        "1.2",
    )
    assert built.to_pylist() == [
        {
            "name": "a",
            "kind": "published",
            "spans": [{"start": 0, "end": 3}, {"start": 5, "end": 9}],
            "size": 2**40,
            "schema_version": SCHEMA_VERSION,
            "code_version": "1.2",
        },
        {
            "name": "b",
            "kind": "rejected",
            "spans": [],
            "size": None,
            "schema_version": SCHEMA_VERSION,
            "code_version": "1.2",
        },
    ]
    assert built.schema.equals(ROWS.arrow, check_metadata=True)


def test_rows_can_be_made_back_from_arrow() -> None:
    rows = [Row("a", Outcome.PUBLISHED, [Span(0, 3)], 2**40), Row("b", Outcome.REJECTED, [], None)]
    assert rows_of(ROWS, build(ROWS, rows, "1")) == rows
    assert rows_of(ROWS, build(ROWS, [], "1")) == []


def test_no_rows_make_an_empty_table_of_the_same_schema() -> None:
    assert build(ROWS, [], "1").schema.equals(ROWS.arrow)


def test_null_in_a_column_that_may_not_be_null_is_refused() -> None:
    with pytest.raises(ValueError, match=r"rows\.name is null in 1 of 1 rows"):
        build(ROWS, [Row(None, Outcome.PUBLISHED, [], 1)], "1")  # type: ignore[arg-type]  # the fault that is tested


def test_a_row_of_another_table_is_refused() -> None:
    with pytest.raises(TypeError, match="rows holds Row, not tuple"):
        build(ROWS, [("a",)], "1")


def test_a_number_that_does_not_fit_is_refused() -> None:
    with pytest.raises((OverflowError, pa.ArrowInvalid)):
        build(ROWS, [Row("a", Outcome.PUBLISHED, [Span(0, 2**31)], 1)], "1")


def test_a_column_of_two_types_cannot_be_declared() -> None:
    @dataclass(frozen=True)
    class Bad:
        """A row with a column of two types."""

        name: int | str = column("Two types.")

    with pytest.raises(TypeError, match="one type"):
        _ = Table("bad", Bad, "row", ("name",), "none").columns
