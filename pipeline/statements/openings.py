"""Colon openings and signatures: 'Peskov: Russia is ready', '"It is over." — Ana Ruiz'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.actors.mentions import Mentions
from pipeline.statements.cues import Sense, load_cues
from pipeline.statements.draft import Draft, Reading
from pipeline.statements.media import find_document
from pipeline.statements.quotations import Quotation
from pipeline.statements.speakers import Speaker, place_speaker
from pipeline.tables import Mention
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How

MAX_NAME = 9
"""Tokens before a colon that can name a speaker."""

_OPENING = re.compile(
    r"^[ \t]*[\"\u201c]?((?:[^\W\d_]|[\"\u201c'\u2018])[^:\n\r\u201c\"]{1,80}?):[ \t]+(?=\S)", re.MULTILINE
)
_TRANSCRIPT = re.compile(r"(?:(?:[A-Z]\.|[A-Z][A-Z'\u2019-]+|Q|A|MR\.|MS\.|MRS\.) ?){1,4}(?:\([^)]*\))?$")
_SIGNATURE = re.compile(r"[ \t\u00a0]*([\u2014\u2015\u2013]|--?)[ \t\u00a0]*(?=[A-Z])")
_NAMING = frozenset((How.NAMED, How.ALIAS, How.METONYM))
_NAMES = frozenset((ActorType.PERSON, ActorType.ORGANISATION, ActorType.COUNTRY))


def find_openings(reading: Reading, mentions: Mentions) -> Iterator[Draft]:
    """A draft for every line that a speaker's name and a colon open."""
    parse = reading.parse
    lines = list(_OPENING.finditer(parse.text))
    is_transcript = sum(_TRANSCRIPT.match(line.group(1)) is not None for line in lines) > 1
    for line in lines:
        tokens = parse.tokens_in(line.start(1), line.end(1))
        if not tokens or len(tokens) > MAX_NAME:
            continue
        colon = parse.token_at(line.end(1))
        known = _named_in_text(mentions, line.group(1))
        head = tokens[-1] if known is not None else _speaker_head(parse, mentions, tokens, line.group(1), is_transcript)
        if head is None and line.start() == 0:
            head = _role(mentions, tokens)
        stop = _line_end(parse.text, line.end())
        content = parse.tokens_in(line.end(), stop)
        if head is None or parse.word[colon] != ":" or len(content) < 3:
            continue
        is_headline = line.start() == 0 and (known is not None or find_document(parse.lemma[head].lower()) is not None)
        if not _has_verb(parse, content) and not is_headline:
            continue
        draft = Draft(
            [_trim(parse.text, line.end(), stop)], "opening", punctuation_sense(":", "opening"), colon, (colon,)
        )
        place_speaker(parse, mentions, draft, Speaker(head, "opening"))
        draft.actor = known
        yield draft


def _named_in_text(mentions: Mentions, words: str) -> Mention | None:
    """The person whom a headline's surname stands for: 'Peskov: ...' above a text that names Dmitry Peskov."""
    last = words.split()[-1]
    if not words[:1].isupper() or len(words.split()) > 3:
        return None
    for row in mentions.rows:
        if row.how is How.NAMED and row.actor_type is ActorType.PERSON and last in row.text.split():
            return row
    return None


def _speaker_head(parse: Parse, mentions: Mentions, tokens: range, words: str, is_transcript: bool) -> int | None:
    """The head of the phrase before the colon, if it names somebody or a document that can speak."""
    if is_transcript and _TRANSCRIPT.match(words):
        return tokens[-1]
    if any(parse.pos[t] in ("VERB", "AUX") and parse.tag[t] not in ("VBG", "VBN") for t in tokens):
        return None
    for t in tokens:
        mention = mentions.at(t)
        outside = parse.head[t] not in tokens or parse.head[t] == t
        if (
            mention is not None
            and mention.how in _NAMING
            and mention.actor_type in _NAMES
            and (outside or t == tokens[0])
        ) or (outside and find_document(parse.lemma[t].lower()) is not None):
            return t
    return None


def _role(mentions: Mentions, tokens: range) -> int | None:
    """A headline's nameless speakers: 'Insiders: ...', 'Police: ...'."""
    mention = mentions.at(tokens[-1])
    return tokens[-1] if mention is not None and mention.how is How.NOMINAL and len(tokens) < 3 else None


def find_signature(reading: Reading, q: Quotation) -> Speaker | None:
    """The name after a dash behind a quotation, up to the end of its line."""
    parse = reading.parse
    dash = _SIGNATURE.match(parse.text, q.end)
    if dash is None:
        return None
    tokens = parse.tokens_in(dash.end(), _line_end(parse.text, dash.end()))
    if not tokens or len(tokens) > 3 * MAX_NAME or _has_verb(parse, tokens):
        return None
    names = [t for t in tokens if parse.pos[t] == "PROPN"]
    if not names:
        return None
    head = names[0]
    while parse.head[head] in tokens and parse.head[head] != head and parse.pos[parse.head[head]] in ("PROPN", "NOUN"):
        head = parse.head[head]
    return Speaker(head, "signature")


def punctuation_sense(mark: str, frame: str) -> Sense:
    """The lexicon's sense of a mark that stands for a verb of saying."""
    return load_cues()[mark, "punct"][frame]


def _has_verb(parse: Parse, tokens: Sequence[int]) -> bool:
    return any(parse.pos[t] in ("VERB", "AUX") for t in tokens)


def _line_end(text: str, offset: int) -> int:
    ends = [e for e in (text.find("\n", offset), text.find("\r", offset)) if e >= 0]
    return min(ends) if ends else len(text)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and (text[end - 1].isspace() or text[end - 1] == "."):
        end -= 1
    return start, end
