"""Names in a parse: runs of capitalised words, cut into affiliation, title and name, with a guess at what they name.

The span of a name is the name alone: no determiner, no title, no honorific. In 'Russian President Vladimir Putin' it is
'Vladimir Putin'; 'Russian President' tells country and role and is no mention of its own. An organisation inside a title
('Boeing chief executive Ann Lee') is a mention of its own. The adjective that belongs to an organ's name stays with it:
'Russian Foreign Ministry' is one name, of Russia.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.actors.entries import Alias
from pipeline.actors.gazetteer import COMPASS, places
from pipeline.actors.kinds import (
    body_noun_beside,
    country_in,
    has_age,
    is_acronym,
    is_spoken_of,
    is_who,
    kind_of,
    person_noun_beside,
    role_of,
)
from pipeline.actors.lexicon import INHERITS, Title, given_names, name_words, peoples, role_nouns, titles
from pipeline.actors.phrases import STATE_ROLES, names_an_organ
from pipeline.actors.registry import Registry
from pipeline.actors.runs import dateline_place, is_headline, longest_known, run_end, surface, town_country
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How

_BEFORE_NAME = frozenset({"compound", "amod", "nmod", "poss", "punct"})


_DEGREES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "M.D.", "Ph.D.", "PhD", "MD", "Esq.", "II", "III", "IV"})


_NAMES_TOO = frozenset({"April", "May", "June", "August"})
"""Months that are names too: 'Prime Minister Theresa May'."""


_COMBINING = frozenset(
    {"Franco", "Anglo", "Sino", "Russo", "Indo", "Greco", "Graeco", "Italo", "Hispano", "Luso", "Austro"}
)
"""Countries before a hyphen: 'Franco-German'."""


_PARTY_AND_STATE = re.compile(r"[DRI]-[A-Z]")
"""Party and state of a member of the US Congress, which name nobody: 'Ann Lee, R-Tex.'."""


_COUNTING = frozenset({"JJS", "JJR", "DT", "CD", "RBS"})
"""Tags of a word that counts, where it begins a sentence: 'Most' of the banks is no Czech town."""


_NEVER_TITLE = frozenset({",", "(", ")", "“", "”", '"', ":", ";", "—", "--", "``", "''"})


@dataclass(slots=True)
class Name:
    """A name in the text, before it is known whose.

    Attributes:
        first, last: Tokens, both included.
        kind: What it seems to name.
        aliases: What the registry knows under this surface; several where it is ambiguous.
        title: Tokens (first, one past the last) of the title and affiliation before it, or None.
        titles: The titles among them, lower case.
        role: Role code of an organisation's own words ("Ministry" is GOV), "" if none.
        country: Country that the name's own words tell.
        gender: "m", "f", "n", or None.
    """

    first: int
    last: int
    kind: ActorType
    aliases: tuple[Alias, ...] = ()
    title: tuple[int, int] | None = None
    titles: tuple[Title, ...] = ()
    role: str = ""
    country: str | None = None
    gender: str | None = None


def is_seat(name: Name) -> bool:
    """True for a name that can stand for a government: 'Khartoum' in 'the Khartoum government'."""
    return any(alias.how is How.METONYM for alias in name.aliases)


def find_names(parse: Parse, registry: Registry) -> list[Name]:
    """The names of a text, in order; they do not overlap."""
    found: list[Name] = []
    for first, stop in parse.sentences:
        headline = is_headline(parse, first, stop)
        token = first
        while token < stop:
            word = parse.word[token]
            if not word[0].isupper() and not registry.starts(word):
                token += 1
                continue
            end = run_end(parse, token, stop, registry, headline=headline)
            if end == token:
                token += 1
                continue
            found.extend(_names_of_run(parse, token, end, registry))
            token = end
    return found


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
    name = _unknown_name(parse, first, end, registry, title, held)
    if name is not None:
        yield name
    elif known > first and parse.word[end - 1].lower() in role_nouns():
        yield _known_name(parse, first, known, registry, None, ())


def _after_hyphen(parse: Parse, first: int, end: int, registry: Registry) -> Name | None:
    """The demonym in 'Franco-German', where it ends the run."""
    for start in range(first + 2, end):
        if (
            parse.word[start - 2] in _COMBINING
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
    return _of_entry(first, end, aliases, title, held)


def _of_entry(
    first: int, end: int, aliases: tuple[Alias, ...], title: tuple[int, int] | None, held: tuple[Title, ...]
) -> Name:
    entry = aliases[0].entry if aliases else None
    kind = entry.type if entry else ActorType.UNKNOWN
    gender = entry.gender if entry else None
    return Name(first, end - 1, kind, aliases, title, held, gender=gender, country=entry.country if entry else None)


def _unknown_name(
    parse: Parse, first: int, end: int, registry: Registry, title: tuple[int, int] | None, held: tuple[Title, ...]
) -> Name | None:
    """A name that the registry does not know, or None for what is no actor's (a day, a law, a cup)."""
    if parse.word[end - 1].lower() in peoples() or _PARTY_AND_STATE.match(surface(parse, first, end)):
        return None
    in_capitals = () if held else dateline_place(parse, first, end, registry)
    if in_capitals:
        return _of_entry(first, end, in_capitals, None, ())
    country = town_country(parse, first, end)
    if country is not None and not held and not (end - first == 1 and parse.tag[first] in _COUNTING):
        return Name(first, end - 1, ActorType.PLACE, (), None, (), country=country, gender="n")
    lead = longest_known(parse, first, end, registry)
    aliases = registry.named(surface(parse, first, lead)) if lead > first else ()
    kind = kind_of(parse, first, end)
    person = bool(held) or (parse.word[first] in given_names() and end - first in {2, 3})
    if kind is not None and kind.kind == "other" and not person:
        return None
    organ = _organ_of_region(parse, first, lead, end, registry)
    if organ is not None and not held:
        return Name(first, end - 1, ActorType.ORGANISATION, (), title, (), organ, aliases[0].entry.country, "n")
    if kind is not None and kind.kind != "other" and not held:
        country = country_in(parse, first, end, registry) if kind.code != "BUS" else None
        return Name(
            first,
            end - 1,
            ActorType(kind.kind),
            (),
            title,
            held,
            kind.code or role_of(parse, first, end),
            country,
            "n",
        )
    country = next((a.entry.country for a in aliases if a.entry.type is ActorType.COUNTRY), None)
    if country and lead < end and any(a.how is How.DEMONYM for a in aliases):
        personal = held or parse.word[lead] in given_names() or (parse.pos[lead - 1] == "ADJ" and lead + 1 < end)
        if personal:
            title, first = title or (first, lead), lead
    noun = role_nouns().get(parse.word[end - 1].lower())
    if noun is not None and not held and parse.word[first] not in given_names():
        if noun.kind == "person" or first + 1 == end or noun.plural:
            return None
        return Name(first, end - 1, ActorType.ORGANISATION, (), title, held, role_of(parse, first, end), gender="n")
    if parse.word[first] in _DEGREES or (not held and all(w.lower() in name_words() for w in parse.word[first:end])):
        return None
    return _of_its_land(_person_or_unknown(parse, first, end, title, held), aliases, first < lead < end - 1)


