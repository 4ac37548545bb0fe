"""Slots: what stands in the places of a verb or noun that the lexicon names, and whether its conditions hold."""

from __future__ import annotations

from pipeline.events import arguments
from pipeline.events.kinds import Kinds
from pipeline.events.triggers import PREPOSITIONS, Condition, Sense
from pipeline.tree import Parse

ABOUT = frozenset({"in", "for", "at", "over", "about", "into", "along", "near", "on"})
"""Slots that hold a recipient only where somebody or some place stands in them."""
NOBODY = frozenset(
    {"time", "quantity", "vessel", "policy", "document", "talk", "plan", "wish", "say", "money", "hazard"}
)


class Slots:
    """The slots of the words of one article."""

    def __init__(self, parse: Parse, kinds: Kinds) -> None:
        self.parse = parse
        self.kinds = kinds

    def at(self, token: int, slot: str, trigger: tuple[int, ...] = ()) -> int | None:
        """What stands in a slot of a verb or noun."""
        parse = self.parse
        verbal = parse.pos[token] in arguments.VERBAL
        if slot == "s":
            return self._doer(token)
        if slot == "o":
            found = arguments.object_of(parse, token) if verbal else None
            return self._after_particle(trigger) if found is None else found
        if slot == "i":
            return arguments.indirect_object(parse, token)
        if slot == "x":
            return arguments.complement(parse, token) or (None if verbal else self.infinitive(token))
        if slot == "xs":
            clause = arguments.complement(parse, token)
            return clause if clause is not None and parse.child(clause, "nsubj", "nsubjpass") is not None else None
        if slot == "xb":
            clause = arguments.complement(parse, token)
            return clause if clause is not None and arguments.is_bare(parse, clause) else None
        if slot == "p":
            found = parse.child(token, "oprd", "acomp", "attr")
            small = parse.child(token, "ccomp")
            return small if found is None and small is not None and parse.pos[small] == "ADJ" else found
        if slot == "poss":
            return parse.child(token, "poss")
        return self._after_preposition(token, slot, trigger)

    def _after_preposition(self, token: int, slot: str, trigger: tuple[int, ...]) -> int | None:
        """What stands after a preposition of a verb or noun, of its small words, or of what it stands beside."""
        parse = self.parse
        verbal = parse.pos[token] in arguments.VERBAL
        found = next((place for t in (token, *trigger[1:]) if (place := self.after(t, slot)) is not None), None)
        if found is None and parse.dep[token] in ("compound", "amod", "nmod") and token < parse.head[token]:
            found = self.after(parse.head[token], slot)
        if found is None and not verbal and parse.dep[token] == "dobj":
            found = self.after(parse.head[token], slot)
        if found is None and not verbal and slot in ("from", "to", "against", "on"):
            inner = self.after(token, "of")
            found = self.after(inner, slot) if inner is not None else None
        return self._after_object(token, slot) if found is None and verbal else found

    def _somebody_beside(self, verb: int, place: int) -> int:
        """The object as a recipient; of 'fined the bank two million' the bank, not the money."""
        if "money" not in self.kinds.of(place) or self.parse.pos[verb] not in arguments.VERBAL:
            return place
        payer = arguments.indirect_object(self.parse, verb)
        return place if payer is None else payer

    def after(self, head: int, preposition: str) -> int | None:
        """What stands after a preposition, times left out."""
        names = ("between", "among", "amongst") if preposition == "between" else (preposition,)
        for name in names:
            found = self._after_one(head, name)
            if found is not None:
                return found
        return None

    def _after_one(self, head: int, preposition: str) -> int | None:
        for found in arguments.after_prepositions(self.parse, head, preposition):
            if "time" not in self.kinds.of(found):
                return found
        return None

    def others(self, token: int, slots: tuple[str, ...], trigger: tuple[int, ...], taken: list[int]) -> list[list[int]]:
        """What stands in a frame's later recipient slots, where the first one is taken."""
        if not taken:
            return []
        found = (self.fill(token, (slot,), trigger) for slot in slots[1:])
        return [party for party in found if party and party != taken]

    def fill(self, token: int, slots: tuple[str, ...], trigger: tuple[int, ...] = ()) -> list[int]:
        """The heads of the first slot that is filled by somebody."""
        for slot in slots:
            place = self.at(token, slot, trigger)
            if place is None or place == token or (slot != "o" and self._is_sum(place)):
                continue
            if slot in ABOUT and not self._is_somebody(place):
                continue
            found = self.party(self._somebody_beside(token, place) if slot == "o" else place)
            if found:
                return found
        return []

    def _is_sum(self, place: int) -> bool:
        """Whether a phrase is a number or a share: "improvements of 15 percent"."""
        return self.parse.tag[place] == "CD" or self.parse.lemma[place] in ("percent", "%")

    def _is_somebody(self, place: int) -> bool:
        """Whether a phrase is somebody or some place, not a matter or an occasion ("in an effort to")."""
        return self.parse.pos[place] == "PROPN" or bool(self.kinds.of(place) - NOBODY)

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
        found = parse.conjuncts(place)
        if mention is None:
            return found
        for t in parse.tokens_in(mention.start, mention.end):
            found.extend(parse.conjuncts(t)[1:] if t != place else ())
            for c in parse.with_dep(t, "appos"):
                if {"state"} <= self.kinds.of(t) & self.kinds.of(c) and self.kinds.mentions.at(c) is not mention:
                    found.extend(parse.conjuncts(c))
        return sorted(dict.fromkeys(found))

    def _after_object(self, verb: int, preposition: str) -> int | None:
        parse = self.parse
        target = arguments.object_of(parse, verb)
        if target is not None and target > verb:
            found = self.after(target, preposition)
            if found is not None:
                return found
        inner = parse.child(verb, "xcomp")
        if inner is not None and preposition in PREPOSITIONS and parse.pos[inner] not in arguments.VERBAL:
            return self.after(inner, preposition)
        return None

    def infinitive(self, token: int) -> int | None:
        """The clause that completes a noun ("a promise to leave"), or the object of a verb ("made a vow to leave")."""
        parse = self.parse
        found = parse.child(token, "acl", "ccomp")
        if found is not None and (parse.tag[found] in ("VB", "VBG") or parse.child(found, "mark") is not None):
            return found
        target = parse.child(token, "dobj", "nsubjpass") if parse.pos[token] in arguments.VERBAL else None
        if target is not None:
            found = parse.child(target, "acl")
            if found is not None and parse.tag[found] == "VB":
                return found
        return None

    def _after_particle(self, trigger: tuple[int, ...]) -> int | None:
        """The object of a phrasal verb whose particle the parse takes for a preposition ("gunned down the mayor")."""
        for t in trigger[1:]:
            found = self.parse.child(t, "pobj")
            if found is not None:
                return found
        return None

    def _doer(self, token: int) -> int | None:
        parse = self.parse
        if parse.pos[token] == "ADJ" and parse.dep[token] in ("acomp", "oprd"):
            return arguments.surface_subject(parse, parse.head[token])
        if parse.pos[token] not in arguments.VERBAL:
            return self.doer_of_noun(token)
        found = arguments.subject(parse, token)
        if found is not None and "document" in self.kinds.of(found):
            return self._issuer(found, token)
        return found

    def doer_of_noun(self, noun: int) -> int | None:
        """Who does a noun's act: its owner, the one on whose part it is, or a name before it."""
        parse = self.parse
        own = arguments.owner(parse, noun)
        if own is None:
            part = self.after(noun, "on")
            own = self.after(part, "of") if part is not None and parse.lemma[part] == "part" else None
        if own is not None:
            return own
        for c in parse.children[noun]:
            if c < noun and parse.dep[c] in ("compound", "amod", "nmod") and self.kinds.is_actor(c):
                return c
        return None

    def _issuer(self, document: int, verb: int) -> int | None:
        """Who speaks through a document: its owner, else who passes or issues it ("passed a bill banning")."""
        parse = self.parse
        own = self.doer_of_noun(document)
        if own is not None:
            return own
        governor = parse.head[document]
        if parse.head[verb] == document and governor != document and parse.pos[governor] in arguments.VERBAL:
            issuer = arguments.subject(parse, governor)
            return issuer if issuer != document else None
        return document

    def words_of(self, token: int, sense: Sense) -> tuple[int, ...] | None:
        """The tokens of the sense's words, or None where one is missing or another particle stands there."""
        parse = self.parse
        if sense.family is None and any(parse.word[c].lower() not in sense.words for c in parse.with_dep(token, "prt")):
            return None
        found = [token]
        for word in sense.words[1:]:
            place = None
            for near in reversed(found):
                for c in parse.children[near]:
                    if parse.word[c].lower() == word:
                        place = c
                        break
                if place is not None:
                    break
            if place is None:
                return None
            found.append(place)
        return tuple(found)

    def holds(self, token: int, need: Condition, trigger: tuple[int, ...]) -> bool:
        """Whether a condition on a word's slots holds."""
        if need.slot == "passive":
            return arguments.is_passive(self.parse, token) != (need.test == "lacks")
        if need.slot == "m":
            before = [c for c in self.parse.children[token] if c < token]
            return any(self.kinds.matches(c, need) for c in before) != (need.test == "not")
        place = self.at(token, need.slot, trigger)
        if need.test == "lacks":
            return place is None
        if need.test == "not":
            return place is None or not self.kinds.matches(place, need)
        if place is None:
            return False
        if need.test == "has":
            return True
        if need.test == "is":
            return any(self.kinds.matches(t, need) for t in (place, *self.party(place)))
        return self.kinds.matches_any(place, need)
