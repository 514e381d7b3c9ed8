"""Runs killed at random moments: the former output stays whole, the next run goes on, nothing is lost or doubled."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import pyarrow.parquet as pq
import pytest

from schema.records import TABLES

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 24
KILLS = 6
VICTIMS = ("worker", "server", "worker", "worker")
"""With all that a run is, and so a few: a server takes seconds to load the models. `test_kills.py` kills many more."""


def _archive(raw: Path) -> None:
    raw.mkdir()
    for number in range(DOCUMENTS):
        pages = [f"THÔNG BÁO số {number}\nLịch tiếp công dân trang {page}" for page in range(1, 4)]
        (raw / f"{number:02}.txt").write_text("\f".join(pages), encoding="utf-8")


def _start(raw: Path, out: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "pipeline.py", "extract", str(raw), "--out", str(out), "--jobs", "2"]
    return subprocess.Popen(
        command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _tables(out: Path) -> dict[str, bytes]:
    return {name: (out / f"{name}.parquet").read_bytes() for name in TABLES}


def _is_whole(out: Path) -> bool:
    """Every table is there and readable, and all of them speak of the same documents."""
    ids = set(pq.read_table(out / "documents.parquet").column("document_id").to_pylist())
    pages = set(pq.read_table(out / "pages.parquet").column("document_id").to_pylist())
    return pages == ids and all(pq.read_metadata(out / f"{name}.parquet").num_rows >= 0 for name in TABLES)


@dataclass(frozen=True, slots=True)
class Calm:
    """An archive, the tables of an undisturbed run, and the seconds that it took."""

    raw: Path
    tables: dict[str, bytes]
    seconds: float


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Calm:
    root = tmp_path_factory.mktemp("calm")
    _archive(root / "raw")
    started = time.monotonic()
    assert _start(root / "raw", root / "out").wait() == 0
    return Calm(root / "raw", _tables(root / "out"), time.monotonic() - started)


@pytest.mark.slow
def test_runs_killed_at_random_moments_end_as_an_undisturbed_one(calm: Calm, tmp_path: Path) -> None:
    moments = random.Random(20240115)
    out = tmp_path / "killed"
    for _ in range(KILLS):
        process = _start(calm.raw, out)
        try:
            process.wait(moments.uniform(0.2, 1.0) * calm.seconds)  # before that Python loads its modules
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if (out / "documents.parquet").exists():
            assert _is_whole(out)
    assert _start(calm.raw, out).wait() == 0
    assert _tables(out) == calm.tables


@pytest.mark.slow
def test_workers_killed_at_random_moments_cost_nothing(calm: Calm, tmp_path: Path) -> None:
    moments = random.Random(20240116)
    process = _start(calm.raw, tmp_path / "out")
    victims = moments.sample(VICTIMS, len(VICTIMS))
    killed = 0
    while process.poll() is None and killed < len(victims):
        if there := _processes(process.pid)[victims[killed]]:
            moments.choice(there).send_signal(signal.SIGKILL)
            killed += 1
        time.sleep(moments.uniform(0.05, 0.5))
    code = process.wait()
    assert killed
    assert code in (0, 4)
    if code == 4:  # a document that lost its worker twice, which the next run reads
        assert _start(calm.raw, tmp_path / "out").wait() == 0
    assert _tables(tmp_path / "out") == calm.tables


def _processes(pid: int) -> dict[str, list[psutil.Process]]:
    """The workers of a run and, once it has made some, the server that makes them."""
    try:
        servers = [process for process in psutil.Process(pid).children() if process.children()]
        return {"server": servers, "worker": [worker for server in servers for worker in server.children()]}
    except psutil.NoSuchProcess:
        return {"server": [], "worker": []}


@pytest.mark.slow
def test_two_runs_on_one_output_take_turns(calm: Calm, tmp_path: Path) -> None:
    runs = [_start(calm.raw, tmp_path / "out") for _ in range(2)]
    assert [process.wait() for process in runs] == [0, 0]
    assert _tables(tmp_path / "out") == calm.tables


@pytest.mark.slow
def test_ctrl_c_keeps_what_was_read(calm: Calm, tmp_path: Path) -> None:
    process = _start(calm.raw, tmp_path / "out")
    while not (tmp_path / "out" / ".kehoach" / "store.sqlite").exists() and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait() in (0, 130)
    assert _start(calm.raw, tmp_path / "out").wait() == 0
    assert _tables(tmp_path / "out") == calm.tables
