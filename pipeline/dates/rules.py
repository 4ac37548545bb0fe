"""The rules of time, read from one table: pattern, meaning, example.

`data/rules.tsv` has a row per rule. A pattern is written in tokens: `WORDS_IN_CAPITALS` are
categories of `data/words.tsv` or of numbers (NUM, DAY, YEAR, CLOCK ...), lower-case words and
punctuation stand for themselves, `{NAME}` is a phrase of `data/phrases.tsv`, and `( | ) ? * +`
mean what they mean in regular expressions. `-` is a hyphen without blanks, `--` a dash.
The meaning is a name of `find.READERS` with constants: `relative unit=W`. `range=1` makes two
expressions of a match; `trim=1` leaves its last token out, by which it was only told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from typing import NamedTuple

from pipeline.dates.coder import OTHER, Coder
from pipeline.dates.lexicon import DATA
from pipeline.lookup import Row, read_rows, unique

_ATOM = re.compile(r"\{([A-Z_]+)\}|([A-Z]+)(?![a-z])|(\(|\)|\||[?*+])|([^\s(){}|?*+]+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table."""

    name: str
    pattern: str
    meaning: str
    constants: dict[str, str]
    example: str
    published: str
    value: str
    line: int


class Match(NamedTuple):
    """A rule that fits tokens `first` to `stop` (exclusive), with the tokens of each category that it names."""

    rule: Rule
    first: int
    stop: int
    tokens: dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class _Compiled:
    rule: Rule
    regex: re.Pattern[str]
    groups: tuple[tuple[int, str], ...]
    needs: frozenset[str]
    """Codes of which one must be there for the rule to fit; empty where there are none."""


def _phrases(file: Traversable) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in unique(read_rows(file, ("name", "pattern", "note")), "name"):
        found[row["name"]] = _expand(row, found)
    return found


def _expand(row: Row, phrases: Mapping[str, str]) -> str:
    """A row's pattern with its phrases written out."""
    pattern = row["pattern"]
    for name in re.findall(r"\{([A-Z_]+)\}", pattern):
        if name not in phrases:
            row.refuse(f"no phrase {{{name}}}, or not yet")
        pattern = pattern.replace("{" + name + "}", "(" + phrases[name] + ")")
    return pattern


@cache
def rules(file: Traversable = DATA / "rules.tsv", phrases: Traversable = DATA / "phrases.tsv") -> tuple[Rule, ...]:
    """The rules in the order of the table; an earlier one wins over a later one of the same length.

    Raises:
        ValueError: an unknown phrase, a doubled name, a constant that is not `key=value`.
    """
    known = _phrases(phrases)
    columns = ("rule", "pattern", "meaning", "example", "published", "value")
    return tuple(_parse_rule(row, known) for row in unique(read_rows(file, columns), "rule"))


def _parse_rule(row: Row, phrases: Mapping[str, str]) -> Rule:
    if not re.search(r"\[.+\]", row["example"]):
        row.refuse("the example marks no [expression]")
    meaning, *rest = row["meaning"].split()
    if any("=" not in pair for pair in rest):
        row.refuse("a constant is written key=value")
    constants = dict(pair.split("=", 1) for pair in rest)
    pattern = _expand(row, phrases)
    return Rule(row["rule"], pattern, meaning, constants, row["example"], row["published"], row["value"], row.line)


@cache
def coder() -> Coder:
    """The coder that knows every word that some rule names."""
    literals = {atom[3] for rule in rules() for atom in _ATOM.findall(rule.pattern) if atom[3]}
    return Coder(frozenset(literals | {"-", "--", "\n"}))


def _compile(rule: Rule, codes: Coder) -> _Compiled:
    regex: list[str] = []
    groups: list[str] = []
    for _, category, operator, literal in _ATOM.findall(rule.pattern):
        if operator:
            regex.append("(?:" if operator == "(" else operator)
            continue
        try:
            chars = codes.having(category or literal)
        except ValueError as error:
            raise ValueError(f"rules.tsv, line {rule.line}: {error}") from None
        regex.append(f"({'[' + chars + ']'})" if category else f"[{chars}]")
        if category:
            groups.append(category)
    return _Compiled(rule, re.compile("".join(regex)), tuple(enumerate(groups, 1)), _needed(rule, codes))


def _needed(rule: Rule, codes: Coder) -> frozenset[str]:
    """The smallest set of codes that every way to match a rule takes one of."""
    atoms = iter([*_ATOM.findall(rule.pattern), ("", "", ")", "")])

    def ways() -> frozenset[str]:
        found: list[frozenset[str]] = []
        taken: list[frozenset[str]] = []
        for _, category, operator, literal in atoms:
            if operator in ("?", "*"):
                taken.pop()
            elif operator == "(":
                taken.append(ways())
            elif operator in ("|", ")"):
                found.append(min((t for t in taken if t), key=len, default=frozenset()))
                taken = []
                if operator == ")":
                    break
            elif not operator:
                taken.append(frozenset(codes.having(category or literal)))
        return frozenset().union(*found) if all(found) else frozenset()

    return ways()


@cache
def _compiled() -> tuple[_Compiled, ...]:
    return tuple(_compile(rule, coder()) for rule in rules())


_WORDS_ALONE = ("overnight", "future", "ago", "moment", "present", "term", "time", "clock", "period", "q", "fy")
"""Words by which a rule without any category is found."""


@cache
def runs() -> re.Pattern[str]:
    """Stretches of codes that some rule could fit into: no unknown word, no line break."""
    return re.compile(f"[^{OTHER}{coder().line_break}]+")


@cache
def telling() -> re.Pattern[str]:
    """A code that stands for a word of time: a stretch without one holds no expression."""
    plain = {"NUM", "DAY", "HOUR", "TWO", "ORD", "SHORTYEAR", "feast"}
    codes = coder()
    chars = [c for categories, c in codes.sets() if any(k.isupper() for k in categories) and not categories <= plain]
    chars.extend(codes.having(word) for word in _WORDS_ALONE)
    return re.compile(f"[{''.join(chars)}]")


@lru_cache(maxsize=20_000)
def match_codes(codes: str) -> tuple[Match, ...]:
    """The rules that fit in a stretch of codes: longest first, without overlaps, in order.

    News repeats its phrases, so most stretches are answered from the cache.
    """
    found: list[tuple[int, int, int, re.Match[str], _Compiled]] = []
    there = set(codes)
    for order, compiled in enumerate(_compiled()):
        if compiled.needs and compiled.needs.isdisjoint(there):
            continue
        for match in compiled.regex.finditer(codes):
            found.append((match.start() - match.end(), order, match.start(), match, compiled))
    found.sort(key=lambda f: f[:3])
    taken = [False] * len(codes)
    kept: list[Match] = []
    for _, _, first, match, compiled in found:
        if any(taken[first : match.end()]):
            continue
        taken[first : match.end()] = [True] * (match.end() - first)
        tokens: dict[str, list[int]] = {}
        for group, category in compiled.groups:
            if match[group] is not None:
                tokens.setdefault(category, []).append(match.start(group))
        kept.append(Match(compiled.rule, first, match.end(), {k: tuple(v) for k, v in tokens.items()}))
    return tuple(sorted(kept, key=lambda m: m.first))
