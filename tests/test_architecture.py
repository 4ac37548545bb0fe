"""Who may import whom, what the core may not do, and that the module map is true."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(p for top in ("pipeline", "expectations", "flows") for p in (ROOT / top).rglob("*.py"))
CORE = [p for p in MODULES if p.is_relative_to(ROOT / "pipeline")]


def imports(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def tops(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", CORE, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_core_knows_neither_orchestration_nor_checks(path: Path) -> None:
    assert not tops(path) & {"prefect", "great_expectations", "flows", "expectations"}


def test_only_the_audit_imports_great_expectations() -> None:
    users = {p.relative_to(ROOT).parts[0] for p in MODULES if "great_expectations" in tops(p)}
    assert users == {"expectations"}


def test_expectations_do_not_know_the_flows() -> None:
    for path in (ROOT / "expectations").rglob("*.py"):
        assert not tops(path) & {"flows", "prefect"}, path


def test_only_parse_imports_spacy() -> None:
    assert [p.relative_to(ROOT).as_posix() for p in MODULES if "spacy" in tops(p)] == ["pipeline/parse.py"]


def test_only_lookup_reads_lookup_files() -> None:
    assert [p.relative_to(ROOT).as_posix() for p in MODULES if "csv" in tops(p)] == ["pipeline/lookup.py"]


def test_tables_import_nothing_of_the_project_but_what_they_are_made_of() -> None:
    own = {name for name in imports(ROOT / "pipeline/tables.py") if name.startswith(("pipeline", "flows"))}
    assert {name.split(".")[1] for name in own} <= {"schema", "vocabulary"}


@pytest.mark.parametrize("path", CORE, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_core_reads_no_clock(path: Path) -> None:
    calls = {
        ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    }
    clocks = re.compile(r"(?:^|\.)(?:now|utcnow|today|time\.time|time_ns|monotonic|perf_counter|uuid1|uuid4|random)$")
    allowed = {  # no row depends on these
        "pipeline/warehouse/lock.py": {"time.monotonic"},  # waiting for a lock takes a clock
        "pipeline/warehouse/readers.py": {"time.monotonic"},  # so does waiting for readers
        "pipeline/warehouse/objects.py": {"time.monotonic", "uuid4"},  # the same on an object store, and a claim's name
    }
    found = {call for call in calls if clocks.search(call)}
    assert found <= allowed.get(path.relative_to(ROOT).as_posix(), set())


def test_only_the_settings_look_at_the_environment() -> None:
    users = {
        p.relative_to(ROOT).as_posix()
        for p in CORE
        if re.search(r"os\.environ|getenv|EnvSettingsSource", p.read_text("utf-8"))
    }
    assert users <= {"pipeline/settings.py"}


def test_flows_hold_no_frames() -> None:
    for path in (ROOT / "flows").rglob("*.py"):
        assert "pandas" not in tops(path), path


def test_every_module_has_a_docstring() -> None:
    for path in MODULES:
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


def test_the_map_of_the_core_names_every_module() -> None:
    text = (ROOT / "pipeline/__init__.py").read_text("utf-8")
    named = set(re.findall(r"^    (\w+)/?  ", text, re.M))
    there = {p.stem for p in (ROOT / "pipeline").glob("*.py")} | {
        p.name for p in (ROOT / "pipeline").iterdir() if (p / "__init__.py").exists()
    }
    assert named == there - {"__init__"}


def test_no_top_folder_beside_the_fixed_ones() -> None:
    fixed = {"flows", "pipeline", "expectations", "tests", "seeds", "warehouse"}
    passing = {"build", "newsledger.egg-info", "__pycache__"}
    there = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith(".")}
    assert there - passing <= fixed
