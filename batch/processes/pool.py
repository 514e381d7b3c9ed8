"""Where tasks run: a Scheduler takes a function and a time limit and gives a Future. Local processes are the default.

Pebble's pool is used since it ends a worker that overruns its time or dies, replaces it, and tells which task it was.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, Self

from pebble import ProcessExpired, ProcessPool

from batch.processes.workers import Makers, begin, kill_server
from batch.storage import clear_copies
from extract.page import Failure

TRANSIENT = frozenset({"timeout", "out_of_memory", "worker_died", "unreadable", "changed"})
"""Error codes whose reason may have passed by the next run."""

STARTS = 10
SECONDS_BETWEEN_STARTS = 1.0
"""Times that a pool is made anew before a task comes back: processes killed as they start take the pool with them."""

SECONDS_BETWEEN_LOOKS = 0.5
"""At the tasks of a pool: costs a fraction of a millisecond."""

SECONDS_TO_END = 10.0
"""For a pool whose processes were killed to take itself down."""

WITH_ITS_POOL = "with its whole pool"
UNHEARD = "as it began"


class SchedulerLostError(OSError):
    """Nothing can be run any more, so that the run has to end."""


class Scheduler(Protocol):
    """Runs tasks somewhere. Leaving the context ends every task that still runs."""

    @property
    def slots(self) -> int:
        """How many tasks run at the same time."""

    def submit(self, task: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> "Future[Any]":
        """Run task(*args), for at most `seconds` from its start. The future raises what failure_of() understands.

        Every future comes back, whatever becomes of the processes. Both raise SchedulerLostError when none can be had.
        """

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a pool may stand still before all its processes are replaced, in seconds.

    start: for the server of the workers, which loads the models (5 s of CPU; 40 where code is to be compiled first).
    begin: while a worker is free and a task waits, until the task begins; one that died is replaced in 0.1 s, one whose
           server died in 5.
    end: beyond a task's own limit, at which Pebble should have ended it.
    """

    start: float = 600.0
    begin: float = 120.0
    end: float = 30.0


PATIENCE = Patience()


@dataclass(slots=True)
class _Open:
    """A task that has not come back. begun: when it was first seen at work, None while it waits."""

    future: Future[Any]
    seconds: float
    begun: float | None = None


