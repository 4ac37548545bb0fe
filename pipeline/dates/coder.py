"""The tokens of a text, each coded by what it can be: one character for every set of categories.

A token can be a MONTH, a NUM, a YEAR, several of them, or itself where a rule names the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.dates.lexicon import Value, Word, holidays, words

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


_COUNTS_THINGS = 3
"""Up to it an ordinal in words rarely is a day of the month: 'on the second' try, not of May."""

Token = tuple[str, int, int, Values]
"""Code, start, end and values of a token."""

NOTHING: Values = {}
"""Of a token that can be nothing."""
_MOST_CUTS = 50_000
"""Stretches kept in memory, some 15 MB."""


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
            curly = literal.replace("'", "’")
            for spelling in {literal, curly, literal.capitalize(), literal.upper()}:
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
        """The word with the categories that follow from others: a number word is NUM, an ordinal ORD, from the fourth on NTH."""
        values = dict(word.values)
        if "NUMBER" in values:
            values["NUM"] = values.pop("NUMBER")
        if "ORDINAL" in values:
            values["ORD"] = number = values.pop("ORDINAL")
            if isinstance(number, int) and _COUNTS_THINGS < number <= 31:
                values["NTH"] = number
        return Word(values, word.dotted)

    @staticmethod
    def _categories(values: Values, spelling: str, literals: frozenset[str]) -> frozenset[str]:
        lower = spelling.lower()
        lower = lower if lower in literals else lower.replace("’", "'")
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
            return self.dash, NOTHING
        if entry is not None:
            return entry[0], entry[1].values
        if token[0].isdigit() or (len(token) > 2 and token[0] in "'’‘`"):
            values = number_values(token)
            return self.code(frozenset(values)), values
        return OTHER, NOTHING

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
