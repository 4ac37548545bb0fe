"""Lookup files: what is read, and what is refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.lookup import Row, read_rows, unique
from pipeline.vocabulary import Medium

COLUMNS = ("word", "note")


def lookup(tmp_path: Path, content: str, name: str = "words.tsv") -> list[Row]:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return list(read_rows(path, COLUMNS))


READ = [
    ("words.tsv", "word\tnote\na\tb\n", [("a", "b")], "a line"),
    ("words.tsv", "word\tnote\n", [], "no line"),
    ("words.tsv", "\ufeffword\tnote\na\tb", [("a", "b")], "a mark at the head, no line end at the foot"),
    ("words.tsv", "word\tnote\n# c\n\na\tb\n", [("a", "b")], "a comment and a blank line"),
    ("words.tsv", 'word\tnote\n"a\tb" c\n', [('"a', 'b" c')], "quotation marks are text between tabs"),
    ("words.tsv", "word\tnote\r\n a\tb \r\n", [("a", "b")], "blanks around cells, line ends of Windows"),
    ("words.csv", 'word,note\n"a, ""b""",c\n', [('a, "b"', "c")], "a comma inside quotation marks"),
    ("words.csv", "word,note\na\tb,\n", [("a\tb", "")], "a tab between commas is text"),
]


@pytest.mark.parametrize(("name", "content", "expected", "reason"), READ)
def test_cells_are_read_as_they_stand(tmp_path, name, content, expected, reason):
    assert [(row["word"], row["note"]) for row in lookup(tmp_path, content, name)] == expected


REFUSED = [
    ("words.tsv", "", r"words\.tsv:1: columns are \[\]", "an empty file"),
    ("words.tsv", "word\tnotes\na\tb\n", r"words\.tsv:1: columns are", "another column"),
    ("words.tsv", "note\tword\na\tb\n", r"words\.tsv:1: columns are", "another order"),
    ("words.tsv", "word,note\na,b\n", r"words\.tsv:1: columns are", "commas in a file of tabs"),
    ("words.tsv", "word\tnote\na\tb\n\na\n", r"words\.tsv:4: 1 cells instead of 2", "a cell too few"),
    ("words.tsv", "word\tnote\na\tb\tc\n", r"words\.tsv:2: 3 cells instead of 2", "a cell too many"),
    ("words.csv", 'word,note\na,b\n"c,d\n', r"words\.csv:3: ", "a quotation mark that is never closed"),
]


@pytest.mark.parametrize(("name", "content", "message", "reason"), REFUSED)
def test_another_shape_is_refused_with_file_and_line(tmp_path, name, content, message, reason):
    with pytest.raises(ValueError, match=message):
        lookup(tmp_path, content, name)


def test_another_encoding_is_refused_with_the_file(tmp_path):
    (tmp_path / "words.tsv").write_bytes(b"word\tnote\n\xe9\tb\n")
    with pytest.raises(ValueError, match=r"words\.tsv: .*utf-8"):
        list(read_rows(tmp_path / "words.tsv", COLUMNS))


def test_what_repeats_is_refused_with_both_lines(tmp_path):
    rows = lookup(tmp_path, "word\tnote\na\tb\na\tc\na\tb\n")
    with pytest.raises(ValueError, match=r"words\.tsv:3: 'a' already stands on line 2"):
        list(unique(rows, "word"))
    with pytest.raises(ValueError, match=r"words\.tsv:4: 'a b' already stands on line 2"):
        list(unique(rows, "word", "note"))
    assert list(unique(rows[:2], "word", "note")) == rows[:2]


def test_an_empty_key_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"words\.tsv:2: word is empty"):
        list(unique(lookup(tmp_path, "word\tnote\n\tb\n"), "word"))


ROW = Row("f.tsv", 7, {"word": "yes", "note": "press", "number": "0.5", "empty": "", "list": "a |b  c||"})


def test_a_cell_is_read_as_what_it_is():
    assert ROW.flag("word") is True
    assert ROW.convert("note", Medium) is Medium.PRESS
    assert ROW.convert("number", float) == 0.5
    assert ROW.several("list") == ("a", "b c")
    assert ROW.several("empty") == ()


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda: ROW.required("empty"), "empty is empty"),
        (lambda: ROW.flag("note"), "note is 'press', not yes or no"),
        (lambda: ROW.convert("word", Medium), "word is 'yes', which is no Medium"),
        (lambda: ROW.convert("number", int), "number is '0.5', which is no int"),
        (lambda: ROW.refuse("why"), "why"),
    ],
)
def test_a_cell_that_is_something_else_is_refused_with_its_line(read, message):
    with pytest.raises(ValueError, match=rf"^f\.tsv:7: {message}$"):
        read()
