"""Names in a parse: runs of capitalised words, cut into affiliation, title and name, with a guess at what they name.

The span of a name is the name alone: no determiner, no title, no honorific. In 'Russian President Vladimir Putin' it is
'Vladimir Putin'; 'Russian President' tells country and role and is no mention of its own. An organisation inside a title
('Boeing chief executive Ann Lee') is a mention of its own. The adjective that belongs to an organ's name stays with it:
'Russian Foreign Ministry' is one name, of Russia.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.actors.entries import Alias
from pipeline.actors.gazetteer import COMPASS, places
from pipeline.actors.lexicon import (
    INHERITS,
    NameWord,
    RoleNoun,
    Title,
    given_names,
    name_words,
    peoples,
    role_nouns,
    titles,
)
from pipeline.actors.registry import Registry
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How

_PARTICLES = frozenset(
    {
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "bin",
        "ibn",
        "al",
        "el",
        "ul",
        "ter",
        "zu",
        "y",
    }
)
_JOINED_BY_OF = frozenset({"bank", "university", "ministry", "department", "house", "court", "chamber", "council", "institute", "office", "bureau", "board", "committee", "college", "school", "academy", "church", "society", "union", "association", "federation", "league", "organization", "organisation", "movement", "front", "army", "party", "museum", "city", "republic", "kingdom", "state", "gulf", "bay", "islands", "isle", "mount", "center", "centre", "assembly", "congress", "alliance", "group", "force", "forces", "emirate", "minister"} - {"minister"})  # fmt: skip
_BEFORE_NAME = frozenset({"compound", "amod", "nmod", "poss", "punct"})
_CONTINENTS = frozenset({"North", "South", "Latin", "Central", "West", "East", "African", "Native", "Asian"})
_DEGREES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "M.D.", "Ph.D.", "PhD", "MD", "Esq.", "II", "III", "IV"})
_NEVER_TITLE = frozenset({",", "(", ")", "“", "”", '"', ":", ";", "—", "--", "``", "''"})
_STATE_CODES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY", "OPP", "EDU", "HLH", "REB"})
_WIDEST = 9


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


def find_names(parse: Parse, registry: Registry) -> list[Name]:
    """The names of a text, in order; they do not overlap."""
    found: list[Name] = []
    for first, stop in parse.sentences:
        headline = _is_headline(parse, first, stop)
        token = first
        while token < stop:
            end = _run_end(parse, token, stop, registry, headline=headline)
            if end == token:
                token += 1
                continue
            found.extend(_names_of_run(parse, token, end, registry))
            token = end
    return found


def _is_headline(parse: Parse, first: int, stop: int) -> bool:
    """True for a sentence in title case: capitals tell nothing there."""
    words = [w for w in parse.word[first + 1 : stop] if len(w) > 3 and w.isalpha()]
    return len(words) >= 4 and sum(w[0].isupper() for w in words) > 0.8 * len(words)


def _run_end(parse: Parse, token: int, stop: int, registry: Registry, *, headline: bool) -> int:
    """One past the last token of the run of name words that begins at `token`; `token` where none does."""
    known = _longest_known(parse, token, stop, registry)
    if headline:
        return known
    if not _begins_name(parse, token) and known == token:
        return token
    end = max(known, token + 1)
    while end < stop:
        after = _extend(parse, token, end, stop)
        if after == end:
            break
        end = max(after, _longest_known(parse, after - 1, stop, registry))
    return end


def _begins_name(parse: Parse, token: int) -> bool:
    word = parse.word[token]
    if not word[0].isupper():
        return False
    pos = parse.pos[token]
    if pos == "PROPN":
        return True
    return (
        pos in {"ADJ", "NOUN", "VERB", "X"}
        and token > parse.sentences[parse.sentence_of[token]][0]
        and word.lower() not in role_nouns()
    )


def _extend(parse: Parse, first: int, end: int, stop: int) -> int:
    """The run's end after one more step, or `end` if the next word is not part of it."""
    word = parse.word[end]
    if word[0].isupper() and word != "I":
        return (
            end + 1
            if parse.pos[end] in {"PROPN", "ADJ", "NOUN", "X", "VERB", "ADV"} or parse.tag[end] == "NNP"
            else end
        )
    if end + 1 >= stop:
        return end
    after = parse.word[end + 1]
    joined = parse.end[end - 1] == parse.start[end] and parse.end[end] == parse.start[end + 1]
    if word in {"-", "–", "&", "'", "’"} and (joined or word == "&"):
        return end + 2 if after[0].isupper() else end
    if word in {"of", "for", "and"}:
        return _extend_of(parse, first, end, stop)
    if word in _PARTICLES:
        n = end
        while n < stop and (parse.word[n] in _PARTICLES or (parse.word[n] == "-" and n > end)):
            n += 1
        return n + 1 if n < stop and parse.word[n][0].isupper() else end
    return end


