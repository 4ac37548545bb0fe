"""Everything that must hold, put to Great Expectations: the only module that imports it.

Row rules run over chunks of whole articles, so that memory stays flat; rules about whole tables run
once, over one frame that has a row for each metric. Every validation has an ephemeral context of its own:
a shared one gives wrong results without a word. An exception inside a validation is an error of
newsledger and raises `AuditBroken`; it never quarantines anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import great_expectations as gx
import great_expectations.expectations as gxe
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from great_expectations.data_context.types.base import ProgressBarsConfig

from expectations import articles, dates, events, mentions, statements
from expectations.chunk import Chunk, Rows
from expectations.drift import NO_HISTORY, Band, History, find_bands
from expectations.floors import NONE, Bounds, Floors, read_floors
from expectations.metrics import Metric, Tally, describe, tally_chunk
from expectations.quarantine import Broken, Quarantine
from expectations.rules import Rule
from expectations.staged import Staged
from pipeline.tables import Check, Reject
from pipeline.tables import table as table_named
from pipeline.vocabulary import Severity

ROWS_AT_ONCE = 200_000
"""Rows of a table that are validated at once, unless one batch alone has more."""

RULES: Mapping[str, tuple[Rule, ...]] = {
    "articles": articles.RULES,
    "statements": statements.RULES,
    "events": events.RULES,
    "dates": dates.RULES,
    "mentions": mentions.RULES,
}

Drift = Literal["off", "warn", "refuse"]


class AuditBroken(Exception):
    """The audit itself failed: an error of newsledger, never of the data."""


@dataclass(frozen=True)
class Known:
    """What references of the run may point to besides what is staged: ids of the warehouse's articles."""

    articles: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))


@dataclass(frozen=True)
class AuditResult:
    """What the audit found.

    Attributes:
        checks: one row for each rule of each table.
        rejects: one row for each row that is held back, with the names of the rules that it breaks.
        dropped: by table the keys of the rows that must not be published; a dropped article takes all its rows along.
        refused: the critical rules about whole tables that failed, as table.rule; any refuses the run.
    """

    checks: list[Check]
    rejects: list[Reject]
    dropped: dict[str, set[str]]
    refused: list[str]


def audit(
    run_id: str,
    run_day: date,
    staged: Staged,
    known: Known | None = None,
    history: History = NO_HISTORY,
    floors: Floors | None = None,
    drift: Drift = "warn",
    payload_bytes: int = 65_536,
    rows_at_once: int = ROWS_AT_ONCE,
) -> AuditResult:
    """Check all staged rows of a run, row by row and as a whole.

    Args:
        run_id: the run.
        run_day: the day of the run.
        staged: the staged files.
        known: what references may point to in the warehouse.
        history: the checks of earlier runs, for drift.
        floors: floors and ceilings; the built-in ones by default.
        drift: what a metric far from the last runs does.
        payload_bytes: bytes of a rejected row that are kept.
        rows_at_once: rows of a table that are validated at once.

    Raises:
        AuditBroken: a check could not be computed.
        StagedFileError: a staged file is not what newsledger stages.
    """
    ids = staged.article_ids()
    counts = pc.value_counts(ids)
    doubled = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    known_articles = (known or Known()).articles.cast(pa.string())
    articles_there = pc.unique(pa.concat_arrays([ids, known_articles]))
    groups = []
    for batches in staged.groups(rows_at_once):
        tables, rows_broken, counted = _check_rows(staged.read(batches), articles_there, doubled, run_day)
        groups.append(_settle(run_id, batches, tables, rows_broken, counted, {}, payload_bytes))
    _hold_copies(run_id, groups, staged, set(known_articles.to_pylist()), payload_bytes)
    tally = Tally()
    for group in groups:
        tally.merge(group.tally)
    floors = floors or read_floors()
    bands = {} if drift == "off" else find_bands(tally, history, floors.drift, run_id)
    table_checks = check_metrics(run_id, tally, floors, bands, drift)
    return AuditResult(
        checks=[*_row_checks(run_id, groups), *table_checks],
        rejects=[reject for group in groups for reject in group.rejects],
        dropped={name: set().union(*(group.dropped[name] for group in groups)) for name in RULES},
        refused=[f"{c.table}.{c.rule}" for c in table_checks if not c.success and c.severity is Severity.CRITICAL],
    )


