"""Which files are meant by the paths a user names, and what each is called in the books."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from pipeline.load.records import InputFile
from pipeline.lookup import read_rows, unique

NOT_DATA = Path(__file__).parent / "data" / "not_data.tsv"


class InputNotFound(ValueError):
    """A named input does not exist: wrong usage."""


def find_inputs(paths: Sequence[str]) -> list[InputFile]:
    """Find the files that `paths` name: files, folders (with all below them) and globs.

    A file's `raw_uri` is its path from the named input on: "seeds/a.txt" for the folder
    /x/seeds, "a.jsonl" for the file /x/a.jsonl or the glob /x/*.jsonl. Where two files would
    get one `raw_uri`, both get as many more parent folders as it takes. A file that is named
    twice counts once, under its longest `raw_uri`.

    In folders, hidden files and files that `data/not_data.tsv` lists are passed over, and
    symbolic links are followed to files, not to folders. What is named itself is always taken.

    Returns:
        The files, sorted by `raw_uri`: the order of `paths` does not matter.

    Raises:
        InputNotFound: a path does not exist, or a glob matches nothing.
    """
    names: dict[Path, str] = {}
    for path, raw_uri in (found for named in paths for found in _expand(named)):
        known = names.get(path)
        if known is None or (-len(raw_uri), raw_uri) < (-len(known), known):
            names[path] = raw_uri
    return sorted((InputFile(path, uri) for path, uri in _tell_apart(names).items()), key=lambda f: f.raw_uri)


def count_bytes(files: Iterable[InputFile]) -> int:
    """The bytes that the files have on disk: about how much there is to read. What is gone has none."""
    return sum(file.path.stat().st_size for file in files if file.path.exists())


def _match(named: str) -> list[str]:
    matches = [named] if os.path.lexists(named) else sorted(glob.glob(named, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not matches:
        raise InputNotFound(f"input {named!r} does not exist: name a file, a folder, or a glob that matches one")
    return matches


def _expand(named: str) -> Iterator[tuple[Path, str]]:
    for match in _match(named):
        path = Path(os.path.abspath(match))  # noqa: PTH100 - Path.resolve would follow the links
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path, _uri(path.parts[-1:])


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    unreadable: list[OSError] = []
    base = len(folder.parts) - 1
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if not is_passed_over(name):
                path = Path(parent, name)
                yield path, _uri(path.parts[base:])
    for error in unreadable:
        path = Path(error.filename)
        yield path, _uri(path.parts[base:])


def is_passed_over(name: str) -> bool:
    """Whether a file of that name in a folder is not data: hidden, or listed as such."""
    return name.startswith(".") or any(fnmatchcase(name.casefold(), pattern) for pattern in _not_data())


def _uri(parts: Sequence[str]) -> str:
    return "/".join(os.fsencode(part).decode("utf-8", "backslashreplace") for part in parts if part != os.sep)


def _tell_apart(names: dict[Path, str]) -> dict[Path, str]:
    """Lengthen the names that several files share, one parent folder at a time."""
    while True:
        sharing: dict[str, list[Path]] = {}
        for path, name in names.items():
            sharing.setdefault(name, []).append(path)
        doubled = [path for paths in sharing.values() if len(paths) > 1 for path in paths]
        longer = {path: _uri(path.parts[-(names[path].count("/") + 2) :]) for path in doubled}
        if all(names[path] == name for path, name in longer.items()):
            return names
        names = names | longer


@cache
def _not_data(path: Path = NOT_DATA) -> tuple[str, ...]:
    return tuple(row["pattern"].casefold() for row in unique(read_rows(path, ("pattern", "reason")), "pattern"))
