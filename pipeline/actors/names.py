"""Names in a parse: runs of capitalised words, cut into affiliation, title and name, with a guess at what they name.

The span of a name is the name alone: no determiner, no title, no honorific. In 'Russian President Vladimir Putin' it is
'Vladimir Putin'; 'Russian President' tells country and role and is no mention of its own. An organisation inside a title
('Boeing chief executive Ann Lee') is a mention of its own. The adjective that belongs to an organ's name stays with it:
'Russian Foreign Ministry' is one name, of Russia.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import cache

from pipeline.actors.entries import Alias
from pipeline.actors.found_name import Name, of_entry
from pipeline.actors.gazetteer import COMPASS, places
from pipeline.actors.lexicon import INHERITS, Title, given_names, name_words, role_nouns, titles
from pipeline.actors.organs import STATE_ROLES
from pipeline.actors.registry import Registry
from pipeline.actors.runs import is_headline, longest_known, run_end, surface
from pipeline.actors.unknown_names import unknown_name
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How

_BEFORE_NAME = frozenset({"compound", "amod", "nmod", "poss", "punct"})


_NAMES_TOO = frozenset({"April", "May", "June", "August"})
"""Months that are names too: 'Prime Minister Theresa May'."""


_NEVER_TITLE = frozenset({",", "(", ")", "“", "”", '"', ":", ";", "—", "--", "``", "''"})


def find_names(parse: Parse, registry: Registry, headlines: Container[int] = frozenset()) -> list[Name]:
    """The names of a text, in order; they do not overlap.

    Args:
        parse: The parse.
        registry: Who is who.
        headlines: Numbers of sentences that are known to be headlines.
    """
    found: list[Name] = []
    after_article = {known[1] for known in registry.starts("the") if len(known) > 1}
    for number, (first, stop) in enumerate(parse.sentences):
        headline = number in headlines or is_headline(parse, first, stop)
        token = first
        while token < stop:
            word = parse.word[token]
            if not word[0].isupper() and not (
                parse.word[min(token + 1, stop - 1)] in after_article if word == "the" else registry.starts(word)
            ):
                token += 1
                continue
            end = run_end(parse, token, stop, registry, headline=headline)
            if end == token:
                token += 1
                continue
            if word == "the" and not _is_named_with_article(parse, token, end, registry):
                token += 1
                continue
            run = _names_of_run(parse, token, end, registry)
            found.extend(run if word.lower() != "the" else (_without_article(parse, name, registry) for name in run))
            token = end
    return found


def _is_named_with_article(parse: Parse, token: int, end: int, registry: Registry) -> bool:
    """True for 'the Emirates', which its article makes the country's name; not for 'the Emirates airline'."""
    whole = longest_known(parse, token, end, registry) == end
    return whole and not (parse.dep[end - 1] in {"compound", "nmod"} and parse.head[end - 1] >= end)


def _without_article(parse: Parse, name: Name, registry: Registry) -> Name:
    """A country's name without the article that the registry has in it: no article is in a span."""
    if name.kind is ActorType.COUNTRY and name.last > name.first and parse.word[name.first].lower() == "the":
        name.first += not registry.named(surface(parse, name.first + 1, name.last + 1))
    return name


def _names_of_run(parse: Parse, first: int, end: int, registry: Registry) -> Iterator[Name]:
    """Cut a run at the titles inside it."""
    start = first
    token = first
    affiliation = first
    held: list[Title] = []
    while token < end:
        known = longest_known(parse, token, end, registry)
        title, after = _title_at(parse, token, end)
        if title is not None and known <= after and not _is_surname(parse, start, token, end):
            if token > start and not _is_nation(parse, start, token, registry):
                yield from _pieces(parse, start, token, registry, None, ())
            held.append(title)
            start = token = after
            continue
        token = max(known, token + 1)
    if start < end:
        left = _left_edge(parse, affiliation, end)
        yield from _pieces(parse, start, end, registry, (left, start) if left < start else None, tuple(held))


def _is_nation(parse: Parse, first: int, end: int, registry: Registry) -> bool:
    """True for a country or demonym that is part of a title: 'U.S. President'."""
    aliases = registry.named(surface(parse, first, end))
    return bool(aliases) and all(a.entry.type is ActorType.COUNTRY for a in aliases)


def _title_at(parse: Parse, token: int, end: int) -> tuple[Title | None, int]:
    """The longest title that begins at the token and leaves a name after it, and one past its end."""
    if parse.word[token].lower() not in _title_beginnings():
        return None, token
    for stop in range(min(end, token + 4), token, -1):
        phrase = " ".join(parse.word[token:stop]).lower().replace(" - ", "-")
        title = titles().get(phrase) or (_noun_title(phrase) if parse.pos[token] != "ADJ" else None)
        if title is not None:
            if stop < end:
                kind = name_words().get(parse.word[end - 1].lower())
                if kind is not None and end - stop < 3 and parse.word[end - 1] not in _NAMES_TOO:
                    return None, token
            return title, stop
    return None, token


@cache
def _title_beginnings() -> frozenset[str]:
    """The first words of all titles and nouns for people, up to a hyphen."""
    return frozenset(phrase.replace("-", " ").split()[0] for phrase in (*titles(), *role_nouns()))


