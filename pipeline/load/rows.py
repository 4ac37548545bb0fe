"""One row of delimited text, after RFC 4180: fields in quotation marks, doubled inside."""

from __future__ import annotations

import re
from functools import cache


@cache
def _field(delimiter: str) -> re.Pattern[str]:
    d = re.escape(delimiter)
    return re.compile(rf'(?:"([^"]*+(?:""[^"]*+)*+)"|((?!")[^{d}]*+))({d}|\Z)')


def parse_row(text: str, delimiter: str) -> list[str] | None:
    """Parse a row; None where a quoted field does not end before a delimiter or the row's end."""
    pattern = _field(delimiter)
    row: list[str] = []
    at = 0
    while (match := pattern.match(text, at)) is not None:
        quoted, plain, separator = match.groups()
        row.append(plain if quoted is None else quoted.replace('""', '"'))
        at = match.end()
        if not separator:
            return row
    return None


def is_open(line: bytes, delimiter: bytes, inside: bool) -> bool:
    """Whether a quoted field goes on behind the end of a line.

    Args:
        line: the line.
        delimiter: one byte.
        inside: whether the line begins within a quoted field.
    """
    at = 0
    while True:
        if not inside:
            if line[at : at + 1] != b'"':
                at = line.find(delimiter, at) + 1
                if not at:
                    return False
                continue
            at += 1
        end = _find_close(line, at)
        if end < 0:
            return True
        inside = False
        at = line.find(delimiter, end) + 1
        if not at:
            return False


def _find_close(line: bytes, at: int) -> int:
    """The offset behind the quotation mark that closes a field; -1 if there is none."""
    while (end := line.find(b'"', at)) >= 0:
        if line[end + 1 : end + 2] != b'"':
            return end + 1
        at = end + 2
    return -1
