"""All time expressions of an article, normalized: one row each, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from statistics import median

from pipeline.dates import context as counted
from pipeline.dates import days, periods, spans
from pipeline.dates.accept import is_time
from pipeline.dates.meaning import Context, Found, Meaning
from pipeline.dates.outlets import day_comes_first
from pipeline.dates.period import Period
from pipeline.dates.rules import Match, coder, match_codes, runs, telling
from pipeline.dates.scan import Scan, scan_text
from pipeline.dates.tense import Tense, plainly_past, surely_future, tense_at
from pipeline.ids import make_id
from pipeline.tables import Article, Date
from pipeline.tree import Parse
from pipeline.vocabulary import Precision, TimexType

Reader = Callable[[Found, Context], Meaning | None]

READERS: dict[str, Reader] = {
    "day": days.read_day,
    "nth_weekday": days.read_nth_weekday,
    "month": days.read_month,
    "year": periods.read_year,
    "decade": periods.read_decade,
    "century": periods.read_century,
    "quarter": periods.read_quarter,
    "half": periods.read_half,
    "season": periods.read_season,
    "relative": periods.read_relative,
    "week_of": periods.read_week_of,
    "context": counted.read_context,
    "year_ago": counted.read_year_ago,
    "latest": counted.read_latest,
    "year_end": counted.read_year_end,
    "month_end": counted.read_month_end,
    "none": counted.read_nothing,
    "ago": spans.read_ago,
    "from_now": spans.read_from_now,
    "later": spans.read_later,
    "vague_later": spans.read_vague_later,
    "duration": spans.read_duration,
    "duration_vague": spans.read_duration_vague,
    "period_vague": spans.read_period_vague,
    "vague": spans.read_vague,
    "set": spans.read_set,
    "set_a": spans.read_rate,
    "habit": spans.read_habit,
}
"""The functions that the column `meaning` of rules.tsv names."""


def find_dates(article: Article, parse: Parse) -> list[Date]:
    """Find and normalize the time expressions of an article.

    Dates are resolved against `article.published_date`, or against dates before them in the text;
    where neither is known they stay as they are (`XXXX-02-24`, without days).

    Args:
        article: the article.
        parse: the parse of its text, for tense and parts of speech.

    Returns:
        Rows that do not overlap, in the order of the text.
    """
    order = day_comes_first(article.source, article.url)
    found = read_dates(article.text, parse, article.published_date, order)
    return [_row(article.article_id, f, meaning) for f, meaning in found]


def read_dates(
    text: str, parse: Parse, published: date | None, day_first: bool | None = None
) -> Iterator[tuple[Found, Meaning]]:
    """The time expressions of a text with their meanings, in order.

    Args:
        text: the text.
        parse: its parse.
        published: the publication day, or None.
        day_first: True where the outlet writes 24/02/2023, False for 02/24/2023, None where that is
            not known. Dates of the text that can be read in one order only overrule it.
    """
    scan = scan_text(text, coder())
    found = [f for f in _matches(scan) if is_time(f, parse)]
    told = told_order(found)
    order = day_first if told is None else told
    context = Context(published, narrative=tells_history(found, published), day_first=order)
    sentence = -1
    for place, f in enumerate(found):
        token = _head(f, parse)
        here = parse.sentence_of[token] if token >= 0 else -1
        if here != sentence:
            context.sentence = []
            sentence = here
        context.coming = _day_behind(found[place : place + 3], parse, context) if f.match.rule.name == "time" else None
        meaning = _read(f, token, parse, context)
        if meaning is not None:
            _remember(f, meaning, context, _is_aside(meaning, context))
            yield f, bounded(f, about(f, meaning))


def _read(f: Found, token: int, parse: Parse, context: Context) -> Meaning | None:
    context.tense = partial(_tense, parse, token)
    context.since = _BEGUN.search(f.scan.text, max(0, f.start - 20), f.start) is not None
    context.plainly_past = partial(_plainly_past, parse, token)
    context.surely_future = partial(_surely_future, parse, token)
    return READERS[f.match.rule.meaning](f, context)


_BETWEEN_TIME_AND_DAY = re.compile(r"(?:\s*\([^()\n]*\))?[^,;:.!?()\n]{0,60}|\s*\(|\)[^,;:.!?()\n]{0,60}")


def _day_behind(found: list[Found], parse: Parse, context: Context) -> Period | None:
    """The day that follows a time of day in its clause: '10:35 a.m. (0735 GMT) on Friday'."""
    first = found[0]
    for f in found[1:]:
        if not _BETWEEN_TIME_AND_DAY.fullmatch(first.scan.text, first.end, f.start):
            return None
        if f.match.rule.name in ("weekday", "date", "deictic"):
            meaning = _read(f, _head(f, parse), parse, context)
            period = meaning.period if meaning else None
            return period if period and period.precision is Precision.DAY and period.resolved else None
    return None


_ABOUT = frozenset({"about", "around", "circa", "approximately", "roughly", "ca", "c"})
_SINCE = re.compile(r"\b(?:since|from)(?: at least| about| around)?(?: the)? $", re.IGNORECASE)
_BEGUN = re.compile(r"\bsince(?: at least| about| around)?(?: the| their| its| his| her)? $", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:by|until|till)(?: at least| about| around)?(?: the)? $", re.IGNORECASE)
_ONWARDS = re.compile(r" (?:on|onwards?|forward)\b(?! [A-Z])")


def about(f: Found, meaning: Meaning) -> Meaning:
    """The meaning with EDTF's `~` where the text says about or around."""
    period = meaning.period
    if period is None or period.part or f.words()[0] not in _ABOUT or not meaning.edtf or "/" in meaning.edtf:
        return meaning
    return replace(meaning, edtf=replace(period, approximate=True).edtf)


