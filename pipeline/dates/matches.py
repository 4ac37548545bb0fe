"""The matches of the rules in a text: ranges as their two ends, each with what the other tells of both."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.dates.lexicon import contexts
from pipeline.dates.meaning import Found
from pipeline.dates.rules import Match, match_codes, runs, telling
from pipeline.dates.scan import Scan

_LONG = 100
"""Stretches of so many tokens are tables and lists: they hardly come twice, and are not kept in memory."""


def find_matches(scan: Scan) -> Iterator[Found]:
    """All matches of a scan in order, without overlaps."""
    tells = telling()
    for run in runs().finditer(scan.codes):
        codes = run.group()
        if tells.search(codes) is None:
            continue
        for match in match_codes(codes) if len(codes) < _LONG else match_codes.__wrapped__(codes):
            shown = match._replace(stop=match.stop - int(match.rule.constants.get("trim", 0)))
            found = Found(scan, shown, run.start())
            yield from _ends(found) if match.rule.constants.get("range") else (found,)


def _ends(f: Found) -> Iterator[Found]:
    """The two dates of a range, each with what the other tells of both: 'March 3' and '5, 2022'."""
    words = f.words()
    cut = next(i for i, word in enumerate(words) if word in contexts()["between_ends"]) + f.match.first
    tokens = f.match.tokens
    for first, stop in ((f.match.first, cut), (cut + 1, f.match.stop)):
        own = {k: tuple(i for i in v if first <= i < stop) for k, v in tokens.items() if k != "TWO" or first > cut}
        shared = {k: own[k] or tokens[k] for k in own if own[k] or k in ("MONTH", "YEAR", "ERA", "PARTS")}
        if f.has("WEEKDAY"):
            shared["WEEKDAY"] = own["WEEKDAY"] + tuple(i for i in tokens["WEEKDAY"] if not first <= i < stop)
        if first > cut:
            shared["SECOND"] = (first,)
            if f.has("TWO") and not _goes_on(f):
                return
        yield Found(f.scan, Match(f.match.rule, first, stop, shared), f.offset)


def _goes_on(f: Found) -> bool:
    """True for 2012/13 and 1999-00, not for 2013/03."""
    year, last = f.number("YEAR") or 0, f.number("TWO") or 0
    return last > year % 100 or last == (year + 1) % 100
