"""Nominal mentions: noun phrases that name actors by what they are ('French diplomats', 'the president', 'police').

The span is the head noun with the words before it that belong to it: adjectives, compounds, a demonym; no determiner, no
number, no possessor. Of coordinated demonyms ('Hungarian and Romanian officials') each but the last is a mention of its
own, with the head's role. A noun inside a compound ('police station') is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.actors.anaphors import takes_up
from pipeline.actors.codes import PhraseCode, code_words
from pipeline.actors.found_name import Name
from pipeline.actors.lands import Lands, lands_of, of_several_lands
from pipeline.actors.lexicon import RoleNoun, Title, modifiers, name_words, peoples, role_nouns, titles, world_regions
from pipeline.actors.organs import names_an_organ
from pipeline.actors.registry import Registry
from pipeline.actors.runs import surface
from pipeline.actors.tails import tails_of
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_INSIDE = frozenset({"amod", "compound", "nmod", "npadvmod", "advmod", "punct", "nummod"})
_OWNERS = frozenset({ActorType.PERSON, ActorType.ORGANISATION, ActorType.UNKNOWN})


@dataclass(slots=True)
class Nominal:
    """A noun phrase that names an actor by what it is.

    Attributes:
        first, last: Tokens of the span, both included.
        head: Token of the head noun.
        noun: The head's entry in the lexicon.
        title: The office that the words name, or None.
        code: What the phrase tells of country and role.
        definite: True with 'the' or a possessor.
        indefinite: True with 'a' or 'some'.
        demonym: True where a demonym or country stands inside the span.
        plain: True where the span holds no more than demonyms and a title.
        is_placed: True where the country is that of the article, not of the phrase.
        owned: True where a name stands before the head as owner: 'the Hale administration'.
        tentative: True where the phrase is an actor only if it takes up one named before: 'in the bloc'.
    """

    first: int
    last: int
    head: int
    noun: RoleNoun
    title: Title | None
    code: PhraseCode
    definite: bool = False
    indefinite: bool = False
    demonym: bool = False
    plain: bool = False
    is_placed: bool = False
    owned: bool = False
    tentative: bool = False


def find_nominals(parse: Parse, names: Sequence[Name], registry: Registry, day: date | None) -> list[Nominal]:
    """The nominal mentions of a text, in order; demonyms inside them are among `names` too."""
    by_token = {t: name for name in names for t in range(name.first, name.last + 1)}
    titled = {t for name in names if name.title for t in range(*name.title)}
    found: list[Nominal] = []
    heads = _heads()
    lands: Lands | None = None
    unsure = {a.entry.country for aliases in of_several_lands(registry).values() for a in aliases}
    for token, word in enumerate(parse.word):
        if (
            parse.pos[token] not in _NOUNS
            or word.lower() not in heads
            or token in by_token
            or token in titled
            or not _is_head(parse, token)
        ):
            continue
        for nominal in _read(parse, token, by_token, registry, day):
            if nominal.code.country in unsure:
                lands = lands or lands_of(names)
                around = parse.word[min(parse.left[token], nominal.first) : parse.right[token] + 1]
                nominal.code = lands.settled(around, nominal.code, registry)
            found.append(nominal)
    return found


def _is_owner(parse: Parse, name: Name) -> bool:
    """True for a name that tells whose the noun is, or whose it is not: 'the Hale administration', 'pro-Russian rebels'.

    An organ may be anybody's: 'the Senate aide'.
    """
    if _is_national(name):
        return True
    initial = name.first == parse.sentences[parse.sentence_of[name.first]][0] and name.kind is ActorType.UNKNOWN
    organ = name.role or any(names_an_organ(a) for a in name.aliases)
    return name.kind in _OWNERS and not organ and not initial


_JOINING = frozenset({"and", "or", ",", "-", "–", "/"})
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})


@cache
def _heads() -> frozenset[str]:
    """The last words of all role nouns and peoples."""
    return frozenset(phrase.split()[-1] for phrase in (*role_nouns(), *peoples()))


def _is_head(parse: Parse, token: int) -> bool:
    pos, dep = parse.pos[token], parse.dep[token]
    if pos not in {"NOUN", "PROPN"} and not (pos == "ADJ" and dep in {"nsubj", "nsubjpass", "pobj", "dobj"}):
        return False
    if dep in {"compound", "amod", "nmod", "npadvmod"}:
        return False
    if dep in {"attr", "oprd"} or (dep == "pobj" and parse.word[parse.head[token]].lower() == "as"):
        return False
    after = token + 1
    return not (after < len(parse) and parse.word[after] == "-" and parse.end[token] == parse.start[after])


def _read(parse: Parse, head: int, by_token: dict[int, Name], registry: Registry, day: date | None) -> list[Nominal]:
    first, demonyms = _left(parse, head, by_token)
    noun, title = _lexical(parse, first, head)
    if noun is None:
        return []
    determiners = {parse.word[c].lower() for c in parse.children[head] if parse.dep[c] in {"det", "poss"} and c < head}
    possessed = any(parse.dep[c] == "poss" and c in by_token for c in parse.children[head])
    tails = tails_of(parse, head, by_token)
    left = min(
        [
            _reach(parse, first, head, by_token),
            *(parse.left[c] for c in parse.children[head] if c < head and parse.dep[c] == "poss"),
        ]
    )
    owned = any((n := by_token.get(t)) is not None and not n.aliases and n.kind in _OWNERS for t in range(left, first))
    code = code_words(_words(parse, left, head, by_token, registry), tails, registry, day, owned=owned)
    tentative = code.code is None and not (noun.kind == "person" or parse.dep[head] in {"nsubj", "nsubjpass"})
    if tentative and (noun.plural or first < head or "the" not in determiners or not takes_up(noun)):
        return []
    if code.code is None and noun.kind == "thing":
        return []
    if noun.kind == "person" and not noun.plural and not determiners and not demonyms and _is_generic(parse, head):
        return []
    main = Nominal(
        first, head, head, noun, title, code, possessed or bool(determiners & _DEFINITE), bool(determiners & {"a", "an", "some", "any", "no", "another"}), bool(demonyms)
    )  # fmt: skip
    main.tentative = tentative
    main.owned = any(_is_owner(parse, by_token[t]) for t in range(left, head) if t in by_token)
    length = len((title.title if title else noun.noun).split())
    main.plain = all(t in by_token for t in range(first, head + 1 - length))
    rest = [
        w.lower()
        for t, w in enumerate(parse.word[first : head + 1], first)
        if t not in by_token and w not in {"and", "or", ","}
    ]
    others = []
    for name in demonyms[1:]:
        words = [*parse.word[name.first : name.last + 1], *rest]
        others.append(
            Nominal(name.first, name.last, head, noun, None, code_words(words, (), registry, day), demonym=True)
        )
    if others:
        last = demonyms[0]
        main.first = last.first
        main.code = code_words([*parse.word[last.first : last.last + 1], *rest], tails, registry, day)
    return [*reversed(others), main]


def _words(parse: Parse, first: int, head: int, by_token: dict[int, Name], registry: Registry) -> list[str]:
    """The words of a phrase, with the full name of a body whose short one means another elsewhere: 'RSF fighters'."""
    words: list[str] = []
    for token in range(first, head + 1):
        name = by_token.get(token)
        entry = name.aliases[0].entry if name is not None and len(name.aliases) == 1 else None
        known = registry.named(surface(parse, name.first, name.last + 1)) if name is not None else ()
        if name is None or entry is None or entry.type is not ActorType.ORGANISATION or known[:1] in ((), name.aliases):
            words.append(parse.word[token])
        elif token == name.first:
            words.extend(entry.name.split())
    return words


def _is_generic(parse: Parse, head: int) -> bool:
    """True for 'elections for governor': one person, but none in particular."""
    if parse.word[head][0].isupper() or parse.dep[head] in {"nsubj", "nsubjpass", "appos", "ROOT", "dep"}:
        return False
    return parse.child(head, "nummod", "appos", "poss") is None


def _left(parse: Parse, head: int, by_token: dict[int, Name]) -> tuple[int, list[Name]]:
    """Where the phrase begins, and the demonyms and countries in it from right to left."""
    start, _ = parse.sentences[parse.sentence_of[head]]
    first, demonyms = head, list[Name]()
    token = head - 1
    while token >= start:
        name = by_token.get(token)
        if name is not None and name.last == token and _is_national(name):
            demonyms.append(name)
            first, token = name.first, name.first - 1
            if token > start and _joins(parse, token) and _ends_national(by_token, token - 1):
                token -= 1
            elif (
                token > start + 1
                and parse.word[token] in {"and", "or"}
                and parse.word[token - 1] == ","
                and _ends_national(by_token, token - 2)
            ):
                token -= 2
            continue
        if name is not None and name.first == name.last and not name.aliases and _is_adjective(parse.word[token]):
            first, token = token, token - 1
            continue
        if name is not None or parse.dep[token] not in _INSIDE or not head >= parse.head[token] > token:
            break
        if parse.tag[token] == "NNP" and _is_day(parse.word[token]):
            break
        participle = parse.tag[token] in {"VBN", "VBG"}
        hyphen = parse.word[token] == "-" and parse.end[token] == parse.start[token + 1]
        if parse.pos[token] not in {"ADJ", "NOUN", "PROPN"} and not participle and not hyphen:
            break
        first, token = token, token - 1
    while parse.word[first] in {"-", "–"}:
        first += 1
    return _whole_word(parse, start, first, by_token), demonyms


def _is_day(word: str) -> bool:
    """True for a day that only stands before a phrase: 'On Thursday / army drones struck'."""
    kind = name_words().get(word.lower())
    return kind is not None and kind.kind == "other"


def _whole_word(parse: Parse, start: int, first: int, by_token: dict[int, Name]) -> int:
    """Where the word begins whose last part stands at `first`: 'far-right politician', '24-year-old student'."""
    while (
        first - 2 >= start
        and parse.word[first - 1] in {"-", "‑"}
        and parse.end[first - 2] == parse.start[first - 1]
        and parse.end[first - 1] == parse.start[first]
        and first - 2 not in by_token
    ):
        first -= 2
    return first


def _is_adjective(word: str) -> bool:
    """True for capitalised words that tell the kind or region of a group: 'European', 'Islamic', 'Kurdish'."""
    lower = word.lower()
    return lower in world_regions() or lower in peoples() or lower in modifiers()


def _reach(parse: Parse, first: int, head: int, by_token: dict[int, Name]) -> int:
    """Where the words begin that tell the phrase's code: a body's name before the noun does too ('NATO troops')."""
    token = first - 1
    name = by_token.get(token)
    if name is None or name.last != token or not first <= parse.head[token] <= head:
        return first
    return name.first if parse.dep[token] in {"compound", "nmod", "amod"} else first


def _joins(parse: Parse, token: int) -> bool:
    return parse.word[token] in _JOINING


def _ends_national(by_token: dict[int, Name], token: int) -> bool:
    name = by_token.get(token)
    return name is not None and name.last == token and _is_national(name)


def _is_national(name: Name) -> bool:
    return bool(name.aliases) and (name.kind is ActorType.COUNTRY or any(a.how is How.DEMONYM for a in name.aliases))


def _lexical(parse: Parse, first: int, head: int) -> tuple[RoleNoun | None, Title | None]:
    """The longest role noun and the longest title that end at the head."""
    noun: RoleNoun | None = None
    title: Title | None = None
    for start in range(max(first, head - 3), head + 1):
        phrase = " ".join(parse.word[start : head + 1]).lower().replace(" - ", "-")
        noun = noun or role_nouns().get(phrase)
        title = title or titles().get(phrase)
        if noun is None and phrase in peoples() and phrase != peoples()[phrase].name:
            noun = RoleNoun(phrase, "CVL", "", "group", plural=True)
    return noun, title
