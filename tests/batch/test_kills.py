"""Workers, and the server that makes them, killed at random moments, many times: every page is read, and once."""

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from batch import run as run_module
from batch.archive import find_files
from batch.fingerprint import Fingerprint
from batch.processes import workers
from batch.processes.pool import LocalPool, Patience
from batch.run import Run
from batch.settings import RunSettings
from batch.store import Store, Todo
from extract.page import Failure
from tests.batch import light_tasks

MARK = Fingerprint("reading", "result")
DOCUMENTS = 60
KILLS = 25
SHARE_OF_SERVERS = 0.2
PATIENCE = Patience(start=60.0, begin=8.0, end=2.0)
"""Less than in earnest, since tasks take 20 ms here and processes start in 0.2 s."""


class _Counting:
    """Who looks on, and counts pages that were read."""

    def __init__(self) -> None:
        self.pages: list[tuple[str, int]] = []

    def document_begun(self, todo: Todo, probe: object) -> None: ...

    def page_done(self, todo: Todo, number: int, failure: Failure | None, seconds: float | None) -> None:
        if failure is None and seconds is not None:
            self.pages.append((todo.source_path, number))

    def document_done(self, todo: Todo, done: object) -> None: ...


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(workers, "PRELOADED", ("tests.batch.light_tasks",))
    monkeypatch.setattr(run_module, "calls", light_tasks)
    workers.kill_server()
    yield
    workers.kill_server()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "raw").mkdir()
    for number in range(DOCUMENTS):
        (tmp_path / "raw" / f"{number:02}.pdf").write_text(f"document {number}")
    store = Store(tmp_path / "store.sqlite")
    with store.listing():
        for file in find_files(tmp_path / "raw"):
            store.add_file(file)
    yield store
    store.close()


def _processes() -> tuple[list[psutil.Process], list[psutil.Process]]:
    """The server that makes the workers, and the workers."""
    servers = [process for process in psutil.Process().children() if process.children()]
    return servers, [worker for server in servers for worker in server.children()]


def _kill_now_and_then(rng: random.Random, over: threading.Event, counting: _Counting, killed: list[int]) -> None:
    """After a page or some, at any moment of the next one; sometimes twice in a row."""
    wanted = 0
    while len(killed) < KILLS and not over.wait(rng.uniform(0.0, 0.05)):
        if len(counting.pages) < wanted:
            continue
        try:
            servers, made = _processes()
            if victims := servers if rng.random() < SHARE_OF_SERVERS else made:
                victim = rng.choice(victims)
                victim.kill()
                killed.append(victim.pid)
                wanted = len(counting.pages) + rng.choice((0, 1, 2, 5, 9))
        except psutil.NoSuchProcess:  # another one ended in the meantime
            continue


def _do(store: Store, counting: _Counting) -> int:
    """One run. Returns how many documents had to be done."""
    count = sum(store.find_todo(MARK).values())
    with LocalPool(2, 500, PATIENCE) as pool:
        Run(RunSettings("raw", "out", 2), pool, store, MARK, counting).do(store.todo())
    return count


@pytest.mark.parametrize("seed", range(2))
def test_no_page_is_lost_or_read_twice_though_processes_are_killed(store: Store, seed: int) -> None:
    rng, over, counting = random.Random(seed), threading.Event(), _Counting()
    killed: list[int] = []
    killer = threading.Thread(target=_kill_now_and_then, args=(rng, over, counting, killed))
    killer.start()
    try:
        assert _do(store, counting) == DOCUMENTS
    finally:
        over.set()
        killer.join()
    assert len(killed) > KILLS // 2
    left = [document for document in store.documents() if document.status != "ok"]
    assert {document.error_code for document in left} <= {"worker_died"}  # twice, the second time alone
    assert _do(store, counting) == len(left)
    assert sorted(counting.pages) == [(f"{n:02}.pdf", page) for n in range(DOCUMENTS) for page in (1, 2, 3)]
    packed = {bytes(packed) for packed in store.tables("pages")}
    assert packed == {f"document {n} 1|document {n} 2|document {n} 3".encode() for n in range(DOCUMENTS)}
