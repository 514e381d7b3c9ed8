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

from pebble import ProcessExpired, ProcessPool

from extract.page import Failure

TRANSIENT = frozenset({"timeout", "out_of_memory", "worker_died", "unreadable"})
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
        context.set_forkserver_preload(["batch.tasks"])
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
        self._pool.stop()  # type: ignore[no-untyped-call] # pebble publishes types for the rest
        self._pool.join()


def failure_of(error: BaseException, what: str) -> Failure:
    """What an error of a task stands for. The one place that catches: a bug fails its document, not the run."""
    if isinstance(error, FutureTimeout):
        return Failure("timeout", f"{what} took longer than its limit. Raise the limit or look at the file.")
    if isinstance(error, MemoryError):
        return Failure(
            "out_of_memory", f"{what} needs more memory than a worker may use. Raise --memory or run it alone."
        )
    if isinstance(error, ProcessExpired):
        return Failure("worker_died", f"{what} ended the process that read it (exit code {error.exitcode}).")
    return Failure("internal_error", f"{what} met a bug of the program, please report it: {error!r}")


def _begin(memory_mb: int) -> None:
    """Prepare a worker: one thread each, since the pool owns the parallelism, and a limit to its memory."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    used_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    limit = (used_kb << 10) + (memory_mb << 20)
    # RLIMIT_DATA counts what the process allocates, not the files it maps (models, shared libraries)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
