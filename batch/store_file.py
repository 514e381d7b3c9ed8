"""The SQLite file of a store: its tables, how it is opened, and when it is thrown away."""

import sqlite3
from pathlib import Path

LAYOUT = 5
"""Number of the layout below; a store of another layout is thrown away: everything in it can be made again."""

_TABLES = """
CREATE TABLE files (source_path TEXT PRIMARY KEY, path BLOB, document_id TEXT, sha256 TEXT, bytes INTEGER,
                    error_code TEXT, error TEXT);
CREATE TABLE unseen (source_path TEXT PRIMARY KEY, sha256 TEXT);
CREATE INDEX files_by_document ON files (document_id, source_path);
CREATE TABLE pages (sha256 TEXT, reading TEXT, number INTEGER, packed BLOB, PRIMARY KEY (sha256, reading, number));
CREATE TABLE results (sha256 TEXT PRIMARY KEY, result TEXT, retry INTEGER, media_type TEXT, pages INTEGER, status TEXT,
                      error_code TEXT, error TEXT, is_plan INTEGER, confidence REAL, sources TEXT);
CREATE TABLE tables (sha256 TEXT, name TEXT, packed BLOB, PRIMARY KEY (sha256, name));
"""


def open_store_file(path: Path) -> sqlite3.Connection:
    """Open or create the store; one that is damaged or of another layout is replaced, since it is only a memory.

    Raises sqlite3.OperationalError where it cannot be opened or written, whatever it holds.
    """
    try:
        db = _connect(path)
        if db.execute("PRAGMA user_version").fetchone()[0] == LAYOUT:
            return db
        empty = not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.OperationalError:  # of the disk or its rights: the store may be as good as ever
        raise
    except sqlite3.DatabaseError:
        empty = False
    if not empty:
        discard(path)
    db = _connect(path)
    db.executescript(_TABLES + f"PRAGMA user_version = {LAYOUT};")
    return db


def discard(path: Path) -> None:
    """Delete a store; the next run makes everything in it again. Raises OSError."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")  # a power cut may take the last pages along; they are read again
    return db