def _of_its_land(name: Name, aliases: Sequence[Alias], leads: bool) -> Name:
    """A name of unknown kind, with the one country that it begins with: 'Kenya Hydropower Fund'."""
    lands = {a.entry.country for a in aliases if a.entry.type is ActorType.COUNTRY}
    if leads and name.kind is ActorType.UNKNOWN and len(lands) == 1:
        name.country = lands.pop()
    return name


def _organ_of_region(parse: Parse, first: int, lead: int, end: int, registry: Registry) -> str | None:
    """Role of a body that is named after a region: LEG for 'Ohio House of Representatives'; None if it is none."""
    if not first < lead < end or longest_known(parse, lead, end, registry) != end:
        return None
    codes = (a.entry.code[3:6] for a in registry.named(surface(parse, lead, end)))
    return next((code for code in codes if code in STATE_ROLES), None)


def _person_or_unknown(
    parse: Parse, first: int, end: int, title: tuple[int, int] | None, held: tuple[Title, ...]
) -> Name:
    words = parse.word[first:end]
    gender = next((t.gender for t in held if t.gender), None)
    given = words[0] if words[0] in given_names() else None
    if given is not None and len(words) > 1:
        gender = gender or given_names()[given]
    head = end - 1
    if not held and body_noun_beside(parse, head):
        return Name(first, head, ActorType.ORGANISATION, (), title, gender="n")
    noun = person_noun_beside(parse, first, head)
    if (
        held
        or noun is not None
        or is_who(parse, head)
        or (given is not None and 2 <= len(words) <= 5)
        or has_age(parse, end)
    ):
        if noun is not None:
            gender = gender or noun.gender
        return Name(first, head, ActorType.PERSON, (), title, held, gender=gender)
    if is_acronym(words):
        return Name(
            first,
            head,
            ActorType.ORGANISATION if is_spoken_of(parse, head) else ActorType.UNKNOWN,
            (),
            title,
            gender="n",
        )
    return Name(first, head, ActorType.UNKNOWN, (), title)


def lands_named(names: Sequence[Name]) -> frozenset[str]:
    """The countries that an article names beyond doubt: by their own names, their towns but the seats, their people.

    Of 'Georgia' the country, where the article names its president and no American.
    """
    found: set[str] = set()
    for name in names:
        countries = {a.entry.country for a in name.aliases}
        bodies = any(a.entry.country is None for a in name.aliases)
        if len(countries) == 1 and not bodies and not names_an_organ(name.aliases[0]):
            found |= {c for c in countries if c}
    return frozenset(found)
