"""A real Dask cluster of separate processes: the same bytes as on one machine, though a worker is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from batch.processes import cluster as cluster_module
from batch.processes.cluster import DaskCluster
from batch.processes.pool import SchedulerLostError, failure_of
from schema.records import TABLES

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable


def _archive(raw: Path, documents: int = 12) -> None:
    raw.mkdir()
    for number in range(documents):
        pages = [f"THÔNG BÁO số {number}\nLịch tiếp công dân trang {page}" for page in range(1, 7)]
        (raw / f"{number:02}.txt").write_text("\f".join(pages), encoding="utf-8")


def _extract(raw: Path, out: Path, *more: str) -> "subprocess.Popen[str]":
    command = [PYTHON, "pipeline.py", "extract", f"file://{raw}", "--out", str(out), "--jobs", "2", *more]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _tables(out: Path) -> dict[str, bytes]:
    return {name: (out / f"{name}.parquet").read_bytes() for name in TABLES}


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of documents too few to share tasks, and its output by processes of this machine."""
    root = tmp_path_factory.mktemp("calm")
    _archive(root / "raw")
    process = _extract(root / "raw", root / "out")
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    return root


@contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A scheduler and two workers as separate programs. Gives the address and the workers."""
    address_file = folder / "scheduler.json"
    scheduler = [PYTHON, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--dashboard-address", ":0"]
    # a worker under a nanny is a daemon by default, and those may not have the child that guards a task
    environment = os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    started = [
        subprocess.Popen(
            [*scheduler, "--scheduler-file", str(address_file)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    ]
    try:
        address = _address(address_file)
        worker = [PYTHON, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(address_file)]
        options = ["--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
        started += [
            subprocess.Popen(
                [*worker, *options], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            for _ in range(2)
        ]
        yield address, started[1:]
    finally:
        for process in reversed(started):
            _end(process)


def _address(file: Path) -> str:
    """The scheduler's address, once it has written it."""
    for _ in range(600):
        try:
            return str(json.loads(file.read_text())["address"])
        except (FileNotFoundError, ValueError):
            time.sleep(0.1)
    raise AssertionError("the scheduler does not start")


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is not None:
        return
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    for member in family:
        try:
            member.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    process.wait()


@pytest.mark.slow
def test_a_local_cluster_gives_the_same_bytes(calm: Path, tmp_path: Path) -> None:
    process = _extract(calm / "raw", tmp_path / "out", "--scheduler", "local")
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    assert "of 12 documents" in errors
    assert _tables(tmp_path / "out") == _tables(calm / "out")


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing(calm: Path, tmp_path: Path) -> None:
    with _cluster(tmp_path) as (address, workers):
        process = _extract(calm / "raw", tmp_path / "out", "--scheduler", address, "--log", "json")
        assert process.stderr is not None
        for line in process.stderr:
            if '"stage": "read"' in line:  # it is in the midst of it
                _end(workers[0])
                break
        _, errors = process.communicate()
        assert process.returncode == 0, errors
    assert _tables(tmp_path / "out") == _tables(calm / "out")


@pytest.mark.slow
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGSTOP], ids=["gone", "frozen"])
def test_a_cluster_without_scheduler_is_told_as_lost(
    ending: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "SECONDS_WITHOUT_WORKERS", 3.0)
    monkeypatch.setattr(cluster_module, "SECONDS_BETWEEN_LOOKS", 1.0)
    with _cluster(tmp_path) as (address, _), DaskCluster(address, jobs=2, memory_mb=1000) as cluster:
        waiting = cluster.submit(_hang, (), 600.0)
        _scheduler_process(tmp_path).send_signal(ending)
        lost = waiting.exception(timeout=60)
        assert isinstance(lost, SchedulerLostError) or failure_of(lost or OSError()).code == "worker_died"
        time.sleep(5)
        with pytest.raises(SchedulerLostError, match="gone"):
            cluster.submit(abs, (-7,), 60.0)


def _scheduler_process(folder: Path) -> psutil.Process:
    """The scheduler that was started with a file of this folder."""
    own = psutil.Process().children()
    return next(
        one for one in own if str(folder / "scheduler.json") in one.cmdline() and "scheduler" in str(one.cmdline())
    )


@pytest.mark.slow
def test_a_cluster_that_never_has_a_worker_is_told_as_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "SECONDS_WITHOUT_WORKERS", 2.0)
    monkeypatch.setattr(cluster_module, "SECONDS_BETWEEN_LOOKS", 0.5)
    with DaskCluster("local", jobs=0, memory_mb=1000) as cluster:
        error = cluster.submit(abs, (-7,), 60.0).exception(timeout=60)
        assert isinstance(error, SchedulerLostError)


def _hang() -> None:
    time.sleep(600)


def _die() -> None:
    os._exit(9)


@pytest.mark.slow
def test_a_task_that_hangs_or_dies_is_ended_there_as_on_one_machine() -> None:
    with DaskCluster("local", jobs=1, memory_mb=1000) as cluster:
        codes = []
        for task in (_hang, _die):
            error = cluster.submit(task, (), 2.0).exception(timeout=200)
            assert error is not None
            codes.append(failure_of(error).code)
        assert codes == ["timeout", "worker_died"]
        assert cluster.submit(abs, (-7,), 60.0).result(timeout=200) == 7
