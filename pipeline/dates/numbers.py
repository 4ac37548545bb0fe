"""Numbers in words: 'twenty-four', 'two and a half', 'nineteen ninety-seven', 'the twenty-first'."""

from __future__ import annotations

from pipeline.dates.lexicon import Value, words


def _cardinal(token: str) -> int | None:
    entry = words().get(token)
    value = entry.values.get("NUMBER") if entry else None
    return value if isinstance(value, int) else None


def _ordinal(token: str) -> int | None:
    entry = words().get(token)
    value = entry.values.get("ORDINAL") if entry else None
    return value if isinstance(value, int) else None


def _below_hundred(tokens: list[str], i: int) -> tuple[int | None, int]:
    """The number below 100 at `i`, and where it ends: 'twenty-four', 'twelve'."""
    value = _cardinal(tokens[i]) if i < len(tokens) else None
    if value is None or value >= 100:
        return None, i
    i += 1
    if value >= 20 and value % 10 == 0:
        j = i + 1 if i < len(tokens) and tokens[i] == "-" else i
        unit = _cardinal(tokens[j]) if j < len(tokens) else None
        if unit is not None and unit < 10:
            return value + unit, j + 1
    return value, i


def _scaled(tokens: list[str], i: int) -> tuple[int | None, int]:
    """A number with hundreds or thousands: 'two hundred and ten', 'two thousand'."""
    value, i = _below_hundred(tokens, i)
    if value is None:
        return None, i
    while i < len(tokens) and (scale := _cardinal(tokens[i])) is not None and scale in (12, 100, 1000):
        if scale == 12 and tokens[i] != "dozen":
            break
        value, i = value * scale, i + 1
        j = i + 1 if i < len(tokens) and tokens[i] == "and" else i
        rest, k = _below_hundred(tokens, j)
        if rest is not None and scale != 12:
            value, i = value + rest, k
    return value, i


def _fraction(tokens: list[str], i: int) -> tuple[float, int]:
    """'and a half' or '1/2' behind a number."""
    if tokens[i : i + 3] in (["and", "a", "half"], ["and", "one", "half"]):
        return 0.5, i + 3
    if tokens[i : i + 6] == ["-", "and", "-", "a", "-", "half"]:
        return 0.5, i + 6
    if tokens[i : i + 2] == ["and", "half"]:
        return 0.5, i + 2
    if tokens[i : i + 3] == ["1", "/", "2"]:
        return 0.5, i + 3
    if tokens[i : i + 1] == ["½"]:
        return 0.5, i + 1
    return 0.0, i


def _ordinal_after(tokens: list[str], i: int) -> tuple[int, dict[str, Value]] | None:
    """'twenty-first' at `i`."""
    tens = _cardinal(tokens[i])
    if tens is None or not 20 <= tens < 100 or tens % 10 or tokens[i + 1 : i + 2] != ["-"]:
        return None
    unit = _ordinal(tokens[i + 2]) if i + 2 < len(tokens) else None
    if unit is None or unit >= 10:
        return None
    number = tens + unit
    return 3, ({"ORD": number, "DAYTH": number} if number <= 31 else {"ORD": number})


def read_number_words(tokens: list[str]) -> tuple[int, dict[str, Value]]:
    """Read the number at the head of `tokens` (lower case).

    Returns:
        How many tokens it takes (1 for a single word or figure, which is left as it is), and its
        values by category: NUM, YEAR ('nineteen ninety-seven'), ORD and DAYTH ('twenty-first').
    """
    if ordinal := _ordinal_after(tokens, 0):
        return ordinal
    if tokens[0].isdigit():
        part, stop = _fraction(tokens, 1)
        return (stop, {"NUM": int(tokens[0]) + part}) if part else (1, {})
    value, stop = _scaled(tokens, 0)
    if value is None:
        return 1, {}
    if 13 <= value <= 20 and stop == 1:
        rest, end = _below_hundred(tokens, 1)
        if rest is not None and (rest >= 10):
            return end, {"YEAR": value * 100 + rest}
    part, stop = _fraction(tokens, stop)
    if 2000 <= value < 2100 and not part:
        return stop, {"NUM": value, "YEAR": value}
    return stop, {"NUM": value + part if part else value}
