"""Where tasks run: a Scheduler takes a function and a time limit and gives a Future. Local processes are the default.

Pebble's pool is used since it ends a worker that overruns its time or dies, replaces it, and tells which task it was.
"""

import errno
import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any, Protocol, Self

import psutil
from pebble import ProcessExpired, ProcessPool

from batch.storage import clear_copies
from extract.page import Failure

TRANSIENT = frozenset({"timeout", "out_of_memory", "worker_died", "unreadable", "changed"})
"""Error codes whose reason may have passed by the next run."""


STARTS = 5
SECONDS_BETWEEN_STARTS = 1.0
"""Times that a pool is made anew for one task: processes that are killed while they start take the pool with them."""


class Scheduler(Protocol):
    """Runs tasks somewhere. Leaving the context ends every task that still runs."""

    @property
    def slots(self) -> int:
        """How many tasks run at the same time."""

    def submit(self, task: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> "Future[Any]":
        """Run task(*args), for at most `seconds` from its start. The future raises what failure_of() understands."""

    def renew(self) -> None:
        """End every task that still runs, since none has come back in time, and begin with new processes."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...


class LocalPool:
    """`jobs` processes on this machine, each with its memory limited."""

    def __init__(self, jobs: int, memory_mb: int) -> None:
        self._jobs, self._memory_mb = jobs, memory_mb
        self._pool = self._new_pool()
        self._open: set[Future[Any]] = set()

    def _new_pool(self) -> ProcessPool:
        # forkserver: workers start clean of the parent's threads and locks, with the models' pages shared
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["batch.warm"])
        return ProcessPool(max_workers=self._jobs, initializer=_begin, initargs=(self._memory_mb,), context=context)

    @property
    def slots(self) -> int:
        return self._jobs

    def submit(self, task: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> "Future[Any]":
        for _ in range(STARTS):
            try:
                future: Future[Any] = self._pool.schedule(task, args=args, timeout=seconds)
            except (BrokenProcessPool, RuntimeError):  # the pool broke: now as it starts, or since the last task
                time.sleep(SECONDS_BETWEEN_STARTS)
                self.renew()
                continue
            self._open.add(future)
            future.add_done_callback(self._open.discard)
            return future
        raise OSError(errno.ECHILD, "No worker process can be started. Is memory left, and are processes allowed?")

    def renew(self) -> None:
        self._end()
        for future in tuple(self._open):
            with suppress(InvalidStateError):  # it ended in the meantime
                future.set_exception(TaskError("worker_died", "with its whole pool"))
        self._pool = self._new_pool()

    def _end(self) -> None:
        self._pool.stop()
        self._pool.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._end()
        clear_copies()


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
        return TaskError("worker_died", "with its whole pool")
    if isinstance(error, ProcessExpired):
        return TaskError("worker_died", f"exit code {error.exitcode}")
    return TaskError("internal_error", repr(error))


_SENTENCES = {
    "timeout": "{what} took longer than its limit. Raise the limit or look at the file.",
    "out_of_memory": "{what} needs more memory than a worker may use. Raise --memory or run it alone.",
    "worker_died": "{what} ended the process that read it ({detail}), twice. Look at the file.",
    "internal_error": "{what} met a bug of the program, please report it: {detail}",
}


def failure_of(error: BaseException, what: str) -> Failure:
    """The failure that an error of a task stands for, as a sentence about `what`."""
    failed = told(error)
    return Failure(failed.code, _SENTENCES[failed.code].format(what=what, detail=failed.detail))


def _begin(memory_mb: int) -> None:
    """Prepare a worker: one thread each, since the pool owns the parallelism, and a limit to its memory."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    held = psutil.Process().memory_info()
    # what the worker starts with (models, compiled code, reserves of the libraries) does not count; Linux alone says it
    limit = int(getattr(held, "data", held.rss)) + (memory_mb << 20)
    # RLIMIT_DATA counts what the process allocates, not the files it maps (models, shared libraries)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
