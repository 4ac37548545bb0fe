"""Doers: who does the act that a verb or a noun names."""

from __future__ import annotations

from pipeline.events import arguments
from pipeline.events.phrases import Phrases
from pipeline.events.roles import is_paper
from pipeline.events.triggers import load_senses
from pipeline.events.words import is_listed

VIOLENT = ("18", "19", "20")
"""Roots of acts whose noun tells by what means somebody suffers."""


class Doers(Phrases):
    """The doers of the acts of one article."""

    def doer(self, token: int) -> int | None:
        """Who does the act of a verb, an adjective or a noun."""
        parse = self.parse
        if parse.pos[token] == "ADJ" and parse.dep[token] in ("acomp", "oprd"):
            return arguments.surface_subject(parse, parse.head[token])
        if parse.pos[token] not in arguments.VERBAL:
            return self.doer_of_noun(token)
        found = arguments.subject(parse, token)
        if found is None and arguments.is_passive(parse, token):
            return self._doer_of_means(token)
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
            if c < noun and parse.dep[c] in ("compound", "amod", "nmod"):
                if self.kinds.is_actor(c) and not is_paper(self.kinds, c):
                    return c
                if (behind := parse.child(c, "poss")) is not None and self.kinds.is_actor(behind):
                    return behind
        return self._doer_of_joint_act(noun)

    def _doer_of_joint_act(self, noun: int) -> int | None:
        """Who does something "in collaboration with" another."""
        parse, preposition = self.parse, self.parse.head[noun]
        verb = parse.head[preposition]
        verb = parse.head[verb] if parse.dep[verb] == "dobj" else verb
        joint = parse.dep[noun] == "pobj" and parse.word[preposition].lower() == "in"
        if not joint or not is_listed(parse.lemma[noun], "jointly") or parse.pos[verb] not in arguments.VERBAL:
            return None
        return arguments.subject(parse, verb)

    def _doer_of_means(self, verb: int) -> int | None:
        """Who does the violent act in which something is suffered: "killed in a strike by the rebels"."""
        for preposition in ("in", "during"):
            means = self.after(verb, preposition)
            senses = load_senses().get((self.parse.lemma[means].lower(), "n"), ()) if means is not None else ()
            if means is not None and any(sense.code.startswith(VIOLENT) for sense in senses):
                return self.doer_of_noun(means)
        return None

    def _issuer(self, document: int, verb: int) -> int | None:
        """Who speaks through a document: its owner, else who passes or issues it ("passed a bill banning")."""
        parse = self.parse
        own = self.doer_of_noun(document)
        if own is None:
            own = next((by for c in parse.with_dep(document, "acl") if (by := self.author(c)) is not None), None)
        if own is not None:
            return own
        governor = parse.head[document]
        if parse.head[verb] == document and governor != document and parse.pos[governor] in arguments.VERBAL:
            issuer = arguments.subject(parse, governor)
            return issuer if issuer != document else None
        return document

    def author(self, participle: int) -> int | None:
        """Who files or writes a document: "a lawsuit filed by the widow"."""
        return arguments.subject(self.parse, participle) if arguments.is_passive(self.parse, participle) else None
