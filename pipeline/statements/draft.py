"""Drafts: attributions on their way to rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.statements.contents import Piece
from pipeline.statements.cues import Frames, Sense
from pipeline.statements.quotations import Quotation
from pipeline.tables import Mention
from pipeline.tree import Parse
from pipeline.vocabulary import SpeakerHow

FLOATING = "direct: floating"


@dataclass(slots=True)
class Reading:
    """What is known of an article before its statements are drawn."""

    parse: Parse
    quotations: Sequence[Quotation]
    starts: list[int]
    """Starts of the quotations."""
    cues: dict[int, Frames]
    """Cue words with the frames that the lexicon gives them."""


@dataclass(slots=True)
class Draft:
    """An attribution: content, cue and speaker, as tokens and character spans."""

    pieces: list[Piece]
    rule: str
    sense: Sense | None = None
    cue: int | None = None
    """The cue's main word."""
    cue_words: tuple[int, ...] = ()
    speaker: int | None = None
    """The head word of the speaker."""
    speaker_tokens: tuple[int, int] | None = None
    how: SpeakerHow = SpeakerHow.NONE
    route: str = "none"
    """How the speaker was reached from the cue."""
    actor: Mention | None = None
    """Who the speaker is, where another mention tells better than the speaker's own."""
    parent: Draft | None = None
    statement_id: str = ""

    @property
    def is_direct(self) -> bool:
        """Whether the content is made of quotations that a rule for direct speech chose."""
        return self.rule.startswith("direct")

    @property
    def is_floating(self) -> bool:
        """Whether the content is a quotation without a cue."""
        return self.rule == FLOATING

    @property
    def start(self) -> int:
        """Start of the content."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """End of the content."""
        return self.pieces[-1][1]

    def holds(self, offset: int) -> bool:
        """Whether the content has the character at `offset`."""
        return any(start <= offset < end for start, end in self.pieces)


def cue_words(parse: Parse, cue: int, sense: Sense) -> tuple[int, ...]:
    """The tokens of a cue: its main word, and those that make it up with it: point *out*, according *to*."""
    found = [cue]
    rest = sense.lemma.split()[1:]
    for token in range(cue + 1, min(cue + 5, len(parse))):
        if rest and parse.word[token].lower() == rest[0]:
            found.append(token)
            rest = rest[1:]
    return tuple(found)
