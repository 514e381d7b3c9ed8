"""One run over an archive: every document that needs it goes through probe, pages and finish; the store remembers."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Protocol

from batch import calls
from batch.fingerprint import Fingerprint
from batch.outcomes import Finished, Probe, ReadPage, Short, failed_page
from batch.packing import pack_page
from batch.processes.pool import TRANSIENT, Scheduler, SchedulerLostError, failure_of
from batch.settings import RunSettings
from batch.store import Result, Store, Todo
from extract.files.media import SUFFIXES, TEXT
from extract.page import Failure

AHEAD = 3
"""Tasks handed over for each slot of the scheduler: no worker waits, and memory stays flat."""

SUSPECT = frozenset({"worker_died", "out_of_memory"})
"""Failures that may be another task's fault: such a task is tried once more, alone, before it is given up."""

SHORT_BYTES = 1 << 15
"""A text file up to this size (some ten pages) shares a task with others of its kind."""

SHORT_TOGETHER = 16
"""Short documents in one task: enough to make its cost small, few enough that no worker is left without work."""


class Watch(Protocol):
    """Who looks on: progress display and log."""

    def document_begun(self, todo: Todo, probe: Probe) -> None:
        """The file was opened."""

    def page_done(self, todo: Todo, number: int, failure: Failure | None, seconds: float | None) -> None:
        """A page was read, or taken from the store (`seconds` is None)."""

    def document_done(self, todo: Todo, done: Finished) -> None:
        """The document is in the store."""


@dataclass(slots=True)
class _Work:
    """One document on its way. failed: stand-ins for pages that failed; those that were read are in the store."""

    todo: Todo
    probe: Probe | None = None
    failed: dict[int, bytes] = field(default_factory=dict)
    missing: int = 0
    retry: bool = False


