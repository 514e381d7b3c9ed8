"""Tables out of text whose columns an OCR ran together: found, untangled twice, and handed on as logical tables.

The first pass is quick; it shows how wide the columns are and which cells come again, and the second uses that.
"""

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from math import exp

from normalize.fixes import RestoredPage
from schema.organisations.agency_names import usual_names
from schema.outline.line_breaks import join_lines
from schema.run_together.by_columns import read_by_columns, scattered_columns
from schema.run_together.cell_costs import ends, further_names, holds_another
from schema.run_together.header_columns import HeaderDoubt
from schema.run_together.in_turn import CellsInTurn, cost_in_turn, read_in_turn
from schema.run_together.known_cells import KnownCells
from schema.run_together.mended_cells import mended_rows
from schema.run_together.merged_goals import with_goals
from schema.run_together.table_layouts import HeaderSays, likeliest_layout
from schema.run_together.table_measures import measured, shown_by
from schema.run_together.text_headers import covered
from schema.run_together.text_rows import UNSURE, Layout, TextLine, UntangledRow, rows_by_number
from schema.run_together.text_tables import TextTable
from schema.run_together.untangle import NARROW, QUICK, STEADY, THOROUGH, Beam, cost_of, untangle
from schema.tables.cell_words import agency_share, starts
from schema.tables.columns import AGENCY_FIELDS, TIME_FIELDS, Field
from schema.tables.grids import CellText
from schema.tables.logical_tables import LogicalTable
from schema.tables.row_assembly import LogicalRow
from schema.tables.table_headings import TableHeading, heading_of, open_heading

_SURE_COST = 2.2
"""Nats a printed word below which rows are right as a rule."""
_FAIR_COST, _STEEP = 3.5, 1.5
"""Nats a printed word at which a row is as likely torn as not, and how fast that changes."""
_LONG, _MANY, _TOO_MANY = 2_500, 4_000, 9_000
"""Words above which a table is untangled with less care, once, or not at all, so that no text takes more than some
seconds."""
_SAMPLE = 44
"""Lines of a page that tell how it was read."""
_USUALLY = 0.8
"""Share of the rows that fill a column from which an empty cell is suspicious."""
_LEGIBLE = 0.5
"""Share of the rows with cells in most columns below which a table was read in an order of its own."""
_CELLS, _TASK_WORDS = 3, 4
_MOSTLY_AGENCY = 0.5
_SEVERAL = 2


def read_text_tables(tables: Sequence[TextTable], pages: Sequence[RestoredPage]) -> tuple[LogicalTable, ...]:
    """The run-together tables found in the pages of a document as logical tables. Total."""
    with _no_collection():
        return tuple(_logical(table, pages) for table in tables)


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for cycles meanwhile: a beam makes small objects by the hundred thousand, none of which forms one, and
    looking them through again and again takes a quarter of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def text_table_lines(tables: Sequence[TextTable]) -> frozenset[tuple[int, int]]:
    """(index of the page, index of the line) of every line that a run-together table takes up."""
    return frozenset((ref.page, ref.line) for table in tables for ref in table.refs)


def _logical(found: TextTable, pages: Sequence[RestoredPage]) -> LogicalTable:
    table = _with_lost_columns(found)
    fields = (Field.NUMBER, *table.layout.fields)
    above: tuple[TableHeading, ...] = ()
    rows: list[LogicalRow] = []
    untangled = with_goals(_untangled(table), table.layout)
    untangled = mended_rows(_legible(untangled, table), table.layout, _known(table))
    wanted = _usually_filled(untangled, table)
    for row in untangled:
        if row.heading:
            above = open_heading(above, _heading(row))
        else:
            rows.append(_logical_row(row, table, above, pages, _sure(row, table, wanted)))
    named = table.doubt is not HeaderDoubt.LOST
    return LogicalTable(("", *(str(f) for f in table.layout.fields)), fields, named, tuple(rows))


