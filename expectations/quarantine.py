"""Which rows must not be published: those that break a rule, and those that refer to them."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.ids import make_id
from pipeline.schema import Table
from pipeline.tables import ARTICLE_TABLES, Reject
from pipeline.tables import table as table_named
from pipeline.vocabulary import Reason, Stage

Broken = dict[str, dict[int, list[str]]]
"""By table and position of the row: the names of the critical rules that it breaks."""


@dataclass
class Quarantine:
    """The rows of one chunk that are held back, with the reason of each."""

    tables: Mapping[str, pa.Table]
    broken: Broken
    reasons: dict[str, dict[int, tuple[Reason, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Follow the references from every broken row."""
        self.reasons = {name: {} for name in self.tables}
        for name, rows in self.broken.items():
            for at, rules in rows.items():
                self.reasons[name][at] = (Reason.FAILED_EXPECTATION, ", ".join(rules))
        if any(self.reasons.values()):
            self._follow_articles()
            while self._follow_rows():
                pass

    def hold(self, articles: Mapping[str, str]) -> None:
        """Hold back whole articles, with the reason of each in words."""
        ids = self._values("articles", "article_id")
        for at, article in enumerate(ids):
            if article in articles:
                self._refer("articles", at, articles[article])
        self._follow_articles()

    @property
    def articles(self) -> set[str]:
        """Ids of the articles that are held back whole."""
        ids = self._values("articles", "article_id")
        return {ids[at] for at in self.reasons["articles"]}

    def kept(self) -> dict[str, pa.Table]:
        """The tables without the rows that are held back."""
        return {name: _without(data, self.reasons[name]) for name, data in self.tables.items()}

    def keys(self) -> dict[str, set[str]]:
        """The keys of the rows that are held back, by table."""
        found = {}
        for name, rows in self.reasons.items():
            ids = self._values(name, _key(table_named(name))) if rows else []
            found[name] = {ids[at] for at in rows}
        return found

    def _follow_articles(self) -> None:
        articles = self.articles
        for name in self.tables:
            if name != "articles" and articles:
                for at, article in enumerate(self._values(name, "article_id")):
                    if article in articles:
                        self._refer(name, at, f"article_id: {article} of articles is rejected")

    def _follow_rows(self) -> bool:
        """Hold back what refers to a statement or an actor that is no longer there; whether anything did."""
        gone = {
            "statements": self._gone("statements", "statement_id"),
            "actors": self._gone("mentions", "actor_id"),
        }
        found = False
        for table in (t for t in ARTICLE_TABLES if t.name in self.tables):
            for c in table.columns:
                target = (c.refers or "").split(".")[0]
                if gone.get(target):
                    found |= self._follow(table.name, c.name, target, gone[target])
        return found

    def _follow(self, name: str, column: str, target: str, gone: set[tuple[str, str]]) -> bool:
        found = False
        articles = self._values(name, "article_id")
        for at, value in enumerate(self._values(name, column)):
            ids = value if isinstance(value, list) else [value]
            lost = next((one for one in ids if (articles[at], one) in gone), None)
            if lost is not None and at not in self.reasons[name]:
                self._refer(name, at, f"{column}: {lost} of {target} is rejected")
                found = True
        return found

    def _gone(self, name: str, column: str) -> set[tuple[str, str]]:
        """Article and id of what only rows that are held back tell."""
        pairs = list(zip(self._values(name, "article_id"), self._values(name, column), strict=True))
        held = {pairs[at] for at in self.reasons[name] if pairs[at][1] is not None}
        return held - {pair for at, pair in enumerate(pairs) if at not in self.reasons[name]} if held else held

    def _refer(self, name: str, at: int, detail: str) -> None:
        self.reasons[name].setdefault(at, (Reason.REFERS_TO_REJECTED, detail))

    def _values(self, name: str, column: str) -> list[Any]:
        return list(self.tables[name].column(column).to_pylist())

    def rejects(self, run_id: str, payload_bytes: int) -> Iterable[Reject]:
        """One reject for each row that is held back."""
        if not any(self.reasons.values()):
            return
        articles = self.tables["articles"].select(["article_id", "raw_uri", "raw_index"]).to_pylist()
        places = {a["article_id"]: (a["raw_uri"], a["raw_index"]) for a in articles}
        for name, reasons in self.reasons.items():
            positions = sorted(reasons)
            rows = self.tables[name].take(pa.array(positions, pa.int64())).to_pylist()
            for at, row in zip(positions, rows, strict=True):
                yield _reject(run_id, name, row, reasons[at], places, payload_bytes)


def tell_apart(rejects: Iterable[Reject]) -> list[Reject]:
    """Give rejects of rows that came more than once an id each."""
    seen: Counter[str] = Counter()
    told = []
    for reject in rejects:
        seen[reject.reject_id] += 1
        n = seen[reject.reject_id]
        told.append(reject if n == 1 else replace(reject, reject_id=make_id("reject", reject.reject_id, n)))
    return told


def _reject(
    run_id: str,
    name: str,
    row: dict[str, Any],
    why: tuple[Reason, str],
    places: Mapping[str, tuple[str | None, int | None]],
    payload_bytes: int,
) -> Reject:
    reason, detail = why
    key = row[_key(table_named(name))]
    uri, index = places.get(row["article_id"], (None, None))
    place = (uri or "", -1 if index is None else index)
    reject_id = make_id("reject", run_id, Stage.AUDIT.value, name, key, *place, detail)
    payload = json.dumps(_in_json(row), ensure_ascii=False, allow_nan=False, default=_as_text).encode("utf-8")
    return Reject(
        reject_id=reject_id,
        run_id=run_id,
        stage=Stage.AUDIT,
        table=name,
        key=key,
        article_id=row["article_id"],
        reason=reason,
        detail=detail,
        raw_uri=place[0],
        raw_index=place[1],
        position=None,
        payload=payload[:payload_bytes],
        payload_is_whole=len(payload) <= payload_bytes,
    )


def _in_json(row: dict[str, Any]) -> dict[str, Any]:
    """The row with the numbers that JSON does not know (NaN, infinity) as words."""
    return {k: str(v) if isinstance(v, float) and not math.isfinite(v) else v for k, v in row.items()}


def _as_text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a row")


def _key(table: Table) -> str:
    (key,) = table.key
    return key


def _without(data: pa.Table, positions: Iterable[int]) -> pa.Table:
    gone = np.fromiter(positions, dtype=np.int64)
    if not len(gone):
        return data
    mask = np.ones(data.num_rows, dtype=bool)
    mask[gone] = False
    return data.filter(pa.array(mask))
