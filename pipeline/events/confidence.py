"""Confidence: how likely act, actor, recipient and status of an event are all right."""

from __future__ import annotations

from pipeline.events import arguments
from pipeline.events.act import Act
from pipeline.events.roles import Party
from pipeline.events.status import Status
from pipeline.tree import Parse

BASE = 0.68
"""A verb with an actor that the text names, measured by reading rows."""


def find_confidence(parse: Parse, act: Act, actor: Party | None, recipient: Party | None, status: Status) -> float:
    """The estimated probability, from 0.2 to 0.95: what makes a row surer or less sure, in steps."""
    score = BASE
    score += 0.12 if actor is not None and actor.ids else -0.08
    score += 0.08 if recipient is not None and recipient.ids else -0.04
    if parse.pos[act.clause] not in arguments.VERBAL:
        score -= 0.12
    if act.sense.needs or len(act.sense.words) > 1:
        score += 0.04
    if status.is_hypothetical or status.is_negated:
        score -= 0.06
    if parse.dep[act.clause] in ("acl", "advcl", "relcl"):
        score -= 0.05
    return round(min(0.95, max(0.2, score)), 2)