@dataclass(frozen=True, slots=True)
class _Task:
    """One task: 'probe', 'page' or 'finish' of one document, or 'short' for several. page: from 1, else 0."""

    works: tuple[_Work, ...]
    kind: str
    page: int = 0

    @property
    def work(self) -> _Work:
        return self.works[0]


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

    def do(self, todos: Iterator[Todo], together: int = SHORT_TOGETHER) -> None:
        """Do every document. Returns when all are in the store. together: short documents in one task."""
        opening = _openings(todos, together)
        more = True
        while more or self._waiting or self._running or self._suspects:
            while more and len(self._waiting) + len(self._running) < AHEAD * self._scheduler.slots:
                task = next(opening, None)
                more = task is not None
                if task:
                    self._waiting.append(task)
            self._feed(drained=not more)
            if self._running:
                done, _ = wait(self._running, return_when=FIRST_COMPLETED)  # every future comes back: see Scheduler
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
        call: tuple[Any, ...]
        if task.kind == "short":
            files = tuple((work.todo.path, work.todo.sha256) for work in task.works)
            call = (calls.do_short, (files, extract), limits.seconds_per_document)
        elif task.kind == "probe":
            call = (calls.probe, (todo.path, todo.sha256, extract), limits.seconds_per_page)
        elif task.kind == "page":
            call = (calls.read_one_page, (todo.path, todo.sha256, task.page, extract), limits.seconds_per_page)
        else:
            call = (calls.finish, (todo.sha256[:16], self._packed(task.work)), limits.seconds_per_document)
        self._running[self._scheduler.submit(*call)] = task

    def _packed(self, work: _Work) -> tuple[bytes, ...]:
        """All pages of a document in order, fetched only now: the pages of an open document take no memory here."""
        pages = self._store.pages(work.todo.sha256, self._fingerprint) | work.failed
        assert work.probe is not None  # a document is opened before it is finished
        return tuple(pages[number] for number in range(1, work.probe.pages + 1))

    def _took(self, task: _Task, future: "Future[Any]") -> None:
        alone, self._alone = task is self._alone, None
        error = future.exception()
        if isinstance(error, SchedulerLostError):
            raise error
        result = _stand_in(task, failure_of(error)) if error else future.result()
        failure = _failure_in(result)
        if failure in SUSPECT and not alone:
            self._suspects.append(task)
        elif task.kind == "short":
            self._short(task, result)
        elif task.kind == "probe":
            self._opened(task.work, result)
        elif task.kind == "page":
            self._page_read(task, result)
        else:
            self._finished((task.work, result))

    def _short(self, task: _Task, results: tuple[Short | None, ...]) -> None:
        read = [(work, result) for work, result in zip(task.works, results, strict=True) if result]
        for work, result in read:
            work.probe = result.probe
            self._watch.document_begun(work.todo, result.probe)
            for number in range(1, result.pages + 1):
                self._watch.page_done(work.todo, number, None, result.seconds / result.pages)
        self._finished(*((work, result.done) for work, result in read))
        unread = (work for work, result in zip(task.works, results, strict=True) if result is None)
        self._waiting.extendleft(reversed([_Task((work,), "probe") for work in unread]))

    def _opened(self, work: _Work, probe: Probe) -> None:
        work.probe = probe
        self._watch.document_begun(work.todo, probe)
        if probe.failure:
            self._finished((work, nothing(probe.failure)))
            return
        work.missing = probe.pages
        known = self._store.page_numbers(work.todo.sha256, self._fingerprint)
        missing = [number for number in range(1, probe.pages + 1) if number not in known]
        # what is begun is finished before more is opened
        self._waiting.extendleft(_Task((work,), "page", number) for number in reversed(missing))
        for number in sorted(known & set(range(1, probe.pages + 1))):
            self._page(work, number, None, None)

    def _page_read(self, task: _Task, read: ReadPage) -> None:
        if read.failure is None:
            self._store.add_page(task.work.todo.sha256, self._fingerprint, task.page, read.packed)
        else:
            task.work.failed[task.page] = read.packed
            task.work.retry |= read.failure.code in TRANSIENT
        self._page(task.work, task.page, read.failure, read.seconds)

    def _page(self, work: _Work, number: int, failure: Failure | None, seconds: float | None) -> None:
        work.missing -= 1
        self._watch.page_done(work.todo, number, failure, seconds)
        if not work.missing:
            self._waiting.appendleft(_Task((work,), "finish"))

    def _finished(self, *documents: tuple[_Work, Finished]) -> None:
        results: list[Result] = []
        for work, done in documents:
            assert work.probe is not None  # a document is opened before it is finished
            work.retry |= done.error_code in TRANSIENT
            results.append(Result(work.todo.sha256, work.probe, done, work.retry))
        self._store.add_results(self._fingerprint, results)
        for work, done in documents:
            self._watch.document_done(work.todo, done)


def nothing(failure: Failure) -> Finished:
    """The outcome of a document that gave no pages."""
    return Finished("failed", failure.code, failure.message, False, None, {}, {})


def _failure_in(result: object) -> str | None:
    """The error code of a task's result."""
    if isinstance(result, Probe | ReadPage):
        return result.failure.code if result.failure else None
    return result.error_code if isinstance(result, Finished) and result.status == "failed" else None


def _stand_in(task: _Task, failure: Failure) -> Any:
    """What a task that failed would have returned, as far as can be said."""
    if task.kind == "short":
        return (None,) * len(task.works)
    if task.kind == "probe":
        return Probe("application/octet-stream", 0, failure)
    if task.kind == "page":
        return ReadPage(pack_page(failed_page(task.page, failure)), failure)
    return nothing(failure)


def _openings(todos: Iterator[Todo], together: int) -> Iterator[_Task]:
    """The first task of every document; neighbours that are short share one."""
    short: list[_Work] = []
    for todo in todos:
        if together > 1 and _is_short(todo):
            short.append(_Work(todo))
            if len(short) == together:
                yield _Task(tuple(short), "short")
                short = []
        else:
            yield _Task((_Work(todo),), "probe")
    if short:
        yield _Task(tuple(short), "short")


def _is_short(todo: Todo) -> bool:
    return SUFFIXES.get(PurePath(todo.path).suffix.lower()) == TEXT and todo.bytes <= SHORT_BYTES