class LocalPool:
    """`jobs` processes on this machine, each with its memory limited.

    Pebble's workers share one channel, so one that is killed at the wrong moment stops all: it takes the channel's lock
    or half a message along, or the pool breaks and forgets the tasks that it had not handed over. So a thread of this
    pool watches that tasks begin and end in time; where they do not, all processes are killed and made anew.
    """

    def __init__(self, jobs: int, memory_mb: int, patience: Patience = PATIENCE) -> None:
        self._jobs, self._memory_mb, self._patience = jobs, memory_mb, patience
        self._turn = threading.RLock()  # submitting and renewing take turns
        self._open: dict[Future[Any], _Open] = {}  # what was handed out -> what Pebble gave for it
        self._renewed = 0  # times since a task came back from a worker
        self._scheduling: float | None = None  # since when a task is handed over, which may start all processes
        self._free: float | None = None  # since when a worker has been free while a task waits
        self._orphans: frozenset[Future[Any]] = frozenset()  # tasks without a worker at the last look
        self._makers, self._pool = self._new_pool()
        self._left = threading.Event()
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    def _new_pool(self) -> tuple[Makers, ProcessPool]:
        makers = Makers()
        return makers, ProcessPool(self._jobs, initializer=begin, initargs=(self._memory_mb,), context=makers)

    @property
    def slots(self) -> int:
        return self._jobs

    def submit(self, task: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> "Future[Any]":
        with self._turn:
            while self._renewed < STARTS:
                if future := self._schedule(task, args, seconds):
                    answer: Future[Any] = Future()
                    self._open[answer] = _Open(future, seconds)
                    future.add_done_callback(partial(self._came_back, answer))
                    return answer
                self._renew()
                time.sleep(SECONDS_BETWEEN_STARTS)
        raise SchedulerLostError("No worker process can be started. Is memory left, and are processes allowed?")

    def _schedule(self, task: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> "Future[Any] | None":
        """Hand a task to the pool, which starts its processes at the first one. None: the pool is broken."""
        self._scheduling = time.monotonic()
        try:
            return self._pool.schedule(task, args=args, timeout=seconds)
        except (BrokenProcessPool, RuntimeError):  # now as it starts, or since the last task
            return None
        finally:
            self._scheduling = None

    def _came_back(self, answer: "Future[Any]", future: "Future[Any]") -> None:
        self._open.pop(answer, None)
        self._free = None
        error = future.exception()
        if not isinstance(error, BrokenProcessPool):
            self._renewed = 0
        with suppress(InvalidStateError):  # it was given up before
            if error:
                answer.set_exception(error)
            else:
                answer.set_result(future.result())

    def _watch(self) -> None:
        """Until the pool is left: look after it every now and then."""
        while not self._left.wait(SECONDS_BETWEEN_LOOKS):
            now = time.monotonic()
            if _overdue(self._scheduling, self._patience.start, now):
                kill_server()  # it does not answer who hands over a task, so that the turn does not end
            elif self._turn.acquire(blocking=False):
                try:
                    self._look(now)
                finally:
                    self._turn.release()

    def _look(self, now: float) -> None:
        """Tell of tasks that lost their worker, and renew a pool whose open tasks will not come back."""
        self._miss(_orphans(self._pool))
        if self._open and not self._pool.active:
            self._renew()
        elif self._stands_still(now):
            self._give_up(now)
            kill_server()  # it may be what does not answer
            self._renew()

    def _miss(self, orphans: "frozenset[Future[Any]]") -> None:
        """Tell tasks that their worker died, at the second look: a worker may begin before Pebble has put it down."""
        orphans, self._orphans = orphans & self._orphans, orphans
        for answer, task in tuple(self._open.items()):
            if task.future in orphans:
                with suppress(InvalidStateError):  # it came back in the meantime
                    answer.set_exception(TaskError("worker_died", UNHEARD))
                self._open.pop(answer, None)

    def _stands_still(self, now: float) -> bool:
        """Whether a task does not begin, or does not end."""
        tasks = tuple(self._open.values())
        for task in tasks:
            if task.begun is None and task.future.running():
                task.begun = now
        working = [task for task in tasks if task.begun is not None]
        is_free = len(working) < min(self._jobs, len(tasks))
        self._free = (self._free or now) if is_free else None
        return _overdue(self._free, self._patience.begin, now) or any(self._is_over(task, now) for task in working)

    def _is_over(self, task: _Open, now: float) -> bool:
        return _overdue(task.begun, task.seconds + self._patience.end, now)

    def _give_up(self, now: float) -> None:
        """Tell all open tasks that they will not come back."""
        for answer, task in tuple(self._open.items()):
            over = self._is_over(task, now)
            with suppress(InvalidStateError):  # it came back in the meantime
                answer.set_exception(TaskError("timeout", "") if over else TaskError("worker_died", WITH_ITS_POOL))
            self._open.pop(answer, None)

    def _renew(self) -> None:
        """Begin with new processes."""
        self._give_up(time.monotonic())
        self._end()
        self._renewed += 1
        self._free = None
        self._makers, self._pool = self._new_pool()

    def _end(self) -> None:
        """Kill the workers and take the pool down; one that still waits for something is left behind."""
        self._pool.stop()
        self._makers.kill()
        ending = threading.Thread(target=_join, args=(self._pool,), name="end", daemon=True)
        ending.start()
        ending.join(SECONDS_TO_END)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._left.set()
        with self._turn:
            self._end()
        clear_copies()


def _orphans(pool: ProcessPool) -> "frozenset[Future[Any]]":
    """Tasks at work whose worker is gone.

    Pebble looks for the task of a dead worker once. Where it had not read yet that the task began, it finds none, reads
    it afterwards, and waits for the dead worker to the task's limit. Pebble tells workers of tasks nowhere else.
    """
    manager = pool._pool_manager
    workers = manager.worker_manager.workers
    return frozenset(
        task.future
        for task in tuple(manager.task_manager.tasks.values())
        if task.worker_id and task.worker_id not in workers
    )


def _join(pool: ProcessPool) -> None:
    with suppress(OSError, RuntimeError):  # what a broken pool may meet: ends that are closed, processes that are gone
        pool.join()


def _overdue(since: float | None, seconds: float, now: float) -> bool:
    return since is not None and now - since > seconds


class TaskError(Exception):
    """A task that failed in a process of another machine: the code and what is known, in a form that travels."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def told(error: BaseException) -> TaskError:
    """Any error of a task as a TaskError. The one place that catches: a bug fails its document, not the run."""
    if isinstance(error, TaskError):
        return error
    if isinstance(error, FutureTimeout):
        return TaskError("timeout", "")
    if isinstance(error, MemoryError):
        return TaskError("out_of_memory", "")
    if isinstance(error, BrokenProcessPool):
        return TaskError("worker_died", WITH_ITS_POOL)
    if isinstance(error, ProcessExpired):
        return TaskError("worker_died", f"exit code {error.exitcode}")
    return TaskError("internal_error", repr(error))


_SENTENCES = {
    "timeout": "It took longer than its limit. Raise the limit or look at the file.",
    "out_of_memory": "It needs more memory than a worker may use. Raise --memory or run it alone.",
    "worker_died": "It ended the process that read it ({detail}), twice. Look at the file.",
    "internal_error": "It met a bug of the program, please report it: {detail}",
}
"""Without the name of the file: what became of a content is remembered, for its copies and under new names too."""


def failure_of(error: BaseException) -> Failure:
    """The failure that an error of a task stands for, as a sentence about its document or page."""
    failed = told(error)
    return Failure(failed.code, _SENTENCES[failed.code].format(detail=failed.detail))
