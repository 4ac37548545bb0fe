"""Which matches are times at all: 'may', 'March on Washington', 'H.R. 2024' and 'the Sun' are not."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.dates.meaning import Found
from pipeline.dates.tense import Tense, tense_at
from pipeline.tree import Parse

_BEFORE_TIME = frozenset(
    [
        "in",
        "of",
        "last",
        "next",
        "this",
        "since",
        "until",
        "till",
        "by",
        "from",
        "through",
        "throughout",
        "early",
        "late",
        "mid",
        "to",
        "and",
        "or",
        "during",
        "before",
        "after",
        "for",
        "around",
        "about",
        "between",
        "on",
        "as",
        "every",
        "each",
        "past",
        "coming",
        "the",
        "following",
        "previous",
        "at",
        "--",
        "-",
        "is",
        "was",
        ",",
        "(",
        "than",
    ]
)
_BEFORE_YEAR = frozenset(
    [
        "in",
        "of",
        "since",
        "until",
        "till",
        "by",
        "from",
        "through",
        "throughout",
        "early",
        "late",
        "mid",
        "to",
        "and",
        "or",
        "during",
        "before",
        "after",
        "for",
        "around",
        "about",
        "between",
        "as",
        "the",
        "circa",
        "c",
        "ca",
        "fiscal",
        "year",
        "ended",
        "ending",
        "summer",
        "spring",
        "winter",
        "fall",
        "autumn",
        "than",
        "like",
        "back",
        "over",
        "with",
        "that",
        "a",
        "its",
        "their",
        "beyond",
        "--",
        "-",
        "(",
        "/",
        "election",
        "elections",
        "was",
        "is",
    ]
)
_NOT_YEAR_BEFORE = re.compile(
    r"(?:[$£€¥#№%]|US\$|\bNos?\.|\b(?:H\.?R|S|Res|Art|Sec|No|Nr|Rs|Room|Flight|Route|Boeing|Highway|Channel|Page|Bill|Resolution|"
    r"Act|Form|Section|Article|Chapter|Windows|Office|Model|Type|Mach|Vol|p|pp|vol|Proposition|Measure|Directive|ISO|RFC|number)\.?)\s*$"
)
_NOT_YEAR_AFTER = re.compile(
    r"\s*(?:%|percent\b|per cent\b|(?:square |cubic |nautical )?(?:people|persons|men|women|children|soldiers|troops|dead|deaths|"
    r"victims|cases|jobs|workers|employees|miles|km|kilomet|met(?:er|re)s|feet|ft|yards|acres|hectares|tons|tonnes|"
    r"pounds|dollars|euros|yen|rubles|roubles|francs|marks|barrels|shares|points|votes|seats|homes|houses|units|copies|"
    r"megawatts|MW|hp|cc|rpm|grams|kg|degrees|times|years|days|hours|months|weeks|million|billion|trillion|"
    r"others|more|GMT|UTC|hours?)\b|[.,]\d|/\d{3})"
)
_PLURAL_NUMBERED = frozenset({"NNS", "NNPS"})
_NAME_AFTER = re.compile(r"\s+[A-Z][a-z]+")


def _word_before(f: Found) -> str:
    text = f.scan.text
    match = re.search(r"([^\W_]+|[^\w\s])\s*$", text[max(0, f.start - 30) : f.start])
    return match[1] if match else ""


def _tag(parse: Parse, offset: int) -> str:
    token = parse.token_at(offset)
    return parse.tag[token] if token >= 0 else ""


def _is_verb(parse: Parse, offset: int) -> bool:
    return _tag(parse, offset)[:1] in ("V", "M")


def accept_month(f: Found, parse: Parse) -> bool:
    """A month alone: not a verb (may, march), not a first name (April Jones, Theresa May)."""
    if len(f.words()) > 1:
        return True
    word = f.text
    if word in ("Mar", "Dec", "Jan", "Jun", "Sep", "MAY", "MARCH") or _is_verb(parse, f.start):
        return False
    before = _word_before(f)
    after = f.scan.text[f.end : f.end + 30]
    if word in ("May", "March", "April", "June", "August", "Jan."):
        if before[:1].isupper() and before.lower() not in _BEFORE_TIME:
            return False
        if word in ("May", "March") and before.lower() not in _BEFORE_TIME:
            return False
        if re.match(r"\s+(?:on|for|against)\s+[A-Z]", after) and before.lower() not in ("in", "since", "last", "next"):
            return False
        if word in ("April", "June", "August") and _NAME_AFTER.match(after) and before.lower() not in _BEFORE_TIME:
            return False
    return True


def accept_year(f: Found, parse: Parse) -> bool:
    """A number of four digits alone: a year unless it counts something or numbers it."""
    about = f.words()[0] in ("about", "around", "circa", "approximately", "roughly", "ca", "c")
    if not f.has("YEAR") or f.has("ERA") or (len(f.words()) > 1 and not about):
        return not (f.has("YY") and len(f.words()) == 1 and _word_before(f).lower() not in _BEFORE_YEAR)
    year = f.number("YEAR") or 0
    text = f.scan.text
    before, after = text[max(0, f.start - 24) : f.start], text[f.end : f.end + 24]
    if _NOT_YEAR_BEFORE.search(before) or _NOT_YEAR_AFTER.match(after):
        return False
    if about:
        return not _counts(f, parse) and (f.words()[0] in ("circa", "ca", "c") or 1800 <= year <= 2060)
    if before[-1:] in "-/." and before[-1:] != "" and not before[-2:-1].isdigit():
        return before[-1:] == "-" and year >= 1500
    word = _word_before(f).lower()
    if not 1500 <= year <= 2099:
        return (
            word in ("in", "since", "year", "circa", "of", "until", "from")
            and 1000 <= year < 2100
            and not _counts(f, parse)
        )
    if word in _BEFORE_YEAR and word not in ("about", "around", "over", "than", "a", "with", "to", "for", "and", "or"):
        return not (word in ("of", "the", "by", "from") and _counts(f, parse))
    named = re.search(r"[A-Z][\w-]+ $", before) and re.search(r"[\w,;)] [A-Z][\w-]+ $", before)
    return not named and not _counts(f, parse) and 1800 <= year <= 2060


def _counts(f: Found, parse: Parse) -> bool:
    token = parse.token_at(f.end - 1)
    if token < 0 or parse.dep[token] not in ("nummod", "quantmod"):
        return False
    head = parse.head[token]
    return parse.tag[head] in _PLURAL_NUMBERED and head > token and not parse.word[head][0].isupper()


def accept_season(f: Found, parse: Parse) -> bool:
    """A season alone, or 'the fall': not a verb, not a collapse, not a source of water."""
    if f.has("YEAR") or f.has("REL") or f.has("YY") or f.has("EARLY") or f.has("EDGE") or f.has("CTXREL"):
        return True
    after = f.scan.text[f.end : f.end + 12]
    if _is_verb(parse, f.scan.start[f.last]) or re.match(r"\s+of\b", after) or re.match(r"\s+(?:in|from)\s", after):
        return False
    last = f.words()[-1]
    if len(f.words()) == 1:
        return _word_before(f).lower() in ("in", "of", "during", "since", "by", "until", "every", "each", "till", "and")
    return last != "fall" or _word_before(f).lower() in ("in", "during", "of", "by", "until", "since", "for", "through")


def accept_unit(f: Found, parse: Parse) -> bool:
    """Units alone and 'a second': an ordinal is no unit, and 'second' counts only with a number."""
    words = f.words()
    if "second" in words and not f.has("NUM"):
        return False
    return not (len(words) == 1 and f.match.rule.name != "duration_vague")


def accept_clock(f: Found, parse: Parse) -> bool:
    """A bare 10:30 behind a word that puts something at a time, else a score or a verse."""
    if any(f.has(k) for k in ("AMPM", "ZONE", "NOON", "MIDNIGHT", "DEICTIC", "WEEKDAY", "MONTH", "PART")):
        return True
    words = f.words()
    if "clock" in words or "time" in words or "hours" in words or "hrs" in words:
        return True
    return _word_before(f).lower() in (
        [
            "at",
            "by",
            "from",
            "until",
            "till",
            "to",
            "around",
            "about",
            "since",
            "before",
            "after",
            "between",
            "and",
            "--",
            "-",
        ]
    )


def accept_current(f: Found, parse: Parse) -> bool:
    """'current' as an adjective."""
    return _tag(parse, f.start) in ("JJ", "")


def accept_soon(f: Found, parse: Parse) -> bool:
    """'soon' of what is to come: not 'as soon as', 'soon after', 'soon became'."""
    if len(f.words()) > 2:
        return True
    if re.match(r"[\s-]+(?:as|after|before|enough|to)\b", f.scan.text[f.end : f.end + 12]) or _word_before(f) == "too":
        return False
    token = parse.token_at(f.start)
    return token < 0 or tense_at(parse, token) is not Tense.PAST


def accept_named(f: Found, parse: Parse) -> bool:
    """'today' and 'this week', but not 'USA Today' and 'This Week'."""
    words = f.text.split()
    if len(words) > 1:
        return not (words[0][0].isupper() and words[-1][0].isupper() and words[-1][1:].islower())
    return not (f.text in ("Today", "TODAY") and _word_before(f)[:1].isupper())


def accept_weekday(f: Found, parse: Parse) -> bool:
    """A weekday that is not part of a paper's name."""
    after = f.scan.text[f.end : f.end + 14]
    if _word_before(f) in ("Super", "Black", "Bloody", "Fat", "Giving"):
        return False
    return not re.match(r"\s+(?:Times|Telegraph|Mirror|Mail|Express|Herald|Post|Night Live|Club)\b", after)


