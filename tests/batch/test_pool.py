"""Real worker processes that hang, die and run out of memory."""

import os
import time

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
