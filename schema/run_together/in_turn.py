"""Lines whose cells were read one after the other -> rows: every line belongs to one cell, and cells follow one
another as they stand, row after row. The cheapest reading is found whole, without a beam. Costs are nats.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schema.run_together.cell_costs import ends
from schema.run_together.known_cells import NOTHING_KNOWN, KnownCells, Run, without_bars
from schema.run_together.line_parting import length, whole_line_cost
from schema.run_together.text_row_headings import heading_cost, is_number_alone, prose_cost
from schema.run_together.text_rows import (
    HEADING,
    NEW_ROW,
    NO_NUMBER,
    PAGE_NUMBER,
    Layout,
    RowNumber,
    TextLine,
    UntangledRow,
    following,
    leading_number,
    number_cost,
)
from schema.tables.columns import Field

_MOST_LINES = 14
"""Lines of a cell at most."""
_DEAR = 90.0
"""Nats above which a line goes on with no cell."""
_BLANK_INSIDE = 2.5
"""Nats for a blank line amid a cell."""
_MOSTLY_BLANK = 0.6
"""Share of lines with a blank line above from which these say nothing."""
_MOST_HEADING = 4


@dataclass(frozen=True, slots=True)
class _Step:
    """How the cheapest reading came to a place: from where, and what lies between. column: -1 for none."""

    cost: float
    before: "_Step | None"
    start: int
    stop: int
    column: int
    kind: str
    number: RowNumber
    last: RowNumber


def read_in_turn(
    lines: Sequence[TextLine], layout: Layout, known: KnownCells = NOTHING_KNOWN
) -> tuple[UntangledRow, ...]:
    """The likeliest rows and headings, in order, where the cells were read in turn."""
    return tuple(_rows(lines, layout, _cheapest(CellsInTurn(lines, known), layout)))


def cost_in_turn(cells: "CellsInTurn", layout: Layout) -> float:
    """Nats that the likeliest reading of cells in turn takes."""
    return _cheapest(cells, layout).cost


class CellsInTurn:
    """The cells that lines may hold whose cells were read in turn; each is weighed once, under whatever layouts."""

    def __init__(self, lines: Sequence[TextLine], known: KnownCells) -> None:
        self.lines, self.known = lines, known
        blank = sum(line.gap for line in lines) / max(1, len(lines))
        self._blank = _BLANK_INSIDE if blank < _MOSTLY_BLANK else 0.0
        self._runs = [without_bars(line.tokens) for line in lines]
        self._spans: dict[tuple[int, Field, float, bool], Sequence[tuple[int, float]]] = {}

    def spans(self, start: int, field: Field, width: float, *, behind_number: bool) -> Sequence[tuple[int, float]]:
        """Where a cell that begins at a line may stop, and what it costs. behind_number: the line's first word is the
        number of its row; width: see ColumnState."""
        key = start, field, width, behind_number
        if key not in self._spans:
            self._spans[key] = tuple(self._weighed(start, field, width, behind_number))
        return self._spans[key]

    def _weighed(self, start: int, field: Field, width: float, behind_number: bool) -> Iterator[tuple[int, float]]:
        cell: Run = ()
        total = 0.0
        for at in range(start, min(start + _MOST_LINES, len(self.lines))):
            run = without_bars(self.lines[at].tokens[1:]) if behind_number and at == start else self._runs[at]
            if not run:
                return
            above = length(self.lines[at - 1].tokens) if at else 0
            more = whole_line_cost(run, field, cell, self.known, width, above)
            total += more + (self._blank if cell and self.lines[at].gap else 0.0)
            if more > _DEAR:
                return
            cell = (*cell, *run)
            yield at + 1, total + ends(field, cell, self.known)


def _cheapest(cells: CellsInTurn, layout: Layout) -> _Step:
    search, lines = _Search(cells, layout), cells.lines
    for at in range(len(lines)):
        search.advance(at)
    return search.closed[len(lines)] or _Step(float("inf"), None, 0, 0, -1, "", (), ())


class _Search:
    """The cheapest readings of the first lines: with no row open, or with one that is filled up to some column."""

    def __init__(self, cells: CellsInTurn, layout: Layout) -> None:
        self.cells, self.lines, self.layout = cells, cells.lines, layout
        count = len(cells.lines)
        self.closed: list[_Step | None] = [None] * (count + 1)
        self.open: list[dict[int, _Step]] = [{} for _ in range(count + 1)]
        self.closed[0] = _Step(0.0, None, 0, 0, -1, "", (), ())
        self.missing = [ends(field, (), cells.known) for field in layout.fields]

    def advance(self, at: int) -> None:
        """Goes on from line `at` in every way."""
        closed = self.closed[at]
        if closed:
            self._headings(closed, at)
            self._row_begins(closed, at)
        for column, step in list(self.open[at].items()):
            self._cells(step, at, column)
            if _is_stray(self.lines[at].tokens):
                self._put(step, PAGE_NUMBER, at, at + 1, column, "skip")

    def _headings(self, step: _Step, at: int) -> None:
        cost, text = step.cost, self.lines[at].tokens
        if _is_stray(text):
            self._close(at + 1, _grown(step, PAGE_NUMBER, at, at + 1, -1, "skip"))
        opening = heading_cost(text, going_on=False, numbered=self.lines[at].numbered_heading)
        if opening is None:
            return
        cost = opening + HEADING + prose_cost(text)
        for stop in range(at + 1, min(at + 1 + _MOST_HEADING, len(self.lines) + 1)):
            self._close(stop, _grown(step, cost, at, stop, -1, "heading"))
            if stop == len(self.lines):
                return
            titled = stop == at + 1 and is_number_alone(text)
            more = 0.0 if titled else heading_cost(self.lines[stop].tokens, going_on=True)
            if more is None:
                return
            cost += more + prose_cost(self.lines[stop].tokens)

    def _row_begins(self, step: _Step, at: int) -> None:
        tokens, last = self.lines[at].tokens, step.last
        number = leading_number(tokens, self.layout, following(last)) if tokens else None
        if number:
            after_heading = step.kind == "heading"
            cost = NEW_ROW + number_cost(number, last, after_heading)
            begun = _grown(step, cost, at, at, -1, "row", number)
            if len(tokens) == 1:
                self._keep(at + 1, begun)
            else:
                self._cells(begun, at, -1, behind_number=True)
        bare = NEW_ROW + (NO_NUMBER if self.layout.numbered else 0.0)
        self._cells(_grown(step, bare, at, at, -1, "row", (), following(last)), at, -1)

    def _cells(self, step: _Step, at: int, filled: int, *, behind_number: bool = False) -> None:
        """Every cell that may begin at a line, right of the column filled last."""
        skipped = 0.0
        for column in range(filled + 1, len(self.layout.fields)):
            width = self.layout.widths[column] if self.layout.widths else 0.0
            spans = self.cells.spans(at, self.layout.fields[column], width, behind_number=behind_number)
            for stop, cost in spans:
                self._put(step, skipped + cost, at, stop, column, "cell")
            skipped += self.missing[column]

    def _put(self, step: _Step, cost: float, at: int, stop: int, column: int, kind: str) -> None:
        """Goes on with an open row, where no cheaper reading is filled as far."""
        have = self.open[stop].get(column)
        if have is None or step.cost + cost < have.cost:
            self._keep(stop, _grown(step, cost, at, stop, column, kind))

    def _keep(self, at: int, step: _Step) -> None:
        column = step.column
        have = self.open[at].get(column)
        if have is None or step.cost < have.cost:
            self.open[at][column] = step
        if column >= 0:
            rest = sum(self.missing[column + 1 :])
            self._close(at, _grown(step, rest, at, at, column, "end"))

    def _close(self, at: int, step: _Step) -> None:
        have = self.closed[at]
        if have is None or step.cost < have.cost:
            self.closed[at] = step


def _is_stray(tokens: Run) -> bool:
    """Whether a line is a page's number or dirt."""
    return len(tokens) == 1 and re.fullmatch(r"\d{1,3}|\W+|[a-zA-Z]", tokens[0].text) is not None


