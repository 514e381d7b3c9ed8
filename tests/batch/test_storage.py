"""Archives and outputs on shared storage, shown with fsspec's storage in memory."""

import os
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from batch import storage
from batch.archive import list_archive
from batch.archive_run import extract_archive
from batch.settings import RunSettings

MEMORY = fsspec.filesystem("memory")


@pytest.fixture
def bucket() -> Iterator[str]:
    """A folder in memory with two files, one of them below, and one that is no document."""
    MEMORY.pipe({"/raw/b.txt": b"hai", "/raw/folder/a.txt": b"abc", "/raw/.DS_Store": b"x"})
    yield "memory://raw"
    MEMORY.rm("/", recursive=True)


def test_files_of_a_url_are_listed_with_their_hashes(bucket: str, tmp_path: Path) -> None:
    files = list(list_archive(bucket, tmp_path, 1000))
    assert [(file.path, file.source_path) for file in files] == [
        ("memory:///raw/b.txt", "b.txt"),
        ("memory:///raw/folder/a.txt", "folder/a.txt"),
    ]
    assert (files[1].document_id, files[1].bytes) == ("ba7816bf8f01cfea", 3)


def test_a_file_that_is_too_large_is_not_fetched(bucket: str, tmp_path: Path) -> None:
    MEMORY.pipe("/raw/large.iso", b"x" * 1001)
    large = next(file for file in list_archive(bucket, tmp_path, 1000) if file.source_path == "large.iso")
    assert (large.sha256, large.bytes, large.failure and large.failure.code) == (None, 1001, "too_large")


@pytest.mark.parametrize("raw", ["memory://nowhere", "/nowhere/at/all", "file:///nowhere/at/all"])
def test_a_folder_that_is_not_there_is_told(raw: str, tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        list(list_archive(raw, tmp_path, 1000))


def test_a_storage_that_nobody_knows_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="cannot be used"):
        list(list_archive("nosuch://bucket/x", tmp_path, 1000))


def test_a_worker_holds_one_copy_at_a_time(bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    storage._copies.cache_clear()
    first = storage.local_copy(f"{bucket}/b.txt", "1" * 64)
    assert (first.read_bytes(), first.suffix) == (b"hai", ".txt")
    second = storage.local_copy(f"{bucket}/folder/a.txt", "2" * 64)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [second]
    storage._copies.cache_clear()


def test_copies_of_a_process_that_is_gone_are_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone, alive = (tmp_path / f"{storage.COPIES}{pid}-x" for pid in (2**22 + 1, os.getpid()))
    for folder in (gone, alive):
        folder.mkdir()
        (folder / "copy.pdf").write_bytes(b"x")
    storage.clear_copies()
    assert (gone.exists(), alive.exists()) == (False, True)


def test_an_upload_ends_with_the_manifest_and_is_not_done_twice(tmp_path: Path) -> None:
    (tmp_path / "plans.parquet").write_bytes(b"plans")
    (tmp_path / "lines.parquet").mkdir()
    (tmp_path / "lines.parquet" / "part-00000.parquet").write_bytes(b"lines")
    contents = {"plans": "1", "lines": "2"}
    storage.upload(tmp_path, "memory://out", contents)
    assert MEMORY.cat_file("/out/plans.parquet") == b"plans"
    assert MEMORY.cat_file("/out/lines.parquet/part-00000.parquet") == b"lines"
    assert MEMORY.exists(f"/out/{storage.MANIFEST}")
    (tmp_path / "plans.parquet").write_bytes(b"other")
    storage.upload(tmp_path, "memory://out", contents)
    assert MEMORY.cat_file("/out/plans.parquet") == b"plans"
    storage.upload(tmp_path, "memory://out", contents | {"plans": "3"})
    assert MEMORY.cat_file("/out/plans.parquet") == b"other"
    MEMORY.rm("/out", recursive=True)


def test_an_output_url_gets_the_tables_of_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "empty.txt").write_bytes(b"")
    summary = extract_archive(RunSettings(f"file://{tmp_path}/raw", "memory://out", 1))
    assert summary.errors == {"empty": 1}
    assert MEMORY.exists("/out/documents.parquet")
    assert MEMORY.exists(f"/out/{storage.MANIFEST}")
    MEMORY.rm("/out", recursive=True)
