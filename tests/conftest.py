"""Shared fixtures: one run of the command over seeds/, which many tests look at."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from golden import DAY, run_newsledger
from hypothesis import settings
from warehouse_rows import BASE, load

from pipeline.warehouse import Warehouse

settings.register_profile("newsledger", deadline=None)  # the first call of a test may load the language identifier
settings.load_profile("newsledger")

ARTICLE_TABLES = ("articles", "statements", "events", "dates", "mentions", "actors", "event_groups")


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


@pytest.fixture(scope="module")
def no_waiting_for_the_disk() -> Iterator[None]:
    """Nothing waits for the real disk, where a harness decides what a disk forgets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _handle: None)
        yield


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the stories of `BASE`, for nobody to change."""
    folder = tmp_path_factory.mktemp("sound") / "w"
    load(Warehouse(str(folder)), "r1", BASE)
    return folder


@pytest.fixture
def house(sound: Path, tmp_path: Path) -> Warehouse:
    """A copy of the sound warehouse."""
    return Warehouse(str(shutil.copytree(sound, tmp_path / "w")))
