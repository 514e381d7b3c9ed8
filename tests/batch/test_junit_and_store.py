"""The JUnit report names every document; a damaged store is replaced, since it is only a memory."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from batch.archive import find_files
from batch.archive_run import STORE, extract_archive
from batch.fingerprint import Fingerprint
from batch.outcomes import Probe
from batch.publication.commit import HIDDEN
from batch.reports.junit import write_report
from batch.reports.summary import summarise
from batch.run import nothing
from batch.settings import RunSettings
from batch.store import Result, Store, Todo
from extract.page import Failure

MARK = Fingerprint("reading", "result")


def _todos(store: Store, mark: Fingerprint = MARK) -> Iterator[Todo]:
    store.find_todo(mark)
    return store.todo()


def _store(folder: Path, names: Iterable[str]) -> Store:
    raw = folder / "raw"
    raw.mkdir(exist_ok=True)
    for name in names:
        (raw / f"{name}.txt").write_text(name)
    store = Store(folder / "store.sqlite")
    with store.listing():
        for file in find_files(raw):
            store.add_file(file)
    return store


def test_a_failed_document_is_a_failed_test_case(tmp_path: Path) -> None:
    store = _store(tmp_path, "ab")
    todo = next(_todos(store))
    failure = Failure("corrupt", "The file is damaged; get it again.")
    store.add_results(MARK, [Result(todo.sha256, Probe("text/plain", 0, failure), nothing(failure), retry=False)])
    write_report(store, summarise(store, {}, 0, 0, {}, {}, 1.0, "out"), tmp_path / "report.xml")
    suite = ElementTree.parse(tmp_path / "report.xml").getroot()
    failures = [case.get("name") for case in suite.iter("testcase") if case.find("failure") is not None]
    assert "a.txt" in failures
    assert (suite.get("tests"), suite.get("failures")) == ("2", "2")  # b.txt was never read
    assert len(list(suite.iter("testcase"))) == 2


def test_a_name_that_xml_cannot_hold_is_escaped(tmp_path: Path) -> None:
    store = _store(tmp_path, ["odd\x01\x1b[31m\n'\"<&>name"])
    write_report(store, summarise(store, {}, 0, 0, {}, {}, 1.0, "out"), tmp_path / "report.xml")
    case = next(ElementTree.parse(tmp_path / "report.xml").getroot().iter("testcase"))
    assert "odd\\x01\\x1b[31m" in (case.get("name") or "")


def test_a_damaged_store_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"no database at all, but long enough to be looked at" * 100)
    store = _store(tmp_path, "a")
    assert [todo.source_path for todo in _todos(store)] == ["a.txt"]


def test_a_store_that_cannot_be_opened_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full or does not answer says nothing of what was read in many nights."""
    _store(tmp_path, "a").close()

    def no_answer(_: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr("batch.store_file._connect", no_answer)
        with pytest.raises(sqlite3.OperationalError):
            Store(tmp_path / "store.sqlite")
    assert Store(tmp_path / "store.sqlite").count_files() == 1


def test_a_store_that_is_found_damaged_in_mid_run_is_begun_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "raw").mkdir()
    for number in range(300):
        (tmp_path / "raw" / f"{number}.pdf").symlink_to("nowhere")  # which needs no worker to be told
    settings = RunSettings(str(tmp_path / "raw"), str(tmp_path / "out"), 1)
    before = extract_archive(settings)
    store = tmp_path / "out" / HIDDEN / STORE
    data = bytearray(store.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)  # the header, which is read first, is as it was
    store.write_bytes(data)
    after = extract_archive(settings)
    assert "is damaged" in capsys.readouterr().err
    assert after.tables == before.tables


def test_a_failure_that_may_have_passed_is_tried_again(tmp_path: Path) -> None:
    store = _store(tmp_path, "a")
    todo = next(_todos(store))
    failure = Failure("timeout", "It took too long.")
    store.add_results(MARK, [Result(todo.sha256, Probe("text/plain", 0, failure), nothing(failure), retry=True)])
    assert [todo.reason for todo in _todos(store)] == ["failed before"]


def test_a_new_pipeline_says_why_a_document_is_done_again(tmp_path: Path) -> None:
    store = _store(tmp_path, "a")
    todo = next(_todos(store))
    store.add_results(
        MARK, [Result(todo.sha256, Probe("text/plain", 0, None), nothing(Failure("x", "x")), retry=False)]
    )
    assert [todo.reason for todo in _todos(store, Fingerprint("reading", "newer"))] == ["changed pipeline"]
