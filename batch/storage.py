"""Archives and outputs on shared storage: a folder named by a URL (`s3://bucket/plans`) instead of a path.

fsspec knows the storages. Files are read from a copy in the worker's temporary folder, since PDF readers jump about in
a file; tables are built on this machine with all guarantees of a local run, then uploaded. A `file://` URL is a path.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import psutil

COPIES = "kehoach-copies-"
MANIFEST = "tables.json"
"""Written last to an output on shared storage: the content hash of each table that belongs together."""


def is_url(place: str) -> bool:
    """Whether a folder is on shared storage; 'file://' is not, see local_path."""
    return "://" in place and not place.startswith("file://")


def local_path(place: str) -> Path:
    """The path of a folder of this machine.

    >>> local_path("file:///srv/archive").as_posix()
    '/srv/archive'
    """
    return Path(place.removeprefix("file://"))


def work_folder(out: str) -> Path:
    """Where the output at `out` is built: the folder itself; for shared storage, a folder of the user's cache."""
    if not is_url(out):
        return local_path(out)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "kehoach" / hashlib.sha256(out.rstrip("/").encode()).hexdigest()[:16]


def files_below(url: str) -> Iterator[tuple[str, str, int]]:
    """Every file below a folder on shared storage as (URL, path below it, bytes), in order.

    Raises NotADirectoryError.
    """
    system, root = _system(url)
    if not system.isdir(root):
        raise NotADirectoryError(f"{url} is no folder. Name the folder that holds the files to read.")
    root = root.rstrip("/")
    for path, facts in sorted(system.find(root, detail=True).items()):
        yield system.unstrip_protocol(path), path.removeprefix(root).lstrip("/"), facts["size"] or 0


def open_file(url: str) -> Any:
    """A file on shared storage, open for reading bytes. Raises OSError."""
    system, path = _system(url)
    return system.open(path, "rb")


def local_copy(place: str, sha256: str) -> Path:
    """The file itself, or a copy of one on shared storage, which takes the place of this process's last copy.

    Raises OSError.
    """
    if not is_url(place):
        return Path(place)
    target = _copies() / f"{sha256}{PurePosixPath(place).suffix[:16]}"
    if not target.exists():
        for former in _copies().iterdir():
            former.unlink()
        system, path = _system(place)
        system.get_file(path, str(target))
    return target


def upload(folder: Path, out: str, contents: Mapping[str, str]) -> None:
    """Bring the tables of `folder` to shared storage, then the manifest: name -> content hash. Raises OSError.

    Every object is replaced whole, but not all at one moment: who reads while a run ends compares with the manifest.
    An upload that was cut off leaves no new manifest, so that the next run does it again.
    """
    system, root = _system(out)
    manifest = f"{root.rstrip('/')}/{MANIFEST}"
    wanted = json.dumps(dict(sorted(contents.items())), indent=1)
    if system.exists(manifest) and system.cat_file(manifest).decode() == wanted:
        return
    system.makedirs(root, exist_ok=True)
    for name in sorted(contents):
        source, target = folder / f"{name}.parquet", f"{root.rstrip('/')}/{name}.parquet"
        if system.isdir(target):
            system.rm(target, recursive=True)
        system.put(str(source), target, recursive=source.is_dir())
    system.pipe_file(manifest, wanted.encode())


def _system(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs  # an extra: only a run on shared storage needs it
    except ImportError:
        raise OSError(f"{url} is on shared storage; install it with: pip install 'kehoach[cluster]'") from None
    try:
        system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise OSError(f"{url} cannot be used: {error}") from None
    return system, path


def clear_copies() -> None:
    """Clear away the copies of processes that are no more: a worker that is killed cannot do it itself."""
    for folder in Path(tempfile.gettempdir()).glob(f"{COPIES}*"):
        owner = folder.name.removeprefix(COPIES).partition("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


@cache
def _copies() -> Path:
    """The folder of this process's copy."""
    clear_copies()
    return Path(tempfile.mkdtemp(prefix=f"{COPIES}{os.getpid()}-"))
