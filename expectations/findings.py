"""What the row rules met in a chunk: which rows broke which rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from expectations.quarantine import Broken
from expectations.rules import Rule
from pipeline.tables import Check
from pipeline.tables import table as table_named
from pipeline.vocabulary import Severity


@dataclass
class Count:
    """What one rule met."""

    checked: int = 0
    failed: int = 0
    example: str | None = None


@dataclass
class Findings:
    """The broken rules of a chunk: by row for critical ones, counted for all."""

    broken: Broken = field(default_factory=dict)
    counts: dict[tuple[str, str], Count] = field(default_factory=dict)

    def note(
        self, data: pa.Table, rules: Sequence[Rule], found: Mapping[str, Sequence[int]], positions: Sequence[int]
    ) -> None:
        """Note what some rules found in rows of a table.

        Args:
            data: the whole table of the chunk.
            rules: the rules, all of one table.
            found: for each rule the rows that break it, counted within those that were checked.
            positions: the position in `data` of each row that was checked.
        """
        (key,) = table_named(rules[0].table).key
        broken = self.broken.setdefault(rules[0].table, {})
        for rule in rules:
            count = self.counts.setdefault((rule.table, rule.name), Count())
            failed = [int(positions[at]) for at in found[rule.name]]
            count.checked = max(count.checked, len(positions))
            count.failed += len(failed)
            if failed and count.example is None:
                count.example = data.column(key)[failed[0]].as_py()
            if rule.severity is Severity.CRITICAL:
                for at in failed:
                    broken.setdefault(at, []).append(rule.name)


def row_checks(run_id: str, rules: Sequence[Rule], findings: Sequence[Findings]) -> Iterator[Check]:
    """One check for each rule, over all chunks."""
    for rule in rules:
        counts = [f.counts[rule.table, rule.name] for f in findings]
        checked, failed = sum(c.checked for c in counts), sum(c.failed for c in counts)
        example = next((c.example for c in counts if c.example is not None), None)
        yield Check(
            run_id=run_id,
            table=rule.table,
            rule=rule.name,
            meaning=rule.meaning,
            severity=rule.severity,
            success=failed == 0,
            n_checked=checked,
            n_failed=failed,
            observed=f"{failed} of {checked} rows" + (f", such as {example}" if example else ""),
            threshold="every row",
        )
