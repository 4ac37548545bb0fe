"""Acts: the trigger words of a text with their codes and the places of their participants."""

from __future__ import annotations

from pipeline.events import arguments
from pipeline.events.act import Act
from pipeline.events.attachment import continued
from pipeline.events.completion import recipients_in_complement, take_in
from pipeline.events.families import family_code
from pipeline.events.kinds import Kinds
from pipeline.events.obligations import OBLIGATIONS, demanded
from pipeline.events.roles import mentions_of
from pipeline.events.slots import Slots
from pipeline.events.triggers import Sense, load_lemmas, load_senses
from pipeline.events.words import is_listed
from pipeline.tree import Parse

POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}
NEAR = 6
"""A light verb and its noun are one trigger where they stand at most this many words apart."""
MAX_NESTING = 6
"""How deep acts that are about acts are read ("agreed to stop blocking aid")."""


COOPERATION = ("03", "04", "05", "06", "07", "08")

ADDRESSED = frozenset({"demand", "appeal", "ask"})
"""Families whose object is who is asked: to push an agenda is no demand."""

PROMISES = frozenset({"agree", "intend", "offer"})
"""Families that say nothing where an unknown content is negated: "vowed not to return"."""

DIRECT = frozenset({"do", "try", "fail", "want", "consider", "halt", "bar"})
"""Families whose content is the very word that they govern, seen through nothing but a quantity."""


NOT_THROUGH = ("01", "05", "07", "11")
"""Roots of acts that are no content as the object of a verb that names no act itself ("calm the criticism")."""

_SUBORDINATE = frozenset({"of", "on", "for", "in", "to", "with", "against", "from", "over", "about"})


