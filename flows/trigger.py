"""Start a flow by hand or from cron: signals, exit status, summary."""

from __future__ import annotations

import json
import logging
import signal
import sys
from datetime import date
from typing import Any

from flows import summary
from pipeline.settings import Settings

PUBLISHED, FAILED, PARTIAL, TERMINATED = 0, 1, 3, 143


def run_nightly(settings: Settings, *, as_json: bool = False) -> int:
    """Run the nightly flow and print what was done.

    Returns:
        The exit status: 0 published, or nothing new; 1 failed or refused; 3 published, but some batches failed.
    """
    _prepare(settings)
    from flows.nightly import nightly

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
    _prepare(settings)
    from flows.backfill import backfill

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
    _prepare(settings)
    from flows.replay import replay

    state: Any = replay(settings.model_dump(mode="json"), reason, return_state=True)
    if not state.is_completed():
        return _failed(state)
    done: dict[str, Any] = state.result()
    summary.print_summary(done)
    print(f"{done['replayed']} rejects were tried again; {done['left']} could not be: deliver their files again")
    return PARTIAL if done["status"] == "partial" else PUBLISHED


def _prepare(settings: Settings) -> None:
    # An exit from the handler lets the embedded Prefect server stop; without it the server would stay behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    logging.getLogger("newsledger").setLevel(settings.log_level)


def _failed(state: Any) -> int:
    print(f"newsledger: the run failed, the warehouse is as it was: {state.message}", file=sys.stderr)
    return FAILED
