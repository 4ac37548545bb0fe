"""Everything that must hold, put to Great Expectations: the only module that imports it.

Row rules run over chunks of whole articles, so that memory stays flat; rules about whole tables run
once, over one frame that has a row for each metric. Every validation has an ephemeral context of its own:
a shared one gives wrong results without a word. An exception inside a validation is an error of
newsledger and raises `AuditBroken`; it never quarantines anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from great_expectations.data_context.types.base import ProgressBarsConfig

from expectations import articles, dates, events, limits, mentions, statements
from expectations.chunk import Chunk, Rows
from expectations.drift import NO_HISTORY, History, find_bands
from expectations.findings import Findings, row_checks
from expectations.floors import Floors, read_floors
from expectations.frame import AuditBroken, build_frame, summarize
from expectations.groups import Group, hold_copies, settle
from expectations.limits import Drift, Limits
from expectations.metrics import Tally
from expectations.quarantine import tell_apart
from expectations.rules import Rule
from expectations.staged import Staged
from pipeline.tables import Check, Reject
from pipeline.tables import table as table_named
from pipeline.vocabulary import Severity

ROWS_AT_ONCE = 100_000
"""Rows of a table that are validated at once, unless one batch alone has more."""

RULES: Mapping[str, tuple[Rule, ...]] = {
    "articles": articles.RULES,
    "statements": statements.RULES,
    "events": events.RULES,
    "dates": dates.RULES,
    "mentions": mentions.RULES,
}


@dataclass(frozen=True)
class Known:
    """What references of the run may point to besides what is staged: ids of the warehouse's articles."""

    articles: pa.Array | pa.ChunkedArray

    @property
    def ids(self) -> pa.Array:
        """The ids as one array of strings."""
        chunks = [self.articles] if isinstance(self.articles, pa.Array) else self.articles.chunks
        return pa.concat_arrays([pa.array([], pa.string()), *(chunk.cast(pa.string()) for chunk in chunks)])


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
    known_articles = known.ids if known else pa.array([], pa.string())
    articles_there = pc.unique(pa.concat_arrays([ids, known_articles]))
    groups: list[Group] = []
    for batches in staged.groups(rows_at_once):
        tables = staged.read(batches)
        findings = check_rows(tables, articles_there, doubled, run_day)
        groups.append(settle(run_id, batches, tables, findings, payload_bytes))
    hold_copies(run_id, groups, staged, known_articles, payload_bytes)
    tally = Tally()
    for group in groups:
        tally.merge(group.tally)
    table_checks = check_tables(run_id, tally, history, floors or read_floors(), drift)
    findings_of_all = [group.findings for group in groups]
    return AuditResult(
        checks=[c for rules in RULES.values() for c in row_checks(run_id, rules, findings_of_all)] + table_checks,
        rejects=tell_apart(reject for group in groups for reject in group.rejects),
        dropped={name: set().union(*(group.dropped[name] for group in groups)) for name in RULES},
        refused=refused_by(table_checks),
    )


def refused_by(checks: Sequence[Check]) -> list[str]:
    """The checks of whole tables that refuse a run, as table.rule."""
    return [f"{c.table}.{c.rule}" for c in checks if not c.success and c.severity is Severity.CRITICAL]


def check_rows(tables: Mapping[str, pa.Table], articles_there: pa.Array, doubled: pa.Array, run_day: date) -> Findings:
    """Run all row rules over a chunk; a row that lacks a required column is tested by no other rule."""
    findings = Findings({name: {} for name in tables})
    whole = {name: _whole(data, name) for name, data in tables.items()}
    kept = {name: data.take(whole[name]) if len(whole[name]) < len(data) else data for name, data in tables.items()}
    all_rows, whole_rows = (Chunk(found, articles_there, doubled, run_day) for found in (tables, kept))
    for name, rules in RULES.items():
        if len(whole[name]) < len(tables[name]):
            required = [rule for rule in rules if rule.required]
            found = find_broken(all_rows[name], required)
            findings.note(tables[name], required, found, range(len(tables[name])))
        findings.note(tables[name], rules, find_broken(whole_rows[name], rules), whole[name].tolist())
    return findings


def _whole(data: pa.Table, name: str) -> np.ndarray[Any, Any]:
    """The positions of the rows that lack no required column."""
    lacking = np.zeros(len(data), dtype=bool)
    for c in table_named(name).columns:
        if not c.nullable and data.column(c.name).null_count:
            lacking |= data.column(c.name).is_null().to_numpy()
    return np.flatnonzero(~lacking)


def check_tables(run_id: str, tally: Tally, history: History, floors: Floors, drift: Drift) -> list[Check]:
    """Check the metrics of all that may be published.

    Raises:
        AuditBroken: a check could not be computed.
    """
    if not tally.sums:
        return []
    bands = {} if drift == "off" else find_bands(tally, history, floors.drift, run_id)
    limited = Limits(tally, floors, bands, drift)
    return limited.checks(run_id, _validate(limited.frame(), limits.RULES))


def find_broken(rows: Rows, rules: Sequence[Rule]) -> dict[str, list[int]]:
    """The positions of the rows that break each rule, by the rule's name.

    Raises:
        AuditBroken: a rule could not be computed.
    """
    if not len(rows):
        return {rule.name: [] for rule in rules}
    return _validate(build_frame(rows, rules), rules)


def _validate(frame: pd.DataFrame, rules: Sequence[Rule]) -> dict[str, list[int]]:
    """Validate twice where need be: first whether the rules hold, then which rows break those that do not.

    An expectation costs 3 ms however few rows there are. So at first one stands for all rules that have a column of
    truth values, and one for all that say that a column is filled; each of those has its own only where it may fail.
    """
    summary = summarize(frame, rules)
    held = _run(summary.frame, summary.rules, {"result_format": "BOOLEAN_ONLY"})
    suspects: list[Rule] = []
    for rule in summary.rules:
        if not held[rule.name].success:
            suspects += summary.behind(rule)
    found: dict[str, list[int]] = {rule.name: [] for rule in rules}
    if suspects:
        complete = {"result_format": "COMPLETE", "include_unexpected_rows": False}
        for name, result in _run(frame, suspects, complete).items():
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
    named: dict[str, Any] = {result.expectation_config.meta["rule"]: result for result in results}
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
