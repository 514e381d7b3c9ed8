"""Logical tables: the grids of all pages -> one table of rows, whatever the page breaks did to it.

Repeated headers are dropped, continued tables without a header take the columns of the page before by their place on
the paper, rows that a page break cut are joined, section rows become headings of the rows below them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalize.fixes import RestoredPage
from schema.outline.flow import holds_data
from schema.outline.parts import mostly_capitals
from schema.tables.calendar_columns import CalendarColumn, ticked_time
from schema.tables.cell_signs import sign_of
from schema.tables.column_cells import completed, infer_fields
from schema.tables.columns import Field, names_columns_again, numbers_columns
from schema.tables.grids import EMPTY, CellText, Grid, GridCell, Header, find_header, read_grid
from schema.tables.row_assembly import LogicalRow, RawRow, assemble
from schema.tables.table_headings import heading_of, is_roman
from schema.values.money import counts_sums

_SHORT_NAME = 6
"""Letters of the longest name that a column of numbers is given, with dust."""
_CLOSE = 60.0
"""Points above a table in which the line stands that counts its sums: a title of two lines may stand between."""
_REPEATED = 3
"""Cells that begin with the names of their columns, at least, where the header was printed again."""


@dataclass(frozen=True, slots=True)
class LogicalTable:
    """One table. headers and fields stand for its columns; named: they come from a printed header.

    unit: the line above it that says in what its sums are counted, "ĐVT: triệu đồng"; '' where none does.
    """

    headers: tuple[str, ...]
    fields: tuple[Field, ...]
    named: bool
    rows: tuple[LogicalRow, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a grid: what the next page may go on with."""

    grid: Grid
    first_row: int
    headers: tuple[str, ...]
    fields: tuple[Field, ...]
    times: tuple[CalendarColumn | None, ...]
    named: bool


def read_logical_tables(pages: Sequence[RestoredPage]) -> tuple[LogicalTable, ...]:
    """The tables of a document in reading order, each whole. Total: a grid that says nothing gives UNKNOWN columns."""
    parts: list[tuple[_Columns, list[RawRow]]] = []
    units: list[str] = []
    for grid in _grids(pages):
        header = find_header(grid)
        before = parts[-1][0] if parts else None
        goes_on = before is not None and _goes_on(pages, before, grid, header)
        columns = _columns(grid, header, before if goes_on else None)
        rows = list(_raw_rows(grid, columns))
        if goes_on:
            parts[-1] = (columns, [*parts[-1][1], *rows])
        else:
            parts.append((columns, rows))
            units.append(_unit_above(pages[grid.page], grid))
    return tuple(
        LogicalTable(columns.headers, columns.fields, columns.named, assemble(rows), unit)
        for (columns, rows), unit in zip(parts, units, strict=True)
    )


def _unit_above(page: RestoredPage, grid: Grid) -> str:
    """The line close above a grid that says in what its sums are counted; '' without one, or without geometry."""
    if grid.box is None:
        return ""
    above = [
        (grid.box.top - line.box.bottom, restored.text)
        for line, restored in zip(page.page.lines, page.lines, strict=True)
        if line.box and line.box.bottom <= grid.box.top + 1 and counts_sums(restored.text)
    ]
    distance, text = min(above, default=(_CLOSE, ""))
    return text if distance < _CLOSE else ""


def _grids(pages: Sequence[RestoredPage]) -> Iterator[Grid]:
    for index, restored in enumerate(pages):
        for table in restored.page.tables:
            if holds_data(table):
                yield read_grid(index, restored, table)


def _goes_on(pages: Sequence[RestoredPage], before: _Columns, grid: Grid, header: Header | None) -> bool:
    """Whether a grid goes on with the table of the grid before it."""
    if grid.page - before.grid.page > 1 or _title_between(pages, before.grid, grid):
        return False
    if header is not None:
        known = [(a, b) for a, b in _paired(before, grid, header) if Field.UNKNOWN not in (a, b)]
        return len(known) >= 2 and sum(a is b for a, b in known) >= 0.8 * len(known)
    matched = _by_place(before, grid) if before.grid.box and grid.box else None
    if matched is not None:
        return sum(index is not None for index in matched) >= 0.7 * grid.n_cols
    return grid.n_cols == before.grid.n_cols


