"""Run-together lines -> rows: a beam search over where each line's columns part and where rows begin.

Inside a line the columns follow one another from left to right. A hypothesis holds the cells of the row that is being
filled; each further line goes on with that row, begins the next, or is a heading. Costs are nats (see cell_costs).
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from schema.outline.parts import mostly_capitals
from schema.run_together.hypotheses import (
    LONGEST_HEADING,
    Done,
    Hypothesis,
    all_closed,
    closed,
    in_brackets,
    is_below_heading,
)
from schema.run_together.in_turn import CellsInTurn
from schema.run_together.known_cells import NOTHING_KNOWN, KnownCells, Run, text_of, without_bars
from schema.run_together.line_parting import ColumnState, Way, ways_to_part
from schema.run_together.open_row import OpenRow, carried, column_states, empty_cell, grown, set_at, spanning
from schema.run_together.rows_amid import RowAmid, RowsAmid
from schema.run_together.text_row_headings import heading_cost, prose_cost
from schema.run_together.text_rows import (
    HEADING,
    NEW_ROW,
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

_HOPELESS = 25.0
_SECOND_NUMBER = 14.0
_GOAL_OVER = 3.0
"""Nats for a goal that goes on over the end of a row."""
_NUMBER_OVER = 3.0
"""Nats for the number of a row whose goal goes on with that of a row that has a number too."""
_GOAL_GAP = 3
"""Lines after which a goal no more goes on."""
_NUMBER_INSIDE = 6.0
"""Nats for a number below the beginning of its row, where it stands before the task or cells were read in turn."""


class _Fill(NamedTuple):
    """A hypothesis that goes on with a line, not made yet. low: how many lines below the top of the row it is set."""

    cost: float
    before: Hypothesis
    row: OpenRow
    line: int
    number: tuple[int, ...] | None
    runs: tuple[Run, ...]
    columns: tuple[ColumnState, ...]
    low: float


@dataclass(frozen=True, slots=True)
class Beam:
    """How many hypotheses stay: for so many lines at which the open row may have begun, so many each. turns: whether
    rows whose cells were read in turn are looked for besides."""

    starts: int
    each: int
    turns: bool = False


NARROW, QUICK = Beam(3, 1), Beam(4, 2)
STEADY, THOROUGH = Beam(5, 3, turns=True), Beam(8, 10, turns=True)
_BUILT = 3
"""Times as many hypotheses are weighed with the ends of their cells as stay."""


def untangle(
    lines: Sequence[TextLine], layout: Layout, known: KnownCells = NOTHING_KNOWN, width: Beam = THOROUGH
) -> tuple[UntangledRow, ...]:
    """The likeliest rows and headings, in order. Every line belongs to exactly one of them."""
    rows: list[UntangledRow] = []
    done = _cheapest(lines, layout, known, width).done
    while done:
        rows.append(done.row)
        done = done.before
    return tuple(reversed(rows))


def cost_of(lines: Sequence[TextLine], layout: Layout, known: KnownCells, width: Beam, limit: float = inf) -> float:
    """Nats that the likeliest rows take under a layout: the lower, the better it fits; infinite once above `limit`."""
    return _cheapest(lines, layout, known, width, limit).cost


def _cheapest(
    lines: Sequence[TextLine], layout: Layout, known: KnownCells, width: Beam, limit: float = inf
) -> Hypothesis:
    beam = [Hypothesis(0.0, (), None, (), 0, None)]
    amid = _Amid(RowsAmid(CellsInTurn(lines, known), layout), layout) if width.turns else None
    for index in range(len(lines)):
        beam += amid.landed(index) if amid else []
        ended = all_closed(beam, index, lines, layout)
        if amid:
            for h in ended:
                amid.passes(h, index)
        grown = [way for h in beam for way in _gone_on(h, index, lines, layout, known)]
        grown += [way for h in ended for way in _begun(h, index, lines, layout, known)]
        beam = _pruned(grown, known, width)
        if beam[0].cost > limit:
            return beam[0]._replace(cost=inf)
    beam += amid.landed(len(lines)) if amid else []
    return min((closed(h, len(lines), lines, layout) for h in beam), key=lambda h: h.cost)


class _Amid:
    """Rows whose cells were read in turn, as steps from a hypothesis with nothing open to one some lines below."""

    def __init__(self, rows: RowsAmid, layout: Layout) -> None:
        self._rows, self._layout = rows, layout
        self._ways: defaultdict[int, dict[RowNumber, tuple[float, Hypothesis, RowAmid]]] = defaultdict(dict)

    def passes(self, h: Hypothesis, index: int) -> None:
        """Goes on from a hypothesis over the rows that may begin at line `index`."""
        expected = following(h.last)
        for row in self._rows.beginning_at(index, expected):
            cost = h.cost + row.cost + (number_cost(row.number, h.last, is_below_heading(h)) if row.number else 0.0)
            last = row.number or (expected if self._layout.numbered else ())
            ways = self._ways[row.stop]
            if last not in ways or cost < ways[last][0]:
                ways[last] = cost, h, row

    def landed(self, index: int) -> list[Hypothesis]:
        """The hypotheses below such rows that end above line `index`."""
        return [
            Hypothesis(cost, last, None, (), index, Done(self._rows.made(row), h.done))
            for last, (cost, h, row) in self._ways.pop(index, {}).items()
        ]


def _pruned(grown: list[Hypothesis | _Fill], known: KnownCells, width: Beam) -> list[Hypothesis]:
    """The cheapest hypotheses, some for each line at which the open row may have begun."""
    best: dict[object, Hypothesis] = {}
    starts: dict[int, int] = {}
    bound = min(g.cost for g in grown) + _HOPELESS
    near = sorted((g for g in grown if g.cost <= bound), key=lambda g: g.cost)[: _BUILT * width.starts * width.each]
    built = [g if isinstance(g, Hypothesis) else _filled(g, known) for g in near]
    ranked = sorted([(h.cost + (h.row.ending if h.row else 0.0), at) for at, h in enumerate(built)])
    for cost, at in ranked:
        h = built[at]
        if cost > ranked[0][0] + _HOPELESS:
            break
        tails = tuple([(cell.tokens or cell.memory)[-2:] for cell in h.row.cells]) if h.row else ()
        start = h.row.first_line if h.row else -1 - h.heading_from
        key = (tails, h.row.number if h.row else None, start, h.last, bool(h.heading))
        if key in best or starts.get(start, 0) >= width.each or (start not in starts and len(starts) >= width.starts):
            continue
        best[key] = h
        starts[start] = starts.get(start, 0) + 1
    return list(best.values())


def _gone_on(
    h: Hypothesis, index: int, lines: Sequence[TextLine], layout: Layout, known: KnownCells
) -> list[Hypothesis | _Fill]:
    """The ways in which a line goes on with the heading or the row that is open."""
    line = lines[index]
    gone_on: list[Hypothesis | _Fill] = []
    inside = in_brackets(h.heading)
    heading = 0.0 if inside else heading_cost(line.tokens, bool(h.heading))
    if h.heading and heading is not None and len(h.heading) < LONGEST_HEADING and (inside or _alike(h.heading, line)):
        cost = h.cost + heading + prose_cost(line.tokens)
        gone_on.append(h._replace(cost=cost, heading=(*h.heading, *line.tokens)))
        if inside:
            return gone_on
    if len(line.tokens) == 1 and re.fullmatch(r"\d{1,3}", line.tokens[0].text):
        gone_on.append(h._replace(cost=h.cost + PAGE_NUMBER))
    if h.row:
        gone_on += _with_line(h, h.row, index, line, layout, known)
    return gone_on


def _alike(heading: Run, line: TextLine) -> bool:
    """Whether a line may go on with a heading: one in capitals goes on in capitals, or in brackets."""
    text, more = text_of(heading), text_of(without_bars(line.tokens))
    return more[:1] == "(" or not mostly_capitals(re.sub(r"\(.*", "", text)) or mostly_capitals(more)


def _begun(
    ended: Hypothesis, index: int, lines: Sequence[TextLine], layout: Layout, known: KnownCells
) -> list[Hypothesis | _Fill]:
    """The ways in which a line begins a heading or a row; in a row, the goal of the one above may go on."""
    line, goal = lines[index], ended.goal
    begun: list[Hypothesis | _Fill] = []
    without = ended._replace(cost=ended.cost + (goal.ending if goal else 0.0), goal=None)
    opening = heading_cost(line.tokens, False, line.numbered_heading)
    if opening is not None:
        cost = without.cost + opening + HEADING + prose_cost(line.tokens)
        begun.append(without._replace(cost=cost, heading=line.tokens, heading_from=index))
    empty = tuple([empty_cell(field, known) for field in layout.fields])
    row = OpenRow(None, -1, empty, index, ended.cost)
    begun += _with_line(without._replace(cost=without.cost + NEW_ROW), row, index, line, layout, known)
    if goal and index - goal.filled <= _GOAL_GAP:
        at = spanning(layout)
        over = row._replace(cells=(*empty[:at], carried(goal), *empty[at + 1 :]))
        going_on = ended._replace(cost=ended.cost + NEW_ROW + _GOAL_OVER, goal=None)
        begun += _with_line(going_on, over, index, line, layout, known)
    return begun


def _with_line(
    h: Hypothesis, row: OpenRow, index: int, line: TextLine, layout: Layout, known: KnownCells
) -> list[Hypothesis | _Fill]:
    """The ways in which a line may fill the open row."""
    columns = column_states(row, index, layout)
    ways = [(h.cost + cost, row.number, runs) for cost, runs in _near(ways_to_part(line.tokens, columns, known))]
    number = leading_number(line.tokens, layout, following(h.last))
    if number:
        before = h.cost + _number_cost(number, h, row, layout)
        own = row.number or number
        ways += [(before + cost, own, runs) for cost, runs in _near(ways_to_part(line.tokens[1:], columns, known))]
    filled: list[Hypothesis | _Fill] = []
    for cost, label, runs in ways:
        low, uneven = set_at(row, index, runs)
        filled.append(_Fill(cost + uneven, h, row, index, label, runs, columns, low))
    return filled


def _near(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """The ways to part a line, cheapest first, without those that are hopeless beside the first."""
    bound = ways[0][0] + _HOPELESS
    return ways if ways[-1][0] <= bound else tuple(way for way in ways if way[0] <= bound)


def _filled(fill: _Fill, known: KnownCells) -> Hypothesis:
    """The hypothesis with the line in its open row."""
    row, index, low, before = fill.row, fill.line, fill.low, fill.before
    cells = tuple(
        [
            grown(cell, run, index, low, column, known) if run else cell
            for cell, run, column in zip(row.cells, fill.runs, fill.columns, strict=True)
        ]
    )
    new = fill.number != row.number
    at, number_at = (index, low) if new else (row.number_line, row.number_at)
    filled = OpenRow(fill.number, at, cells, row.first_line, row.opened_at, low, number_at)
    return Hypothesis(fill.cost, before.last, filled, (), before.heading_from, before.done)


def _number_cost(number: tuple[int, ...], h: Hypothesis, row: OpenRow, layout: Layout) -> float:
    cost = _SECOND_NUMBER if row.number else 0.0
    if layout.merged and row.cells[spanning(layout)].goes_on and h.done and h.done.row.number:
        cost += _NUMBER_OVER
    if layout.inside and row.cells[layout.fields.index(Field.TASK)].tokens:
        cost += _NUMBER_INSIDE
    return cost + number_cost(number, h.last, is_below_heading(h))
