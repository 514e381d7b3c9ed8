"""Whether the number of a quarter may have lost a stroke: one that an engine drops turns one quarter into another."""

import re
from collections.abc import Sequence

from extract.page import PageSource
from normalize.fixes import RestoredPage
from schema.tables.columns import TIME_FIELDS
from schema.tables.grids import CellText
from schema.tables.logical_tables import LogicalTable
from schema.tables.row_assembly import LogicalRow
from schema.values.deadlines import quarter_forms

_FAINT = 0.65
"""Confidence of a Roman numeral below which it may have lost a stroke: 'II/2024' was read 'I/2024' with 0.53."""
_NUMERAL = re.compile(r"\W*[IVl1|!]{1,4}(?!\w)")
_ATE_A_STROKE = re.compile(r"\W*[Il1|!]\u2044")
"""A fraction slash behind one stroke: the engine may have drawn it together from a stroke and a slash."""
_ONE_STROKE, _ROMAN = frozenset("1l"), re.compile(r"ii|iii|iv")


def is_quarter_faint(row: LogicalRow, pages: Sequence[RestoredPage]) -> bool:
    """Whether the engine was so unsure of the quarter in a row's time that it may be any other one."""
    return any(_faint_numeral(row.cell(field), pages) for field in TIME_FIELDS)


def _faint_numeral(cell: CellText, pages: Sequence[RestoredPage]) -> bool:
    """Whether the engine was unsure of the number of a quarter: strokes that it drops turn one quarter into another."""
    words = (word for ref in cell.lines for word in pages[ref.page].page.lines[ref.line].words)
    return any(
        (word.confidence < _FAINT and _NUMERAL.match(word.text)) or _ATE_A_STROKE.match(word.text) for word in words
    )


def is_lone_figure(row: LogicalRow, table: LogicalTable, pages: Sequence[RestoredPage]) -> bool:
    """Whether a recogniser read 'Quý 1' in a table whose other quarters are Roman: one stroke of two or three may be
    all that it saw."""
    cells = [row.cell(field) for field in TIME_FIELDS]
    seen = [cell for cell in cells if not _ONE_STROKE.isdisjoint(quarter_forms(cell.text))]
    if all(_is_print(cell, pages) for cell in seen):
        return False
    others = (form for other in table.rows for field in TIME_FIELDS for form in quarter_forms(other.text(field)))
    return any(map(_ROMAN.fullmatch, others))


def _is_print(cell: CellText, pages: Sequence[RestoredPage]) -> bool:
    """Whether the file brought the text of the cell along and nothing in it was restored."""
    return all(
        pages[ref.page].page.source is not PageSource.OCR and not pages[ref.page].lines[ref.line].fixes
        for ref in cell.lines
    )
