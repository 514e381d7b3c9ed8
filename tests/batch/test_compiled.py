"""Compiled code has a place where it is kept, whatever can be written."""

import os
from pathlib import Path

import pytest

from batch.processes import compiled


def _nothing(_: Path) -> bool:
    return False


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No place is set, and /tmp is a folder of the test."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def test_nothing_is_set_where_the_project_can_be_written(tmp_path: Path) -> None:
    compiled.keep_compiled_code(tmp_path)
    assert "NUMBA_CACHE_DIR" not in os.environ


def test_a_folder_of_the_user_is_taken_where_nothing_else_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "_writable", _nothing)
    compiled.keep_compiled_code(tmp_path)
    folder = Path(os.environ["NUMBA_CACHE_DIR"])
    assert folder.is_relative_to(tmp_path)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_is_set_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/somewhere")
    monkeypatch.setattr(compiled, "_writable", _nothing)
    compiled.keep_compiled_code(tmp_path)
    assert os.environ["NUMBA_CACHE_DIR"] == "/somewhere"
