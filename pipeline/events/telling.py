"""Telling: whether a text tells an act, or only speaks of such acts.

Purposes ("to mock them"), conditions, questions, commands, kinds of people ("countries that defy it") and what others
are urged, empowered or kept from doing are no events. What is planned, promised, demanded or possible is told by its
own words, and carries their status.
"""

from __future__ import annotations

from pipeline.events import arguments
from pipeline.events.act import Act
from pipeline.events.attachment import continued
from pipeline.events.generality import is_general, is_named, is_of_any
from pipeline.events.kinds import Kinds, word_classes
from pipeline.events.roles import Party
from pipeline.events.status import carrier
from pipeline.events.supposition import is_in_condition, is_supposed, is_thought, is_wished
from pipeline.events.words import is_listed
from pipeline.tree import Parse

OPINION = ("01", "05", "11")
"""Roots of acts that may be nothing but an attitude."""
FAVOURS = ("01", "02", "03", "05", "06", "07")
"""Roots whose plural nouns sum up what somebody does as a rule ("their contributions to the alliance")."""
CAPITALS = 0.8
"""From this share of long words with a capital on a sentence is a headline."""

_UNTOLD = frozenset(
    {"of", "about", "without", "before", "against", "than", "like", "as", "instead", "toward", "towards", "from"}
)
_ASIDES = frozenset({",", "—", "–", "-", "("})
_CLOSING = frozenset({"”", '"', "''", "’", ")", "'"})


def is_told(parse: Parse, kinds: Kinds, act: Act, actor: Party | None, recipient: Party | None) -> bool:
    """Whether the text tells an act with these participants."""
    if _is_asked(parse, act.head) or is_title(parse, act.head):
        return False
    if parse.pos[act.head] == "ADJ" and act.code.startswith("01"):
        return _is_said(parse, kinds, parse.head[act.head])
    if _is_to_be_suffered(parse, act):
        return False
    if parse.pos[act.clause] in arguments.VERBAL:
        general = is_general(parse, kinds, act, actor, recipient)
        return not general and _clause_is_told(parse, act, actor, act.clause)
    of_any = recipient is not None and is_of_any(parse, recipient)
    return not of_any and not is_thought(parse, carrier(parse, act)) and _noun_is_told(parse, act)


def _is_to_be_suffered(parse: Parse, act: Act) -> bool:
    """Whether somebody is willing, likely or due to have something done to him: his is no plan to do it."""
    content = act.content
    if content is None or act.family not in ("intend", "want") or parse.pos[content.clause] not in arguments.VERBAL:
        return False
    if parse.child(content.clause, "auxpass") is None or parse.dep[content.clause] != "xcomp":
        return False
    return not content.actors or bool(set(act.actors) & set(content.recipients))


