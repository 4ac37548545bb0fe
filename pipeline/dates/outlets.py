"""The order in which an outlet writes day and month in figures: 24/02/2023 or 02/24/2023."""

from __future__ import annotations

from functools import cache
from importlib.resources.abc import Traversable
from urllib.parse import urlsplit

from pipeline.dates.lexicon import DATA
from pipeline.lookup import read_rows


@cache
def orders(file: Traversable = DATA / "outlets.tsv") -> dict[tuple[str, str], bool]:
    """Whether the day comes first, by (`outlet`, name in lower case) and (`tld`, last label of the host).

    Raises:
        ValueError: an unknown kind or order, or a doubled entry.
    """
    found: dict[tuple[str, str], bool] = {}
    for row in read_rows(file, ("kind", "name", "order", "note")):
        entry = (row["kind"], row["name"].lower())
        if row["kind"] not in ("outlet", "tld") or row["order"] not in ("DMY", "MDY") or entry in found:
            row.refuse(f"{entry} is doubled, or its kind or order unknown")
        found[entry] = row["order"] == "DMY"
    return found


def day_comes_first(source: str | None, url: str | None) -> bool | None:
    """Whether an outlet writes the day before the month; None where it is not known.

    Args:
        source: the outlet's name.
        url: the article's address: its host tells a country.
    """
    if source is not None and (known := orders().get(("outlet", source.strip().lower()))) is not None:
        return known
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    return orders().get(("tld", "." + host.rpartition(".")[2]))
