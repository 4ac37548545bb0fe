"""Statements of one article: cues, frames, contents and speakers put together."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.actors.mentions import Mentions
from pipeline.dates.dateline import find_dateline
from pipeline.statements.carrying import carry_speakers
from pipeline.statements.cues import find_cues
from pipeline.statements.direct import find_direct
from pipeline.statements.draft import Draft, Reading
from pipeline.statements.framed import find_framed
from pipeline.statements.nesting import nest
from pipeline.statements.openings import find_openings
from pipeline.statements.quotations import find_quotations
from pipeline.statements.rows import build_rows
from pipeline.statements.speakers import lift_speakers
from pipeline.tables import Article, Date, Statement
from pipeline.tree import Parse


def find_statements(article: Article, parse: Parse, mentions: Mentions, dates: Sequence[Date]) -> list[Statement]:
    """All statements of an article, in the order of the text.

    Args:
        article: the article; its id and publication day are used.
        parse: the parse of its text.
        mentions: the actors that it mentions.
        dates: its time expressions, in the order of the text.

    Returns:
        One row for each attribution of speech, thought, wish or plan.
    """
    quotations = find_quotations(parse.text)
    reading = Reading(parse, quotations, [q.start for q in quotations], find_cues(parse))
    drafts = find_drafts(reading, mentions)
    return build_rows(article, reading, mentions, dates, drafts)


def find_drafts(reading: Reading, mentions: Mentions) -> list[Draft]:
    """All attributions, nested ones with their parents."""
    openings = list(find_openings(reading, mentions))
    direct = [d for d in find_direct(reading, mentions) if not _is_opened(d, openings)]
    drafts = [*openings, *direct, *find_framed(reading, mentions, direct)]
    lift_speakers(reading.parse, drafts)
    drafts = carry_speakers(reading.parse, _without_repeats(drafts))
    _leave_dateline(reading.parse, drafts)
    return nest(reading.parse, [d for d in drafts if d.pieces])


def _leave_dateline(parse: Parse, drafts: Sequence[Draft]) -> None:
    """Cut the dateline ('PARIS, May 3 (AFP) -') from contents and speakers that the parse begins with it."""
    dateline = find_dateline(parse.text)
    if dateline is None:
        return
    first = parse.token_at(dateline.end - 1) + 1
    for d in drafts:
        d.pieces = [(max(s, parse.start[first]), e) for s, e in d.pieces if e > dateline.end]
        if d.speaker is not None and d.speaker_tokens is not None and d.speaker_tokens[0] < first <= d.speaker:
            d.speaker_tokens = (first, d.speaker_tokens[1])


def _is_opened(draft: Draft, openings: Sequence[Draft]) -> bool:
    """Whether a quotation stands in a line that a speaker's name opens."""
    return any(o.start <= draft.end and draft.start <= o.end for o in openings)


def _without_repeats(drafts: Sequence[Draft]) -> list[Draft]:
    """One draft for a cue and content."""
    kept = {(tuple(d.pieces), d.cue): d for d in reversed(drafts)}
    return list(kept.values())
