"""The tasks as a run names them: the process that is called loads what does the work, the one that calls does not.

A run that only hands out tasks and keeps what they give would otherwise start with the decoder, its compiler and the
readers of PDF, for 1.5 seconds in which no worker has begun.
"""

from collections.abc import Sequence

from batch.outcomes import Finished, Probe, ReadPage, Short
from extract.settings import ExtractSettings


def probe(path: str, sha256: str, settings: ExtractSettings) -> Probe:
    """`tasks.probe`, where it is called."""
    from batch import tasks

    return tasks.probe(path, sha256, settings)


def read_one_page(path: str, sha256: str, number: int, settings: ExtractSettings) -> ReadPage:
    """`tasks.read_one_page`, where it is called."""
    from batch import tasks

    return tasks.read_one_page(path, sha256, number, settings)


def do_short(files: Sequence[tuple[str, str]], settings: ExtractSettings) -> tuple[Short | None, ...]:
    """`tasks.do_short`, where it is called."""
    from batch import tasks

    return tasks.do_short(files, settings)


def finish(document_id: str, packed: Sequence[bytes]) -> Finished:
    """`tasks.finish`, where it is called."""
    from batch import tasks

    return tasks.finish(document_id, packed)