@dataclass
class _Count:
    """What a row rule met."""

    checked: int = 0
    failed: int = 0
    example: str | None = None


_Counts = dict[tuple[str, str], _Count]


@dataclass(frozen=True)
class _Group:
    """What became of some batches."""

    batches: range
    broken: Broken
    counted: _Counts
    held: Mapping[str, str]
    tally: Tally
    rejects: list[Reject]
    dropped: dict[str, set[str]]
    copies: dict[str, str]


def _settle(
    run_id: str,
    batches: range,
    tables: Mapping[str, pa.Table],
    broken: Broken,
    counted: _Counts,
    held: Mapping[str, str],
    payload_bytes: int,
) -> _Group:
    quarantine = Quarantine(tables, broken)
    quarantine.hold(held)
    tally = Tally()
    tally_chunk(tally, tables, quarantine.kept())
    rejects = list(quarantine.rejects(run_id, payload_bytes))
    articles = tables["articles"].select(["article_id", "duplicate_of"]).drop_null()
    copies = dict(zip(*(articles.column(c).to_pylist() for c in ("article_id", "duplicate_of")), strict=True))
    return _Group(batches, broken, counted, held, tally, rejects, quarantine.keys(), copies)


def _hold_copies(run_id: str, groups: list[_Group], staged: Staged, known: set[str], payload_bytes: int) -> None:
    """Hold back copies of articles that are held back in another chunk and do not stand in the warehouse."""
    settled = False
    while not settled:
        settled = True
        gone = set().union(*(group.dropped["articles"] for group in groups)) - known
        for i, group in enumerate(groups):
            lost = {copy: first for copy, first in group.copies.items() if first in gone}
            lost = {copy: first for copy, first in lost.items() if copy not in group.dropped["articles"]}
            if lost:
                reasons = {copy: f"duplicate_of: {first} of articles is rejected" for copy, first in lost.items()}
                held = {**group.held, **reasons}
                tables = staged.read(group.batches)
                groups[i] = _settle(run_id, group.batches, tables, group.broken, group.counted, held, payload_bytes)
                settled = False


def _check_rows(
    tables: Mapping[str, pa.Table], articles_there: pa.Array, doubled: pa.Array, run_day: date
) -> tuple[Mapping[str, pa.Table], Broken, _Counts]:
    """Run all row rules over a chunk; a row that lacks a required column is tested by no other rule."""
    positions = {name: _positions(data, name) for name, data in tables.items()}
    whole = {
        name: data if len(positions[name]) == len(data) else data.take(positions[name]) for name, data in tables.items()
    }
    broken: Broken = {name: {} for name in tables}
    counted: _Counts = {}
    for name, rules in RULES.items():
        required = [rule for rule in rules if rule.required]
        if len(whole[name]) < len(tables[name]):
            rows = Chunk(tables, articles_there, doubled, run_day)[name]
            found = _validate_rows(rows, required)
            _note(broken, counted, tables[name], required, found, np.arange(len(rows)))
    chunk = Chunk(whole, articles_there, doubled, run_day)
    for name, rules in RULES.items():
        found = _validate_rows(chunk[name], rules)
        _note(broken, counted, tables[name], rules, found, positions[name])
    return tables, broken, counted


def _positions(data: pa.Table, name: str) -> np.ndarray:
    """The rows that lack no required column."""
    lacking = np.zeros(len(data), dtype=bool)
    for c in table_named(name).columns:
        if not c.nullable and data.column(c.name).null_count:
            lacking |= data.column(c.name).is_null().to_numpy()
    return np.flatnonzero(~lacking)


def _note(
    broken: Broken,
    counted: _Counts,
    data: pa.Table,
    rules: Sequence[Rule],
    found: Mapping[str, Sequence[int]],
    positions: np.ndarray,
) -> None:
    (key,) = table_named(rules[0].table).key
    for rule in rules:
        count = counted.setdefault((rule.table, rule.name), _Count())
        failed = [int(positions[at]) for at in found[rule.name]]
        count.checked = max(count.checked, len(positions))
        count.failed += len(failed)
        if failed and count.example is None:
            count.example = data.column(key)[failed[0]].as_py()
        if rule.severity is Severity.CRITICAL:
            for at in failed:
                broken[rule.table].setdefault(at, []).append(rule.name)


