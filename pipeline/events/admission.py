"""Admission: which acts are told firmly enough to be a row.

A speech act, a meeting or a favour without somebody who does it is no event; violence and coercion are events when
the text names only the victim. A noun without a verb of its own must name both sides, or, for conflict, one of them.
"""

from __future__ import annotations

import re

from pipeline.events import arguments
from pipeline.events.act import Act
from pipeline.events.kinds import Kinds, word_classes
from pipeline.events.roles import Party, has_origin
from pipeline.events.telling import is_told
from pipeline.events.words import is_listed
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType

SUFFERED = ("17", "18", "19", "20")
"""Roots of acts that are events even where only the victim is known."""

MEETINGS = ("040", "041", "042")
"""Codes of acts that take two sides to meet or to speak."""

BODILY = ("0841", "173", "174")
"""Codes of acts that are done to people and to no policy ("the expulsion of criminals initiative")."""

ACCUSED = ("112", "116")
"""Accusations and verdicts: told of a known accused although nobody says who ("has been convicted of fraud")."""
OPINION = ("01", "05", "11")
"""Roots whose nouns name an attitude ("their support for him"), no act, where no verb brings them."""
CONFLICT = ("14", "15", "16", *SUFFERED)
"""Roots whose noun may stand with one side only, as what the sentence tells ("riots against the ban continue")."""
_PARTY_AND_STATE = re.compile(r"[dri]-\w")
"""What stands in brackets behind a member of the US Congress ("R-Tex."), and is nobody."""
_AGENTS = frozenset({"actor", "people", "armed", "police", "official", "court", "civil", "org"})
_PERSONAL = frozenset(
    {"i", "you", "he", "she", "it", "they", "we", "who", "that", "this", "which", "what", "one", "someone", "anyone"}
)


def is_admitted(parse: Parse, kinds: Kinds, act: Act, actor: Party | None, recipient: Party | None) -> bool:
    """Whether an act with these participants becomes a row."""
    does = actor is not None and is_agent(parse, kinds, actor)
    doer = actor if actor is not None and is_somebody(parse, kinds, actor) else None
    suffers = recipient is not None and is_agent(parse, kinds, recipient)
    root = act.code[:2]
    if (
        _is_unless(parse, act)
        or _is_misfortune(parse, kinds, act, actor)
        or not is_told(parse, kinds, act, doer, recipient)
    ):
        return False
    if recipient is not None and not _is_towards_another(parse, kinds, act, actor, recipient):
        return False
    if actor is not None and _is_private(kinds, act, actor, suffers):
        return False
    if _is_journey(act) and not _is_abroad(kinds, actor, recipient):
        return False
    if recipient is not None and act.code.startswith(BODILY) and "policy" in word_classes(parse.lemma[recipient.head]):
        return False
    if parse.pos[act.clause] not in arguments.VERBAL and parse.pos[act.clause] != "ADJ":
        return _noun_is_admitted(parse, act, actor if does else None, recipient if suffers else None)
    if root == "17" and actor is not None and not does:
        return False
    if root in SUFFERED or act.code == "0841":
        return does or suffers
    if act.code.startswith(ACCUSED) and recipient is not None and arguments.is_passive(parse, act.clause):
        return does or any(m.actor_id for m in recipient.mentions)
    if act.is_mutual and act.family is None and recipient is None and actor is not None and len(act.actors) == 1:
        return does and parse.tag[actor.head] in ("NNS", "NNPS")
    return does


def _is_unless(parse: Parse, act: Act) -> bool:
    """Whether a participle is a preposition: "barring a miracle"."""
    verb = act.clause
    bare = parse.tag[verb] == "VBG" and parse.child(verb, "aux", "nsubj", "prep") is None
    return bare and parse.dep[verb] in ("advcl", "prep") and is_listed(parse.word[verb], "unless")


def _is_towards_another(parse: Parse, kinds: Kinds, act: Act, actor: Party | None, recipient: Party) -> bool:
    """Whether the recipient can be the other side of the act."""
    if _is_to_oneself(parse, act, actor, recipient):
        return False
    if act.code.startswith("04") and not is_somebody(parse, kinds, recipient):
        return False
    if act.code.startswith("07") and (_is_own(actor, recipient) or _is_of_the_doer(parse, kinds, recipient)):
        return False
    return not (act.code.startswith(MEETINGS) and _is_anybody(parse, act, recipient))


def _is_private(kinds: Kinds, act: Act, actor: Party, suffers: bool) -> bool:
    """Whether an act has no other side: a person buys a house, "traders threaten to jam the road"."""
    if act.code.startswith("061"):
        return not suffers and "person" in kinds.of(actor.head)
    return act.family == "threaten" and act.content is None and act.code == "130" and not actor.mentions


def _is_anybody(parse: Parse, act: Act, recipient: Party) -> bool:
    """Whether somebody meets or addresses anybody: "the voters", "never met a rival like him"."""
    if "public" in word_classes(parse.lemma[recipient.head]) and not any(m.actor_id for m in recipient.mentions):
        return True
    article = parse.child(recipient.head, "det")
    negated = parse.child(act.clause, "neg") is not None
    return negated and article is not None and parse.word[article].lower() in ("a", "an")


def _is_to_oneself(parse: Parse, act: Act, actor: Party | None, recipient: Party) -> bool:
    """Whether somebody does it to himself: no act between two sides."""
    if parse.word[recipient.head].lower().endswith(("self", "selves")):
        return True
    return actor is not None and actor.head == recipient.head and not act.is_mutual


