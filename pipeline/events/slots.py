"""Slots: what stands in the places of a verb or noun that the lexicon names, and whether its conditions hold."""

from __future__ import annotations

from pipeline.events import arguments
from pipeline.events.doers import Doers
from pipeline.events.roles import is_act_noun
from pipeline.events.triggers import PREPOSITIONS, Condition, Sense

ABOUT = frozenset({"in", "for", "at", "over", "about", "into", "along", "near", "on"})
"""Slots that hold a recipient only where somebody or some place stands in them."""


class Slots(Doers):
    """The slots of the words of one article."""

    def at(self, token: int, slot: str, trigger: tuple[int, ...] = ()) -> int | None:
        """What stands in a slot of a verb or noun."""
        parse = self.parse
        verbal = parse.pos[token] in arguments.VERBAL
        if slot == "s":
            return self.doer(token)
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
        if found is None and not verbal:
            found = self._shared(token, slot)
        return self._after_object(token, slot) if found is None and verbal else found

    def _shared(self, noun: int, preposition: str) -> int | None:
        """The phrase behind the last of some coordinated acts, which is that of all ("rejection and criticism of the plan")."""
        for other in self.parse.conjuncts(noun):
            if other > noun and is_act_noun(self.parse, other, preposition):
                found = self.after(other, preposition)
                if found is not None:
                    return found
        return None

    def _somebody_beside(self, verb: int, place: int) -> int:
        """The object as a recipient; of 'fined the bank two million' the bank, not the money."""
        if "money" not in self.kinds.of(place) or self.parse.pos[verb] not in arguments.VERBAL:
            return place
        payer = arguments.indirect_object(self.parse, verb)
        return place if payer is None else payer

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
            if place is None or place == token or (slot != "o" and self.is_sum(place)):
                continue
            if slot == "on" and not self.kinds.of(place):
                inner = self.after(place, "of")
                place = inner if inner is not None and self.kinds.is_actor(inner) else place
            if slot in ABOUT and not self.is_somebody(place) and not (slot == "on" and self.is_of_somebody(place)):
                continue
            found = self.party(self._somebody_beside(token, place) if slot == "o" else place)
            if slot == "s":
                found = self._of_one_verb(token, place, found)
            if found:
                return found
        return []

    def _of_one_verb(self, verb: int, place: int, heads: list[int]) -> list[int]:
        """Those of a coordinated phrase who do what a verb tells.

        Of "Lee, who left, and Park" only Lee left; of two before a verb in the singular the parse has drawn one from
        the clause before ("Lee has met the king and Park has left").
        """
        parse = self.parse
        if place in parse.ancestors(verb):
            heads = [t for t in heads if t < verb]
        auxiliaries = parse.with_dep(verb, "aux", "auxpass")
        is_one = parse.tag[auxiliaries[0] if auxiliaries else verb] == "VBZ"
        joined = is_one and place not in parse.ancestors(verb) and all(parse.pos[t] == "PROPN" for t in heads)
        before = [t for t in heads if t < verb]
        return before[-1:] if joined and len(before) > 1 and parse.head[place] == verb else heads

    def _is_of_other_act(self, noun: int, preposition: str) -> bool:
        """Whether a phrase belongs to an act of somebody else than the verb's: "protested Chad's raid on Niger"."""
        own = self.parse.child(noun, "poss") if preposition in ("against", "on") else None
        return own is not None and self.parse.tag[own] != "PRP$" and is_act_noun(self.parse, noun, preposition)

    def _after_object(self, verb: int, preposition: str) -> int | None:
        parse = self.parse
        target = arguments.object_of(parse, verb)
        if target is not None and target > verb:
            found = self.after(target, preposition)
            if found is not None and not self._is_of_other_act(target, preposition):
                return found
            inner = self.after(target, "of") if preposition == "from" or self.kinds.is_quantity(target) else None
            if inner is not None and (found := self.after(inner, preposition)) is not None:
                return found
        inner = parse.child(verb, "xcomp")
        if inner is not None and preposition in PREPOSITIONS and parse.pos[inner] not in arguments.VERBAL:
            return self.after(inner, preposition)
        return None

    def _counted(self, place: int) -> list[int]:
        """A word and what it counts: "lot" and "money" in "a lot of money"."""
        found = [place]
        while self.kinds.is_quantity(found[-1]):
            inner = arguments.after_preposition(self.parse, found[-1], "of")
            if inner is None:
                break
            found.append(inner)
        return found

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
            return place is None or not any(self.kinds.matches(t, need) for t in self._counted(place))
        if place is None:
            return False
        if need.test == "has":
            return True
        if need.test == "is":
            return any(self.kinds.matches(t, need) for t in (place, *self.party(place)))
        return self.kinds.matches_any(place, need)
