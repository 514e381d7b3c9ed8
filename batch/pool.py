"""Where tasks run: a Scheduler takes a function and a time limit and gives a Future. Local processes are the default.

Pebble's pool is used since it ends a worker that overruns its time or dies, replaces it, and tells which task it was.
"""

import multiprocessing
import os
import resource
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, Protocol, Self

import psutil
from pebble import ProcessExpired, ProcessPool

from batch.storage import clear_copies
from extract.page import Failure

TRANSIENT = frozenset({"timeout", "out_of_memory", "worker_died", "unreadable", "changed"})
"""Error codes whose reason may have passed by the next run."""


class Scheduler(Protocol):
    """Runs tasks somewhere. Leaving the context ends every task that still runs."""

    @property
    def slots(self) -> int:
        """How many tasks run at the same time."""

    def submit(self, task: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> "Future[Any]":
        """Run task(*args), for at most `seconds` from its start. The future raises what failure_of() understands."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...


class LocalPool:
    """`jobs` processes on this machine, each with its memory limited."""

    def __init__(self, jobs: int, memory_mb: int) -> None:
        # forkserver: workers start clean of the parent's threads and locks, with the models' pages shared
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["batch.warm"])
        self._jobs = jobs
        self._pool = ProcessPool(max_workers=jobs, initializer=_begin, initargs=(memory_mb,), context=context)

    @property
    def slots(self) -> int:
        return self._jobs

    def submit(self, task: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> "Future[Any]":
        future: Future[Any] = self._pool.schedule(task, args=args, timeout=seconds)
        return future

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._pool.stop()
        self._pool.join()
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
