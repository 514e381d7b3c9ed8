"""Restoration of a whole document: each line is gated, and what may be touched is restored with a view of the rest."""

import re
import unicodedata
from collections.abc import Sequence

from extract.page import Page
from normalize.encodings import Encoding, decoded, encoding_of
from normalize.fixes import Fix, LineQuality, Restored, RestoredPage

_RUN = re.compile(r"\S+")


def restore_document(pages: Sequence[Page]) -> tuple[RestoredPage, ...]:
    """Restore every line of every page; the pages are those of one document, in order. Total: no input raises."""
    return tuple(_restore_page(page) for page in pages)


def _restore_page(page: Page) -> RestoredPage:
    texts = [line.text for line in page.lines]
    encoding = encoding_of(texts)
    return RestoredPage(page, tuple(_restore_line(text, encoding) for text in texts))


def _restore_line(raw: str, encoding: Encoding | None) -> Restored:
    fixes = []
    for run in _RUN.finditer(raw):
        word = run.group()
        read = decoded(word, encoding) if encoding else word
        text = unicodedata.normalize("NFC", read)
        if text != word:
            fixes.append(Fix(run.start(), run.end(), word, text, encoding.value if encoding else "nfc", 0.99))
    return Restored(raw, tuple(fixes), LineQuality.REPAIRED if fixes else LineQuality.GOOD)
