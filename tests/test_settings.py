"""Settings: which origin wins, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.load.limits import Limits
from pipeline.settings import Settings, explain_settings, load_settings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_flag_wins_over_the_environment_and_that_over_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "newsledger.toml").write_text('warehouse = "file"\nworkers = 1\nsource = "file"\n')
    monkeypatch.setenv("NEWSLEDGER_WORKERS", "2")
    monkeypatch.setenv("NEWSLEDGER_SOURCE", "environment")
    settings = load_settings(source="flag")
    assert (settings.warehouse, settings.workers, settings.source) == ("file", 2, "flag")


def test_every_setting_says_where_it_came_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "own.toml").write_text("workers = 3\n")
    monkeypatch.setenv("NEWSLEDGER_DRIFT", "off")
    rows = {name: (value, origin) for name, value, origin in explain_settings(Path("own.toml"), model="other")}
    assert set(rows) == set(Settings.model_fields)
    assert rows["workers"] == (3, "own.toml")
    assert rows["drift"] == ("off", "environment")
    assert rows["model"] == ("other", "flag")
    assert rows["retries"] == (2, "default")


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        ({"workers": -1}, "a negative number of workers"),
        ({"workers": "many"}, "not a number"),
        ({"date": "yesterday"}, "not a day"),
        ({"date": "2023-02-30"}, "no such day"),
        ({"drift": "maybe"}, "not one of the words"),
        ({"wharehouse": "x"}, "a setting that does not exist"),
    ],
)
def test_a_bad_value_is_refused(folder: Path, flags: dict[str, object], reason: str) -> None:
    with pytest.raises(ValidationError):
        load_settings(**flags)


def test_an_unknown_key_in_the_file_is_refused(folder: Path) -> None:
    (folder / "newsledger.toml").write_text("wharehouse = 'x'\n")
    with pytest.raises(ValidationError, match="wharehouse"):
        load_settings()


def test_a_file_that_is_named_must_be_there(folder: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.toml"):
        load_settings(Path("nowhere.toml"))


def test_paths_in_the_environment_are_separated_as_in_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLEDGER_INPUT", "a.jsonl:b c.txt")
    assert load_settings().input == ["a.jsonl", "b c.txt"]


def test_every_limit_can_be_set(folder: Path) -> None:
    names = set(Limits.__slots__) & set(Settings.model_fields)
    assert names >= {"max_record_bytes", "max_text_characters", "max_file_bytes", "max_ratio", "payload_bytes"}
    assert load_settings(max_ratio=77).limits.max_ratio == 77
    assert load_settings().limits == Limits()
