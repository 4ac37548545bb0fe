"""Figures of speech: words of force by which a text tells an argument.

A candidate attacks a rival, two senators clash, a party captures a seat: no arms are used. Who argues (a politician, a
party, the press) against somebody of the same kind, or against a matter, uses words; `data/figures.tsv` has the code of
what is told so, "-" where it is no act between them at all.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from pipeline.events.act import Act
from pipeline.events.kinds import Kinds, word_classes
from pipeline.events.words import is_listed
from pipeline.lookup import read_rows, unique
from pipeline.tree import Parse
from pipeline.vocabulary import cameo

FIGURES = Path(__file__).parent / "data" / "figures.tsv"
FORCE = ("145", "18", "19", "20")
"""Codes of acts of force."""
SEEN_THROUGH = frozenset({"halt", "intend", "want", "agree"})
"""Families that plan or end what is told so: "is likely to beat her", "stopped attacking her"."""
ARGUING = frozenset({"ELI", "LEG", "PTY", "MED", "OPP", "GOV", "JUD"})
"""Roles of an actor's code whose acts against each other are words."""
ARMED = frozenset({"MIL", "REB", "INS", "SEP", "UAF", "COP", "SPY", "CRM"})
_WITH_ARMS = frozenset({"armed", "police", "state", "hazard", "civil"})
_HIT = frozenset({"place", "town", "armed", "police", "people", "civil", "state", "property"})


@cache
def load_figures(file: Path = FIGURES) -> dict[str, str]:
    """The code of what a word of force tells of people who argue, by "pos:lemma"; "-" where it tells no act."""
    found = {}
    for row in unique(read_rows(file, ("word", "pos", "code", "note")), "word", "pos"):
        if row["code"] != "-" and row["code"] not in cameo():
            row.refuse(f"{row['code']!r} is no CAMEO code")
        if row["pos"] not in ("", "n", "v"):
            row.refuse(f"pos {row['pos']!r} is neither n nor v")
        for pos in row["pos"] or "nv":
            found[f"{pos}:{row['word']}"] = row["code"]
    return found


def literally(parse: Parse, kinds: Kinds, act: Act) -> Act | None:
    """The act that a figure of speech stands for; the act itself where it is none, None where there is no act."""
    *_, last = act.chain()
    code = load_figures().get(f"{last.sense.pos}:{last.sense.words[0]}")
    if (
        code is None
        or not last.code.startswith(FORCE)
        or not (act.code.startswith(FORCE) or act.family in SEEN_THROUGH)
    ):
        return act
    if code != "-" and any(t < last.head and is_listed(parse.word[t], "figure") for t in parse.children[last.head]):
        return None
    if not _is_argued(parse, kinds, act, last) or (code == "-" and any(_governs(kinds, t) for t in act.actors)):
        return act
    if code == "-" or not act.code.startswith(FORCE):
        return None
    return replace(act, code=code, mode=None, rules=[*act.rules, "figure"])


def _is_argued(parse: Parse, kinds: Kinds, act: Act, last: Act) -> bool:
    """Whether the force is one of words: by how it is called, or by who uses it against whom."""
    word = last.head
    if any(t < word and is_listed(parse.word[t], "rhetoric") for t in parse.children[word]):
        return True
    if last.sense.frame.is_mutual:
        return not any(_fights(kinds, t) for t in (*act.actors, *act.recipients))
    if not act.actors:
        named = parse.pos[word] == "NOUN" and all(_argues(kinds, t) for t in act.recipients)
        rivals = all("rival" in word_classes(parse.lemma[t]) for t in act.recipients)
        return bool(act.recipients) and (named or rivals)
    if not all(_argues(kinds, t) for t in act.actors):
        return False
    if all(_argues(kinds, t) or kinds.of(t).isdisjoint(_HIT) for t in act.recipients):
        return bool(act.recipients) or not all(_governs(kinds, t) for t in act.actors)
    return not any(_governs(kinds, t) for t in act.actors)


def _argues(kinds: Kinds, token: int) -> bool:
    """Whether somebody is known as one who argues, and not as one who fights."""
    roles = _roles(kinds, token)
    if roles & ARMED or kinds.of(token) & _WITH_ARMS:
        return False
    return bool(roles & ARGUING) or bool(word_classes(kinds.parse.lemma[token]) & {"rival", "arguer"})


def _fights(kinds: Kinds, token: int) -> bool:
    """Whether somebody may fight with more than words: soldiers, states, crowds, people of whom nothing is known."""
    parse = kinds.parse
    if parse.pos[token] == "PRON" and kinds.mentions.at(token) is None:
        return True
    if _roles(kinds, token) & ARMED or kinds.of(token) & _WITH_ARMS:
        return True
    return parse.tag[token] in ("NNS", "NNPS") and not _argues(kinds, token)


def _governs(kinds: Kinds, token: int) -> bool:
    """Whether somebody may command forces."""
    return "GOV" in _roles(kinds, token)


def _roles(kinds: Kinds, token: int) -> frozenset[str]:
    mention = kinds.mentions.at(token)
    code = mention.actor_code if mention is not None and mention.actor_code else ""
    return frozenset(code[i : i + 3] for i in range(0, len(code), 3))
