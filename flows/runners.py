"""Where batches are extracted: a pool of processes here; threads for what is small."""

from __future__ import annotations

from typing import Any

from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from pipeline.settings import Settings

SMALL = 300_000
"""Bytes of input below which the start of a pool (3 s) costs more than it gains."""


def make_runner(settings: Settings, n_bytes: int) -> TaskRunner[Any]:
    """The task runner that the settings ask for; one thread of this process where the input is small."""
    small = settings.n_workers == 1 or n_bytes < SMALL
    if settings.runner == "thread" or (settings.runner == "auto" and small):
        return ThreadPoolTaskRunner(max_workers=1)
    return ProcessPoolTaskRunner(max_workers=settings.n_workers)
