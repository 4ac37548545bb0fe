"""What the text around a name tells of it: whether a place acts, whether a report is on sports, whether a word is a name."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.actors.found_name import Name
from pipeline.actors.lexicon import dealings, local_nouns, name_words, role_nouns, sports_words, visiting_verbs
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType

_PLACING = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "around",
        "through",
        "into",
        "across",
        "inside",
        "via",
        "throughout",
        "from",
        "to",
        "of",
        "on",
        "over",
        "off",
    }
)


_AT = frozenset({"in", "at", "near", "outside", "inside", "around", "on"})
_SPORTS_SHARE = 0.012
"""Share of its words that words of sport have in a sports report; below 0.5 % in other news."""


def acts(parse: Parse, token: int) -> bool:
    """True where a place is spoken of as one who acts: subject, agent, owner, party to talks."""
    dep, head = parse.dep[token], parse.head[token]
    if dep == "conj":
        return acts(parse, head)
    if dep in {"nsubj", "nsubjpass", "dative"}:
        return True
    if dep == "poss":
        return parse.lemma[head] not in local_nouns() and not _is_thing_named(parse, head)
    if dep == "dobj":
        return parse.lemma[head] not in visiting_verbs()
    if dep == "pobj":
        return parse.word[head].lower() not in _PLACING or is_addressed(parse, head)
    return False


def _is_thing_named(parse: Parse, token: int) -> bool:
    """True for what a town has under a name of its own: 'London's FTSE 100', 'Paris's Gare du Nord'; not its ministry."""
    return parse.pos[token] == "PROPN" and parse.lemma[token].lower() not in {*role_nouns(), *name_words()}


def is_addressed(parse: Parse, preposition: int) -> bool:
    """True for a preposition of dealings with a state: 'called on Ankara', 'an offer from Moscow', 'pressure on Tehran'."""
    head = parse.head[preposition]
    return (parse.lemma[head].lower(), parse.word[preposition].lower()) in dealings()


def is_located(parse: Parse, token: int) -> bool:
    """True for a place after 'in', 'at', 'from' and the like."""
    return parse.dep[token] == "pobj" and parse.word[parse.head[token]].lower() in _PLACING


def is_inside(parse: Parse, token: int) -> bool:
    """True for a building where something happens: 'in the White House'."""
    head = parse.head[token]
    return parse.dep[token] == "pobj" and parse.word[head].lower() in _AT and not is_addressed(parse, head)


def is_numbered(parse: Parse, token: int) -> bool:
    """True for a body's name in that of a product or an index: 'Boeing 747', 'Standard & Poor's 500'; not before a year or a count."""
    after = token + 1
    if after >= len(parse) or not parse.word[after][0].isdigit():
        return False
    digits = parse.word[after].rstrip("s")
    year = digits.isdigit() and 1900 <= int(digits) < 2100
    counts = parse.dep[after] == "nummod" and parse.head[after] > after and parse.tag[parse.head[after]] == "NNS"
    return not year and not counts and parse.sentence_of[after] == parse.sentence_of[token]


def is_sports_report(parse: Parse) -> bool:
    """True for a text about sport: there, countries that act are teams."""
    known = sports_words()
    found = sum(map(known.__contains__, map(str.lower, parse.word)))
    return found >= 4 and found > _SPORTS_SHARE * len(parse)


def defined_acronyms(parse: Parse) -> frozenset[str]:
    """Acronyms that the article itself explains, in brackets after common words: 'artificial pancreas (AP)'."""
    found: set[str] = set()
    for token in range(2, len(parse) - 1):
        word = parse.word[token]
        if not (word.isupper() and parse.word[token - 1] == "(" and parse.word[token + 1] == ")"):
            continue
        before = parse.word[max(0, token - 1 - len(word)) : token - 1]
        if [w[0].upper() for w in before] == list(word) and before[-1].islower():
            found.add(word)
    return frozenset(found)


def is_given_name(parse: Parse, name: Name) -> bool:
    """True for a demonym's singular that stands alone like a given name: 'Finn smiled', not 'a Finn'."""
    token = name.last
    if not all(a.people for a in name.aliases) or parse.tag[token] in {"NNPS", "NNS"} or name.first < token:
        return False
    return parse.child(token, "det", "nummod", "amod") is None


def recognise_people(parse: Parse, names: Sequence[Name]) -> None:
    """A name of unknown kind whose last word comes again alone, or that speaks, is a person's."""
    alone = {parse.word[n.last] for n in names if n.first == n.last}
    for name in names:
        words = parse.word[name.first : name.last + 1]
        if (
            name.kind is not ActorType.UNKNOWN
            or name.aliases
            or not 2 <= len(words) <= 4
            or not all(w[0].isalpha() for w in words)
        ):
            continue
        speaks = parse.dep[name.last] == "nsubj" and parse.lemma[parse.head[name.last]] in {
            "say",
            "tell",
            "add",
            "recall",
        }
        if words[-1] in alone or speaks:
            name.kind = ActorType.PERSON


def quoted_tokens(parse: Parse) -> Sequence[bool]:
    """For every token, whether it stands in quotation marks; marks never reach over a paragraph's end."""
    quoted = [False] * len(parse)
    for number, (first, stop) in enumerate(parse.sentences):
        if number == 0 or parse.paragraph_of[number] != parse.paragraph_of[number - 1]:
            inside = False
        for token in range(first, stop):
            word = parse.word[token]
            if word in {"“", "``"}:
                inside = True
            elif word in {"”", "''"}:
                inside = False
            elif word == '"':
                inside = not inside
            quoted[token] = inside
    return quoted
