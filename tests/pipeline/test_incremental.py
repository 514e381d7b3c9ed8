"""Whatever happens to an archive between two runs: the second does what is new, and ends as a run from nothing."""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from batch import archive_run
from batch.archive_run import extract_archive
from batch.fingerprint import Fingerprint, fingerprint
from batch.reports.summary import Summary
from batch.settings import RunSettings
from extract.settings import ExtractSettings
from schema.records import TABLES

FILES = {
    "a.txt": "KẾ HOẠCH\nCải cách hành chính năm 2024\n1. Mục tiêu\n- 100% hồ sơ được số hóa.",
    "b.txt": "THÔNG BÁO\nLịch tiếp công dân",
    "copy of b.txt": "THÔNG BÁO\nLịch tiếp công dân",
    "folder/c.txt": "một\fhai\fba",
    "folder/broken.pdf": "%PDF-1.7 no PDF",
}

Step = Callable[[Path], object]


def _settings(raw: Path, out: str, reading: ExtractSettings | None = None) -> RunSettings:
    return RunSettings(str(raw), str(raw.parent / out), 1, extract=reading or ExtractSettings())


def _tables(folder: Path) -> dict[str, bytes]:
    return {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive, `raw`, and the output of one run, `out`."""
    root = tmp_path_factory.mktemp("once")
    for name, text in FILES.items():
        (root / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "raw" / name).write_text(text, encoding="utf-8")
    extract_archive(_settings(root / "raw", "out"))
    return root


@pytest.fixture
def raw(read_once: Path, tmp_path: Path) -> Path:
    """The archive of a copy of that folder."""
    shutil.copytree(read_once, tmp_path / "copy")
    return tmp_path / "copy" / "raw"


def _again(raw: Path, reading: ExtractSettings | None = None) -> Summary:
    """A second run; its tables have to be those of a first one."""
    summary = extract_archive(_settings(raw, "out", reading))
    extract_archive(_settings(raw, "from nothing", reading))
    assert _tables(raw.parent / "out") == _tables(raw.parent / "from nothing")
    return summary


def _same_look(raw: Path) -> None:
    """Another content of the same size and time, under the same name."""
    before = (raw / "b.txt").stat()
    data = bytearray((raw / "b.txt").read_bytes())
    data[-1] ^= 1
    (raw / "b.txt").write_bytes(data)
    os.utime(raw / "b.txt", ns=(before.st_atime_ns, before.st_mtime_ns))


def _swap(raw: Path) -> None:
    (raw / "a.txt").rename(raw / "x")
    (raw / "b.txt").rename(raw / "a.txt")
    (raw / "x").rename(raw / "b.txt")


@pytest.mark.parametrize(
    ("step", "done", "gone"),
    [
        pytest.param(lambda _: None, {}, 0, id="nothing"),
        pytest.param(lambda raw: (raw / "a.txt").rename(raw / "ă.txt"), {}, 0, id="renamed"),
        pytest.param(lambda raw: (raw / "a.txt").rename(raw / "folder" / "a.txt"), {}, 0, id="moved"),
        pytest.param(lambda raw: (raw / "folder").rename(raw / "2023"), {}, 0, id="folder renamed"),
        pytest.param(_swap, {}, 0, id="two names exchanged"),
        pytest.param(lambda raw: shutil.copy(raw / "a.txt", raw / "folder"), {}, 0, id="copied"),
        pytest.param(lambda raw: (raw / "b.txt").unlink(), {}, 0, id="one of two copies removed"),
        pytest.param(lambda raw: (raw / "a.txt").unlink(), {}, 1, id="removed"),
        pytest.param(lambda raw: shutil.rmtree(raw / "folder"), {}, 2, id="folder removed"),
        pytest.param(lambda raw: os.utime(raw / "a.txt", (9, 9)), {}, 0, id="another time"),
        pytest.param(lambda raw: os.utime(raw / "a.txt", (9e9, 9e9)), {}, 0, id="a time to come"),
        pytest.param(lambda raw: (raw / "a.txt").write_text("Thông báo"), {"new": 1}, 1, id="changed"),
        pytest.param(_same_look, {"new": 1}, 0, id="changed, size and time kept"),
        pytest.param(lambda raw: (raw / "d.txt").write_text("Thông báo"), {"new": 1}, 0, id="added"),
        pytest.param(lambda raw: (raw / "d").symlink_to(raw / "a.txt"), {}, 0, id="linked"),
    ],
)
def test_a_second_run_does_what_is_new_and_ends_as_one_from_nothing(
    raw: Path, step: Step, done: dict[str, int], gone: int
) -> None:
    step(raw)
    summary = _again(raw)
    assert (summary.done, summary.gone) == (done, gone)


@pytest.mark.parametrize(
    ("reading", "there", "back"),
    [
        pytest.param(ExtractSettings(max_pages=2), {"changed pipeline": 4}, {"changed pipeline": 4}, id="pages"),
        pytest.param(
            ExtractSettings(max_bytes=20),  # what is larger is not opened any more
            {"changed pipeline": 2},
            {"changed pipeline": 2, "new": 2},
            id="bytes",
        ),
        pytest.param(
            ExtractSettings(ignore_text_layers=True), {"changed pipeline": 4}, {"changed pipeline": 4}, id="layers"
        ),
    ],
)
def test_other_options_redo_what_they_touch(
    raw: Path, reading: ExtractSettings, there: dict[str, int], back: dict[str, int]
) -> None:
    assert _again(raw, reading).done == there
    assert _again(raw).done == back


@pytest.mark.parametrize(("changed", "pages"), [("result", 0), ("reading", 5)])
def test_a_new_version_redoes_what_it_touches(
    raw: Path, monkeypatch: pytest.MonkeyPatch, changed: str, pages: int
) -> None:
    """New code of meaning takes the pages as they were read, new code of reading reads them anew."""
    now = fingerprint(ExtractSettings())
    newer = replace(now, result="new") if changed == "result" else Fingerprint("new", "new")
    monkeypatch.setattr(archive_run, "fingerprint", lambda _: newer)
    summary = _again(raw)
    assert (summary.done, summary.pages_read) == ({"changed pipeline": 4}, pages)


@contextmanager
def _without_privileges() -> Iterator[None]:
    """In a thread of the superuser: what rights of files forbid is forbidden, as to anybody else."""
    libc, header, was, now = (
        ctypes.CDLL(None),
        (ctypes.c_uint32 * 2)(0x20080522),
        *((ctypes.c_uint32 * 6)() for _ in "ab"),
    )
    for capabilities in (was, now):
        libc.capget(header, capabilities)
    now[0] &= ~0b110  # effective: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    libc.capset(header, now)
    try:
        yield
    finally:
        libc.capset(header, was)


@pytest.mark.skipif(sys.platform != "linux", reason="the superuser of other systems cannot be forbidden to read")
@pytest.mark.parametrize(
    ("name", "rows"),
    [("a.txt", {"a.txt"}), ("folder", {"folder"}), ("folder/c.txt", {"folder/c.txt"})],
)
def test_what_cannot_be_read_for_a_while_is_not_forgotten(raw: Path, name: str, rows: set[str]) -> None:
    rights = (raw / name).stat().st_mode
    (raw / name).chmod(0)
    for _ in range(2):
        with _without_privileges():
            summary = _again(raw)
        assert (summary.done, summary.gone) == ({}, 0)
        assert {failed.source_path for failed in summary.troubled if failed.error_code == "unreadable"} == rows
    (raw / name).chmod(rights)
    assert _again(raw).done == {}


@pytest.mark.skipif(sys.platform != "linux", reason="the superuser of other systems cannot be forbidden to read")
def test_an_archive_that_cannot_be_opened_leaves_the_tables(raw: Path) -> None:
    before = _tables(raw.parent / "out")
    raw.chmod(0)
    with _without_privileges(), pytest.raises(PermissionError):
        extract_archive(_settings(raw, "out"))
    raw.chmod(0o700)
    assert _tables(raw.parent / "out") == before
    assert _again(raw).done == {}


@pytest.mark.skipif(sys.platform != "linux", reason="the superuser of other systems cannot be forbidden to write")
def test_an_output_that_cannot_be_written_is_told_before_anything_is_read(raw: Path) -> None:
    (raw / "d.txt").write_text("Thông báo")
    out = raw.parent / "out"
    out.chmod(0o500)
    with _without_privileges(), pytest.raises(PermissionError, match="cannot be put"):
        extract_archive(_settings(raw, "out"))
    out.chmod(0o700)
    assert _again(raw).done == {"new": 1}
