"""Speakers: whose words, thoughts or wishes an attribution tells, and how the text names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.actors.mentions import Mentions
from pipeline.statements.cues import is_preposition
from pipeline.statements.draft import Draft
from pipeline.statements.forms import SUBJECTS, TIMES, clause_form
from pipeline.statements.media import find_document
from pipeline.tree import Parse
from pipeline.vocabulary import How, SpeakerHow

RELATIVES = frozenset(("who", "which", "that", "whom", "whose"))
_CONTROLLED = ("xcomp", "advcl", "pcomp", "ccomp", "dep")
_OBJECT_CONTROL = frozenset(
    ("ask", "tell", "urge", "force", "hear", "see", "quote", "prompt", "lead", "cause", "let", "make", "help")
)
_OWNERS = ("by", "from", "of")
_BREAKS = frozenset(",;:-\u2013\u2014") | {"--"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker's head word and the route by which it was found."""

    head: int
    route: str


def find_neighbour(parse: Parse, cue: int, after: int) -> Speaker | None:
    """The noun next to the cue of a quotation whose parse shows no subject: '«...», said the envoy'.

    `after` is the first token behind the quotation.
    """
    for span in (range(cue + 1, min(cue + 5, len(parse))), range(cue - 1, max(after, cue - 5) - 1, -1)):
        for token in span:
            if parse.pos[token] in ("PUNCT", "ADP", "VERB"):
                break
            if parse.pos[token] in ("PROPN", "NOUN", "PRON") and parse.dep[token] != "compound":
                return Speaker(token, "neighbour")
    return None


def find_speaker(parse: Parse, cue: int, is_passive: bool, preposition: str | None = None) -> Speaker | None:
    """The speaker of a cue, or None where the sentence names none."""
    pos = parse.pos[cue]
    if is_preposition(parse, cue):
        return _speaker_of_preposition(parse, cue)
    if pos in ("VERB", "AUX"):
        return _speaker_of_passive(parse, cue) if is_passive else _speaker_of_verb(parse, cue)
    if pos == "ADJ":
        return _speaker_of_adjective(parse, cue)
    return _speaker_of_noun(parse, cue, preposition)


def _speaker_of_passive(parse: Parse, cue: int) -> Speaker | None:
    for by in parse.with_dep(cue, "agent", "prep"):
        agent = parse.child(by, "pobj")
        if parse.word[by].lower() == "by" and agent is not None and parse.tag[agent] != "CD":
            return Speaker(agent, "agent")
    return None


def _speaker_of_verb(parse: Parse, cue: int) -> Speaker | None:
    seen = 0
    token, route = cue, "subject"
    while seen < 8:
        subject = nearest_subject(parse, token)
        if subject is not None:
            return (
                None
                if parse.word[subject].lower() in ("it", "there") and parse.dep[subject] == "expl"
                else Speaker(subject, route)
            )
        step = _governor(parse, token)
        if step is None and route == "subject":
            return _before(parse, cue)
        if isinstance(step, Speaker) or step is None:
            return step
        token, route = step, "control"
        seen += 1
    return None


def _before(parse: Parse, cue: int) -> Speaker | None:
    """The noun phrase right before a finite verb that the parse gives no subject: 'The Post / reported on Monday'."""
    if parse.tag[cue] not in ("VBD", "VBZ", "VBP"):
        return None
    first, _ = parse.sentences[parse.sentence_of[cue]]
    for token in range(cue - 1, first - 1, -1):
        if parse.pos[token] in ("NOUN", "PROPN", "PRON"):
            return Speaker(_phrase_head(parse, token, cue), "neighbour")
        if parse.pos[token] not in ("ADV", "AUX", "PUNCT"):
            return None
    return None


def _phrase_head(parse: Parse, token: int, stop: int) -> int:
    """The head of the noun phrase that ends with a token, before `stop`."""
    head = parse.head[token]
    while head != token and head < stop and parse.pos[head] in ("NOUN", "PROPN", "PRON", "ADP", "NUM"):
        token, head = head, parse.head[head]
    return token


