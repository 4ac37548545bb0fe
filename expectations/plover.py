"""What PLOVER makes of CAMEO codes, and which modes each of its types has."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pipeline.vocabulary import PloverType, cameo

APPEALS = "02"
"""The root that PLOVER's own table leaves out and that is REQUEST here."""


def expected_type(code: str) -> PloverType | None:
    """The PLOVER type of a CAMEO code; None for root 01 and for what is no code."""
    if code not in cameo():
        return None
    return PloverType.REQUEST if code.startswith(APPEALS) else cameo()[code].plover_type


@cache
def plover_modes() -> Mapping[str, frozenset[str]]:
    """The modes of each PLOVER type: those of the manual (0.8), and those that a CAMEO code implies.

    Raises:
        ValueError: an unknown type, or a mode listed twice for a type.
    """
    modes: dict[str, set[str]] = {}
    with (files("expectations") / "data" / "plover_modes.tsv").open(encoding="utf-8") as file:
        for line, row in enumerate(csv.DictReader(file, delimiter="\t"), start=2):
            listed = modes.setdefault(PloverType(row["plover_type"]).value, set())
            if row["plover_mode"] in listed:
                raise ValueError(f"plover_modes.tsv, line {line}: {row['plover_mode']} is listed twice")
            listed.add(row["plover_mode"])
    for code in cameo().values():
        if code.plover_type and code.plover_mode:
            modes.setdefault(code.plover_type.value, set()).add(code.plover_mode)
    return {kind: frozenset(listed) for kind, listed in modes.items()}
