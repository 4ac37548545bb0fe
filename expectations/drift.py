"""The metrics of a run against those of the last runs.

The usual band of a metric is its median over the last runs, give or take some robust standard deviations
(1.4826 times the median absolute deviation), and never narrower than a stated tolerance:
a share that moves by less than `least_share` has not drifted, nor a count or mean by less than
`least_factor`. The band of a share also widens with the sampling error of a small run.
Counts and means are compared on a logarithmic scale, as they vary by factors.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from expectations.floors import DriftBounds
from expectations.metrics import Metric, Tally, is_count, is_share
from pipeline.tables import CHECKS, RUNS
from pipeline.vocabulary import RunStatus

_MAD = 1.4826
_TINY = 1e-6
_COUNTED = (RunStatus.PUBLISHED.value, RunStatus.PARTIAL.value)


@dataclass(frozen=True)
class History:
    """The tables `checks` and `runs` of the warehouse, as far back as the last runs go.

    Of `checks` the columns run_id, table, rule, n_checked and observed are read; of `runs`
    run_id, status and started_at.
    """

    checks: pa.Table
    runs: pa.Table


NO_HISTORY = History(CHECKS.arrow.empty_table(), RUNS.arrow.empty_table())


class Band(NamedTuple):
    """What is usual for a metric."""

    low: float
    high: float
    middle: float
    n_runs: int


def find_bands(tally: Tally, history: History, bounds: DriftBounds, run_id: str) -> dict[Metric, Band]:
    """The usual band of each metric of a run that enough earlier runs have."""
    past = _past(history, bounds, run_id)
    bands = {}
    for metric in tally.sums:
        size = tally.size(metric)
        earlier = past.get(metric, [])
        if len(earlier) >= bounds.least_runs and (is_count(metric) or size >= bounds.least):
            bands[metric] = _band(metric, earlier, size, bounds)
    return bands


def _past(history: History, bounds: DriftBounds, run_id: str) -> Mapping[Metric, list[float]]:
    """The values of each metric in the last runs that published something."""
    runs = history.runs.filter(pc.is_in(history.runs.column("status"), pa.array(_COUNTED)))
    runs = runs.filter(pc.not_equal(runs.column("run_id"), run_id)).sort_by([("started_at", "descending")])
    last = runs.column("run_id").slice(0, bounds.window)
    checks = history.checks.filter(pc.is_in(history.checks.column("run_id"), last.combine_chunks()))
    columns = (checks.column(c).to_pylist() for c in ("table", "rule", "n_checked", "observed"))
    past: dict[Metric, list[float]] = {}
    for table, rule, n_checked, observed in zip(*columns, strict=True):
        metric = Metric(table, rule)
        value = parse_number(observed)
        if value is not None and (is_count(metric) or n_checked >= bounds.least):
            past.setdefault(metric, []).append(value)
    return past


def _band(metric: Metric, earlier: list[float], size: float, bounds: DriftBounds) -> Band:
    if not is_share(metric):
        logs = [math.log(max(value, _TINY)) for value in earlier]
        middle = median(logs)
        width = max(bounds.deviations * _deviation(logs, middle), math.log(bounds.least_factor))
        return Band(math.exp(middle - width), math.exp(middle + width), math.exp(middle), len(earlier))
    middle = median(earlier)
    sampling = math.sqrt(middle * (1 - middle) / size)
    width = max(bounds.deviations * math.hypot(_deviation(earlier, middle), sampling), bounds.least_share)
    return Band(middle - width, middle + width, middle, len(earlier))


def _deviation(values: list[float], middle: float) -> float:
    return _MAD * median(abs(value - middle) for value in values)


def parse_number(text: str | None) -> float | None:
    """A metric as `checks` holds it; None where it is no number."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None
