"""One table of one page with its texts: cells -> CellText, header rows found, columns with their place on the paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from extract.page import Box, Cell, Table, union_of
from normalize.fixes import RestoredPage
from schema.outline.blocks import LineRef
from schema.outline.line_breaks import join_lines
from schema.tables.calendar_columns import (
    CalendarColumn,
    counted_on,
    counted_through,
    names_times,
    time_of_column,
)
from schema.tables.columns import Field, field_of_header, fields_of_headers, is_header, numbers_columns


@dataclass(frozen=True, slots=True)
class CellText:
    """What stands in a cell. text: restored, one line. raw: as read. confidence: the least of its lines, 0 to 1.

    box: union on the page where the text begins; None where the file has no geometry.
    """

    text: str
    raw: str
    lines: tuple[LineRef, ...]
    box: Box | None
    confidence: float

    def joined(self, other: "CellText") -> "CellText":
        """This text and one that goes on with it, on the same page or the next."""
        if not self.text or other.text == self.text:
            return other if not self.text else self
        if not other.text:
            return self
        same_page = bool(self.lines and other.lines) and self.lines[0].page == other.lines[0].page
        boxes = [box for box in (self.box, other.box if same_page else None) if box]
        return CellText(
            join_lines([self.text, other.text]),
            f"{self.raw} {other.raw}".strip(),
            (*self.lines, *other.lines),
            union_of(boxes),
            min(self.confidence, other.confidence),
        )


EMPTY = CellText("", "", (), None, 1.0)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: where it stands, counted from 0, and what it says."""

    row: int
    col: int
    rowspan: int
    colspan: int
    content: CellText

    def covers_row(self, row: int) -> bool:
        return self.row <= row < self.row + self.rowspan

    def covers_col(self, col: int) -> bool:
        return self.col <= col < self.col + self.colspan


