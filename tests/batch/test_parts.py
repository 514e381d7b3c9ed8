"""A document over several files: told from all files of the archive, published, counted; made anew in every run."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pytest

from batch.archive import find_files
from batch.fingerprint import Fingerprint
from batch.outcomes import Finished, Probe
from batch.packing import pack_table
from batch.publication.parts import find_parts
from batch.publication.publish import publish
from batch.reports.summary import summarise
from batch.run import nothing
from batch.store import Result, Store
from extract.page import Failure
from schema.arrow import to_table
from schema.records import PlanRow

MARK = Fingerprint("reading", "result")


def _plan(document_id: str, signer: str | None) -> PlanRow:
    nothing_else = (None,) * 12
    return PlanRow(document_id, document_id, *nothing_else, signer, None, 1.0, needs_review=False)


def _holding(document_id: str, holds: str) -> Finished:
    """A file that holds a 'plan', the 'beginning' of one, one with a page lost ('unsure'), or the 'rest'."""
    if holds == "failed":
        return nothing(Failure("corrupt", "The file is damaged; get it again."))
    signer = "Lò Văn Mẫu" if holds == "plan" else None
    tables = {} if holds == "rest" else {"plans": pack_table(to_table("plans", [_plan(document_id, signer)]))}
    return Finished("partial" if holds == "unsure" else "ok", None, None, holds != "rest", 1.0, tables, {})


def _archive(folder: Path, files: Mapping[str, str]) -> Store:
    """An archive of which every file is in the store. files: path -> what it holds."""
    raw = folder / "raw"
    for path in files:
        (raw / path).parent.mkdir(parents=True, exist_ok=True)
        (raw / path).write_text(path)
    store = Store(folder / "store.sqlite")
    with store.listing():
        for file in find_files(raw):
            store.add_file(file)
    store.find_todo(MARK)
    for todo in list(store.todo()):
        done = _holding(todo.sha256[:16], files[todo.source_path])
        store.add_results(MARK, [Result(todo.sha256, Probe("text/plain", 1, None), done, retry=False)])
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An archive with a document over three files, and one that stands alone."""
    store = _archive(tmp_path, {"1-a.txt": "beginning", "1-b.txt": "rest", "1-c.txt": "rest", "2.txt": "plan"})
    yield store
    store.close()


@pytest.mark.parametrize(
    ("first", "second"), [("plan", "rest"), ("unsure", "rest"), ("rest", "rest"), ("failed", "rest")]
)
def test_no_file_goes_on_with_one_that_is_not_known_to_end_early(tmp_path: Path, first: str, second: str) -> None:
    assert find_parts(_archive(tmp_path, {"1-a.txt": first, "1-b.txt": second})) == {}


@pytest.mark.parametrize("second", ["plan", "beginning", "failed"])
def test_a_plan_of_its_own_and_what_cannot_be_read_go_on_with_nothing(tmp_path: Path, second: str) -> None:
    assert find_parts(_archive(tmp_path, {"1-a.txt": "beginning", "1-b.txt": second, "1-c.txt": "rest"})) == {}


def test_later_parts_name_the_file_with_the_beginning(store: Store, tmp_path: Path) -> None:
    store.note_parts(find_parts(store))
    publish(store, tmp_path / "out")
    rows = pd.read_parquet(tmp_path / "out" / "documents.parquet").set_index("source_path")
    first = rows.document_id["1-a.txt"]
    assert rows.part_of[rows.part_of.notna()].to_dict() == {"1-b.txt": first, "1-c.txt": first}


def test_the_summary_counts_them(store: Store) -> None:
    assert "go on with another" not in summarise(store, {}, 0, 0, {}, {}, 1.0, "out").to_text()
    store.note_parts(find_parts(store))
    assert "2 files go on with another" in summarise(store, {}, 0, 0, {}, {}, 1.0, "out").to_text()


def test_a_beginning_that_left_the_archive_is_named_no_more(store: Store, tmp_path: Path) -> None:
    store.note_parts(find_parts(store))
    (tmp_path / "raw" / "1-a.txt").unlink()
    with store.listing():
        for file in find_files(tmp_path / "raw"):
            store.add_file(file)
    store.note_parts(find_parts(store))
    assert all(document.part_of is None for document in store.documents())


def test_a_copy_goes_on_with_the_file_beside_it_alone(tmp_path: Path) -> None:
    store = _archive(tmp_path, {"x/1-a.txt": "beginning", "x/1-b.txt": "rest"})
    copy = tmp_path / "raw" / "y" / "1-b.txt"
    copy.parent.mkdir()
    copy.write_bytes((tmp_path / "raw" / "x" / "1-b.txt").read_bytes())
    with store.listing():
        for file in find_files(tmp_path / "raw"):
            store.add_file(file)
    assert set(find_parts(store)) == {"x/1-b.txt"}
