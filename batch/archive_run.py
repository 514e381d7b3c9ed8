"""The whole of `extract`: lock the output, list the archive, do what is new, publish, sum up."""

import errno
import sqlite3
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile

from filelock import FileLock, Timeout

from batch.archive import list_archive
from batch.fingerprint import Fingerprint, fingerprint
from batch.processes.pool import LocalPool, Scheduler
from batch.publication.commit import HIDDEN, recover
from batch.publication.parts import find_parts
from batch.publication.publish import publish
from batch.reports.junit import write_report
from batch.reports.summary import Summary, summarise
from batch.reports.watch import Display
from batch.run import SHORT_TOGETHER, Run
from batch.settings import RunSettings
from batch.storage import is_url, local_path, upload, work_folder
from batch.store import Store
from batch.store_file import discard

STORE = "store.sqlite"


def extract_archive(settings: RunSettings, log_json: bool = False, report: Path | None = None) -> Summary:
    """Bring the tables of `settings.out` up to date with the files of `settings.raw`.

    Raises NotADirectoryError when there is no input folder, OSError when the output cannot be written or is the input
    folder itself. The former output stays in place until the new one is complete.

    report: where to write a JUnit report.
    """
    if not is_url(settings.raw):
        _check_folders(local_path(settings.raw), settings)
    if report:  # a report that cannot be written is told now, not in the morning
        report.parent.mkdir(parents=True, exist_ok=True)
        report.touch()
    work = work_folder(settings.out)
    hidden = work / HIDDEN
    hidden.mkdir(parents=True, exist_ok=True)
    _try_to_write(work)
    with _lock(hidden / "lock"):
        recover(work)
        try:
            return _with_store(settings, work, log_json, report)
        except sqlite3.OperationalError as error:  # what SQLite says when the disk is full
            raise OSError(errno.ENOSPC, f"the store cannot be written ({error})", str(hidden)) from error
        except sqlite3.DatabaseError as error:  # a damaged disk: what the store held can be made again
            _say(f"the store in {hidden} is damaged ({error}); everything is done anew")
            discard(hidden / STORE)
            return _with_store(settings, work, log_json, report)


def _with_store(settings: RunSettings, work: Path, log_json: bool, report: Path | None) -> Summary:
    store = Store(work / HIDDEN / STORE)
    try:
        summary = _extract(settings, store, work, log_json)
        if report:
            write_report(store, summary, report)
        return summary
    finally:
        store.close()


def _check_folders(raw: Path, settings: RunSettings) -> None:
    if not raw.is_dir():
        raise NotADirectoryError(f"{settings.raw} is no folder. Name the folder that holds the files to read.")
    if not is_url(settings.out) and local_path(settings.out).resolve() == raw.resolve():
        message = "the tables would lie among the files to read. Name another folder with --out"
        raise OSError(errno.EINVAL, message, settings.out)


def _try_to_write(folder: Path) -> None:
    """Raise OSError now where the tables could not be put in place at the end."""
    try:
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        message = f"the tables cannot be put into the folder ({error.strerror})"
        raise OSError(error.errno, message, str(folder)) from error


def _extract(settings: RunSettings, store: Store, work: Path, log_json: bool) -> Summary:
    begun = time.monotonic()
    with store.listing():
        for file in list_archive(settings.raw, work.resolve(), settings.extract.max_bytes):
            store.add_file(file)
        if not store.count_files() and store.count_results():
            what = "no files are there, though the tables hold some. Is it mounted? (To begin anew, delete the output)"
            raise FileNotFoundError(errno.ENOENT, what, settings.raw)
    listed = time.monotonic()
    mark = fingerprint(settings.extract)
    done = store.find_todo(mark)
    with Display(sum(done.values()), sys.stderr, log_json) as display:
        if done:
            _work(settings, store, mark, done, display)
    gone = store.forget_gone(mark)
    worked = time.monotonic()
    store.note_parts(find_parts(store))
    figures = publish(store, work)
    if is_url(settings.out):
        upload(work, settings.out, {name: table.content for name, table in figures.items()})
    ended = time.monotonic()
    stages = {"list": listed - begun, **display.stage_seconds, "publish": ended - worked}
    return summarise(store, done, gone, display.pages_read, figures, stages, ended - begun, settings.out)


def _work(settings: RunSettings, store: Store, mark: Fingerprint, done: Mapping[str, int], display: Display) -> None:
    with _scheduler(settings) as pool:
        # a small archive is spread over the workers, a document each, rather than put into one task
        together = max(1, min(SHORT_TOGETHER, sum(done.values()) // (4 * pool.slots)))
        Run(settings, pool, store, mark, display).do(store.todo(), together)


def _scheduler(settings: RunSettings) -> Scheduler:
    if settings.scheduler is None:
        return LocalPool(settings.jobs, settings.limits.worker_memory_mb)
    from batch.processes.cluster import DaskCluster  # Dask is an extra, and heavy: only a run on a cluster needs it

    return DaskCluster(settings.scheduler, settings.jobs, settings.limits.worker_memory_mb)


def _lock(path: Path) -> FileLock:
    """The lock on an output folder; waits, and says so, while another run holds it."""
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        _say(f"another run writes to {path.parent.parent}; waiting for it to end")
        lock.acquire()
    return lock


def _say(message: str) -> None:
    """A word to the operator."""
    with suppress(OSError):  # nobody reads it, which ends no run
        print(message, file=sys.stderr)  # noqa: T201 - standard error is where it belongs