@lru_cache(8)
def _with_lost_columns(table: TextTable) -> TextTable:
    for _, page in groupby(table.lines, key=lambda line: line.ref.page):
        fields = scattered_columns([" ".join(token.text for token in line.tokens) for line in page])
        if not fields:
            continue
        return replace(table, layout=Layout(fields, numbered=True, inside=False, columnwise=True))
    named = table.doubt is not HeaderDoubt.LOST
    garbled = table.doubt in (HeaderDoubt.COLUMNS, HeaderDoubt.LOST)
    header = HeaderSays(table.layout, table.others, table.told, torn=covered(" ".join(table.header)) < 1.0)
    layout = likeliest_layout(table.lines, header, _known(table), named=named, garbled=garbled)
    return replace(table, layout=layout)


@lru_cache(8)
def _known(table: TextTable) -> KnownCells:
    return KnownCells(names=usual_names() | table.names)


@lru_cache(8)
def _untangled(table: TextTable) -> tuple[UntangledRow, ...]:
    tokens = sum(len(line.tokens) for line in table.lines)
    if tokens + len(table.lines) > _TOO_MANY:
        return rows_by_number(table.lines, table.layout)
    known = _known(table)
    if table.layout.columnwise:
        return read_by_columns(table.lines, table.layout.fields, known)
    parts = _read_alike(table.lines, table.layout, known)
    first = tuple(row for part, layout in parts for row in _rows(part, layout, known, QUICK))
    if tokens > _MANY:
        return first
    rows = first
    for width in (QUICK, THOROUGH if tokens <= _LONG else STEADY):
        widths, shown = measured(rows, table.layout).widths, shown_by(rows, table.layout, known)
        rows = tuple(row for part, layout in parts for row in _rows(part, replace(layout, widths=widths), shown, width))
    return rows


def _rows(lines: Sequence[TextLine], layout: Layout, known: KnownCells, width: Beam) -> tuple[UntangledRow, ...]:
    return read_in_turn(lines, layout, known) if layout.cellwise else untangle(lines, layout, known, width)


def _read_alike(
    lines: Sequence[TextLine], layout: Layout, known: KnownCells
) -> Sequence[tuple[tuple[TextLine, ...], Layout]]:
    """The lines in parts that were read in one way, across the columns or cell after cell: engines change between
    pages, seldom within one."""
    pages = [tuple(page) for _, page in groupby(lines, key=lambda line: line.ref.page)]
    ways = [layout.cellwise, *(_in_turn(page, layout, known) for page in pages[1:])]
    found: list[tuple[tuple[TextLine, ...], Layout]] = []
    for page, way in zip(pages, ways, strict=True):
        if found and found[-1][1].cellwise is way:
            found[-1] = (found[-1][0] + page, found[-1][1])
        else:
            found.append((page, replace(layout, cellwise=way)))
    return found


def _in_turn(page: Sequence[TextLine], layout: Layout, known: KnownCells) -> bool:
    some = page[:_SAMPLE]
    return cost_in_turn(CellsInTurn(some, known), layout) < cost_of(
        some, replace(layout, cellwise=False), known, NARROW
    )


def _legible(rows: Sequence[UntangledRow], table: TextTable) -> Sequence[UntangledRow]:
    """The rows; of those that hold the cells of others, and of a table read in an order of its own, the tasks alone.

    What is left out stays in the raw text of the row.
    """
    fields = table.layout.fields
    filled = [sum(map(bool, row.cells)) for row in rows if not row.heading]
    if sum(count >= min(_CELLS, len(fields)) for count in filled) >= _LEGIBLE * len(filled):
        return [_task_alone(row, fields) if _holds_others(row, fields) else row for row in rows]
    return [_task_alone(row, fields) for row in rows if not row.heading and _reads_as_task(row, fields)]


def _holds_others(row: UntangledRow, fields: Sequence[Field]) -> bool:
    """Whether some cell holds so many organisations in a row that they are those of several rows."""
    cells = zip(fields, row.cells, strict=False)
    return any(field in AGENCY_FIELDS and further_names(cell) >= _SEVERAL for field, cell in cells)


