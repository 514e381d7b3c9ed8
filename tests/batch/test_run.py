"""The state machine of a run, with a scheduler that answers at once and as it is told."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pytest
from pebble import ProcessExpired

from batch.archive import find_files
from batch.fingerprint import Fingerprint
from batch.outcomes import Finished, Probe, ReadPage, Short
from batch.packing import pack_page, unpack_page
from batch.run import Run
from batch.settings import RunSettings
from batch.store import Store, StoredDocument, Todo
from extract.page import Failure, Line, Page, PageSource

MARK = Fingerprint("reading", "result")


def _page(number: int, failure: Failure | None = None) -> bytes:
    line = Line(f"page {number}", None, 1.0)
    return pack_page(Page(number, None, None, 0, 0.0, PageSource.TEXT_FILE, "text", (line,), (), 1.0, failure))


@dataclass
class Script:
    """A scheduler that does what the script says.

    pages: by file stem. faults: what a task raises, in turn. shorts: what becomes of short documents.
    """

    pages: dict[str, int]
    faults: dict[tuple[str, str], list[BaseException]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    shorts: dict[str, Short | None] = field(default_factory=dict)
    slots: int = 2

    def submit(self, task: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> "Future[Any]":
        assert seconds > 0
        key, answer = self._answer(task.__name__, args)
        self.calls.append(" ".join(key))
        future: Future[Any] = Future()
        if faults := self.faults.get(key):
            future.set_exception(faults.pop(0))
        else:
            future.set_result(answer)
        return future

    def _answer(self, name: str, args: tuple[Any, ...]) -> tuple[tuple[str, str], Any]:
        if name == "finish":
            read = [unpack_page(packed) for packed in args[1]]
            failures = [page.failure for page in read if page.failure]
            status = "ok" if not failures else "partial"
            code = failures[0].code if failures else None
            return ("finish", args[0]), Finished(status, code, code, True, 1.0, {}, {"text_file": len(read)})
        if name == "do_short":
            stems = [Path(path).stem for path, _ in args[0]]
            return ("short", "+".join(stems)), tuple(self.shorts.get(stem) for stem in stems)
        stem = Path(args[0]).stem
        if name == "probe":
            return ("probe", stem), Probe("text/plain", self.pages[stem], None)
        return ("page", f"{stem}:{args[2]}"), ReadPage(_page(args[2]), None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None: ...


class Silent:
    def document_begun(self, todo: Todo, probe: Probe) -> None: ...
    def page_done(self, todo: Todo, number: int, failure: Failure | None, seconds: float | None) -> None: ...
    def document_done(self, todo: Todo, done: Finished) -> None: ...


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("a", "b"):
        (raw / f"{name}.txt").write_text(name)
    store = Store(tmp_path / "store.sqlite")
    with store.listing():
        for file in find_files(raw):
            store.add_file(file)
    yield store
    store.close()


def _run(store: Store, script: Script, together: int = 1) -> dict[str, StoredDocument]:
    settings = RunSettings("raw", "out", 2)
    store.find_todo(MARK)
    Run(settings, script, store, MARK, Silent()).do(store.todo(), together)
    return {document.source_path: document for document in store.documents()}


def test_every_page_of_every_document_is_read_once(store: Store) -> None:
    script = Script({"a": 3, "b": 1})
    documents = _run(store, script)
    assert {path: document.status for path, document in documents.items()} == {"a.txt": "ok", "b.txt": "ok"}
    assert sorted(call for call in script.calls if call.startswith("page")) == [
        "page a:1",
        "page a:2",
        "page a:3",
        "page b:1",
    ]


def test_a_second_run_does_nothing(store: Store) -> None:
    _run(store, Script({"a": 3, "b": 1}))
    again = Script({})
    _run(store, again)
    assert again.calls == []


def test_a_page_that_takes_too_long_fails_alone_and_is_tried_by_the_next_run(store: Store) -> None:
    documents = _run(store, Script({"a": 3, "b": 1}, {("page", "a:2"): [TimeoutError()]}))
    assert (documents["a.txt"].status, documents["a.txt"].error_code) == ("partial", "timeout")
    assert documents["b.txt"].status == "ok"
    again = Script({"a": 3})
    documents = _run(store, again)
    assert [call for call in again.calls if call.startswith("page")] == ["page a:2"]
    assert documents["a.txt"].status == "ok"


def test_a_task_that_ends_its_worker_is_tried_once_more_alone(store: Store) -> None:
    script = Script({"a": 2, "b": 1}, {("page", "a:1"): [ProcessExpired("killed", -9)]})
    documents = _run(store, script)
    assert documents["a.txt"].status == "ok"
    assert script.calls.count("page a:1") == 2
    assert script.calls.index("page b:1") < len(script.calls) - script.calls[::-1].index("page a:1") - 1


def test_a_task_that_ends_its_worker_twice_is_set_aside(store: Store) -> None:
    faults: list[BaseException] = [ProcessExpired("killed", -9), ProcessExpired("killed", -9)]
    documents = _run(store, Script({"a": 2, "b": 1}, {("page", "a:1"): faults}))
    assert (documents["a.txt"].status, documents["a.txt"].error_code) == ("partial", "worker_died")


def test_a_bug_fails_its_document_and_no_other(store: Store) -> None:
    documents = _run(store, Script({"a": 2, "b": 1}, {("probe", "a"): [KeyError("oops")]}))
    assert (documents["a.txt"].status, documents["a.txt"].error_code) == ("failed", "internal_error")
    assert documents["b.txt"].status == "ok"


def test_a_change_of_the_pipeline_does_everything_again_but_keeps_the_pages(store: Store) -> None:
    _run(store, Script({"a": 3, "b": 1}))
    newer = Fingerprint("reading", "newer result")
    script = Script({"a": 3, "b": 1})
    assert store.find_todo(newer) == {"changed pipeline": 2}
    Run(RunSettings("raw", "out", 2), script, store, newer, Silent()).do(store.todo(), together=1)
    assert {call.split()[0] for call in script.calls} == {"probe", "finish"}


def _short() -> Short:
    done = Finished("ok", None, None, True, 1.0, {}, {"text_file": 1}, {"parse": 0.5})
    return Short(Probe("text/plain", 1, None), 1, done)


def test_short_documents_share_a_task(store: Store) -> None:
    script = Script({}, shorts={"a": _short(), "b": _short()})
    documents = _run(store, script, together=2)
    assert script.calls == ["short a+b"]
    assert [document.status for document in documents.values()] == ["ok", "ok"]


def test_a_short_document_with_trouble_goes_the_long_way(store: Store) -> None:
    script = Script({"b": 2}, shorts={"a": _short()})
    documents = _run(store, script, together=2)
    assert (documents["a.txt"].pages, documents["b.txt"].pages) == (1, 2)
    assert [call for call in script.calls if call.startswith("p")] == ["probe b", "page b:1", "page b:2"]


def test_a_task_of_short_documents_that_dies_costs_none_of_them(store: Store) -> None:
    script = Script({"a": 1, "b": 1}, {("short", "a+b"): [ProcessExpired("killed", -9)]})
    documents = _run(store, script, together=2)
    assert [document.status for document in documents.values()] == ["ok", "ok"]


def test_memory_that_a_page_lacks_is_tried_alone_and_again_by_the_next_run(store: Store) -> None:
    lacks = [MemoryError(), MemoryError()]
    script = Script({"a": 2, "b": 1}, {("page", "a:1"): list(lacks)})
    documents = _run(store, script)
    assert script.calls.count("page a:1") == 2
    assert (documents["a.txt"].status, documents["a.txt"].error_code) == ("partial", "out_of_memory")
    assert store.find_todo(MARK) == {"failed before": 1}
