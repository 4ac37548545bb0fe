"""Which body a description means: the government of a country, the company or armed group named before."""

from __future__ import annotations

from pipeline.actors.anaphors import BORN_ARMED, takes_up
from pipeline.actors.clusters import Cluster
from pipeline.actors.coreference import Discourse
from pipeline.actors.ground import Ground
from pipeline.actors.lexicon import modifiers, subnational
from pipeline.actors.national_organs import national_organs
from pipeline.actors.nominals import Nominal
from pipeline.tree import Parse


def body_of(
    ground: Ground, discourse: Discourse, nominal: Nominal, owner: Cluster | None
) -> tuple[Cluster | None, str]:
    """The organisation that 'the company' takes up, or the organ of the country that a phrase names, and the rule.

    Args:
        ground: The named actors and places of the article.
        discourse: What has been mentioned so far.
        nominal: The description.
        owner: Whom a possessive pronoun before it means, None if nobody.
    """
    parse, noun, country = ground.parse, nominal.noun, nominal.code.country
    governs = noun.noun == "government"
    if any(parse.pos[c] == "PRON" for c in parse.with_dep(nominal.head, "poss")):
        own = governs and not noun.plural and owner is not None and owner.country
        return ground.entry(f"government:{own}") if own else None, "government of the country"
    if governs and country:
        one = not noun.plural and not _is_of_a_part(ground, nominal)
        return ground.entry(f"government:{country}") if one else None, "government of the country"
    organ = national_organs(ground.registry).get((noun.noun, country)) if country and nominal.plain else None
    if organ is not None and not noun.plural and not _is_of_a_part(ground, nominal):
        return ground.entry(organ), "organ of the country"
    if not takes_up(noun) or noun.plural or not nominal.definite:
        return None, ""
    kinds = _kinds(ground, nominal)
    if kinds is None or any(parse.dep[c] in {"poss", "prep", "relcl"} for c in parse.children[nominal.head]):
        return None, ""
    body = discourse.body(nominal, kinds)
    if governs and body is not None and _is_set_elsewhere(ground, parse, nominal, body):
        body = None
    return body, "body named before"


def _is_set_elsewhere(ground: Ground, parse: Parse, nominal: Nominal, body: Cluster) -> bool:
    """True where the sentence names another country before: 'Farmers in Lyon said the government' after the Kremlin."""
    start, _ = parse.sentences[parse.sentence_of[nominal.head]]
    return bool({ground.lands[t] for t in range(start, nominal.head) if t in ground.lands} - {body.country})


def _kinds(ground: Ground, nominal: Nominal) -> list[str] | None:
    """The roles of an armed band that the words of a phrase tell; None where one tells something else: 'the new group'."""
    noun = nominal.noun
    kinds = [code for code in (noun.code, noun.fallback) if code in BORN_ARMED and " " in noun.noun]
    for token in range(nominal.first, nominal.head - noun.noun.count(" ")):
        word = ground.parse.word[token].lower()
        if token in ground.national or word == "-":
            continue
        if modifiers().get(word) not in BORN_ARMED:
            return None
        kinds.append(modifiers()[word])
    return kinds


def _is_of_a_part(ground: Ground, nominal: Nominal) -> bool:
    """True for 'provincial government' and 'government of Ontario': not the country's."""
    parse, head = ground.parse, nominal.head
    if any(w.lower() in subnational() for w in parse.word[nominal.first : head]):
        return True
    beside = [*range(parse.left[head], head)]
    beside += [c for p in parse.with_dep(head, "prep") for c in parse.with_dep(p, "pobj")]
    return any(token in ground.parts for token in beside)
