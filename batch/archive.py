"""An input folder -> the files in it, each with its content hash. Nothing outside the folder is ever opened."""

import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from batch.storage import files_below, is_url, local_path, open_file
from extract.page import Failure

SYSTEM_FILES = frozenset({".DS_Store", ".gitkeep", ".gitignore", "Thumbs.db", "desktop.ini", ".directory"})
"""Names that operating systems and Git leave behind; they are no documents and get no row."""

HASH_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """One file found. path: where to open it, a path or URL.

    source_path is relative to the input folder, '/' separated, always valid Unicode.
    sha256 is None when `failure` says why the file was not read; bytes too where nothing is known of it.
    """

    path: str
    source_path: str
    sha256: str | None
    bytes: int | None
    failure: Failure | None = None

    @property
    def document_id(self) -> str:
        """First 16 hex digits of the content hash; of the path's hash when the content cannot be read."""
        digest = self.sha256 or hashlib.sha256(f"unreadable:{self.source_path}".encode()).hexdigest()
        return digest[:16]


def list_archive(raw: str, skip: Path, max_bytes: int) -> Iterator[ArchiveFile]:
    """Every file of an input folder, on this machine or on shared storage. Raises NotADirectoryError.

    A file of more than `max_bytes` is refused without a look into it: a disk image takes an hour to hash.
    """
    if is_url(raw):
        return _remote_files(raw, max_bytes)
    root = local_path(raw)
    if not root.is_dir():
        raise NotADirectoryError(f"{root} is no folder. Name the folder that holds the files to read.")
    return find_files(root, skip, max_bytes)


def _remote_files(url: str, max_bytes: int) -> Iterator[ArchiveFile]:
    for place, source_path, told in files_below(url):
        if told > max_bytes:
            yield ArchiveFile(place, source_path, None, told, _too_large(told, max_bytes))
        elif not _is_system_file(PurePosixPath(source_path).name):
            try:
                with open_file(place) as stream:
                    digest, size = _hash(stream)
                yield ArchiveFile(place, source_path, digest, size)
            except OSError as error:
                yield ArchiveFile(place, source_path, None, None, _unreadable(error))


def _is_system_file(name: str) -> bool:
    return name in SYSTEM_FILES or name.startswith("._")


def find_files(root: Path, skip: Path | None = None, max_bytes: int = sys.maxsize) -> Iterator[ArchiveFile]:
    """Every file below `root`, folders in name order. `skip`: a folder that is not entered (the output).

    Links to folders are not followed (they may loop) and links that leave `root` are not opened: both give a file with
    a failure, as do sockets, pipes, devices and what cannot be read. Raises OSError when `root` itself cannot be.
    """
    base = root.resolve()
    folders = [base]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            if folder == base:  # the archive is not empty because it cannot be looked at
                raise
            yield _failed(
                base, folder, "unreadable", f"The folder cannot be opened: {error.strerror}. Check its rights."
            )
            continue
        below: list[Path] = []
        for entry in entries:
            path = folder / entry.name
            if entry.is_dir(follow_symlinks=False):
                if skip is None or path != skip:
                    below.append(path)
            elif not _is_system_file(entry.name):
                yield _look_at(base, path, max_bytes)
        folders.extend(reversed(below))


def _look_at(base: Path, path: Path, max_bytes: int) -> ArchiveFile:
    try:
        if path.is_symlink():
            target = path.resolve(strict=True)
            if not target.is_relative_to(base):
                return _failed(base, path, "outside", "The link leads out of the input folder. Copy the file in.")
            if target.is_dir():
                return _failed(base, path, "unsupported", "A link to a folder is not followed.")
        facts = path.stat()
        if facts.st_size > max_bytes:
            failure = _too_large(facts.st_size, max_bytes)
            return ArchiveFile(str(path), _relative(base, path), None, facts.st_size, failure)
        if not stat.S_ISREG(facts.st_mode):
            return _failed(base, path, "unsupported", "This is no ordinary file (a socket, pipe or device).")
        with path.open("rb") as stream:
            digest, size = _hash(stream)
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that loops, in Python before 3.13
        return ArchiveFile(str(path), _relative(base, path), None, None, _unreadable(error))
    return ArchiveFile(str(path), _relative(base, path), digest, size)


def _too_large(size: int, max_bytes: int) -> Failure:
    return Failure("too_large", f"The file has {size} bytes, more than the {max_bytes} allowed.")


def _unreadable(error: OSError | RuntimeError) -> Failure:
    reason = error.strerror if isinstance(error, OSError) else "a link that leads back to itself"
    return Failure("unreadable", f"The file cannot be read: {reason}. Check its rights and the disk.")


def _hash(stream: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(HASH_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


_LIKE_AN_ESCAPE = re.compile(rb"\\(?=x[0-9a-f]{2})")


def _relative(base: Path, path: Path) -> str:
    """The path below `base`; bytes that are no UTF-8 are written as escapes, since Parquet holds Unicode only.

    A name that has such an escape in letters is not to be taken for the one with that byte: its backslash is escaped.
    """
    name = _LIKE_AN_ESCAPE.sub(rb"\\x5c", os.fsencode(path.relative_to(base).as_posix()))
    return name.decode("utf-8", "backslashreplace")


def _failed(base: Path, path: Path, code: str, message: str) -> ArchiveFile:
    return ArchiveFile(str(path), _relative(base, path), None, None, Failure(code, message))