@dataclass(frozen=True, slots=True)
class Header:
    """The rows first..last-1 of a grid name its columns; texts, fields and times, one for each column.

    times: the stretch that a column stands for, None for all but those of a calendar.
    """

    first: int
    last: int
    texts: tuple[str, ...]
    fields: tuple[Field, ...]
    times: tuple[CalendarColumn | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of one page. page: index into the pages handed over; number: page number as printed in records."""

    page: int
    number: int
    box: Box | None
    n_rows: int
    n_cols: int
    ruled: bool
    cells: tuple[GridCell, ...]
    left_edges: tuple[float | None, ...]
    right_edges: tuple[float | None, ...]

    def row(self, row: int) -> tuple[GridCell, ...]:
        """The cells that begin in a row, left to right."""
        return tuple(cell for cell in self.cells if cell.row == row)

    def covering(self, row: int) -> tuple[GridCell, ...]:
        """The cells that reach down into a row from above it."""
        return tuple(cell for cell in self.cells if cell.row < row and cell.covers_row(row))


def read_grid(page_index: int, restored: RestoredPage, table: Table) -> Grid:
    """A table with the restored texts of its cells."""
    cells = tuple(
        GridCell(cell.row, cell.col, cell.rowspan, cell.colspan, cell_text(page_index, restored, cell))
        for cell in sorted(table.cells, key=lambda c: (c.row, c.col))
    )
    edges = [_edges(table.cells, col) for col in range(table.n_cols)]
    return Grid(
        page_index,
        restored.page.number,
        table.box,
        table.n_rows,
        table.n_cols,
        table.ruled,
        cells,
        tuple(left for left, _ in edges),
        tuple(right for _, right in edges),
    )


def cell_text(page_index: int, restored: RestoredPage, cell: Cell) -> CellText:
    """The restored text of a cell, its lines joined."""
    texts = [" ".join(restored.lines[i].text.split()) for i in cell.lines]
    kept = [(i, text) for i, text in zip(cell.lines, texts, strict=True) if text]
    confidences = [min(restored.page.lines[i].confidence, restored.lines[i].confidence) for i, _ in kept]
    return CellText(
        join_lines([text for _, text in kept]),
        " ".join(restored.page.lines[i].text for i, _ in kept),
        tuple(LineRef(page_index, i) for i, _ in kept),
        cell.box,
        min(confidences, default=1.0),
    )


def _edges(cells: Sequence[Cell], col: int) -> tuple[float | None, float | None]:
    boxes = [cell.box for cell in cells if cell.col == col and cell.colspan == 1 and cell.box]
    if not boxes:
        return None, None
    return min(box.x0 for box in boxes), max(box.x1 for box in boxes)


def find_header(grid: Grid) -> Header | None:
    """The rows that name the columns: the run near the top whose texts name the most fields; None where none does.

    Two levels are joined: a column under 'Phân công' / 'Chủ trì' goes by the lower name when that says something.
    """
    best: tuple[int, Header] | None = None
    for first, count in product(range(min(3, grid.n_rows)), (1, 2, 3, 4)):
        if first + count > grid.n_rows:
            continue
        header = _header_of(grid, first, first + count)
        if header is None:
            continue
        known = len(set(header.fields) - {Field.UNKNOWN})
        if best is None or known > best[0]:
            best = (known, header)
    return _with_times(grid, _with_rest(grid, _to_its_foot(grid, best[1]))) if best else None


def _to_its_foot(grid: Grid, header: Header) -> Header:
    """The header with the names that stand beside its highest cell: 'Năm 2026' and 'Năm 2030' below 'Kế hoạch'."""
    cells = [cell for cell in grid.cells if header.first <= cell.row < header.last and cell.content.text]
    foot = min(max(cell.row + cell.rowspan for cell in cells), grid.n_rows)
    if foot <= header.last:
        return header
    names = (_name(stack) for stack in _stacks(grid, header.first, foot))
    return replace(header, last=foot, texts=tuple(names))


def _stacks(grid: Grid, first: int, last: int) -> list[tuple[GridCell, ...]]:
    """The cells of some rows that hold text, column by column, from above."""
    heads = [cell for cell in grid.cells if first <= cell.row < last and cell.content.text]
    return [tuple(cell for cell in heads if cell.covers_col(col)) for col in range(grid.n_cols)]


def _header_of(grid: Grid, first: int, last: int) -> Header | None:
    stacks = _stacks(grid, first, last)
    unique = list(dict.fromkeys(stacks))
    names = [_name(stack) for stack in unique]
    times = zip(map(_time, unique), counted_through(names), strict=True)
    beside_times = [name for name, (own, counted) in zip(names, times, strict=True) if own is None and counted is None]
    if not is_header(names) and not is_header(beside_times):  # a calendar may have more columns than all the rest
        return None
    fields = dict(zip(unique, fields_of_headers(names), strict=True))
    texts = dict(zip(unique, names, strict=True))
    return Header(first, last, tuple(texts[s] for s in stacks), tuple(fields[s] for s in stacks), (None,) * grid.n_cols)


def _name(stack: tuple[GridCell, ...]) -> str:
    texts = [cell.content.text for cell in stack]
    lowest = texts[-1] if texts else ""
    whole = " ".join(texts)
    if len(texts) > 1 and field_of_header(lowest) is not Field.UNKNOWN and stack[0].colspan > stack[-1].colspan:
        return lowest
    return whole


def _with_rest(grid: Grid, header: Header) -> Header:
    """The header with the rows below that still belong to it: cells that reach down, column numbers, empty rows."""
    last = header.last
    while last < grid.n_rows:
        row = [cell for cell in grid.row(last) if cell.content.text]
        reached = any(cell.row < header.last and cell.content.text for cell in grid.covering(last))
        numbered = numbers_columns([cell.content.text for cell in row])
        if not (reached or numbered or not row):
            break
        last += 1
    return replace(header, last=last)


def _with_times(grid: Grid, header: Header) -> Header:
    """The header with the stretch of time that each column of a calendar stands for."""
    own = map(_time, _stacks(grid, header.first, header.last))
    times = [time or counted for time, counted in zip(own, counted_through(header.texts), strict=True)]
    for cell in grid.cells:
        if header.first <= cell.row < header.last and cell.colspan > 1 and names_times(cell.content.text):
            below = slice(cell.col, cell.col + cell.colspan)
            times[below] = counted_on(times[below])
    return replace(header, times=tuple(times))


def _time(stack: tuple[GridCell, ...]) -> CalendarColumn | None:
    """What the cells of a header over one column say of time; a number alone counts below a wider cell."""
    for above, cell in zip((None, *stack), stack, strict=False):
        over = above.content.text if above is not None and above.colspan > cell.colspan else ""
        if found := time_of_column(cell.content.text, over):
            return found
    return None
