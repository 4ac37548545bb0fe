"""Extraction: batches are handed to the workers while the next ones are made; a worker that dies costs one article.

A death costs its batch a retry in a fresh pool, then the batch is halved, down to the one article that kills, which is
rejected. The rows of an article depend on it alone, so what is joined from parts is the batch to the byte.
"""

from __future__ import annotations

import importlib
import threading
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from queue import Empty, SimpleQueue
from typing import Any

from flows.forks import is_thread
from flows.logs import make_logger
from flows.progress import Progress
from flows.run import RunContext
from flows.runners import Future, Lane, is_death, make_lanes, share_api
from flows.signals import leave_if_stopped
from flows.tasks import Order, extract_piece, stage_batch
from flows.watch import Watch
from pipeline.batches import Batch
from pipeline.books import make_failure, sum_counts
from pipeline.pieces import Piece, PieceResult, death_of, failure_of, result_of, whole_batch
from pipeline.schema import rows_of
from pipeline.tables import ARTICLES, Article
from pipeline.warehouse import Stage, Warehouse

MOST_DEATHS = 40
"""Workers that die one after the other, with nothing extracted in between, before the rest is given up. To find two
articles that kill, in one batch of a thousand, takes fewer."""


@dataclass(slots=True)
class Extracted:
    """What the extraction of all batches came to."""

    counts: dict[str, int] = field(default_factory=dict)
    failed_batches: list[str] = field(default_factory=list)
    old_days: dict[str, set[date]] = field(default_factory=dict)
    """Where the rows of replaced articles are stored."""


def extract_all(run: RunContext, warehouse: Warehouse, batches: Iterator[Batch], n_bytes: int) -> Extracted:
    """Extract every batch into staged rows.

    Args:
        run: the run; articles that fail are entered in its books.
        warehouse: the warehouse, locked.
        batches: what to extract; the next is asked for while the last ones are worked on.
        n_bytes: about how much there is, to choose where to work.
    """
    stage = warehouse.staging(run.run_id)
    with Progress() as progress, share_api(run.settings):
        work = Work(run, stage, n_bytes, progress)
        try:
            with run.timed("load"):
                for batch in batches:
                    if not progress.total and is_thread(run.settings, n_bytes):
                        # 3 s that would otherwise come after the extraction; beside worker processes its 250 MB would
                        # count on top of theirs. No daemon, which could die in the middle of an import, with its lock.
                        threading.Thread(target=importlib.import_module, args=("expectations.audit",)).start()
                    stage_batch(stage, batch.batch_id, batch.articles, batch.days)
                    progress.add(len(batch.articles))
                    work.add(whole_batch(batch.batch_id, len(batch.articles)))
            with run.timed("extract"):
                results = work.finish()
        finally:
            work.close()
    _join_parts(stage, results)
    _reject_failures(run, stage, results)
    failed = sorted({r.piece.batch_id for r in results if r.error is not None})
    return Extracted(sum_counts([r.counts for r in results]), failed)


