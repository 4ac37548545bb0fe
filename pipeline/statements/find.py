"""Statements of one article: cues, frames, contents and speakers put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.actors.mentions import Mentions
from pipeline.ids import make_id
from pipeline.schema import Span
from pipeline.statements.contents import Piece, find_pieces
from pipeline.statements.cues import POS_OF, Frames, Sense, load_cues
from pipeline.statements.direct import Utterance, find_utterances
from pipeline.statements.frames import find_complement
from pipeline.statements.quotations import Quotation, find_quotations
from pipeline.statements.speakers import antecedent, find_speaker, speaker_how, speaker_span
from pipeline.tables import Article, Date, Statement
from pipeline.tree import Parse
from pipeline.vocabulary import SpeakerHow, StatementKind

DIRECT_SHARE = 0.9
"""Share of a direct content's letters and digits that stand in quotation marks, at least."""


@dataclass(slots=True)
class Draft:
    """An attribution on its way to a row."""

    pieces: list[Piece]
    rule: str
    sense: Sense | None = None
    cue: int | None = None
    cue_words: tuple[int, ...] = ()
    speaker: int | None = None
    speaker_tokens: tuple[int, int] | None = None
    how: SpeakerHow = SpeakerHow.NONE
    route: str = ""
    parent: Draft | None = None
    statement_id: str = ""
    marks: list[int] = field(default_factory=list)


def find_statements(article: Article, parse: Parse, mentions: Mentions, dates: Sequence[Date]) -> list[Statement]:
    """All statements of an article, in the order of the text."""
    quotations = find_quotations(parse.text)
    cues = find_cues(parse)
    drafts = _direct_drafts(parse, mentions, quotations, cues)
    drafts += _framed_drafts(parse, mentions, quotations, cues, drafts)
    drafts = _without_repeats(drafts)
    drafts = nest(parse, drafts)
    return _rows(article, parse, mentions, quotations, drafts)


def find_cues(parse: Parse) -> dict[int, Frames]:
    """The cue words of a text with the frames of the lexicon."""
    lexicon = load_cues()
    found: dict[int, Frames] = {}
    for token, lemma in enumerate(parse.lemma):
        pos = POS_OF.get(parse.pos[token])
        if pos is None:
            continue
        if pos == "verb":
            extra = _particle(parse, token)
            if extra is not None:
                frames = lexicon.get((f"{lemma} {extra}", pos))
                if frames:
                    found[token] = frames
                continue
        frames = lexicon.get((lemma, pos))
        if frames:
            found[token] = frames
    return found


def _particle(parse: Parse, verb: int) -> str | None:
    for c in parse.children[verb]:
        if parse.dep[c] == "prt":
            return parse.word[c].lower()
        if parse.lemma[verb] == "make" and parse.word[c].lower() in ("clear", "case", "point"):
            return parse.word[c].lower()
    return None


def _direct_drafts(
    parse: Parse, mentions: Mentions, quotations: Sequence[Quotation], cues: dict[int, Frames]
) -> list[Draft]:
    drafts: list[Draft] = []
    for utterance in find_utterances(parse, quotations, cues):
        draft = Draft([(q.start, q.end) for q in utterance.quotations], utterance.rule)
        if utterance.cue is not None:
            draft.cue = utterance.cue
            draft.cue_words = (utterance.cue,)
            draft.sense = cues[utterance.cue]["quote"]
            _set_speaker(parse, mentions, draft, is_passive=False)
        else:
            _carry(parse, drafts, utterance, draft)
        drafts.append(draft)
    return drafts


def _carry(parse: Parse, drafts: list[Draft], utterance: Utterance, draft: Draft) -> None:
    """A quotation without a cue is spoken by whoever spoke last, if that is near."""
    if not drafts:
        return
    last = drafts[-1]
    if last.speaker is None or utterance.quotations[0].start - last.pieces[-1][1] > 600:
        return
    draft.speaker, draft.speaker_tokens, draft.how, draft.route = (
        last.speaker,
        last.speaker_tokens,
        SpeakerHow.CARRIED,
        "carried",
    )


def _framed_drafts(
    parse: Parse,
    mentions: Mentions,
    quotations: Sequence[Quotation],
    cues: dict[int, Frames],
    direct: Sequence[Draft],
) -> list[Draft]:
    starts = [q.start for q in quotations]
    used = {d.cue for d in direct}
    drafts: list[Draft] = []
    for token, frames in cues.items():
        if token in used:
            continue
        complement = find_complement(parse, token, frames)
        if complement is None:
            continue
        preposition = complement.frame[1:] if complement.frame[0] == "+" else None
        draft = Draft([], complement.frame, frames[complement.frame], token, (token, *complement.cue))
        speaker = None
        if complement.frame not in ("raising", "sentence"):
            speaker = find_speaker(parse, token, complement.is_passive, preposition)
        without = [] if complement.without is None else [complement.without]
        if complement.without is None and speaker is not None and speaker.head not in complement.heads:
            without.append(token)
        heads = complement.heads
        if without == [token] and any(parse.head[h] == token for h in heads):
            without = []
        if complement.without == token and all(parse.head[h] == token for h in heads):
            without = []
        elif complement.without == token:
            heads_below = [h for h in heads if parse.head[h] == token]
            heads_above = [h for h in heads if parse.head[h] != token]
            draft.pieces = find_pieces(parse, heads_above, [token], quotations, starts)
            if heads_below:
                draft.pieces += find_pieces(parse, heads_below, [], quotations, starts)
            heads = ()
        if heads:
            draft.pieces = find_pieces(parse, heads, without, quotations, starts)
        draft.pieces.sort()
        if not draft.pieces:
            continue
        if speaker is not None:
            _place_speaker(parse, mentions, draft, speaker.head, speaker.route)
        drafts.append(draft)
    return drafts


def _set_speaker(parse: Parse, mentions: Mentions, draft: Draft, is_passive: bool) -> None:
    if draft.cue is None:
        return
    speaker = find_speaker(parse, draft.cue, is_passive)
    if speaker is not None:
        _place_speaker(parse, mentions, draft, speaker.head, speaker.route)


def _place_speaker(parse: Parse, mentions: Mentions, draft: Draft, head: int, route: str) -> None:
    without = set(draft.cue_words)
    for start, end in draft.pieces:
        without.update(parse.tokens_in(start, end))
    if head in without:
        return
    draft.speaker, draft.route = head, route
    draft.speaker_tokens = speaker_span(parse, head, without)
    draft.how = speaker_how(parse, head, mentions)


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


def nest(parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """Drafts with their parents; a cue inside another's content is kept only where it tells of speech."""
    kept: list[Draft] = []
    for d in drafts:
        d.parent = _parent(parse, d, drafts)
        if d.parent is None:
            kept.append(d)
    return kept


def _parent(parse: Parse, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    if draft.cue is None:
        return None
    at = parse.start[draft.cue]
    around = [d for d in drafts if d is not draft and any(s <= at < e for s, e in d.pieces)]
    return min(around, key=lambda d: d.pieces[-1][1] - d.pieces[0][0], default=None)


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