def _noun_title(phrase: str) -> Title | None:
    """A noun for a person, capitalised before a name: 'Commissioner James Hill'."""
    noun = role_nouns().get(phrase)
    if noun is None or noun.kind != "person" or noun.plural or noun.code == "CVL":
        return None
    return Title(phrase, "", "" if noun.code == INHERITS else noun.code, noun.gender, "honorific", noun.noun)


def _is_surname(parse: Parse, start: int, token: int, end: int) -> bool:
    """True where a title's word is a name: 'Stephen King', 'Martin Luther King'."""
    return token == end - 1 and token > start and parse.word[token - 1] in given_names()


def _left_edge(parse: Parse, first: int, end: int) -> int:
    """Where the title and affiliation before a name begin, lower-case words included: 'former prime minister Ann Lee'.

    Args:
        parse: The parse.
        first: First token of the run of capitalised words that the name ends.
        end: One past the name's last token.
    """
    left = first
    start, _ = parse.sentences[parse.sentence_of[first]]
    while left > start:
        before = left - 1
        dep, head = parse.dep[before], parse.head[before]
        if (dep == "case" and parse.dep[head] == "poss" and before < parse.head[head] < end) or (
            dep in _BEFORE_NAME and before < head < end and parse.word[before] not in _NEVER_TITLE
        ):
            left = before
        else:
            break
    return left


def _pieces(
    parse: Parse, first: int, end: int, registry: Registry, title: tuple[int, int] | None, held: tuple[Title, ...]
) -> Iterator[Name]:
    """The names in a stretch without titles: one, unless the registry knows each part of it."""
    known = longest_known(parse, first, end, registry)
    place = surface(parse, first, end) in places()
    if known == end:
        yield _known_name(parse, first, end, registry, title, held)
        return
    if first < known < end and first and parse.word[first - 1] == "-" and parse.end[first - 1] == parse.start[first]:
        yield from _pieces(parse, known, end, registry, None, ())
        return
    demonym = _after_hyphen(parse, first, end, registry)
    if demonym is not None and known == first:
        yield demonym
        return
    if known > first and not place:
        rest = longest_known(parse, known, end, registry)
        aliases = registry.named(surface(parse, first, known))
        if rest == end and _belongs(parse, aliases, known, end, registry):
            body = _known_name(parse, known, end, registry, title or (first, known), held)
            if body.kind is ActorType.ORGANISATION and all(a.entry.type is ActorType.COUNTRY for a in aliases):
                body.first = first
            elif not any(a.how is How.DEMONYM for a in aliases):
                yield _known_name(parse, first, known, registry, title, held)
                body.title = None
            yield body
            return
    if first + 1 < end and not place and longest_known(parse, first + 1, end, registry) == end:
        last = _known_name(parse, first + 1, end, registry, title, held)
        if _is_prefix(parse, first, last):
            yield last
            return
    name = unknown_name(parse, first, end, registry, title, held)
    if name is not None:
        yield name
    elif known > first and parse.word[end - 1].lower() in role_nouns():
        yield _known_name(parse, first, known, registry, None, ())


def _after_hyphen(parse: Parse, first: int, end: int, registry: Registry) -> Name | None:
    """The demonym in 'Franco-German', where it ends the run."""
    for start in range(first + 2, end):
        if (
            parse.word[start - 2] in listed(WordList.COMBINING)
            and parse.word[start - 1] == "-"
            and longest_known(parse, start, end, registry) == end
        ):
            name = _known_name(parse, start, end, registry, None, ())
            return name if any(a.how is How.DEMONYM for a in name.aliases) else None
    return None


def _belongs(parse: Parse, aliases: Sequence[Alias], known: int, end: int, registry: Registry) -> bool:
    """False where two known parts are one unknown name.

    'Mongolian People's Party' is not Spain's party; 'Ohio House of Representatives' is not the federal one; 'Ford Chile' is
    neither the firm nor the country.
    """
    if any(a.entry.type is ActorType.PERSON for a in aliases):
        return False
    rest = registry.named(surface(parse, known, end))
    if any(a.entry.code.endswith("BUS") for a in aliases):
        return not any(a.entry.type in {ActorType.COUNTRY, ActorType.PLACE} for a in rest)
    lead = {a.entry.country for a in aliases if a.entry.type is ActorType.COUNTRY}
    if any(a.entry.type is ActorType.PLACE for a in aliases):
        return not any(a.entry.code[3:6] in STATE_ROLES for a in rest)
    return not lead or any(
        a.entry.type is ActorType.PERSON or a.entry.country in lead or not a.entry.country for a in rest
    )


def _is_prefix(parse: Parse, token: int, name: Name) -> bool:
    """True for a capital that is no part of the name after it: 'South Lebanon'; 'Young Algerians' begin a sentence."""
    if name.kind is not ActorType.COUNTRY:
        return False
    if parse.word[token].lower() in COMPASS:
        return True
    return token == parse.sentences[parse.sentence_of[token]][0] and any(a.people for a in name.aliases)


def _known_name(
    parse: Parse, first: int, end: int, registry: Registry, title: tuple[int, int] | None, held: tuple[Title, ...]
) -> Name:
    aliases = registry.named(surface(parse, first, end)) or registry.named(" ".join(parse.word[first:end]))
    return of_entry(first, end, aliases, title, held)
