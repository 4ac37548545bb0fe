"""Sides: the actor and the recipient of an act kept apart."""

from __future__ import annotations

from dataclasses import replace

from pipeline.events.act import Act
from pipeline.events.kinds import Kinds
from pipeline.events.roles import Party, has_origin
from pipeline.tables import Mention
from pipeline.vocabulary import ActorType, How

_ONE_SIDED = frozenset({"refuse", "halt"})
"""Families of acts that one side does although their content takes two: "called off the talks with Chad"."""


def named_by(party: Party, *mentions: Mention) -> Party:
    """Some of the actors of a phrase, with the words for the first of them."""
    first = mentions[0]
    return replace(party, text=first.text, start=first.start, end=first.end, mentions=mentions)


def is_one_sided(act: Act, actor: Party, recipient: Party) -> bool:
    """Whether one side alone refuses or ends what both would do; where both do, they stand in one phrase."""
    one = len(act.actors) < 2 and len(actor.mentions) < 2 and actor.head != recipient.head
    return act.family in _ONE_SIDED and one


def of_others(recipient: Party, actor: Party) -> Party:
    """The recipient without what is told of the actor in the third person: "I condemn his views"."""
    others = (m for m in recipient.mentions if m.how is not How.PRONOUN or m.actor_id not in actor.ids)
    return replace(recipient, mentions=tuple(others))


def without(kinds: Kinds, recipient: Party | None, actor: Party | None) -> Party | None:
    """The recipient without the actor: "his counterpart", "its citizens" name whose they are, not who suffers it.

    The code stays where there is no other: what a country does to its own labour market, it does to its country.
    A person that stands in both places is in one of them by mistake, and so is a pronoun that is not "himself".
    """
    if recipient is None or actor is None:
        return recipient
    named = kinds.mentions.at(recipient.head)
    if named is not None and named.actor_id is not None and named.actor_id in actor.ids:
        if kinds.parse.pos[recipient.head] == "PRON":
            return replace(recipient, mentions=())
        if named.actor_type is ActorType.PERSON and len(recipient.mentions) < 2:
            return None
    others = tuple(m for m in recipient.mentions if m.actor_id is None or m.actor_id not in actor.ids)
    if not any(has_origin(m) for m in others):
        others = tuple(m if m in others else replace(m, actor_id=None) for m in recipient.mentions)
    return replace(recipient, mentions=others)
