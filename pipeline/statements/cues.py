"""The cue lexicon: which words mark an attribution, in which frames, and what act they name.

`data/cues.tsv` has one line per lemma, part of speech and act; its frames say which complement
holds the content. A reader adds a cue by adding a line. Frames are named in `FRAMES`;
`+for` is a prepositional frame ("call for X"), `object_of` an object with one ("accuse X of Y").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pipeline.lookup import Row, read_rows, unique
from pipeline.tree import Parse
from pipeline.vocabulary import CueClass, cameo

FRAMES = frozenset(
    {
        "clause",
        "quote",
        "infinitive",
        "gerund",
        "object",
        "object_to",
        "object_as",
        "object_clause",
        "predicate",
        "raising",
        "sentence",
        "opening",
        "signature",
    }
)
"""Complements that can hold a content, besides those with a preposition."""

PREPOSITIONS = frozenset(
    [
        "about",
        "against",
        "as",
        "at",
        "behind",
        "between",
        "by",
        "for",
        "from",
        "in",
        "like",
        "of",
        "on",
        "over",
        "through",
        "to",
        "toward",
        "towards",
        "with",
    ]
)
PARTS_OF_SPEECH = ("verb", "noun", "adj", "adv", "prep", "punct")
POS_OF = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj", "ADV": "adv"}
"""Universal POS tags of the parse, as the lexicon names them."""


_HEADLINE_VERBS = frozenset(("Says", "Said", "Say"))
"""Capitalised, as in headlines and inversions, these are often tagged as names."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a cue means in one of its frames."""

    lemma: str
    pos: str
    frame: str
    cue_class: CueClass
    cameo: str | None
    is_speech: bool


Frames = dict[str, Sense]
"""The senses of one lemma, by frame."""


@dataclass(frozen=True, slots=True)
class _ClassDefaults:
    cameo: str | None
    is_speech: bool


@cache
def load_cues() -> dict[tuple[str, str], Frames]:
    """The lexicon: frames by (lemma, part of speech), read once per process."""
    folder = files("pipeline.statements") / "data"
    return read_cues(folder / "cues.tsv", folder / "cue_classes.tsv")


def read_cues(cues: Traversable, classes: Traversable) -> dict[tuple[str, str], Frames]:
    """Read a cue lexicon.

    Raises:
        ValueError: a column, class, code or frame is unknown, or a sense stands twice; names file and line.
    """
    defaults = _read_classes(classes)
    lexicon: dict[tuple[str, str], Frames] = {}
    for row in read_rows(cues, ("lemma", "pos", "frames", "class", "cameo", "speech", "note")):
        for sense in _parse_senses(row, defaults):
            frames = lexicon.setdefault((sense.lemma, sense.pos), {})
            if sense.frame in frames:
                row.refuse(f"{sense.lemma!r} has the frame {sense.frame!r} twice")
            frames[sense.frame] = sense
    return lexicon


def _parse_senses(row: Row, defaults: dict[CueClass, _ClassDefaults]) -> Iterator[Sense]:
    if row["pos"] not in PARTS_OF_SPEECH:
        row.refuse(f"unknown part of speech {row['pos']!r}")
    lemma, frames = row.required("lemma"), row.required("frames").split()
    cue_class = row.convert("class", CueClass)
    default = defaults[cue_class]
    code = _parse_cameo(row) or default.cameo
    is_speech = row.flag("speech") if row["speech"] else default.is_speech
    for frame in frames:
        if not is_frame(frame):
            row.refuse(f"unknown frame {frame!r}")
        yield Sense(lemma, row["pos"], frame, cue_class, code, is_speech)


def is_frame(name: str) -> bool:
    """Whether a frame of that name is known: `clause`, `+for`, `object_of`."""
    if name in FRAMES:
        return True
    return name.removeprefix("+").removeprefix("object_") in PREPOSITIONS and name[0] in "+o"


def _read_classes(path: Traversable) -> dict[CueClass, _ClassDefaults]:
    rows = unique(read_rows(path, ("class", "cameo", "speech", "note")), "class")
    defaults = {r.convert("class", CueClass): _ClassDefaults(_parse_cameo(r), r.flag("speech")) for r in rows}
    if missing := [c for c in CueClass if c not in defaults]:
        raise ValueError(f"{path}: no line for {', '.join(missing)}")
    return defaults


def _parse_cameo(row: Row) -> str | None:
    if row["cameo"] and row["cameo"] not in cameo():
        row.refuse(f"unknown CAMEO code {row['cameo']!r}")
    return row["cameo"] or None


def find_cues(parse: Parse) -> dict[int, Frames]:
    """The cue words of a text with the frames of the lexicon."""
    lexicon = load_cues()
    found: dict[int, Frames] = {}
    for token, lemma in enumerate(parse.lemma):
        frames = _compound_preposition(parse, token, lexicon) if is_preposition(parse, token) else None
        pos = POS_OF.get(parse.pos[token])
        if parse.word[token] in _HEADLINE_VERBS:
            frames = lexicon.get(("say", "verb"))
        elif pos == "noun" and _has_subject(parse, token):
            pos = "verb"
        if frames is None and pos is not None:
            frames = _phrasal(parse, token, lexicon) if pos == "verb" else lexicon.get((lemma.lower(), pos))
        if frames is not None:
            found[token] = frames
    return found


def _has_subject(parse: Parse, token: int) -> bool:
    """Whether a word that is tagged as a noun is parsed as a verb: 'Cruz hopes to win'."""
    children = parse.children[token]
    return any(parse.dep[c] == "nsubj" for c in children) and not any(parse.dep[c] == "cop" for c in children)


def _phrasal(parse: Parse, verb: int, lexicon: dict[tuple[str, str], Frames]) -> Frames | None:
    """The frames of a phrasal verb: point *out*, make *clear*, take *aim*; of the bare verb where it has no particle."""
    lemma = parse.lemma[verb].lower()
    if (lemma, "verb") not in lexicon and (f"{lemma}e", "verb") in lexicon:
        # The lemmatizer takes 'hopes' for a form of 'hop'.
        lemma = f"{lemma}e"
    has_particle = False
    for c in parse.children[verb]:
        if parse.dep[c] in ("prt", "dobj", "acomp", "ccomp", "oprd", "advmod"):
            frames = lexicon.get((f"{lemma} {parse.word[c].lower()}", "verb"))
            if frames is not None:
                return frames
            has_particle = has_particle or parse.dep[c] == "prt"
    return None if has_particle else lexicon.get((lemma, "verb"))


def is_preposition(parse: Parse, token: int) -> bool:
    """Whether a token can begin a preposition that names a source; 'according' may be parsed as a verb."""
    return parse.dep[token] == "prep" or parse.word[token] in ("according", "According")


def _compound_preposition(parse: Parse, token: int, lexicon: dict[tuple[str, str], Frames]) -> Frames | None:
    """A preposition that names a source: 'according to', 'in the words of'."""
    for length in (4, 2, 1):
        words = " ".join(w.lower() for w in parse.word[token : token + length])
        frames = lexicon.get((words, "prep"))
        if frames is not None:
            return frames
    return None
