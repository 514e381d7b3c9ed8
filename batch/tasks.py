"""The three tasks that a worker process does for one document: probe it, read one page, finish the document.

They take and return small values or bytes, so that any scheduler can carry them to any process or machine.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec
import pyarrow as pa

from extract import ExtractSettings, open_source, read_page
from extract.page import Failure, Page
from extract.source import Source
from normalize import restore_document
from schema import read_document
from schema.arrow import to_table
from schema.page_rows import cell_rows, correction_rows, line_rows, page_rows

_PAGE = msgspec.msgpack.Decoder(Page)
# geometry comes from NumPy, whose float64 is a float to Python but not to msgspec
_PACKER = msgspec.msgpack.Encoder(enc_hook=float)


@dataclass(frozen=True, slots=True)
class Probe:
    """What a file is, before any page is read. pages: 0 when `failure` says why there are none."""

    media_type: str
    pages: int
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class Finished:
    """What one document became. tables: name -> Arrow IPC stream; sources: pages by where their text came from."""

    status: str
    error_code: str | None
    error: str | None
    is_plan: bool
    confidence: float | None
    tables: dict[str, bytes]
    sources: dict[str, int]


def pack_page(page: Page) -> bytes:
    """A page as MessagePack, for the way between processes and for the store."""
    return _PACKER.encode(page)


def unpack_page(packed: bytes) -> Page:
    """The page that pack_page packed. Raises msgspec.ValidationError when the bytes are no such page."""
    return _PAGE.decode(packed)


@lru_cache(maxsize=1)
def _source(path: str, sha256: str, settings: ExtractSettings) -> Source:
    """The document that this worker is reading: pages of one document mostly come one after another."""
    del sha256  # part of the key only: a file that changed is opened anew
    return open_source(Path(path), path, settings)


def probe(path: str, sha256: str, settings: ExtractSettings) -> Probe:
    """Open a file and count its pages."""
    source = _source(path, sha256, settings)
    return Probe(source.media_type, source.page_count, source.failure)


def read_one_page(path: str, sha256: str, number: int, settings: ExtractSettings) -> bytes:
    """Read one page (from 1) and pack it."""
    return pack_page(read_page(_source(path, sha256, settings), number, settings))


def finish(document_id: str, packed: Sequence[bytes]) -> Finished:
    """Restore and parse the pages of one document."""
    pages = [unpack_page(one) for one in packed]
    restored = restore_document(pages)
    reading = read_document(restored, document_id)
    failed = [page for page in pages if page.failure]
    records: dict[str, Iterable[object]] = {
        "pages": page_rows(document_id, restored),
        "lines": line_rows(document_id, restored),
        "cells": cell_rows(document_id, restored),
        "corrections": correction_rows(document_id, restored),
        "plans": reading.plans,
        "legal_bases": reading.legal_bases,
        "targets": reading.targets,
        "assignments": reading.assignments,
        "agencies": reading.agencies,
    }
    tables = {name: to_table(name, tuple(rows)) for name, rows in records.items()}
    status, code, message = _judge(len(pages), failed)
    return Finished(
        status=status,
        error_code=code,
        error=message,
        is_plan=reading.is_plan,
        confidence=_mean(tables["pages"].column("confidence").to_pylist()),
        tables={name: _to_ipc(table) for name, table in tables.items() if table.num_rows},
        sources=_count(page.source.value for page in pages),
    )


def _judge(pages: int, failed: Sequence[Page]) -> tuple[str, str | None, str | None]:
    """Status, error code and sentence of a document of which some pages failed."""
    if not failed:
        return "ok", None, None
    first = failed[0]
    reason = first.failure or Failure("failed", "unknown")
    numbers = ", ".join(str(page.number) for page in failed[:10]) + (" ..." if len(failed) > 10 else "")
    status = "failed" if len(failed) == pages else "partial"
    return (
        status,
        reason.code,
        f"{len(failed)} of {pages} pages failed (page {numbers}). Page {first.number}: {reason.message}",
    )


def _to_ipc(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _count(values: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts
