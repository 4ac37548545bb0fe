"""Confidence: the estimated probability that content and speaker of a statement are right.

`data/confidence.tsv` gives each rule a first estimate; what speaks for or against a reading moves
its odds. The estimates are checked against the project's annotated sentences by the quality gate.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pipeline.lookup import read_rows, unique
from pipeline.statements.draft import Draft
from pipeline.tree import Parse

COLUMNS = ("kind", "name", "value", "note")


@cache
def load_confidence() -> tuple[dict[str, float], dict[str, float]]:
    """First estimates by rule, and the weights (in log odds) of what changes them."""
    return read_confidence(files("pipeline.statements") / "data" / "confidence.tsv")


def read_confidence(path: Traversable) -> tuple[dict[str, float], dict[str, float]]:
    """Read the estimates.

    Raises:
        ValueError: a line is of no known kind, doubled, or not a number (a probability for a rule); names file and line.
    """
    rules: dict[str, float] = {}
    weights: dict[str, float] = {}
    for row in unique(read_rows(path, COLUMNS), "kind", "name"):
        table = {"rule": rules, "weight": weights}.get(row["kind"])
        if table is None:
            row.refuse(f"unknown kind {row['kind']!r}")
        table[row["name"]] = row.convert("value", float)
        if table is rules and not 0 < table[row["name"]] < 1:
            row.refuse("a rule's estimate lies between 0 and 1")
    return rules, weights


def estimate_confidence(parse: Parse, draft: Draft) -> float:
    """The probability that a draft's content and speaker are right, to two digits."""
    rules, weights = load_confidence()
    estimate = rules[_rule(draft)]
    odds = math.log(estimate / (1 - estimate)) + sum(weights[f] for f in _features(parse, draft))
    return round(1 / (1 + math.exp(-odds)), 2)


def _rule(draft: Draft) -> str:
    if draft.rule.startswith("+"):
        return "prepositional"
    return "object_with" if draft.rule.startswith("object_") and draft.rule not in load_confidence()[0] else draft.rule


def _features(parse: Parse, draft: Draft) -> Iterator[str]:
    """Names of what speaks for or against a reading."""
    if draft.parent is not None:
        yield "inside another statement"
    if draft.sense is not None and not draft.sense.is_speech:
        yield "not speech"
    if draft.sense is not None and draft.sense.pos in ("noun", "adj"):
        yield "cue is no verb"
    if draft.speaker is None and draft.rule not in ("raising", "sentence"):
        yield "no speaker"
    if draft.route in ("control", "object control", "modified noun", "inversion"):
        yield "speaker of another clause"
    if draft.rule == "clause" and draft.cue is not None:
        first = parse.token_at(draft.start)
        if draft.start > parse.start[draft.cue] and parse.word[first].lower() in ("that", "whether"):
            yield "complementizer"
        if draft.sense is not None and draft.sense.lemma == "say":
            yield "say"
        if draft.end - draft.start > 250:
            yield "long content"
