"""Where pieces are extracted: worker processes of this machine, a Dask or Ray cluster; a thread for what is small.

Each worker process is a Prefect runner of its own, a pool of one. So the death of a worker breaks the pool of one
worker, and it is known which piece it died over; the others do not notice. A cluster replaces its workers itself, and
is one lane that takes everything.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing import get_context
from queue import SimpleQueue
from typing import Any, Self

from prefect.futures import PrefectFuture
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.fate import share_fate
from flows.forks import is_forked, is_thread, start_fork_server
from pipeline.pieces import Piece
from pipeline.settings import Settings

DEATHS = ("BrokenExecutor", "KilledWorker", "WorkerCrashedError", "OutOfMemoryError", "NodeDiedError")
"""What concurrent.futures, Dask and Ray raise, by name: the last two need not be installed."""

Runner = TaskRunner[Any]
Future = PrefectFuture[Any]


@dataclass(eq=False)
class Lane:
    """A runner, and the pieces that it works on, in their order.

    Attributes:
        make: makes the runner; it starts with the first piece.
        is_cluster: many workers that are replaced by others; else one worker, which takes its pieces in order.
        finished: where the lane says that one of its futures is done, with the generation of the runner.
    """

    make: Callable[[], Runner]
    is_cluster: bool
    finished: SimpleQueue[tuple[Lane, int, Future]]
    flying: dict[Future, Piece] = field(default_factory=dict)
    generation: int = 0
    _runner: Runner | None = None

    def submit(self, task: Any, parameters: dict[str, Any], piece: Piece) -> None:
        """Hand a piece to the runner."""
        if self._runner is None:
            self._runner = self.make()
            with _keep_sigterm():
                self._runner.__enter__()
        generation = self.generation
        future = self._runner.submit(task, parameters)
        self.flying[future] = piece
        future.add_done_callback(lambda done: self.finished.put((self, generation, done)))

    def next_done(self, notified: Future) -> Future:
        """Which future to look at: one worker finishes in order, so a break is the fault of the oldest piece."""
        return notified if self.is_cluster else next(iter(self.flying))

    def restart(self) -> list[Piece]:
        """Leave a broken pool; the next piece starts a fresh one. The pieces that were behind the one that broke it."""
        if self.is_cluster:
            return []
        behind = list(self.flying.values())
        self.flying.clear()
        self.generation += 1
        self.close(broken=True)
        return behind

    def close(self, broken: bool = False) -> None:
        """Stop the runner."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        messages = getattr(runner, "_subprocess_message_queue", None)
        if broken and messages is not None:
            # a process that dies while it writes its log keeps the lock of this queue: this process would not end
            messages.cancel_join_thread()
        runner.__exit__(None, None, None)


@contextmanager
def _keep_sigterm() -> Iterator[None]:
    """Leave SIGTERM to whom it belongs: Ray takes it when it starts, and aborts the process 3 s after one."""
    handler = signal.getsignal(signal.SIGTERM)
    yield
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, handler)


class ForkedPool(ProcessPoolTaskRunner):
    """Prefect's pool of processes, forked by the fork server instead of spawned.

    Prefect leaves no choice of how processes start; the rest of its pool does not depend on it. None has started yet
    when this replaces the executor that Prefect made by one that is the same but for that.
    """

    def __enter__(self) -> Self:
        """Start the pool."""
        super().__enter__()
        made: Any = self._executor
        made.shutdown()
        self._executor = ProcessPoolExecutor(
            max_workers=self._max_workers,
            mp_context=get_context("forkserver"),
            initializer=made._initializer,
            initargs=made._initargs,
        )
        return self


def make_lanes(settings: Settings, n_bytes: int, finished: SimpleQueue[tuple[Lane, int, Future]]) -> list[Lane]:
    """The lanes that the settings ask for; one thread of this process where the input is small."""
    match settings.runner:
        case "dask":
            return [Lane(lambda: _dask(settings), True, finished)]
        case "ray":
            return [Lane(lambda: _ray(settings), True, finished)]
    if is_thread(settings, n_bytes):
        return [Lane(lambda: ThreadPoolTaskRunner(max_workers=1), False, finished)]
    pool = ProcessPoolTaskRunner
    if is_forked(settings, n_bytes):
        start_fork_server(settings)
        pool = ForkedPool
    return [
        Lane(lambda: pool(max_workers=1, initializer=share_fate), False, finished) for _ in range(settings.n_workers)
    ]


def share_api(settings: Settings) -> AbstractContextManager[Any]:
    """Workers of this machine report to the API of this process, where that is an embedded one.

    Else each worker would start an embedded API of its own (4 s of CPU), and leave it behind if it is killed.
    """
    if get_current_settings().api.url or settings.dask_address or settings.ray_address:
        return nullcontext()
    from prefect.server.api.server import SubprocessASGIServer  # 1.3 s, and only for a flow that was not started by us

    server = SubprocessASGIServer()  # one a process: the one that the flow uses
    server.start()
    return temporary_settings({PREFECT_API_URL: server.api_url})


def is_death(error: BaseException) -> bool:
    """Whether an error of a runner says that a worker died, rather than that the runner could not do its work."""
    return any(kind.__name__ in DEATHS for kind in type(error).__mro__)


def _dask(settings: Settings) -> Runner:
    make: Callable[..., Runner] = import_module("prefect_dask").DaskTaskRunner
    if settings.dask_address:
        return make(address=settings.dask_address)
    # one death is enough: what becomes of the piece is decided here
    import_module("dask").config.set({"distributed.scheduler.allowed-failures": 0})
    local = {"n_workers": settings.n_workers, "threads_per_worker": 1, "dashboard_address": None}
    return make(cluster_kwargs=local)


def _ray(settings: Settings) -> Runner:
    make: Callable[..., Runner] = import_module("prefect_ray").RayTaskRunner
    if settings.ray_address:
        return make(address=settings.ray_address)
    return make(init_kwargs={"num_cpus": settings.n_workers, "include_dashboard": False})
