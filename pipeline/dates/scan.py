"""A text as a string of codes, one character a token, over which the rules of time are matched.

Every token gets the set of categories it can be (MONTH, NUM, YEAR, or itself where a rule names
the word); every such set is one character. A rule is then a regular expression over short strings,
and stretches of text without a word of time are skipped at the cost of one look-up a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.dates.lexicon import Value, Word, holidays, words
from pipeline.dates.numbers import read_number_words

OTHER = "x"
"""The code of a token that no rule knows."""

Values = dict[str, Value]

_TOKEN = re.compile(
    r"""[AaPp]\.[Mm]\b\.?|(?:B\.C\.(?:E\.)?|A\.D\.|C\.E\.|B\.C\b)
      |(?:19|20)\d\d(?P<sep>[-/.])\d\d(?P=sep)\d\d(?![\d/-])
      |(?<![\d./-])\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d\d)(?![\d/-]|\.\d)
      |\d{1,2}:\d\d(?::\d\d)?(?!\d)
      |\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:st\b|nd\b|rd\b|th\b|(?<=0)['’]?s\b)?
      |['’‘`]\d\d(?:s\b)?(?!\w)|['’]s\b
      |[^\W\d_]+|[^\w\s]""",
    re.VERBOSE,
)
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_DECADE = re.compile(r"(?:['’‘`])?(\d{2}|\d{4})['’]?s")
_TENS = re.compile(r"[1-9]0")


Token = tuple[str, int, int, Values]
"""Code, start, end and values of a token."""

_NOTHING: Values = {}
_MOST_CUTS = 50_000
"""Stretches kept in memory, some 15 MB."""


@dataclass(slots=True)
class Scan:
    """The tokens of a text: columns of equal length."""

    text: str
    codes: str = ""
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    values: list[Values] = field(default_factory=list)


def _whole_number(text: str) -> Values:
    number = int(text)
    values: Values = {"NUM": number}
    if len(text) <= 2 and 1 <= number <= 31:
        values["DAY"] = number
    if len(text) <= 2 and number <= 24:
        values["HOUR"] = number
    if len(text) == 2:
        values["TWO"] = number
    if len(text) == 4 and 1000 <= number <= 2199:
        values["YEAR"] = number
    if len(text) == 4 and number <= 2400 and number % 100 < 60:
        values["HHMM"] = f"{text[:2]}:{text[2:]}"
    if len(text) == 3 and text.isdigit():
        values["SHORTYEAR"] = number
    return values


@lru_cache(maxsize=8192)
def number_values(token: str) -> Values:
    """What a token that begins with a digit or an apostrophe can be, with its values."""
    if token.isascii() and token.isdigit():
        return _whole_number(token) if len(token) < 10 else {}
    if clock := _CLOCK.fullmatch(token):
        return {"CLOCK": f"{int(clock[1]):02}:{clock[2]}"}
    if ordinal := _ORDINAL.fullmatch(token):
        number = int(ordinal[1])
        return {"ORD": number, "DAYTH": number} if 1 <= number <= 31 else {"ORD": number}
    if decade := _DECADE.fullmatch(token):
        digits = decade[1]
        return {"DECADE": int(digits)} if _TENS.fullmatch(digits[-2:]) or digits[-2:] == "00" else {}
    if token[0] in "'’‘`" and token[1:].isdigit():
        return {"YY": int(token[1:])}
    if len(token) == 10 and token[4] in "-/." and token[4] == token[7]:
        return {"ISO": token}
    if re.fullmatch(r"\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d\d)", token):
        return {"NUMERIC": token}
    if re.fullmatch(r"\d{1,2}\.[0-5]\d", token):
        return {"NUM": float(token), "CLOCKDOT": f"{int(token.split('.')[0]):02}:{token[-2:]}"}
    if re.fullmatch(r"[\d,]*\d(?:\.\d+)?", token):
        return {"NUM": float(token.replace(",", ""))}
    return {}


_SAMPLES = (
    [str(n) for n in (*range(1, 32), 24, 30, 45, 89, 99, 100, 365, 999, 2250, 9999, 12345)]
    + ["00", "01", "09", "10", "0000", "0800", "0830", "0999", "1000", "1066", "1459", "1960", "1965", "1999", "2013"]
    + ["2030", "2065", "2199", "2200", "2500", "1,000", "2.5", "7.30", "24th", "31st", "45th", "1990s", "'90s", "90s"]
    + ["1900s", "45s", "'89", "10:30", "2013-03-22", "24/02/2023", "25:00", "123456789012"]
)


class Coder:
    """Gives a character to every set of categories that a token can have.

    Args:
        literals: lower-case words and punctuation that the rules name.
    """

    def __init__(self, literals: frozenset[str]) -> None:
        self._codes: dict[frozenset[str], str] = {frozenset(): OTHER}
        self.words: dict[str, tuple[str, Word]] = {}
        entries = dict(words())
        for literal in sorted(literals):
            for spelling in {literal, literal.capitalize(), literal.upper()}:
                entries.setdefault(spelling, Word())
        for spelling in sorted(entries):
            word = self._derived(entries[spelling])
            self.words[spelling] = (self._assign(self._categories(word.values, spelling, literals)), word)
        for kind in ({"NUM"}, {"YEAR"}, {"ORD"}, {"ORD", "DAYTH"}, {"HOLIDAY"}, {"NUM", "YEAR"}):
            self._assign(frozenset(kind))
        for sample in _SAMPLES:
            self._assign(frozenset(number_values(sample)))
        for spelling, mark in (("-", "-"), ("–", "--"), ("—", "--"), ("\n", "\n")):
            self.words[spelling] = (self._assign(frozenset({mark})), Word())
        self.dash = self.code(frozenset({"--"}))
        self.line_break = self.code(frozenset({"\n"}))
        for name in holidays():
            for word in re.findall(r"\w+", name):
                self.words.setdefault(word, (self._assign(frozenset({"feast"})), Word()))
        self._cuts: dict[str, tuple[Token, ...]] = {}

    @staticmethod
    def _derived(word: Word) -> Word:
        """The word with the categories that follow from others: a number word is NUM, an ordinal ORD."""
        values = dict(word.values)
        if "NUMBER" in values:
            values["NUM"] = values.pop("NUMBER")
        if "ORDINAL" in values:
            values["ORD"] = values.pop("ORDINAL")
        return Word(values, word.dotted)

    @staticmethod
    def _categories(values: Values, spelling: str, literals: frozenset[str]) -> frozenset[str]:
        lower = spelling.lower()
        return frozenset(values) | ({lower} if lower in literals else frozenset())

    def _assign(self, categories: frozenset[str]) -> str:
        return self._codes.setdefault(categories, chr(0x100 + len(self._codes)))

    def code(self, categories: frozenset[str]) -> str:
        """The character of a set of categories; `OTHER` for a set that was not foreseen."""
        return self._codes.get(categories, OTHER)

    def cut(self, chunk: str) -> tuple[Token, ...]:
        """The tokens of a stretch without blanks: (code, start, end, values). News repeats its words."""
        found = self._cuts.get(chunk)
        if found is None:
            found = self._cuts[chunk] = tuple(self._cut(chunk))
            if len(self._cuts) > _MOST_CUTS:
                self._cuts.clear()
        return found

    def _cut(self, chunk: str) -> Iterator[Token]:
        taken = 0
        for match in _TOKEN.finditer(chunk):
            token = match.group()
            start, end = match.span()
            if start < taken:
                continue
            code, values = self._read(token, chunk, start, end)
            entry = self.words.get(token)
            taken = end + (entry is not None and entry[1].dotted and chunk[end : end + 1] == ".")
            yield code, start, taken, values

    def _read(self, token: str, chunk: str, start: int, end: int) -> tuple[str, Values]:
        entry = self.words.get(token)
        if token == "-" and not (start and chunk[end : end + 1]):
            return self.dash, _NOTHING
        if entry is not None:
            return entry[0], entry[1].values
        if token[0].isdigit() or (len(token) > 2 and token[0] in "'’‘`"):
            values = number_values(token)
            return self.code(frozenset(values)), values
        return OTHER, _NOTHING

    def sets(self) -> list[tuple[frozenset[str], str]]:
        """Every set of categories with its character."""
        return list(self._codes.items())

    def having(self, category: str) -> str:
        """All characters whose set has the category.

        Raises:
            ValueError: no token can ever have it.
        """
        chars = "".join(c for s, c in self._codes.items() if category in s)
        if not chars:
            raise ValueError(f"no token has the category {category!r}")
        return chars


def scan_text(text: str, coder: Coder) -> Scan:
    """Cut `text` into tokens and code them.

    Of several tokens in a row that no rule knows only the first is kept: no match runs over it.
    """
    scan = Scan(text)
    codes: list[str] = []
    starts, ends, values = scan.start, scan.end, scan.values
    position = 0
    for line in text.split("\n"):
        for chunk in line.split(" "):
            for code, start, end, found in coder.cut(chunk):
                if code == OTHER and codes and codes[-1] == OTHER:
                    continue
                codes.append(code)
                starts.append(position + start)
                ends.append(position + end)
                values.append(found)
            position += len(chunk) + 1
        codes.append(coder.line_break)
        starts.append(position - 1)
        ends.append(position)
        values.append(_NOTHING)
    codes = _merge(scan, codes, _numbers(scan, coder))
    codes = _merge(scan, codes, _feasts(scan, coder))
    scan.codes = "".join(codes)
    return scan


Merge = tuple[int, int, str, Values, int]
"""First token, one past the last, and the code, values and end of the token that takes their place."""


def _merge(scan: Scan, codes: list[str], merges: list[Merge]) -> list[str]:
    """The codes with each group of tokens made one; `scan` is changed likewise. Groups are in order."""
    if not merges:
        return codes
    merged: list[str] = []
    start: list[int] = []
    end: list[int] = []
    values: list[Values] = []
    position = 0
    for first, stop, code, value, last in merges:
        merged += [*codes[position:first], code]
        start += [*scan.start[position:first], scan.start[first]]
        end += [*scan.end[position:first], last]
        values += [*scan.values[position:first], value]
        position = stop
    merged += codes[position:]
    scan.start = start + scan.start[position:]
    scan.end = end + scan.end[position:]
    scan.values = values + scan.values[position:]
    return merged


def _numbers(scan: Scan, coder: Coder) -> list[Merge]:
    """Numbers in several words, each to become one token: 'twenty-four', 'two and a half', '5 1/2'."""
    found: list[Merge] = []
    taken = 0
    for first in [i for i, v in enumerate(scan.values) if "NUM" in v]:
        if first < taken:
            continue
        stop = min(first + 8, len(scan.values))
        tokens = [scan.text[scan.start[i] : scan.end[i]].lower() for i in range(first, stop)]
        count, values = read_number_words(tokens)
        if count > 1:
            taken = first + count
            found.append((first, taken, coder.code(frozenset(values)), values, scan.end[taken - 1]))
    return found


def _feasts(scan: Scan, coder: Coder) -> list[Merge]:
    """Names of feasts, each to become one token: 'New Year's Day'."""
    found: list[Merge] = []
    code = coder.code(frozenset({"HOLIDAY"}))
    for match in holiday_pattern().finditer(scan.text):
        first, stop = bisect_left(scan.start, match.start()), bisect_left(scan.start, match.end())
        if first < stop:
            found.append((first, stop, code, {"HOLIDAY": match.group().replace("’", "'")}, match.end()))
    return found


@lru_cache(maxsize=1)
def holiday_pattern() -> re.Pattern[str]:
    """A pattern of all names of feasts, longest first."""
    names = sorted(holidays(), key=lambda n: (-len(n), n))
    return re.compile(r"\b(?:" + "|".join(re.escape(n).replace("'", "['’]") for n in names) + r")(?!\w)")