class Work:
    """Pieces that wait, pieces that are worked on, and what became of the others."""

    def __init__(self, run: RunContext, stage: Stage, n_bytes: int, progress: Progress) -> None:
        self.stage = stage
        self.results: list[PieceResult] = []
        self._settings = run.settings
        self._log = make_logger("newsledger.extraction", run.run_id)
        self._progress = progress
        self._waiting: deque[Piece] = deque()
        self._suspects: deque[Piece] = deque()
        """Pieces that a worker of a cluster died over: they run with nothing beside them, so that guilt is certain."""
        self._finished: SimpleQueue[tuple[Lane, int, Future]] = SimpleQueue()
        self._lanes = make_lanes(run.settings, n_bytes, self._finished)
        self._watch = Watch(run.settings.time_limit, may_end_process=not is_thread(run.settings, n_bytes))
        self._deaths = 0
        self._ahead = 2
        """Pieces that a worker has: a second one keeps it busy while this process loads the next batch."""

    def add(self, piece: Piece) -> None:
        """Take a piece, and hand out what there is room for."""
        self._waiting.append(piece)
        while self._settle_next(block=False):
            pass
        self._hand_out()

    def finish(self) -> list[PieceResult]:
        """Work until nothing is left; the results in the order of the articles."""
        self._ahead = 1
        self._hand_out()
        while any(lane.flying for lane in self._lanes):
            self._settle_next(block=True)
            self._hand_out()
        return sorted(self.results, key=lambda r: (r.piece.batch_id, r.piece.first))

    def close(self) -> None:
        """Stop all runners."""
        for lane in self._lanes:
            lane.close()

    def _hand_out(self) -> None:
        while self._waiting:
            lane = min(self._lanes, key=lambda lane: len(lane.flying))
            if not lane.is_cluster and len(lane.flying) >= self._ahead:
                return
            self._submit(lane, self._waiting.popleft())
        if self._suspects and not any(lane.flying for lane in self._lanes):
            self._submit(self._lanes[0], self._suspects.popleft())

    def _submit(self, lane: Lane, piece: Piece) -> None:
        task = extract_piece.with_options(retries=self._settings.retries)
        lane.submit(task, {"order": Order(self.stage, piece, self._watch, self._settings)}, piece)

    def _settle_next(self, block: bool) -> bool:
        """Look at one future that is done; false where there is none."""
        leave_if_stopped()
        try:
            lane, generation, notified = self._finished.get(block=block)
        except Empty:
            return False
        if generation == lane.generation:
            future = lane.next_done(notified)
            piece = lane.flying.pop(future)
            try:
                returned = future.result(raise_on_failure=False)
            except Exception as error:  # the executor's own, for a task that ran returns a state
                if is_death(error):
                    self._bury(lane, piece, error)
                else:
                    self._fail(piece, f"{type(error).__name__}: {error}")
            else:
                self._keep(piece, future.state, returned)
        return True

    def _keep(self, piece: Piece, state: Any, returned: Any) -> None:
        if state.is_completed():
            self._deaths = 0
            self._settle(result_of(piece, returned))
        else:
            self._fail(piece, state.message or "no reason given")

    def _fail(self, piece: Piece, reason: str) -> None:
        self._log.error("failed: %s", reason, extra={"batch_id": piece.folder})
        self._settle(failure_of(piece, " ".join(reason.split())))

    def _bury(self, lane: Lane, piece: Piece, error: Exception) -> None:
        """A worker died over a piece: try it again, or halves of it, or reject the one article."""
        where = {"batch_id": piece.folder}
        self._log.warning("a worker died over %d articles: %s", piece.size, error, extra=where)
        self._waiting.extendleft(reversed(lane.restart()))
        self._deaths += 1
        if self._deaths > MOST_DEATHS:
            self._give_up(piece)
            return
        again = self._suspects if lane.is_cluster else self._waiting
        again.extendleft(reversed(piece.after_death()))
        if not piece.after_death():
            row = self.stage.read_input(piece.batch_id).slice(piece.first, 1).to_pylist()[0]
            seconds = self._settings.time_limit.seconds(row["n_characters"])
            self._settle(death_of(piece, row["article_id"], seconds))

    def _give_up(self, piece: Piece) -> None:
        for lost in (piece, *self._waiting, *self._suspects):
            self._settle(failure_of(lost, f"{MOST_DEATHS} workers died one after the other"))
        self._waiting.clear()
        self._suspects.clear()

    def _settle(self, result: PieceResult) -> None:
        self.results.append(result)
        self._progress.advance(result.piece.size)


def _join_parts(stage: Stage, results: Sequence[PieceResult]) -> None:
    """Make batches of the parts that were staged one by one."""
    parts: dict[str, list[str]] = defaultdict(list)
    for result in results:
        if result.staged and not result.piece.is_whole:
            parts[result.piece.batch_id].append(result.piece.folder)
    for batch_id, folders in parts.items():
        stage.join(batch_id, folders)


def _reject_failures(run: RunContext, stage: Stage, results: Sequence[PieceResult]) -> None:
    """Reject the articles that extraction failed on, and all of a piece that failed whole."""
    for result in results:
        failed = dict(result.failures)
        if not failed and result.error is None:
            continue
        piece = result.piece
        articles: list[Article] = rows_of(ARTICLES, stage.read_input(piece.batch_id).slice(piece.first, piece.size))
        if result.error is not None:
            failed = {a.article_id: f"its batch failed: {result.error}; run again to retry" for a in articles}
        rejects = [
            make_failure(run.run_id, a, failed[a.article_id], run.settings.payload_bytes)
            for a in articles
            if a.article_id in failed
        ]
        run.books.reject_articles(failed.keys(), rejects)
