"""The store -> the Parquet tables of the output folder, all of them or none.

Tables are written to a staging folder, in document order, a row group at a time. Then a journal names them and they are
renamed into place. A run that dies before the journal is complete leaves the former tables; one that dies after it is
carried through by recover(), which every run calls first.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from batch.fingerprint import pipeline_version
from batch.store import Store, StoredDocument
from schema.agencies import merge_agencies
from schema.arrow import arrow_schema, from_table, to_table
from schema.records import TABLES, AgencyRow, DocumentRow

ROWS_PER_GROUP = 1 << 16
ROWS_PER_PART = 1 << 22
"""A table of more rows than this becomes a folder of parts."""

HIDDEN = ".kehoach"
JOURNAL = "journal.json"


@dataclass(frozen=True, slots=True)
class TableFigures:
    """What was published of one table. content: SHA-256 over its files' bytes; equal content gives an equal hash."""

    rows: int
    needs_review: int
    content: str


def publish(store: Store, out: Path) -> dict[str, TableFigures]:
    """Write every table and put all of them in place at once. Raises OSError when the disk is full."""
    staging = out / HIDDEN / "staging"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    figures = {name: _write(staging, name, _batches(store, name)) for name in TABLES}
    _commit(out, staging)
    return figures


def recover(out: Path) -> None:
    """Carry through a publication that was cut off between its journal and its last rename; clear away older scraps."""
    journal = out / HIDDEN / JOURNAL
    if journal.exists():
        _rename_all(out, json.loads(journal.read_text(encoding="utf-8")))
    shutil.rmtree(out / HIDDEN / "staging", ignore_errors=True)


def _batches(store: Store, name: str) -> Iterator[pa.Table]:
    if name == "documents":
        yield from _chunks(store.documents())
    elif name == "agencies":
        yield to_table(name, merge_agencies(_agencies(store)))
    else:
        for ipc in store.tables(name):
            yield pa.ipc.open_stream(ipc).read_all()


def _chunks(documents: Iterable[StoredDocument], size: int = 4096) -> Iterator[pa.Table]:
    rows: list[DocumentRow] = []
    for document in documents:
        rows.append(_document_row(document))
        if len(rows) == size:
            yield to_table("documents", rows)
            rows = []
    yield to_table("documents", rows)


def _document_row(document: StoredDocument) -> DocumentRow:
    return DocumentRow(
        document_id=document.document_id,
        source_path=document.source_path,
        sha256=document.sha256,
        bytes=document.bytes,
        media_type=document.media_type,
        pages=document.pages,
        status=document.status,
        error_code=document.error_code,
        error=document.error,
        is_plan=document.is_plan,
        confidence=document.confidence,
        pipeline_version=pipeline_version(),
    )


def _agencies(store: Store) -> Iterator[AgencyRow]:
    for ipc in store.tables("agencies"):
        yield from from_table(pa.ipc.open_stream(ipc).read_all(), AgencyRow)


def _write(staging: Path, name: str, batches: Iterable[pa.Table]) -> TableFigures:
    """Write one table as `name.parquet` or, when it is large, as a folder of that name."""
    folder = staging / f"{name}.parts"
    folder.mkdir()
    rows = review = part = 0
    writer = None
    for group in _groups(arrow_schema(name), batches):
        if writer is None or rows // ROWS_PER_PART > part:
            part = rows // ROWS_PER_PART
            if writer:
                writer.close()
            writer = pq.ParquetWriter(folder / f"part-{part:05}.parquet", group.schema, compression="zstd")
        writer.write_table(group, row_group_size=ROWS_PER_GROUP)
        rows += group.num_rows
        if "needs_review" in group.column_names:
            review += pc.sum(group.column("needs_review")).as_py() or 0
    if writer:
        writer.close()
    parts = sorted(folder.iterdir())
    content = _sync(parts)
    if len(parts) == 1:
        parts[0].rename(staging / f"{name}.parquet")
        folder.rmdir()
    else:
        folder.rename(staging / f"{name}.parquet")
    return TableFigures(rows, review, content)


def _groups(schema: pa.Schema, batches: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The rows in groups of one size, at least one group: equal rows give equal bytes, however they came in."""
    held, count, given = [schema.empty_table()], 0, False
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        while count >= ROWS_PER_GROUP:
            table = pa.concat_tables(held)
            yield table.slice(0, ROWS_PER_GROUP).combine_chunks()
            held, count, given = [table.slice(ROWS_PER_GROUP)], count - ROWS_PER_GROUP, True
    if count or not given:
        yield pa.concat_tables(held).combine_chunks()


def _sync(parts: Iterable[Path]) -> str:
    """Bring files safely to the disk; returns the hash of their bytes."""
    digest = hashlib.sha256()
    for part in parts:
        with part.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
            os.fsync(stream.fileno())
    return digest.hexdigest()


def _commit(out: Path, staging: Path) -> None:
    journal, draft = out / HIDDEN / JOURNAL, out / HIDDEN / (JOURNAL + ".new")
    names = sorted(path.name for path in staging.iterdir())
    with draft.open("w", encoding="utf-8") as stream:
        json.dump(names, stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(journal)
    _rename_all(out, names)
    shutil.rmtree(staging, ignore_errors=True)


def _rename_all(out: Path, names: Iterable[str]) -> None:
    """Move what is still in staging over the former tables, then end the journal. May be done twice without harm."""
    for name in names:
        new, old = out / HIDDEN / "staging" / name, out / name
        if new.exists():
            if old.is_dir() or new.is_dir():
                _remove(old)
            new.replace(old)
    (out / HIDDEN / JOURNAL).unlink()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
