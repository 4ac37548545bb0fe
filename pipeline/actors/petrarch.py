"""PETRARCH and TABARI actor dictionaries (`*.actors.txt`) as entries of the registry.

The format, line by line: a name in capitals with `_` or blanks between its words, `+` before a synonym of the name above,
codes in brackets either behind a name or on lines of their own, each with an optional restriction by date, and comments
after `#` or `;`:

    MUHAMMAD_ZIA_UL-HAQ_   ; general
    +ZIA_UL-HAQ_
        [PAKGOV 770916-880817]
        [PAKELI >880817]
        [PAK]

Days have six digits (years to 30 are of this century, as in PETRARCH) or eight. A code without a restriction holds where
no other does; where ranges overlap, the one that began last holds. `---` codes mark names to ignore; a name with nothing else is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NoReturn

from pipeline.actors.countries import slug
from pipeline.actors.datafile import country_codes, is_actor_code
from pipeline.actors.entries import Entry, Role
from pipeline.vocabulary import ActorType

_CODE = re.compile(r"\[\s*(---|[A-Za-z]{3,})\s*(?:([<>])?\s*(\d{8}|\d{6})\s*(?:-\s*(\d{8}|\d{6}))?)?\s*\]")
_BRACKETS = re.compile(r"\[[^\]]*\]?")
_SMALL = frozenset(
    {"of", "the", "and", "for", "in", "on", "de", "la", "du", "des", "del", "van", "von", "der", "bin", "al"}
)


@dataclass(slots=True)
class _Block:
    """A name with its synonyms and codes."""

    line: int
    names: list[str]
    codes: list[tuple[str, date | None, date | None]] = field(default_factory=list)


def read_dictionary(file: Traversable | Path) -> list[Entry]:
    """Read a dictionary; each name is an entry, its surfaces in capitals and in title case.

    Raises:
        ValueError: A line is none of the format's, a code or a day is wrong, or a name stands twice.
    """
    seen: dict[str, int] = {}
    entries: list[Entry] = []
    for block in _blocks(file):
        for name in block.names:
            if name in seen:
                _refuse(file, block.line, f"{name!r} already stands on line {seen[name]}")
            seen[name] = block.line
        if any(code != "---" for code, _, _ in block.codes):
            entries.append(_entry(block, file))
        elif not block.codes:
            _refuse(file, block.line, f"{block.names[0]!r} has no code")
    return entries


def _refuse(file: Traversable | Path, line: int, why: str) -> NoReturn:
    raise ValueError(f"{file.name}:{line}: {why}")


def _blocks(file: Traversable | Path) -> Iterator[_Block]:
    block: _Block | None = None
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ValueError(f"{file.name}: {error}") from error
    for number, raw in enumerate(lines, 1):
        line = re.split(r"[#;]", raw, maxsplit=1)[0].strip()
        if not line or line.startswith("<!--"):
            continue
        name = _words(_BRACKETS.sub("", line).lstrip("+"))
        if name and not line.startswith("+"):
            if block:
                yield block
            block = _Block(number, [name])
        elif block is None:
            _refuse(file, number, "a synonym or code before any name")
        elif name and name not in block.names:
            block.names.append(name)
        block.codes += _codes(line, file, number)
    if block:
        yield block


def _words(text: str) -> str:
    return " ".join(text.replace("_", " ").split())


def _codes(line: str, file: Traversable | Path, number: int) -> Iterator[tuple[str, date | None, date | None]]:
    for bracket in _BRACKETS.findall(line):
        match = _CODE.fullmatch(bracket)
        if not match:
            _refuse(file, number, f"{bracket!r} is no code with an optional range of days")
        code = match[1].upper()
        if code != "---" and not is_actor_code(code):
            _refuse(file, number, f"{code!r} is no actor code: unknown slot or wrong first slot")
        yield code, *_range(match, file, number)


def _range(match: re.Match[str], file: Traversable | Path, number: int) -> tuple[date | None, date | None]:
    _, sign, left, right = match.groups()
    if not left:
        return None, None
    try:
        begin = _day(left)
        end = _day(right) if right else None
    except ValueError as error:
        _refuse(file, number, f"{match[0]!r}: {error}")
    if sign and end:
        _refuse(file, number, f"{match[0]!r} has both {sign} and a range")
    if sign == "<":
        return None, begin - timedelta(days=1)
    if sign == ">":
        return begin + timedelta(days=1), None
    if end and end < begin:
        _refuse(file, number, f"{match[0]!r} ends before it begins")
    return begin, end or begin


def _day(digits: str) -> date:
    if len(digits) == 8:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    year = int(digits[:2])
    return date(year + (2000 if year <= 30 else 1900), int(digits[2:4]), int(digits[4:]))


def _entry(block: _Block, file: Traversable | Path) -> Entry:
    always = [code for code, first, last in block.codes if code != "---" and not first and not last]
    source = f"dictionary {file.name}"
    roles = tuple(
        Role(f"actor of code {code}", code, _country(code), first, last, source)
        for code, first, last in sorted(block.codes, key=lambda c: c[1] or date.min)
        if code != "---" and (first or last)
    )
    code = always[0] if always else roles[-1].code[:3]
    names = dict.fromkeys(s for name in block.names for s in (titled(name), name))
    return Entry(
        actor_id="actor:" + slug(block.names[0]),
        name=titled(block.names[0]),
        type=ActorType.COUNTRY if code in country_codes() and not roles else ActorType.UNKNOWN,
        country=_country(code),
        code=code,
        wikidata_id=None,
        gender=None,
        names=tuple(names),
        roles=roles,
        source=source,
    )


def _country(code: str) -> str | None:
    return code[:3] if code[:3] in country_codes() else None


def titled(name: str) -> str:
    """A name in capitals as news text writes it: "ZIA UL-HAQ" is "Zia Ul-Haq"; a name that has small letters stays."""
    if name != name.upper():
        return name
    words = [w.title().replace("'S", "'s") for w in name.split()]
    return " ".join(
        w.lower() if i and w.lower() in _SMALL else re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), w)
        for i, w in enumerate(words)
    )
