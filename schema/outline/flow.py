"""Restored pages -> printed lines: which lines carry text, and how they lie on their page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from statistics import quantiles

from extract.page import Box, Page, Table
from normalize.fixes import RestoredPage
from schema.outline.specks import is_speck, without_specks
from schema.plain import plain
from schema.ruletable import PatternRow, load_rules


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of running text, or of one cell of a table row.

    page, line  indices from 0; page_number as printed in the records, from 1
    after_gap   a blank line stands above it
    gapped      blank lines part the paragraphs of its page, so that their lack tells something
    indented    starts right of the left margin; None where the file has no geometry
    full        reaches the right margin, so that the paragraph may go on
    spaced      stands further below the line before than the lines of a paragraph do
    row         (page, table, row) of the table it stands in; None in running text
    """

    text: str
    raw: str
    confidence: float
    box: Box | None
    page: int
    page_number: int
    line: int
    after_gap: bool
    gapped: bool
    indented: bool | None
    full: bool
    row: tuple[int, int, int] | None
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class _Margins:
    """The type area of a page: left and right edge in points, or only a usual length in characters.

    gapped: blank lines part the paragraphs. pitch: from line to line of a paragraph, in points; None where unknown.
    """

    left: float | None
    right: float | None
    length: float
    gapped: bool
    pitch: float | None = None


@dataclass(frozen=True)
class PageNumber(PatternRow):
    """A page number alone on its line. pattern: over the whole line without marks."""

    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.regex.fullmatch(plain(text)) is not None


def printed_lines(pages: Sequence[RestoredPage]) -> Iterator[PrintedLine]:
    """The lines that carry text, in order: blank lines, specks and page numbers dropped, table lines marked."""
    for page_index, restored in enumerate(pages):
        page = restored.page
        margins, rows, gap = _margins(restored), _table_rows(page_index, page), True
        last_index, before = len(page.lines) - 1, None
        for index, (line, result) in enumerate(zip(page.lines, restored.lines, strict=True)):
            text = " ".join(result.text.split()) if index in rows else without_specks(result.text)
            at_edge = index in (0, last_index) or _in_margin(line.box, page)
            sure = min(line.confidence, result.confidence) if index not in rows else 1.0
            if is_speck(text, sure) or (index not in rows and _is_page_number(text, gap, at_edge, page.number)):
                gap = gap or not text
                continue
            yield PrintedLine(
                text=text,
                raw=line.text,
                confidence=min(line.confidence, result.confidence),
                box=line.box,
                page=page_index,
                page_number=page.number,
                line=index,
                after_gap=gap,
                gapped=margins.gapped,
                indented=_indented(line.box, margins),
                full=_full(text, line.box, margins),
                row=rows.get(index),
                spaced=_spaced(before, line.box, margins),
            )
            gap, before = False, line.box


def _in_margin(box: Box | None, page: Page) -> bool:
    """Whether a line stands in the top or bottom margin, where page numbers are."""
    if box is None or not page.height:
        return False
    return box.bottom < 0.08 * page.height or box.top > 0.92 * page.height


def _is_page_number(text: str, gap: bool, at_edge: bool, page: int) -> bool:
    """A bare number at an edge of the page or after a gap; '4.' that ends a sentence keeps its full stop.

    page: the page's own number, which may have a speck behind it at the edge.
    """
    if at_edge and text.rstrip(".") == str(page):
        return True
    alone = (gap or at_edge) and not text.endswith(".") and any(map(str.isdigit, text))
    return alone and any(rule.matches(text) for rule in load_rules("page_numbers", PageNumber))


def _table_rows(page_index: int, page: Page) -> dict[int, tuple[int, int, int]]:
    return {
        line: (page_index, number, cell.row)
        for number, table in enumerate(page.tables)
        if holds_data(table)
        for cell in table.cells
        for line in cell.lines
    }


def holds_data(table: Table) -> bool:
    """Whether a grid is a table to be read by rows; a letterhead or signature set in two columns is not."""
    return table.n_cols >= 3 or (table.ruled and table.n_cols == 2 and table.n_rows >= 3)


def _margins(restored: RestoredPage) -> _Margins:
    boxes = [line.box for line in restored.page.lines if line.box and line.text.strip()]
    lengths = sorted(len(line.text) for line in restored.lines if line.text.strip())
    length = lengths[ceil(0.9 * (len(lengths) - 1))] if lengths else 0.0
    gapped = len(lengths) < 0.85 * len(restored.lines)
    if len(boxes) < 4:
        return _Margins(None, None, length, gapped)
    lefts, rights = [b.x0 for b in boxes], [b.x1 for b in boxes]
    return _Margins(quantiles(lefts, n=10)[0], quantiles(rights, n=10)[8], length, gapped, _usual_pitch(boxes))


_WIDER = 1.13
"""How much wider the space above a paragraph makes the step from line to line; boxes are half as inexact."""


def _usual_pitch(boxes: Sequence[Box]) -> float | None:
    """The narrow steps of a page: a fifth of them are narrower. None for a page of few lines."""
    steps = [step for above, box in pairwise(boxes) if (step := _pitch(above, box)) > 0.6 * (box.bottom - box.top)]
    return quantiles(steps, n=5)[0] if len(steps) >= 8 else None


def _pitch(above: Box, box: Box) -> float:
    return min(box.top - above.top, box.bottom - above.bottom)


def _spaced(above: Box | None, box: Box | None, margins: _Margins) -> bool:
    if above is None or box is None or margins.pitch is None:
        return False
    return _pitch(above, box) > _WIDER * margins.pitch


def _indented(box: Box | None, margins: _Margins) -> bool | None:
    return None if box is None or margins.left is None else box.x0 > margins.left + 12


def _full(text: str, box: Box | None, margins: _Margins) -> bool:
    if box is not None and margins.right is not None and margins.left is not None:
        return box.x1 > margins.right - 0.08 * (margins.right - margins.left)
    return len(text) >= 0.82 * margins.length