def nearest_subject(parse: Parse, verb: int) -> int | None:
    """A verb's subject; of several, which the parse finds behind datelines and asides, the nearest."""
    found = parse.with_dep(verb, *SUBJECTS)
    before = [s for s in found if s < verb]
    return before[-1] if before else (found[0] if found else None)


def _governor(parse: Parse, token: int) -> Speaker | int | None:
    """Where the subject of a clause without one stands: a noun that it modifies, or its governor's subject."""
    dep, head = parse.dep[token], parse.head[token]
    if head == token:
        return _inverted(parse, token)
    if parse.pos[head] in ("VERB", "AUX") and (dep == "conj" or dep in _CONTROLLED):
        if dep in ("xcomp", "ccomp") and parse.lemma[head] in _OBJECT_CONTROL:
            target = parse.child(head, "dobj", "nsubjpass")
            if target is not None:
                return Speaker(target, "object control")
        return head
    if dep in ("acl", "relcl") or parse.pos[head] in ("NOUN", "PROPN", "PRON"):
        owner = _author(parse, head) if dep == "acl" and parse.pos[head] == "NOUN" else None
        if owner is not None:
            return owner
        if dep == "prep" or (dep in ("acl", "relcl") and clause_form(parse, token) == "infinitive"):
            return _doer(parse, head)
        return Speaker(head, "modified noun")
    if dep == "pcomp" and parse.word[head].lower() == "as":
        for verb in list(parse.ancestors(head))[:3]:
            if parse.lemma[verb] in ("quote", "cite"):
                quoted = parse.child(verb, "dobj", "nsubjpass")
                return None if quoted is None else Speaker(quoted, "object control")
    if dep in ("prep", "pcomp", "conj", "advcl", "xcomp", "ccomp", "mark"):
        return head
    return _inverted(parse, token)


def _doer(parse: Parse, noun: int) -> Speaker | int | None:
    """Who does what a noun's infinitive or gerund names: 'he took the step / of accusing her'; never the noun itself."""
    owner = _owner(parse, noun)
    if owner is not None:
        return owner
    head = parse.head[noun]
    if head != noun and parse.dep[noun] in ("dobj", "attr", "pobj", "npadvmod", "oprd"):
        return head
    return None


def _author(parse: Parse, noun: int) -> Speaker | None:
    """Whose document: his letter saying ...; the ministry issued a statement saying ..."""
    owner = _owner(parse, noun)
    if owner is not None or parse.dep[noun] != "dobj" or find_document(parse.lemma[noun].lower()) is None:
        return owner
    return _speaker_of_verb(parse, parse.head[noun])


def _inverted(parse: Parse, cue: int) -> Speaker | None:
    """'..., said Peskov': the parse may take the speaker for an object."""
    for c in parse.with_dep(cue, "dobj", "attr", "npadvmod", "dep", "intj"):
        named = parse.pos[c] in ("PROPN", "NOUN", "PRON") and parse.lemma[c].lower() not in TIMES
        if cue < c <= cue + 12 and named:
            return Speaker(c, "inversion")
    return None


def _speaker_of_preposition(parse: Parse, cue: int) -> Speaker | None:
    """'according to X', 'in the words of X': the innermost object."""
    token = cue
    for _ in range(4):
        inner = parse.child(token, "prep", "pobj", "pcomp")
        if inner is None:
            break
        if parse.dep[inner] == "pobj" and parse.lemma[inner] == "word" and parse.child(inner, "poss") is not None:
            return Speaker(next(c for c in parse.children[inner] if parse.dep[c] == "poss"), "possessor")
        if parse.dep[inner] == "pobj" and not (
            parse.lemma[inner] in ("word", "view", "opinion", "eye") and parse.child(inner, "prep")
        ):
            return Speaker(inner, "preposition")
        token = inner
    return None


def _speaker_of_adjective(parse: Parse, cue: int) -> Speaker | None:
    head = parse.head[cue]
    if parse.dep[cue] in ("acomp", "conj", "ccomp", "xcomp", "advcl", "attr", "oprd"):
        if parse.child(cue, *SUBJECTS) is not None:
            return _speaker_of_verb(parse, cue)
        return _speaker_of_verb(parse, head)
    if parse.dep[cue] in ("amod", "acl", "relcl", "appos"):
        return Speaker(head, "modified noun")
    return _speaker_of_verb(parse, cue)


