"""A writer in a process of its own, for the tests to kill or to read beside.

`python tests/writer.py write ROOT GENERATION` publishes one generation and says how far it is;
`python tests/writer.py publish ROOT N` publishes N of them.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent)]

from warehouse_rows import Story, load  # noqa: E402  # the path is set above, so that this also runs as a program

from pipeline.warehouse import Warehouse  # noqa: E402
from pipeline.warehouse.storage import LocalStorage  # noqa: E402

N_STORIES = 24
N_DAYS = 6


def stories(generation: int) -> list[Story]:
    """All articles of a generation: each is corrected, and every fifth moves to another day."""
    first = date(2024, 2, 1)
    return [
        Story(
            f"story {i}",
            first + timedelta(days=(i + (generation if i % 5 == 0 else 0)) % N_DAYS),
            ("Ada Poe", f"Speaker {(i + generation) % 7}"),
            f"Version {generation} of the report is final",
        )
        for i in range(N_STORIES)
    ]


def write(root: str, generation: int) -> None:
    """The writer: one run that publishes a generation."""

    def tell(action: str, path: str) -> None:
        if (action, path) == ("sync folder", "_journal"):
            print("committed", flush=True)

    house = Warehouse("", storage=LocalStorage(root, tell))
    print("ready", flush=True)
    load(house, f"r{generation}", stories(generation), then=lambda: print("staged", flush=True))


def main() -> None:
    """Be the writer."""
    action, root, n = sys.argv[1:]
    if action == "write":
        write(root, int(n))
    else:
        for generation in range(1, int(n) + 1):
            load(Warehouse(root), f"r{generation}", stories(generation))


if __name__ == "__main__":
    main()
