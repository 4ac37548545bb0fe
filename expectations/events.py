"""What holds for events beyond their schema."""

from __future__ import annotations

from typing import Any

import pyarrow.compute as pc

from expectations.chunk import Rows
from expectations.derived import derived
from expectations.intervals import interval_rules
from expectations.membership import is_set, is_sorted_set, only_with, sentence_rules, sharing_rules
from expectations.rules import Rule, Verdict, computed, rule, rules_of
from pipeline.ids import ID_LENGTH
from pipeline.tables import EVENTS
from pipeline.vocabulary import Severity, cameo, plover_modes

CODE = r"^([A-Z]{3})+\z"
"""A CAMEO style code: slots of three letters."""


@rule(EVENTS)
def quad_class_agrees_with_cameo_code(rows: Rows) -> Verdict:
    """quad_class is the one of the CAMEO code."""
    return [code.quad_class == quad if code else None for code, quad in _coded(rows, "quad_class")]


@rule(EVENTS)
def goldstein_agrees_with_cameo_code(rows: Rows) -> Verdict:
    """Goldstein is the value of the CAMEO code, and null where the scale has none."""
    return [code.goldstein == value if code else None for code, value in _coded(rows, "goldstein")]


@rule(EVENTS)
def plover_type_agrees_with_cameo_code(rows: Rows) -> Verdict:
    """plover_type is the PLOVER type of the CAMEO code: REQUEST for root 02, null for root 01."""
    return [code.plover_type == value if code else None for code, value in _coded(rows, "plover_type")]


@rule(EVENTS)
def plover_mode_belongs_to_plover_type(rows: Rows) -> Verdict:
    """plover_mode is one that PLOVER has for the type of the row."""
    columns = (rows.values("plover_type"), rows.values("plover_mode"))
    return [None if mode is None else mode in plover_modes().get(kind, ()) for kind, mode in zip(*columns, strict=True)]


@rule(EVENTS)
def contexts_are_sorted(rows: Rows) -> Verdict:
    """Contexts and article_contexts are sorted and name nothing twice."""
    columns = (rows.values("contexts"), rows.values("article_contexts"))
    return [is_sorted_set(own) and is_sorted_set(all_) for own, all_ in zip(*columns, strict=True)]


@rule(EVENTS)
def mutual_event_has_two_sides(rows: Rows) -> Verdict:
    """What both sides do to each other has a recipient."""
    return pc.or_(pc.invert(rows["is_mutual"]), pc.is_valid(rows["recipient"]))


@rule(EVENTS)
def actor_is_not_its_own_recipient(rows: Rows) -> Verdict:
    """No actor of the event is among its recipients, by id; the same words are both sides only where codes tell two apart."""
    columns = ("actor_ids", "recipient_ids", "actor_codes", "recipient_codes", "actor_start", "recipient_start")
    verdict = []
    for ids, other_ids, codes, other_codes, start, other_start in zip(*(rows.values(c) for c in columns), strict=True):
        told_apart = start is None or start != other_start or set(codes) ^ set(other_codes)
        verdict.append(not set(ids) & set(other_ids) and bool(told_apart))
    return verdict


@rule(EVENTS)
def event_is_not_after_its_article(rows: Rows) -> Verdict:
    """An event that begins after the article's published_local_date is marked is_future."""
    late = pc.greater(rows["event_from"], rows.of_article("published_local_date"))
    return pc.or_kleene(rows["is_future"], pc.invert(late))


@rule(EVENTS, Severity.WARNING)
def future_is_not_historical(rows: Rows) -> Verdict:
    """An event is not both planned and long past: plans of the past are rare, and more often misread."""
    return pc.invert(pc.and_(rows["is_future"], rows["is_historical"]))


@rule(EVENTS)
def coordinates_come_in_pairs(rows: Rows) -> Verdict:
    """Lat and lon are both there or both null."""
    return pc.equal(pc.is_null(rows["lat"]), pc.is_null(rows["lon"]))


@rule(EVENTS)
def place_is_told_by_the_text(rows: Rows) -> Verdict:
    """What is known of the place stands only beside a place's words."""
    return only_with(rows, "place", "place_id", "country", "lat", "lon", "place_precision")


