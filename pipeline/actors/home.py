"""The country of an article that names one country alone."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.actors.clusters import Naming
from pipeline.actors.codes import PhraseCode
from pipeline.actors.nominals import Nominal
from pipeline.tree import Parse
from pipeline.vocabulary import How

_STATE_ROLES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "OPP", "REB", "SEP", "INS", "UAF", "LAB"})


_ROAMING = ("terror", "jihad", "extremis", "islamis")
"""Begins nouns of bands that are of no country in particular: 'terrorists' in a speech on America."""


_INSIDE = frozenset({"in", "throughout", "across", "inside", "within"})
_ARRIVING = frozenset({"arrive", "visit", "land", "tour", "fly", "travel", "come"})
PLACED = ", country of the article"
"""Ends the rule of a mention whose country the article tells, and not its own words."""

_OFTEN = 3
"""So many mentions of the one country make it the article's own without further signs."""


def place_at_home(parse: Parse, namings: Sequence[Naming], nominals: Sequence[Nominal]) -> None:
    """Give organs and officers of a state the country, where the article names one country alone and is set in it.

    'Police' and 'President Ann Lee' in an article that is set in Kenya and names no other country are Kenyan. Nothing
    is inferred where two countries are named, where the one is only acted upon, nor for people without the role of a
    state, an opponent, an armed band or organised labour; 'ethnic Albanians' are those of the country.
    """
    country = _home(parse, namings, nominals)
    if country is None:
        return
    for naming in namings:
        cluster = naming.cluster
        if cluster is None or cluster.entry is not None or cluster.country:
            continue
        if cluster.code in _STATE_ROLES or (naming.how is How.DEMONYM and cluster.code == "CVL"):
            cluster.country, cluster.code, cluster.is_placed = country, f"{country}{cluster.code}", True
    for nominal in nominals:
        code = nominal.code.code
        roams = nominal.noun.noun.startswith(_ROAMING)
        if nominal.code.country is not None or code not in _STATE_ROLES or nominal.owned or roams:
            continue
        if not _is_arriving(parse, nominal):
            nominal.code, nominal.is_placed = PhraseCode(country, f"{country}{code}"), True


def _is_arriving(parse: Parse, nominal: Nominal) -> bool:
    """True for those who come from elsewhere: 'a delegation arrived in Kenya'."""
    return (
        nominal.indefinite and parse.dep[nominal.head] == "nsubj" and parse.lemma[parse.head[nominal.head]] in _ARRIVING
    )


def _home(parse: Parse, namings: Sequence[Naming], nominals: Sequence[Nominal]) -> str | None:
    """The only country that an article names, if it is set there: named as a place, as one who acts, or often."""
    heads = [(n.name.last, c) for n in namings if n.cluster and (c := n.cluster.country)]
    heads += [(n.head, c) for n in nominals if (c := n.code.country)]
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
