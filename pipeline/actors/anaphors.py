"""Nouns that take up a body named before, and whether a body can be meant: 'the bloc', 'the militia', 'the company'."""

from __future__ import annotations

from pipeline.actors.clusters import Cluster
from pipeline.actors.datafile import slots_of
from pipeline.actors.lexicon import RoleNoun
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed

_ARMED = frozenset({"INS", "REB", "SEP", "UAF", "IMG", "NGO", "NGM"})
BORN_ARMED = frozenset({"INS", "REB", "SEP", "UAF"})


def fits(noun: RoleNoun, cluster: Cluster) -> bool:
    """True where 'the ministry', 'the company' or 'the bloc' can mean the body, by its name or its kind."""
    code = cluster.code or ""
    if noun.noun in cluster.name.lower().split() or noun.noun in cluster.titles:
        return True
    if noun.noun in listed(WordList.AGENCY):
        return not cluster.actor_id or not cluster.actor_id.startswith("government:")
    if noun.noun in listed(WordList.ALLIANCE):
        return code.startswith("IGO")
    if is_band(noun):
        return not _ARMED.isdisjoint(slots_of(code))
    if noun.code != "BUS":
        return False
    return code in {"", "BUS", cluster.country} or code.endswith("BUS") or code.startswith("MNC")


def is_band(noun: RoleNoun) -> bool:
    """True for 'group' and 'paramilitary group', which take up an armed group or a movement of any name."""
    last = noun.noun.rsplit(" ", 1)[-1] in listed(WordList.BAND)
    return last and (" " not in noun.noun or not BORN_ARMED.isdisjoint({noun.code, noun.fallback}))


def is_armed(cluster: Cluster) -> bool:
    """True for a body whose role is that of an armed band."""
    return not BORN_ARMED.isdisjoint(slots_of(cluster.code or ""))


def takes_up(noun: RoleNoun) -> bool:
    """True for a noun that can mean a body named before: 'the council', 'the bloc', 'the militia'."""
    return noun.kind == "body" or is_band(noun) or noun.noun in listed(WordList.ALLIANCE)
