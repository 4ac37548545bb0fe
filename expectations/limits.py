"""The metrics of a run against their limits: floors, ceilings, and what the last runs had.

All metrics stand in one frame, a row each, with a column for each kind of limit: so the number of
expectations does not grow with the number of metrics.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from expectations.drift import Band
from expectations.floors import NONE, Bounds, Floors
from expectations.metrics import Metric, Tally, describe
from expectations.rules import Rule
from pipeline.tables import Check
from pipeline.vocabulary import Severity

Drift = Literal["off", "warn", "refuse"]

_BOUNDS = ("fail_below", "fail_above", "warn_below", "warn_above")


def _rule(limit: str) -> Rule:
    low, high = (limit, "value") if limit.endswith("below") else ("value", limit)
    return Rule(
        table="metrics",
        name=limit,
        meaning=f"No metric is beyond its {limit}.",
        severity=Severity.CRITICAL if limit.startswith("fail") else Severity.WARNING,
        expectation="ExpectColumnPairValuesAToBeGreaterThanB",
        arguments={"column_A": high, "column_B": low, "or_equal": True, "ignore_row_if": "either_value_is_missing"},
    )


RULES = tuple(_rule(limit) for limit in (*_BOUNDS, "drift_below", "drift_above"))


@dataclass(frozen=True)
class Limits:
    """The metrics of a run with all that limits them."""

    tally: Tally
    floors: Floors
    bands: Mapping[Metric, Band]
    drift: Drift

    @property
    def metrics(self) -> list[Metric]:
        """The metrics, by table and name."""
        return sorted(self.tally.sums)

    def bounds(self, metric: Metric) -> Bounds:
        """The floors and ceilings of a metric."""
        return self.floors.bounds.get(metric, NONE)

    def applies(self, metric: Metric) -> bool:
        """Whether a run is large enough for the bounds of a metric."""
        return self.tally.size(metric) >= self.bounds(metric).least

    def frame(self) -> pd.DataFrame:
        """A row for each metric: its value and its limits, null where it has none or the run is too small."""
        rows = []
        for metric in self.metrics:
            bounds = self.bounds(metric) if self.applies(metric) else NONE
            band = self.bands.get(metric)
            row = {name: getattr(bounds, name) for name in _BOUNDS}
            row |= {"drift_below": band and band.low, "drift_above": band and band.high}
            rows.append({"value": self.tally.value(metric), **row})
        return pd.DataFrame(rows, dtype="float64")

    def checks(self, run_id: str, found: Mapping[str, Sequence[int]]) -> list[Check]:
        """The checks of all metrics, given the rows of the frame that break each rule.

        Each metric has one check of its own name, which refuses the run where it fails; `<metric>_is_usual`
        where the floors have a warning, and `<metric>_drift` where there are enough earlier runs.
        """
        checks: list[Check] = []
        for at, metric in enumerate(self.metrics):
            broken = {name for name, positions in found.items() if at in positions}
            checks += self._of(run_id, metric, broken)
        return checks

    def _of(self, run_id: str, metric: Metric, broken: set[str]) -> Iterator[Check]:
        bounds, band = self.bounds(metric), self.bands.get(metric)
        note = "" if self.applies(metric) else f"; applies from a size of {bounds.least:g} on"
        fails, warns = (bounds.fail_below, bounds.fail_above), (bounds.warn_below, bounds.warn_above)
        severity = Severity.INFO if fails == (None, None) else Severity.CRITICAL
        yield self._check(run_id, metric, "", severity, _between(*fails, note), _hit(broken, "fail"))
        if warns != (None, None):
            threshold = _between(*warns, note)
            yield self._check(run_id, metric, "_is_usual", Severity.WARNING, threshold, _hit(broken, "warn"))
        if band is not None:
            severity = Severity.CRITICAL if self.drift == "refuse" else Severity.WARNING
            threshold = _between(band.low, band.high, f"; the last {band.n_runs} runs had {band.middle:.4g}")
            yield self._check(run_id, metric, "_drift", severity, threshold, _hit(broken, "drift"))

    def _check(
        self, run_id: str, metric: Metric, suffix: str, severity: Severity, threshold: str | None, failed: bool
    ) -> Check:
        value = self.tally.value(metric)
        return Check(
            run_id=run_id,
            table=metric.table,
            rule=metric.name + suffix,
            meaning=describe(metric),
            severity=severity,
            success=not failed,
            n_checked=round(self.tally.size(metric)),
            n_failed=int(failed),
            observed=None if value is None else f"{value:.6g}",
            threshold=threshold,
        )


def _hit(broken: set[str], kind: str) -> bool:
    return any(name.startswith(kind) for name in broken)


def _between(low: float | None, high: float | None, note: str) -> str | None:
    if low is None and high is None:
        return None
    if low is None:
        return f"at most {high:.4g}{note}"
    return f"at least {low:.4g}{note}" if high is None else f"from {low:.4g} to {high:.4g}{note}"
