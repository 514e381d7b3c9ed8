"""Restored pages -> rows of the tables pages, lines, cells and corrections: the text itself, and what changed it."""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from extract.page import Cell, Page
from normalize.fixes import Restored, RestoredPage
from schema.records import CellRow, LineRow, PageRow, bbox_of


def page_rows(document_id: str, pages: Sequence[RestoredPage]) -> Iterator[PageRow]:
    """One row a page, failed pages too."""
    for restored in pages:
        page = restored.page
        yield PageRow(
            document_id=document_id,
            page=page.number,
            width=page.width,
            height=page.height,
            rotation=page.rotation,
            skew=page.skew,
            source=page.source.value,
            status="failed" if page.failure else "ok",
            error=page.failure.message if page.failure else None,
            raw_text="\n".join(line.text for line in page.lines),
            text="\n".join(line.text for line in restored.lines),
            confidence=_confidence(restored.lines) if not page.failure else 0.0,
        )


def line_rows(document_id: str, pages: Sequence[RestoredPage]) -> Iterator[LineRow]:
    """One row a line that holds text; blank lines of a text layer keep their number but give no row."""
    for restored in pages:
        for number, (line, result) in enumerate(zip(restored.page.lines, restored.lines, strict=True), start=1):
            if line.text.strip():
                yield LineRow(
                    document_id=document_id,
                    page=restored.page.number,
                    line=number,
                    bbox=bbox_of(line.box),
                    raw_text=line.text,
                    text=result.text,
                    confidence=result.confidence,
                )


def cell_rows(document_id: str, pages: Sequence[RestoredPage]) -> Iterator[CellRow]:
    """One row a cell, by table, row and column."""
    for restored in pages:
        for number, table in enumerate(restored.page.tables, start=1):
            for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
                yield _cell_row(document_id, restored, number, cell)


def _cell_row(document_id: str, restored: RestoredPage, table: int, cell: Cell) -> CellRow:
    lines = [restored.lines[i] for i in cell.lines]
    return CellRow(
        document_id=document_id,
        page=restored.page.number,
        table=table,
        row=cell.row,
        col=cell.col,
        rowspan=cell.rowspan,
        colspan=cell.colspan,
        is_header=cell.is_header,
        bbox=bbox_of(cell.box),
        raw_text=raw_text_of(restored.page, cell),
        text=text_of(restored, cell),
        confidence=_confidence(lines),
    )


def correction_values(document_id: str, pages: Sequence[RestoredPage]) -> Iterator[tuple[object, ...]]:
    """The values of a CorrectionRow for every token that restoration changed: by far the most rows of a document."""
    for restored in pages:
        for number, line in enumerate(restored.lines, start=1):
            where = (document_id, restored.page.number, number)
            for fix in line.fixes:
                yield (*where, *_CORRECTION(fix))


_CORRECTION = attrgetter("start", "end", "raw", "restored", "method", "probability")
"""Fix -> the columns of a correction behind document, page and line."""


def text_of(restored: RestoredPage, cell: Cell) -> str:
    """The restored lines of a cell, joined by blanks."""
    return " ".join(text for i in cell.lines if (text := restored.lines[i].text.strip()))


def raw_text_of(page: Page, cell: Cell) -> str:
    """The lines of a cell as read, joined by blanks."""
    return " ".join(text for i in cell.lines if (text := page.lines[i].text.strip()))


def _confidence(lines: Sequence[Restored]) -> float:
    """Mean over the lines, weighed by their length; 1 for no text at all, since nothing can be wrong with it."""
    weights = [len(line.raw.split()) for line in lines]
    total = sum(weights)
    return sum(w * line.confidence for w, line in zip(weights, lines, strict=True)) / total if total else 1.0
