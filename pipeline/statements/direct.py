"""Direct speech: drafts from utterances, with the speakers of their cues."""

from __future__ import annotations

from pipeline.actors.mentions import Mentions
from pipeline.statements.draft import Draft, Reading, cue_words
from pipeline.statements.openings import find_signature, punctuation_sense
from pipeline.statements.speakers import find_neighbour, find_speaker, place_speaker
from pipeline.statements.utterances import find_utterances


def find_direct(reading: Reading, mentions: Mentions) -> list[Draft]:
    """A draft for every utterance."""
    drafts: list[Draft] = []
    parse = reading.parse
    for utterance in find_utterances(reading.parse, reading.quotations, reading.cues):
        draft = Draft([(q.start, q.end) for q in utterance.quotations], utterance.rule)
        signature = find_signature(reading, utterance.quotations[-1]) if utterance.cue is None else None
        if signature is not None:
            draft.rule = "direct: signature"
            draft.sense = punctuation_sense("\u2014", "signature")
            draft.cue = parse.token_at(parse.start[signature.head]) - 1
            place_speaker(parse, mentions, draft, signature)
        elif utterance.cue is not None:
            draft.sense = reading.cues[utterance.cue]["quote"]
            draft.cue, draft.cue_words = utterance.cue, cue_words(parse, utterance.cue, draft.sense)
            speaker = find_speaker(parse, utterance.cue, is_passive=False)
            if speaker is None:
                speaker = find_neighbour(parse, utterance.cue, parse.token_at(utterance.quotations[0].end - 1) + 1)
            if speaker is not None:
                place_speaker(reading.parse, mentions, draft, speaker)
        drafts.append(draft)
    return drafts
