"""The page of a run: one HTML file that asks nothing of the outside, for the morning after."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from pipeline.tables import Article, Check, Event, Reject, Run, Statement
from pipeline.vocabulary import RunStatus, Severity, cameo

MAX_CHARACTERS = 900
"""Characters of text that are shown of one sample."""

MAX_REASONS = 200
"""Lines of the table of rejects; the page says how many more there are."""

MAX_DETAIL = 300
"""Characters of a detail that are shown."""

_ENDS = {
    RunStatus.PUBLISHED: "The run was checked and published.",
    RunStatus.NOTHING_NEW: "Every record was known already or rejected: no article changed.",
    RunStatus.PARTIAL: "The run was checked and published, but some batches failed and stay to be done.",
    RunStatus.REFUSED: "The run was refused. Nothing of it was published: the articles of the warehouse are as they were.",
}
_ORDER = {Severity.CRITICAL: 0, Severity.WARNING: 1, Severity.INFO: 2}
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Sample:
    """A statement or an event with the article that it was read from."""

    row: Statement | Event
    article: Article


class Segment(NamedTuple):
    """A stretch of text with the part that it plays, and whether the part begins with it."""

    text: str
    role: str | None
    begins: bool


class Span(NamedTuple):
    """A part of a text that plays a role."""

    start: int
    end: int
    role: str


def render_report(run: Run, checks: Sequence[Check], rejects: Iterable[Reject], samples: Sequence[Sample]) -> str:
    """Render the page of a run.

    Args:
        run: the run.
        checks: the results of all its rules.
        rejects: what it did not publish.
        samples: a handful of its statements and events.

    Returns:
        A whole HTML page. It has no scripts, and nothing in it is fetched from anywhere.
    """
    failed = sorted((c for c in checks if not c.success), key=lambda c: (_ORDER[c.severity], c.table, c.rule))
    groups = group_rejects(rejects)
    return _template().render(
        run=run,
        end=_ENDS[run.status],
        duration=_duration((run.ended_at - run.started_at).total_seconds()),
        books=_books(run),
        counts=list(_flatten(run.counts)),
        versions=list(_flatten(run.versions)),
        settings=list(_flatten(run.settings)),
        failed=failed,
        tables=[(name, [c for c in checks if c.table == name]) for name in dict.fromkeys(c.table for c in checks)],
        n_checks=len(checks),
        groups=groups[:MAX_REASONS],
        n_more=sum(g.n for g in groups[MAX_REASONS:]),
        statements=[_statement(s.row, s.article) for s in samples if isinstance(s.row, Statement)],
        events=[_event(s.row, s.article) for s in samples if isinstance(s.row, Event)],
    )


def pick_samples(rows: Iterable[Statement | Event], articles: Iterable[Article], at_most: int) -> list[Sample]:
    """The surest rows, each of another article as far as there are that many; in an order that the rows alone decide."""
    by_id = {a.article_id: a for a in articles}
    known = sorted((r for r in rows if r.article_id in by_id), key=_surest_first)
    seen: set[str] = set()
    first: list[Statement | Event] = []
    others: list[Statement | Event] = []
    for row in known:
        (others if row.article_id in seen else first).append(row)
        seen.add(row.article_id)
    return [Sample(row, by_id[row.article_id]) for row in (first + others)[:at_most]]


@dataclass(frozen=True, slots=True)
class RejectGroup:
    """Rejects of one stage and table for one reason, with the first of them."""

    stage: str
    table: str | None
    reason: str
    detail: str
    n: int
    where: str


def group_rejects(rejects: Iterable[Reject]) -> list[RejectGroup]:
    """Group rejects by stage, table and reason, rejected rows also by the rules that they broke; largest first."""
    found: dict[tuple[str, str | None, str, str], list[Any]] = {}
    for r in rejects:
        detail = r.detail if r.reason.value == "failed_expectation" else ""
        key = (r.stage.value, r.table, r.reason.value, detail)
        group = found.setdefault(key, [0, r])
        group[0] += 1
    groups = [
        RejectGroup(stage, table, reason, first.detail, n, _where(first))
        for (stage, table, reason, _), (n, first) in found.items()
    ]
    return sorted(groups, key=lambda g: (-g.n, g.stage, g.table or "", g.reason, g.detail))


def highlight(text: str, spans: Sequence[Span], start: int, end: int) -> list[Segment]:
    """Cut `text[start:end]` where spans begin or end; where spans overlap, the shortest is told.

    The segments joined are the text itself.
    """
    inside = [s for s in spans if s.start < end and start < s.end]
    cuts = sorted({start, end, *(min(max(p, start), end) for s in inside for p in (s.start, s.end))})
    told: set[Span] = set()
    segments = []
    for a, b in itertools.pairwise(cuts):
        over = [s for s in inside if s.start <= a and b <= s.end]
        span = min(over, key=lambda s: (s.end - s.start, s), default=None)
        segments.append(Segment(text[a:b], span and span.role, span is not None and span not in told))
        if span is not None:
            told.add(span)
    return segments


def show(value: object) -> str:
    """A value as it may stand on the page: what hides or turns text around is named instead."""
    return _HIDDEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", str(value))


def _books(run: Run) -> list[tuple[str, int, float]]:
    """The outcomes of the delivered records, with the share of each in percent."""
    outcomes = {
        "published": run.n_published,
        "replaced": run.n_replaced,
        "unchanged": run.n_unchanged,
        "rejected": run.n_rejected,
    }
    return [(name, n, 100 * n / max(run.n_delivered, 1)) for name, n in outcomes.items()]


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _flatten(text: str) -> Iterator[tuple[str, str]]:
    """The leaves of a JSON object, each with its path."""
    stack: list[tuple[str, Any]] = [("", json.loads(text))]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            stack += [(f"{path} {key}".strip(), value[key]) for key in reversed(list(value))]
        else:
            yield path, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _statement(row: Statement, article: Article) -> dict[str, Any]:
    spans = [Span(s.start, s.end, "content") for s in row.content_spans]
    spans += _spans(row, "cue", "speaker", "addressee")
    anchor = row.content_start if row.cue_start is None else row.cue_start
    return {
        "who": row.speaker_name or row.speaker,
        "code": row.speaker_code,
        "facts": _facts(
            ("kind", row.kind.value),
            ("act", row.cue_class and row.cue_class.value),
            ("to", row.addressee),
            ("when", row.said_edtf),
            ("negated", "yes" if row.is_negated else None),
            ("speech", None if row.is_speech else "no"),
        ),
        **_told(row, article, spans, anchor),
    }


def _event(row: Event, article: Article) -> dict[str, Any]:
    code = cameo().get(row.cameo_code)
    status = [name.removeprefix("is_") for name in _STATUS if getattr(row, name)]
    return {
        "who": f"{row.cameo_code} {code.label if code else ''}".strip(),
        "code": row.plover_type and row.plover_type.value,
        "facts": _facts(
            ("by", " ".join(row.actor_codes) or row.actor),
            ("to", " ".join(row.recipient_codes) or row.recipient),
            ("when", row.event_edtf),
            ("where", ", ".join(part for part in (row.place, row.country) if part)),
            ("status", ", ".join(status)),
            ("told by", "a statement" if row.reported_by_statement_id else "the article"),
        ),
        **_told(row, article, _spans(row, "trigger", "actor", "recipient", "place"), row.trigger_start),
    }


_STATUS = ("is_negated", "is_future", "is_hypothetical", "is_historical")


def _spans(row: Statement | Event, *roles: str) -> list[Span]:
    found = ((getattr(row, f"{role}_start"), getattr(row, f"{role}_end"), role) for role in roles)
    return [Span(start, end, role) for start, end, role in found if start is not None]


def _told(row: Statement | Event, article: Article, spans: Sequence[Span], anchor: int) -> dict[str, Any]:
    """The sentence of a row with its parts, and where it stands."""
    text = article.text
    start = max(0, text.find(row.sentence, max(0, anchor - len(row.sentence))))
    end = start + len(row.sentence)
    near = [s for s in spans if s.start >= start - MAX_CHARACTERS and s.end <= end + MAX_CHARACTERS]
    start, end = min([start, *(s.start for s in near)]), max([end, *(s.end for s in near)])
    last = min(end, start + MAX_CHARACTERS)
    place = (article.source, article.title, article.published_date)
    return {
        "segments": highlight(text, near, start, last),
        "is_cut": last < end,
        "where": " · ".join(str(part) for part in place if part),
        "rule": row.rule,
        "confidence": row.confidence,
    }


def _facts(*pairs: tuple[str, str | None]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in pairs if value]


def _where(reject: Reject) -> str:
    record = "" if reject.raw_index < 0 else f", record {reject.raw_index}"
    return f"{reject.raw_uri}{record}"


def _surest_first(row: Statement | Event) -> tuple[float, str, str]:
    return (-row.confidence, row.article_id, row.statement_id if isinstance(row, Statement) else row.event_id)


def _short(text: str) -> str:
    return text if len(text) <= MAX_DETAIL else text[: MAX_DETAIL - 1] + "…"


def _breakable(value: object) -> Markup:
    """A name that may be broken into lines after each underscore."""
    return Markup(str(escape(show(value))).replace("_", "_<wbr>"))


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(show=show, short=_short, breakable=_breakable)
    source = (files("pipeline") / "data" / "report.html.j2").read_text(encoding="utf-8")
    return environment.from_string(source)
