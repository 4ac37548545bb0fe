"""The command line. Heavy parts are imported by the commands that need them: `--help` stays quick."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.signals import TERMINATED, is_stopped, stop_on_sigterm

app = typer.Typer(
    name="newsledger",
    help="News articles in; checked, traceable Parquet of statements and events out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
actors_app = typer.Typer(help="Look at actors.", no_args_is_help=True)
app.add_typer(actors_app, name="actors")

USAGE = 2

Config = Annotated[Path | None, typer.Option(help="Settings file; by default newsledger.toml, if there is one.")]
Warehouse = Annotated[str | None, typer.Option(help="Folder, or s3://bucket/prefix, that holds the tables.")]
Assignments = Annotated[
    list[str] | None, typer.Option("--set", help="Any other setting, as name=value.", metavar="NAME=VALUE")
]


def main() -> None:
    """Run the command line; what is wrong with its use ends with status 2 and one clear line."""
    from pydantic import ValidationError
    from pydantic_settings.exceptions import SettingsError

    from pipeline.load.inputs import InputNotFound
    from pipeline.settings import MissingExtra
    from pipeline.warehouse.errors import WarehouseError

    try:
        app()
    except (ValidationError, SettingsError, InputNotFound, FileNotFoundError, MissingExtra) as error:
        _fail(_one_line(error), USAGE)
    except WarehouseError as error:
        _fail(str(error), 1)
    except Exception:
        if is_stopped():
            raise SystemExit(TERMINATED) from None
        raise


@app.command()
def run(
    input: Annotated[
        list[str] | None, typer.Option("--input", "-i", help="File, folder or glob of raw articles.")
    ] = None,
    more: Annotated[list[str] | None, typer.Argument(help="More inputs.", metavar="[PATH]...")] = None,
    warehouse: Warehouse = None,
    config: Config = None,
    date: Annotated[str | None, typer.Option(help="Day of the run, YYYY-MM-DD; by default today (UTC).")] = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes; 0: one a core.")] = None,
    source: Annotated[str | None, typer.Option(help="Outlet of records that do not name one.")] = None,
    actors: Annotated[list[Path] | None, typer.Option(help="Own registry of actors.")] = None,
    settings: Assignments = None,
    json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Load, normalize, extract, audit and publish; then print what was done.

    Exit status: 0 published, or nothing new; 1 failed or refused, warehouse as before; 2 wrong usage;
    3 published, but some batches failed; 143 on SIGTERM.
    """
    chosen = _settings(
        config,
        settings,
        input=[*(input or []), *(more or [])],
        warehouse=warehouse,
        date=date,
        workers=workers,
        source=source,
        actors=actors,
    )
    if not chosen.input:
        raise typer.BadParameter("name at least one file, folder or glob of raw articles", param_hint="--input")
    from flows.trigger import run_nightly

    raise typer.Exit(run_nightly(chosen, as_json=json))


@app.command()
def show(
    what: Annotated[str, typer.Argument(help="statements, events, actors, runs, or any other table.")],
    warehouse: Warehouse = None,
    config: Config = None,
    n: Annotated[int, typer.Option("--rows", "-n", help="How many rows.")] = 20,
) -> None:
    """Print the newest rows of a table."""
    from flows.show import show_table

    show_table(_warehouse(config, warehouse), what, n)


@app.command()
def rejects(
    warehouse: Warehouse = None,
    config: Config = None,
    n: Annotated[int, typer.Option("--rows", "-n", help="How many examples a reason.")] = 3,
) -> None:
    """Print what was rejected, by reason, with examples."""
    from flows.show import show_rejects

    show_rejects(_warehouse(config, warehouse), n)


@app.command()
def explain(
    row_id: Annotated[str, typer.Argument(help="A statement_id or event_id.")],
    warehouse: Warehouse = None,
    config: Config = None,
) -> None:
    """Print a statement or an event with its sentence, its spans and the rule that made it."""
    from flows.show import explain_row

    explain_row(_warehouse(config, warehouse), row_id)


@app.command()
def settings(config: Config = None, assignments: Assignments = None) -> None:
    """Print each setting with its value and where it came from."""
    from flows.show import show_settings

    show_settings(config, _assigned(assignments))


@app.command()
def tables() -> None:
    """Print the documentation of all tables, as Markdown."""
    from pipeline.dictionary import render_dictionary

    print(render_dictionary(), end="")


