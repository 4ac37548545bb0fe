"""Progress of a run: a bar on a terminal, plain log lines elsewhere."""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

log = logging.getLogger("newsledger.progress")


class Progress:
    """Articles handed to extraction, and those that are done."""

    def __init__(self) -> None:
        self.total = self.done = 0
        self._bar: Bar | None = None
        if sys.stderr.isatty():
            columns = (TextColumn("articles"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("articles", total=None)

    def __enter__(self) -> Progress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def add(self, n: int) -> None:
        """Count `n` articles that are to be extracted."""
        self.total += n
        self._show()

    def advance(self, n: int) -> None:
        """Count `n` articles that are done."""
        self.done += n
        self._show()
        if not self._bar:
            log.info("%d of %d articles extracted", self.done, self.total)

    def _show(self) -> None:
        if self._bar:
            self._bar.update(self._task, completed=self.done, total=self.total)
