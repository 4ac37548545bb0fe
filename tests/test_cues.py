"""The cue lexicon and the other lookups of statements: what they hold, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.parse import parse_text
from pipeline.statements.confidence import load_confidence, read_confidence
from pipeline.statements.cues import find_cues, is_frame, load_cues, read_cues
from pipeline.statements.media import find_document, load_media, read_media
from pipeline.vocabulary import CueClass, Medium, cameo

HEADER = "lemma\tpos\tframes\tclass\tcameo\tspeech\tnote\n"
CLASSES = Path("pipeline/statements/data/cue_classes.tsv")


def test_every_sense_has_a_legal_code_and_frame():
    for frames in load_cues().values():
        for frame, sense in frames.items():
            assert is_frame(frame)
            assert sense.cameo is None or sense.cameo in cameo()


def test_every_class_has_a_cue():
    assert {s.cue_class for frames in load_cues().values() for s in frames.values()} == set(CueClass)


@pytest.mark.parametrize(
    "lemma",
    [
        "say",
        "convey",
        "underscore",
        "float",
        "concede",
        "tweet",
        "signal",
        "testify",
        "plead",
        "insist",
        "deny",
        "admit",
        "warn",
        "announce",
    ],
)
def test_a_verb_of_saying_is_speech(lemma: str):
    frames = load_cues()[lemma, "verb"]
    assert any(s.is_speech for s in frames.values())


@pytest.mark.parametrize("lemma", ["think", "want", "hope", "fear", "plan", "know"])
def test_a_verb_of_thought_or_wish_is_not_speech(lemma: str):
    assert not any(s.is_speech for s in load_cues()[lemma, "verb"].values())


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("say\tverb\tclause\tshout_out\t\t\t\n", "no CueClass"),
        ("say\tverb\tclause\tassert\t999\t\t\n", "unknown CAMEO code"),
        ("say\tverb\tsong\tassert\t\t\t\n", "unknown frame"),
        ("say\tverb\t+under\tassert\t\t\t\n", "unknown frame"),
        ("say\tparticle\tclause\tassert\t\t\t\n", "unknown part of speech"),
        ("say\tverb\tclause\tassert\t\tperhaps\t\n", "speech is 'perhaps', not yes or no"),
        ("say\tverb\tclause\tassert\t\t\t\nsay\tverb\tclause\tdeny\t\t\t\n", "twice"),
        ("\tverb\tclause\tassert\t\t\t\n", "lemma is empty"),
        ("say\tverb\tclause\n", "3 cells instead of 7"),
    ],
)
def test_a_bad_cue_is_refused_with_its_line(tmp_path: Path, line: str, complaint: str):
    path = tmp_path / "cues.tsv"
    path.write_text(HEADER + line, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint) as caught:
        read_cues(path, CLASSES)
    assert "cues.tsv:" in str(caught.value)


def test_a_lexicon_with_other_columns_is_refused(tmp_path: Path):
    path = tmp_path / "cues.tsv"
    path.write_text("lemma\tclass\nsay\tassert\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns are"):
        read_cues(path, CLASSES)


def test_a_class_without_a_line_is_refused(tmp_path: Path):
    path = tmp_path / "classes.tsv"
    path.write_text("class\tcameo\tspeech\tnote\nassert\t010\tyes\t\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no line for"):
        read_cues(Path("pipeline/statements/data/cues.tsv"), path)


def test_a_new_line_is_all_that_a_new_cue_needs(tmp_path: Path):
    path = tmp_path / "cues.tsv"
    path.write_text(HEADER + "yodel\tverb\tclause quote\tassert\t\t\ta new one\n", encoding="utf-8")
    sense = read_cues(path, CLASSES)["yodel", "verb"]["clause"]
    assert (sense.cue_class, sense.cameo, sense.is_speech) == (CueClass.ASSERT, "010", True)


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("He pointed out that it was late.", "pointed", "point out"),
        ("She made clear that it was late.", "made", "make clear"),
        ("It is late, according to the guard.", "according", "according to"),
        ("Cruz hopes to win.", "hopes", "hope"),
        ("It Is Late, Guard Says.", "Says", "say"),
    ],
)
def test_a_cue_is_found_in_its_form(text: str, word: str, lemma: str):
    parse = parse_text(text)
    found = {parse.word[token]: next(iter(frames.values())).lemma for token, frames in find_cues(parse).items()}
    assert found[word] == lemma


def test_a_phrasal_verb_that_is_no_cue_is_not_read_as_its_bare_verb():
    parse = parse_text("The club called off the match.")
    assert not find_cues(parse)


@pytest.mark.parametrize(("lemma", "medium"), [("report", Medium.REPORT), ("tweet", Medium.SOCIAL), ("rally", None)])
def test_documents_can_speak_and_occasions_cannot(lemma: str, medium: Medium | None):
    assert find_document(lemma) == medium


def test_every_medium_has_a_word():
    assert {word.medium for word in load_media().values()} == set(Medium)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("gazette\tpaper\tno\t\n", "no Medium"),
        ("gazette\tpress\tmaybe\t\n", "speaks is 'maybe', not yes or no"),
        ("gazette\tpress\tno\t\ngazette\tpress\tno\t\n", "already stands"),
    ],
)
def test_a_bad_medium_is_refused(tmp_path: Path, line: str, complaint: str):
    path = tmp_path / "media.tsv"
    path.write_text("word\tmedium\tspeaks\tnote\n" + line, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        read_media(path)


def test_estimates_are_probabilities():
    rules, _ = load_confidence()
    assert all(0 < p < 1 for p in rules.values())


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("rule\tclause\t1.2\t\n", "between 0 and 1"),
        ("rule\tclause\thigh\t\n", "no float"),
        ("guess\tclause\t0.5\t\n", "unknown kind"),
        ("rule\tclause\t0.5\t\nrule\tclause\t0.6\t\n", "already stands"),
    ],
)
def test_a_bad_estimate_is_refused(tmp_path: Path, line: str, complaint: str):
    path = tmp_path / "confidence.tsv"
    path.write_text("kind\tname\tvalue\tnote\n" + line, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        read_confidence(path)