@rule(EVENTS)
def event_group_is_an_id(rows: Rows) -> Verdict:
    """event_group is null, or an id of hex digits."""
    return pc.match_substring_regex(rows["event_group"], rf"^[0-9a-f]{{{ID_LENGTH}}}\z")


@rule(EVENTS)
def event_group_is_of_what_can_be_known_again(rows: Rows) -> Verdict:
    """event_group is there where the event has happened on one sure day and a party has an id; else it is null."""
    happened = pc.invert(pc.or_(rows["is_negated"], pc.or_(rows["is_future"], rows["is_hypothetical"])))
    sure = pc.invert(pc.fill_null(pc.match_substring_regex(rows["event_edtf"], "[~?%]"), False))
    one_day = pc.and_(pc.fill_null(pc.equal(rows["event_from"], rows["event_to"]), False), sure)
    listed = pc.add(pc.list_value_length(rows["actor_ids"]), pc.list_value_length(rows["recipient_ids"]))
    known = pc.and_(pc.and_(happened, one_day), pc.greater(listed, 0))
    return pc.equal(pc.is_valid(rows["event_group"]), known)


@rule(EVENTS, Severity.WARNING)
def told_event_stands_in_its_statement(rows: Rows) -> Verdict:
    """The trigger of an event that a statement reports stands in the statement's content or sentence."""
    statements, at = rows.chunk["statements"], rows.chunk.statements
    starts, ends, sentences = (statements.values(c) for c in ("content_start", "content_end", "sentence"))
    columns = ("article_id", "reported_by_statement_id", "trigger", "trigger_start", "trigger_end")
    verdict: list[bool | None] = []
    for article, statement, words, start, end in zip(*(rows.values(c) for c in columns), strict=True):
        i = None if statement is None else at.get((article, statement))
        verdict.append(None if i is None else (starts[i] < end and start < ends[i]) or words in sentences[i])
    return verdict


def _side(side: str) -> tuple[Rule, ...]:
    first, code, ids, codes = (f"{side}_{c}" for c in ("id", "code", "ids", "codes"))
    return (
        computed(EVENTS, f"{first}_is_among_its_ids", f"{first} is one of {ids}.", _among(first, ids)),
        computed(EVENTS, f"{code}_is_among_its_codes", f"{code} is one of {codes}.", _among(code, codes)),
        computed(EVENTS, f"{ids}_are_distinct", f"{ids} names no actor twice.", lambda rows: [is_set(v) for v in rows.values(ids)]),
        computed(EVENTS, f"{side}_is_told_by_the_text", f"Ids and codes of the {side} stand only beside its words.", _told(side)),
        computed(EVENTS, f"{code}_is_a_code", f"{code} is a CAMEO style code: slots of three capitals.",
                 lambda rows: pc.match_substring_regex(rows[code], CODE)),
    )  # fmt: skip


def _among(one: str, many: str) -> Any:
    def verdict(rows: Rows) -> Verdict:
        return [None if a is None else a in b for a, b in zip(rows.values(one), rows.values(many), strict=True)]

    return verdict


def _told(side: str) -> Any:
    def verdict(rows: Rows) -> Verdict:
        listed = pc.add(pc.list_value_length(rows[f"{side}_ids"]), pc.list_value_length(rows[f"{side}_codes"]))
        told = pc.or_(pc.is_valid(rows[side]), pc.equal(listed, 0))
        return pc.and_(told, only_with(rows, side, f"{side}_id", f"{side}_code"))

    return verdict


def _coded(rows: Rows, column: str) -> list[tuple[Any, Any]]:
    codes = cameo()
    return [
        (codes.get(code), value) for code, value in zip(rows.values("cameo_code"), rows.values(column), strict=True)
    ]


RULES = (
    *derived(EVENTS),
    *rules_of(EVENTS, globals()),
    *_side("actor"),
    *_side("recipient"),
    *interval_rules(EVENTS, "event_from", "event_to", "event_edtf", "event_raw"),
    *sentence_rules(EVENTS, "trigger", "trigger_start"),
    *sharing_rules(EVENTS),
)
