"""The frame of pandas that an expectation reads, with types that Great Expectations takes.

Lists never go in (they pass every expectation without a word), nullable integers stay integers,
days become instants without a zone, and what a rule computes is a column of the rule's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
