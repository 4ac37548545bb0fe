"""The country of an article that names one country alone, or is sent from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.actors.clusters import Naming
from pipeline.actors.codes import PhraseCode
from pipeline.actors.nominals import Nominal
from pipeline.actors.registry import Registry
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How

_STATE_ROLES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "OPP", "REB", "SEP", "INS", "UAF", "LAB"})


_ORGANS = _STATE_ROLES - {"OPP", "REB", "SEP", "INS", "UAF", "LAB"}
_DATELINE = 24
"""Tokens within which a dateline begins; a headline may stand before it."""
_DATELINE_ENDS = frozenset({"(", "-", "–", "—", "--"})
_INSIDE = frozenset({"in", "throughout", "across", "inside", "within"})
PLACED = ", country of the article"
"""Ends the rule of a mention whose country the article tells, and not its own words."""

_OFTEN = 3
"""So many mentions of the one country make it the article's own without further signs."""


def place_at_home(parse: Parse, registry: Registry, namings: Sequence[Naming], nominals: Sequence[Nominal]) -> None:
    """Give organs and officers of a state the country, where the article names one country alone and is set in it.

    'Police' and 'President Ann Lee' in an article that is set in Kenya and names no other country are Kenyan. Nothing
    is inferred where two countries are named, where the one is only acted upon, nor for people without the role of a
    state, an opponent, an armed band or organised labour; 'ethnic Albanians' are those of the country.
    """
    heads = _countries(namings, nominals)
    country = _home(parse, heads)
    if country is None:
        country = _reported_from(parse, registry, namings, heads)
        _place_organs(parse, nominals, country, heads)
        return
    for naming in namings:
        cluster = naming.cluster
        if cluster is None or cluster.entry is not None or cluster.country:
            continue
        if cluster.code in _STATE_ROLES or (naming.how is How.DEMONYM and cluster.code == "CVL"):
            cluster.country, cluster.code, cluster.is_placed = country, f"{country}{cluster.code}", True
    for nominal in nominals:
        code = nominal.code.code
        roams = nominal.noun.noun in listed(WordList.ROAMING) or _is_foreign(parse, nominal)
        if nominal.code.country is not None or code not in _STATE_ROLES or nominal.owned or roams:
            continue
        if not _is_arriving(parse, nominal):
            nominal.code, nominal.is_placed = PhraseCode(country, f"{country}{code}"), True


def _is_foreign(parse: Parse, nominal: Nominal) -> bool:
    """True for 'foreign embassies' and 'visiting officials', not for 'the foreign ministry'."""
    length = nominal.noun.noun.count(" ") + 1
    words = parse.word[nominal.first : nominal.head + 1 - length]
    return any(w.lower() in listed(WordList.FOREIGN) for w in words)


def _is_arriving(parse: Parse, nominal: Nominal) -> bool:
    """True for those who come from elsewhere: 'a delegation arrived in Kenya'."""
    return (
        nominal.indefinite
        and parse.dep[nominal.head] == "nsubj"
        and parse.lemma[parse.head[nominal.head]] in listed(WordList.ARRIVING)
    )


def _countries(namings: Sequence[Naming], nominals: Sequence[Nominal]) -> list[tuple[int, str]]:
    """The mentions that tell a country, each by its head token."""
    heads = [(n.name.last, c) for n in namings if n.cluster and (c := n.cluster.country)]
    return heads + [(n.head, c) for n in nominals if (c := n.code.country)]


def _place_organs(
    parse: Parse, nominals: Sequence[Nominal], country: str | None, heads: Sequence[tuple[int, str]]
) -> None:
    """Give the definite organs of a story on several countries that of its dateline, in sentences that name no other.

    'The government', 'the authorities' and 'police' in a story from Nairobi that names Kenya as often as any other.
    """
    if country is None:
        return
    abroad = {parse.sentence_of[token] for token, named in heads if named != country}
    for nominal in nominals:
        code = nominal.code.code
        if nominal.code.country is not None or code not in _ORGANS or nominal.owned or nominal.indefinite:
            continue
        if not (nominal.definite or nominal.noun.plural or nominal.noun.kind != "person"):
            continue
        guest = nominal.noun.noun in listed(WordList.GUEST) or (
            nominal.noun.noun == "government" and nominal.noun.plural
        )
        if parse.sentence_of[nominal.head] not in abroad and not guest and not _is_foreign(parse, nominal):
            nominal.code, nominal.is_placed = PhraseCode(country, f"{country}{code}"), True


def _reported_from(
    parse: Parse, registry: Registry, namings: Sequence[Naming], heads: Sequence[tuple[int, str]]
) -> str | None:
    """The country of a dateline, where the article names every other less often, or no more often than that of a seat."""
    for naming in namings:
        name, cluster = naming.name, naming.cluster
        if name.first > _DATELINE or cluster is None:
            break
        if not parse.surface(name.first, name.last).isupper() or cluster.kind is not ActorType.PLACE:
            continue
        if not any(parse.word[t] in _DATELINE_ENDS for t in range(name.last + 1, min(len(parse), name.last + 8))):
            continue
        counts = Counter(country for _, country in heads)
        own = counts.pop(cluster.country or "", 0)
        place = parse.surface(name.first, name.last).title()
        seat = any(a.how is How.METONYM for a in registry.named(place))
        return cluster.country if own > 1 and own + seat > max(counts.values(), default=0) else None
    return None


def _home(parse: Parse, heads: Sequence[tuple[int, str]]) -> str | None:
    """The only country that an article names, if it is set there: named as a place, as one who acts, or often."""
    if len({country for _, country in heads}) != 1:
        return None
    here = len(heads) >= _OFTEN or any(_is_scene(parse, token) for token, _ in heads)
    return heads[0][1] if here else None


def _is_scene(parse: Parse, token: int) -> bool:
    while parse.dep[token] in {"poss", "compound", "amod", "nmod", "conj"} and parse.head[token] != token:
        token = parse.head[token]
    if parse.dep[token] in {"nsubj", "nsubjpass"}:
        return True
    return parse.dep[token] == "pobj" and parse.word[parse.head[token]].lower() in _INSIDE
