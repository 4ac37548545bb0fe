"""What the README says is there is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from flows.cli import app
from pipeline.tables import TABLES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def commands() -> dict[str, set[str]]:
    """The commands of the command line, each with its options."""
    group = get_command(app)
    found = {}
    for name, command in group.commands.items():  # type: ignore[attr-defined]  # a group, as it has commands
        options = {o for p in command.params for o in p.opts}
        found[name] = options | set(getattr(command, "commands", ()))
    return found


def test_every_command_that_the_readme_names_exists_with_its_options() -> None:
    lines = re.findall(r"^(?:\$ )?(?:\S*/)?newsledger (\w+)([^#\n]*)", README, re.M)
    assert len(lines) > 8
    for name, rest in lines:
        assert name in commands(), name
        for option in re.findall(r"--?[a-z][\w-]*", rest):
            assert option in commands()[name], f"{name} {option}"


def test_every_verb_of_make_that_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for verb in re.findall(r"make (\w+)", README):
        if verb != "needs":
            assert re.search(rf"^{verb}:", makefile, re.M), verb


@pytest.mark.parametrize("t", TABLES, ids=lambda t: t.name)
def test_the_readme_lists_every_table(t: object) -> None:
    assert f"| {t.name} | {t.one_row_per} |" in README  # type: ignore[attr-defined]  # a Table


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_nothing_in_the_repository_speaks_of_the_place_where_it_was_made() -> None:
    words = re.compile(r"/work/|/tmp/dev|pypi\.org|pythonhosted|registry\.npmjs")
    files = [p for p in ROOT.rglob("*") if p.suffix in {".py", ".md", ".toml", ".yaml", ".lock", ".tsv", ".csv"}]
    kept = [p for p in files if not {".venv", "build", "warehouse"} & set(p.relative_to(ROOT).parts)]
    assert len(kept) > 100
    this = Path(__file__)
    assert [p for p in kept if p != this and words.search(p.read_text("utf-8"))] == []
