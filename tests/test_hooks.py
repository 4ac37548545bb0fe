"""The webhook: who is told what, and that it never breaks a run."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from golden import run_newsledger
from prefect.client.schemas.objects import FlowRun
from prefect.states import Completed, Crashed, Failed, State

from flows import hooks
from flows.hooks import REFUSED, clean, fail, notify, post
from flows.logs import make_logger
from flows.nightly import nightly
from flows.publication import RunRefused
from pipeline.settings import load_settings
from pipeline.warehouse import Warehouse, WarehouseBusy

ID = UUID("0193f2a4-0000-7000-8000-000000000001")
LOG = make_logger("newsledger.hooks", "r1")
BODY = {"run_id": "r1", "status": "failed", "message": "x"}


class Receiver(HTTPServer):
    """A server that keeps what it is sent, and answers with `status` after `seconds`."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.status, self.seconds = 204, 0.0
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/secret-token"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Type"] == "application/json"
        self.server.got.append(json.loads(data))
        time.sleep(self.server.seconds)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.chdir(tmp_path)
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def run_of(**settings: Any) -> FlowRun:
    at = datetime(2024, 4, 1, 2, tzinfo=UTC)
    return FlowRun(id=ID, flow_id=ID, parameters={"settings": settings}, expected_start_time=at)


@pytest.mark.parametrize(
    ("state", "status", "words"),
    [
        (Failed(message="the disk is full"), "failed", "the disk is full"),
        (fail(RunRefused(["articles_floor"])), "refused", "articles_floor"),
        (fail(WarehouseBusy("w", "another run writes", "Wait."), " (none done)"), "failed", "Wait. (none done)"),
        (Crashed(message="the process ended"), "crashed", "the process ended"),
        (Completed(data={"status": "partial", "rejects": []}), "partial", "run again"),
        (Completed(data={"2024-03-15": "done", "2024-03-16": "partial"}), "partial", "run again"),
    ],
)
def test_what_did_not_end_well_is_told(receiver: Receiver, state: State[Any], status: str, words: str) -> None:
    notify(nightly, run_of(webhook_url=receiver.url), state)
    (told,) = receiver.got
    message = told.pop("message")
    assert words in message
    assert told == {"run_id": "20240401T020000Z-0193f2a4", "flow": "nightly", "status": status}


@pytest.mark.parametrize(
    "data",
    [{"status": "published", "warehouse": "partial"}, {"status": "nothing_new"}, {"2024-03-15": "current"}, {}],
    ids=str,
)
def test_what_ended_well_is_not_told(receiver: Receiver, data: dict[str, Any]) -> None:
    notify(nightly, run_of(webhook_url=receiver.url), Completed(data=data))
    assert receiver.got == []


def test_without_the_setting_nothing_is_sent(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "post", lambda *_: pytest.fail("it was sent"))
    notify(nightly, run_of(), Failed(message="x"))


def test_the_environment_of_the_worker_names_the_webhook(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLEDGER_WEBHOOK_URL", receiver.url)
    notify(nightly, run_of(), Failed(message="x"))
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    "settings", [{"wharehouse": "x"}, {"workers": -1}, {"webhook_url": "file:///etc/passwd"}], ids=str
)
def test_a_run_that_fails_by_its_settings_is_not_broken_further(
    receiver: Receiver, caplog: pytest.LogCaptureFixture, settings: dict[str, Any]
) -> None:
    notify(nightly, run_of(**settings), Failed(message="x"))
    assert receiver.got == []


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_an_answer_that_is_an_error_breaks_nothing(receiver: Receiver, status: int) -> None:
    receiver.status = status
    assert post(receiver.url, BODY, LOG) is False
    assert receiver.got == [BODY]


def test_a_server_that_does_not_answer_is_not_waited_for(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "TIMEOUT_SECONDS", 0.2)
    receiver.seconds = 1.0
    began = time.monotonic()
    assert post(receiver.url, BODY, LOG) is False
    assert time.monotonic() - began < 0.9


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "http://[::1", "http://", "https://127.0.0.1:1/"])
def test_an_address_that_leads_nowhere_breaks_nothing(url: str) -> None:
    assert post(url, BODY, LOG) is False


def test_the_address_is_neither_kept_nor_logged(receiver: Receiver, capfd: pytest.CaptureFixture[str]) -> None:
    settings = load_settings(webhook_url=receiver.url)
    assert "secret-token" not in settings.model_dump_json()
    assert "webhook_url" not in settings.model_dump(mode="json")
    receiver.status = 500
    post(settings.webhook_url or "", BODY, LOG)
    out = capfd.readouterr()
    assert "secret-token" not in out.out + out.err


@pytest.mark.parametrize(
    ("message", "sent"),
    [
        (
            "{root}/runs/day=2024-01-01/part-0.parquet: it is cut",
            "warehouse/runs/day=2024-01-01/part-0.parquet: it is cut",
        ),
        ("/home/ada/news/in.jsonl: no permission", "in.jsonl: no permission"),
        ("held by process 7 on {host}", "held by process 7 on this machine"),
        ("rules a/b and 3/4 failed", "rules a/b and 3/4 failed"),
        ("see https://example.org/a/b", "see https://example.org/a/b"),
        ("y" * 600, "y" * 500),
    ],
)
def test_a_message_names_no_machine_and_no_folder_outside_the_warehouse(
    tmp_path: Path, message: str, sent: str
) -> None:
    root = tmp_path / "w"
    filled = message.format(root=root, host=socket.gethostname())
    assert clean(filled, load_settings(warehouse=str(root))) == sent


def test_a_refusal_has_a_name_of_its_own_in_the_user_interface() -> None:
    assert fail(RunRefused(["x"])).name == REFUSED
    assert fail(RunRefused(["x"])).is_failed()


@pytest.mark.slow
@pytest.mark.xdist_group("flow")
def test_a_run_from_the_command_line_tells_that_it_failed(receiver: Receiver, tmp_path: Path) -> None:
    root = tmp_path / "w"
    with Warehouse(str(root)).lock():
        done = run_newsledger(
            "run", "-i", "seeds", "--warehouse", str(root), "--set", f"webhook_url={receiver.url}", home=tmp_path / "p"
        )
    assert done.returncode == 1
    (told,) = receiver.got
    assert (told["flow"], told["status"]) == ("nightly", "failed")
    assert "another run writes to this warehouse" in told["message"]
    assert str(tmp_path) not in told["message"]
    assert "secret-token" not in done.stdout + done.stderr
    assert "Warning" not in done.stderr
