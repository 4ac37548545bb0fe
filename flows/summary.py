"""What is printed after a run, and kept as an artifact: counts, rejects, a handful of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

OUTCOMES = ("published", "replaced", "unchanged", "rejected")


def print_summary(done: Mapping[str, Any], console: Console | None = None) -> None:
    """Print what a run did: its books, its tables, its rejects, and a few of its rows."""
    console = console or Console(highlight=False)
    counts = ", ".join(f"{done['outcomes'].get(name, 0)} {name}" for name in OUTCOMES)
    console.print(f"\nRun {done['run_id']}: [bold]{done['status']}[/bold] in {done['seconds']['total']:.1f} s")
    console.print(f"{done['delivered']} records delivered: {counts}")
    console.print(_tables(done))
    if done["rejects"]:
        console.print(_rejects(done["rejects"]))
    for line in done["warnings"]:
        console.print(f"[yellow]warning[/yellow] {line}", markup=True)
    for title, rows in (("Statements", done["statements"]), ("Events", done["events"])):
        if rows:
            console.print(f"\n[bold]{title}[/bold]")
            for row in rows:
                console.print(Text("  " + row))
    if done["report"]:
        console.print(f"\nThe page of the run: {done['report']}")


def markdown_summary(done: Mapping[str, Any]) -> str:
    """The same as Markdown, for the artifact of the run in Prefect."""
    lines = [
        f"# newsledger {done['run_id']}: {done['status']}",
        "",
        f"{done['delivered']} records delivered, partitions: {', '.join(done['days']) or 'none'}",
        "",
        "| outcome | records |",
        "|---|---|",
        *(f"| {name} | {done['outcomes'].get(name, 0)} |" for name in OUTCOMES),
        "",
        "| table | rows of this run | rows in the warehouse |",
        "|---|---|---|",
        *(f"| {name} | {'' if new is None else new} | {total} |" for name, (new, total) in done["tables"].items()),
    ]
    if done["rejects"]:
        lines += ["", "| stage | reason | rejects |", "|---|---|---|"]
        lines += [f"| {r['stage']} | {r['reason']} | {r['n']} |" for r in done["rejects"]]
        # beside the table: Prefect's page cuts off what a cell has no room for
        lines += ["", "For example:", ""]
        lines += [f"- {r['reason']}: {_cell(r['where'])}: {_cell(r['detail'])}" for r in done["rejects"]]
    if done["warnings"]:
        lines += ["", "Warnings:", "", *(f"- {_cell(w)}" for w in done["warnings"])]
    return "\n".join(lines)


def _tables(done: Mapping[str, Any]) -> Grid:
    grid = Grid("table", "this run", "warehouse", box=None, pad_edge=False)
    for column in grid.columns[1:]:
        column.justify = "right"
    for name, (new, total) in done["tables"].items():
        grid.add_row(name, "" if new is None else str(new), str(total))
    return grid


def _rejects(rejects: Sequence[Mapping[str, Any]]) -> Grid:
    grid = Grid("rejected at", "reason", "n", "for example", box=None, pad_edge=False)
    for r in rejects:
        grid.add_row(r["stage"], r["reason"], str(r["n"]), Text(f"{r['where']}: {r['detail']}"))
    return grid


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