def is_title(parse: Parse, token: int) -> bool:
    """Whether a sentence is a headline in capitals, in which the parse takes most words for names."""
    first, stop = parse.sentences[parse.sentence_of[token]]
    if token == first or not parse.word[token][0].isupper():
        return False
    if parse.word[token].isupper() and len(parse.word[token]) > 3:
        return True
    long = [parse.word[t] for t in range(first, stop) if len(parse.word[t]) > 3 and parse.word[t][0].isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    if parse.pos[token] == "VERB" and len(long) >= 3 and capitals == len(long):
        return True
    return len(long) >= 5 and capitals >= CAPITALS * len(long)


def _clause_is_told(parse: Parse, act: Act, actor: Party | None, verb: int) -> bool:
    """Whether a verb's clause tells what happens: the act's own clause, or one that holds it."""
    if is_thought(parse, verb):
        return False
    own = _coordinated_is_told(parse, verb)
    if own is not None:
        return own
    verb = _first_of_coordinated(parse, verb)
    if is_supposed(parse, verb) or is_thought(parse, verb) or is_in_condition(parse, verb):
        return False
    if parse.dep[verb] in ("advcl", "acl", "relcl") and arguments.is_bare(parse, verb):
        return False
    while parse.dep[verb] in ("xcomp", "ccomp") and arguments.is_bare(parse, verb):
        if not _happens(parse, parse.head[verb], actor):
            return False
        verb = parse.head[verb]
        if is_wished(parse, verb):
            return False
        if parse.dep[verb] in ("advcl", "acl", "relcl", "pcomp") and arguments.is_bare(parse, verb):
            return False
    return _place_is_told(parse, act, actor, verb)


def _coordinated_is_told(parse: Parse, verb: int) -> bool | None:
    """Whether a verb tells an act that is coordinated with what is of another form; None where it shares its form."""
    head = parse.head[verb]
    if parse.dep[verb] != "conj":
        return None
    if parse.tag[verb] == "VB" and parse.child(verb, "mark") is not None:
        return False
    if parse.tag[verb] == "VBG" and parse.pos[head] in ("NOUN", "PROPN"):
        return parse.child(verb, "aux", "nsubj") is not None
    if parse.tag[verb] == "VB" and parse.tag[head] != "VB":
        infinitive = any(parse.tag[c] == "TO" for c in parse.children[verb])
        return not infinitive and not _is_under_infinitive(parse, head)
    return None


def _is_under_infinitive(parse: Parse, verb: int) -> bool:
    """Whether a gerund hangs on an infinitive ("to stop attacking her", which a bare verb behind it continues)."""
    return parse.tag[verb] == "VBG" and parse.dep[verb] == "xcomp" and arguments.is_bare(parse, parse.head[verb])


def _first_of_coordinated(parse: Parse, verb: int) -> int:
    """The first of coordinated verbs with one subject."""
    above = continued(parse, verb)
    verb = verb if above is None else above
    while parse.dep[verb] == "conj" and parse.child(verb, "nsubj", "nsubjpass") is None:
        if parse.pos[parse.head[verb]] not in arguments.VERBAL:
            break
        verb = parse.head[verb]
    return verb


def _place_is_told(parse: Parse, act: Act, actor: Party | None, verb: int) -> bool:
    """Whether a clause tells what happens where it stands: as a gerund, behind a preposition, beside a noun."""
    dep, head = parse.dep[verb], parse.head[verb]
    if dep in ("xcomp", "dobj") and any(parse.word[c].lower() == "being" for c in parse.with_dep(verb, "auxpass")):
        return False
    if parse.tag[verb] == "VBG" and dep in ("xcomp", "ccomp", "dobj", "nsubj", "csubj", "attr"):
        return parse.child(verb, "aux", "nsubj") is not None
    if dep == "pcomp":
        governor = parse.head[head]
        if parse.pos[governor] not in arguments.VERBAL or parse.word[head].lower() in _UNTOLD:
            return False
        if any(is_listed(parse.lemma[c], "averse") for c in parse.with_dep(governor, "dobj")):
            return False
        return _clause_is_told(parse, act, actor, governor)
    if dep in ("relcl", "acl"):
        return _modifier_is_told(parse, act, actor, verb)
    return dep not in ("amod", "prep")


def _modifier_is_told(parse: Parse, act: Act, actor: Party | None, verb: int) -> bool:
    """Whether a clause that modifies a noun tells an act of somebody, and does not only say of what kind he is."""
    noun = parse.head[verb]
    if "chance" in word_classes(parse.lemma[noun]) or actor is None or parse.pos[actor.head] == "PRON":
        return False
    if act.family == "intend" and "document" in word_classes(parse.lemma[noun]):
        return False
    before = parse.word[parse.left[verb] - 1]
    if not is_named(actor) and not (before == "," and parse.dep[verb] == "relcl" and _is_definite(parse, actor.head)):
        return False
    if parse.tag[actor.head] == "NNS" and _is_of_a_kind(parse, actor.head):
        return False
    of_a_kind = act.code[:2] in OPINION and (actor.head == noun or noun in parse.ancestors(actor.head))
    return not of_a_kind or before in _ASIDES


def _is_asked(parse: Parse, token: int) -> bool:
    """Whether the sentence is a question."""
    first, stop = parse.sentences[parse.sentence_of[token]]
    last = stop - 1
    while last > first and parse.word[last] in _CLOSING:
        last -= 1
    return parse.word[last] == "?"


def _is_said(parse: Parse, kinds: Kinds, verb: int) -> bool:
    """Whether somebody is told to say what a clause says: an attitude that nobody voices is no act."""
    return parse.dep[verb] == "ccomp" and "say" in kinds.of(parse.head[verb])


def _is_of_a_kind(parse: Parse, noun: int) -> bool:
    """Whether people are named only as a kind: "the epidemic of officers killing civilians"."""
    preposition = parse.head[noun]
    if parse.dep[noun] != "pobj" or parse.child(noun, "det", "poss", "nummod") is not None:
        return False
    return parse.word[preposition].lower() in ("of", "about") and parse.pos[parse.head[preposition]] == "NOUN"


def _is_definite(parse: Parse, noun: int) -> bool:
    article = parse.child(noun, "det")
    return article is not None and parse.word[article].lower() == "the"


def _happens(parse: Parse, governor: int, actor: Party | None) -> bool:
    """Whether what a verb's infinitive names happens where the verb does ("began to", "was forced to"), or is to happen.

    The doer is to do it in "the premier is to visit Chad", not in "the aim is to make him leave".
    """
    if parse.lemma[governor] == "be":
        return actor is not None and arguments.surface_subject(parse, governor) == actor.head
    if parse.lemma[governor] == "have" and parse.tag[governor] in ("VB", "VBP", "VBZ"):
        return any(parse.word[c].lower() == "yet" for c in parse.children[governor])
    if parse.lemma[governor] == "get" and any(
        parse.lemma[c] in ("have", "'ve") for c in parse.with_dep(governor, "aux")
    ):
        return False
    return "realising" in word_classes(parse.lemma[governor])


def _is_predicated(parse: Parse, noun: int) -> bool:
    """Whether a noun says what something amounts to: "the vote was an indictment of the mayor"."""
    copula = parse.head[noun]
    if parse.dep[noun] != "attr" or parse.lemma[copula] != "be":
        return False
    own = parse.child(copula, "nsubj")
    return own is not None and parse.word[own].lower() != "there"


def _is_in_name(parse: Parse, noun: int) -> bool:
    """Whether a noun is a word of a name: "the Organization for Economic Cooperation", "its 'Ban on Masks' initiative"."""
    if parse.pos[noun] != "PROPN" or not parse.word[noun][0].isupper():
        return False
    head = parse.head[noun]
    if parse.dep[noun] == "pobj" and parse.pos[parse.head[head]] == "PROPN":
        return True
    if parse.dep[noun] in ("compound", "nmod") and not word_classes(parse.lemma[head]).isdisjoint({"policy", "vessel"}):
        return True
    return any(
        parse.pos[c] == "PROPN"
        and c == noun - 1
        and word_classes(parse.word[c]).isdisjoint({"actor", "official"})
        and is_listed(parse.word[c], "naming")
        for c in parse.with_dep(noun, "compound", "amod")
    )


def _noun_is_told(parse: Parse, act: Act) -> bool:
    """Whether a noun names an act and no kind of acts: not "the issue of police killings"."""
    noun = act.head
    if _is_predicated(parse, noun) or _is_in_name(parse, noun):
        return False
    if parse.tag[noun] != "NNS":
        return parse.lemma[noun] != "violence" or parse.child(noun, "det", "poss") is not None
    if act.code[:2] in FAVOURS:
        return False
    if parse.dep[noun] != "pobj" or parse.child(noun, "det", "poss", "nummod") is not None:
        return True
    preposition = parse.head[noun]
    return parse.word[preposition].lower() not in _UNTOLD or parse.pos[parse.head[preposition]] in arguments.VERBAL