def _paired(before: _Columns, grid: Grid, header: Header) -> list[tuple[Field, Field]]:
    """For each column of a grid: the field of the column at its place on the page before, and its own."""
    matched = _by_place(before, grid) or (None,) * grid.n_cols
    old = [Field.UNKNOWN if i is None else before.fields[i] for i in matched]
    return list(zip(old, header.fields, strict=True))


def _title_between(pages: Sequence[RestoredPage], before: Grid, grid: Grid) -> bool:
    """Whether a title (a line in capitals outside of tables) stands between two grids: then another table begins."""
    for index in range(before.page, grid.page + 1):
        page = pages[index].page
        in_tables = {line for table in page.tables for cell in table.cells for line in cell.lines}
        for number, line in enumerate(pages[index].lines):
            box = page.lines[number].box
            if number in in_tables or not mostly_capitals(line.text) or len(line.text.split()) < 2:
                continue
            below = index > before.page or (box and before.box and box.top >= before.box.bottom)
            above = index < grid.page or (box and grid.box and box.bottom <= grid.box.top)
            if below and above:
                return True
    return False


def _columns(grid: Grid, header: Header | None, before: _Columns | None) -> _Columns:
    if header is not None:
        fields = _told_by_cells(grid, header)
        if before is not None:
            fields = tuple(b if a is Field.UNKNOWN else a for b, a in _paired(before, grid, header))
            if _runs_into_data(header.texts, before.headers):
                return _Columns(grid, header.first, before.headers, fields, header.times, named=True)
        return _Columns(grid, header.last, header.texts, fields, header.times, named=True)
    if before is not None:
        matched = _by_place(before, grid) or tuple(range(grid.n_cols))
        headers = tuple("" if i is None else before.headers[i] for i in matched)
        fields = tuple(Field.UNKNOWN if i is None else before.fields[i] for i in matched)
        times = tuple(None if i is None else before.times[i] for i in matched)
        return _Columns(grid, int(_opens_with_numbers(grid)), headers, fields, times, before.named)
    held = [[c.content.text for c in grid.cells if c.col == col and c.colspan == 1] for col in range(grid.n_cols)]
    return _Columns(grid, 0, ("",) * grid.n_cols, infer_fields(held), (None,) * grid.n_cols, named=False)


def _told_by_cells(grid: Grid, header: Header) -> tuple[Field, ...]:
    """The fields of a header; a first column whose short name was misread is known by the numbers in it.

    So is a column whose name is not among those known, where the header leaves open what its cells say.
    """
    held = [
        [cell.content.text for cell in grid.cells if cell.col == col and cell.row >= header.last and cell.colspan == 1]
        for col in range(grid.n_cols)
    ]
    numbers = len(header.texts[0]) <= _SHORT_NAME
    return tuple(
        old if new is Field.NUMBER and not (col == 0 and numbers) else new
        for col, (old, new) in enumerate(zip(header.fields, completed(header.fields, held), strict=True))
    )


def _opens_with_numbers(grid: Grid) -> bool:
    """Whether only the numbers of the columns, "(1) (2) (3)", are printed again on the page."""
    texts = [cell.content.text for cell in grid.row(0)]
    return len(texts) == grid.n_cols and numbers_columns(texts) and texts[0].strip(" ().") == "1"


def _by_place(before: _Columns, grid: Grid) -> tuple[int | None, ...] | None:
    """For each column of a grid, the column of the page before that stands at the same place; None without geometry.

    Places are shares of the table's width, since the next page may be scanned a little larger or shifted.
    """
    old, new = _shares(before.grid), _shares(grid)
    if old is None or new is None:
        return tuple(range(grid.n_cols)) if grid.n_cols == before.grid.n_cols else None
    found: list[int | None] = []
    for left, right in new:
        overlaps = [(min(right, r) - max(left, x), i) for i, (x, r) in enumerate(old)]
        width, index = max(overlaps)
        found.append(index if width >= 0.4 * (right - left) else None)
    return tuple(found)


