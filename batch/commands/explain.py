"""explain: a file's lines as read and as restored, with every change and its reason."""

from collections.abc import Iterator
from pathlib import Path

from extract import ExtractSettings, read_file
from normalize import restore_document
from normalize.fixes import Restored, RestoredPage


class NothingToExplainError(ValueError):
    """There is no such page or line, or the file cannot be read; says which, as a sentence."""


def explain_file(path: Path, page: int | None, line: int | None, settings: ExtractSettings) -> Iterator[str]:
    """The text of the explanation, a line at a time. page, line: from 1; None for all.

    The whole document is read and restored, since one page's words help to restore another's. Raises
    NothingToExplainError.
    """
    document = read_file(path, path.name, settings)
    if document.failure:
        raise NothingToExplainError(f"{path}: {document.failure.message} [{document.failure.code}]")
    if page is not None and not 1 <= page <= len(document.pages):
        raise NothingToExplainError(f"{path} has {len(document.pages)} pages; there is no page {page}.")
    shown = document.pages if page is None else document.pages[page - 1 : page]
    if line is not None and not any(1 <= line <= len(one.lines) for one in shown):
        raise NothingToExplainError(f"Page {page} of {path} has {len(shown[0].lines)} lines; there is no line {line}.")
    for restored in restore_document(document.pages):
        if restored.page in shown:
            yield from _explain_page(restored, line)


def _explain_page(restored: RestoredPage, wanted: int | None) -> Iterator[str]:
    page = restored.page
    turned = f", turned {page.rotation} degrees" if page.rotation else ""
    yield f"page {page.number}: {page.source.value} by {page.engine}{turned}, {len(page.lines)} lines"
    if page.failure:
        yield f"  failed: {page.failure.message} [{page.failure.code}]"
    for number, result in enumerate(restored.lines, start=1):
        if (wanted is None or number == wanted) and result.raw.strip():
            yield from _explain_line(number, result)


def _explain_line(number: int, result: Restored) -> Iterator[str]:
    yield f"{number:>5}  {result.raw}"
    if result.fixes:
        yield f"    -> {result.text}"
    yield f"       {result.quality.value}, confidence {result.confidence:.2f}"
    for fix in result.fixes:
        yield f"       {fix.start}-{fix.end}  {fix.raw!r} -> {fix.restored!r}  {fix.method}, {fix.probability:.2f}"
