"""Floors and ceilings for the metrics of a run, read from `floors.toml` or a file of the user's."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

from expectations.metrics import Metric, metric_names


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a metric may be.

    Attributes:
        least: the size (rows, articles, 10,000 characters) from which the bounds apply.
        fail_below: a smaller value refuses the run.
        warn_below: a smaller value is reported.
        warn_above: a larger value is reported.
        fail_above: a larger value refuses the run.
        free: why there is no bound.
    """

    least: float = 0
    fail_below: float | None = None
    warn_below: float | None = None
    warn_above: float | None = None
    fail_above: float | None = None
    free: str | None = None


NONE = Bounds()


@dataclass(frozen=True, slots=True)
class DriftBounds:
    """How far a metric may be from that of the last runs (see `drift`).

    Attributes:
        window: how many runs are looked back on.
        least_runs: with fewer runs there is no drift.
        deviations: how many robust standard deviations from the median are usual.
        least_share: a share that differs by less has not drifted.
        least_factor: a count or mean that differs by a smaller factor has not drifted.
        least: the number of rows from which a share or mean is compared.
    """

    window: int
    least_runs: int
    deviations: float
    least_share: float
    least_factor: float
    least: int


@dataclass(frozen=True, slots=True)
class Floors:
    """All bounds of a run."""

    bounds: Mapping[Metric, Bounds]
    drift: DriftBounds


def read_floors(path: Path | None = None) -> Floors:
    """Read the bounds from a file; the built-in ones where none is given.

    Raises:
        ValueError: a table, metric or key that is not known, or bounds that contradict each other.
    """
    source = path or files("expectations") / "floors.toml"
    return parse_floors(source.read_text(encoding="utf-8"), str(path or "floors.toml"))


def parse_floors(text: str, name: str) -> Floors:
    """Parse the text of a file of floors; `name` is its name in errors.

    Raises:
        ValueError: as for `read_floors`.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{name}: {error}") from error
    drift = _drift(f"{name}: drift", data.pop("drift", {}))
    known = metric_names()
    bounds = {}
    for table, metrics in data.items():
        for metric, values in _section(f"{name}: {table}", metrics).items():
            if (table, metric) not in known:
                raise ValueError(f"{name}: there is no metric {table}.{metric}")
            bounds[Metric(table, metric)] = _bounds(f"{name}: {table}.{metric}", values)
    return Floors(bounds, drift)


def _drift(where: str, values: object) -> DriftBounds:
    given = _numbers(where, _section(where, values))
    names = {f.name for f in fields(DriftBounds)}
    if set(given) != names:
        raise ValueError(f"{where}: missing or unknown keys {sorted(names ^ set(given))}")
    return DriftBounds(**given)


def _bounds(where: str, values: object) -> Bounds:
    given = dict(_section(where, values))
    free = given.pop("free", None)
    unknown = sorted(set(given) - {f.name for f in fields(Bounds)})
    if unknown:
        raise ValueError(f"{where}: unknown keys {unknown}")
    bounds = Bounds(**_numbers(where, given), free=free)
    order = [b for b in (bounds.fail_below, bounds.warn_below, bounds.warn_above, bounds.fail_above) if b is not None]
    if order != sorted(order):
        raise ValueError(f"{where}: fail_below <= warn_below <= warn_above <= fail_above does not hold")
    if bool(order) == (free is not None):
        raise ValueError(f"{where}: either a bound or the reason why there is none (free)")
    return bounds


def _section(where: str, values: object) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise ValueError(f"{where}: a table of keys expected, not {values!r}")
    return values


def _numbers(where: str, values: dict[str, Any]) -> dict[str, Any]:
    for key, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueError(f"{where}: {key} is a number, not {value!r}")
    return values
