"""How a row rule is declared: the name, the sentence, and the expectation that tests it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pyarrow as pa

from expectations.chunk import Rows
from pipeline.schema import Table
from pipeline.vocabulary import Severity

Verdict: TypeAlias = pa.Array | pa.ChunkedArray | Sequence[bool | None]
"""Whether each row holds; null where the rule says nothing about the row."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """One rule about the rows of one table.

    Attributes:
        table: the table's name.
        name: names the rule in `checks` and `rejects`; unique within the table.
        meaning: what the rule says, in a sentence.
        severity: critical quarantines the row, warning reports it.
        expectation: the class of Great Expectations that tests it.
        arguments: what that class is given.
        required: the rule says that a column is never null; a row that breaks it is tested by no other rule.
        verdict: computes the boolean column that the expectation reads; None where it reads a column of the table.
    """

    table: str
    name: str
    meaning: str
    severity: Severity = Severity.CRITICAL
    expectation: str = "ExpectColumnValuesToBeInSet"
    arguments: Mapping[str, Any] = field(default_factory=dict)
    required: bool = False
    verdict: Callable[[Rows], Verdict] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the expectation reads."""
        return tuple(self.arguments[k] for k in ("column", "column_A", "column_B") if k in self.arguments)


def computed(
    table: Table, name: str, meaning: str, verdict: Callable[[Rows], Verdict], severity: Severity = Severity.CRITICAL
) -> Rule:
    """A rule whose boolean column `verdict` computes."""
    arguments = {"column": name, "value_set": [True]}
    return Rule(table=table.name, name=name, meaning=meaning, severity=severity, arguments=arguments, verdict=verdict)


def rule(table: Table, severity: Severity = Severity.CRITICAL) -> Callable[[Callable[[Rows], Verdict]], Rule]:
    """Make a rule of a function: its name is the rule's name, its docstring the rule's sentence."""

    def make(verdict: Callable[[Rows], Verdict]) -> Rule:
        if not verdict.__doc__:
            raise ValueError(f"{verdict.__name__} says nothing: a rule needs a docstring")
        meaning = " ".join(verdict.__doc__.split())
        return computed(table, verdict.__name__, meaning, verdict, severity)

    return make


def rules_of(table: Table, namespace: Mapping[str, object]) -> tuple[Rule, ...]:
    """The rules that a module declares for a table, in the order of declaration."""
    return tuple(r for r in namespace.values() if isinstance(r, Rule) and r.table == table.name)
