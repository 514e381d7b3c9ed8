"""What a worker says of a file that somebody writes, moves or removes while it is read."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from batch import tasks
from batch.outcomes import failed_page
from batch.packing import unpack_page
from batch.processes.pool import TRANSIENT
from batch.tasks import probe, read_one_page
from extract import open_source
from extract.page import Failure
from extract.settings import ExtractSettings

READING = ExtractSettings()
TEXT = "một\fhai"

Act = Callable[[Path], object]


def _make_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


CHANGES: list[tuple[Act, str]] = [
    (lambda path: path.write_text("một\fBA"), "rewritten"),
    (lambda path: path.rename(path.with_name("b.txt")), "renamed"),
    (lambda path: path.unlink(), "removed"),
    (lambda path: path.write_text(""), "emptied"),
    (_make_a_folder, "a folder now"),
]


@pytest.fixture
def file(tmp_path: Path) -> tuple[Path, str]:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    return path, hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.fixture(autouse=True)
def _fresh_worker() -> None:
    tasks._opened.cache_clear()


@pytest.mark.parametrize("act", [act for act, _ in CHANGES], ids=[name for _, name in CHANGES])
def test_a_file_that_changes_between_two_pages_is_tried_again(file: tuple[Path, str], act: Act) -> None:
    path, sha256 = file
    assert probe(str(path), sha256, READING).pages == 2
    assert read_one_page(str(path), sha256, 1, READING).failure is None
    act(path)
    read = read_one_page(str(path), sha256, 2, READING)
    assert read.failure is not None
    assert read.failure.code in TRANSIENT
    assert unpack_page(read.packed).failure == read.failure


@pytest.mark.parametrize("act", [act for act, _ in CHANGES], ids=[name for _, name in CHANGES])
def test_a_file_that_changed_since_it_was_listed_is_tried_again(file: tuple[Path, str], act: Act) -> None:
    path, sha256 = file
    act(path)
    opened = probe(str(path), sha256, READING)
    assert opened.pages == 0
    assert opened.failure is not None
    assert opened.failure.code in TRANSIENT


def test_a_file_that_changes_while_it_is_opened_is_tried_again(
    file: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sha256 = file

    def open_and_lose(*arguments: object) -> object:
        source = open_source(*arguments)  # type: ignore[arg-type] # as it was called
        path.unlink()
        return source

    monkeypatch.setattr(tasks, "open_source", open_and_lose)
    opened = probe(str(path), sha256, READING)
    assert opened.failure is not None
    assert opened.failure.code == "changed"


def test_why_a_page_failed_is_told_without_the_name_of_the_file(
    file: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is remembered by content, and a renamed file has to say what it would say if it were new."""
    path, sha256 = file

    def fail(_: object, number: int, __: object) -> object:
        return failed_page(number, Failure("corrupt", f"cannot identify image file '{path}'"))

    monkeypatch.setattr(tasks, "read_page", fail)
    read = read_one_page(str(path), sha256, 1, READING)
    assert read.failure == Failure("corrupt", "cannot identify image file 'the file'")