def accept_set_word(f: Found, parse: Parse) -> bool:
    """'quarterly' as an adverb: a quarterly dividend is named for its quarter, not told as a habit."""
    if f.text[0].isupper() and (_word_before(f)[:1].isupper() or _NAME_AFTER.match(f.scan.text, f.end)):
        return False
    return f.text.lower() not in ("quarterly", "annual") or _tag(parse, f.start) == "RB"


def accept_decade(f: Found, parse: Parse) -> bool:
    """'the 20s', but not 'in her early 20s', an age, nor '30s' alone, a count."""
    if (f.number("DECADE") or 0) >= 1000:
        return True
    before = _word_before(f).lower()
    if before in ("my", "your", "his", "her", "its", "our", "their"):
        return False
    return "the" in f.words() or f.text.startswith(("'", "’", "‘")) or f.text.isalpha() or before in ("and", "or", "to")


def accept_context(f: Found, parse: Parse) -> bool:
    """'the day' and 'the morning' of the story, not 'the day of action' or 'the morning after the vote'."""
    return not re.match(
        r"\s+(?:of|that|this|when|he|she|they|we|I|it|you|after|before)\b", f.scan.text[f.end : f.end + 9]
    )


def accept_past(f: Found, parse: Parse) -> bool:
    """'the past' as a noun: not 'the past nine elections'."""
    return _tag(parse, f.end - 1) not in ("JJ", "CD") and not re.match(
        r"\s+(?:\d|[a-z]+s\b)", f.scan.text[f.end : f.end + 14]
    )


