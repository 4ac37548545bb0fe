"""Surfaces as the parser's tokens, for a scanner that walks over tokens."""

from __future__ import annotations

import re
from functools import cache

# The parser splits off a hyphen or slash before a letter, a possessive, and marks at the ends of a word.
_SPLIT = re.compile(r"""(?<=[^\W_])([-/])(?=[^\W\d_])|(['’]s)$|([,!"'’])$|^(["'‘’])""")


@cache
def tokenise(surface: str) -> tuple[str, ...]:
    """The tokens that the parser makes of a name: "Guinea-Bissau" is three, "U.S." is one, "Lord's" is two."""
    return tuple(part for word in surface.split() for part in _SPLIT.split(word) if part)
