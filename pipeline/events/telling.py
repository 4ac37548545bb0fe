"""Telling: whether a text tells an act, or only speaks of such acts.

Purposes ("to mock them"), conditions, questions, commands, kinds of people ("countries that defy it") and what others
are urged, empowered or kept from doing are no events. What is planned, promised, demanded or possible is told by its
own words, and carries their status.
"""

from __future__ import annotations

from pipeline.events import arguments
from pipeline.events.act import Act
from pipeline.events.generality import is_general, is_named, is_rule
from pipeline.events.kinds import Kinds, word_classes
from pipeline.events.roles import Party
from pipeline.tree import Parse

OPINION = ("01", "05", "11")
"""Roots of acts that may be nothing but an attitude."""
FAVOURS = ("01", "02", "03", "05", "06", "07")
"""Roots whose plural nouns sum up what somebody does as a rule ("their contributions to the alliance")."""
CAPITALS = 0.8
"""From this share of long words with a capital on a sentence is a headline."""

_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "until", "till"})
_UNTOLD = frozenset(
    {"of", "about", "without", "before", "against", "than", "like", "as", "instead", "toward", "towards", "from"}
)
_SUPPOSED = frozenset({"should", "were", "had"})
_ASIDES = frozenset({",", "—", "–", "-", "("})
_CLOSING = frozenset({"”", '"', "''", "’", ")", "'"})


def is_told(parse: Parse, kinds: Kinds, act: Act, actor: Party | None, recipient: Party | None) -> bool:
    """Whether the text tells an act with these participants."""
    if _is_asked(parse, act.head) or is_title(parse, act.head):
        return False
    if parse.pos[act.head] == "ADJ" and act.code.startswith("01"):
        return _is_said(parse, kinds, parse.head[act.head])
    if parse.pos[act.clause] not in arguments.VERBAL:
        return _noun_is_told(parse, act)
    return not is_general(parse, kinds, act, actor, recipient) and _clause_is_told(parse, act, actor)


def is_title(parse: Parse, token: int) -> bool:
    """Whether a sentence is a headline in capitals, in which the parse takes most words for names."""
    first, stop = parse.sentences[parse.sentence_of[token]]
    if token == first or not parse.word[token][0].isupper():
        return False
    if parse.word[token].isupper() and len(parse.word[token]) > 3:
        return True
    long = [parse.word[t] for t in range(first, stop) if len(parse.word[t]) > 3 and parse.word[t][0].isalpha()]
    return len(long) >= 5 and sum(word[0].isupper() for word in long) >= CAPITALS * len(long)


def _clause_is_told(parse: Parse, act: Act, actor: Party | None) -> bool:
    verb = act.clause
    dep, head = parse.dep[verb], parse.head[verb]
    if dep == "conj" and parse.tag[verb] == "VB" and parse.tag[head] != "VB":
        return not any(parse.tag[c] == "TO" for c in parse.children[verb])
    while dep == "conj" and parse.child(verb, "nsubj", "nsubjpass") is None and parse.pos[head] in arguments.VERBAL:
        verb, dep, head = head, parse.dep[head], parse.head[head]
    if _is_supposed(parse, verb) or (dep in ("advcl", "acl") and arguments.is_bare(parse, verb)):
        return False
    while dep in ("xcomp", "ccomp") and arguments.is_bare(parse, verb):
        if not _happens(parse, head, actor):
            return False
        verb, dep, head = head, parse.dep[head], parse.head[head]
        if dep in ("advcl", "acl", "relcl", "pcomp") and arguments.is_bare(parse, verb):
            return False
    if parse.tag[verb] == "VBG" and dep in ("xcomp", "ccomp", "dobj", "nsubj", "csubj", "attr"):
        return parse.child(verb, "aux", "nsubj") is not None
    if dep == "pcomp":
        return parse.pos[parse.head[head]] in arguments.VERBAL and parse.word[head].lower() not in _UNTOLD
    if dep in ("relcl", "acl"):
        return _modifier_is_told(parse, act, actor, verb)
    return dep != "amod"


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


def _is_supposed(parse: Parse, verb: int) -> bool:
    """Whether a clause only supposes, commands or compares: a condition, "leave him", "rather than leave him"."""
    if parse.word[parse.left[verb] - 1].lower() == "than" or is_rule(parse, verb):
        return True
    return _is_condition(parse, verb) or _is_command(parse, verb)


def _is_condition(parse: Parse, verb: int) -> bool:
    """Whether a clause is a condition or an ability: "if he leaves", "should he leave", "before he could leave"."""
    auxiliaries = {parse.word[c].lower(): c for c in parse.with_dep(verb, "aux", "auxpass")}
    marks = {parse.word[c].lower() for c in parse.with_dep(verb, "mark")}
    if (
        not marks.isdisjoint(_CONDITIONS)
        or ("before" in marks and "could" in auxiliaries)
        or not auxiliaries.keys().isdisjoint(("can", "ca"))
    ):
        return True
    own = parse.child(verb, "nsubj", "nsubjpass")
    return own is not None and any(word in _SUPPOSED and c < own for word, c in auxiliaries.items())


def _is_command(parse: Parse, verb: int) -> bool:
    """Whether a verb commands: "Don't shoot him"."""
    if parse.tag[verb] != "VB" or parse.dep[verb] not in ("ROOT", "ccomp", "parataxis", "conj"):
        return False
    words = {parse.word[c].lower() for c in parse.children[verb] if parse.dep[c] in ("aux", "auxpass", "mark")}
    return parse.child(verb, "nsubj", "nsubjpass", "csubj") is None and words <= {"do"}


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
    return "realising" in word_classes(parse.lemma[governor])


def _noun_is_told(parse: Parse, act: Act) -> bool:
    """Whether a noun names an act and no kind of acts: not "the issue of police killings"."""
    noun = act.head
    if parse.tag[noun] != "NNS":
        return True
    if act.code[:2] in FAVOURS:
        return False
    if parse.dep[noun] != "pobj" or parse.child(noun, "det", "poss", "nummod") is not None:
        return True
    preposition = parse.head[noun]
    return parse.word[preposition].lower() not in _UNTOLD or parse.pos[parse.head[preposition]] in arguments.VERBAL