def _task_alone(row: UntangledRow, fields: Sequence[Field]) -> UntangledRow:
    cells = tuple(cell if field is Field.TASK else () for field, cell in zip(fields, row.cells, strict=True))
    return replace(row, cells=cells, cost=UNSURE * sum(map(len, row.cells)))


def _reads_as_task(row: UntangledRow, fields: Sequence[Field]) -> bool:
    """Whether some words stand in the task's cell, and no organisation or time."""
    task = next((cell for field, cell in zip(fields, row.cells, strict=True) if field is Field.TASK), ())
    text = join_lines([token.text for token in task])
    return len(task) >= _TASK_WORDS and agency_share(text) < _MOSTLY_AGENCY and not starts("time_head", text)


def _heading(row: UntangledRow) -> TableHeading:
    """A heading; its number may have been read amid its lines, where it stands centred in its column."""
    texts = [token.text for token in row.heading if not token.bar]
    inner = next((at for at, text in enumerate(texts) if at and re.fullmatch(r"[IVX]{2,5}[.)]?", text)), None)
    number = texts.pop(inner) if inner is not None else ""
    return heading_of(number, join_lines(texts))


def _logical_row(
    row: UntangledRow, table: TextTable, above: tuple[TableHeading, ...], pages: Sequence[RestoredPage], sure: bool
) -> LogicalRow:
    raw = " ".join(pages[ref.page].page.lines[ref.line].text for ref in row.lines)
    read = min((pages[ref.page].lines[ref.line].confidence for ref in row.lines), default=1.0)
    confidence = read * _parted_well(row)
    texts = [
        (Field.NUMBER, row.number),
        *zip(table.layout.fields, (join_lines([t.text for t in cell]) for cell in row.cells), strict=True),
    ]
    cells = tuple(
        (field, CellText(text, raw if field is Field.TASK else "", row.lines, None, confidence))
        for field, text in texts
        if text
    )
    return LogicalRow(cells, above, pages[row.lines[0].page].page.number, sure=sure)


def _parted_well(row: UntangledRow) -> float:
    """How well the words of a row fit the cells that they were parted into, 0 to 1: by what they cost each."""
    words = sum(map(len, row.cells))
    return 1 / (1 + exp(min(_STEEP * (row.cost / max(1, words) - _FAIR_COST), 30.0)))


def _of_two_rows(time: str) -> bool:
    """Whether a time names a year behind a whole span of years, as those of two rows do: '2021 - 2025 Năm 2022'.

    >>> [_of_two_rows(time) for time in ("2021 - 2025 của Năm 2022", "Giai đoạn 2021 - 2025", "2026, 2027")]
    [True, False, False]
    """
    return re.search(r"\d{4} ?[-–] ?(?:19|20)\d\d\b[^,;]*\b(?:19|20)\d\d\b", time) is not None


def _usually_filled(rows: Sequence[UntangledRow], table: TextTable) -> frozenset[Field]:
    cells = [row.cells for row in rows if not row.heading]
    return frozenset(
        field
        for column, field in enumerate(table.layout.fields)
        if sum(bool(row[column]) for row in cells) >= _USUALLY * len(cells)
    )


def _sure(row: UntangledRow, table: TextTable, wanted: frozenset[Field]) -> bool:
    """Whether nothing about a row looks torn: its wording, how its cells end, two names in one cell, an empty cell."""
    words = sum(len(cell) for cell in row.cells)
    if row.doubtful or row.cost > _SURE_COST * max(1, words):
        return False
    known = _known(table)
    for field, cell in zip(table.layout.fields, row.cells, strict=True):
        if not cell and field in wanted:
            return False
        if cell and (ends(field, cell, known) > 0 or (field in AGENCY_FIELDS and holds_another(cell))):
            return False
        if field in TIME_FIELDS and _of_two_rows(join_lines([token.text for token in cell])):
            return False
    return True
