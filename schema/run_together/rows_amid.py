"""Single rows whose cells were read one after the other, amid lines that were read across the columns: an engine takes
a row for a block of its own where white parts it from its neighbours. Costs are nats.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from schema.run_together.cell_costs import ends
from schema.run_together.in_turn import CellsInTurn
from schema.run_together.known_cells import Run, without_bars
from schema.run_together.line_parting import length
from schema.run_together.text_row_headings import heading_cost
from schema.run_together.text_rows import NEW_ROW, NO_NUMBER, Layout, RowNumber, UntangledRow, leading_number
from schema.tables.columns import Field

_MOST_LINES = 40
"""Lines of a row at most."""
_FEWEST_CELLS = 3
_OTHER_WAY = 3.0
"""Nats for a row that was read otherwise than the lines around it."""
_UNPARTED, _PARTED = 1.5, -1.0
"""Nats for two cells that no blank line parts, and for those that one does."""


class _Cell(NamedTuple):
    column: int
    start: int
    stop: int


class RowAmid(NamedTuple):
    """A row on lines start..stop-1. cost: without what its number costs; numbered: the line whose first word is the
    number, -1 for none.
    """

    number: RowNumber | None
    start: int
    stop: int
    cost: float
    cells: tuple[_Cell, ...]
    numbered: int


class _Part(NamedTuple):
    """The cheapest way to fill a row up to some column, and its cells."""

    cost: float
    cells: tuple[_Cell, ...]


class RowsAmid:
    """The rows read in turn that lines may hold, under one layout."""

    def __init__(self, cells: CellsInTurn, layout: Layout) -> None:
        self._cells, self._layout = cells, layout
        self._found: dict[tuple[int, bool], Mapping[int, _Part]] = {}
        self._missing = [ends(field, (), cells.known) for field in layout.fields]
        self._task = layout.fields.index(Field.TASK) if Field.TASK in layout.fields else 0

    def beginning_at(self, start: int, expected: RowNumber) -> Iterator[RowAmid]:
        """The rows that may begin at a line; none where neither a number nor a blank line above says so."""
        lines = self._cells.lines
        number = leading_number(lines[start].tokens, self._layout, expected)
        if not number and not lines[start].gap:
            return
        alone = number is not None and len(lines[start].tokens) == 1
        first = start + 1 if alone else start
        bare = NO_NUMBER if self._layout.numbered and not number else 0.0
        behind = number is not None and not alone
        if (first, behind) not in self._found:
            read = self._read(first, behind)
            self._found[first, behind] = {stop: part for stop, part in read.items() if self._may_stop(stop, part)}
        for stop, part in self._found[first, behind].items():
            cost = part.cost + NEW_ROW + bare + _OTHER_WAY
            yield RowAmid(number, start, stop, cost, part.cells, first if behind else -1)

    def _may_stop(self, stop: int, part: _Part) -> bool:
        lines = self._cells.lines
        if len(part.cells) < min(_FEWEST_CELLS, len(self._layout.fields)) or part.cells[0].column > self._task:
            return False
        if stop == len(lines) or lines[stop].gap or leading_number(lines[stop].tokens, self._layout, ()):
            return True
        return heading_cost(lines[stop].tokens, going_on=False) is not None

    def _read(self, first: int, behind_number: bool) -> dict[int, _Part]:
        """By the line below a row: the cheapest row from line `first` on."""
        lines, layout = self._cells.lines, self._layout
        open_at: dict[int, dict[int, _Part]] = {first: {-1: _Part(0.0, ())}}
        closed: dict[int, _Part] = {}
        for at in range(first, min(first + _MOST_LINES, len(lines))):
            for filled, part in open_at.pop(at, {}).items():
                skipped = (_PARTED if lines[at].gap else _UNPARTED) if filled >= 0 else 0.0
                for column in range(filled + 1, len(layout.fields)):
                    width = layout.widths[column] if layout.widths else 0.0
                    numbered = behind_number and at == first
                    for stop, cost in self._cells.spans(at, layout.fields[column], width, behind_number=numbered):
                        total = part.cost + skipped + cost
                        _keep(open_at.setdefault(stop, {}), column, total, part, _Cell(column, at, stop))
                        rest = sum(self._missing[column + 1 :])
                        _keep(closed, stop, total + rest, part, _Cell(column, at, stop))
                    skipped += self._missing[column]
        return closed

    def made(self, found: RowAmid) -> UntangledRow:
        """A row with its words in their cells."""
        lines, count = self._cells.lines, len(self._layout.fields)
        cells: list[Run] = [()] * count
        wraps = [(0, 0)] * count
        for cell in found.cells:
            runs = [without_bars(line.tokens) for line in lines[cell.start : cell.stop]]
            if cell.start == found.numbered:
                runs[0] = runs[0][1:]
            cells[cell.column] = tuple(token for run in runs for token in run)
            wraps[cell.column] = (len(runs), max(map(length, runs)))
        refs = tuple(line.ref for line in lines[found.start : found.stop])
        label = ".".join(map(str, found.number)) if found.number else ""
        return UntangledRow(label, tuple(cells), (), refs, found.cost, tuple(wraps))


def _keep(places: dict[int, _Part], key: int, cost: float, before: _Part, cell: _Cell) -> None:
    have = places.get(key)
    if have is None or cost < have.cost:
        places[key] = _Part(cost, (*before.cells, cell))
