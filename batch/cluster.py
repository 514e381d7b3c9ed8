"""The same tasks on a Dask cluster: `--scheduler tcp://host:8786`, or `--scheduler local` for one made on this machine.

Dask carries the tasks and replaces workers that die; inside each Dask worker a pool of one process runs the task, so
that a task which hangs or swells is ended there as it is on one machine (Dask itself cannot end a running task).
"""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any, Self

import dask
from distributed import Client, KilledWorker, LocalCluster
from distributed.comm.core import CommClosedError

from batch.pool import LocalPool, TaskError, told

LOCAL = "local"
_held = threading.local()


class DaskCluster:
    """A Scheduler on a Dask cluster. address: 'local' or that of a Dask scheduler; jobs: workers of a local cluster."""

    def __init__(self, address: str, jobs: int, memory_mb: int) -> None:
        self._memory_mb = memory_mb
        self._cluster = _local_cluster(jobs) if address == LOCAL else None
        self._client = Client(self._cluster or address, set_as_default=False)

    @property
    def slots(self) -> int:
        return max(1, int(sum(self._client.nthreads().values())))

    def submit(self, task: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> "Future[Any]":
        answer: Future[Any] = Future()
        remote = self._client.submit(run_guarded, task, args, seconds, self._memory_mb, pure=False)
        remote.add_done_callback(lambda done: _pass_on(done, answer))
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
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
    """Hand a Dask future's outcome to an ordinary one."""
    try:
        answer.set_result(remote.result())
    except (KilledWorker, CancelledError, CommClosedError) as error:
        answer.set_exception(TaskError("worker_died", str(error)))
    except BaseException as error:  # nobody else sees what is raised here, and the run would wait for ever
        answer.set_exception(error)
