"""The store -> the Parquet tables of the output folder, all of them or none.

Tables are written in document order, a row group at a time, into the folder from which commit() puts them in place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from batch.fingerprint import pipeline_version
from batch.packing import unpack_table
from batch.publication.commit import commit, new_staging, settle
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


@dataclass(frozen=True, slots=True)
class TableFigures:
    """What was published of one table. content: SHA-256 over its files' bytes; equal content gives an equal hash."""

    rows: int
    needs_review: int
    content: str


def publish(store: Store, out: Path) -> dict[str, TableFigures]:
    """Write every table and put all of them in place at once. Raises OSError when the disk is full."""
    staging = new_staging(out)
    figures = {name: _write(staging, name, _batches(store, name)) for name in TABLES}
    commit(out)
    return figures


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
    return TableFigures(rows, review, settle(parts, staging / f"{name}.parquet"))


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
