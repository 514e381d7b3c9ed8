"""What stands behind a row on its pages: how surely its words were read, and how surely restoration changed them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.page import Line, PageSource
from normalize.fixes import Restored, RestoredPage
from schema.records import Bbox

_LETTERS_OF_WORD = 2
_PAGES_OF_ROW = 2
_FIGURE = re.compile(r"\d|\b[IVX]{1,4}\b")


@dataclass(frozen=True, slots=True)
class Behind:
    """The print behind one row. Confidences and probabilities run from 0 to 1; 1 where nothing tells against it.

    words      confidences of the words of two letters and more
    figures    confidences of the words with digits or Roman numerals
    changes    probabilities of the changes that restoration made
    size       how many words stand there
    page       confidence of the page
    scanned    an engine of this project read the page
    """

    words: tuple[float, ...]
    figures: tuple[float, ...]
    changes: tuple[float, ...]
    size: int
    page: float
    scanned: bool


def behind(pages: Sequence[RestoredPage], number: int, bbox: Bbox | None, raw: str) -> Behind:
    """The print behind a row that begins on page `number` (from 1), in its box, or else among the lines of `raw`."""
    at = next((index for index, page in enumerate(pages) if page.page.number == number), None)
    if at is None:
        return Behind((), (), (), 0, 1.0, scanned=False)
    found = list(_lines(pages[at : at + _PAGES_OF_ROW], bbox, raw))
    words = [word for line, _ in found for word in line.words]
    page = pages[at].page
    return Behind(
        words=tuple(w.confidence for w in words if sum(map(str.isalpha, w.text)) >= _LETTERS_OF_WORD),
        figures=tuple(w.confidence for w in words if _FIGURE.search(w.text)),
        changes=tuple(fix.probability for _, restored in found for fix in restored.fixes),
        size=sum(len(line.text.split()) for line, _ in found),
        page=page.confidence,
        scanned=page.source is PageSource.OCR,
    )


def _lines(pages: Sequence[RestoredPage], bbox: Bbox | None, raw: str) -> Iterator[tuple[Line, Restored]]:
    for index, page in enumerate(pages):
        for line, restored in zip(page.page.lines, page.lines, strict=True):
            inside = bbox is not None and index == 0 and _holds(bbox, line)
            if inside or (line.text.strip() and (bbox is None or index > 0) and line.text.strip() in raw):
                yield line, restored


def _holds(bbox: Bbox, line: Line) -> bool:
    if line.box is None:
        return False
    x, y = line.box.centre
    return bbox[0] <= x <= bbox[2] and bbox[1] <= y <= bbox[3]
