"""Start a flow by hand or from cron: exit status, summary."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from flows import summary
from flows.forks import is_forked, start_fork_server
from flows.imports import lasting
from flows.logs import configure_logs
from flows.signals import stop_on_sigterm
from pipeline.load.inputs import count_bytes, find_inputs
from pipeline.settings import PREFIX, Settings

if TYPE_CHECKING:
    from flows.api import EmbeddedApi

PUBLISHED, FAILED, PARTIAL = 0, 1, 3


def run_nightly(settings: Settings, *, as_json: bool = False) -> int:
    """Run the nightly flow and print what was done.

    Returns:
        The exit status: 0 published, or nothing new; 1 failed or refused; 3 published, but some batches failed.

    Raises:
        InputNotFound: an input does not exist: wrong usage, said before Prefect is started.
    """
    n_bytes = count_bytes(find_inputs(settings.input))
    api = begin(settings)
    if is_forked(settings, n_bytes):
        start_fork_server(settings)
    with lasting():
        from flows.nightly import nightly

    api.wait()
    state: Any = nightly(settings.model_dump(mode="json"), return_state=True)
    if not state.is_completed():
        return _failed(state)
    done: dict[str, Any] = state.result()
    if as_json:
        print(json.dumps(done, indent=2, default=str))
    else:
        summary.print_summary(done)
    return PARTIAL if done["status"] == "partial" else PUBLISHED


def run_backfill(settings: Settings, first: date, last: date, again: bool) -> int:
    """Run the backfill flow and print what became of each day; the exit status is as for `run_nightly`."""
    api = begin(settings)
    with lasting():
        from flows.backfill import backfill

    api.wait()
    state: Any = backfill(first, last, settings.model_dump(mode="json"), again, return_state=True)
    if not state.is_completed():
        return _failed(state)
    outcome: dict[str, str] = state.result()
    for day, became in outcome.items():
        print(f"{day}  {became}")
    print(f"{len(outcome)} partitions from {first} to {last}")
    return PARTIAL if "partial" in outcome.values() else PUBLISHED


def run_replay(settings: Settings, reason: str | None) -> int:
    """Run the replay flow and print what was done; the exit status is as for `run_nightly`."""
    api = begin(settings)
    with lasting():
        from flows.replay import replay

    api.wait()
    state: Any = replay(settings.model_dump(mode="json"), reason, return_state=True)
    if not state.is_completed():
        return _failed(state)
    done: dict[str, Any] = state.result()
    summary.print_summary(done)
    print(f"{done['replayed']} rejects were tried again; {done['left']} could not be: deliver their files again")
    return PARTIAL if done["status"] == "partial" else PUBLISHED


def run_maintain(settings: Settings) -> int:
    """Run the maintain flow and print what was done; the exit status is 1 where the warehouse is damaged."""
    api = begin(settings)
    with lasting():
        from flows.maintain import describe, maintain

    api.wait()
    state: Any = maintain(settings.model_dump(mode="json"), return_state=True)
    if not state.is_completed():
        print(f"newsledger: {state.message}", file=sys.stderr)
        return FAILED
    done: dict[str, Any] = state.result()
    for table, days in done["removed"].items():
        print(f"{table}: removed {len(days)} days, {days[0]} to {days[-1]}")
    print(f"{describe(done)}; the warehouse is sound")
    return PUBLISHED


def begin(settings: Settings) -> EmbeddedApi:
    """Prepare the process, and start the API; the flow is imported while that comes up."""
    prepare(settings)
    with lasting():
        from flows.api import EmbeddedApi

    return EmbeddedApi(settings)


def prepare(settings: Settings) -> None:
    """Set what a flow finds in its process: signals, logs, and in the environment what is not for Prefect to keep."""
    settings.check_extras()
    stop_on_sigterm()
    configure_logs(settings, prefect=True)
    if settings.webhook_url:
        os.environ[f"{PREFIX}WEBHOOK_URL"] = settings.webhook_url


def _failed(state: Any) -> int:
    from flows.hooks import UNSOUND

    what = "" if state.name == UNSOUND else "the run failed, the warehouse is as it was: "
    print(f"newsledger: {what}{state.message}", file=sys.stderr)
    return FAILED
