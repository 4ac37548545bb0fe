"""CAMEO and PLOVER as the data files hold them, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.vocabulary import CAMEO_COLUMNS, PloverType, QuadClass, cameo, plover_modes


def test_codes_are_strings():
    assert cameo()["010"].label == "Make statement"
    assert "10" in cameo()
    assert cameo()["10"].plover_type is PloverType.REQUEST


def test_the_quad_class_follows_from_the_root():
    for code in cameo().values():
        root = int(code.code[:2])
        assert code.quad_class is QuadClass(1 + (root > 5) + (root > 8) + (root > 13))


def test_statements_have_no_plover_type_and_all_else_has_one():
    assert {code.code[:2] for code in cameo().values() if code.plover_type is None} == {"01"}


def test_appeals_are_requests_with_the_modes_of_the_demands():
    for code, entry in cameo().items():
        if code.startswith("02"):
            demand = cameo()["10" + code[2:]]
            assert (entry.plover_type, entry.plover_mode) == (PloverType.REQUEST, demand.plover_mode)


def test_types_without_modes_are_those_of_the_manual():
    without = {kind for kind, modes in plover_modes().items() if not modes}
    assert without == {PloverType(name) for name in ("AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID")}


def table(tmp_path: Path, columns: tuple[str, ...], *rows: str) -> Path:
    path = tmp_path / "table.tsv"
    path.write_text("\n".join(("\t".join(columns), *rows)) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("100\tDemand\t-5\t3\tREQUEST\triot\t\t", "REQUEST has no PLOVER mode 'riot'"),
        ("010\tSay\t0\t1\t\tmeet\t\t", "None has no PLOVER mode 'meet'"),
        ("100\tDemand\t-5\t3\tDEMAND\t\t\t", "'DEMAND', which is no PloverType"),
        ("100\tDemand\t-5\t5\tREQUEST\t\t\t", "5 is no quad class"),
        ("100\tDemand\t-5\tx\tREQUEST\t\t\t", "'x', which is no int"),
        ("100\tDemand\tlow\t3\tREQUEST\t\t\t", "'low', which is no float"),
        ("100\t\t-5\t3\tREQUEST\t\t\t", "label is empty"),
    ],
)
def test_a_code_that_is_not_clear_is_refused_with_its_line(tmp_path, row, message):
    with pytest.raises(ValueError, match=rf"table\.tsv:2: .*{message}"):
        cameo(table(tmp_path, CAMEO_COLUMNS, row))


def test_a_code_that_stands_twice_is_refused(tmp_path):
    row = "100\tDemand\t-5\t3\tREQUEST\t\t\t"
    with pytest.raises(ValueError, match=r"table\.tsv:3: '100' already stands on line 2"):
        cameo(table(tmp_path, CAMEO_COLUMNS, row, row))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (("PROTEST\triot\tx", "PROTEST\triot\ty"), "tsv:3: 'PROTEST riot' already stands on line 2"),
        (("FIGHT\triot\tx",), "tsv:2: plover_type is 'FIGHT', which is no PloverType"),
        (("PROTEST\t\tx",), "tsv:2: plover_mode is empty"),
    ],
)
def test_a_mode_that_is_not_clear_is_refused_with_its_line(tmp_path, rows, message):
    with pytest.raises(ValueError, match=message):
        plover_modes(table(tmp_path, ("plover_type", "plover_mode", "meaning"), *rows))
