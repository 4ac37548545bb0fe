"""A watch over the reading of each article: one that does not end costs itself, not the run.

What is guaranteed, by where the article is read:

- In a worker process of this machine and in Ray: at its limit an alarm interrupts Python code and `re`; the article is
  rejected, and its batch goes on. Native code that does not return is not interrupted by that: at twice the limit the
  process ends itself, from a thread that needs no interpreter lock, and the batch is tried again and halved until the
  one article is found (`pipeline.pieces`).
- In Dask, whose workers read in a thread: the same, but the first interruption waits for the next step of Python code.
- In a thread of the run's own process (`runner=thread`, and small inputs under `auto`): the first interruption only.
  Nothing may end this process, so native code that does not return holds the run.
"""

from __future__ import annotations

import faulthandler
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from prefect.utilities.timeout import timeout

from pipeline.tables import Article
from pipeline.timelimit import HARD, ArticleTimeout, TimeLimit


@dataclass(frozen=True, slots=True)
class Watch:
    """What `extract_articles` reads each article under.

    Attributes:
        limit: how long an article may take.
        may_end_process: whether the process may be ended, because it is a worker.
    """

    limit: TimeLimit
    may_end_process: bool

    @contextmanager
    def __call__(self, article: Article) -> Iterator[None]:
        """Raise ArticleTimeout inside when the article takes too long."""
        seconds = self.limit.seconds(article.n_characters)
        if self.may_end_process:
            # one timer a process: a worker reads one article at a time
            faulthandler.dump_traceback_later(HARD * seconds, exit=True, file=sys.__stderr__ or sys.stderr)
        try:
            with timeout(seconds, ArticleTimeout):
                yield
        except ArticleTimeout:
            raise ArticleTimeout(self.limit.exceeded(article.n_characters)) from None
        finally:
            if self.may_end_process:
                faulthandler.cancel_dump_traceback_later()