def _validate_rows(rows: Rows, rules: Sequence[Rule]) -> dict[str, list[int]]:
    """The positions of the rows that break each rule."""
    if not len(rows):
        return {rule.name: [] for rule in rules}
    return _validate(_frame(rows, rules), rules)


def _frame(rows: Rows, rules: Sequence[Rule]) -> pd.DataFrame:
    """The columns that the rules read, with types that Great Expectations takes."""
    columns: dict[str, Any] = {}
    for rule in rules:
        if rule.verdict is not None:
            columns[rule.name] = _verdict(rule, rows)
        else:
            columns.update({name: _series(rows[name]) for name in rule.columns if name not in columns})
    return pd.DataFrame(columns)


def _verdict(rule: Rule, rows: Rows) -> np.ndarray:
    assert rule.verdict is not None
    try:
        verdict = pa.array(rule.verdict(rows), pa.bool_())
    except Exception as error:
        raise AuditBroken(f"{rule.table}.{rule.name} could not be computed: {error!r}") from error
    if len(verdict) != len(rows):
        raise AuditBroken(f"{rule.table}.{rule.name} judges {len(verdict)} of {len(rows)} rows")
    return pc.fill_null(verdict, True).to_numpy(zero_copy_only=False)


def _series(values: pa.Array) -> pd.Series:
    if pa.types.is_integer(values.type) and values.null_count:
        return pd.Series(values.to_pandas(types_mapper={values.type: pd.Int64Dtype()}.get))
    return pd.Series(values.to_pandas(date_as_object=False))


def _validate(frame: pd.DataFrame, rules: Sequence[Rule]) -> dict[str, list[int]]:
    """Validate twice where need be: first whether each rule holds, then which rows break those that do not."""
    held = _run(frame, rules, {"result_format": "BOOLEAN_ONLY"})
    failed = [rule for rule in rules if not held[rule.name].success]
    found: dict[str, list[int]] = {rule.name: [] for rule in rules}
    if failed:
        complete = {"result_format": "COMPLETE", "include_unexpected_rows": False}
        for name, result in _run(frame, failed, complete).items():
            positions = result.result.get("unexpected_index_list")
            if not positions:
                raise AuditBroken(f"{name} failed without saying on which rows")
            found[name] = sorted(int(at) for at in positions)
    return found


def _run(frame: pd.DataFrame, rules: Sequence[Rule], result_format: dict[str, Any]) -> dict[str, Any]:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("staged").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    suite = gx.ExpectationSuite(name="rules", expectations=[_expectation(rule) for rule in rules])
    results = batch.validate(suite, result_format=result_format).results
    named = {result.expectation_config.meta["rule"]: result for result in results}
    if set(named) != {rule.name for rule in rules}:
        raise AuditBroken(f"{len(rules)} rules were asked, {len(named)} were answered")
    for name, result in named.items():
        _check_computed(name, result.exception_info)
    return named


def _expectation(rule: Rule) -> Any:
    return getattr(gxe, rule.expectation)(
        **rule.arguments, meta={"rule": rule.name}, description=rule.meaning, severity=rule.severity.value
    )


def _check_computed(name: str, info: Mapping[str, Any]) -> None:
    infos = [info] if "raised_exception" in info else list(info.values())
    for one in infos:
        if one["raised_exception"]:
            raise AuditBroken(f"{name} could not be computed: {one['exception_message']}")


def _row_checks(run_id: str, groups: Sequence[_Group]) -> Iterator[Check]:
    for table, rules in RULES.items():
        for rule in rules:
            counts = [g.counted[table, rule.name] for g in groups]
            checked, failed = sum(c.checked for c in counts), sum(c.failed for c in counts)
            example = next((c.example for c in counts if c.example is not None), None)
            yield Check(
                run_id=run_id,
                table=table,
                rule=rule.name,
                meaning=rule.meaning,
                severity=rule.severity,
                success=failed == 0,
                n_checked=checked,
                n_failed=failed,
                observed=f"{failed} of {checked} rows" + (f", such as {example}" if example else ""),
                threshold="every row",
            )


