"""Shared fixtures: one run of the command over seeds/, which many tests look at."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from golden import DAY, run_newsledger

ARTICLE_TABLES = ("articles", "statements", "events", "dates", "mentions", "actors")


@dataclass(frozen=True)
class SeedsRun:
    """A finished run."""

    warehouse: Path
    home: Path
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def seeds_run(tmp_path_factory: pytest.TempPathFactory) -> SeedsRun:
    """The command over seeds/, once in a test session."""
    folder = tmp_path_factory.mktemp("seeds")
    warehouse, home = folder / "warehouse", folder / "prefect"
    done = run_newsledger("run", "--input", "seeds", "--warehouse", str(warehouse), "--date", DAY, home=home)
    assert done.returncode == 0, done.stdout + done.stderr
    return SeedsRun(warehouse, home, done)


def published_bytes(warehouse: Path) -> dict[str, bytes]:
    """Every file of the tables that hold nothing that changes from run to run."""
    return {
        file.relative_to(warehouse).as_posix(): file.read_bytes()
        for table in ARTICLE_TABLES
        for file in sorted((warehouse / table).rglob("*"))
        if file.is_file()
    }
