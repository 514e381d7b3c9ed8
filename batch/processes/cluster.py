"""The same tasks on a Dask cluster: `--scheduler tcp://host:8786`, or `--scheduler local` for one made on this machine.

Dask carries the tasks and replaces workers that die; inside each Dask worker a pool of one process runs the task, so
that a task which hangs or swells is ended there as it is on one machine (Dask itself cannot end a running task).
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, InvalidStateError
from contextlib import suppress
from typing import Any, Self

import dask
from distributed import Client, KilledWorker, LocalCluster
from distributed.comm.core import CommClosedError

from batch.processes.pool import LocalPool, SchedulerLostError, TaskError, told

LOCAL = "local"

SECONDS_WITHOUT_WORKERS = 600.0
"""Machines come and go; when none is there for so long, or the scheduler does not answer, the run ends."""

SECONDS_BETWEEN_LOOKS = 10.0
"""At the cluster; an answer is waited for as long."""
_held = threading.local()


class DaskCluster:
    """A Scheduler on a Dask cluster. address: 'local' or that of a Dask scheduler; jobs: workers of a local cluster."""

    def __init__(self, address: str, jobs: int, memory_mb: int) -> None:
        self._memory_mb = memory_mb
        self._cluster = _local_cluster(jobs) if address == LOCAL else None
        self._client = Client(self._cluster or address, set_as_default=False)
        self._address = str(self._client.scheduler_info(n_workers=0)["address"])
        self._threads = self._count_threads()
        self._open: set[Future[Any]] = set()
        self._lost: SchedulerLostError | None = None
        self._left = threading.Event()
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    @property
    def slots(self) -> int:
        return max(1, self._threads)

    def submit(self, task: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> "Future[Any]":
        answer: Future[Any] = Future()
        self._open.add(answer)
        answer.add_done_callback(self._open.discard)
        if self._lost:
            raise self._lost
        try:
            remote = self._client.submit(run_guarded, task, args, seconds, self._memory_mb, pure=False)
        except Exception as error:  # Dask raises errors of many kinds once its client has given up
            raise SchedulerLostError(f"The Dask scheduler at {self._address} is gone: {error}") from error
        remote.add_done_callback(lambda done: _pass_on(done, answer))
        return answer

    def _watch(self) -> None:
        """Until the cluster is left: count its threads; give all tasks up when there have been none for too long."""
        there = time.monotonic()
        while not self._left.wait(SECONDS_BETWEEN_LOOKS):
            self._threads = self._count_threads()
            if self._threads:
                there = time.monotonic()
            elif time.monotonic() - there > SECONDS_WITHOUT_WORKERS:
                self._lost = SchedulerLostError(f"The Dask cluster at {self._address} has no workers, or is gone.")
                for answer in tuple(self._open):
                    with suppress(InvalidStateError):  # it came back in the meantime
                        answer.set_exception(self._lost)

    def _count_threads(self) -> int:
        """Threads of all workers; 0 also when the scheduler does not answer."""
        try:
            return int(sum(self._client.nthreads(callback_timeout=SECONDS_BETWEEN_LOOKS).values()))
        except Exception:  # an error of the network, of Dask's own kinds, or of a client that has given up
            return 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._left.set()
        self._client.close()
        if self._cluster:
            self._cluster.close()


def _local_cluster(jobs: int) -> LocalCluster:
    # a Dask worker must not be a daemon process, since daemons may not have the child that guards its tasks
    dask.config.set({"distributed.worker.daemon": False})
    return LocalCluster(n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address=":0")


def run_guarded(task: Callable[..., Any], args: tuple[Any, ...], seconds: float, memory_mb: int) -> Any:
    """Run a task in this thread's own guarded process. Raises TaskError."""
    pool: LocalPool | None = getattr(_held, "pool", None)
    if pool is None:
        pool = _held.pool = LocalPool(1, memory_mb)
    try:
        return pool.submit(task, args, seconds).result()
    except Exception as error:  # whatever the task raised has to travel, and not every exception can
        raise told(error) from None


def _pass_on(remote: Any, answer: "Future[Any]") -> None:
    """Hand a Dask future's outcome to an ordinary one, unless that was given up before."""
    with suppress(InvalidStateError):
        try:
            answer.set_result(remote.result())
        except (KilledWorker, CancelledError, CommClosedError) as error:
            answer.set_exception(TaskError("worker_died", str(error)))
        except BaseException as error:  # nobody else sees what is raised here, and the run would wait for ever
            answer.set_exception(error)
