"""Phrases: what stands after a preposition, and who is named by a phrase of several."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.events import arguments
from pipeline.events.kinds import Kinds
from pipeline.events.roles import mentions_of
from pipeline.tree import Parse
from pipeline.vocabulary import How

SETTINGS = ("on", "at")
"""Prepositions that never tell to whom before the subject ("On KTV, he called for help")."""
NOBODY = frozenset(
    {
        "time",
        "quantity",
        "vessel",
        "policy",
        "document",
        "talk",
        "plan",
        "wish",
        "say",
        "money",
        "hazard",
        "chance",
        "judging",
    }
)


MATTERS = frozenset({"time", "talk", "plan", "wish", "say", "chance", "document"})
"""Kinds of nouns that are no recipient although they are somebody's."""


class Phrases:
    """The phrases of one article."""

    def __init__(self, parse: Parse, kinds: Kinds) -> None:
        self.parse = parse
        self.kinds = kinds

    def after(self, head: int, preposition: str) -> int | None:
        """What stands after a preposition, times left out."""
        names = ("between", "among", "amongst") if preposition == "between" else (preposition,)
        for name in names:
            found = self._after_one(head, name)
            if found is not None:
                return found
        return None

    def _after_one(self, head: int, preposition: str) -> int | None:
        fronted = None
        for found in arguments.after_prepositions(self.parse, head, preposition):
            if "time" in self.kinds.of(found):
                continue
            if not arguments.is_fronted(self.parse, head, found):
                return found
            fronted = found if fronted is None else fronted
        return None if preposition in SETTINGS else fronted

    def is_sum(self, place: int) -> bool:
        """Whether a phrase is a number or a share: "improvements of 15 percent"."""
        return self.parse.tag[place] == "CD" or self.parse.lemma[place] in ("percent", "%")

    def is_somebody(self, place: int) -> bool:
        """Whether a phrase is somebody or some place, not a matter or an occasion ("in an effort to")."""
        return self.parse.pos[place] == "PROPN" or bool(self.kinds.of(place) - NOBODY)

    def is_of_somebody(self, place: int) -> bool:
        """Whether a phrase is that of some people or place whose words are no known kind ("the rebels' bastion")."""
        heads = [t for t in self.party(place) if self.kinds.of(t).isdisjoint(MATTERS)]
        return any(m.how is not How.PRONOUN for t in heads for m in mentions_of(self.parse, self.kinds, t))

    def party(self, place: int) -> list[int]:
        """The heads of a coordinated phrase, seen through "a group of", "two of"."""
        parse = self.parse
        found: list[int] = []
        for t in self._coordinated(place):
            while self.kinds.is_quantity(t):
                inner = arguments.after_preposition(parse, t, "of")
                if inner is None:
                    break
                t = inner
                found.extend(parse.conjuncts(t)[1:])
            if parse.pos[t] not in arguments.VERBAL and t not in found:
                found.append(t)
        return sorted(found)

    def _coordinated(self, place: int) -> list[int]:
        """A phrase's head and all coordinated with it, also where the parse hangs them on a word inside a name.

        Countries in a row are coordinated, although the parse takes the second for another name of the first.
        """
        parse, mention = self.parse, self.kinds.mentions.at(place)
        found = [*parse.conjuncts(place), *self._after_same_preposition(place)]
        found.extend(self._namesakes(place))
        if mention is None:
            return found
        for t in parse.tokens_in(mention.start, mention.end):
            found.extend(parse.conjuncts(t)[1:] if t != place else ())
            for c in parse.with_dep(t, "appos"):
                if {"state"} <= self.kinds.of(t) & self.kinds.of(c) and self.kinds.mentions.at(c) is not mention:
                    found.extend(parse.conjuncts(c))
        return sorted(dict.fromkeys(found))

    def _after_same_preposition(self, place: int) -> Iterator[int]:
        """What stands after the same preposition said again: Ann Lee in "to the voters and to Ann Lee"."""
        parse, preposition = self.parse, self.parse.head[place]
        if parse.dep[place] != "pobj":
            return
        for other in parse.conjuncts(preposition):
            same = parse.word[other].lower() == parse.word[preposition].lower()
            inner = parse.child(other, "pobj") if other > preposition and same else None
            if inner is not None:
                yield from parse.conjuncts(inner)

    def _namesakes(self, place: int) -> Iterator[int]:
        """Names coordinated with a phrase that the parse hangs on its name or behind its noun.

        "Premier Lee and President Park" with Lee inside the name of Park; "the rivals Lee and Park" with both in apposition.
        """
        parse, verb = self.parse, self.parse.head[place]
        before = parse.head[verb]
        is_second = parse.dep[verb] == "conj" and parse.dep[place] == "nsubj" and parse.pos[before] == "PROPN"
        if is_second and any(c == parse.left[place] - 1 for c in parse.with_dep(before, "cc")):
            yield before
        for c in parse.children[place]:
            if c < place and parse.dep[c] in ("nmod", "compound") and parse.pos[c] == parse.pos[place] == "PROPN":
                joined = parse.with_dep(c, "cc") and parse.with_dep(c, "conj")
                if joined and self.kinds.mentions.at(c) not in (None, self.kinds.mentions.at(place)):
                    yield c
            elif parse.dep[c] == "appos" and parse.pos[c] == "PROPN" and parse.tag[place] in ("NNS", "NNPS"):
                named = [t for t in parse.conjuncts(c) if parse.pos[t] == "PROPN"]
                yield from named if len(named) > 1 else ()
