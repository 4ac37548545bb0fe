"""Telling: whether a text tells an act, or only speaks of such acts.

Purposes ("to mock them"), conditions, questions, kinds of people ("countries that defy it"), habits ("dealers sell
weapons") and what others are urged, empowered or kept from doing are no events. What is planned, promised, demanded or
possible is told by its own words, and carries their status.
"""

from __future__ import annotations

from pipeline.events import arguments, status
from pipeline.events.act import Act
from pipeline.events.kinds import Kinds, word_classes
from pipeline.events.roles import Party
from pipeline.tree import Parse

OPINION = ("01", "05", "11")
"""Roots of acts that may be nothing but an attitude."""

VIOLENCE = ("17", "18", "19", "20")
"""Roots of acts that are told even where they are done again and again."""
FAVOURS = ("01", "02", "03", "05", "06", "07")
"""Roots whose plural nouns sum up what somebody does as a rule ("their contributions to the alliance")."""

_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "until", "till"})
_UNTOLD = frozenset(
    {"of", "about", "without", "before", "against", "than", "like", "as", "instead", "toward", "towards", "from"}
)
_GENERAL = frozenset({"would", "should", "must", "ought", "'d", "’d"})
_SUPPOSED = frozenset({"should", "were", "had"})
_SOMETIMES = frozenset({"sometimes", "usually", "typically", "generally", "routinely", "traditionally", "normally"})
_OFTEN = frozenset({"often", "always", "frequently", "regularly"})
_CHANCES = frozenset(
    {"event", "case", "possibility", "chance", "risk", "likelihood", "prospect", "idea", "notion", "hope", "fear"}
)
"""Nouns whose clause is only thought of: "in the event that he is hurt"."""
_POLLED = frozenset(
    {"voter", "respondent", "electorate", "man", "woman", "white", "people", "viewer", "consumer", "moderate"}
)
"""People whose opinions are asked in polls."""
_ANYBODY = frozenset({"you", "anyone", "anybody", "everyone", "everybody", "someone", "somebody"})


def is_told(parse: Parse, kinds: Kinds, act: Act, actor: Party | None, recipient: Party | None) -> bool:
    """Whether the text tells an act with these participants."""
    if _is_asked(parse, act) or _is_for_anybody(parse, kinds, recipient) or is_title(parse, act.head):
        return False
    verb = act.clause
    if parse.pos[act.head] == "ADJ" and act.code.startswith("01"):
        return _is_said(parse, kinds, parse.head[act.head])
    if parse.pos[verb] not in arguments.VERBAL:
        return _noun_is_told(parse, act)
    if actor is not None and (_is_habit(parse, kinds, act, actor) or _is_counted(parse, kinds, act)):
        return False
    if _is_suffered_as_a_rule(parse, verb, recipient):
        return False
    if status.is_hypothetical(parse, verb) and _is_anybodys(parse, act, actor):
        return False
    return _clause_is_told(parse, act, actor)


def _clause_is_told(parse: Parse, act: Act, actor: Party | None) -> bool:
    verb = act.clause
    dep, head = parse.dep[verb], parse.head[verb]
    if dep == "conj" and parse.tag[verb] == "VB" and parse.tag[head] != "VB":
        return not any(parse.tag[c] == "TO" for c in parse.children[verb])
    while dep == "conj" and parse.child(verb, "nsubj", "nsubjpass") is None and parse.pos[head] in arguments.VERBAL:
        verb, dep, head = head, parse.dep[head], parse.head[head]
    if dep in ("advcl", "acl") and arguments.is_bare(parse, verb):
        return False
    if _is_condition(parse, verb) or _is_command(parse, verb) or parse.word[parse.left[verb] - 1].lower() == "than":
        return False
    while dep in ("xcomp", "ccomp") and arguments.is_bare(parse, verb):
        if not _happens(parse, head) and not (
            parse.lemma[head] == "be" and actor is not None and _is_to(parse, head, actor)
        ):
            return False
        verb, dep, head = head, parse.dep[head], parse.head[head]
        if dep in ("advcl", "acl", "relcl", "pcomp") and arguments.is_bare(parse, verb):
            return False
    if parse.tag[verb] == "VBG" and dep in ("xcomp", "ccomp", "dobj", "nsubj", "csubj", "attr"):
        return parse.child(verb, "aux", "nsubj") is not None
    if dep == "amod":
        return False
    if dep == "pcomp":
        return parse.pos[parse.head[head]] in arguments.VERBAL and parse.word[head].lower() not in _UNTOLD
    if dep in ("relcl", "acl") and parse.lemma[head] in _CHANCES:
        return False
    if dep in ("relcl", "acl"):
        if act.family == "intend" and "document" in word_classes(parse.lemma[parse.head[verb]]):
            return False
        aside = parse.word[parse.left[verb] - 1] == ","
        known = actor is not None and (_is_named(actor) or (aside and dep == "relcl" and _is_definite(parse, actor)))
        if not known or actor is None or parse.pos[actor.head] == "PRON":
            return False
        if parse.tag[actor.head] == "NNS" and _is_of_a_kind(parse, actor.head):
            return False
        kind = parse.head[verb]
        of_a_kind = act.code[:2] in OPINION and (actor.head == kind or kind in parse.ancestors(actor.head))
        return not of_a_kind or parse.word[parse.left[verb] - 1] in (",", "—", "–", "-", "(")
    return True