def bounded(f: Found, meaning: Meaning) -> Meaning:
    """The meaning as an open interval after 'since', 'by' and 'until': `2019/..`, `../2023-03-24`.

    `from 2019 on` is open; `from 2019` alone, mostly followed by `to`, is not.
    """
    if meaning.period is None or not meaning.edtf or "/" in meaning.edtf:
        return meaning
    text = f.scan.text
    before = text[max(0, f.start - 24) : f.start]
    if (match := _SINCE.search(before)) and (match[0][:1] in "sS" or _ONWARDS.match(text, f.end)):
        return replace(meaning, edtf=f"{meaning.edtf}/..", last=None)
    if _UNTIL.search(before):
        return replace(meaning, edtf=f"../{meaning.edtf}", first=None)
    return meaning


def _head(f: Found, parse: Parse) -> int:
    """The token that governs the others of an expression; -1 without a parse."""
    token = parse.token_at(f.end - 1)
    while token >= 0 and parse.head[token] != token and f.start <= parse.start[parse.head[token]] < f.end:
        token = parse.head[token]
    return token


def _tense(parse: Parse, token: int) -> Tense | None:
    return tense_at(parse, token) if token >= 0 else None


def _plainly_past(parse: Parse, token: int) -> bool:
    return token >= 0 and plainly_past(parse, token)


def _surely_future(parse: Parse, token: int) -> bool:
    return token >= 0 and surely_future(parse, token)


_LONG = 100
"""Stretches of so many tokens are tables and lists: they hardly come twice, and are not kept in memory."""


def _matches(scan: Scan) -> Iterator[Found]:
    tells = telling()
    for run in runs().finditer(scan.codes):
        codes = run.group()
        if tells.search(codes) is None:
            continue
        for match in match_codes(codes) if len(codes) < _LONG else match_codes.__wrapped__(codes):
            shown = match._replace(stop=match.stop - int(match.rule.constants.get("trim", 0)))
            found = Found(scan, shown, run.start())
            yield from _ends(found) if match.rule.constants.get("range") else (found,)


_BETWEEN = frozenset({"-", "–", "—", "--", "/", "to", "and", "or", "through", "until"})


