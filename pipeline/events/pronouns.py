"""Pronouns: whom a pronoun in a role stands for, where the actors step left it open and the grammar tells it."""

from __future__ import annotations

from pipeline.events import arguments
from pipeline.events.kinds import Kinds
from pipeline.events.speech_acts import Tellers, antecedent
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType

_SPEAKERS = frozenset({"we", "us", "our"})
_SEXES = ({"he", "him", "his"}, {"she", "her", "hers"})


def stands_for(parse: Parse, kinds: Kinds, tellers: Tellers, pronoun: int) -> int | None:
    """The token of the noun that an unresolved pronoun stands for, or None where it is unclear.

    'We' is the speaker and his like where he speaks for somebody ("the minister"), unclear where he is known by name only.
    """
    noun = _who_says(parse, kinds, pronoun) or antecedent(parse, kinds, tellers, pronoun)
    if noun is None or _is_beside(parse, pronoun, noun) or _is_someone_else(parse, pronoun, noun):
        return None
    return noun if parse.word[pronoun].lower() not in _SPEAKERS or _speaks_for_others(parse, kinds, noun) else None


def _who_says(parse: Parse, kinds: Kinds, pronoun: int) -> int | None:
    """Some of a group that say something of themselves: the candidates in "some of the candidates say they oppose it"."""
    verb = parse.head[pronoun]
    says = parse.dep[verb] == "ccomp" and "say" in kinds.of(parse.head[verb])
    subject = arguments.subject(parse, parse.head[verb]) if says and parse.word[pronoun].lower() == "they" else None
    if subject is None or not kinds.is_quantity(subject):
        return None
    return arguments.after_preposition(parse, subject, "of")


def asked_of(parse: Parse, kinds: Kinds, pronoun: int) -> int | None:
    """Who is asked about himself: Lee in "the host asked Lee why he had left", whatever else "he" could be."""
    verb = parse.head[pronoun]
    while parse.dep[verb] == "xcomp":
        verb = parse.head[verb]
    governor = parse.head[verb]
    if (
        parse.word[pronoun].lower() not in ("he", "she")
        or parse.dep[pronoun] != "nsubj"
        or parse.lemma[governor] != "ask"
    ):
        return None
    asked = parse.child(governor, "dobj") if arguments.is_question(parse, verb) else None
    if asked is None:
        return None
    mention = kinds.mentions.at(asked)
    is_one = parse.tag[asked] in ("NN", "NNP") or (mention is not None and mention.actor_type is ActorType.PERSON)
    return asked if is_one else None


def _is_beside(parse: Parse, pronoun: int, noun: int) -> bool:
    """Whether both stand in one clause, so that the pronoun is somebody else: "Chad blamed it"."""
    return parse.head[pronoun] == parse.head[noun] and parse.pos[parse.head[noun]] in arguments.VERBAL


def _is_someone_else(parse: Parse, pronoun: int, noun: int) -> bool:
    """Whether a clause between the two speaks of the noun by a pronoun of the other sex ("Lee says she fears he")."""
    own = _sex(parse, pronoun)
    for governor in parse.ancestors(pronoun):
        if governor == parse.head[noun]:
            break
        subject = parse.child(governor, "nsubj", "nsubjpass")
        between = _sex(parse, subject) if subject is not None else None
        if own is not None and between is not None and between != own:
            return True
    return False


def _sex(parse: Parse, token: int) -> int | None:
    return next((n for n, words in enumerate(_SEXES) if parse.word[token].lower() in words), None)


def _speaks_for_others(parse: Parse, kinds: Kinds, speaker: int) -> bool:
    mention = kinds.mentions.at(speaker)
    if parse.pos[speaker] == "NOUN" or (mention is not None and mention.actor_code is not None):
        return True
    return mention is not None and mention.actor_type is not ActorType.PERSON and parse.pos[speaker] != "PRON"
