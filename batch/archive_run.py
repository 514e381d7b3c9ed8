"""The whole of `extract`: lock the output, list the archive, do what is new, publish, sum up."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from batch.archive import find_files
from batch.fingerprint import fingerprint
from batch.junit import write_report
from batch.pool import LocalPool, Scheduler
from batch.publish import HIDDEN, publish, recover
from batch.run import Run
from batch.settings import RunSettings
from batch.store import Store, Todo
from batch.summary import Summary, summarise
from batch.watch import Display


def extract_archive(settings: RunSettings, log_json: bool = False, report: Path | None = None) -> Summary:
    """Bring the tables of `settings.out` up to date with the files of `settings.raw`.

    Raises NotADirectoryError when there is no input folder, OSError when the output cannot be written. The former
    output stays in place until the new one is complete. report: where to write a JUnit report.
    """
    if not settings.raw.is_dir():
        raise NotADirectoryError(f"{settings.raw} is no folder. Name the folder that holds the files to read.")
    hidden = settings.out / HIDDEN
    hidden.mkdir(parents=True, exist_ok=True)
    with _lock(hidden / "lock"):
        recover(settings.out)
        store = Store(hidden / "store.sqlite")
        try:
            summary = _extract(settings, store, log_json)
            if report:
                write_report(store, report)
            return summary
        finally:
            store.close()


def _extract(settings: RunSettings, store: Store, log_json: bool) -> Summary:
    begun = time.monotonic()
    with store.listing():
        for file in find_files(settings.raw, skip=settings.out.resolve()):
            store.add_file(file)
    mark = fingerprint(settings.extract)
    todos = list(store.todo(mark))
    done = Counter(todo.reason for todo in todos)
    with Display(len(todos), sys.stderr, log_json) as display:
        if todos:
            with _scheduler(settings) as pool:
                Run(settings, pool, store, mark, display).do(_each(todos))
    gone = store.forget_gone(mark)
    figures = publish(store, settings.out)
    seconds = time.monotonic() - begun
    return summarise(store, done, gone, display.pages_read, figures, seconds, str(settings.out))


def _scheduler(settings: RunSettings) -> Scheduler:
    if settings.scheduler is None:
        return LocalPool(settings.jobs, settings.limits.worker_memory_mb)
    from batch.cluster import DaskCluster  # Dask is an extra, and heavy: only a run on a cluster needs it

    return DaskCluster(settings.scheduler, settings.jobs, settings.limits.worker_memory_mb)


def _each(todos: list[Todo]) -> Iterator[Todo]:
    yield from todos


def _lock(path: Path) -> FileLock:
    """The lock on an output folder; waits, and says so, while another run holds it."""
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print(f"another run writes to {path.parent.parent}; waiting for it to end", file=sys.stderr)  # noqa: T201 - a word to the operator
        lock.acquire()
    return lock
