"""A run: its id, its day, its clock, its books. What the steps of the flow share."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from prefect.runtime import flow_run

from flows.logs import join_prefect
from flows.signals import leave_if_stopped
from pipeline.actors.registry import registry_version
from pipeline.books import Books
from pipeline.settings import Settings
from pipeline.version import code_version, library_versions
from pipeline.vocabulary import RunKind

LIBRARIES = ("spacy", "dateparser", "great-expectations", "pandas", "prefect", "pyarrow")


@dataclass(slots=True)
class RunContext:
    """One run, from its start to the row it leaves in `runs`."""

    run_id: str
    kind: RunKind
    started_at: datetime
    day: date
    settings: Settings
    books: Books
    backfilled: date | None = None
    """The partition that a backfill reads again."""
    seconds: dict[str, float] = field(default_factory=dict)
    """Wall seconds by stage."""

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time spent inside to `seconds`."""
        leave_if_stopped()
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - began

    @property
    def inputs(self) -> list[str]:
        """The inputs as absolute paths."""
        return sorted(str(Path(named).absolute()) for named in self.settings.input)

    @property
    def versions(self) -> str:
        """Versions of everything that rows depend on, as JSON."""
        registry = registry_version(tuple(self.settings.actors))
        made = {"newsledger": code_version(), "model": self.settings.model, "registry": registry}
        return json.dumps({**made, **library_versions(*LIBRARIES)}, sort_keys=True)


def begin_run(settings: Settings, kind: RunKind, backfilled: date | None = None) -> RunContext:
    """Begin a run. Its id names the Prefect flow run, so a retry of that is the same run.

    Args:
        settings: the settings in force.
        kind: what the run is for.
        backfilled: the partition that is read again: a run of its own.
    """
    join_prefect(settings)
    now = datetime.now(UTC)
    run_id = make_run_id(flow_run.scheduled_start_time or now, flow_run.id or uuid4())
    run_id += f"-{backfilled:%Y%m%d}" if backfilled else ""
    return RunContext(run_id, kind, now, settings.date or now.date(), settings, Books(run_id, now), backfilled)


def make_run_id(scheduled: datetime, flow_run_id: object) -> str:
    """The id of the run that a Prefect flow run is."""
    return f"{scheduled:%Y%m%dT%H%M%SZ}-{str(flow_run_id)[:8]}"