def _extend_of(parse: Parse, first: int, end: int, stop: int) -> int:
    """'Ministry of Foreign Affairs and Trade', 'Movement for the Restoration of Democracy' are one name."""
    inside = any(parse.word[t] in {"of", "for"} for t in range(first, end))
    if parse.word[end] == "and":
        if not inside or parse.dep[parse.head[end]] not in {"pobj", "compound", "nmod"}:
            return end
    elif not inside and parse.word[end - 1].lower() not in _JOINED_BY_OF:
        return end
    n = end + 1
    if parse.word[n].lower() == "the" and parse.word[end] != "and":
        n += 1
    if n < stop and parse.word[n][0].isupper() and (parse.word[end] != "and" or parse.dep[n] in {"conj", "compound"}):
        return n + 1
    return end


def _longest_known(parse: Parse, token: int, stop: int, registry: Registry) -> int:
    """One past the longest surface of the registry that begins at the token; the token itself if none does."""
    word = parse.word
    for surface in registry.starts(word[token]):
        end = token + len(surface)
        if end <= stop and (end == token + 1 or tuple(word[token:end]) == surface):
            return token if _is_continental(parse, token) else end
    return token


def _is_continental(parse: Parse, token: int) -> bool:
    """True for the second word of 'North American', which is not the demonym of one country."""
    continental = parse.word[token].endswith("an") or parse.word[token] == "America"
    return token > 0 and continental and parse.word[token - 1] in _CONTINENTS


def _names_of_run(parse: Parse, first: int, end: int, registry: Registry) -> Iterator[Name]:
    """Cut a run at the titles inside it."""
    start = first
    token = first
    affiliation = first
    held: list[Title] = []
    while token < end:
        known = _longest_known(parse, token, end, registry)
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
    aliases = registry.named(_surface(parse, first, end))
    return bool(aliases) and all(a.entry.type is ActorType.COUNTRY for a in aliases)


def _title_at(parse: Parse, token: int, end: int) -> tuple[Title | None, int]:
    """The longest title that begins at the token and leaves a name after it, and one past its end."""
    for stop in range(min(end, token + 4), token, -1):
        phrase = " ".join(parse.word[token:stop]).lower()
        title = titles().get(phrase) or (_noun_title(phrase) if parse.pos[token] != "ADJ" else None)
        if title is not None:
            if stop < end:
                kind = name_words().get(parse.word[end - 1].lower())
                if kind is not None and end - stop < 3:
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
    known = _longest_known(parse, first, end, registry)
    place = _surface(parse, first, end) in places()
    if known == end:
        yield _known_name(parse, first, end, registry, title, held)
        return
    if known > first and not place:
        rest = _longest_known(parse, known, end, registry)
        aliases = registry.named(_surface(parse, first, known))
        if rest == end and all(a.entry.type is not ActorType.PERSON for a in aliases):
            if not any(a.how is How.DEMONYM for a in aliases):
                yield _known_name(parse, first, known, registry, title, held)
                title = None
            yield _known_name(parse, known, end, registry, title or (first, known), held)
            return
    if (
        first + 1 < end
        and not place
        and _is_prefix(parse, first)
        and _longest_known(parse, first + 1, end, registry) == end
    ):
        yield _known_name(parse, first + 1, end, registry, title, held)
        return
    name = _unknown_name(parse, first, end, registry, title, held)
    if name is not None:
        yield name
    elif known > first and parse.word[end - 1].lower() in role_nouns():
        yield _known_name(parse, first, known, registry, None, ())


def _is_prefix(parse: Parse, token: int) -> bool:
    """True for a capital that is no part of the name after it: 'South Lebanon', 'Young Algerians' at a sentence's start."""
    return parse.word[token].lower() in COMPASS or token == parse.sentences[parse.sentence_of[token]][0]


def _surface(parse: Parse, first: int, end: int) -> str:
    return " ".join(parse.surface(first, end - 1).split())


def _known_name(
    parse: Parse, first: int, end: int, registry: Registry, title: tuple[int, int] | None, held: tuple[Title, ...]
) -> Name:
    aliases = registry.named(_surface(parse, first, end)) or registry.named(" ".join(parse.word[first:end]))
    entry = aliases[0].entry if aliases else None
    kind = entry.type if entry else ActorType.UNKNOWN
    gender = entry.gender if entry else None
    return Name(first, end - 1, kind, aliases, title, held, gender=gender, country=entry.country if entry else None)


