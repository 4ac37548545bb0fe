"""What the command line shows of a warehouse: rows, rejects, settings."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import typer
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from pipeline.schema import Table, rows_of
from pipeline.settings import explain_settings
from pipeline.statements.explain import explain_statement
from pipeline.tables import ACTORS, ARTICLES, EVENT_GROUPS, EVENTS, MENTIONS, REJECTS, STATEMENTS, TABLES
from pipeline.vocabulary import ActorType
from pipeline.warehouse import Warehouse

SHOWN = {
    "articles": ["day", "source", "title", "published_from", "language", "duplicate_of"],
    "statements": ["day", "speaker_name", "speaker", "cue", "addressee", "content", "said_edtf", "confidence"],
    "events": [
        "day",
        "actor",
        "actor_code",
        "trigger",
        "cameo_code",
        "recipient",
        "recipient_code",
        "event_edtf",
        "confidence",
    ],
    "dates": ["day", "text", "timex_type", "timex_value", "edtf", "anchor", "rule"],
    "mentions": ["day", "text", "how", "actor_name", "actor_code", "rule"],
    "actors": ["name", "type", "code", "country", "role", "wikidata_id", "n_articles", "last_seen"],
    "event_groups": [
        *("day", "n_sources", "n_articles", "actor", "actor_code", "trigger", "cameo_root"),
        *("recipient", "recipient_code", "place", "sources"),
    ],
    "ledger": ["day", "raw_uri", "raw_index", "outcome", "article_id"],
    "rejects": ["day", "stage", "reason", "raw_uri", "raw_index", "detail"],
    "checks": ["day", "table", "rule", "severity", "success", "n_failed", "observed", "threshold"],
    "runs": [
        "run_id",
        "kind",
        "status",
        "n_delivered",
        "n_published",
        "n_replaced",
        "n_unchanged",
        "n_rejected",
        "started_at",
    ],
}
LONG = 22
"""Characters from which a cell may be wrapped."""
LONGEST = 240
"""Characters after which a cell is cut."""
console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)


def show_table(warehouse: Warehouse, name: str, n: int) -> None:
    """Print the newest `n` rows of a table."""
    if name not in SHOWN:
        raise typer.BadParameter(f"{name!r} is no table; there are {', '.join(SHOWN)}", param_hint="WHAT")
    table = next(t for t in TABLES if t.name == name)
    rows = newest_rows(warehouse, table, n)
    print_grid(name, SHOWN[name], rows)


def newest_rows(warehouse: Warehouse, table: Table, n: int) -> list[dict[str, Any]]:
    """The rows of the newest days, newest first, within a day in the order of the table (groups: most outlets first)."""
    if table.by == "none":
        actors = warehouse.read(table)
        return list(actors.sort_by([("n_articles", "descending"), ("name", "ascending")]).slice(0, n).to_pylist())
    rows: list[dict[str, Any]] = []
    for day in sorted(warehouse.days(table), reverse=True):
        of_day = warehouse.read(table, days=[day])
        if table is EVENT_GROUPS:
            of_day = of_day.sort_by(
                [("n_sources", "descending"), ("n_articles", "descending"), ("event_group", "ascending")]
            )
        rows.extend(of_day.to_pylist())
        if len(rows) >= n:
            break
    return rows[:n]


def show_rejects(warehouse: Warehouse, n: int) -> None:
    """Print what was rejected, by stage and reason, with `n` examples of each."""
    rejects = warehouse.read(REJECTS)
    counted = rejects.group_by(["stage", "reason"]).aggregate([([], "count_all")])
    for group in counted.sort_by([("count_all", "descending"), ("reason", "ascending")]).to_pylist():
        console.print(f"[bold]{group['count_all']} {group['reason']}[/bold] at {group['stage']}")
        alike = [r for r in rejects.to_pylist() if (r["stage"], r["reason"]) == (group["stage"], group["reason"])]
        for r in alike[:n]:
            console.print(Text(f"  {r['raw_uri']} record {r['raw_index']}: {r['detail']}"))
    if not counted.num_rows:
        console.print("nothing was rejected")


def show_settings(config: Path | None, flags: dict[str, Any]) -> None:
    """Print each setting with its value and where it came from."""
    grid = Grid("setting", "value", "from", box=None, pad_edge=False)
    for name, value, origin in explain_settings(config, **flags):
        grid.add_row(name, Text(_cell(value)), origin)
    console.print(grid)


def show_unknown_actors(warehouse: Warehouse, n: int) -> None:
    """Print the people and bodies most often seen that no registry knows, each with its titles and an example.

    Titles and example are from the last day on which the actor was seen. A name that may be a person's or a body's is
    listed as unknown; places are left out.
    """
    listed = {ActorType.PERSON, ActorType.ORGANISATION, ActorType.UNKNOWN}
    actors = warehouse.read(ACTORS).to_pylist()
    unknown = [a for a in actors if not a["from_registry"] and a["type"] in listed]
    unknown.sort(key=lambda a: (-a["n_articles"], a["name"]))
    shown = unknown[:n]
    for day in {a["last_seen"] for a in shown}:
        mentions = warehouse.read(MENTIONS, days=[day]).to_pylist()
        for actor in (a for a in shown if a["last_seen"] == day):
            seen = [m for m in mentions if m["actor_id"] == actor["actor_id"]]
            actor["titles"] = ", ".join(dict.fromkeys(m["role"] for m in seen if m["role"]))
            actor["example"] = _context(warehouse, day, seen[0]) if seen else ""
    print_grid("actors", ["name", "type", "country", "code", "titles", "n_articles", "example"], shown)


def explain_row(warehouse: Warehouse, row_id: str) -> None:
    """Print one statement or event: its sentence, its spans, the rule that made it."""
    for table, key in ((STATEMENTS, "statement_id"), (EVENTS, "event_id")):
        for day in warehouse.days(table):
            rows = warehouse.read(table, days=[day])
            for row in rows.to_pylist():
                if row[key] == row_id:
                    article = _article(warehouse, day, row["article_id"])
                    console.print(
                        Text(
                            f"{article['source'] or ''} {article['title'] or ''} ({article['raw_uri']}, record {article['raw_index']})"
                        )
                    )
                    if table is STATEMENTS:
                        (statement,) = rows_of(STATEMENTS, rows.filter(pc.equal(rows[key], row_id)))
                        console.print(Text(explain_statement(statement, article["text"])))
                    _print_spans(table, row, article["text"])
                    return
    raise typer.BadParameter(f"no statement or event has the id {row_id!r}", param_hint="ROW_ID")


def print_grid(title: str, columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    """Print rows as a table: short cells whole, long cells wrapped, the last columns left out where there is no room."""
    cells = [[_cell(row.get(name)) for name in columns] for row in rows]
    if not cells:
        console.print(f"{title}: no rows")
        return
    widths = [max(len(name), *(len(row[i]) for row in cells)) for i, name in enumerate(columns)]
    grid = Grid(title=title, title_justify="left", box=None, pad_edge=False)
    room = console.width
    shown = []
    for i, name in enumerate(columns):
        least = min(widths[i], LONG)
        if least <= room:
            grid.add_column(name, min_width=least, no_wrap=widths[i] <= LONG, ratio=None if widths[i] <= LONG else 1)
            room -= least + 2
            shown.append(i)
    for row in cells:
        grid.add_row(*(Text(_shorten(row[i])) for i in shown))
    console.print(grid)


def _shorten(cell: str) -> str:
    return cell if len(cell) <= LONGEST else f"{cell[:LONGEST]}…"


def _print_spans(table: Table, row: dict[str, Any], text: str) -> None:
    console.print(Text(row["sentence"], style="bold"))
    for surface in table.surfaces:
        if row[surface.text] is not None:
            console.print(
                Text(
                    f"  {surface.text:10} {row[surface.start]}-{row[surface.end]}  {text[row[surface.start] : row[surface.end]]}"
                )
            )
    for span in row.get("content_spans") or []:
        console.print(Text(f"  {'content':10} {span['start']}-{span['end']}  {text[span['start'] : span['end']]}"))
    shown = {s for surface in table.surfaces for s in surface} | {"content", "content_spans", "sentence", "article_id"}
    for name, value in row.items():
        if name not in shown and value not in (None, [], False):
            console.print(Text(f"  {name:26} {_cell(value)}"))


def _article(warehouse: Warehouse, day: date, article_id: str) -> dict[str, Any]:
    articles = warehouse.read(ARTICLES, days=[day]).to_pylist()
    return next(a for a in articles if a["article_id"] == article_id)


def _context(warehouse: Warehouse, day: date, mention: dict[str, Any], width: int = 60) -> str:
    text: str = _article(warehouse, day, mention["article_id"])["text"]
    return " ".join(text[max(0, mention["start"] - width) : mention["end"] + width].split())


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case float():
            return f"{value:.2f}"
        case datetime():
            return value.isoformat(timespec="seconds")
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, default=str)
        case pa.Scalar():
            return str(value.as_py())
    return " ".join(str(value).split())
