"""Families: acts that are about acts, whose code follows from the code of their content.

"Demanded the release of" is a demand (10) about a release (0841): 1053. `data/families.tsv` holds, by family and
content, the code of the whole. A content stands for all codes that begin with it; "*" for any or none; an empty one
for an act without known content. The code "=" leaves the content's code as it is, "-" makes no act.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipeline.lookup import read_rows, unique
from pipeline.vocabulary import cameo

FAMILIES = Path(__file__).parent / "data" / "families.tsv"


@cache
def load_families(file: Path = FAMILIES) -> dict[str, tuple[tuple[str, str], ...]]:
    """By family: (code of the content, code of the whole), the longest content first.

    A content "*" stands for any or none; a code "=" leaves the content's code as it is.
    """
    found: dict[str, dict[str, str]] = {}
    for row in unique(read_rows(file, ("family", "content", "code", "note")), "family", "content"):
        if row["content"] not in ("*", "") and not any(c.startswith(row["content"]) for c in cameo()):
            row.refuse(f"no CAMEO code begins with {row['content']!r}")
        if row["code"] not in ("=", "-") and row["code"] not in cameo():
            row.refuse(f"{row['code']!r} is no CAMEO code")
        found.setdefault(row["family"], {})[row["content"]] = row["code"]
    return {
        name: tuple(sorted(rules.items(), key=lambda r: (r[0] == "*", r[0] == "", -len(r[0]))))
        for name, rules in found.items()
    }


def family_code(family: str, content: str | None) -> str | None:
    """The code of a family's act about a content, or None where it makes none.

    Args:
        family: its name.
        content: the CAMEO code of the content, None where no act is known in it.
    """
    for prefix, code in load_families()[family]:
        if prefix == "*" or (prefix == "" and content is None) or (content and prefix and content.startswith(prefix)):
            if code == "=":
                return content
            return None if code == "-" else code
    return None
