"""Completion: what an act about an act takes over from its content, and from the clause that tells the content."""

from __future__ import annotations

from pipeline.events import arguments
from pipeline.events.act import Act
from pipeline.events.roles import mentions_of
from pipeline.events.slots import Slots

ABOUT_WHAT_IS_ASKED = frozenset({"demand", "appeal", "accuse", "investigate", "praise", "criticise", "rally"})
"""Families whose recipient, where the verb names none, is the one who does or shall do the content's act."""
DEMANDS = frozenset({"demand", "appeal"})
"""Families that are not addressed to whom the content's act is done to: "demanded the release of the crew"."""
TOWARDS_DOERS = frozenset({"refuse", "deny", "accede", "allow"})
"""Families that answer somebody else's act, and so go to the one who does it."""
_TOWARDS = ("i", "to", "with", "against", "from", "on")


def take_in(slots: Slots, act: Act, content: Act) -> None:
    """Complete an act from the act that it is about."""
    own = [r for r in act.recipients if act.recipients_outside(content)]
    act.content = content
    act.rules.append(content.rules[0])
    if act.family != "do" and not act.recipients_outside(content):
        doers = [t for t in content.actors if t not in act.actors]
        towards_doers = act.family == "demo" or (act.family in TOWARDS_DOERS and doers)
        suffering = [] if towards_doers else content.recipients
        act.recipients = suffering or doers or act.recipients
    if act.code == content.code and act.mode is None:
        act.mode = content.mode
    if act.family in ABOUT_WHAT_IS_ASKED:
        act.recipients = _asked(slots, act, content)
        return
    if act.family == "decree" and arguments.is_passive(slots.parse, act.head):
        act.recipients = act.recipients or content.actors
        return
    if act.family == "do":
        act.head = content.head
        act.trigger = (*act.trigger, *content.trigger)
        act.is_mutual = content.is_mutual
        act.recipients = content.recipients or act.recipients
    else:
        _share_sides(slots, act, content, own)
    act.actors = act.actors or content.actors


def _share_sides(slots: Slots, act: Act, content: Act, own: list[int]) -> None:
    """The recipients of an act that names none of its own: those of its content, which no act of both adds to its sides."""
    others = [r for r in content.recipients if r not in act.actors]
    if content.is_mutual:
        act.is_mutual = True
    elif not own:
        if act.is_mutual and len(act.actors) > 1 and not any(slots.kinds.is_actor(r) for r in others):
            act.recipients = []
            return
        act.is_mutual = act.is_mutual and not others
    act.recipients = act.recipients or others


def _asked(slots: Slots, act: Act, content: Act) -> list[int]:
    """Who shall do what is asked: who is named beside the verb, else in the completing clause, else in the content."""
    beside = [r for r in act.recipients if r != content.head and content.head not in slots.parse.ancestors(r)]
    if beside:
        return beside
    clause = slots.at(act.head, "x")
    inner = clause
    if inner is None and content.family in DEMANDS:
        inner = slots.at(content.head, "x")
    own = slots.parse.child(inner, "nsubj", "nsubjpass") if inner is not None else None
    if own is not None and inner is not None and arguments.is_passive(slots.parse, inner):
        own = arguments.subject(slots.parse, inner)
        if own is None:
            return [t for t in content.actors if t not in act.actors]
    if own is None and clause is not None and content.head != slots.at(act.head, "o"):
        own = slots.at(act.head, "o")
    if own is not None and own not in act.actors and slots.kinds.is_actor(own):
        return slots.party(own)
    doers = [t for t in content.actors if t not in act.actors]
    if doers or (act.family in DEMANDS and act.code[:2] != "11"):
        return doers
    return act.recipients or content.recipients


def recipients_in_complement(slots: Slots, token: int, act: Act) -> list[int]:
    """The recipient that only the completing clause names: who shall do it, or to whom it shall be done."""
    clause = slots.at(token, "x")
    if clause is None or (
        slots.parse.pos[clause] not in arguments.VERBAL and not arguments.has_own_subject(slots.parse, clause)
    ):
        return []
    places: list[tuple[str, int]] = []
    if act.family in ABOUT_WHAT_IS_ASKED:
        asked = arguments.subject(slots.parse, clause)
        places = [("s", asked)] if asked is not None and asked not in act.actors else []
    elif act.content is None:
        found = [("s", _let(slots, clause)), *((slot, slots.at(clause, slot)) for slot in _TOWARDS)]
        inner = [(s, _whose_origin(slots, clause, p) if s == "from" else p) for s, p in found if p is not None]
        places = [(slot, place) for slot, place in inner if place is not None]
    for slot, place in places:
        if slots.kinds.is_actor(place) or mentions_of(slots.parse, slots.kinds, place):
            act.is_mutual = act.is_mutual and slot in ("with", "i")
            return [t for t in slots.party(place) if t not in act.actors]
    return []


def _let(slots: Slots, clause: int) -> int | None:
    """Who is let do what a clause names: the firms in "refused to allow the firms to land"."""
    if slots.parse.lemma[clause] not in ("allow", "let", "permit"):
        return None
    inner = slots.parse.child(clause, "ccomp", "xcomp")
    own = slots.parse.child(inner, "nsubj") if inner is not None else None
    return own if own is not None else slots.parse.child(clause, "dobj")


def _whose_origin(slots: Slots, clause: int, place: int) -> int | None:
    """The people who are from a place, where it is theirs and not the verb's: "agreed to host refugees from Chad"."""
    governor = slots.parse.head[slots.parse.head[place]]
    people = slots.at(clause, "o") if governor == clause else governor
    if people is not None and not slots.kinds.of(people).isdisjoint({"people", "civil"}):
        return people
    return place if governor == clause else None
