"""The store -> the Parquet tables of the output folder, all of them or none.

Tables are written to a staging folder, in document order, a row group at a time. Then a journal names them and they are
renamed into place. A run that dies before the journal is complete leaves the former tables; one that dies after it is
carried through by recover(), which every run calls first. What the next step rests on is brought to the disk before it,
folders too, so that a power cut finds the steps in their order.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from batch.fingerprint import pipeline_version
from batch.packing import unpack_table
from batch.store import Store, StoredDocument
from schema.arrow import arrow_schema, from_table, to_table
from schema.organisations.agencies import merge_agencies
from schema.records import TABLES, AgencyRow, DocumentRow

ROWS_PER_GROUP = 1 << 16
BYTES_PER_GROUP = 16 << 20
"""A row group ends with the document that fills either: rows of pages hold whole texts, and are few and long."""

LOOSE = 256
"""Tables of a document each that are held before they are joined: one of a few rows weighs 15 KB beside them."""

BYTES_PER_PART = 256 << 20
"""A table whose file has grown to this becomes a folder of parts: enough to read fast, few enough to copy and retry."""

ROWS_AT_ONCE = 4096
"""Rows of the archive that are held as objects."""

HIDDEN = ".kehoach"
JOURNAL = "journal.json"
STAGING = "staging"
FORMER = "former"
"""Below HIDDEN: the tables to come, and folders of parts on their way out."""


@dataclass(frozen=True, slots=True)
class TableFigures:
    """What was published of one table. content: SHA-256 over its files' bytes; equal content gives an equal hash."""

    rows: int
    needs_review: int
    content: str


def publish(store: Store, out: Path) -> dict[str, TableFigures]:
    """Write every table and put all of them in place at once. Raises OSError when the disk is full."""
    staging = out / HIDDEN / STAGING
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
    _clear(out)


def _clear(out: Path) -> None:
    for name in (STAGING, FORMER):
        shutil.rmtree(out / HIDDEN / name, ignore_errors=True)


def _batches(store: Store, name: str) -> Iterator[pa.Table]:
    if name == "documents":
        yield from _chunks(store.documents())
    elif name == "agencies":
        yield to_table(name, _agencies(store))
    else:
        for packed in store.tables(name):
            yield unpack_table(name, packed)


def _chunks(documents: Iterator[StoredDocument]) -> Iterator[pa.Table]:
    while rows := [_document_row(document) for document in islice(documents, ROWS_AT_ONCE)]:
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
        part_of=document.part_of,
    )


def _agencies(store: Store) -> Sequence[AgencyRow]:
    """The organisations of the archive, merged as they come: as many rows are held as there are organisations."""
    rows: list[AgencyRow] = []
    full = ROWS_AT_ONCE
    for packed in store.tables("agencies"):
        rows.extend(from_table(unpack_table("agencies", packed), AgencyRow))
        if len(rows) > full:
            rows = list(merge_agencies(rows))
            full = ROWS_AT_ONCE + 2 * len(rows)
    return merge_agencies(rows)


def _write(staging: Path, name: str, batches: Iterable[pa.Table]) -> TableFigures:
    """Write one table as `name.parquet` or, when it is large, as a folder of that name."""
    folder = staging / f"{name}.parts"
    folder.mkdir()
    rows = review = 0
    parts: list[Path] = []
    groups = _groups(arrow_schema(name), batches)
    group = next(groups, None)
    while group is not None:
        parts.append(folder / f"part-{len(parts):05}.parquet")
        with pa.OSFile(str(parts[-1]), "wb") as sink, pq.ParquetWriter(sink, group.schema, compression="zstd") as file:
            while group is not None and sink.tell() < BYTES_PER_PART:
                file.write_table(group, row_group_size=2 * ROWS_PER_GROUP)
                rows += group.num_rows
                review += _to_review(group)
                group = next(groups, None)
    return TableFigures(rows, review, _settle(parts, staging / f"{name}.parquet"))


def _groups(schema: pa.Schema, batches: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The rows in groups of whole documents, at least one group: equal documents give equal groups."""
    held, loose, rows, size, given = [schema.empty_table()], [], 0, 0, False
    for batch in batches:
        loose.append(batch)
        rows += batch.num_rows
        size += batch.nbytes
        if rows >= ROWS_PER_GROUP or size >= BYTES_PER_GROUP:
            yield pa.concat_tables([*held, *loose]).combine_chunks()
            held, loose, rows, size, given = [], [], 0, 0, True
        elif len(loose) == LOOSE:
            held.append(pa.concat_tables(loose).combine_chunks())
            loose = []
    if held or loose or not given:
        yield pa.concat_tables([*held, *loose]).combine_chunks()


def _to_review(group: pa.Table) -> int:
    return (pc.sum(group.column("needs_review")).as_py() or 0) if "needs_review" in group.column_names else 0


def _settle(parts: Sequence[Path], target: Path) -> str:
    """Bring the parts of a table safely to the disk, under its name; returns the hash of their bytes."""
    content, folder = _sync(parts), parts[0].parent
    if len(parts) == 1:
        parts[0].rename(target)
        folder.rmdir()
    else:
        _sync_folder(folder)
        folder.rename(target)
    return content


def _sync(parts: Iterable[Path]) -> str:
    """Bring files safely to the disk; returns the hash of their bytes."""
    digest = hashlib.sha256()
    for part in parts:
        with part.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
            os.fsync(stream.fileno())
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    """Bring the names in a folder safely to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _commit(out: Path, staging: Path) -> None:
    journal, draft = out / HIDDEN / JOURNAL, out / HIDDEN / (JOURNAL + ".new")
    names = sorted(path.name for path in staging.iterdir())
    _sync_folder(staging)
    with draft.open("w", encoding="utf-8") as stream:
        json.dump(names, stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(journal)
    _sync_folder(out / HIDDEN)
    _rename_all(out, names)
    _clear(out)


def _rename_all(out: Path, names: Iterable[str]) -> None:
    """Move what is still in staging over the former tables, then end the journal. May be done twice without harm."""
    former = out / HIDDEN / FORMER
    former.mkdir(exist_ok=True)
    for name in names:
        new, old = out / HIDDEN / STAGING / name, out / name
        if new.exists():
            if old.is_dir() or (new.is_dir() and old.exists()):  # a folder cannot be replaced, only stepped aside for
                _remove(former / name)
                old.rename(former / name)
            new.replace(old)
    _sync_folder(out)
    (out / HIDDEN / JOURNAL).unlink()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