class Reader:
    """Reads the acts of one article; every token at most once."""

    def __init__(self, parse: Parse, kinds: Kinds) -> None:
        self.parse = parse
        self.kinds = kinds
        self.slots = Slots(parse, kinds)
        self._senses = load_senses()
        self._lemmas = load_lemmas()
        self._known: dict[int, Act | None] = {}
        self._open: set[int] = set()

    def read(self) -> list[Act]:
        """All acts that are not the content of another act, in the order of the text."""
        parse = self.parse
        found = [act for t in range(len(parse)) if (act := self.act_at(t)) is not None]
        inside = {id(inner) for act in found for inner in act.chain() if inner is not act}
        outer = [act for act in found if id(act) not in inside]
        taken = {t for act in outer for a in act.chain() for t in (*a.trigger, *a.taken) if t != act.head}
        return [act for act in outer if act.head not in taken]

    def act_at(self, token: int) -> Act | None:
        """The act that the token names, or None."""
        if token in self._known:
            return self._known[token]
        if not self._senses_at(token):
            return None
        if token in self._open or len(self._open) > MAX_NESTING:
            return None
        self._open.add(token)
        act = self._read(token)
        self._open.discard(token)
        self._known[token] = act
        return act

    def _senses_at(self, token: int) -> tuple[Sense, ...]:
        """The senses that the token's lemma has, the most particular first."""
        parse = self.parse
        pos = POS.get(parse.pos[token])
        if pos is None:
            return ()
        if pos == "a" and parse.tag[token] in ("VBN", "VBG"):
            pos = "v"
        lemma = self._lemmas.get(parse.word[token].lower()) if pos == "v" else None
        return self._senses.get((lemma or parse.lemma[token].lower(), pos), ())

    def _read(self, token: int) -> Act | None:
        parse = self.parse
        if parse.lemma[token].lower() in OBLIGATIONS:
            return self._obligation(token) if parse.dep[token] == "aux" else None
        for sense in self._senses_at(token):
            trigger = self.slots.words_of(token, sense)
            if trigger is None or not all(self.slots.holds(token, c, trigger) for c in sense.needs):
                continue
            act = self._build(token, sense, trigger)
            if act is not None:
                return act
        return None

    def _obligation(self, auxiliary: int) -> Act | None:
        """A demand or appeal made by "must" or "should": "Rome said that Tunis must withdraw"."""
        parse = self.parse
        senses = self._senses.get((parse.lemma[auxiliary].lower(), "v"))
        verb = parse.head[auxiliary]
        governor = parse.head[verb]
        if senses is None:
            return None
        sides = demanded(parse, self.kinds, verb)
        if sides is None:
            return None
        speaker, asked = sides
        sense = senses[0]
        content = self._act_inside(verb, 0)
        code = self._code_of_demand(sense, verb, content)
        if code is None:
            return None
        act = Act(
            sense,
            code,
            None,
            auxiliary,
            governor,
            (auxiliary,),
            self.slots.party(speaker),
            self.slots.party(asked),
            False,
        )
        act.content, act.family = content, sense.family
        act.rules.append(sense.name)
        return act

    def _code_of_demand(self, sense: Sense, verb: int, content: Act | None) -> str | None:
        """The code of an obligation; "must not" demands the end of its content, and nothing where that is unknown."""
        asked = content.code if content else None
        if self.parse.child(verb, "neg") is not None:
            asked = family_code("halt", asked) if asked is not None else None
            if asked is None:
                return None
        return family_code(sense.family or "", asked) or sense.code

    def _taken(self, token: int, sense: Sense) -> tuple[int, ...]:
        places = [
            self.slots.at(token, need.slot) for need in sense.needs if need.test == "is" and need.slot not in ("s", "m")
        ]
        if sense.pos == "v" and sense.family is None:
            places.append(self.slots.at(token, "o"))
        return tuple(place for place in places if place is not None)

    def _build(self, token: int, sense: Sense, trigger: tuple[int, ...]) -> Act | None:
        frame = sense.frame
        actors = self.slots.fill(token, frame.actor, trigger)
        recipients = self.slots.fill(token, frame.recipient, trigger)
        act = Act(sense, sense.code, sense.mode, token, token, trigger, actors, recipients, frame.is_mutual)
        act.rules.append(sense.name)
        act.taken = self._taken(token, sense)
        act.others = self.slots.others(token, frame.recipient, trigger, recipients)
        if sense.family is None:
            return act
        content = self._content(token, frame.content or ("x", "o"), 3 if sense.family in DIRECT else 0, trigger)
        if sense.family in ADDRESSED and "o" in frame.recipient and self._is_matter(self.slots.at(token, "o")):
            return None
        if sense.family == "decree" and self._is_matter(self.slots.at(token, "o")):
            act.recipients = []
        clause = self.slots.at(token, "x")
        if clause is not None and self._is_asked(sense.family, clause):
            return None
        family, asked = sense.family, content.code if content else None
        if asked is None and family in PROMISES and self._is_refused(token):
            return None
        if asked is not None and self._is_refused(token):
            if family in ("intend", "decide"):
                family = "refuse" if asked[:2] in COOPERATION else "do"
            asked = family_code("halt", asked) if family not in ("refuse", "do") else asked
            if family == "do":
                return None
        code = family_code(family, asked)
        if code is None:
            return None
        act.code = code
        act.family = sense.family
        if content is not None:
            take_in(self.slots, act, content)
        act.recipients = act.recipients or recipients_in_complement(self.slots, token, act)
        return act

    def _is_asked(self, family: str, clause: int) -> bool:
        """Whether the content is an indirect question: "asked whether it would go", "decided how far to go"."""
        if family in ADDRESSED and arguments.is_question(self.parse, clause):
            return True
        return family in ("decide", "intend") and self.parse.tag[self.parse.left[clause]] in ("WRB", "WP", "WDT")

    def _is_matter(self, place: int | None) -> bool:
        """Whether a noun is neither somebody nor an act that is asked for."""
        if (
            place is None
            or self.parse.pos[place] != "NOUN"
            or self.kinds.of(place) - {"quantity", "policy", "document"}
        ):
            return False
        return self._act_inside(place, 0) is None and not mentions_of(self.parse, self.kinds, place)

    def _is_refused(self, token: int) -> bool:
        """Whether the completing clause is negated: "decided not to", "urged them not to"."""
        clause = self.slots.at(token, "x")
        return clause is not None and self.parse.child(clause, "neg") is not None

    def _content(self, token: int, slots: tuple[str, ...], depth: int, trigger: tuple[int, ...]) -> Act | None:
        for slot in slots:
            place = self.slots.at(token, slot, trigger)
            if place is None or place == token or (depth and arguments.has_own_subject(self.parse, place)):
                continue
            for t in self.parse.conjuncts(place):
                if t != place and continued(self.parse, t) is not None:
                    break
                act = self._act_inside(t, depth)
                if act is None and depth:
                    act = self._act_counted(t)
                if act is not None:
                    return act
        place = self.slots.infinitive(token)
        if place is not None and depth and not self._is_through_plan(token, place):
            return None
        if place is None or place == token or (depth and arguments.has_own_subject(self.parse, place)):
            return None
        return self._act_inside(place, depth)

    def _is_through_plan(self, token: int, clause: int) -> bool:
        """Whether a clause is the verb's own, or that of a plan or an effort: "dropped its plan to", not "its reluctance to"."""
        noun = self.parse.head[clause]
        return noun == token or not self.kinds.of(noun).isdisjoint({"vessel", "plan", "policy"})

    def _act_counted(self, token: int) -> Act | None:
        """The act that a quantity counts: "10 days of war games", "the process of returning"."""
        while self.kinds.is_quantity(token):
            inner = arguments.after_preposition(self.parse, token, "of")
            if inner is None:
                return None
            token = inner
        return self.act_at(token) or self._modifying_act(token)

    def _act_inside(self, token: int, depth: int) -> Act | None:
        """The act named by the phrase or clause of the token: its head, else a noun it governs."""
        parse = self.parse
        act = self.act_at(token)
        if act is not None or depth >= 3:
            return self._modifying_act(token) if act is None else act
        for c in parse.children[token]:
            dep = parse.dep[c]
            if dep in ("compound", "amod") and not self._names_a_kind(token):
                continue
            if dep == "dobj" and not self._passes(token, c):
                continue
            if dep in ("dobj", "attr", "acomp", "xcomp", "compound", "amod", "nsubjpass") or (
                dep == "poss" and depth == 0
            ):
                act = self._act_inside(c, depth + 1)
                if act is not None and dep == "dobj" and act.code.startswith(NOT_THROUGH):
                    act = None
            elif dep == "prep" and parse.word[c].lower() in _SUBORDINATE and parse.pos[token] not in arguments.VERBAL:
                inner = parse.child(c, "pobj", "pcomp")
                act = self._act_inside(inner, depth + 1) if inner is not None else None
            elif dep == "acl" and parse.tag[c] == "VB":
                act = self._act_inside(c, depth + 1)
            if act is not None:
                return act
        return None

    def _passes(self, token: int, target: int) -> bool:
        """Whether an act can stand in the object of a word: of a verb only where it or its object says nothing itself."""
        if self.parse.pos[token] not in arguments.VERBAL or "vessel" in self.kinds.of(target):
            return True
        return is_listed(self.parse.lemma[token], "light")

    def _names_a_kind(self, noun: int) -> bool:
        """Whether a word before a noun says what the noun is: a "vessel", or a verb or adjective that has no such word."""
        return self.parse.pos[noun] not in ("NOUN", "PROPN") or "vessel" in self.kinds.of(noun)

    def _modifying_act(self, noun: int) -> Act | None:
        """The act of a noun that only names its kind: "aid" in "an aid program", "mediation" in "a mediation effort"."""
        if "vessel" not in self.kinds.of(noun):
            return None
        for c in self.parse.children[noun]:
            if self.parse.dep[c] in ("compound", "amod") and (act := self.act_at(c)) is not None:
                return act
        return None
