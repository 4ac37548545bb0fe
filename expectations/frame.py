"""The frame of pandas that an expectation reads, with types that Great Expectations takes.

Lists never go in (they pass every expectation without a word), nullable integers stay integers,
days become instants without a zone, and what a rule computes is a column of the rule's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from expectations.chunk import Rows
from expectations.rules import Rule


class AuditBroken(Exception):
    """The audit itself failed: an error of newsledger, never of the data."""


def build_frame(rows: Rows, rules: Sequence[Rule]) -> pd.DataFrame:
    """The columns that the rules read.

    Raises:
        AuditBroken: a rule could not be computed, or judges another number of rows than there are.
    """
    columns: dict[str, Any] = {}
    for rule in rules:
        if rule.verdict is not None:
            columns[rule.name] = _judge(rule, rows)
        else:
            columns.update({name: _series(rows[name]) for name in rule.columns if name not in columns})
    return pd.DataFrame(columns)


@dataclass(frozen=True)
class Summary:
    """A frame and rules that hold exactly where those of another hold.

    Attributes:
        frame: the columns that `rules` read.
        rules: fewer rules: one stands for many.
        suspects: for the name of each rule that stands for many, those that may be broken if it is.
    """

    frame: pd.DataFrame
    rules: Sequence[Rule]
    suspects: Mapping[str, Sequence[Rule]]

    def behind(self, rule: Rule) -> Sequence[Rule]:
        """The rules to ask where `rule` is broken.

        Raises:
            AuditBroken: the rule stands for others, and none of them can be broken.
        """
        rules = self.suspects.get(rule.name, [rule])
        if not rules:
            raise AuditBroken(f"{rule.name} is broken, but none of those that it stands for")
        return rules


def summarize(frame: pd.DataFrame, rules: Sequence[Rule]) -> Summary:
    """Let one column stand for all rules with truth values, and one for all that say that a column is filled."""
    computed = {rule: frame[rule.name] for rule in rules if rule.verdict is not None}
    required = {rule: frame[rule.columns[0]].notna() for rule in rules if rule.verdict is None and rule.required}
    others = [rule for rule in rules if rule not in computed and rule not in required]
    columns = {name: frame[name] for rule in others for name in rule.columns}
    suspects = {}
    for name, truth in (("every_computed_rule", computed), ("every_required_column", required)):
        if truth:
            columns[name] = np.logical_and.reduce([column.to_numpy() for column in truth.values()])
            arguments = {"column": name, "value_set": [True]}
            others.append(Rule(table=rules[0].table, name=name, meaning="All of them hold.", arguments=arguments))
            suspects[name] = [rule for rule, column in truth.items() if not column.all()]
    return Summary(pd.DataFrame(columns), others, suspects)


def _judge(rule: Rule, rows: Rows) -> Any:
    assert rule.verdict is not None
    try:
        verdict = pa.array(rule.verdict(rows), pa.bool_())
    except Exception as error:
        raise AuditBroken(f"{rule.table}.{rule.name} could not be computed: {error!r}") from error
    if len(verdict) != len(rows):
        raise AuditBroken(f"{rule.table}.{rule.name} judges {len(verdict)} of {len(rows)} rows")
    return pc.fill_null(verdict, True).to_numpy(zero_copy_only=False)


def _series(values: pa.Array) -> pd.Series:
    if pa.types.is_list(values.type):
        raise AuditBroken("Great Expectations passes lists without a word: derive a column of truth values")
    if pa.types.is_integer(values.type) and values.null_count:
        return values.to_pandas(types_mapper={values.type: pd.Int64Dtype()}.get)
    return values.to_pandas(date_as_object=False)
