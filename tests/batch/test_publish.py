"""Publication: all tables or none, the same bytes for the same rows, parts for large tables."""

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from batch.archive import find_files
from batch.fingerprint import Fingerprint
from batch.outcomes import Finished, Probe
from batch.packing import pack_table
from batch.publication import commit
from batch.publication import publish as publication
from batch.publication.commit import FORMER, HIDDEN, JOURNAL, STAGING, recover
from batch.publication.publish import publish
from batch.store import Result, Store
from schema.arrow import to_table
from schema.records import TABLES, LineRow

MARK = Fingerprint("reading", "result")


def _lines(document_id: str, count: int) -> bytes:
    rows = [
        LineRow(document_id, 1, number, None, f"dòng {number}", f"dòng {number}", 1.0) for number in range(1, count + 1)
    ]
    return pack_table(to_table("lines", rows))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of three documents with 5 lines each."""
    raw = tmp_path / "raw"
    raw.mkdir()
    store = Store(tmp_path / "store.sqlite")
    for name in "abc":
        (raw / f"{name}.txt").write_text(name)
    with store.listing():
        for file in find_files(raw):
            store.add_file(file)
    store.find_todo(MARK)
    for todo in store.todo():
        done = Finished("ok", None, None, False, 1.0, {"lines": _lines(todo.sha256[:16], 5)}, {"text_file": 1})
        store.add_results(MARK, [Result(todo.sha256, Probe("text/plain", 1, None), done, retry=False)])
    yield store
    store.close()


def test_every_table_is_published_with_its_figures(store: Store, tmp_path: Path) -> None:
    figures = publish(store, tmp_path / "out")
    assert set(figures) == set(TABLES)
    assert (figures["documents"].rows, figures["lines"].rows, figures["plans"].rows) == (3, 15, 0)
    assert len(pd.read_parquet(tmp_path / "out" / "lines.parquet")) == 15


def test_the_same_rows_give_the_same_bytes(store: Store, tmp_path: Path) -> None:
    first, second = (publish(store, tmp_path / name) for name in ("one", "two"))
    assert first == second


def test_a_large_table_becomes_a_folder_of_parts_and_back(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = publish(store, tmp_path / "out")["lines"]
    monkeypatch.setattr(publication, "ROWS_PER_GROUP", 10)
    monkeypatch.setattr(publication, "BYTES_PER_PART", 5)
    parted = publish(store, tmp_path / "out")["lines"]
    folder = tmp_path / "out" / "lines.parquet"
    assert [path.name for path in sorted(folder.iterdir())] == ["part-00000.parquet", "part-00001.parquet"]
    assert (parted.rows, len(pd.read_parquet(folder))) == (15, 15)
    assert publish(store, tmp_path / "out")["lines"] == parted
    assert not (tmp_path / "out" / HIDDEN / FORMER).exists()
    monkeypatch.undo()
    assert publish(store, tmp_path / "out")["lines"] == whole
    assert folder.is_file()


def test_a_run_that_dies_while_writing_leaves_the_former_tables(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    publish(store, out)
    before = {path.name: path.read_bytes() for path in out.glob("*.parquet")}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(commit, "_sync", full)
    with pytest.raises(OSError, match="No space left"):
        publish(store, out)
    recover(out)
    assert {path.name: path.read_bytes() for path in out.glob("*.parquet")} == before
    assert not (out / HIDDEN / "staging").exists()


@pytest.mark.parametrize("renamed", range(len(TABLES) + 1))
def test_a_publication_cut_off_between_two_renames_is_carried_through(
    store: Store, tmp_path: Path, renamed: int
) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    publish(store, whole)
    staging = out / HIDDEN / "staging"
    staging.mkdir(parents=True)
    for number, name in enumerate(sorted(TABLES)):
        target = out if number < renamed else staging
        (target / f"{name}.parquet").write_bytes((whole / f"{name}.parquet").read_bytes())
    (out / HIDDEN / JOURNAL).write_text(json.dumps([f"{name}.parquet" for name in sorted(TABLES)]))
    recover(out)
    assert {path.name for path in out.glob("*.parquet")} == {f"{name}.parquet" for name in TABLES}
    assert not (out / HIDDEN / JOURNAL).exists()


@pytest.mark.parametrize("swapped", ["neither", "old is aside", "new is there"])
def test_a_folder_of_parts_cut_off_while_it_is_exchanged_is_carried_through(tmp_path: Path, swapped: str) -> None:
    staging, former, old = tmp_path / HIDDEN / STAGING, tmp_path / HIDDEN / FORMER, tmp_path / "lines.parquet"
    for folder, text in ((staging / "lines.parquet", "new"), (old, "old")):
        folder.mkdir(parents=True)
        (folder / "part-00000.parquet").write_text(text)
    former.mkdir()
    (tmp_path / HIDDEN / JOURNAL).write_text('["lines.parquet"]')
    if swapped != "neither":
        old.rename(former / "lines.parquet")
    if swapped == "new is there":
        (staging / "lines.parquet").rename(old)
    recover(tmp_path)
    assert (old / "part-00000.parquet").read_text() == "new"
    assert list((tmp_path / HIDDEN).iterdir()) == []
