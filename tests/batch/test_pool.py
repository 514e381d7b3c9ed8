"""Real worker processes that hang, die and run out of memory."""

import os
import signal
import time

import psutil
import pytest

from batch.pool import LocalPool, failure_of


def _hang() -> None:
    time.sleep(60)


def _die() -> None:
    os._exit(9)


def _swell() -> int:
    return len(bytearray(4 << 30))


def _work() -> int:
    return 7


@pytest.mark.parametrize(
    ("task", "code"),
    [(_hang, "timeout"), (_die, "worker_died"), (_swell, "out_of_memory")],
    ids=["hangs", "dies", "swells"],
)
def test_a_worker_that_fails_is_replaced_and_says_why(task: object, code: str) -> None:
    with LocalPool(1, memory_mb=1000) as pool:
        assert callable(task)
        error = pool.submit(task, (), 3.0).exception()
        assert error is not None
        assert failure_of(error, "x.pdf, page 1").code == code
        assert pool.submit(_work, (), 30.0).result() == 7


def _end_all_below() -> None:
    """Kill the workers and the server that makes them."""
    for server in (process for process in psutil.Process().children() if process.children()):
        for process in (*server.children(), server):
            process.send_signal(signal.SIGKILL)


def test_a_pool_of_which_every_process_was_killed_is_made_anew() -> None:
    with LocalPool(1, memory_mb=1000) as pool:
        assert pool.submit(_work, (), 30.0).result() == 7
        lost = pool.submit(_hang, (), 300.0)
        _end_all_below()
        error = lost.exception(timeout=60)
        assert error is not None
        assert failure_of(error, "x.pdf").code == "worker_died"
        assert pool.submit(_work, (), 60.0).result() == 7


def test_a_pool_that_blocks_is_given_up_with_its_tasks() -> None:
    with LocalPool(1, memory_mb=1000) as pool:
        running, waiting = (pool.submit(_hang, (), 300.0) for _ in range(2))
        pool.renew()
        errors = [future.exception(timeout=10) for future in (running, waiting)]
        assert [error and failure_of(error, "x.pdf").code for error in errors] == ["worker_died"] * 2
        assert pool.submit(_work, (), 60.0).result() == 7
