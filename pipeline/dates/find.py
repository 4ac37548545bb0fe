"""All time expressions of an article, normalized: one row each, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from pipeline.dates import context as counted
from pipeline.dates import days, months, periods, spans, weekdays
from pipeline.dates.accept import is_time
from pipeline.dates.bounds import about, bounded
from pipeline.dates.matches import find_matches
from pipeline.dates.meaning import Context, Found, Meaning
from pipeline.dates.memory import frame_of, remember, tells_history, told_order
from pipeline.dates.outlets import day_comes_first
from pipeline.dates.period import Period
from pipeline.dates.rules import coder
from pipeline.dates.scan import scan_text
from pipeline.dates.tense import plainly_past, surely_future, tense_at, unsure
from pipeline.dates.verbs import Tense
from pipeline.ids import make_id
from pipeline.tables import Article, Date
from pipeline.tree import Parse
from pipeline.vocabulary import Precision

Reader = Callable[[Found, Context], Meaning | None]

READERS: dict[str, Reader] = {
    "day": days.read_day,
    "day_in_period": months.read_day_in_period,
    "nth_weekday": weekdays.read_nth_weekday,
    "weekdays_ago": weekdays.read_weekdays_ago,
    "weeks_from_day": weekdays.read_weeks_from_day,
    "month": months.read_month,
    "day_of_month": months.read_day_of_month,
    "year": periods.read_year,
    "decade": periods.read_decade,
    "century": periods.read_century,
    "quarter": periods.read_quarter,
    "half": periods.read_half,
    "season": periods.read_season,
    "relative": periods.read_relative,
    "week_of": periods.read_week_of,
    "context": counted.read_context,
    "context_time": counted.read_context_time,
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

    Dates are resolved against `article.published_local_date`, or against dates before them in the text;
    where neither is known they stay as they are (`XXXX-02-24`, without days).

    Args:
        article: the article.
        parse: the parse of its text, for tense and parts of speech.

    Returns:
        Rows that do not overlap, in the order of the text.
    """
    order = day_comes_first(article.source, article.url)
    found = read_dates(article.text, parse, article.published_local_date, order)
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
    found = [_without_conjunction(f, parse) for f in find_matches(scan) if is_time(f, parse)]
    told = told_order(found)
    order = day_first if told is None else told
    context = Context(published, narrative=tells_history(found, published), day_first=order)
    sentence = -1
    for place, f in enumerate(found):
        token = _head(f, parse)
        here = parse.sentence_of[token] if token >= 0 else -1
        if here != sentence:
            context.sentence = []
            context.frame = None
            sentence = here
        context.coming = _day_behind(found[place : place + 3], parse, context) if f.match.rule.name == "time" else None
        meaning = _read(f, token, parse, context)
        if meaning is not None:
            if context.coming is None:
                remember(f, meaning, context)
            if _opens_sentence(f, parse, here):
                context.frame = frame_of(meaning)
            yield f, bounded(f, about(f, meaning))


_BEGUN = re.compile(r"\bsince(?: at least| about| around)?(?: the| their| its| his| her)? $", re.IGNORECASE)


def _without_conjunction(f: Found, parse: Parse) -> Found:
    """The match without the 'that' of 'said that Monday's talks failed', which does not point to a Monday."""
    token = parse.token_at(f.start)
    if token < 0 or parse.dep[token] != "mark" or f.text[:5] != "that ":
        return f
    return replace(f, match=f.match._replace(first=f.match.first + 1))


def _read(f: Found, token: int, parse: Parse, context: Context) -> Meaning | None:
    context.tense = partial(_tense, parse, token)
    context.since = _BEGUN.search(f.scan.text, max(0, f.start - 20), f.start) is not None
    context.plainly_past = partial(_plainly_past, parse, token)
    context.surely_future = partial(_surely_future, parse, token)
    context.adverb = partial(_is_adverb, parse, f)
    context.unsure = partial(_unsure, parse, token)
    return READERS[f.match.rule.meaning](f, context)


def _opens_sentence(f: Found, parse: Parse, sentence: int) -> bool:
    """True for the year in 'In 2019, ...' and 'Last year, ...'."""
    return sentence >= 0 and f.start - parse.start[parse.sentences[sentence][0]] <= _FRAME


_FRAME = 12
"""Characters from the start of a sentence within which a year dates all of it."""
_BETWEEN_TIME_AND_DAY = re.compile(r"(?:\s*\([^()\n]*\))?[^,;:.!?()\n]{0,60}|\s*\(|\)[^,;:.!?()\n]{0,60}")


def _day_behind(found: list[Found], parse: Parse, context: Context) -> Period | None:
    """The day that follows a time of day in its clause: '9:20 a.m. (0820 GMT) on Friday'."""
    first = found[0]
    for f in found[1:]:
        if not _BETWEEN_TIME_AND_DAY.fullmatch(first.scan.text, first.end, f.start):
            return None
        if f.match.rule.name in ("weekday", "date", "deictic", "next_day"):
            meaning = _read(f, _head(f, parse), parse, context)
            period = meaning.period if meaning else None
            return period if period and period.precision is Precision.DAY and period.resolved else None
    return None


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


def _is_adverb(parse: Parse, f: Found) -> bool:
    """True for 'will one day lead' and 'One day he will lead', by the tag of the word behind."""
    following = parse.token_at(f.end - 1) + 1
    if not 0 < following < len(parse.tag):
        return False
    opens = f.text[0].isupper() and parse.tag[following] in ("PRP", "NNP", "DT")
    return opens or parse.tag[following] == "VB"


def _unsure(parse: Parse, token: int) -> bool:
    return token >= 0 and unsure(parse, token)


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
