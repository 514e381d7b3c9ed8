"""The row that is filled while run-together lines are untangled, and how evenly its cells are set. Costs are nats."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from schema.run_together.cell_costs import Run
from schema.run_together.line_parting import ColumnState
from schema.run_together.text_rows import Layout

_CROOKED = 1.2
"""Nats for each line by which a cell stands off the place where its row sets it: the top, or the middle."""
_LOOSE = 0.5
"""Lines by which it may stand off for nothing."""
_UNEVEN = 3.0
"""Nats for each line by which two lines of one cell are set further apart, or nearer, than one line."""
_HALF = 0.5
_ALTERNATE = 1
"""Lines between two of one cell that are those of cells set half a line higher or lower."""
_IN_TURN = 3.0
"""Nats for a row whose cells were read one after the other in a table that was read across its columns."""


@dataclass(frozen=True, slots=True)
class OpenRow:
    """The row being filled. began, filled: for each column, index of the first and the last line in it (-1 none).

    spans: for each column, the characters of its last line. highs, lows: how many lines below the top of the row its
    first and its last line are set; lines of different columns may lie half a line apart. low, number_at: the same for
    the last line of the row and for its number.
    """

    number: tuple[int, ...] | None
    number_line: int
    cells: tuple[Run, ...]
    began: tuple[int, ...]
    filled: tuple[int, ...]
    spans: tuple[int, ...]
    wraps: tuple[tuple[int, int], ...]
    first_line: int
    opened_at: float
    highs: tuple[float, ...]
    lows: tuple[float, ...]
    low: float = 0.0
    number_at: float = 0.0


def crookedness(row: OpenRow) -> float:
    """Cost of a row that ends for cells that are set neither all at its top nor all amid it, where
    they were not read one after the other either."""
    places = [(a, b) for a, b in zip(row.began, row.filled, strict=True) if a >= 0]
    in_turn = len(places) > 1 and all(before[1] < after[0] for before, after in pairwise(places))
    if in_turn and row.number_line <= row.first_line:
        return _IN_TURN
    set_at = [(a, b) for a, b, began in zip(row.highs, row.lows, row.began, strict=True) if began >= 0]
    if row.number_line >= 0:
        set_at.append((row.number_at, row.number_at))
    tops = sum(a for a, _ in set_at)
    middles = sum(max(0.0, abs(a + b - row.low) / 2 - _LOOSE) for a, b in set_at)
    return _CROOKED * min(tops, middles)


def set_at(row: OpenRow, index: int, runs: tuple[Run, ...]) -> float:
    """How many lines below the top of its row a line is set: a whole line below the one above where both hold lines of
    one cell, else half a line."""
    if index == row.first_line:
        return 0.0
    shared = any(run and filled == index - 1 for run, filled in zip(runs, row.filled, strict=True))
    return row.low + (1.0 if shared else _HALF)


def uneven(row: OpenRow, low: float, runs: tuple[Run, ...]) -> float:
    """Cost of a line set `low` lines below the top of its row, for cells whose lines are not one line apart then."""
    off = 0.0
    for run, cell, before in zip(runs, row.cells, row.lows, strict=True):
        if run and cell:
            off += abs(low - before - 1)
    return _UNEVEN * off


@lru_cache(50_000)
def length(run: Run) -> int:
    """Characters of some tokens on a line, bars left out."""
    return sum(len(token.text) + 1 for token in run if not token.bar) - 1


def column_states(row: OpenRow, index: int, layout: Layout) -> tuple[ColumnState, ...]:
    """For each column what the costs of the next line depend on."""
    widths = layout.widths or (0.0,) * len(layout.fields)
    return tuple(
        ColumnState(
            field,
            cell,
            min(6, max(0, index - 1 - filled - _ALTERNATE)) if filled >= 0 else -1,
            span if width else 0,
            width,
        )
        for field, cell, filled, span, width in zip(
            layout.fields, row.cells, row.filled, row.spans, widths, strict=True
        )
    )