def is_title(parse: Parse, token: int) -> bool:
    """Whether a sentence is a headline in capitals, in which the parse takes most words for names."""
    first, stop = parse.sentences[parse.sentence_of[token]]
    if token == first or not parse.word[token][0].isupper():
        return False
    if parse.word[token].isupper() and len(parse.word[token]) > 3:
        return True
    long = [parse.word[t] for t in range(first, stop) if len(parse.word[t]) > 3 and parse.word[t][0].isalpha()]
    return len(long) >= 5 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _is_command(parse: Parse, verb: int) -> bool:
    """Whether a verb commands: "Don't shoot him"."""
    if parse.tag[verb] != "VB" or parse.dep[verb] not in ("ROOT", "ccomp", "parataxis", "conj"):
        return False
    words = {parse.word[c].lower() for c in parse.children[verb] if parse.dep[c] in ("aux", "auxpass", "mark")}
    return parse.child(verb, "nsubj", "nsubjpass", "csubj") is None and words <= {"do"}


def _is_of_a_kind(parse: Parse, noun: int) -> bool:
    """Whether people are named only as a kind: "the epidemic of officers killing civilians"."""
    preposition = parse.head[noun]
    if parse.dep[noun] != "pobj" or parse.child(noun, "det", "poss", "nummod") is not None:
        return False
    return parse.word[preposition].lower() in ("of", "about") and parse.pos[parse.head[preposition]] == "NOUN"


def _is_counted(parse: Parse, kinds: Kinds, act: Act) -> bool:
    """Whether the doers are a share of those who were asked: "52 percent of voters agreed"."""
    if act.code[:2] not in (*OPINION, "12"):
        return False
    first = arguments.surface_subject(parse, act.clause)
    counts = {"percent", "%", "percentage", "majority", "share"}
    by = arguments.subject(parse, act.clause)
    asked = by is not None and parse.tag[by] == "NNS" and parse.lemma[by].lower() in _POLLED
    return asked or any(t is not None and parse.lemma[t].lower() in counts for t in (first, by))


def _is_definite(parse: Parse, party: Party) -> bool:
    article = parse.child(party.head, "det")
    return article is not None and parse.word[article].lower() == "the"


def _is_named(party: Party) -> bool:
    return any(m.actor_id or m.country for m in party.mentions)


def _is_anybodys(parse: Parse, act: Act, actor: Party | None) -> bool:
    """Whether a possible act is nobody's in particular: "women should be punished", "they would sell their house"."""
    if actor is not None and _is_unknown(parse, actor):
        return True
    general = any(parse.word[c].lower() in _GENERAL for c in parse.with_dep(act.clause, "aux"))
    return general and (actor is None or _is_of_many(parse, actor))


def _is_unknown(parse: Parse, party: Party) -> bool:
    """Whether a party is a pronoun that stands for nobody known."""
    return parse.pos[party.head] == "PRON" and not _is_named(party)


def _is_of_many(parse: Parse, party: Party) -> bool:
    """Whether a party is people in general: a bare plural."""
    if _is_named(party) or parse.tag[party.head] != "NNS":
        return False
    return parse.child(party.head, "det", "poss", "nummod", "amod", "compound") is None


def _is_suffered_as_a_rule(parse: Parse, verb: int, recipient: Party | None) -> bool:
    """Whether people in general are told to suffer something now and always: "children are beaten"."""
    if recipient is None or not _is_of_many(parse, recipient):
        return False
    auxiliaries = [(parse.dep[c], parse.tag[c]) for c in parse.with_dep(verb, "auxpass", "aux")]
    return auxiliaries == [("auxpass", "VBP")]


def _is_now(parse: Parse, verb: int) -> bool:
    """Whether a verb is in the present, simple or progressive."""
    if parse.tag[verb] == "VBP":
        return True
    return parse.tag[verb] == "VBG" and any(parse.tag[c] == "VBP" for c in parse.with_dep(verb, "aux"))


