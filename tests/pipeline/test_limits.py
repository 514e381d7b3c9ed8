"""Each limit has its option; what exceeds one fails alone, with its code, and a later run with more room reads it."""

import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image
from typer.testing import CliRunner

from batch import calls
from batch.processes import pool
from extract.page import Failure
from pipeline import Exit, app

ROOT = Path(__file__).resolve().parents[2]
run = CliRunner()


def _extract(raw: Path, *options: str) -> tuple[int, dict[str, dict[str, int]], pd.DataFrame]:
    """Exit code, summary and documents by path."""
    out = raw.parent / "out"
    result = run.invoke(app, ["extract", str(raw), "--out", str(out), "--jobs", "1", "--summary", "json", *options])
    return (
        result.exit_code,
        json.loads(result.stdout),
        pd.read_parquet(out / "documents.parquet").set_index("source_path"),
    )


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """An archive of one good short file."""
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "good.txt").write_text("Thông báo", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("option", "limit", "name", "code", "done"),
    [
        ("--max-pages", "2", "many.txt", "too_many_pages", {"changed pipeline": 4}),
        ("--max-bytes", "1000", "long.txt", "too_large", {"changed pipeline": 3, "new": 1}),  # it was not opened
        ("--max-pixels", "90000", "wide.png", "too_large", {"changed pipeline": 4}),
    ],
)
def test_a_file_past_a_limit_fails_alone_and_is_read_with_more_room(
    raw: Path, option: str, limit: str, name: str, code: str, done: dict[str, int]
) -> None:
    (raw / "many.txt").write_text("một\fhai\fba", encoding="utf-8")
    (raw / "long.txt").write_text("x\n" * 600, encoding="utf-8")
    Image.new("L", (400, 300), 255).save(raw / "wide.png")
    exit_code, _, documents = _extract(raw, option, limit)
    assert exit_code == Exit.SOME_FAILED
    assert documents.error_code.dropna().to_dict() == {name: code}
    exit_code, summary, documents = _extract(raw)
    assert (exit_code, summary["done"]) == (Exit.OK, done)
    assert documents.error_code.isna().all()


def test_time_for_a_document_is_limited_and_tried_again(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (raw / "slow.txt").write_text("Thông báo lịch tiếp công dân\n" * 1500, encoding="utf-8")  # shares no task
    slow = hashlib.sha256((raw / "slow.txt").read_bytes()).hexdigest()[:16]

    class Slow(pool.LocalPool):
        def submit(self, task, args, seconds):  # type: ignore[no-untyped-def]  # as the class above it
            if task is calls.finish and args[0] == slow:
                return super().submit(time.sleep, (60.0,), seconds)
            return super().submit(task, args, seconds)

    with monkeypatch.context() as patched:
        patched.setattr("batch.archive_run.LocalPool", Slow)
        _, _, documents = _extract(raw, "--document-seconds", "10")
    assert documents.error_code.dropna().to_dict() == {"slow.txt": "timeout"}
    exit_code, summary, _ = _extract(raw, "--document-seconds", "10")
    assert (exit_code, summary["done"]) == (Exit.OK, {"failed before": 1})


def test_time_for_a_page_and_memory_reach_the_pool(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, float]] = []

    class Watched(pool.LocalPool):
        def __init__(self, jobs: int, memory_mb: int) -> None:
            seen.append(("memory", memory_mb))
            super().__init__(jobs, memory_mb)

        def submit(self, task, args, seconds):  # type: ignore[no-untyped-def]  # as the class above it
            seen.append((task.__name__, seconds))
            return super().submit(task, args, seconds)

    monkeypatch.setattr("batch.archive_run.LocalPool", Watched)
    Image.new("L", (400, 300), 255).save(raw / "page.png")
    _extract(raw, "--page-seconds", "77", "--document-seconds", "88", "--memory", "1999")
    assert {("memory", 1999), ("read_one_page", 77.0), ("probe", 77.0), ("finish", 88.0)} <= set(seen)


def test_every_way_for_a_task_to_fail_has_a_sentence() -> None:
    for error in (TimeoutError(), MemoryError(), KeyError("x")):
        failure = pool.failure_of(error)
        assert isinstance(failure, Failure)
        assert failure.message.startswith("It ")


def test_a_full_disk_ends_the_run_with_a_word_and_keeps_the_former_tables(raw: Path) -> None:
    _extract(raw)
    out = raw.parent / "out"
    before = {path.name: path.read_bytes() for path in out.glob("*.parquet")}
    for number in range(40):
        (raw / f"{number}.txt").write_text(f"Thông báo số {number}\n" * 400, encoding="utf-8")

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    command = [sys.executable, "pipeline.py", "extract", str(raw), "--out", str(out), "--jobs", "1"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ, capture_output=True, text=True, preexec_fn=small_files, check=False
    )
    assert done.returncode == Exit.PROBLEM, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert {path.name: path.read_bytes() for path in out.glob("*.parquet")} == before
    assert _extract(raw)[0] == Exit.OK
    assert len(pd.read_parquet(out / "documents.parquet")) == 41


def test_a_caller_that_closed_the_streams_gets_its_tables_and_nothing_in_them(raw: Path) -> None:
    out = raw.parent / "out"
    command = f'exec "{sys.executable}" pipeline.py extract "{raw}" --out "{out}" --jobs 1 <&- >&- 2>&-'
    assert subprocess.run(["sh", "-c", command], cwd=ROOT, check=False).returncode == Exit.OK
    assert len(pd.read_parquet(out / "documents.parquet")) == 1
