"""The tasks of a worker process: probe a document, read one page, finish the document; or several short ones at once.

They take and return small values or bytes, so that any scheduler can carry them to any process or machine. The seconds
that they bring along are for log and summary; nothing of the output depends on them.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from batch.outcomes import Finished, Probe, ReadPage, Short, failed_page
from batch.packing import pack_page, pack_table, unpack_page
from batch.storage import local_copy
from extract import ExtractSettings, open_source, read_page
from extract.files.media import UNKNOWN
from extract.page import Failure, Page
from extract.source import Source
from normalize import restore_document
from normalize.fixes import RestoredPage
from schema import read_document
from schema.arrow import table_of, to_table
from schema.page_rows import cell_rows, correction_values, line_rows, page_rows
from schema.records import Reading

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class _Opened:
    """A document that this worker is reading. stamp: of its file before it was hashed, None where there is none."""

    source: Source
    stamp: tuple[int, ...] | None

    def changed(self) -> Failure | None:
        """Why what is read of it now is not what was listed: somebody writes, moves or removes the file meanwhile."""
        return None if self.stamp == _stamp(self.source.path) else _CHANGED


_CHANGED = Failure("changed", "The file changed while the run was at work. The next run reads it as it is then.")


def _stamp(path: Path) -> tuple[int, ...] | None:
    """What tells that nobody wrote to a file in the last minutes: its number, size and time."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_ino, facts.st_size, facts.st_mtime_ns


@lru_cache(maxsize=1)
def _opened(path: str, sha256: str, settings: ExtractSettings) -> _Opened:
    """Open a document: its pages mostly come one after another to a worker."""
    try:
        copy = local_copy(path, sha256)
        stamp = _stamp(copy)
        source = open_source(copy, path, settings)
    except OSError as error:  # shared storage that does not answer
        message = f"The file cannot be fetched: {error.strerror or error}. The next run tries again."
        return _Opened(Source(Path(path), path, sha256, 0, UNKNOWN, 0, Failure("unreadable", message)), None)
    if source.failure:
        source = replace(source, failure=_nameless(source.failure, copy))
    if source.sha256 != sha256 and not (source.failure and source.failure.code == "unreadable"):
        source = replace(source, page_count=0, failure=_CHANGED)
    return _Opened(source, stamp)


def probe(path: str, sha256: str, settings: ExtractSettings) -> Probe:
    """Open a file and count its pages."""
    opened, seconds = _timed(lambda: _opened(path, sha256, settings))
    source = opened.source
    if failure := opened.changed():
        return Probe(source.media_type, 0, failure, seconds)
    return Probe(source.media_type, source.page_count, source.failure, seconds)


def read_one_page(path: str, sha256: str, number: int, settings: ExtractSettings) -> ReadPage:
    """Read one page (from 1) and pack it."""
    page, seconds = _timed(lambda: _page(path, sha256, number, settings))
    return ReadPage(pack_page(page), page.failure, seconds)


def _page(path: str, sha256: str, number: int, settings: ExtractSettings) -> Page:
    opened = _opened(path, sha256, settings)
    page = read_page(opened.source, number, settings)
    if failure := opened.changed():
        return failed_page(number, failure)
    return replace(page, failure=_nameless(page.failure, opened.source.path)) if page.failure else page


def _nameless(failure: Failure, path: Path) -> Failure:
    """Libraries like to name the file; but its copies fail alike, on every machine and under every name."""
    return replace(failure, message=failure.message.replace(str(path), "the file"))


def do_short(files: Sequence[tuple[str, str]], settings: ExtractSettings) -> tuple[Short | None, ...]:
    """Several short documents, (path, sha256) each, through all stages: a task for each would cost more than they do.

    None for one that cannot be opened or of which a page cannot be read: it goes the long way, which says why.
    """
    return tuple(_do_short(path, sha256, settings) for path, sha256 in files)


def _do_short(path: str, sha256: str, settings: ExtractSettings) -> Short | None:
    opened = probe(path, sha256, settings)
    numbers = range(1, opened.pages + 1)
    pages, seconds = _timed(lambda: [_page(path, sha256, number, settings) for number in numbers])
    if opened.failure or any(page.failure for page in pages):
        return None
    return Short(opened, len(pages), _finish(sha256[:16], pages), seconds)


def finish(document_id: str, packed: Sequence[bytes]) -> Finished:
    """Restore and parse the pages of one document."""
    return _finish(document_id, [unpack_page(one) for one in packed])


def _finish(document_id: str, pages: Sequence[Page]) -> Finished:
    restored, restoring = _timed(lambda: restore_document(pages))
    reading, parsing = _timed(lambda: read_document(restored, document_id))
    failed = [(page.number, page.failure) for page in pages if page.failure]
    tables, building = _timed(lambda: _tables(document_id, restored, reading))
    status, code, message = _judge(len(pages), failed)
    return Finished(
        status=status,
        error_code=code,
        error=message,
        is_plan=reading.is_plan,
        confidence=_mean(tables["pages"].column("confidence").to_pylist()),
        tables={name: pack_table(table) for name, table in tables.items()},
        sources=_count(page.source.value for page in pages),
        seconds={"restore": restoring, "parse": parsing, "tables": building},
    )


def _tables(document_id: str, restored: Sequence[RestoredPage], reading: Reading) -> dict[str, pa.Table]:
    """The tables of one document that have rows."""
    records: dict[str, Sequence[object]] = {
        "pages": tuple(page_rows(document_id, restored)),
        "lines": tuple(line_rows(document_id, restored)),
        "cells": tuple(cell_rows(document_id, restored)),
        "plans": reading.plans,
        "legal_bases": reading.legal_bases,
        "targets": reading.targets,
        "assignments": reading.assignments,
        "agencies": reading.agencies,
    }
    tables = {name: to_table(name, rows) for name, rows in records.items() if rows}
    corrections = tuple(correction_values(document_id, restored))
    return tables | ({"corrections": table_of("corrections", corrections)} if corrections else {})


def _timed(work: Callable[[], ResultT]) -> tuple[ResultT, float]:
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun


def _judge(pages: int, failed: Sequence[tuple[int, Failure]]) -> tuple[str, str | None, str | None]:
    """Status, error code and sentence of a document of which some pages failed: (number, why)."""
    if not failed:
        return "ok", None, None
    first, reason = failed[0]
    numbers = ", ".join(str(number) for number, _ in failed[:10]) + (" ..." if len(failed) > 10 else "")
    status = "failed" if len(failed) == pages else "partial"
    return (
        status,
        reason.code,
        f"{len(failed)} of {pages} pages failed (page {numbers}). Page {first}: {reason.message}",
    )


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _count(values: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts
