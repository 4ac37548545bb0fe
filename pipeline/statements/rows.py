"""Rows: from drafts to the table's rows, with addressee, medium, date, identity and confidence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.actors.mentions import Mentions
from pipeline.dates.clause import ChosenDate, choose_date
from pipeline.ids import make_id
from pipeline.schema import Span
from pipeline.statements.addressees import addressee_tokens, find_addressee
from pipeline.statements.confidence import estimate_confidence
from pipeline.statements.contents import Piece
from pipeline.statements.draft import Draft, Reading
from pipeline.statements.media import find_medium
from pipeline.statements.negation import is_negated
from pipeline.statements.speakers import antecedent
from pipeline.tables import Article, Date, Mention, Statement
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How, StatementKind, TimexType

DIRECT_SHARE = 0.9
"""Share of a direct content's letters and digits that stand in quotation marks, at least."""


def build_rows(
    article: Article, reading: Reading, mentions: Mentions, dates: Sequence[Date], drafts: Sequence[Draft]
) -> list[Statement]:
    """The rows of all drafts; ids first, since a row names its parent's."""
    for d in drafts:
        spans = ",".join(f"{start}-{end}" for start, end in d.pieces)
        cue_start = None if d.cue is None else reading.parse.start[d.cue]
        d.statement_id = make_id("statement", article.article_id, spans, cue_start)
    return [_build_row(article, reading, mentions, dates, d) for d in drafts]


def _build_row(article: Article, reading: Reading, mentions: Mentions, dates: Sequence[Date], d: Draft) -> Statement:
    parse = reading.parse
    text = parse.text
    cue = _cue_tokens(d)
    who = _actor(parse, mentions, d)
    hearer = find_addressee(parse, d)
    whom = None if hearer is None else mentions.of_phrase(antecedent(parse, hearer))
    heard = None if hearer is None else addressee_tokens(parse, d, hearer)
    said = _said(article, parse, dates, d)
    return Statement(
        statement_id=d.statement_id,
        article_id=article.article_id,
        kind=statement_kind(text, d.pieces, reading),
        content=" ".join(text[start:end] for start, end in d.pieces),
        content_spans=[Span(start, end) for start, end in d.pieces],
        content_start=d.start,
        content_end=d.end,
        cue=_surface(parse, cue),
        cue_lemma=d.sense.lemma if d.sense else None,
        cue_start=None if cue is None else parse.start[cue[0]],
        cue_end=None if cue is None else parse.end[cue[1]],
        cue_class=d.sense.cue_class if d.sense else None,
        is_speech=d.sense.is_speech if d.sense else True,
        is_negated=d.cue is not None and is_negated(parse, d.cue),
        speaker=_surface(parse, d.speaker_tokens),
        speaker_start=None if d.speaker_tokens is None else parse.start[d.speaker_tokens[0]],
        speaker_end=None if d.speaker_tokens is None else parse.end[d.speaker_tokens[1]],
        speaker_id=who.actor_id if who else None,
        speaker_name=who.actor_name if who else None,
        speaker_code=who.actor_code if who else None,
        speaker_ids=_actor_ids(parse, mentions, d, who),
        speaker_how=d.how,
        addressee=_surface(parse, heard),
        addressee_start=None if heard is None else parse.start[heard[0]],
        addressee_end=None if heard is None else parse.end[heard[1]],
        addressee_id=whom.actor_id if whom else None,
        medium=None if d.cue is None else find_medium(parse, d.cue),
        said_raw=said.raw if said else None,
        said_from=said.from_ if said else None,
        said_to=said.to if said else None,
        said_edtf=said.edtf if said else None,
        said_rule=said.rule if said else None,
        mentioned_ids=_mentioned(mentions, d),
        parent_statement_id=d.parent.statement_id if d.parent else None,
        sentence=parse.sentence_text(d.cue if d.cue is not None else parse.token_at(d.start)),
        rule=f"{d.rule}; speaker: {d.route}",
        confidence=estimate_confidence(parse, d),
    )


def _said(article: Article, parse: Parse, dates: Sequence[Date], d: Draft) -> ChosenDate | None:
    """When it was said: a date between cue and content, else the cue's; never one that the content tells."""
    if d.cue is None:
        return None
    after = parse.end[d.cue]
    first, stop = parse.sentences[parse.sentence_of[d.cue]]
    near = dates[
        bisect_left(dates, parse.start[first], key=_start) : bisect_left(dates, parse.end[stop - 1], key=_start)
    ]
    for row in near:
        if after <= row.start and row.end <= d.start and row.timex_type is TimexType.DATE:
            return ChosenDate(row.text, row.date_from, row.date_to, row.edtf, "beside the cue")
    outside = [row for row in near if not d.holds(row.start)]
    return choose_date(parse, outside, d.cue, article.published_local_date)


def _start(row: Date | Mention) -> int:
    return row.start


def _within(mentions: Mentions, d: Draft) -> Iterator[Mention]:
    """The mentions inside a content."""
    for start, end in d.pieces:
        for row in islice(mentions.rows, bisect_left(mentions.rows, start, key=_start), None):
            if row.start >= end:
                break
            if row.end <= end:
                yield row


def _surface(parse: Parse, tokens: tuple[int, int] | None) -> str | None:
    return None if tokens is None else parse.surface(*tokens)


def _cue_tokens(d: Draft) -> tuple[int, int] | None:
    """The cue's main word and the words of the cue right behind it: 'called for', 'point out'."""
    if d.cue is None:
        return None
    last = d.cue
    while last + 1 in d.cue_words:
        last += 1
    return d.cue, last


def _actor(parse: Parse, mentions: Mentions, d: Draft) -> Mention | None:
    if d.actor is not None or d.speaker is None:
        return d.actor
    who = mentions.of_phrase(antecedent(parse, d.speaker))
    return None if who is not None and _names_itself(mentions, d, who) else who


def _names_itself(mentions: Mentions, d: Draft, who: Mention) -> bool:
    """Whether a pronoun was taken for somebody whom the content names: 'Mr Putin, he said, is wrong'."""
    if who.how is not How.PRONOUN or who.actor_type is not ActorType.PERSON:
        return False
    return any(row.how is How.NAMED and row.actor_id == who.actor_id for row in _within(mentions, d))


def _actor_ids(parse: Parse, mentions: Mentions, d: Draft, who: Mention | None) -> list[str]:
    """The ids of all who speak: of coordinated speakers each, in the order of the text."""
    if d.speaker is None or d.actor is not None or who is None:
        found = [who]
    else:
        found = [who, *mentions.all_of_phrase(antecedent(parse, d.speaker))]
        found.sort(key=lambda m: -1 if m is None else m.start)
    return list(dict.fromkeys(m.actor_id for m in found if m is not None and m.actor_id is not None))


def _mentioned(mentions: Mentions, d: Draft) -> list[str]:
    return sorted({row.actor_id for row in _within(mentions, d) if row.actor_id})


def statement_kind(text: str, pieces: Sequence[Piece], reading: Reading) -> StatementKind:
    """How much of a content stands in quotation marks."""
    quoted = total = 0
    for start, end in pieces:
        total += sum(c.isalnum() for c in text[start:end])
        for q in reading.quotations[max(bisect_left(reading.starts, start) - 1, 0) :]:
            if q.start >= end:
                break
            first, last = max(start, q.inner_start), min(end, q.inner_end)
            if first < last:
                quoted += sum(c.isalnum() for c in text[first:last])
    if not quoted:
        return StatementKind.INDIRECT
    return StatementKind.DIRECT if quoted >= DIRECT_SHARE * total else StatementKind.MIXED