def _grown(
    step: _Step,
    cost: float,
    start: int,
    stop: int,
    column: int,
    kind: str,
    number: RowNumber = (),
    last: RowNumber = (),
) -> _Step:
    return _Step(step.cost + cost, step, start, stop, column, kind, number, number or last or step.last)


def _rows(lines: Sequence[TextLine], layout: Layout, step: _Step | None) -> Iterator[UntangledRow]:
    steps: list[_Step] = []
    while step:
        steps.append(step)
        step = step.before
    steps.reverse()
    opened: list[_Step] = []
    for step in steps:
        if step.kind == "heading":
            tokens = tuple(token for line in lines[step.start : step.stop] for token in line.tokens)
            refs = tuple(line.ref for line in lines[step.start : step.stop])
            yield UntangledRow("", (), tokens, refs, 0.0)
        elif step.kind == "end":
            yield _row(lines, layout, opened, step)
            opened = []
        elif step.kind in ("row", "cell"):
            opened.append(step)


def _row(lines: Sequence[TextLine], layout: Layout, steps: Sequence[_Step], end: _Step) -> UntangledRow:
    cells: list[Run] = [()] * len(layout.fields)
    wraps = [(0, 0)] * len(layout.fields)
    first = steps[0]
    for step in steps[1:]:
        runs = [without_bars(line.tokens) for line in lines[step.start : step.stop]]
        if first.number and step.start == first.start:
            runs[0] = runs[0][1:]
        cells[step.column] = tuple(token for run in runs for token in run)
        wraps[step.column] = (len(runs), max(map(length, runs)))
    opened_at = first.before.cost if first.before else 0.0
    label = ".".join(map(str, first.number))
    refs = tuple(line.ref for line in lines[first.start : end.stop])
    return UntangledRow(label, tuple(cells), (), refs, end.cost - opened_at, tuple(wraps))
