"""The tasks of a run without the reading: of the same shapes, but their processes start in a moment, without models."""

import time
from collections.abc import Sequence
from pathlib import Path

from batch.outcomes import Finished, Probe, ReadPage

PAGES = 3
SECONDS = 0.02
"""What each page takes."""


def probe(path: str, sha256: str, settings: object) -> Probe:
    """A file of three pages, whatever it holds."""
    del path, sha256, settings
    return Probe("text/plain", PAGES, None)


def read_one_page(path: str, sha256: str, number: int, settings: object) -> ReadPage:
    """The file's text and the number."""
    del sha256, settings
    time.sleep(SECONDS)
    return ReadPage(f"{Path(path).read_text()} {number}".encode(), None)


def finish(document_id: str, packed: Sequence[bytes]) -> Finished:
    """One table that holds the pages; a page that was lost is no text."""
    del document_id
    code = None if all(page.startswith(b"document") for page in packed) else "worker_died"
    tables = {"pages": b"|".join(packed)}
    return Finished("partial" if code else "ok", code, code, False, 1.0, tables, {"text_file": len(packed)})


def do_short(files: Sequence[tuple[str, str]], settings: object) -> tuple[None, ...]:
    """Every document goes the long way."""
    del settings
    return (None,) * len(files)
