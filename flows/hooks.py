"""Tell a webhook that a run failed, was refused, or is partial.

This is the one thing of newsledger that leaves the machine, and it does so only where the setting `webhook_url` is set.
It sends the id of the run, the flow, the status and the message; no text of an article, no name of the machine, no path
outside the warehouse. A webhook that does not answer is a line in the log and never breaks a run.
"""

from __future__ import annotations

import json
import re
import socket
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prefect.states import Failed

from flows.logs import BoundLogger, make_logger
from flows.publication import RunRefused
from flows.run import make_run_id
from pipeline.settings import Settings, load_settings

TIMEOUT_SECONDS = 10
LONGEST = 500
"""Characters of a message that are sent."""
REFUSED = "Refused"
UNSOUND = "Unsound"
PARTIAL = "partial"
_PATH = re.compile(r"(?<![\w.:/])/(?:[^\s/:;,'\"]+/)+")


def fail(error: Exception, more: str = "") -> Any:
    """The state of a run that ends with an error that it knows: the audit's refusal has a name of its own."""
    return Failed(name=REFUSED if isinstance(error, RunRefused) else "Failed", message=str(error) + more)


def fail_published(error: Exception) -> Any:
    """The state of a run that was published, into a warehouse of which another file is damaged."""
    return Failed(name=UNSOUND, message=f"the run was published, but the warehouse is damaged: {error}")


def notify(flow: Any, flow_run: Any, state: Any) -> None:
    """Hook of a flow, for when it has ended in whatever way: POST what is not as it should be.

    Args:
        flow: the Prefect flow.
        flow_run: the Prefect flow run.
        state: how it ended.
    """
    log = make_logger("newsledger.hooks", make_run_id(flow_run.expected_start_time, flow_run.id))
    log.extra = {**(log.extra or {}), "flow_run_id": str(flow_run.id)}  # a hook runs outside the context of its flow
    try:
        settings = load_settings(**(flow_run.parameters.get("settings") or {}))
        told = describe_end(state)
        if not settings.webhook_url or told is None:
            return
        status, message = told
        body = {"run_id": log.extra["run_id"], "flow": flow.name, "status": status, "message": clean(message, settings)}
    except Exception as error:
        log.warning("nobody was told how the run ended: %s", error)
    else:
        post(settings.webhook_url, body, log)


def describe_end(state: Any) -> tuple[str, str] | None:
    """Status and message of a run that did not end well; None for one that did."""
    if not state.is_completed():
        status = "refused" if state.name == REFUSED else "crashed" if state.is_crashed() else "failed"
        return status, state.message or ""
    done = state.result()
    outcomes = [done["status"]] if "status" in done else list(done.values())  # of the run, or of each day of a backfill
    if PARTIAL in outcomes:
        return PARTIAL, "some batches failed and are still to be done: run again"
    return None


def clean(message: str, settings: Settings) -> str:
    """A message without the name of this machine and without paths outside the warehouse, cut to `LONGEST`."""
    root = settings.warehouse if "://" in settings.warehouse else str(Path(settings.warehouse).absolute())
    message = message.replace(root, "warehouse").replace(socket.gethostname(), "this machine")
    return _PATH.sub("", message)[:LONGEST]


def post(url: str, body: Mapping[str, object], log: BoundLogger) -> bool:
    """POST a JSON object; False, and a line in the log, where that fails. The address itself is never logged."""
    data = json.dumps(body).encode()
    try:
        request = urllib.request.Request(url, data, {"Content-Type": "application/json", "User-Agent": "newsledger"})
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):
            log.info("the webhook was told: %s", body["status"])
            return True
    except Exception as error:  # whatever a URL, a proxy or a server can come up with
        log.warning("the webhook was not told: %s", type(error).__name__ + _code(error))
        return False


def _code(error: Exception) -> str:
    code = getattr(error, "code", None) or getattr(error, "reason", None)
    return f" ({code})" if code else ""