def _unknown_name(
    parse: Parse, first: int, end: int, registry: Registry, title: tuple[int, int] | None, held: tuple[Title, ...]
) -> Name | None:
    """A name that the registry does not know, or None for what is no actor's (a day, a law, a cup)."""
    if parse.word[end - 1].lower() in peoples():
        return None
    surface = _surface(parse, first, end)
    if surface.isupper() and len(surface) > 4:
        surface = surface.title()
    if surface in places() and not held:
        return Name(first, end - 1, ActorType.PLACE, (), None, (), country=places()[surface], gender="n")
    lead = _longest_known(parse, first, end, registry)
    aliases = registry.named(_surface(parse, first, lead)) if lead > first else ()
    kind = _kind_of(parse, first, end)
    person = bool(held) or (parse.word[first] in given_names() and end - first in {2, 3})
    if kind is not None and kind.kind == "other" and not person:
        return None
    if kind is not None and kind.kind != "other" and not held:
        country = _country_in(parse, first, end, registry) if kind.code != "BUS" else None
        return Name(first, end - 1, ActorType(kind.kind), (), title, held, kind.code, country, "n")
    country = next((a.entry.country for a in aliases if a.entry.type is ActorType.COUNTRY), None)
    if country and lead < end and any(a.how is How.DEMONYM for a in aliases):
        title, first = title or (first, lead), lead
    noun = role_nouns().get(parse.word[end - 1].lower())
    if noun is not None and not held and parse.word[first] not in given_names():
        if noun.kind == "person" or first + 1 == end or noun.plural:
            return None
        return Name(first, end - 1, ActorType.ORGANISATION, (), title, held, gender="n")
    if parse.word[first] in _DEGREES:
        return None
    return _person_or_unknown(parse, first, end, title, held)


def _country_in(parse: Parse, first: int, end: int, registry: Registry) -> str | None:
    """The country that a body's own name tells: 'Kenya Revenue Authority', 'Baghdad University', 'University of Oslo'."""
    for start in (first, *(t + 1 for t in range(first + 1, end - 1) if parse.word[t] == "of")):
        stop = _longest_known(parse, start, end, registry)
        if start > first and stop < end:
            continue
        for alias in registry.named(_surface(parse, start, stop)) if stop > start else ():
            if alias.entry.type in {ActorType.COUNTRY, ActorType.PLACE}:
                return alias.entry.country
        if stop == start and start > first and start + 1 == end and parse.word[start] in places():
            return places()[parse.word[start]]
    return None


def _kind_of(parse: Parse, first: int, end: int) -> NameWord | None:
    """What the name's own words tell: 'Ministry of Defence' by its head, 'Paxar Corp' by its last word."""
    words = [w.lower() for w in parse.word[first:end]]
    head = next((n for n, w in enumerate(words) if n and w in {"of", "for"}), len(words))
    for at in (head - 1, 0):
        kind = name_words().get(words[at])
        if kind is None or (at == 0 and head > 1 and kind.kind != "place"):
            continue
        if len(words) == 1 and kind.kind != "other":
            return kind if kind.code in {"LEG", "GOV", "MIL"} else None
        if head < len(words) and words[head] == "for":
            return replace(kind, code="")
        return kind
    return None


def _person_or_unknown(
    parse: Parse, first: int, end: int, title: tuple[int, int] | None, held: tuple[Title, ...]
) -> Name | None:
    words = parse.word[first:end]
    gender = next((t.gender for t in held if t.gender), None)
    given = words[0] if words[0] in given_names() else None
    if given is not None and len(words) > 1:
        gender = gender or given_names()[given]
    head = end - 1
    noun = _person_noun_beside(parse, first, head)
    if held or noun is not None or (given is not None and 2 <= len(words) <= 5) or _has_age(parse, end):
        if noun is not None:
            gender = gender or noun.gender
        return Name(first, head, ActorType.PERSON, (), title, held, gender=gender)
    if _is_acronym(words):
        return Name(
            first, head, ActorType.ORGANISATION if _acts(parse, head) else ActorType.UNKNOWN, (), title, gender="n"
        )
    return Name(first, head, ActorType.UNKNOWN, (), title)


def _person_noun_beside(parse: Parse, first: int, head: int) -> RoleNoun | None:
    """A noun for a person before the name ('lawyer Ann Lee') or in apposition to it ('Ann Lee, a lawyer')."""
    before = first - 1
    if before >= 0 and parse.pos[before] == "NOUN" and parse.dep[before] in {"compound", "nmod", "appos", "nsubj"}:
        noun = _person_noun(parse.word[before])
        if noun is not None:
            return noun
    beside = [c for c in parse.children[head] if parse.dep[c] == "appos"]
    if parse.dep[head] == "appos":
        beside.append(parse.head[head])
    return next((n for c in beside if parse.pos[c] == "NOUN" and (n := _person_noun(parse.word[c])) is not None), None)


def _person_noun(word: str) -> RoleNoun | None:
    noun = role_nouns().get(word.lower())
    return noun if noun is not None and noun.kind == "person" and not noun.plural else None


def _has_age(parse: Parse, end: int) -> bool:
    """True for 'Ann Lee, 45,'."""
    if end + 1 >= len(parse) or parse.word[end] != ",":
        return False
    age = parse.word[end + 1]
    return age.isdigit() and 9 < int(age) < 110 and end + 2 < len(parse) and parse.word[end + 2] in {",", "."}


def _is_acronym(words: Sequence[str]) -> bool:
    return len(words) == 1 and 2 <= len(words[0]) <= 6 and words[0].isupper()


def _acts(parse: Parse, token: int) -> bool:
    return parse.dep[token] in {"nsubj", "nsubjpass", "poss", "agent"} or parse.child(token, "det") is not None
