"""The quality gate of statements: the project's own annotated sentences, measured against floors.

python tests/statements_gate.py            print what is measured
python tests/statements_gate.py --raise    raise the floors to what is measured
python tests/statements_gate.py --lower    let floors fall, too: say why in the commit
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rows import good_article

from pipeline.actors import find_mentions, load_registry
from pipeline.dates import find_dates
from pipeline.parse import parse_text
from pipeline.statements import find_statements
from pipeline.tables import Statement

CORPUS = Path(__file__).parent / "data" / "statements.jsonl"
FLOORS = Path(__file__).parent / "quality" / "statements_floors.json"
PUBLISHED = date(2024, 3, 14)
ATTRIBUTES = ("kind", "cue_class", "is_speech", "is_negated", "speaker_how", "addressee", "medium", "has_parent")


@dataclass(frozen=True)
class Pair:
    """An annotated statement and the row that tells it, with how much of their contents they share."""

    gold: dict[str, Any]
    row: Statement
    overlap: float


@dataclass
class Reading:
    """One annotated text, what was found in it, and what goes with what."""

    shows: str
    text: str
    gold: list[dict[str, Any]]
    rows: list[Statement]
    pairs: list[Pair]


def read_corpus() -> list[dict[str, Any]]:
    """The annotated texts; every span was placed by its words."""
    return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def statements_of(text: str, published: date | None = PUBLISHED) -> list[Statement]:
    """The statements of a text, as the pipeline finds them."""
    article = good_article("own", published, text)
    parse = parse_text(text)
    dates = find_dates(article, parse)
    return find_statements(article, parse, find_mentions(article, parse, load_registry()), dates)


def read_all() -> list[Reading]:
    """Every text of the corpus, read and paired."""
    readings = []
    for entry in read_corpus():
        rows = statements_of(entry["text"])
        pairs = list(_pair(entry["text"], entry["statements"], rows))
        readings.append(Reading(entry["shows"], entry["text"], entry["statements"], rows, pairs))
    return readings


def _letters(text: str, spans: list[Any]) -> frozenset[int]:
    return frozenset(i for start, end in spans for i in range(start, end) if text[i].isalnum())


def _pair(text: str, gold: list[dict[str, Any]], rows: list[Statement]) -> Iterator[Pair]:
    """Pairs of falling overlap, each annotated statement and each row once."""
    shared = []
    for i, g in enumerate(gold):
        for j, row in enumerate(rows):
            a, b = _letters(text, g["content"]), _letters(text, row.content_spans)
            if a & b:
                shared.append((len(a & b) / len(a | b), i, j))
    taken: set[tuple[str, int]] = set()
    for overlap, i, j in sorted(shared, key=lambda s: (-s[0], s[1], s[2])):
        if ("gold", i) not in taken and ("row", j) not in taken:
            taken |= {("gold", i), ("row", j)}
            yield Pair(gold[i], rows[j], overlap)


def is_right(text: str, pair: Pair) -> bool:
    """Whether content (overlap 0.5 at least) and speaker are right."""
    return pair.overlap >= 0.5 and has_right_speaker(text, pair)


def has_right_speaker(text: str, pair: Pair) -> bool:
    """Whether the speakers share a letter, or neither side has one; one that is carried over only by being there."""
    span = pair.gold["speaker"]
    if pair.gold.get("speaker_how") == "carried":
        return pair.row.speaker is not None
    if span is None or pair.row.speaker_start is None or pair.row.speaker_end is None:
        return span is None and pair.row.speaker is None
    return span[0] < pair.row.speaker_end and pair.row.speaker_start < span[1]


def measure(readings: list[Reading]) -> dict[str, float]:
    """Precision, recall and the rest, each between 0 and 1."""
    pairs = [(r.text, p) for r in readings for p in r.pairs]
    n_gold, n_rows = sum(len(r.gold) for r in readings), sum(len(r.rows) for r in readings)
    found = [(text, p) for text, p in pairs if p.overlap >= 0.5]
    told = [(p.gold[a], _value(p.row, a)) for _, p in found for a in ATTRIBUTES if a in p.gold]
    sure = [r for reading in readings for r in reading.rows if r.confidence >= 0.9]
    right = {id(p.row) for text, p in pairs if is_right(text, p)}
    return {
        "precision": len(found) / n_rows,
        "recall": len(found) / n_gold,
        "exact": sum(p.overlap == 1 for _, p in pairs) / n_gold,
        "speaker": sum(has_right_speaker(text, p) for text, p in found) / len(found),
        "attributes": sum(expected == actual for expected, actual in told) / len(told),
        "right_when_sure": sum(id(r) in right for r in sure) / len(sure),
    }


def _value(row: Statement, attribute: str) -> Any:
    return row.parent_statement_id is not None if attribute == "has_parent" else getattr(row, attribute)


def corpus_hash() -> str:
    """SHA-256 of the corpus: floors hold for these sentences and no others."""
    return hashlib.sha256(CORPUS.read_bytes()).hexdigest()


def pin(measured: dict[str, float], *, lower: bool) -> dict[str, Any]:
    """The floors to keep: the higher of old and new, unless `lower`.

    Raises:
        ValueError: a floor would fall and `lower` is not set.
    """
    floors = {name: int(value * 1000) / 1000 for name, value in measured.items()}
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"floors": {}}
    falling = [f"{n} {v} -> {floors.get(n)}" for n, v in old["floors"].items() if floors.get(n, 0.0) < v]
    if falling and not lower:
        raise ValueError(f"floors would fall: {'; '.join(falling)}. Use --lower, and say why in the commit")
    return {"corpus_sha256": corpus_hash(), "floors": floors}


def main(arguments: list[str]) -> None:
    """Print the measures and what is wrong; pin floors where asked."""
    readings = read_all()
    measured = measure(readings)
    for r in readings:
        wrong = [p for p in r.pairs if not is_right(r.text, p)]
        if wrong or len(r.pairs) != len(r.gold) or len(r.pairs) != len(r.rows):
            sys.stdout.write(
                f"{r.shows}: {r.text}\n  gold {[[r.text[s:e] for s, e in g['content']] for g in r.gold]}\n"
            )
            sys.stdout.write(f"  rows {[(row.content, row.speaker, row.cue, row.rule) for row in r.rows]}\n")
        for p in r.pairs:
            for a in ATTRIBUTES:
                if a in p.gold and p.gold[a] != _value(p.row, a):
                    sys.stdout.write(f"{r.shows}: {r.text}\n  {a}: {p.gold[a]}, not {_value(p.row, a)}\n")
    sys.stdout.write(json.dumps(measured, indent=1) + "\n")
    if {"--raise", "--lower"} & set(arguments):
        floors = pin(measured, lower="--lower" in arguments)
        FLOORS.parent.mkdir(exist_ok=True)
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