_FEAST_THINGS = re.compile(
    r"\s+(?:trees?|[Ii]slands?|eggs?|gifts?|cards?|presents?|carols?|songs?|lights|shopping|turkeys?|bunny|dinners?)\b"
)


def accept_holiday(f: Found, parse: Parse) -> bool:
    """A feast, not the things named for it: Christmas trees, Easter Island."""
    return not _FEAST_THINGS.match(f.scan.text, f.end)


def accept_letter(f: Found, parse: Parse) -> bool:
    """Q1 and H2 in one piece and in capitals."""
    return f.text[0].isupper() and f.text[1:2].isdigit()


ACCEPT: dict[str, Callable[[Found, Parse], bool]] = {
    "month": accept_month,
    "year": accept_year,
    "year_short": accept_year,
    "season": accept_season,
    "duration": accept_unit,
    "duration_vague": accept_unit,
    "time": accept_clock,
    "current": accept_current,
    "soon": accept_soon,
    "deictic": accept_named,
    "relative_week": accept_named,
    "relative_year": accept_named,
    "relative_month": accept_named,
    "set_word": accept_set_word,
    "weekday": accept_weekday,
    "quarter_letter": accept_letter,
    "decade": accept_decade,
    "the_day": accept_context,
    "same_part": accept_context,
    "the_past": accept_past,
    "holiday": accept_holiday,
    "half_letter": accept_letter,
}
"""What must hold beside the pattern, by rule."""


def is_time(f: Found, parse: Parse) -> bool:
    """Whether a match is a time expression in its sentence."""
    check = ACCEPT.get(f.match.rule.name)
    return check is None or check(f, parse)