def _speaker_of_noun(parse: Parse, cue: int, preposition: str | None) -> Speaker | None:
    owner = _owner(parse, cue, preposition)
    if owner is not None:
        return owner
    head, dep = parse.head[cue], parse.dep[cue]
    if parse.pos[head] in ("VERB", "AUX"):
        if dep == "dobj":
            return _speaker_of_verb(parse, head)
        if dep == "nsubjpass":
            return _speaker_of_passive(parse, head)
    if dep == "conj":
        return _speaker_of_noun(parse, head, preposition)
    return None


def _owner(parse: Parse, noun: int, preposition: str | None = None) -> Speaker | None:
    """Whose statement: his claim, Moscow's claim, a claim by Moscow."""
    poss = parse.child(noun, "poss")
    if poss is not None:
        return Speaker(poss, "possessor")
    for prep in parse.with_dep(noun, "prep", "agent"):
        word = parse.word[prep].lower()
        pobj = parse.child(prep, "pobj")
        if word in _OWNERS and word != preposition and pobj is not None and (word == "by" or preposition):
            return Speaker(pobj, "owner")
    return None


def speaker_span(parse: Parse, head: int, without: set[int]) -> tuple[int, int]:
    """First and last token of the speaker's noun phrase around its head, appositions and relative clauses included.

    Tokens of `without` (the cue, the content) end the phrase.
    """
    inside = set(parse.subtree(head)) - without
    first = last = head
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while first < head and (parse.word[first] in _BREAKS or parse.dep[first] in ("cc", "punct")):
        first += 1
    while last > head and (parse.word[last] in _BREAKS or parse.dep[last] == "case"):
        last -= 1
    return first, last


def antecedent(parse: Parse, head: int) -> int:
    """The word that a relative pronoun stands for; any other word stands for itself."""
    if parse.word[head].lower() not in RELATIVES:
        return head
    for token in parse.ancestors(head):
        if parse.dep[token] == "relcl":
            return parse.head[token]
    return head


def speaker_how(parse: Parse, head: int, mentions: Mentions) -> SpeakerHow:
    """How the text names the speaker: by name, by a pronoun, or by title, role or kind."""
    if parse.pos[head] == "PRON" or parse.tag[head] in ("PRP", "PRP$", "WP", "WDT"):
        return SpeakerHow.PRONOUN
    mention = mentions.at(head)
    if mention is not None and mention.how in (How.NAMED, How.ALIAS, How.METONYM, How.DEMONYM):
        return SpeakerHow.NAMED
    named = any(parse.pos[c] == "PROPN" for c in parse.with_dep(head, "appos"))
    return SpeakerHow.NAMED if parse.pos[head] == "PROPN" or named else SpeakerHow.TITLE


def lift_speakers(parse: Parse, drafts: Sequence[Draft]) -> None:
    """Give acts that were cut from a content the speaker of that content.

    'He said it was late and warned that time was short': the parse coordinates 'warned' with 'was',
    whose subject is 'it'; it is 'he' who warned.
    """
    by_cue = {d.cue: d for d in drafts if d.cue is not None}
    for d in drafts:
        if d.cue is None or d.route != "control":
            continue
        governor = parse.head[d.cue]
        for above in parse.ancestors(d.cue):
            outer = by_cue.get(above)
            if outer is None or outer is d:
                continue
            if outer.holds(parse.start[governor]) and not outer.holds(parse.start[d.cue]) and outer.speaker is not None:
                d.speaker, d.speaker_tokens, d.how = outer.speaker, outer.speaker_tokens, outer.how
            break


def place_speaker(parse: Parse, mentions: Mentions, draft: Draft, speaker: Speaker) -> None:
    """Write a speaker into a draft; a word of the cue or the content is none."""
    without = set(draft.cue_words)
    for start, end in draft.pieces:
        without.update(parse.tokens_in(start, end))
    if speaker.head in without:
        return
    draft.speaker, draft.route = speaker.head, speaker.route
    draft.speaker_tokens = speaker_span(parse, speaker.head, without)
    draft.how = speaker_how(parse, speaker.head, mentions)
