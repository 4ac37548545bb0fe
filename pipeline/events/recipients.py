"""Recipients that stand outside the frame of an act: in its purpose, in a phrase of its object, in its place.

"Opened fire to disperse the crowd", "mobilised troops for a war against Chad", "declared a curfew in Abeche": who
suffers or gets it is told, only not in the places where the verb has its participants.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pipeline.events import arguments
from pipeline.events.act import Act
from pipeline.events.kinds import Kinds, word_classes
from pipeline.events.roles import has_origin, mentions_of
from pipeline.events.slots import Slots
from pipeline.tables import Mention
from pipeline.tree import Parse

PURPOSES = ("07", "045", "15", "17", "18", "19", "20")
"""Codes of acts that go to whom their purpose names ("sent food to help the miners")."""
MENACES = ("13", "15")
"""Roots of acts that go to whose doings they are to counter ("moved missiles to meet threats from Chad")."""
HOSTILE = ("11", "13", "14", "15", "17", "18", "19", "20")
"""Roots of acts that go to whom any of their phrases is against."""
LOCAL = ("07", "0811", "0863", "087", "152", "154", "162", "166", "1721", "1723", "1724", "191")
"""Codes of acts that go to those who live where they are done ("suspended aid deliveries in Chad").

No protest is among them: it is against somebody, and PLOVER requires no recipient of it; its place is the row's place.
"""

ANSWERS = ("016", "019", "03", "05", "08", "11", "12", "13")
"""Roots of acts that go to whom their object comes from ("accepted India's offer", "broke a ban by the general")."""

BURDENS = ("035", "081", "085", "124", "132", "16", "172")
"""Codes of acts that go to whom a burden is laid on ("sanctions on three Chilean entities", "the ban that it put on Peru")."""
LEAVE = ("035", "05", "08", "12")
"""Roots of acts that go to whom something is granted or refused ("gave approval for Chad to send troops")."""
INQUIRIES = ("09",)
"""Roots of acts that go to who is said to have done it ("an inquiry into claims that two soldiers robbed them")."""

CONDITIONAL = ("12", "13", "14")
"""Roots of acts that go to who can still avert them ("unless Peru rescinds its decree")."""
PROTESTS = ("14",)
"""Roots of acts that go to whose matter they are about ("a strike over the governor's plan")."""

PRESSED = ("08", "12")
"""Roots of acts that go to whose pressure they give way to or defy ("resigned under pressure from the army")."""
YIELDING = ("08",)
"""Roots of acts that go to with whom they were talked over ("called off the strike after talks with the ministry")."""

_ASKING = frozenset(
    {"seek", "file", "lodge", "submit", "request", "propose", "make", "offer", "bring", "operate", "own"}
)
"""Participles whose by-phrase tells who wants or has the thing that is granted, given back or refused."""
_INTENDED = frozenset({"design", "intend", "mean", "aim"})
_LAYING = frozenset({"impose", "place", "put", "lay", "slap", "levy"})
_MATTERS = ("against", "over", "at", "about")
_PLACES = ("in", "across", "throughout", "near", "inside", "at", "along")
_CLAUSES = frozenset({"relcl", "ccomp", "conj", "advcl", "parataxis", "acl", "pcomp"})


def find_recipients(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> list[int]:
    """The heads of the recipients of an act whose own frame names none; empty where the text names none at all."""
    codes = [a.code for a in act.chain()]
    for roots, places in (
        (YIELDING, _after_talks),
        (CONDITIONAL, _in_condition),
        (PROTESTS, _over_whose),
        (PROTESTS, _outside),
        (PROTESTS, _demanded_of),
        (BURDENS, _laid_on),
        (LEAVE, _for_whom_to),
        (INQUIRIES, _in_claim),
        (ANSWERS, _owner_of_object),
        (PURPOSES, _in_purpose),
        (PRESSED, _in_face_of),
        (HOSTILE, _against),
        (LOCAL, _where),
    ):
        averted = places is _in_condition and parse.child(act.clause, "neg") is not None
        if not averted and not any(code.startswith(roots) for code in codes):
            continue
        for place in places(parse, kinds, slots, act):
            if place not in act.actors and place not in act.trigger:
                return [t for t in slots.party(place) if t not in act.actors]
    return []


def countered(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> list[int]:
    """Whom a mobilisation is to counter, where its frame holds no more than a place ("moved ships into the bay to deter Peru")."""
    if not act.code.startswith(MENACES) or act.family is not None:
        return []
    known = (t for t in _in_purpose(parse, kinds, slots, act) if any(map(has_origin, mentions_of(parse, kinds, t))))
    return [t for place in islice(known, 1) for t in slots.party(place) if t not in act.actors]


def not_the_doers_own(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> list[int]:
    """Recipients in place of what is the doer's own ("curbs on its market for Chadian firms"); empty where it is not."""
    doers = {m.actor_id for t in act.actors for m in mentions_of(parse, kinds, t)} - {None}
    own = [m for t in act.recipients for m in mentions_of(parse, kinds, t)]
    if not own or any(m.actor_id not in doers for m in own):
        return []
    for place in _for_whom(parse, kinds, slots, act):
        if not any(m.actor_id in doers for m in mentions_of(parse, kinds, place)):
            return slots.party(place)
    return [t for t in find_recipients(parse, kinds, slots, act) if t not in act.recipients]


