"""Which months, years, seasons, weekdays, decades and feasts are meant as times."""

from __future__ import annotations

import re

from pipeline.dates.lexicon import contexts
from pipeline.dates.meaning import Found
from pipeline.dates.surround import follows, is_count, is_labelled, precedes, tag_at, word_before
from pipeline.tree import Parse

_NAME_AFTER = re.compile(r"\s+[A-Z][a-z]+")
_MARCH_ON = re.compile(r"\s+(?:on|for|against)\s+[A-Z]")
_NAMED = re.compile(r"[\w,;)] [A-Z][\w-]+ $")
_CLOSING = re.compile(r"[,.]?[\"”’']")
_QUOTED = re.compile(r"[\"“‘'](?:[A-Z]\w* )+$")
"""The name of a programme up to its last word: “Focus News Sunday”."""


def accept_month(f: Found, parse: Parse) -> bool:
    """A month alone: no verb (may, march), no name (April Jones, Theresa May)."""
    if len(f.words()) > 1:
        return True
    word = f.text
    if word in contexts()["month_beside"] or tag_at(parse, f.start)[:1] in ("V", "M"):
        return False
    if word not in contexts()["month_name"]:
        return True
    placed = follows(f, "before_month")
    if not placed and (
        word_before(f)[:1].isupper() or word in contexts()["month_verb"] or _NAME_AFTER.match(f.scan.text, f.end)
    ):
        return False
    marching = _MARCH_ON.match(f.scan.text, f.end)
    return not marching or follows(f, "marched_in")


def accept_year(f: Found, parse: Parse) -> bool:
    """A number of four digits: a year unless it counts, prices or numbers something."""
    words = f.words()
    year = f.number("YEAR")
    if year is None or f.has("ERA"):
        return not (f.has("YY") and len(words) == 1 and not follows(f, "before_year"))
    if words[0] in contexts()["about"]:
        return (
            not is_labelled(f) and not is_count(f, parse) and (words[0] in contexts()["circa"] or 1800 <= year <= 2060)
        )
    if len(words) > 1:
        return True
    return not is_labelled(f) and _stands_as_year(f, parse, year)


def _stands_as_year(f: Found, parse: Parse, year: int) -> bool:
    before = f.scan.text[max(0, f.start - 24) : f.start]
    if before.endswith(("-", "/", ".")) and not before[-2:-1].isdigit():
        return before[-1] == "-" and year >= 1500
    if before.endswith(("'s ", "’s ", "s' ", "s’ ")):
        return 1800 <= year <= 2060
    word = word_before(f).lower()
    counted = is_count(f, parse)
    if not 1500 <= year <= 2099:
        return word in contexts()["surely_year"] and year < 2100 and not counted
    if follows(f, "before_year") and not follows(f, "before_count"):
        return not (counted and word in ("of", "by", "from"))
    return not counted and not _NAMED.search(before) and 1800 <= year <= 2060


def accept_season(f: Found, parse: Parse) -> bool:
    """A season: no verb, no collapse ('the fall of the city'), no source of water."""
    if any(f.has(k) for k in ("YEAR", "REL", "YY", "EARLY", "EDGE", "CTXREL")):
        return True
    verb = tag_at(parse, f.scan.start[f.last])[:1] in ("V", "M")
    words = f.words()
    if verb or (words[-1] in ("fall", "spring") and precedes(f, "fall_of")):
        return False
    placed = follows(f, "before_season")
    return placed if len(words) == 1 or words[-1] == "fall" else True


def accept_weekday(f: Found, parse: Parse) -> bool:
    """A weekday, not the Sunday Times nor Super Tuesday nor the spokesman Sunday Okafor."""
    if precedes(f, "weekday_paper") or follows_title(f) or _is_given_name(parse, f):
        return False
    return (
        _CLOSING.match(f.scan.text, f.end) is None or _QUOTED.search(f.scan.text, max(0, f.start - 40), f.start) is None
    )


def _is_given_name(parse: Parse, f: Found) -> bool:
    """True between a person's title and surname: 'police spokesman Sunday Okafor'."""
    token = parse.token_at(f.start)
    if token < 1 or f.text not in parse.word[token] or parse.dep[token] != "compound":
        return False
    head, before = parse.head[token], token - 1
    beside = head == token + 1 and parse.tag[head] == "NNP" and parse.word[head][:1].isupper()
    return beside and parse.pos[before] == "NOUN" and parse.head[before] in (head, parse.head[head])


def follows_title(f: Found) -> bool:
    """True behind 'Super' or 'Bloody'."""
    return word_before(f)[:1].isupper() and follows(f, "weekday_title")


def accept_decade(f: Found, parse: Parse) -> bool:
    """'the 20s', but not 'in her early 20s', an age, nor '30s' alone, a count."""
    if (f.number("DECADE") or 0) >= 1000:
        return True
    if follows(f, "possessive"):
        return False
    marked = "the" in f.words() or f.text.startswith(("'", "’", "‘")) or f.text.isalpha()
    return marked or word_before(f).lower() in ("and", "or", "to")


def accept_day_of_month(f: Found, parse: Parse) -> bool:
    """'on the 24th' of an act, not 'on the 24th floor', 'the ninth of ten' nor 'a bogey on the ninth'."""
    before = word_before(f).lower()
    if not follows(f, "before_day_of_month") or (before != "on" and not f.text[-3:-2].isdigit()):
        return False
    token = parse.token_at(f.end - 1)
    if token < 1 or parse.dep[token] != "pobj" or parse.right[token] != token:
        return False
    prep = parse.head[token]
    first, stop = parse.sentences[parse.sentence_of[token]]
    if not contexts()["golf"].isdisjoint(parse.lemma[first:stop]):
        return False
    opens = prep == first
    return parse.word[prep].lower() == before and (opens or parse.pos[parse.head[prep]] in ("VERB", "AUX"))


def accept_holiday(f: Found, parse: Parse) -> bool:
    """A feast, not the things named for it: Christmas trees, Easter Island."""
    return not precedes(f, "feast_thing")
