"""The row that is filled while run-together lines are untangled, and how evenly its cells are set. Costs are nats."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from schema.run_together.cell_costs import ends
from schema.run_together.known_cells import KnownCells, Run
from schema.run_together.line_parting import ColumnState, length, memory_of, room_left
from schema.run_together.text_rows import Layout
from schema.tables.columns import Field

_CROOKED = 1.2
"""Nats for each line by which a cell stands off the place where its row sets it: the top, or the middle."""
_LOOSE = 0.5
"""Lines by which it may stand off for nothing."""
_UNEVEN = 3.0
"""Nats for each line by which two lines of one cell are set further apart, or nearer, than one line."""
_HALF = 0.5
_ALTERNATE = 1
"""Lines between two of one cell that are those of cells set half a line higher or lower."""
_MOST_GAP = 6
_IN_TURN = 3.0
"""Nats for a row whose cells were read one after the other in a table that was read across its columns."""

_JUMBLED = 8.0
"""Nats for a row no two of whose cells share a line, and that do not follow one another as their columns do."""


class OpenCell(NamedTuple):
    """One cell of the row being filled.

    began, filled: index of its first and its last line (-1 none); lines: how many it has, longest: the characters of
    the longest. high, low: how many lines below the top of the row its first and its last line are set; lines of
    different columns may lie half a line apart. memory, room: see ColumnState. ending: cost of its ending so. goes_on:
    it goes on with the cell of the row above, whose last line `filled` names until it has one of its own, and whose
    words `memory` has.
    """

    tokens: Run
    began: int
    filled: int
    lines: int
    longest: int
    high: float
    low: float
    memory: Run
    room: float
    ending: float
    goes_on: bool = False


class OpenRow(NamedTuple):
    """The row being filled. low, number_at: how many lines below its top its last line and its number are set."""

    number: tuple[int, ...] | None
    number_line: int
    cells: tuple[OpenCell, ...]
    first_line: int
    opened_at: float
    low: float = 0.0
    number_at: float = 0.0

    @property
    def ending(self) -> float:
        """What it would cost to end the row as it stands."""
        return sum([cell.ending for cell in self.cells])


def empty_cell(field: Field, known: KnownCells) -> OpenCell:
    """A cell without words."""
    return OpenCell((), -1, -1, 0, 0, 0.0, 0.0, (), 0.0, ends(field, (), known))


def grown(cell: OpenCell, run: Run, index: int, low: float, column: ColumnState, known: KnownCells) -> OpenCell:
    """The cell with the words of line `index`, which is set `low` lines below the top of the row."""
    tokens, span = (*cell.tokens, *run), length(run)
    first = cell.began < 0
    whole = (*cell.memory, *run) if cell.goes_on else tokens
    return OpenCell(
        tokens,
        index if first else cell.began,
        index,
        cell.lines + 1,
        max(cell.longest, span),
        low if first else cell.high,
        low,
        memory_of(column.field, whole, known),
        room_left(column.width, span),
        ends(column.field, whole, known),
        cell.goes_on,
    )


def carried(cell: OpenCell) -> OpenCell:
    """The cell as it stands in the row below, where it may go on: without words of its own there."""
    return cell._replace(tokens=(), began=-1, lines=0, longest=0, ending=0.0, goes_on=True)


def spanning(layout: Layout) -> int:
    """The column whose cells span rows, -1 for none."""
    return layout.fields.index(Field.GOAL) if layout.merged else -1


def crookedness(row: OpenRow, apart: int = -1) -> float:
    """Cost of a row that ends for cells that are set neither all at its top nor all amid it, where
    they were not read one after the other either. apart: a column whose cells span rows, the row numbers with them."""
    cells = [cell for column, cell in enumerate(row.cells) if cell.began >= 0 and column != apart]
    in_turn = len(cells) > 1 and all(before.filled < after.began for before, after in pairwise(cells))
    if in_turn and row.number_line <= row.first_line:
        return _IN_TURN
    by_lines = sorted(cells, key=_began)
    jumbled = len(cells) > 2 and not in_turn and all(a.filled < b.began for a, b in pairwise(by_lines))
    set_at = [(cell.high, cell.low) for cell in cells]
    if row.number_line >= 0 and apart < 0:
        set_at.append((row.number_at, row.number_at))
    tops = sum(a for a, _ in set_at)
    middles = sum(max(0.0, abs(a + b - row.low) / 2 - _LOOSE) for a, b in set_at)
    return _CROOKED * min(tops, middles) + (_JUMBLED if jumbled else 0.0)


def _began(cell: OpenCell) -> int:
    return cell.began


def set_at(row: OpenRow, index: int, runs: Sequence[Run]) -> tuple[float, float]:
    """How many lines below the top of its row a line is set: a whole line below the one above where both hold lines of
    one cell, else half a line. And what it costs that lines of one cell are not one line apart then."""
    if index == row.first_line:
        return 0.0, 0.0
    kept = [cell for run, cell in zip(runs, row.cells, strict=True) if run and cell.began >= 0]
    low = row.low + (1.0 if any(cell.filled == index - 1 for cell in kept) else _HALF)
    off = 0.0
    for cell in kept:
        off += abs(low - cell.low - 1)
    return low, _UNEVEN * off


def column_states(row: OpenRow, index: int, layout: Layout) -> tuple[ColumnState, ...]:
    """For each column what the costs of the next line depend on."""
    widths = layout.widths or (0.0,) * len(layout.fields)
    latest = index - 1 - _ALTERNATE
    return tuple(
        [
            ColumnState(
                field,
                cell.memory,
                min(_MOST_GAP, max(0, latest - cell.filled)) if cell.filled >= 0 else -1,
                cell.room,
                width,
            )
            for field, cell, width in zip(layout.fields, row.cells, widths, strict=True)
        ]
    )
