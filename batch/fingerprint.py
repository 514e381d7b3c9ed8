"""What a result depends on beside its document: the code, the models, the engine, the settings. As short digests."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path

from extract.engines.versions import engine_versions
from extract.settings import ExtractSettings

PROJECT = Path(__file__).resolve().parent.parent

READING = ("extract",)
"""Packages that decide how a page is read."""

MEANING = ("extract", "normalize", "schema")
"""Packages that decide what a document becomes once its pages are read."""


CARRIERS = ("batch/packing.py", "batch/tasks.py")
"""Modules of this package that decide so too."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """reading: changes when pages must be read anew. result: when documents must be restored and parsed anew."""

    reading: str
    result: str


@cache
def pipeline_version() -> str:
    """The version of the installed project; '0+source' when it runs from a checkout that was never installed."""
    try:
        return metadata.version("kehoach")
    except metadata.PackageNotFoundError:
        return "0+source"


@cache
def fingerprint(settings: ExtractSettings) -> Fingerprint:
    """Digest of everything but the document itself. Reads the project's code and models once (about 0.1 s)."""
    # a page that was read is the same under any limit: a new limit tries what failed, and reads nothing else anew
    unlimited = replace(settings, max_bytes=1, max_pages=1, max_pixels=1)
    reading = _digest([repr(unlimited), *engine_versions(settings), *_contents(READING)])
    meaning = [reading, repr(settings), pipeline_version(), *_contents((*MEANING, *CARRIERS))]
    return Fingerprint(reading, _digest(meaning))


def _contents(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        root = PROJECT / name
        files = [root] if root.is_file() else sorted(path for path in root.rglob("*") if _counts(path))
        for path in files:
            with path.open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
            yield f"{path.relative_to(PROJECT).as_posix()} {content}"


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and "training" not in path.parts


def _digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:16]
