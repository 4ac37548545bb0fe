"""Joined acts: clauses that tell another side of one act, not a second one.

"Attacked the village, killing ten" is one assault; what protesters demand is the aim of their protest
(PLOVER manual 0.8: protest topics are no separate requests).
"""

from __future__ import annotations

from pipeline.events import arguments
from pipeline.events.act import Act
from pipeline.tree import Parse

VIOLENT = frozenset({"18", "19", "20"})
AIMS = frozenset({"02", "10", "11", "12", "14"})
HARM = frozenset({"182", "183", "1823", "1831", "1832", "1833", "190", "193"})
"""Codes of killing and wounding, which are two results of one act where they are coordinated."""


def join(parse: Parse, acts: list[Act]) -> list[Act]:
    """The acts without those that are a side of another; their recipients go to it where it has none."""
    by_clause = {act.clause: act for act in acts}
    dropped: set[int] = set()
    for act in acts:
        outer = by_clause.get(parse.head[act.clause])
        if outer is None or outer is act or id(outer) in dropped:
            continue
        if _is_side_of(parse, act, outer):
            outer.recipients = outer.recipients or act.recipients or _owner_of_content(parse, act)
            dropped.add(id(act))
    return [act for act in acts if id(act) not in dropped]


def _owner_of_content(parse: Parse, act: Act) -> list[int]:
    """Whose what is asked is: "to demand reforms by the Chadian government"."""
    own = arguments.owner(parse, act.content.head) if act.content is not None else None
    return [] if own is None else [own]


def _is_side_of(parse: Parse, act: Act, outer: Act) -> bool:
    dep, root, outer_root = parse.dep[act.clause], act.code[:2], outer.code[:2]
    if dep in ("advcl", "xcomp", "acl") and outer_root == "14":
        beside = dep == "advcl" and parse.tag[act.clause] == "VBG"
        return root in AIMS or (beside and (root in VIOLENT or act.code.startswith("171")))
    if dep == "advcl" and parse.tag[act.clause] == "VBG":
        return root == outer_root or (root in VIOLENT and outer_root in VIOLENT)
    return dep == "conj" and act.code in HARM and outer.code in HARM and act.actors == outer.actors
