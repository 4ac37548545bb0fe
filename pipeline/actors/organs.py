"""Organs of states and parties, whose names of common words many states share: 'the Senate', 'the Supreme Court'."""

from __future__ import annotations

from pipeline.actors.entries import Alias
from pipeline.actors.lexicon import is_generic
from pipeline.vocabulary import ActorType, How

STATE_ROLES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY", "OPP"})
"""Roles of organs and parties, which have namesakes in many countries."""


def names_an_organ(alias: Alias) -> bool:
    """True for a surface that means one state's organ or party, but is common words: 'Senate', 'National Guard'."""
    entry = alias.entry
    if entry.type is not ActorType.ORGANISATION or not entry.country or alias.how is How.METONYM:
        return False
    if alias.surface in entry.own_names:
        return False
    return entry.code[3:6] in STATE_ROLES | {"MED"} and (alias.local or is_generic(alias.surface))
