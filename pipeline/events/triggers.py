"""The trigger lexicon: which words name which act, and who takes part in it.

`data/triggers.tsv` holds one sense a line:

- `trigger`: a lemma, or a lemma and the small words that belong to it ("call off").
- `pos`: v (verb), n (noun), a (adjective).
- `needs`: conditions, all of which must hold, parted by blanks (see `parse_condition`).
- `frame`: actor slots ">" recipient slots, or "&" in place of ">" for acts of both ("meet");
  alternatives parted by "/", the first that is filled counts. After ":" the slots of the content
  of a sense with a family. Slots: s (who acts), o (acted on), i (given to), of, on, with ... (what
  stands after the preposition), x (a completing clause), xb (one in the base form), xs (one with its own subject), p (a predicative), poss (the possessor).
- `code`: the CAMEO code; for a sense with a family the code of its example.
- `family`: the sense makes its code from that of its content (`data/families.tsv`).
- `mode`: PLOVER mode of the code's type, where it is finer than the one of the code; not with a family.
- `example`: a sentence that must yield the code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.events.families import load_families
from pipeline.lookup import Row, read_rows, unique
from pipeline.vocabulary import cameo, plover_modes

DATA = Path(__file__).parent / "data"

_WORD = re.compile(r"@?[a-z][a-z'-]*")
COLUMNS = ("trigger", "pos", "needs", "frame", "code", "family", "mode", "example")
DEFAULT_FRAME = {"v": "s>o", "n": "s>of", "a": "s>"}
PREPOSITIONS = frozenset(
    [
        "about",
        "above",
        "across",
        "after",
        "against",
        "ahead",
        "along",
        "alongside",
        "amid",
        "among",
        "around",
        "as",
        "at",
        "before",
        "behind",
        "between",
        "beyond",
        "by",
        "down",
        "during",
        "for",
        "from",
        "in",
        "inside",
        "into",
        "near",
        "of",
        "off",
        "on",
        "onto",
        "out",
        "outside",
        "over",
        "since",
        "through",
        "to",
        "together",
        "toward",
        "towards",
        "under",
        "until",
        "up",
        "upon",
        "via",
        "with",
        "within",
        "without",
    ]
)
SLOTS = PREPOSITIONS | {"s", "o", "i", "x", "xb", "xs", "p", "poss"}


class Condition(NamedTuple):
    """A condition on what stands in a slot.

    `test`: "has", "lacks", "is" (the head word), "not" (the head word is none of these) or "any" (any word of the phrase).
    """

    slot: str
    test: str
    words: frozenset[str] = frozenset()
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Who does it, to whom, and about what: alternatives in order."""

    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    content: tuple[str, ...]
    is_mutual: bool


@dataclass(frozen=True, slots=True)
class Sense:
    """One line of the lexicon."""

    words: tuple[str, ...]
    pos: str
    needs: tuple[Condition, ...]
    frame: Frame
    code: str
    family: str | None
    mode: str | None
    example: str
    line: int

    @property
    def weight(self) -> int:
        """How particular the sense is: the most particular one that fits is taken."""
        weights = {"is": 3, "any": 4, "has": 1, "lacks": 1, "not": 1}
        named = sum(weights[c.test] + 2 * (c.test in ("is", "any") and not c.classes) for c in self.needs)
        return 4 * (len(self.words) - 1) + named

    @property
    def name(self) -> str:
        """The sense as the rules of events name it: "verb:call off"."""
        return f"{'verb' if self.pos == 'v' else 'noun' if self.pos == 'n' else 'adjective'}:{' '.join(self.words)}"


Index = dict[tuple[str, str], tuple[Sense, ...]]