@app.command()
def serve(
    cron: Annotated[str, typer.Option(help="When to run, as a cron expression (UTC).")] = "0 2 * * *",
    input: Annotated[
        list[str] | None, typer.Option("--input", "-i", help="File, folder or glob of raw articles.")
    ] = None,
    warehouse: Warehouse = None,
    config: Config = None,
    settings: Assignments = None,
) -> None:
    """Run every night on a Prefect server, which is started when none is there."""
    chosen = _settings(config, settings, input=input, warehouse=warehouse)
    if not chosen.input:
        raise typer.BadParameter("name at least one file, folder or glob of raw articles", param_hint="--input")
    from flows.serve import serve_nightly

    serve_nightly(chosen, cron)


@app.command()
def backfill(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First partition.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last partition.")],
    warehouse: Warehouse = None,
    config: Config = None,
    settings: Assignments = None,
    again: Annotated[bool, typer.Option(help="Also days that were read under today's versions.")] = False,
) -> None:
    """Read stored articles again with today's code, model and registry, by partition; can be stopped and resumed."""
    from flows.trigger import run_backfill

    raise typer.Exit(run_backfill(_settings(config, settings, warehouse=warehouse), first.date(), last.date(), again))


@app.command()
def replay(
    reason: Annotated[str | None, typer.Option(help="Only rejects of this reason.")] = None,
    warehouse: Warehouse = None,
    config: Config = None,
    settings: Assignments = None,
) -> None:
    """Try again what was rejected, after a fix; what passes is published and leaves `rejects`."""
    from flows.trigger import run_replay

    raise typer.Exit(run_replay(_settings(config, settings, warehouse=warehouse), reason))


@app.command()
def check(
    warehouse: Warehouse = None,
    config: Config = None,
    settings: Assignments = None,
    repair: Annotated[bool, typer.Option("--repair", help="Set right what can be rebuilt from stored rows.")] = False,
    fresh: Annotated[
        str | None, typer.Option(help="Only ask whether a nightly run published in this time: 90m, 26h, 2d.")
    ] = None,
) -> None:
    """Read the whole warehouse and report what is damaged; exit status 1 if anything is (or is left, with --repair).

    With --fresh nothing else is read: exit status 1 if no nightly run ended well since, for a dead-man's check by cron.
    """
    from flows import check as checks
    from flows.logs import configure_logs
    from flows.warehouses import open_warehouse

    if repair and fresh:
        raise typer.BadParameter("it asks about runs and reads nothing else: call twice", param_hint="--fresh")
    span = checks.parse_span(fresh) if fresh else None
    chosen = _settings(config, settings, warehouse=warehouse)
    configure_logs(chosen, prefect=False)
    stop_on_sigterm()
    house = open_warehouse(chosen)
    if span:
        raise typer.Exit(checks.check_fresh(house, span))
    raise typer.Exit(checks.repair(house, chosen) if repair else checks.check(house))


@app.command()
def maintain(warehouse: Warehouse = None, config: Config = None, settings: Assignments = None) -> None:
    """Clear away what dead runs left, remove what is older than the settings keep it, then check the warehouse.

    Exit status: 0 sound; 1 damaged, or another run writes; 2 wrong usage; 143 on SIGTERM.
    """
    from flows.trigger import run_maintain

    raise typer.Exit(run_maintain(_settings(config, settings, warehouse=warehouse)))


@actors_app.command("unknown")
def actors_unknown(
    warehouse: Warehouse = None,
    config: Config = None,
    n: Annotated[int, typer.Option("--rows", "-n", help="How many actors.")] = 30,
) -> None:
    """Print the people and bodies most often seen that no registry knows, with an example."""
    from flows.show import show_unknown_actors

    show_unknown_actors(_warehouse(config, warehouse), n)


def _settings(config: Path | None, assignments: list[str] | None, **flags: Any) -> Any:
    from pipeline.settings import load_settings

    return load_settings(
        config, **{**_assigned(assignments), **{k: v for k, v in flags.items() if v not in (None, [])}}
    )


def _warehouse(config: Path | None, warehouse: str | None) -> Any:
    from flows.warehouses import open_warehouse

    return open_warehouse(_settings(config, None, warehouse=warehouse))


def _assigned(assignments: list[str] | None) -> dict[str, str]:
    pairs = {}
    for item in assignments or []:
        name, equals, value = item.partition("=")
        if not equals:
            raise typer.BadParameter(f"{item!r} is not NAME=VALUE", param_hint="--set")
        pairs[name.strip()] = value.strip()
    return pairs


def _one_line(error: Exception) -> str:
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'settings'}: {e['msg']}" for e in error.errors())
    return str(error)


def _fail(message: str, status: int) -> None:
    typer.echo(f"newsledger: {message}", err=True)
    raise SystemExit(status)


if __name__ == "__main__":
    main()