def _ends(f: Found) -> Iterator[Found]:
    """The two dates of a range, each with what the other tells of both: 'March 3' and '5, 2022'."""
    words = f.words()
    cut = next(i for i, word in enumerate(words) if word in _BETWEEN) + f.match.first
    tokens = f.match.tokens
    for first, stop in ((f.match.first, cut), (cut + 1, f.match.stop)):
        own = {k: tuple(i for i in v if first <= i < stop) for k, v in tokens.items() if k != "TWO" or first > cut}
        shared = {k: own[k] or tokens[k] for k in own if own[k] or k in ("MONTH", "YEAR")}
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


def told_order(found: list[Found]) -> bool | None:
    """Whether a text writes the day before the month, told by a date that can be read in one order only."""
    orders = set()
    for f in found:
        if f.has("NUMERIC"):
            first, second = re.findall(r"\d+", f.word("NUMERIC"))[:2]
            orders |= {True} if int(first) > 12 else {False} if int(second) > 12 else set()
    return orders.pop() if len(orders) == 1 else None


def tells_history(found: list[Found], published: date | None) -> bool:
    """True where a text dates by years long past and hardly by weekdays: a history, not news."""
    years = [y for f in found if (y := f.number("YEAR") or (f.has("ERA") and f.number("SHORTYEAR")))]
    deictic = sum(_is_deictic(f) for f in found)
    if len(years) < 5 or len(years) < 10 * deictic or len(years) * 10 < len(found):
        return False
    return published is None or median(years) < published.year - 1


_REPORTED = frozenset({"P6M", "P9M", "P2Q", "P3Q"})
"""Lengths over which companies report: 'the first nine months' are of the year."""
_COMPARED = frozenset({"year_ago", "year_period", "same_period", "units_ago"})


_LEAP = 15
"""Years: a history that names a year so far from the one told last mostly looks aside."""


def _is_aside(meaning: Meaning, context: Context) -> bool:
    """True in a history for a year far from the one told last, until a second one is told beside it."""
    period, told = meaning.period, context.year
    if not context.narrative or period is None or period.precision is not Precision.YEAR or told is None:
        return False
    year, before = period.year or told, context.aside
    context.aside = year if abs(year - told) > _LEAP else None
    return context.aside is not None and (before is None or abs(year - before) > _LEAP)


def _remember(f: Found, meaning: Meaning, context: Context, aside: bool = False) -> None:
    """Keep what later expressions can refer to; what is only compared with ('a year earlier') is not."""
    period = meaning.period
    if meaning.type is TimexType.DURATION and meaning.value in _REPORTED and context.published:
        context.topic = Period(Precision.YEAR, context.published.year)
    if period is None or not period.resolved or _is_compared(f):
        return
    context.reference = period
    if not f.scan.text.endswith("from ", 0, f.start):
        context.sentence.append(period)
    if period.year is not None and not aside:
        context.year = period.year
    if period.day is not None:
        context.day = period
    if period.precision is Precision.QUARTER and _is_reported(period, context):
        context.topic = period


def _is_reported(quarter: Period, context: Context) -> bool:
    """True for the first quarter that a text names, and for a later one that is over: not for a forecast or a comparison."""
    told, day = context.topic, context.published
    if told is None or told.precision is not Precision.QUARTER or day is None or told.last is None:
        return True
    return told.last > day or (quarter.last is not None and told.last < quarter.last <= day)


def _is_deictic(f: Found) -> bool:
    """True for what counts from the publication day: Monday, today, last week, two years ago."""
    return f.has("WEEKDAY") or f.has("DEICTIC") or f.has("TONIGHT") or f.match.rule.meaning in ("relative", "ago")


def _is_compared(f: Found) -> bool:
    rule = f.match.rule.name
    return rule in _COMPARED or (rule == "units_later" and "later" not in f.words() and f.word("UNIT") == "Y")


def _row(article_id: str, f: Found, meaning: Meaning) -> Date:
    return Date(
        date_id=make_id("date", article_id, f.start, f.end),
        article_id=article_id,
        start=f.start,
        end=f.end,
        text=f.text,
        timex_type=meaning.type,
        timex_value=meaning.value,
        date_from=meaning.first,
        date_to=meaning.last,
        edtf=meaning.edtf,
        precision=meaning.precision,
        anchor=meaning.anchor,
        anchor_date=meaning.anchor_date,
        rule=f.match.rule.name,
    )
