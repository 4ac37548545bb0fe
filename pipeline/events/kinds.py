"""What kind of thing a word stands for: by the class list, and by the actor that it mentions."""

from __future__ import annotations

from pipeline.actors.mentions import Mentions
from pipeline.events.triggers import Condition, load_classes
from pipeline.tables import Mention
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How

SECTORS = {
    "armed": ("MIL", "REB", "INS", "SEP", "UAF", "SPY", "IMG"),
    "police": ("COP",),
    "court": ("JUD",),
    "official": ("GOV", "LEG", "PTY", "OPP"),
    "partisan": ("PTY",),
    "people": ("CVL", "REF", "EDU", "LAB", "AGR", "HLH", "CRM", "MED"),
}
"""Kinds by the role part of an actor's CAMEO code."""


class Kinds:
    """The kinds of the words of one article."""

    def __init__(self, parse: Parse, mentions: Mentions) -> None:
        self.parse = parse
        self.mentions = mentions
        self._classes = load_classes()
        self._known: dict[int, frozenset[str]] = {}

    def of(self, token: int) -> frozenset[str]:
        """The classes that a word belongs to."""
        found = self._known.get(token)
        if found is None:
            lemma, word = self.parse.lemma[token].lower(), self.parse.word[token].lower()
            found = self._classes.get(lemma, frozenset()) | self._classes.get(word, frozenset())
            found |= _of_mention(self.mentions.at(token))
            if self.parse.word[token].lower() in ("it", "itself"):
                found -= {"people", "person"}
            self._known[token] = found
        return found

    def is_actor(self, token: int) -> bool:
        """Whether the word names someone who can act."""
        return "actor" in self.of(token)

    def is_quantity(self, token: int) -> bool:
        """Whether the word only counts what follows it ("a group of students")."""
        return "quantity" in word_classes(self.parse.lemma[token]) and self.mentions.at(token) is None

    def matches(self, token: int, need: Condition) -> bool:
        """Whether a word is one of the condition's words or of one of its classes."""
        if self.parse.lemma[token].lower() in need.words or self.parse.word[token].lower() in need.words:
            return True
        return bool(need.classes) and not self.of(token).isdisjoint(need.classes)

    def matches_any(self, head: int, need: Condition) -> bool:
        """Whether any word of the phrase up to 12 words after its head matches."""
        parse = self.parse
        return any(
            self.matches(t, need)
            for t in range(max(parse.left[head], head - 12), min(parse.right[head], head + 12) + 1)
        )


def word_classes(lemma: str) -> frozenset[str]:
    """The classes of a lemma in the class list."""
    return load_classes().get(lemma.lower(), frozenset())


def _of_mention(mention: Mention | None) -> frozenset[str]:
    if mention is None:
        return frozenset()
    found = {"actor"}
    if mention.actor_type is ActorType.COUNTRY:
        found.add("state")
    elif mention.actor_type in (ActorType.PERSON, ActorType.UNKNOWN):
        found.add("person")
    elif mention.actor_type is ActorType.ORGANISATION:
        found.add("organisation")
    elif mention.actor_type is ActorType.PLACE:
        found.discard("actor")
        found.update({"place", "town"} if mention.country else {"place"})
    if mention.how is How.PRONOUN and mention.actor_id is None:
        found.discard("actor")
    roles = mention.actor_code or ""
    slots = [roles[i : i + 3] for i in range(0, len(roles), 3)]
    found.update(kind for kind, codes in SECTORS.items() if any(s in codes for s in slots))
    if mention.actor_type is ActorType.ORGANISATION:
        found.discard("people")
    return frozenset(found)
