"""Statements of one article: cues, frames, contents and speakers put together."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.actors.mentions import Mentions
from pipeline.ids import make_id
from pipeline.schema import Span
from pipeline.statements.carrying import carry_speakers
from pipeline.statements.contents import Piece
from pipeline.statements.cues import find_cues
from pipeline.statements.direct import find_direct
from pipeline.statements.draft import Draft, Reading
from pipeline.statements.framed import find_framed
from pipeline.statements.nesting import nest
from pipeline.statements.openings import find_openings
from pipeline.statements.quotations import Quotation, find_quotations
from pipeline.statements.speakers import antecedent
from pipeline.tables import Article, Date, Statement
from pipeline.tree import Parse
from pipeline.vocabulary import StatementKind

DIRECT_SHARE = 0.9
"""Share of a direct content's letters and digits that stand in quotation marks, at least."""


def find_statements(article: Article, parse: Parse, mentions: Mentions, dates: Sequence[Date]) -> list[Statement]:
    """All statements of an article, in the order of the text."""
    quotations = find_quotations(parse.text)
    reading = Reading(parse, quotations, [q.start for q in quotations], find_cues(parse))
    openings = list(find_openings(reading, mentions))
    drafts = openings + [d for d in find_direct(reading, mentions) if not _is_opened(d, openings)]
    drafts += find_framed(reading, mentions, drafts)
    drafts = nest(parse, carry_speakers(parse, _without_repeats(drafts)))
    return _rows(article, parse, mentions, quotations, drafts)


def _is_opened(draft: Draft, openings: Sequence[Draft]) -> bool:
    """Whether a quotation stands in a line that a speaker's name opens."""
    return any(o.start <= draft.end and draft.start <= o.end for o in openings)


def _without_repeats(drafts: list[Draft]) -> list[Draft]:
    """One draft a cue and content."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for d in sorted(drafts, key=lambda d: (d.pieces[0][0], d.pieces[-1][1], -1 if d.cue is None else d.cue)):
        key = (tuple(d.pieces), d.cue)
        if key not in seen:
            seen.add(key)
            kept.append(d)
    return kept


def _rows(
    article: Article, parse: Parse, mentions: Mentions, quotations: Sequence[Quotation], drafts: Sequence[Draft]
) -> list[Statement]:
    text = parse.text
    for d in drafts:
        spans = [f"{s}-{e}" for s, e in d.pieces]
        d.statement_id = make_id("statement", article.article_id, " ".join(spans), d.cue)
    return [_row(article, parse, mentions, quotations, d, text) for d in drafts]


def _row(
    article: Article, parse: Parse, mentions: Mentions, quotations: Sequence[Quotation], d: Draft, text: str
) -> Statement:
    cue_first, cue_last = _cue_span(d)
    speaker = d.speaker_tokens
    mention = None if d.speaker is None else mentions.at(antecedent(parse, d.speaker))
    sentence_at = d.cue if d.cue is not None else parse.token_at(d.pieces[0][0])
    return Statement(
        statement_id=d.statement_id,
        article_id=article.article_id,
        kind=_kind(text, d.pieces, quotations),
        content=" ".join(text[s:e] for s, e in d.pieces),
        content_spans=[Span(s, e) for s, e in d.pieces],
        content_start=d.pieces[0][0],
        content_end=d.pieces[-1][1],
        cue=None if cue_first is None or cue_last is None else parse.surface(cue_first, cue_last),
        cue_lemma=d.sense.lemma if d.sense else None,
        cue_start=None if cue_first is None else parse.start[cue_first],
        cue_end=None if cue_last is None else parse.end[cue_last],
        cue_class=d.sense.cue_class if d.sense else None,
        is_speech=d.sense.is_speech if d.sense else True,
        is_negated=False,
        speaker=None if speaker is None else parse.surface(*speaker),
        speaker_start=None if speaker is None else parse.start[speaker[0]],
        speaker_end=None if speaker is None else parse.end[speaker[1]],
        speaker_id=mention.actor_id if mention else None,
        speaker_name=mention.actor_name if mention else None,
        speaker_code=mention.actor_code if mention else None,
        speaker_how=d.how,
        addressee=None,
        addressee_start=None,
        addressee_end=None,
        addressee_id=None,
        medium=None,
        said_raw=None,
        said_from=None,
        said_to=None,
        said_edtf=None,
        said_rule=None,
        mentioned_ids=[],
        parent_statement_id=d.parent.statement_id if d.parent else None,
        sentence=parse.sentence_text(sentence_at),
        rule=d.rule,
        confidence=0.5,
    )


def _cue_span(d: Draft) -> tuple[int | None, int | None]:
    if d.cue is None:
        return None, None
    first = last = d.cue
    while last + 1 in d.cue_words:
        last += 1
    return first, last


def _kind(text: str, pieces: Sequence[Piece], quotations: Sequence[Quotation]) -> StatementKind:
    quoted = total = 0
    for start, end in pieces:
        total += sum(c.isalnum() for c in text[start:end])
        for q in quotations:
            s, e = max(start, q.inner_start), min(end, q.inner_end)
            if s < e:
                quoted += sum(c.isalnum() for c in text[s:e])
    if not quoted:
        return StatementKind.INDIRECT
    return StatementKind.DIRECT if quoted >= DIRECT_SHARE * total else StatementKind.MIXED
