"""One run over an archive: every document that needs it goes through probe, pages and finish; the store remembers."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from typing import Any, Protocol

from batch import tasks
from batch.fingerprint import Fingerprint
from batch.pool import TRANSIENT, Scheduler, failure_of
from batch.settings import RunSettings
from batch.store import Store, Todo
from extract.page import Failure, Page, PageSource

AHEAD = 3
"""Tasks handed over for each slot of the scheduler: no worker waits, and memory stays flat."""

SUSPECT = frozenset({"worker_died", "out_of_memory"})
"""Failures that may be another task's fault: such a task is tried once more, alone, before it is given up."""


class Watch(Protocol):
    """Who looks on: progress display and log."""

    def document_begun(self, todo: Todo, pages: int) -> None:
        """The file was opened and has this many pages."""

    def page_done(self, todo: Todo, number: int, failure: Failure | None, again: bool) -> None:
        """A page was read, or taken from the store (`again`)."""

    def document_done(self, todo: Todo, status: str, failure: Failure | None) -> None:
        """The document is in the store."""


@dataclass(slots=True)
class _Work:
    """One document on its way. packed[i] is page i+1 once it is read."""

    todo: Todo
    probe: tasks.Probe | None = None
    packed: list[bytes] = field(default_factory=list)
    missing: int = 0
    retry: bool = False


@dataclass(frozen=True, slots=True)
class _Task:
    """One task of one document. page: number from 1 for 'page' tasks, else 0."""

    work: _Work
    kind: str
    page: int = 0

    @property
    def name(self) -> str:
        return f"{self.work.todo.source_path}, page {self.page}" if self.page else self.work.todo.source_path


class Run:
    """The state of a run: tasks waiting, tasks running, suspects to be tried alone."""

    def __init__(
        self, settings: RunSettings, scheduler: Scheduler, store: Store, fingerprint: Fingerprint, watch: Watch
    ) -> None:
        self._settings, self._scheduler, self._store = settings, scheduler, store
        self._fingerprint, self._watch = fingerprint, watch
        self._waiting: deque[_Task] = deque()
        self._running: dict[Future[Any], _Task] = {}
        self._suspects: deque[_Task] = deque()
        self._alone: _Task | None = None

    def do(self, todos: Iterator[Todo]) -> None:
        """Do every document. Returns when all are in the store."""
        more = True
        while more or self._waiting or self._running or self._suspects:
            while more and len(self._waiting) + len(self._running) < AHEAD * self._scheduler.slots:
                todo = next(todos, None)
                more = todo is not None
                if todo:
                    self._waiting.append(_Task(_Work(todo), "probe"))
            self._feed(drained=not more)
            if self._running:
                done, _ = wait(self._running, return_when=FIRST_COMPLETED)
                for future in done:
                    self._took(self._running.pop(future), future)

    def _feed(self, drained: bool) -> None:
        if self._alone is None:
            while self._waiting and len(self._running) < AHEAD * self._scheduler.slots:
                self._submit(self._waiting.popleft())
            if drained and not self._running and self._suspects:
                self._alone = self._suspects.popleft()
                self._submit(self._alone)

    def _submit(self, task: _Task) -> None:
        todo, limits = task.work.todo, self._settings.limits
        extract = self._settings.extract
        if task.kind == "probe":
            call: tuple[Any, ...] = (tasks.probe, (str(todo.path), todo.sha256, extract), limits.seconds_per_page)
        elif task.kind == "page":
            arguments = (str(todo.path), todo.sha256, task.page, extract)
            call = (tasks.read_one_page, arguments, limits.seconds_per_page)
        else:
            call = (tasks.finish, (todo.sha256[:16], tuple(task.work.packed)), limits.seconds_per_document)
        self._running[self._scheduler.submit(*call)] = task

    def _took(self, task: _Task, future: "Future[Any]") -> None:
        alone, self._alone = task is self._alone, None
        error = future.exception()
        if error is None:
            self._succeeded(task, future.result())
            return
        failure = failure_of(error, task.name)
        if failure.code in SUSPECT and not alone:
            self._suspects.append(task)
        else:
            self._failed(task, failure)

    def _succeeded(self, task: _Task, result: Any) -> None:
        if task.kind == "probe":
            self._opened(task.work, result)
        elif task.kind == "page":
            if (failure := tasks.unpack_page(result).failure) is None or failure.code not in TRANSIENT:
                self._store.add_page(task.work.todo.sha256, self._fingerprint, task.page, result)
            self._page(task.work, task.page, result, failure, again=False)
        else:
            self._finished(task.work, result)

    def _failed(self, task: _Task, failure: Failure) -> None:
        task.work.retry |= failure.code in TRANSIENT
        if task.kind == "page":
            page = Page(task.page, None, None, 0, 0.0, PageSource.OCR, "none", (), (), 0.0, failure)
            self._page(task.work, task.page, tasks.pack_page(page), failure, again=False)
        else:
            if task.work.probe is None:
                task.work.probe = tasks.Probe("application/octet-stream", 0, failure)
            self._finished(task.work, nothing(failure))

    def _opened(self, work: _Work, probe: tasks.Probe) -> None:
        work.probe = probe
        self._watch.document_begun(work.todo, probe.pages)
        if probe.failure:
            work.retry = probe.failure.code in TRANSIENT
            self._finished(work, nothing(probe.failure))
            return
        work.packed, work.missing = [b""] * probe.pages, probe.pages
        ready: list[_Task] = []
        for number in range(1, probe.pages + 1):
            if known := self._store.page(work.todo.sha256, self._fingerprint, number):
                self._page(work, number, known, None, again=True)
            else:
                ready.append(_Task(work, "page", number))
        self._waiting.extendleft(reversed(ready))  # finish what is begun before opening more

    def _page(self, work: _Work, number: int, packed: bytes, failure: Failure | None, again: bool) -> None:
        work.packed[number - 1] = packed
        work.missing -= 1
        self._watch.page_done(work.todo, number, failure, again)
        if not work.missing:
            self._waiting.appendleft(_Task(work, "finish"))

    def _finished(self, work: _Work, done: tasks.Finished) -> None:
        assert work.probe is not None  # a document is opened before it is finished
        self._store.add_result(work.todo.sha256, self._fingerprint, work.probe, done, work.retry)
        failure = Failure(done.error_code, done.error or "") if done.error_code else None
        self._watch.document_done(work.todo, done.status, failure)


def nothing(failure: Failure) -> tasks.Finished:
    """The outcome of a document that gave no pages."""
    return tasks.Finished("failed", failure.code, failure.message, False, None, {}, {})
