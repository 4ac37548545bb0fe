"""Which files are meant, and what they are called."""

from __future__ import annotations

import os
from itertools import permutations

import pytest

from pipeline.load import InputNotFound, find_inputs, read_records
from pipeline.vocabulary import Reason


@pytest.fixture
def tree(tmp_path):
    for name in ("x/seeds/a.txt", "x/seeds/deep/b.jsonl", "x/c.jsonl", "y/seeds/a.txt", "y/d.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    return tmp_path


def uris(*paths) -> list[str]:
    return [file.raw_uri for file in find_inputs([str(path) for path in paths])]


def test_a_file_is_called_by_its_name(tree):
    assert uris(tree / "x/c.jsonl") == ["c.jsonl"]


def test_a_file_in_a_folder_is_called_by_its_path_from_the_folder_on(tree):
    assert uris(tree / "x/seeds") == ["seeds/a.txt", "seeds/deep/b.jsonl"]
    assert uris(f"{tree}/x/seeds/") == ["seeds/a.txt", "seeds/deep/b.jsonl"]


def test_the_working_folder_has_its_name(tree, monkeypatch):
    monkeypatch.chdir(tree / "x/seeds")
    assert uris(".") == ["seeds/a.txt", "seeds/deep/b.jsonl"]
    assert uris("../seeds") == ["seeds/a.txt", "seeds/deep/b.jsonl"]


def test_a_glob_names_its_matches(tree):
    assert uris(f"{tree}/x/*.jsonl") == ["c.jsonl"]
    assert uris(f"{tree}/x/**/*.jsonl") == ["b.jsonl", "c.jsonl"]
    assert uris(f"{tree}/*/seeds") == uris(tree / "x/seeds", tree / "y/seeds")


def test_two_files_of_one_name_get_more_of_their_paths(tree):
    assert uris(tree / "x/seeds", tree / "y/seeds") == ["seeds/deep/b.jsonl", "x/seeds/a.txt", "y/seeds/a.txt"]


def test_a_file_that_is_named_twice_counts_once(tree):
    assert uris(tree / "x/seeds/a.txt", tree / "x/seeds", tree / "x") == [
        "x/c.jsonl",
        "x/seeds/a.txt",
        "x/seeds/deep/b.jsonl",
    ]


def test_the_order_of_the_inputs_does_not_matter(tree):
    named = [tree / "x/seeds", tree / "y", tree / "x/c.jsonl", f"{tree}/y/*/*.txt"]
    assert len({tuple(uris(*order)) for order in permutations(named)}) == 1


@pytest.mark.parametrize("name", ["missing", "missing/*.txt", "x/*.parquet", "[", ""])
def test_an_input_that_is_not_there_is_wrong_usage(tree, name):
    with pytest.raises(InputNotFound, match="does not exist"):
        find_inputs([str(tree / "x"), f"{tree}/{name}" if name else ""])


def test_what_is_not_data_is_passed_over_in_folders_but_taken_when_named(tree):
    for name in ("README.md", ".hidden.txt", "_SUCCESS", "a.txt.md5", "b.txt~"):
        (tree / "x/seeds" / name).write_text("x")
    (tree / "x/seeds/.git").mkdir()
    (tree / "x/seeds/.git/config.txt").write_text("x")
    assert uris(tree / "x/seeds") == ["seeds/a.txt", "seeds/deep/b.jsonl"]
    assert uris(tree / "x/seeds/README.md") == ["README.md"]


def test_links_are_followed_to_files_and_not_to_folders(tree):
    (tree / "x/seeds/link.txt").symlink_to(tree / "y/d.csv")
    (tree / "x/seeds/loop").symlink_to(tree / "x")
    assert uris(tree / "x/seeds") == ["seeds/a.txt", "seeds/deep/b.jsonl", "seeds/link.txt"]


def test_a_broken_link_is_a_rejection(tree):
    (tree / "x/seeds/a.txt").unlink()
    (tree / "x/seeds/a.txt").symlink_to(tree / "nowhere")
    (file, _) = find_inputs([str(tree / "x/seeds")])
    (rejection,) = read_records(file)
    assert rejection.reason is Reason.UNREADABLE_FILE


@pytest.mark.parametrize("name", ["new\nline.txt", "über.txt", "a b.txt", "*.txt", "[1].txt", "'; DROP.txt"])
def test_any_name_of_a_file_is_taken_as_it_is(tmp_path, name):
    (tmp_path / name).write_text("They met.")
    assert uris(tmp_path / name) == [name]
    assert uris(tmp_path) == [f"{tmp_path.name}/{name}"]


def test_a_name_that_is_no_unicode_is_written_with_backslashes(tmp_path):
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text("They met.")
    assert uris(tmp_path) == [f"{tmp_path.name}/caf\\xe9.txt"]
