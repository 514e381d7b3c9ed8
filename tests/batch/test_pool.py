"""Real worker processes that hang, die, run out of memory, or take the channel of the others along as they die."""

import gc
import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest
from pebble.pool.channel import WorkerChannel
from pebble.pool.process import PoolManager

from batch.processes import pool as pool_module
from batch.processes import workers
from batch.processes.pool import STARTS, LocalPool, Patience, failure_of

SHORT = Patience(start=30.0, begin=4.0, end=1.0)


@pytest.fixture(autouse=True, scope="module")
def _light_server() -> Iterator[None]:
    """The tasks here need no models, without which processes start faster."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workers, "PRELOADED", ())
        workers.kill_server()
        yield
    workers.kill_server()


def _hang() -> None:
    time.sleep(60)


def _hang_from(begun: Path) -> None:
    begun.touch()
    _hang()


def _die_from(begun: Path) -> None:
    begun.touch()
    _die()


def _die() -> None:
    os._exit(9)


def _swell() -> int:
    return len(bytearray(4 << 30))


def _work() -> int:
    return 7


def _pid() -> int:
    return os.getpid()


def _channel() -> WorkerChannel:
    """The channel that the workers share, as it is in this worker."""
    return next(thing for thing in gc.get_objects() if isinstance(thing, WorkerChannel))


def _die_with_the_lock() -> None:
    _channel().mutex.acquire()
    os.kill(os.getpid(), signal.SIGKILL)


def _die_in_mid_message() -> None:
    channel = _channel()
    assert channel.mutex.writer_mutex
    channel.mutex.writer_mutex.acquire()
    os.write(channel.writer.fileno(), struct.pack("!i", 1 << 20) + b"the beginning of a result")
    os.kill(os.getpid(), signal.SIGKILL)


def _code(future: "Future[Any]") -> str:
    """The error code of a task, which has to come back within a minute."""
    error = future.exception(timeout=60)
    assert error is not None
    return failure_of(error).code


@pytest.mark.parametrize(
    ("task", "code"),
    [(_hang, "timeout"), (_die, "worker_died"), (_swell, "out_of_memory")],
    ids=["hangs", "dies", "swells"],
)
def test_a_worker_that_fails_is_replaced_and_says_why(task: Callable[[], object], code: str) -> None:
    with LocalPool(1, memory_mb=1000) as pool:
        assert _code(pool.submit(task, (), 3.0)) == code
        assert pool.submit(_work, (), 30.0).result() == 7


@pytest.mark.parametrize("task", [_die_with_the_lock, _die_in_mid_message], ids=["lock", "half a message"])
def test_a_worker_that_takes_the_channel_along_costs_its_own_task_alone(task: Callable[[], object]) -> None:
    with LocalPool(1, memory_mb=1000, patience=SHORT) as pool:
        assert _code(pool.submit(task, (), 300.0)) == "worker_died"
        assert _works(pool)


def _works(pool: LocalPool) -> bool:
    """Whether the pool does a task. On a busy machine a process may take longer to start than the patience here."""
    return any(pool.submit(_work, (), 300.0).exception(timeout=60) is None for _ in range(STARTS))


def test_a_task_that_cannot_be_ended_at_its_limit_is_ended_with_its_pool(tmp_path: Path) -> None:
    with LocalPool(2, memory_mb=1000, patience=SHORT) as pool:
        hanging = pool.submit(_hang_from, (tmp_path / "begun",), 3.0)  # Pebble ends no worker without the lock
        while not (tmp_path / "begun").exists():
            time.sleep(0.01)
            if hanging.done():  # given up before it began, see _works()
                hanging = pool.submit(_hang_from, (tmp_path / "begun",), 3.0)
        assert _code(pool.submit(_die_with_the_lock, (), 300.0)) == "worker_died"
        assert _code(hanging) == "timeout"
        assert _works(pool)


def _wait_for(path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)


def test_a_task_whose_worker_was_buried_before_its_beginning_was_heard_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear, hears = PoolManager.process_next_message, threading.Event()
    monkeypatch.setattr(PoolManager, "process_next_message", lambda *of: hear(*of) if hears.wait(0.05) else None)
    hears.set()
    with LocalPool(2, memory_mb=1000) as pool:
        at_work = pool.submit(_hang_from, (tmp_path / "at work",), 300.0)
        _wait_for(tmp_path / "at work")
        assert pool.submit(_work, (), 60.0).result() == 7  # told after the beginning of the former
        hears.clear()
        time.sleep(1.0)  # until what listens now is over
        lost = pool.submit(_die_from, (tmp_path / "lost",), 300.0)
        _wait_for(tmp_path / "lost")
        time.sleep(1.0)  # Pebble looks at its workers every 0.1 s
        hears.set()
        assert _code(lost) == "worker_died"
        assert pool.submit(_work, (), 60.0).result() == 7
        assert not at_work.done()


def _servers() -> list[psutil.Process]:
    """The server that makes the workers, once it has made one."""
    return [process for process in psutil.Process().children() if process.children()]


def _end_all_below() -> None:
    """Kill the workers and the server that makes them."""
    for server in _servers():
        for process in (*server.children(), server):
            process.send_signal(signal.SIGKILL)


def test_a_pool_of_which_every_process_was_killed_is_made_anew() -> None:
    with LocalPool(1, memory_mb=1000) as pool:
        assert pool.submit(_work, (), 30.0).result() == 7
        lost = pool.submit(_hang, (), 300.0)
        _end_all_below()
        assert _code(lost) == "worker_died"
        assert pool.submit(_work, (), 60.0).result() == 7


def test_a_server_that_does_not_answer_is_replaced() -> None:
    with LocalPool(1, memory_mb=1000, patience=SHORT) as pool:
        worker = psutil.Process(pool.submit(_pid, (), 30.0).result())
        server = _servers()[0]
        server.suspend()
        worker.kill()
        assert _works(pool)
        assert not server.is_running()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a worker goes on to the end of its task")
def test_a_worker_dies_with_its_server() -> None:
    with LocalPool(1, memory_mb=1000) as pool:
        worker = psutil.Process(pool.submit(_pid, (), 30.0).result())
        lost = pool.submit(_hang, (), 300.0)
        _servers()[0].kill()
        assert _code(lost) == "worker_died"
        worker.wait(timeout=10)


class _Forgetful:
    """A pool that forgets its tasks, as Pebble's does with those it had not handed over when it broke."""

    active = True
    _pool_manager = SimpleNamespace(
        worker_manager=SimpleNamespace(workers={}), task_manager=SimpleNamespace(tasks=dict[int, object]())
    )

    def __init__(self, *_: object, **__: object) -> None: ...

    def schedule(self, *_: object, **__: object) -> "Future[Any]":
        return Future()

    def stop(self) -> None: ...

    def join(self) -> None: ...


