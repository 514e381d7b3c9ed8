"""The memory of an archive: which files it holds, which pages are read, what each document became. One SQLite file.

SQLite in WAL mode is what makes a run safe to kill: a page or document is either in the store, whole, or not at all.
The store lies in the output folder (`.kehoach/store.sqlite`) and may be deleted at any time: the next run starts anew.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from batch.archive import ArchiveFile
from batch.fingerprint import Fingerprint
from batch.outcomes import Finished, Probe
from batch.store_file import open_store_file

_TODO = """
CREATE TEMP TABLE todo (id INTEGER PRIMARY KEY, sha256 TEXT, path BLOB, source_path TEXT, reason TEXT, bytes INTEGER)"""

# Made anew in every run: which file goes on with which rests on all files of the archive.
_PART_OF = "CREATE TEMP TABLE part_of (source_path TEXT PRIMARY KEY, document_id TEXT)"

_NEXT_TODO = "SELECT id, sha256, path, source_path, reason, bytes FROM todo WHERE id > ? ORDER BY id LIMIT 500"


_FORMER = """
CREATE TEMP TABLE former AS SELECT source_path, sha256 FROM files WHERE sha256 IS NOT NULL
UNION SELECT source_path, sha256 FROM unseen"""

_SHUT = "SELECT source_path FROM files WHERE error_code = 'unreadable' AND sha256 IS NULL"

# Both look at the indices alone: the blobs of a large store are not read to find out that none has to go.
_GONE = """
INSERT INTO temp.gone SELECT sha256 FROM (SELECT sha256 FROM results UNION SELECT DISTINCT sha256 FROM pages)
WHERE sha256 NOT IN (SELECT sha256 FROM files WHERE sha256 IS NOT NULL UNION SELECT sha256 FROM unseen)"""

_OTHER_READINGS = "DELETE FROM pages WHERE rowid IN (SELECT rowid FROM pages WHERE reading <> ?)"


@dataclass(frozen=True, slots=True)
class Todo:
    """A document that has to be done. path: or URL. reason: 'new', 'changed pipeline' or 'failed before'."""

    sha256: str
    path: str
    source_path: str
    reason: str
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What the content of one document became. retry: the next run does it again."""

    sha256: str
    probe: Probe
    done: Finished
    retry: bool


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One file of the archive and what its content became; of a file that cannot be read, as little as is known.

    part_of: document_id of the file that holds the beginning, as far as note_parts told it.
    """

    document_id: str
    source_path: str
    sha256: str | None
    bytes: int | None
    error_code: str | None
    error: str | None
    media_type: str | None
    pages: int | None
    status: str
    is_plan: bool
    confidence: float | None
    sources: dict[str, int]
    part_of: str | None = None


class Store:
    """One open store. Not shared between processes: only the parent of a run writes."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = open_store_file(path)
        self._db.execute(_PART_OF)

    def close(self) -> None:
        """Close the file; what was recorded is safe already."""
        self._db.close()

    @contextmanager
    def listing(self) -> Iterator["Store"]:
        """Replace the list of files: the old list stays until the new one is complete.

        What was read of files that cannot be looked at now, by themselves or for their folder, is not forgotten.
        """
        with self._db:
            self._db.execute(_FORMER)
            self._db.execute("DELETE FROM files")
            yield self
            self._db.execute("DELETE FROM unseen")
            shut = {path for (path,) in self._db.execute(_SHUT)}
            former = self._db.execute("SELECT source_path, sha256 FROM temp.former") if shut else ()
            unseen = (row for row in former if _is_within(row[0], shut))
            self._db.executemany("INSERT OR REPLACE INTO unseen VALUES (?, ?)", unseen)
            self._db.execute("DROP TABLE temp.former")

    def add_file(self, file: ArchiveFile) -> None:
        """Record one file of the archive."""
        failure = file.failure
        self._db.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                file.source_path,
                os.fsencode(file.path),
                file.document_id,
                file.sha256,
                file.bytes,
                failure.code if failure else None,
                failure.message if failure else None,
            ),
        )

    def count_files(self) -> int:
        """Files of the archive."""
        return int(self._db.execute("SELECT count(*) FROM files").fetchone()[0])

    def count_results(self) -> int:
        """Contents that became something in this run or an earlier one."""
        return int(self._db.execute("SELECT count(*) FROM results").fetchone()[0])

    def find_todo(self, fingerprint: Fingerprint) -> dict[str, int]:
        """Note each distinct content that has no result of this fingerprint, for todo(). Returns counts by reason."""
        query = """
            INSERT INTO todo (sha256, path, source_path, reason, bytes)
            SELECT f.sha256, f.path, min(f.source_path),
                   CASE WHEN r.sha256 IS NULL THEN 'new' WHEN r.result <> ? THEN 'changed pipeline'
                        ELSE 'failed before' END, f.bytes
            FROM files f LEFT JOIN results r ON r.sha256 = f.sha256
            WHERE f.sha256 IS NOT NULL AND (r.sha256 IS NULL OR r.result <> ? OR r.retry)
            GROUP BY f.sha256 ORDER BY min(f.source_path)"""
        with self._db:
            self._db.execute("DROP TABLE IF EXISTS temp.todo")
            self._db.execute(_TODO)
            self._db.execute(query, (fingerprint.result, fingerprint.result))
        return dict(self._db.execute("SELECT reason, count(*) FROM todo GROUP BY reason ORDER BY reason"))

    def todo(self) -> Iterator[Todo]:
        """What find_todo noted, in order of path; read a piece at a time, so that millions take no memory."""
        last = 0
        while rows := self._db.execute(_NEXT_TODO, (last,)).fetchall():
            for _, sha256, path, source_path, reason, size in rows:
                yield Todo(sha256, os.fsdecode(path), source_path, reason, size)
            last = rows[-1][0]

    def page_numbers(self, sha256: str, fingerprint: Fingerprint) -> frozenset[int]:
        """Which pages of a document were read before."""
        query = "SELECT number FROM pages WHERE sha256 = ? AND reading = ?"
        return frozenset(number for (number,) in self._db.execute(query, (sha256, fingerprint.reading)))

    def pages(self, sha256: str, fingerprint: Fingerprint) -> dict[int, bytes]:
        """The pages of a document that were read, packed, by number."""
        query = "SELECT number, packed FROM pages WHERE sha256 = ? AND reading = ?"
        return dict(self._db.execute(query, (sha256, fingerprint.reading)))

    def add_page(self, sha256: str, fingerprint: Fingerprint, number: int, packed: bytes) -> None:
        """Record one page that was read well."""
        with self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", (sha256, fingerprint.reading, number, packed)
            )

    def add_results(self, fingerprint: Fingerprint, results: Sequence[Result]) -> None:
        """Record what documents became, in place of what they were before: all of them or, when it is cut off, none."""
        with self._db:
            for result in results:
                self._add_result(fingerprint, result)

    def _add_result(self, fingerprint: Fingerprint, result: Result) -> None:
        done = result.done
        self._db.execute("DELETE FROM tables WHERE sha256 = ?", (result.sha256,))
        self._db.execute(
            "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                result.sha256,
                fingerprint.result,
                result.retry,
                result.probe.media_type,
                result.probe.pages,
                done.status,
                done.error_code,
                done.error,
                done.is_plan,
                done.confidence,
                json.dumps(done.sources, sort_keys=True),
            ),
        )
        self._db.executemany(
            "INSERT INTO tables VALUES (?, ?, ?)",
            [(result.sha256, name, packed) for name, packed in done.tables.items()],
        )

    def documents(self) -> Iterator[StoredDocument]:
        """Every file of the archive, by document id and path."""
        query = """
            SELECT f.document_id, f.source_path, f.sha256, f.bytes, coalesce(f.error_code, r.error_code),
                   coalesce(f.error, r.error), r.media_type, r.pages, coalesce(r.status, 'failed'),
                   coalesce(r.is_plan, 0), r.confidence, coalesce(r.sources, '{}'), p.document_id
            FROM files f LEFT JOIN results r ON r.sha256 = f.sha256
                         LEFT JOIN temp.part_of p ON p.source_path = f.source_path
            ORDER BY f.document_id, f.source_path"""
        for *facts, is_plan, confidence, sources, part_of in self._db.execute(query):
            yield StoredDocument(*(*facts, bool(is_plan), confidence, json.loads(sources), part_of))

    def note_parts(self, parts: Mapping[str, str]) -> None:
        """Which files go on with another, for documents(), in place of what was noted before.

        parts: source path -> document_id of the file that holds the beginning.
        """
        with self._db:
            self._db.execute("DELETE FROM temp.part_of")
            self._db.executemany("INSERT INTO temp.part_of VALUES (?, ?)", parts.items())

    def table(self, sha256: str, name: str) -> bytes | None:
        """The packed rows of one table that one content gave; None when it gave none."""
        query = "SELECT packed FROM tables WHERE sha256 = ? AND name = ?"
        found = self._db.execute(query, (sha256, name)).fetchone()
        return found[0] if found else None

    def tables(self, name: str) -> Iterator[bytes]:
        """The packed rows of one table, a document each, by document id."""
        # in the order of an index, the first of several copies alone: nothing is sorted, so nothing is held
        query = """
            SELECT t.packed FROM files f CROSS JOIN tables t ON t.sha256 = f.sha256 AND t.name = ?
            WHERE NOT EXISTS (SELECT 1 FROM files other WHERE other.document_id = f.document_id
                              AND other.source_path < f.source_path)
            ORDER BY f.document_id, f.source_path"""
        for (packed,) in self._db.execute(query, (name,)):
            yield packed

    def forget_gone(self, fingerprint: Fingerprint) -> int:
        """Drop the results of contents that the archive no longer holds and the pages that another reading made.

        Returns how many documents were dropped.
        """
        with self._db:
            self._db.execute("CREATE TEMP TABLE IF NOT EXISTS gone (sha256 TEXT PRIMARY KEY)")
            self._db.execute("DELETE FROM temp.gone")
            self._db.execute(_GONE)
            count: int = self._db.execute("SELECT count(*) FROM results JOIN temp.gone USING (sha256)").fetchone()[0]
            for table in ("results", "tables", "pages"):
                self._db.execute(f"DELETE FROM {table} WHERE sha256 IN (SELECT sha256 FROM temp.gone)")
            self._db.execute(_OTHER_READINGS, (fingerprint.reading,))
        return count

    def paths(self, sha256s: Sequence[str]) -> tuple[str, ...]:
        """The source paths of some contents, sorted."""
        marks = ",".join("?" * len(sha256s))
        rows = self._db.execute(f"SELECT source_path FROM files WHERE sha256 IN ({marks}) ORDER BY 1", tuple(sha256s))
        return tuple(path for (path,) in rows)


def _is_within(path: str, places: Set[str]) -> bool:
    """Whether a path, '/' separated, is one of these or lies below one."""
    return path in places or any(path[:end] in places for end, letter in enumerate(path) if letter == "/")
