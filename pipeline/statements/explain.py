"""Explanations: a statement's sentence with its spans marked, and the rule that made the row."""

from __future__ import annotations

from pipeline.tables import Statement

MARKS = {"content": ("{", "}"), "cue": ("<", ">"), "speaker": ("[", "]"), "addressee": ("(", ")")}
"""How the parts are marked: {content}, <cue>, [speaker], (addressee)."""


def explain_statement(row: Statement, text: str | None = None) -> str:
    """Show one statement: the passage with its parts marked, then what the row says of it.

    Args:
        row: the statement.
        text: the article's text, for the whole passage from the first part to the last; without it
            the parts are marked in the row's sentence, where they stand in it.
    """
    passage = _mark_text(row, text) if text is not None else _mark_sentence(row)
    facts = [
        ("rule", row.rule),
        ("confidence", f"{row.confidence:.2f}"),
        ("kind", row.kind),
        (
            "act",
            f"{row.cue_class or 'unknown'}{', not speech' if not row.is_speech else ''}{', negated' if row.is_negated else ''}",
        ),
        ("speaker", f"{row.speaker_name or row.speaker or 'not told'} ({row.speaker_how})"),
        ("said", row.said_edtf),
        ("medium", row.medium),
        ("inside", row.parent_statement_id),
    ]
    return "\n".join([passage, *(f"  {name:<10} {value}" for name, value in facts if value is not None)])


def _mark_text(row: Statement, text: str) -> str:
    """The passage of the article from the first part to the last, to the ends of their lines."""
    spans = _spans(row)
    start = text.rfind("\n", 0, min(s for s, _, _ in spans)) + 1
    stop = text.find("\n", max(e for _, e, _ in spans))
    stop = len(text) if stop < 0 else stop
    marked, at = [], start
    for span_start, span_end, part in spans:
        if span_start < at:
            continue
        opening, closing = MARKS[part]
        marked += [text[at:span_start], opening, text[span_start:span_end], closing]
        at = span_end
    return "".join([*marked, text[at:stop]])


def _spans(row: Statement) -> list[tuple[int, int, str]]:
    found = [(s.start, s.end, "content") for s in row.content_spans]
    for part in ("cue", "speaker", "addressee"):
        start, end = getattr(row, f"{part}_start"), getattr(row, f"{part}_end")
        if start is not None and end is not None:
            found.append((start, end, part))
    return sorted(found)


def _mark_sentence(row: Statement) -> str:
    """The row's sentence, whose offset the row does not hold: parts are placed by their words, in order."""
    sentence = row.sentence
    parts = [(row.content, "content"), (row.speaker, "speaker"), (row.cue, "cue"), (row.addressee, "addressee")]
    for words, part in parts:
        if words is not None and sentence.count(words) == 1:
            opening, closing = MARKS[part]
            sentence = sentence.replace(words, f"{opening}{words}{closing}")
    return sentence