class _Broken(_Forgetful):
    active = False


@pytest.mark.parametrize("kind", [_Forgetful, _Broken])
def test_a_task_that_its_pool_forgets_comes_back(kind: type[_Forgetful], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(pool_module, "ProcessPool", kind)
        pool = LocalPool(1, memory_mb=1000, patience=SHORT)
        with pool:
            assert _code(pool.submit(_work, (), 300.0)) == "worker_died"


def test_a_pool_that_never_works_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "ProcessPool", _Broken)
    with LocalPool(1, memory_mb=1000, patience=SHORT) as pool, pytest.raises(OSError, match="No worker process"):
        for _ in range(pool_module.STARTS + 1):
            _code(pool.submit(_work, (), 300.0))


def test_leaving_a_pool_ends_what_it_does() -> None:
    with LocalPool(1, memory_mb=1000) as pool:
        worker = psutil.Process(pool.submit(_pid, (), 30.0).result())
        pool.submit(_hang, (), 300.0)
        begun = time.monotonic()
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("error", "told"), [(FileNotFoundError("lock"), False), (EOFError(), False), (ValueError("x"), True)]
)
def test_a_worker_whose_pool_was_ended_before_it_began_is_not_told(
    error: Exception, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    workers.tell_failed_start(type(error), error, None)
    assert bool(capsys.readouterr().err) is told
