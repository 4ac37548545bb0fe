"""PLOVER types of CAMEO codes, with the roots that PLOVER's own table leaves out."""

from __future__ import annotations

from pipeline.vocabulary import PloverType, cameo


def plover_type(code: str) -> PloverType | None:
    """The PLOVER type of a CAMEO code: appeals (02) are REQUEST, statements (01) have none."""
    if code.startswith("02"):
        return PloverType.REQUEST
    return cameo()[code].plover_type
