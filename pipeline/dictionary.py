"""The data dictionary: the page TABLES.md, made from the declarations in `pipeline.tables`."""

from __future__ import annotations

import pyarrow as pa

from pipeline.schema import SCHEMA_VERSION, Column, Table
from pipeline.tables import TABLES

_LAYOUT = {
    "article day": "`{name}/day=YYYY-MM-DD/part-0.parquet`, by the article's publication day, else the day it was first loaded",
    "event day": "`{name}/day=YYYY-MM-DD/part-0.parquet`, by the day of the event",
    "run day": "`{name}/day=YYYY-MM-DD/part-0.parquet`, by the day of the run",
    "none": "`{name}/part-0.parquet`",
}
_TYPES = {
    "timestamp[us, tz=UTC]": "timestamp UTC",
    "date32[day]": "date",
    "double": "float64",
    "list<element: string not null>": "list of string",
}


def render_dictionary() -> str:
    """Render the page as Markdown."""
    head = [
        "# The tables",
        "",
        "This page is made from `pipeline/tables.py` by `make tables`; a test keeps it fresh.",
        "",
        f"Schema version {SCHEMA_VERSION}. Offsets are Unicode code points into `articles.text`, end exclusive:"
        " `text[start:end]` is the surface string. Instants are UTC. Null means that the text does not say, or that it"
        " is not known. The partition key `day` is in the path only: readers that know hive partitions add it as a"
        " column.",
        "",
        "| table | one row per | columns |",
        "|---|---|---|",
    ]
    head += [f"| [{t.name}](#{t.name}) | {t.one_row_per} | {len(t.columns)} |" for t in TABLES]
    return "\n".join([*head, *(line for t in TABLES for line in _section(t))]) + "\n"


def _section(table: Table) -> list[str]:
    return [
        "",
        f"## {table.name}",
        "",
        (table.row.__doc__ or "").strip(),
        "",
        f"- stored as {_LAYOUT[table.by].format(name=table.name)}",
        f"- key: {', '.join(f'`{name}`' for name in table.key)}; sorted by {', '.join(f'`{n}`' for n in table.order)}",
        "",
        "| column | type | null | meaning |",
        "|---|---|---|---|",
        *(_row(c) for c in table.columns),
    ]


def _row(c: Column) -> str:
    notes = [c.meaning]
    if c.values is not None:
        notes.append("One of " + ", ".join(f"`{v}`" for v in c.values) + ".")
    if c.refers is not None:
        notes.append(f"Refers to `{c.refers}`.")
    return f"| `{c.name}` | {_type(c.arrow)} | {'yes' if c.nullable else ''} | {' '.join(notes)} |"


def _type(arrow: pa.DataType) -> str:
    if pa.types.is_list(arrow) and pa.types.is_struct(arrow.value_type):
        return f"list of struct({', '.join(f.name for f in arrow.value_type)})"
    return _TYPES.get(str(arrow), str(arrow))
