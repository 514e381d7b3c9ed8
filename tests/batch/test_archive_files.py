"""Finding the files of an archive: everything gets a row, nothing outside the folder is opened."""

import os
import socket
from pathlib import Path

import pytest

from batch.archive import ArchiveFile, find_files


def _found(root: Path, skip: Path | None = None) -> dict[str, ArchiveFile]:
    return {file.source_path: file for file in find_files(root, skip)}


def test_files_are_found_in_all_folders_in_name_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    assert list(_found(tmp_path)) == ["b.txt", "a/z.txt", "a/b/c.txt"]


def test_a_file_carries_its_content_hash_and_size(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    file = _found(tmp_path)["a.txt"]
    assert (file.document_id, file.bytes) == ("ba7816bf8f01cfea", 3)


def test_equal_contents_share_a_document_id(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"abc")
    assert len({file.document_id for file in find_files(tmp_path)}) == 1


@pytest.mark.parametrize("name", ["line\nbreak.txt", "quote'\".txt", "kế hoạch 📄.txt", "n" * 251 + ".txt", "-rf.txt"])
def test_odd_names_are_kept(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert list(_found(tmp_path)) == [name]


def test_a_name_that_is_no_unicode_is_written_as_escapes(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_bytes(b"x")
    assert list(_found(tmp_path)) == ["\\xff.txt"]


def test_a_name_with_an_escape_in_letters_is_not_that_of_the_byte(tmp_path: Path) -> None:
    for name in (b"\xff.txt", b"\\xff.txt", b"\\\xff.txt", b"\\x5cxff.txt", b"\\xyz.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    names = {r"\xff.txt", r"\x5cxff.txt", r"\\xff.txt", r"\x5cx5cxff.txt", r"\xyz.txt"}
    assert {file.source_path for file in find_files(tmp_path)} == names


def test_what_is_no_ordinary_file_fails_with_a_reason(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside.txt", tmp_path / "root"
    (root / "folder").mkdir(parents=True)
    outside.write_bytes(b"secret")
    (root / "leaves").symlink_to(outside)
    (root / "loops").symlink_to(root / "loops")
    (root / "folder" / "up").symlink_to(root)
    (root / "dangling").symlink_to(root / "nowhere")
    os.mkfifo(root / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(root)  # the path of a socket may have 107 bytes only
        try:
            server.bind("socket")
        finally:
            os.chdir(here)
        codes = {name: file.failure.code for name, file in _found(root).items() if file.failure}
    assert codes == {
        "dangling": "unreadable",
        "folder/up": "unsupported",
        "leaves": "outside",
        "loops": "unreadable",
        "pipe": "unsupported",
        "socket": "unsupported",
    }


def test_a_link_inside_the_folder_is_a_file_like_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert [file.failure for file in find_files(tmp_path)] == [None, None]


def test_the_output_folder_and_system_files_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for name in ("out/plans.parquet", ".gitkeep", "Thumbs.db", "._a.pdf", "a.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert list(_found(tmp_path, skip=tmp_path / "out")) == ["a.txt"]


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "disk.pdf").open("wb") as stream:
        stream.truncate(1 << 42)  # 4 TB of nothing
    (file,) = find_files(tmp_path, max_bytes=1 << 30)
    assert (file.sha256, file.bytes, file.failure and file.failure.code) == (None, 1 << 42, "too_large")
