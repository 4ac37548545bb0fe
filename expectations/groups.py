"""What becomes of the batches of a run: what is held back, and what is counted of the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from expectations.findings import Findings
from expectations.metrics import Tally, tally_chunk
from expectations.quarantine import Quarantine
from expectations.staged import Staged
from pipeline.tables import Reject


@dataclass(frozen=True)
class Group:
    """Some batches that were checked together.

    Attributes:
        batches: the batches.
        findings: what the row rules met.
        held: articles that are held back for what became of other batches, with the reason of each.
        tally: the metrics of what may be published.
        rejects: one for each row that is held back.
        dropped: the keys of those rows, by table.
        copies: the articles that are copies, with the article that each is a copy of.
    """

    batches: range
    findings: Findings
    held: Mapping[str, str]
    tally: Tally
    rejects: Sequence[Reject]
    dropped: Mapping[str, set[str]]
    copies: Mapping[str, str]


def settle(
    run_id: str,
    batches: range,
    tables: Mapping[str, pa.Table],
    findings: Findings,
    payload_bytes: int,
    held: Mapping[str, str] | None = None,
) -> Group:
    """Hold back the broken rows of some batches with all that refers to them, and count the rest."""
    held = held or {}
    quarantine = Quarantine(tables, findings.broken)
    quarantine.hold(held)
    tally = Tally()
    tally_chunk(tally, tables, quarantine.kept())
    rejects = list(quarantine.rejects(run_id, payload_bytes))
    articles = tables["articles"].select(["article_id", "duplicate_of"]).drop_null()
    copies = dict(zip(*(articles.column(c).to_pylist() for c in ("article_id", "duplicate_of")), strict=True))
    return Group(batches, findings, held, tally, rejects, quarantine.keys(), copies)


def hold_copies(run_id: str, groups: list[Group], staged: Staged, known: pa.Array, payload_bytes: int) -> None:
    """Hold back copies of articles that are held back themselves and do not stand in the warehouse."""
    again = True
    while again:
        again = False
        gone = _missing({a for group in groups for a in group.dropped["articles"] if a is not None}, known)
        for i, group in enumerate(groups):
            lost = {
                c: first for c, first in group.copies.items() if first in gone and c not in group.dropped["articles"]
            }
            if lost:
                reasons = {copy: f"duplicate_of: {first} of articles is rejected" for copy, first in lost.items()}
                tables = staged.read(group.batches)
                held = {**group.held, **reasons}
                groups[i] = settle(run_id, group.batches, tables, group.findings, payload_bytes, held)
                again = True


def _missing(articles: set[str], known: pa.Array) -> set[str]:
    """The articles that do not stand in the warehouse."""
    ids = pa.array(sorted(articles), pa.string())
    return set(ids.filter(pc.invert(pc.is_in(ids, known))).to_pylist())