def _for_whom(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    places = (slots.after(anchor, "for") for anchor in (*_anchors(act), *act.recipients))
    if any(a.code.startswith(BURDENS) for a in act.chain()):
        yield from (p for p in places if p is not None and any(map(has_origin, mentions_of(parse, kinds, p))))


def _after_talks(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    for anchor in _anchors(act):
        talks = slots.after(anchor, "after")
        partner = slots.after(talks, "with") if talks is not None else None
        if partner is not None and kinds.is_actor(partner):
            yield partner


def _in_face_of(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    for anchor in _anchors(act):
        for preposition in ("despite", "under", "amid", "after", "following"):
            wish = slots.after(anchor, preposition)
            if wish is None or "pressure" not in word_classes(parse.lemma[wish]):
                continue
            own = slots.doer_of_noun(wish) or slots.after(wish, "from")
            if own is not None and kinds.is_actor(own):
                yield own


def _owner_of_object(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    place = slots.at(act.head, "o" if parse.pos[act.head] in arguments.VERBAL else "of")
    if place is not None and parse.pos[place] == "NOUN" and not kinds.is_actor(place):
        own = slots.doer_of_noun(place) or slots.after(place, "from")
        for participle in parse.with_dep(place, "acl"):
            if own is None and parse.lemma[participle] in _ASKING:
                own = slots.author(participle)
        if own is not None and kinds.is_actor(own):
            yield own


def _in_condition(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    verbs = [t for t in _anchors(act) if parse.pos[t] in arguments.VERBAL]
    for clause in (c for verb in verbs for c in parse.with_dep(verb, "advcl")):
        marks = {parse.word[c].lower() for c in parse.with_dep(clause, "mark")}
        doer = arguments.subject(parse, clause)
        if doer is None or marks.isdisjoint({"unless", "until"}) or parse.pos[doer] == "PRON":
            continue
        if kinds.is_actor(doer):
            yield doer


def _over_whose(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    for anchor in _anchors(act):
        inner = slots.after(anchor, "in")
        protest = inner if inner is not None and parse.lemma[inner] in ("protest", "opposition") else None
        for head, prepositions in ((anchor, _MATTERS), (protest, (*_MATTERS, "of", "to"))):
            for preposition in prepositions if head is not None else ():
                place = slots.after(head, preposition) if head is not None else None
                if place is None:
                    continue
                if mentions_of(parse, kinds, place):
                    yield place
                yield from (by for c in parse.with_dep(place, "acl") if (by := slots.author(c)) is not None)


def _outside(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    for anchor in _anchors(act):
        front = slots.after(anchor, "in")
        front = slots.after(front, "of") if front is not None and parse.lemma[front] == "front" else None
        for place in (slots.after(anchor, "outside"), front):
            if place is not None and not kinds.of(place).isdisjoint({"official", "court"}):
                yield place


def _demanded_of(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    for purpose in (p for anchor in _anchors(act) for p in _purposes(parse, anchor)):
        for t in _phrases(parse, purpose):
            place = parse.child(t, "pobj") if parse.word[t].lower() in ("from", "by") else None
            if place is not None and "official" in kinds.of(place):
                yield place


def _laid_on(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    burdens = _anchors(act)
    burdens += [
        o for t in burdens if parse.pos[t] in arguments.VERBAL and (o := arguments.object_of(parse, t)) is not None
    ]
    burdens += [c for t in burdens for c in parse.with_dep(t, "relcl", "acl") if parse.lemma[c] in _LAYING]
    for head in burdens:
        place = slots.after(head, "on")
        if place is not None and any(m.country for m in mentions_of(parse, kinds, place)):
            yield place


def _for_whom_to(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    for anchor in _anchors(act):
        for head in (anchor, *parse.with_dep(anchor, "dobj")):
            for clause in parse.with_dep(head, "advcl", "acl", "relcl"):
                marks = {parse.word[c].lower() for c in parse.with_dep(clause, "mark")}
                doer = parse.child(clause, "nsubj")
                if doer is not None and "for" in marks and kinds.is_actor(doer):
                    yield doer


def _in_claim(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    for anchor in _anchors(act):
        claim = slots.after(anchor, "into")
        for clause in parse.with_dep(claim, "acl", "ccomp") if claim is not None else ():
            doer = arguments.subject(parse, clause) if parse.child(clause, "mark") is not None else None
            if doer is not None and parse.pos[doer] != "PRON" and kinds.is_actor(doer):
                yield doer


def _in_purpose(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    anchors = _anchors(act)
    named = [parse.head[t] for t in anchors if parse.dep[t] == "compound"]
    for anchor in (*anchors, *named):
        for purpose in _purposes(parse, anchor):
            if purpose in anchors:
                continue
            place = slots.at(purpose, "o")
            inner = parse.child(purpose, "ccomp", "xcomp")
            if place is None and inner is not None:
                place = parse.child(inner, "nsubj")
            if place is None:
                continue
            for helped in (place, slots.after(place, "of")):
                if helped is not None and not kinds.of(helped).isdisjoint({"actor", "people", "civil"}):
                    yield helped
            sides = slots.after(place, "between")
            if sides is not None and (kinds.is_actor(sides) or parse.pos[sides] == "PROPN"):
                yield sides
            behind = slots.doer_of_noun(place) or slots.after(place, "from")
            if act.code.startswith(MENACES) and behind is not None and kinds.is_actor(behind):
                yield behind


def _purposes(parse: Parse, anchor: int) -> Iterator[int]:
    """The verbs that tell what something is done for: "to help", "designed to help", "to try to help"."""
    for c in parse.with_dep(anchor, "advcl", "xcomp", "acl"):
        if c > anchor and parse.tag[c] == "VBN" and parse.lemma[c] in _INTENDED:
            yield from _purposes(parse, c)
        elif c > anchor and parse.tag[c] == "VB" and any(parse.tag[t] == "TO" for t in parse.children[c]):
            yield c
            yield from _purposes(parse, c)


def _against(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    for t in _phrases(parse, act.clause):
        if parse.word[t].lower() == "against":
            place = parse.child(t, "pobj")
            if place is None:
                continue
            if (
                kinds.is_actor(place)
                or "place" in kinds.of(place)
                or parse.pos[place] == "PROPN"
                or mentions_of(parse, kinds, place)
            ):
                yield place


def _where(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> Iterator[int]:
    for anchor in _anchors(act):
        own = arguments.object_of(parse, anchor) if parse.pos[anchor] in arguments.VERBAL else None
        for head in (anchor, own):
            if head is None or head in act.actors:
                continue
            for preposition in _PLACES:
                place = slots.after(head, preposition)
                if place is not None and any(m.country for t in slots.party(place) for m in _named(parse, kinds, t)):
                    yield place


def _named(parse: Parse, kinds: Kinds, place: int) -> list[Mention]:
    """The actors of a phrase of place; a matter or an occasion is no place ("in the Spanish case")."""
    named = kinds.mentions.at(place) is not None or "place" in kinds.of(place)
    return mentions_of(parse, kinds, place) if named else []


def _anchors(act: Act) -> list[int]:
    return list(dict.fromkeys(t for a in act.chain() for t in (a.head, a.clause, *a.taken)))


def _phrases(parse: Parse, head: int) -> Iterator[int]:
    """What depends on a word, clauses with a verb of their own left out."""
    for c in parse.children[head]:
        if parse.dep[c] not in _CLAUSES:
            yield c
            yield from _phrases(parse, c)
