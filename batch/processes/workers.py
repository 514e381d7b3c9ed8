"""Worker processes: how they are made, limited and ended, so that none outlives its run."""

import ctypes
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import RLock
from types import TracebackType
from typing import Any

import psutil
from pebble import CONSTS

SECONDS_FOR_THE_CHANNEL = 10.0
"""Workers take turns at one channel, for milliseconds. When one dies in its turn, the others end after this time."""

PRELOADED = ("batch.processes.warm",)
"""Modules that the server of the workers imports, for all of them."""

_SERVER = "multiprocessing.forkserver"
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux' prctl()."""


class Makers:
    """What Pebble needs of `multiprocessing`; remembers the processes that it made, so that they can be killed.

    They are forked from a server that holds the models: they start clean of the parent's threads and locks, with the
    models' pages shared.
    """

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(PRELOADED))
        self._made: list[BaseProcess] = []
        CONSTS.channel_lock_timeout = SECONDS_FOR_THE_CHANNEL

    def Process(self, **call: Any) -> BaseProcess:  # noqa: N802 - the name that multiprocessing gives it
        """A process that is not started yet. call: target, name, args, kwargs."""
        process = self._context.Process(**call)
        self._made = [*(former for former in self._made if former.exitcode is None), process]
        return process

    def Pipe(self, duplex: bool = True) -> "tuple[Connection[Any, Any], Connection[Any, Any]]":  # noqa: N802 - likewise
        """Two ends of a pipe."""
        return self._context.Pipe(duplex)

    def RLock(self) -> RLock:  # noqa: N802 - likewise
        """A lock that processes share."""
        return self._context.RLock()

    def get_start_method(self) -> str:
        """'forkserver'."""
        return self._context.get_start_method()

    def kill(self) -> None:
        """Kill every process made here, whatever it does, and the programs that it runs."""
        for pid in (process.pid for process in tuple(self._made) if process.exitcode is None):
            if pid is not None:
                with suppress(psutil.NoSuchProcess):
                    _kill((*psutil.Process(pid).children(recursive=True), psutil.Process(pid)))


def kill_server() -> None:
    """Kill the server from which the workers of this process are forked, and on Linux the workers with it."""
    _kill(child for child in psutil.Process().children() if _is_server(child))


def _is_server(process: psutil.Process) -> bool:
    try:
        return any(_SERVER in word for word in process.cmdline())
    except psutil.Error:
        return False


def _kill(processes: Iterable[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def tell_failed_start(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The server's word on a worker that could not start: none where its pool was ended first and took the lock and the
    pipe along that the worker was to have, so that nothing is lost; Python's own for every other error.
    """
    if not issubclass(kind, FileNotFoundError | EOFError | ConnectionError):
        sys.__excepthook__(kind, error, trace)


def begin(memory_mb: int) -> None:
    """Prepare this process as a worker: one thread, since the pool owns the parallelism, and a limit to its memory."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    CONSTS.channel_lock_timeout = SECONDS_FOR_THE_CHANNEL
    if (
        sys.platform == "linux"
    ):  # when its server dies the pool counts it as dead; elsewhere it goes on to the task's end
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    held = psutil.Process().memory_info()
    # what the worker starts with (models, compiled code, reserves of the libraries) does not count; Linux alone says it
    limit = int(getattr(held, "data", held.rss)) + (memory_mb << 20)
    # RLIMIT_DATA counts what the process allocates, not the files it maps (models, shared libraries)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