def _is_asked(parse: Parse, act: Act) -> bool:
    """Whether the sentence is a question."""
    first, stop = parse.sentences[parse.sentence_of[act.head]]
    last = stop - 1
    while last > first and parse.word[last] in ("”", '"', "''", "’", ")", "'"):
        last -= 1
    return parse.word[last] == "?"


def _is_said(parse: Parse, kinds: Kinds, verb: int) -> bool:
    """Whether somebody is told to say what a clause says: an attitude that nobody voices is no act."""
    return parse.dep[verb] == "ccomp" and "say" in kinds.of(parse.head[verb])


def _is_for_anybody(parse: Parse, kinds: Kinds, recipient: Party | None) -> bool:
    """Whether the act would be done to anybody: "they brand you a liar"."""
    return recipient is not None and not recipient.mentions and parse.word[recipient.head].lower() in _ANYBODY


def _is_condition(parse: Parse, verb: int) -> bool:
    """Whether a clause is a condition: "if he leaves", "should he leave"."""
    for c in parse.children[verb]:
        word = parse.word[c].lower()
        if parse.dep[c] == "mark" and (word in _CONDITIONS or (word == "before" and _is_open(parse, verb))):
            return True
        if parse.dep[c] == "advcl" and (_has_anybody(parse, c) or _is_always(parse, c, verb)):
            return True
        if parse.dep[c] == "aux" and word == "can":
            return True
        if parse.dep[c] in ("aux", "auxpass") and word in _SUPPOSED:
            own = parse.child(verb, "nsubj", "nsubjpass")
            if own is not None and c < own:
                return True
    return False


def _is_open(parse: Parse, verb: int) -> bool:
    """Whether it is open that a verb happened: "before police could stop him"."""
    return any(parse.dep[c] == "aux" and parse.word[c].lower() in ("could", "can") for c in parse.children[verb])


def _has_anybody(parse: Parse, clause: int) -> bool:
    """Whether a clause is a condition for anybody: "if you do not believe it"."""
    own = parse.child(clause, "nsubj", "nsubjpass")
    is_if = any(parse.dep[c] == "mark" and parse.word[c].lower() in _CONDITIONS for c in parse.children[clause])
    return is_if and own is not None and parse.word[own].lower() in _ANYBODY


def _is_to(parse: Parse, copula: int, actor: Party) -> bool:
    """Whether the doer is to do it: "the premier is to visit Chad", not "the aim is to make him leave"."""
    return arguments.surface_subject(parse, copula) == actor.head


def _is_always(parse: Parse, clause: int, verb: int) -> bool:
    """Whether a condition and what follows from it are told in the present, for always: "if we see it, we report it"."""
    is_if = any(parse.dep[c] == "mark" and parse.word[c].lower() == "if" for c in parse.children[clause])
    return is_if and parse.tag[verb] in ("VBP", "VBZ") and parse.tag[clause] in ("VBP", "VBZ")


def _happens(parse: Parse, governor: int) -> bool:
    """Whether what a verb's infinitive names happens, or is to happen, where the verb does ("began to", "forced to")."""
    lemma = parse.lemma[governor].lower()
    if lemma in ("let", "allow", "permit", "enable", "order"):
        return False
    return not word_classes(lemma).isdisjoint({"realising", "causing"})


def _is_habit(parse: Parse, kinds: Kinds, act: Act, actor: Party) -> bool:
    """Whether people of a kind do it as a rule: "dealers sell weapons to adults"."""
    verb, head = act.clause, actor.head
    for v in (verb, parse.head[verb]):
        adverbs = {parse.word[c].lower() for c in parse.children[v]}
        if act.code[:2] in VIOLENCE:
            break
        if adverbs & _SOMETIMES or (parse.tag[v] in ("VBP", "VBZ") and adverbs & _OFTEN):
            return True
    if _is_named(actor) or parse.tag[head] != "NNS" or not _is_now(parse, verb):
        return False
    if parse.child(head, "det", "poss", "nummod", "amod", "compound") is not None:
        return False
    first, stop = parse.sentences[parse.sentence_of[verb]]
    return any(parse.word[t] in (".", "”", '"') for t in range(max(first, stop - 2), stop))


def _noun_is_told(parse: Parse, act: Act) -> bool:
    """Whether a noun names an act and no kind of acts: not "the issue of police killings"."""
    noun = act.head
    preposition = parse.head[noun]
    if parse.tag[noun] == "NNS" and act.code[:2] in FAVOURS:
        return False
    if parse.tag[noun] != "NNS" or parse.dep[noun] != "pobj" or parse.child(noun, "det", "poss", "nummod") is not None:
        return True
    return parse.word[preposition].lower() not in _UNTOLD or parse.pos[parse.head[preposition]] in arguments.VERBAL
