"""Ruled tables without rules across between their rows: the high row that holds them, parted by what is printed.

Rules down alone, with a frame or a rule under the header, make one row of all the rows of a table. Row numbers in
sequence tell them; without numbers, white that is wider than between the lines of a cell. In points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from extract.page import Box, Cell, Word, union_of
from extract.tables.cells import Held, PlacedTable, held_to_table, words_to_lines
from extract.tables.headers import row_number
from extract.unruled.bands import WIDER, band_within_cells, is_numbered, row_bounds, white_bands
from extract.unruled.lanes import Lane

FEWEST_ROWS = 3
"""So many rows must be told by white alone: two paragraphs in each cell look like two rows."""

FEWEST_COLUMNS = 3
"""Nor is white alone believed in a table of two columns, which may be a letterhead or two lists."""


def high_rows_parted(placed: PlacedTable) -> PlacedTable:
    """The table with its high rows parted; the same table where there are none."""
    table = placed.table
    if table.box is None:
        return placed
    found: list[Held] = []
    added = 0
    for row, cells in groupby(sorted(table.cells, key=lambda c: (c.row, c.col)), key=lambda c: c.row):
        held = [(c, [w for i in c.lines for w in placed.lines[i].words]) for c in cells]
        bands = list(_parted(held, table.n_cols, alone=row == table.n_rows - 1 and row < 2))
        found += [(replace(c, row=row + added + n), words) for n, band in enumerate(bands) for c, words in band]
        added += len(bands) - 1
    return held_to_table(found, table.box, table.n_rows + added, table.n_cols, ruled=True) if added else placed


def _parted(held: Sequence[Held], n_cols: int, *, alone: bool) -> Iterator[Sequence[Held]]:
    """The rows that the cells of one hold, top to bottom. alone: nothing but a header stands above."""
    boxes = [c.box for c, _ in held if c.box is not None and c.rowspan == 1]
    if len(boxes) < n_cols or len(held) != len(boxes):
        yield held
        return
    columns = [*(b.x0 for b in boxes), boxes[-1].x1]
    lanes = _lanes([words for _, words in held])
    bounds = row_bounds(lanes, columns, ()) if len(lanes) > 1 else ()
    if not _are_rows(lanes, columns, bounds, alone=alone):
        yield held
        return
    for top, bottom in pairwise([boxes[0].top, *bounds, boxes[0].bottom]):
        yield [(_within(c, top, bottom), [w for w in words if top < _middle(w) <= bottom]) for c, words in held]


def _lanes(columns: Sequence[Sequence[Word]]) -> list[Lane]:
    """The printed lines over all columns, cut where a rule parts them."""
    column = {id(word): n for n, words in enumerate(columns) for word in words}
    lanes = []
    for line in words_to_lines([word for words in columns for word in words]):
        segments = [tuple(group) for _, group in groupby(line.words, key=lambda w: column[id(w)])]
        boxes = [union_of([w.box for w in segment if w.box is not None]) for segment in segments]
        lanes.append(Lane(tuple(segments), tuple(b for b in boxes if b is not None)))
    return lanes


def _are_rows(lanes: Sequence[Lane], columns: Sequence[float], bounds: Sequence[float], *, alone: bool) -> bool:
    """Whether what the bounds part are rows: numbered in sequence, or far apart where nothing else could be."""
    if not bounds:
        return False
    numbers = [n for lane in lanes if is_numbered(lane, columns) and (n := row_number(lane.texts()[0])) is not None]
    if any(after == before + 1 for before, after in pairwise(numbers)):
        return True
    usual = band_within_cells(lanes)
    bands = [b for b in white_bands(lanes) if any(b.top < y < b.bottom for y in bounds)]
    apart = all(b.width > usual + WIDER for b in bands) and len(bounds) + 1 >= FEWEST_ROWS
    return alone and apart and len(columns) > FEWEST_COLUMNS and _all_filled(lanes, columns, bounds)


def _all_filled(lanes: Sequence[Lane], columns: Sequence[float], bounds: Sequence[float]) -> bool:
    """Whether each row has print in most columns: in one long cell only that cell has print."""
    for top, bottom in pairwise([float("-inf"), *bounds, float("inf")]):
        places = [b.centre[0] for lane in lanes for b in lane.boxes if top < b.centre[1] <= bottom]
        filled = sum(any(left <= x < right for x in places) for left, right in pairwise(columns))
        if 2 * filled <= len(columns) - 1:
            return False
    return True


def _within(cell: Cell, top: float, bottom: float) -> Cell:
    assert cell.box is not None
    return replace(cell, box=Box(cell.box.x0, top, cell.box.x1, bottom))


def _middle(word: Word) -> float:
    return word.box.centre[1] if word.box is not None else 0.0
