"""Log lines say which run, batch and article they are about, for people and for machines."""

from __future__ import annotations

import io
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from golden import run_newsledger

from flows.logs import LEVEL, JsonLines, configure_logs, make_logger
from pipeline.settings import load_settings


@pytest.fixture(autouse=True)
def _logger_as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    log = logging.getLogger("newsledger")
    kept = log.level, log.handlers, log.propagate
    monkeypatch.setattr(os, "environ", os.environ.copy())
    yield
    log.level, log.handlers, log.propagate = kept
    log._cache.clear()  # type: ignore[attr-defined]  # a logger keeps what its level let through


def lines_of(
    formatter: logging.Formatter | None, *calls: tuple[dict[str, str], str, tuple[object, ...], dict[str, str]]
) -> list[str]:
    stream = io.StringIO()
    log = logging.getLogger("newsledger")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    log.handlers, log.propagate = [handler], False
    log.setLevel("INFO")
    for given, message, arguments, extra in calls:
        make_logger("newsledger.test", **given).info(message, *arguments, extra=extra)
    return stream.getvalue().splitlines()


CASES = [
    ({}, "done", (), {}, "done", {}),
    ({"run_id": "r1"}, "%d of %d", (1, 2), {}, "[run r1] 1 of 2", {"run_id": "r1"}),
    ({"run_id": "r1", "batch_id": "b1"}, "100 %", (), {}, "[run r1 batch b1] 100 %", {"run_id": "r1", "batch_id": "b1"}),
    (
        {"run_id": "r1"}, "failed: %s", ("x [y] z",), {"article_id": "a1"},
        "[run r1 article a1] failed: x [y] z", {"run_id": "r1", "article_id": "a1"},
    ),
    ({}, "zwei\nZeilen – “ja”", (), {"batch_id": "b1"}, "[batch b1] zwei\nZeilen – “ja”", {"batch_id": "b1"}),
]  # fmt: skip


@pytest.mark.parametrize(("given", "message", "arguments", "extra", "plain", "fields"), CASES)
def test_a_line_says_what_it_is_about(given, message, arguments, extra, plain, fields):
    assert "\n".join(lines_of(None, (given, message, arguments, extra))) == plain
    (line,) = lines_of(JsonLines(), (given, message, arguments, extra))
    read = json.loads(line)
    assert read.pop("at").endswith("+00:00")
    said = plain.partition("] ")[2] if plain.startswith("[") else plain
    assert read == {"level": "INFO", "logger": "newsledger.test", "message": said, **fields}


def test_an_exception_is_part_of_its_line():
    record = logging.LogRecord("newsledger.x", logging.ERROR, "", 1, "failed", (), None)
    try:
        raise ValueError("why")
    except ValueError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    read = json.loads(JsonLines("default", None, "%").format(record))
    assert read["exception"].endswith("ValueError: why")
    assert "\n" not in JsonLines().format(record)


def test_the_level_is_handed_on_to_processes_that_this_one_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    configure_logs(load_settings(log_level="ERROR"), prefect=True)
    assert os.environ[LEVEL] == "ERROR"
    logging.getLogger("newsledger").setLevel(logging.NOTSET)  # as in a new process
    assert not make_logger("newsledger.extract").isEnabledFor(logging.WARNING)


@pytest.mark.slow
@pytest.mark.xdist_group("flow")
def test_lines_of_worker_processes_are_json_as_well(tmp_path: Path) -> None:
    for n in range(2):
        said = f"“We will open bridge {n},” said minister Ana Reis on Monday. Norway and Denmark signed a treaty in Oslo.\n"
        (tmp_path / f"{n}.txt").write_text(said)
    settings = ["runner=process", "workers=1", "log_format=json"]
    done = run_newsledger(
        "run", "-i", str(tmp_path / "0.txt"), str(tmp_path / "1.txt"), "--warehouse", str(tmp_path / "w"),
        *(a for s in settings for a in ("--set", s)), home=tmp_path / "prefect",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    (batch,) = [line for line in lines if line["logger"] == "newsledger.extract"]
    assert batch["message"].startswith("2 articles")
    assert set(batch) == {"at", "level", "logger", "message", "run_id", "batch_id"}
    assert f"{tmp_path}/w/_reports/{batch['run_id']}.html" in done.stdout.replace("\n", "")
