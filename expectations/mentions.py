"""What holds for mentions of actors beyond their schema."""

from __future__ import annotations

from collections import Counter

import pyarrow.compute as pc

from expectations.chunk import Rows
from expectations.derived import derived
from expectations.events import CODE
from expectations.membership import sharing_rules
from expectations.rules import Verdict, rule, rules_of
from pipeline.tables import MENTIONS
from pipeline.vocabulary import Severity


@rule(MENTIONS)
def wikidata_id_is_an_item(rows: Rows) -> Verdict:
    """wikidata_id is Q and a number."""
    return pc.match_substring_regex(rows["wikidata_id"], r"^Q[1-9][0-9]*\z")


@rule(MENTIONS)
def actor_code_is_a_code(rows: Rows) -> Verdict:
    """actor_code is a CAMEO style code: slots of three capitals."""
    return pc.match_substring_regex(rows["actor_code"], CODE)


@rule(MENTIONS)
def known_actor_has_a_name(rows: Rows) -> Verdict:
    """An actor with an id has a name."""
    return pc.or_(pc.is_null(rows["actor_id"]), pc.is_valid(rows["actor_name"]))


@rule(MENTIONS)
def registry_gives_an_id(rows: Rows) -> Verdict:
    """What the registry knows has an actor_id, or, as a place that is no actor, a wikidata_id."""
    identified = pc.or_(pc.is_valid(rows["actor_id"]), pc.is_valid(rows["wikidata_id"]))
    return pc.or_(identified, pc.invert(rows["from_registry"]))


@rule(MENTIONS)
def mentions_do_not_overlap(rows: Rows) -> Verdict:
    """Two mentions of an article do not overlap."""
    spans = sorted(
        zip(rows.values("article_id"), rows.values("start"), rows.values("end"), range(len(rows)), strict=True)
    )
    overlapping: set[int] = set()
    widest: tuple[str, int, int] | None = None
    for article, start, end, at in spans:
        if widest is not None and widest[0] == article and start < widest[1]:
            overlapping |= {at, widest[2]}
        if widest is None or widest[0] != article or end > widest[1]:
            widest = (article, end, at)
    return [at not in overlapping for at in range(len(rows))]


@rule(MENTIONS, Severity.WARNING)
def actor_has_one_name(rows: Rows) -> Verdict:
    """All mentions of an actor in an article give it the same name."""
    keys = list(zip(rows.values("article_id"), rows.values("actor_id"), strict=True))
    names: dict[tuple[str, str | None], Counter[str | None]] = {}
    for key, name in zip(keys, rows.values("actor_name"), strict=True):
        names.setdefault(key, Counter())[name] += 1
    return [None if key[1] is None else len(names[key]) == 1 for key in keys]


RULES = (*derived(MENTIONS), *rules_of(MENTIONS, globals()), *sharing_rules(MENTIONS))
