"""All tables of the output folder take the place of the former ones, or none does.

They are made in a staging folder. Then a journal names them and they are renamed into place. A run that dies before the
journal is complete leaves the former tables; one that dies after it is carried through by recover(), which every run
calls first. A power cut may lose any name and any byte that was not brought to the disk, in any order; so what a step
rests on is brought there before it, folders too. `tests/batch/test_power_cut.py` cuts the power at every step.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

HIDDEN = ".kehoach"
JOURNAL = "journal.json"
STAGING = "staging"
FORMER = "former"
"""Below HIDDEN: the tables to come, and folders of parts on their way out."""


def new_staging(out: Path) -> Path:
    """An empty folder for the tables to come. Raises OSError."""
    staging = out / HIDDEN / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    return staging


def settle(parts: Sequence[Path], target: Path) -> str:
    """Bring the parts of a table, alone in their folder, safely to the disk, under its name.

    Returns the SHA-256 of their bytes. One part becomes a file of that name, several a folder.
    """
    content, folder = _sync(parts), parts[0].parent
    if len(parts) == 1:
        parts[0].rename(target)
        folder.rmdir()
    else:
        _sync_folder(folder)
        folder.rename(target)
    return content


def commit(out: Path) -> None:
    """Put all that was settled in the staging folder in place of the former tables, at once. Raises OSError."""
    journal, draft = out / HIDDEN / JOURNAL, out / HIDDEN / (JOURNAL + ".new")
    staging = out / HIDDEN / STAGING
    names = sorted(path.name for path in staging.iterdir())
    _sync_folder(staging)
    with draft.open("w", encoding="utf-8") as stream:
        json.dump(names, stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(journal)
    _sync_folder(out / HIDDEN)
    _sync_folder(out)  # in the first run the hidden folder itself has to be there before any table is
    _rename_all(out, names)
    _clear(out)


def recover(out: Path) -> None:
    """Carry through a publication that was cut off between its journal and its last rename; clear away older scraps."""
    journal = out / HIDDEN / JOURNAL
    if journal.exists():
        _rename_all(out, json.loads(journal.read_text(encoding="utf-8")))
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
    _sync_folder(out / HIDDEN)  # lest it comes back while the next tables are being made, and half of them get in place


def _clear(out: Path) -> None:
    for name in (STAGING, FORMER):
        shutil.rmtree(out / HIDDEN / name, ignore_errors=True)


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


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