@cache
def load_senses(file: Path = DATA / "triggers.tsv") -> Index:
    """The lexicon by (first lemma, pos), the most particular sense first.

    Raises:
        ValueError: a line that is not understood, with its file and number.
    """
    found: dict[tuple[str, str], list[Sense]] = {}
    for row in unique(read_rows(file, COLUMNS), "trigger", "pos", "needs"):
        sense = _parse_sense(row)
        found.setdefault((sense.words[0], sense.pos), []).append(sense)
    return {key: tuple(sorted(senses, key=lambda s: -s.weight)) for key, senses in found.items()}


@cache
def load_classes(file: Path = DATA / "classes.tsv") -> dict[str, frozenset[str]]:
    """Classes of words by word: "troops" is in `armed`."""
    found: dict[str, set[str]] = {}
    for row in read_rows(file, ("class", "words", "note")):
        for word in row["words"].split():
            if row["class"] in found.setdefault(word, set()):
                row.refuse(f"{word!r} stands twice in {row['class']}")
            found[word].add(row["class"])
    return {word: frozenset(classes) for word, classes in found.items()}


@cache
def load_lemmas(file: Path = DATA / "lemmas.tsv") -> dict[str, str]:
    """Lemmas of word forms for which the parse gives another one ("raped" is no form of "rap")."""
    return {row["form"]: row["lemma"] for row in unique(read_rows(file, ("form", "lemma")), "form")}


def parse_condition(text: str) -> Condition | None:
    """Parse one condition, or None where it is not understood.

    `o` has an object; `-o` has none; `o=talk|@armed` its head is that word or of that class;
    `o!=hand` it is not; `o~peace|@armed` some word of its phrase is. `m~` tests the words before a noun.
    """
    lacks = text.startswith("-")
    slot = text.removeprefix("-")
    test, words = "lacks" if lacks else "has", ""
    for sign, name in (("!=", "not"), ("=", "is"), ("~", "any")):
        if sign in slot:
            slot, words = slot.split(sign, 1)
            test = name
            break
    values = words.split("|") if test in ("is", "not", "any") else []
    if slot not in SLOTS | {"m", "passive"} or not all(_WORD.fullmatch(v) for v in values) or (lacks and values):
        return None
    return Condition(
        slot,
        test,
        frozenset(v for v in values if not v.startswith("@")),
        tuple(v[1:] for v in values if v.startswith("@")),
    )


def parse_frame(text: str) -> Frame | None:
    """Parse a frame, or None where it is not understood."""
    roles, _, content = text.partition(":")
    mutual = "&" in roles
    actor, sign, recipient = roles.partition("&" if mutual else ">")
    parts = [tuple(p for p in part.split("/") if p) for part in (actor, recipient, content)]
    if not sign or any(slot not in SLOTS for part in parts for slot in part):
        return None
    return Frame(parts[0], parts[1], parts[2], mutual)


def _parse_sense(row: Row) -> Sense:
    if row["pos"] not in DEFAULT_FRAME:
        row.refuse(f"pos {row['pos']!r} is none of v, n, a")
    if row["code"] not in cameo():
        row.refuse(f"{row['code']!r} is no CAMEO code")
    if row["family"] and row["family"] not in load_families():
        row.refuse(f"no family {row['family']!r}")
    kind = cameo()[row["code"]].plover_type
    if row["mode"] and (row["family"] or kind is None or row["mode"] not in plover_modes()[kind]):
        row.refuse(f"{kind} has no PLOVER mode {row['mode']!r}, or the code depends on a family")
    frame = parse_frame(row["frame"] or DEFAULT_FRAME[row["pos"]])
    if frame is None:
        row.refuse(f"frame {row['frame']!r} is not understood")
    needs = []
    for text in row["needs"].split():
        condition = parse_condition(text)
        if condition is None:
            row.refuse(f"condition {text!r} is not understood")
        needs.append(condition)
    return Sense(
        words=tuple(row["trigger"].split()),
        pos=row["pos"],
        needs=tuple(needs),
        frame=frame,
        code=row["code"],
        family=row["family"] or None,
        mode=row["mode"] or None,
        example=row.required("example"),
        line=row.line,
    )