def _shares(grid: Grid) -> tuple[tuple[float, float], ...] | None:
    edges = [(a, b) for a, b in zip(grid.left_edges, grid.right_edges, strict=True) if a is not None and b is not None]
    if grid.box is None or grid.box.width <= 0 or len(edges) != grid.n_cols:
        return None
    return tuple(((a - grid.box.x0) / grid.box.width, (b - grid.box.x0) / grid.box.width) for a, b in edges)


def _raw_rows(grid: Grid, columns: _Columns) -> Iterator[RawRow]:
    for row in range(columns.first_row, grid.n_rows):
        own = [cell for cell in _below_header(grid.row(row), columns.headers) if cell.content.text]
        if not own or names_columns_again([cell.content.text for cell in own]):
            continue
        covering = [cell for cell in grid.covering(row) if cell.row >= columns.first_row and cell.content.text]
        yield RawRow(
            own=_by_field(own, columns),
            spanning=_by_field(covering, columns),
            widest=max(cell.colspan for cell in own) / grid.n_cols,
            page=grid.number,
            first=row == columns.first_row,
            ruled=grid.ruled,
            opened_before=_opened_before(grid, row, columns),
        )


def _opened_before(grid: Grid, row: int, columns: _Columns) -> frozenset[Field]:
    """The fields of empty cells that reach from the first row of the page into a row below it."""
    first = columns.first_row
    above = (cell for cell in grid.covering(row) if cell.row == first and cell.colspan == 1)
    return frozenset(columns.fields[cell.col] for cell in above if not cell.content.text)


def _runs_into_data(texts: Sequence[str], before: Sequence[str]) -> bool:
    """Whether the header of the page before is printed again with the rest of a cut row in its cells."""
    again = len(texts) == len(before) and all(a.startswith(b) for a, b in zip(texts, before, strict=True))
    return again and sum(map(bool, before)) >= _REPEATED and tuple(texts) != tuple(before)


def _below_header(cells: Sequence[GridCell], headers: Sequence[str]) -> Sequence[GridCell]:
    """The cells of a row without the header where it was printed again: as a row, or run into the row below it.

    The rule below a header that a page break repeats is often lost, and the rest of a cut row joins it.
    """
    named = [(cell, headers[cell.col]) for cell in cells if cell.content.text]
    again = sum(bool(header) and cell.content.text.startswith(header) for cell, header in named)
    if again < _REPEATED or again < len(named):
        return cells
    return [replace(cell, content=_without(cell.content, headers[cell.col])) for cell in cells]


def _without(content: CellText, header: str) -> CellText:
    return replace(content, text=content.text[len(header) :].strip())


def _by_field(cells: Sequence[GridCell], columns: _Columns) -> tuple[tuple[Field, CellText], ...]:
    """The texts of some cells under their fields; a column that a stray rule parted comes together again.

    Ticks below a calendar are a time; other ticks and marks for nothing are no text.
    """
    found: dict[Field, CellText] = {}
    if ticked := _ticked(cells, columns):
        found[Field.DEADLINE] = ticked
    for cell in cells:
        field = columns.fields[cell.col]
        if field is not Field.NUMBER and sign_of(cell.content.text) in ("tick", "nothing"):
            continue
        if field is Field.NUMBER and (cell.colspan > 1 or _is_numbered_title(cell.content.text)):
            beside = next(iter(columns.fields[cell.col + 1 :]), Field.UNKNOWN)
            field = Field.TASK if Field.TASK in columns.fields else beside
        found[field] = found.get(field, EMPTY).joined(cell.content)
    return tuple(found.items())


def _ticked(cells: Sequence[GridCell], columns: _Columns) -> CellText | None:
    """The time that the ticks of a row below a calendar name; None where there are none."""
    held = [next((c for c in cells if c.covers_col(col)), None) for col in range(len(columns.times))]
    calendar = [(time, cell) for time, cell in zip(columns.times, held, strict=True) if time is not None]
    text = ticked_time([(time, cell.content.text if cell else "") for time, cell in calendar])
    whole = EMPTY
    for _, cell in calendar:
        whole = whole.joined(cell.content) if cell and sign_of(cell.content.text) == "tick" else whole
    return replace(whole, text=text) if text else None


def _is_numbered_title(text: str) -> bool:
    """Whether a cell of the number column holds a title, as one that begins at the edge of an unruled table does."""
    return is_roman(heading_of("", text).number) and len(text.split()) > 2
