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
CHARGES = ("09", "11", "173")
"""Codes of acts that are done to somebody for what he is said to have done."""
HARM = frozenset({"182", "183", "1823", "1831", "1832", "1833", "190", "193"})
"""Codes of killing and wounding, which are two results of one act where they are coordinated."""


def join(parse: Parse, acts: list[Act]) -> list[Act]:
    """The acts without those that are a side of another; their recipients go to it where it has none."""
    by_clause = {act.clause: act for act in acts}
    inner: dict[int, list[Act]] = {}
    for act in acts:
        for token in {t for a in act.chain() for t in (a.head, *a.taken)} - {act.head, act.clause}:
            inner.setdefault(token, []).append(act)
    dropped: set[int] = set()
    for act in acts:
        if _is_reason(parse, act, by_clause) or _is_plan_of(parse, act, inner):
            dropped.add(id(act))
            continue
        outer = by_clause.get(parse.head[act.clause])
        if outer is None or outer is act or id(outer) in dropped:
            continue
        if _is_told_by(parse, act, outer):
            outer.code, outer.mode = act.code, act.mode
            outer.actors = outer.actors or act.actors
            dropped.add(id(act))
        elif _is_side_of(parse, act, outer):
            outer.lent = outer.lent or act.recipients or _owner_of_content(parse, act)
            dropped.add(id(act))
    return [act for act in acts if id(act) not in dropped]


def _is_reason(parse: Parse, act: Act, by_clause: dict[int, Act]) -> bool:
    """Whether an act is what somebody is accused of, arrested or tried for: "held for spying" does not tell that he did.

    PLOVER manual 0.8: of an allegation and a verdict the verdict alone is a row.
    """
    preposition = parse.head[act.clause]
    if parse.dep[act.clause] != "pcomp" or parse.word[preposition].lower() not in ("for", "of"):
        return False
    governor = parse.head[preposition]
    outer = by_clause.get(governor) or by_clause.get(parse.head[governor])
    return outer is not None and outer is not act and outer.code.startswith(CHARGES)


def _is_plan_of(parse: Parse, act: Act, inner: dict[int, list[Act]]) -> bool:
    """Whether a relative clause tells whose the content of another act is: "to call off the strike that they planned"."""
    noun = parse.head[act.clause]
    is_content = act.content is not None and act.content.head == noun
    return parse.dep[act.clause] == "relcl" and is_content and any(o is not act for o in inner.get(noun, ()))


def _is_told_by(parse: Parse, act: Act, outer: Act) -> bool:
    """Whether a verb tells the result of the act that is its subject: "the air strike killed two men" is one strike."""
    by_arms = act.code[:2] in VIOLENT and act.code[:3] not in ("180", "190") and act.code not in HARM
    return parse.dep[act.clause] == "nsubj" and by_arms and act.family is None and outer.code in HARM


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
    if dep != "conj" or act.actors != outer.actors:
        return False
    return (act.code in HARM and outer.code in HARM) or (act.code == outer.code and not act.recipients)