_LIMITS = {
    "fail_below": Severity.CRITICAL,
    "fail_above": Severity.CRITICAL,
    "warn_below": Severity.WARNING,
    "warn_above": Severity.WARNING,
    "drift_below": Severity.WARNING,
    "drift_above": Severity.WARNING,
}


def check_metrics(run_id: str, tally: Tally, floors: Floors, bands: Mapping[Metric, Band], drift: Drift) -> list[Check]:
    """Check the metrics of a run against their floors, ceilings and usual bands.

    Each metric has one check of its own name, which refuses the run where it fails; `<metric>_is_usual`
    where the floors have a warning, and `<metric>_drift` where there are enough earlier runs.
    """
    metrics = sorted(tally.sums)
    if not metrics:
        return []
    frame = _metrics_frame(metrics, tally, floors, bands)
    rules = [_limit_rule(column) for column in _LIMITS]
    failed = {name: {metrics[at] for at in positions} for name, positions in _validate(frame, rules).items()}
    checks = []
    for metric in metrics:
        broken = {name for name in _LIMITS if metric in failed[name]}
        checks += _metric_checks(
            run_id, metric, tally, floors.bounds.get(metric, NONE), bands.get(metric), drift, broken
        )
    return checks


def _metrics_frame(
    metrics: Sequence[Metric], tally: Tally, floors: Floors, bands: Mapping[Metric, Band]
) -> pd.DataFrame:
    rows = []
    for metric in metrics:
        bounds = floors.bounds.get(metric, NONE)
        bounds = bounds if _applies(bounds, metric, tally) else NONE
        band = bands.get(metric)
        rows.append(
            {
                "value": tally.value(metric),
                **{name: getattr(bounds, name) for name in list(_LIMITS)[:4]},
                "drift_below": band and band.low,
                "drift_above": band and band.high,
            }
        )
    return pd.DataFrame(rows, dtype="float64")


def _limit_rule(limit: str) -> Rule:
    sides = ("value", limit) if limit.endswith("below") else (limit, "value")
    return Rule(
        table="metrics",
        name=limit,
        meaning=f"No metric is beyond {limit}.",
        severity=_LIMITS[limit],
        expectation="ExpectColumnPairValuesAToBeGreaterThanB",
        arguments={
            "column_A": sides[0],
            "column_B": sides[1],
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
    )


def _applies(bounds: Bounds, metric: Metric, tally: Tally) -> bool:
    return tally.size(metric) >= bounds.least


def _metric_checks(
    run_id: str,
    metric: Metric,
    tally: Tally,
    bounds: Bounds,
    band: Band | None,
    drift: Drift,
    broken: set[str],
) -> Iterator[Check]:
    applies = _applies(bounds, metric, tally)
    value, size = tally.value(metric), tally.size(metric)
    about = "" if applies else f"; applies from {bounds.least:g} on"
    sizes = {"run_id": run_id, "table": metric.table, "n_checked": round(size)}

    def check(suffix: str, severity: Severity, kind: str, low: float | None, high: float | None, note: str) -> Check:
        return Check(
            **sizes,
            rule=metric.name + suffix,
            meaning=describe(metric),
            severity=severity,
            success=not any(name.startswith(kind) for name in broken),
            n_failed=int(any(name.startswith(kind) for name in broken)),
            observed=None if value is None else f"{value:.6g}",
            threshold=None if low is None and high is None else _between(low, high) + note,
        )

    bounded = bounds.fail_below is not None or bounds.fail_above is not None
    severity = Severity.CRITICAL if bounded else Severity.INFO
    yield check("", severity, "fail", bounds.fail_below, bounds.fail_above, about)
    if bounds.warn_below is not None or bounds.warn_above is not None:
        yield check("_is_usual", Severity.WARNING, "warn", bounds.warn_below, bounds.warn_above, about)
    if band is not None:
        severity = Severity.CRITICAL if drift == "refuse" else Severity.WARNING
        note = f": {band.middle:.4g} in the middle of the last {band.n_runs} runs"
        yield check("_drift", severity, "drift", band.low, band.high, note)


def _between(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at most {high:.4g}"
    return f"at least {low:.4g}" if high is None else f"from {low:.4g} to {high:.4g}"
