"""prefect.yaml says what the flows can take: nothing of it is found out at two in the morning."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect import Flow
from prefect.client.schemas.schedules import CronSchedule

from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
FILE = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))
DEPLOYMENTS = {d["name"]: d for d in FILE["deployments"]}


def flow_of(deployment: dict[str, Any]) -> Any:
    path, _, name = deployment["entrypoint"].partition(":")
    assert (ROOT / path).is_file()
    return getattr(importlib.import_module(path.removesuffix(".py").replace("/", ".")), name)


def test_the_night_the_past_and_the_week_are_deployed() -> None:
    assert list(DEPLOYMENTS) == ["nightly", "backfill", "maintain"]


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_a_deployment_names_a_flow_and_parameters_that_it_has(name: str) -> None:
    deployment = DEPLOYMENTS[name]
    flow = flow_of(deployment)
    assert isinstance(flow, Flow)
    parameters = deployment["parameters"]
    assert set(parameters) <= set(inspect.signature(flow.fn).parameters)
    settings = Settings(**parameters["settings"])
    assert settings.lock_wait_seconds > 0, "deployments share a warehouse, and wait for one another"
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}
    assert "webhook_url" not in parameters["settings"], "a server shows parameters"


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_a_schedule_is_one_that_prefect_can_read(name: str) -> None:
    deployment = DEPLOYMENTS[name]
    flow = flow_of(deployment)
    required = [p for p, v in inspect.signature(flow.fn).parameters.items() if v.default is v.empty]
    assert bool(deployment.get("schedules")) != bool(required), "what must be told its days cannot run by itself"
    for schedule in deployment.get("schedules", []):
        assert CronSchedule(**schedule).timezone == "UTC"


def test_all_deployments_share_the_pool_of_the_instructions() -> None:
    pools = {d["work_pool"]["name"] for d in DEPLOYMENTS.values()}
    told = set(re.findall(r"work-pool create (\w+)|--pool (\w+)", (ROOT / "prefect.yaml").read_text("utf-8")))
    assert {name for pair in told for name in pair if name} == pools == {"newsledger"}
