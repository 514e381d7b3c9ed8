"""explain: a file's lines as read and as restored, with every change and its reason."""

from collections.abc import Iterator
from pathlib import Path

from extract import ExtractSettings, read_file
from normalize import restore_document
from normalize.fixes import Restored, RestoredPage


def explain_file(path: Path, page: int | None, line: int | None, settings: ExtractSettings) -> Iterator[str]:
    """The text of the explanation, a line at a time. page, line: from 1; None for all.

    The whole document is read and restored, since one page's words help to restore another's.
    """
    document = read_file(path, path.name, settings)
    if document.failure:
        yield f"{path}: {document.failure.message} [{document.failure.code}]"
    for restored in restore_document(document.pages):
        if page is None or restored.page.number == page:
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