def _is_journey(act: Act) -> bool:
    """Whether somebody travels, or is to travel."""
    *_, last = act.chain()
    return last.sense.code == "042" and act.code in ("042", "036")


def _is_abroad(kinds: Kinds, actor: Party | None, recipient: Party | None) -> bool:
    """Whether a journey is an act between two sides: that of someone known or of a holder of an office, not at home."""
    if actor is None or (recipient is not None and _is_at_home(actor, recipient)):
        return False
    return bool(actor.ids or actor.codes) or _is_official(kinds, actor.head)


def _is_official(kinds: Kinds, head: int) -> bool:
    classes = word_classes(kinds.parse.lemma[head]) | (kinds.of(head) & {"official", "armed"})
    return not classes.isdisjoint({"official", "armed", "actor"})


def _is_own(actor: Party | None, recipient: Party) -> bool:
    """Whether somebody gives to what is his own: "gave two million to his campaign"."""
    if actor is None or not recipient.mentions:
        return False
    return all(m.actor_id is not None and m.actor_id in actor.ids for m in recipient.mentions)


def _is_of_the_doer(parse: Parse, kinds: Kinds, recipient: Party) -> bool:
    """Whether a thing that is given to is "his", "their": most likely the giver's own."""
    if not kinds.of(recipient.head).isdisjoint({"people", "official", "armed", "civil"}):
        return False
    own = parse.child(recipient.head, "poss")
    return own is not None and parse.tag[own] == "PRP$" and own in range(recipient.head - 4, recipient.head)


def _is_at_home(actor: Party | None, recipient: Party) -> bool:
    """Whether somebody travels to a town that is not known to be abroad for them: no act between two sides."""
    place, visitor = recipient.first, actor.first if actor is not None else None
    if place is None or place.actor_type is not ActorType.PLACE:
        return False
    return visitor is None or visitor.country == place.country or not (visitor.country or has_origin(visitor))


def _is_misfortune(parse: Parse, kinds: Kinds, act: Act, actor: Party | None) -> bool:
    """Whether nobody did it: an earthquake killed, a man was killed in a crash."""
    governor = parse.head[act.clause]
    if parse.dep[act.clause] == "advcl" and "hazard" in word_classes(parse.lemma[governor]):
        return True
    if actor is not None:
        return not kinds.of(actor.head).isdisjoint({"hazard", "water"}) or _is_of_nature(parse, actor)
    places = (arguments.after_preposition(parse, act.clause, p) for p in ("in", "by", "when", "after"))
    if any(place is not None and "hazard" in kinds.of(place) for place in places):
        return True
    cause = arguments.after_preposition(parse, act.clause, "by")
    return cause is not None and "water" in kinds.of(cause)


def is_agent(parse: Parse, kinds: Kinds, party: Party) -> bool:
    """Whether a party is somebody: a known actor, or a noun for people or bodies that act."""
    word = parse.word[party.head].lower()
    if _PARTY_AND_STATE.match(word) or (parse.pos[party.head] == "PROPN" and is_listed(word, "paper")):
        return False
    mention = kinds.mentions.at(party.head)
    if mention is not None and (mention.actor_id or mention.actor_code):
        return not _is_case(parse, party.head)
    if word in _PERSONAL:
        return False
    of = kinds.of(party.head)
    if not of.isdisjoint(_AGENTS) or ("partisan" in of and party.mentions):
        return not _is_case(parse, party.head)
    return parse.pos[party.head] == "PROPN" and of.isdisjoint({"time", "place"}) and not _is_of_nature(parse, party)


def _is_case(parse: Parse, head: int) -> bool:
    """Whether a name is the first half of a court case's: "Norvia v. the Commission"."""
    return any(parse.word[t].lower() in ("v.", "vs.", "versus") for t in range(head + 1, min(head + 4, len(parse))))


def _is_of_nature(parse: Parse, party: Party) -> bool:
    """Whether a name is that of a river or a storm: "the River Douro", "Hurricane Ida"."""
    words = (party.head, *parse.with_dep(party.head, "compound"))
    return any(not word_classes(parse.word[t]).isdisjoint({"hazard", "water"}) for t in words)


def is_somebody(parse: Parse, kinds: Kinds, party: Party) -> bool:
    """Whether a party is an agent, belongs to one ("Spain's policy"), or is a pronoun for somebody unknown."""
    return bool(party.mentions) or parse.pos[party.head] == "PRON" or is_agent(parse, kinds, party)


def _noun_is_admitted(parse: Parse, act: Act, actor: Party | None, recipient: Party | None) -> bool:
    named = [party for party in (actor, recipient) if party is not None and party.mentions]
    if all(parse.pos[party.head] == "PRON" for party in named):
        return False
    if act.code == "130" and recipient is None:
        return False
    if act.family in ("agree", "intend", "offer", "want") and act.content is None:
        return False
    if actor is not None and recipient is not None:
        return act.code[:2] not in OPINION
    return bool(named) and act.code[:2] in CONFLICT and _is_said_to_happen(parse, act.head)


def _is_said_to_happen(parse: Parse, noun: int) -> bool:
    """Whether a noun is what its sentence tells: the subject of a verb, or what "there was"."""
    if parse.dep[noun] in ("nsubj", "attr", "ROOT"):
        return True
    return parse.dep[noun] == "nsubjpass" and is_listed(parse.lemma[parse.head[noun]], "happening")
