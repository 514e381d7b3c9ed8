"""Run-together lines -> rows: a beam search over where each line's columns part and where rows begin.

Inside a line the columns follow one another from left to right. A hypothesis holds the cells of the row that is being
filled; each further line goes on with that row, begins the next, or is a heading. Costs are nats (see cell_costs).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf

from schema.run_together.cell_costs import NOTHING_KNOWN, KnownCells, Run, ends
from schema.run_together.line_parting import Way, ways_to_part
from schema.run_together.open_row import OpenRow, column_states, crookedness, length, set_at, uneven
from schema.run_together.text_row_headings import heading_cost, prose_cost
from schema.run_together.text_rows import (
    HEADING,
    NEW_ROW,
    NO_NUMBER,
    PAGE_NUMBER,
    Layout,
    TextLine,
    UntangledRow,
    following,
    leading_number,
    number_cost,
)
from schema.tables.columns import Field

_NUMBER_LAST = 3.5
_HOPELESS = 25.0
_LONGEST_HEADING = 40
_SECOND_NUMBER = 14.0
_NUMBER_INSIDE = 6.0
"""Nats for a number below the beginning of its row, where it stands before the task or cells were read in turn."""


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    cost: float
    last: tuple[int, ...]
    row: OpenRow | None
    heading: Run
    heading_from: int
    done: "_Done | None"


@dataclass(frozen=True, slots=True)
class _Fill:
    """A hypothesis that goes on with a line, not made yet. low: how many lines below the top of the row it is set."""

    cost: float
    before: _Hypothesis
    row: OpenRow
    index: int
    number: tuple[int, ...] | None
    runs: tuple[Run, ...]
    low: float


@dataclass(frozen=True, slots=True)
class _Done:
    row: UntangledRow
    before: "_Done | None"


@dataclass(frozen=True, slots=True)
class Beam:
    """How many hypotheses stay: for so many lines at which the open row may have begun, so many each."""

    starts: int
    each: int


NARROW, QUICK, THOROUGH = Beam(3, 1), Beam(4, 2), Beam(8, 10)
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
) -> _Hypothesis:
    beam = [_Hypothesis(0.0, (), None, (), 0, None)]
    for index in range(len(lines)):
        grown = [h for hypothesis in beam for h in _grow(hypothesis, index, lines, layout, known)]
        beam = _pruned(grown, layout, known, width)
        if beam[0].cost > limit:
            return replace(beam[0], cost=inf)
    return min((_closed(h, len(lines), lines, layout, known) for h in beam), key=lambda h: h.cost)


def _pruned(grown: list[_Hypothesis | _Fill], layout: Layout, known: KnownCells, width: Beam) -> list[_Hypothesis]:
    """The cheapest hypotheses, some for each line at which the open row may have begun."""
    best: dict[object, _Hypothesis] = {}
    starts: dict[int, int] = {}
    bound = min(g.cost for g in grown) + _HOPELESS
    near = sorted((g for g in grown if g.cost <= bound), key=lambda g: g.cost)[: _BUILT * width.starts * width.each]
    built = [g if isinstance(g, _Hypothesis) else _filled(g) for g in near]
    ranked = sorted(((h.cost + _ending(h.row, layout, known), at) for at, h in enumerate(built)))
    for cost, at in ranked:
        h = built[at]
        if cost > ranked[0][0] + _HOPELESS:
            break
        tails = tuple(cell[-2:] for cell in h.row.cells) if h.row else ()
        start = h.row.first_line if h.row else -1 - h.heading_from
        key = (tails, h.row.number if h.row else None, start, h.last, bool(h.heading))
        if key in best or starts.get(start, 0) >= width.each or (start not in starts and len(starts) >= width.starts):
            continue
        best[key] = h
        starts[start] = starts.get(start, 0) + 1
    return list(best.values())


def _grow(
    h: _Hypothesis, index: int, lines: Sequence[TextLine], layout: Layout, known: KnownCells
) -> list[_Hypothesis | _Fill]:
    line = lines[index]
    grown: list[_Hypothesis | _Fill] = []
    inside = sum(t.text.count("(") - t.text.count(")") for t in h.heading) > 0
    heading = 0.0 if inside else heading_cost(line.tokens, bool(h.heading))
    if h.heading and heading is not None and len(h.heading) < _LONGEST_HEADING:
        cost = h.cost + heading + prose_cost(line.tokens)
        grown.append(replace(h, cost=cost, heading=(*h.heading, *line.tokens)))
        if inside:
            return grown
    opening = heading_cost(line.tokens, False)
    if opening is not None:
        closed = _closed(h, index, lines, layout, known)
        cost = closed.cost + opening + HEADING + prose_cost(line.tokens)
        grown.append(replace(closed, cost=cost, heading=line.tokens, heading_from=index))
    if len(line.tokens) == 1 and re.fullmatch(r"\d{1,3}", line.tokens[0].text):
        grown.append(replace(h, cost=h.cost + PAGE_NUMBER))
    if h.row:
        grown += _with_line(h, h.row, index, line, layout, known)
    closed = _closed(h, index, lines, layout, known)
    columns = len(layout.fields)
    none, no_span = (-1,) * columns, (0,) * columns
    level = (0.0,) * columns
    empty = OpenRow(
        None, -1, ((),) * columns, none, none, no_span, ((0, 0),) * columns, index, closed.cost, level, level
    )
    fresh = replace(closed, cost=closed.cost + NEW_ROW)
    grown += _with_line(fresh, empty, index, line, layout, known)
    return grown


def _closed(h: _Hypothesis, index: int, lines: Sequence[TextLine], layout: Layout, known: KnownCells) -> _Hypothesis:
    """The hypothesis with its open row or heading finished before line `index`."""
    if h.heading:
        refs = tuple(line.ref for line in lines[h.heading_from : index])
        done = _Done(UntangledRow("", (), h.heading, refs, 0.0), h.done)
        return _Hypothesis(h.cost, h.last, None, (), index, done)
    if h.row is None:
        return h
    row, cost = h.row, h.cost + _ending(h.row, layout, known)
    last = row.number or (following(h.last) if layout.numbered else ())
    if layout.numbered and row.number is None:
        cost += NO_NUMBER
    cost += crookedness(row)
    if index - row.first_line >= 3 and row.number_line == index - 1:
        cost += _NUMBER_LAST
    refs = tuple(line.ref for line in lines[row.first_line : index])
    label = ".".join(map(str, row.number)) if row.number else ""
    done = _Done(UntangledRow(label, row.cells, (), refs, cost - row.opened_at, row.wraps), h.done)
    return _Hypothesis(cost, last, None, (), index, done)


def _ending(row: OpenRow | None, layout: Layout, known: KnownCells) -> float:
    """What it would cost to end the open row as it stands."""
    if row is None:
        return 0.0
    return sum(_end(field, cell, known) for field, cell in zip(layout.fields, row.cells, strict=True))


@lru_cache(200_000)
def _end(field: Field, cell: Run, known: KnownCells) -> float:
    return ends(field, cell, known)


def _with_line(
    h: _Hypothesis, row: OpenRow, index: int, line: TextLine, layout: Layout, known: KnownCells
) -> list[_Hypothesis | _Fill]:
    """The ways in which a line may fill the open row."""
    states = column_states(row, index, layout)
    ways = _near(ways_to_part(line.tokens, states, known))
    out: list[_Hypothesis | _Fill] = [_fill(h, row, index, row.number, cost, runs) for cost, runs in ways]
    number = leading_number(line.tokens, layout, following(h.last))
    if number:
        cost = _number_cost(number, h, row, layout)
        out += [
            _fill(h, row, index, row.number or number, cost + more, runs)
            for more, runs in _near(ways_to_part(line.tokens[1:], states, known))
        ]
    return out


def _near(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """The ways to part a line, cheapest first, without those that are hopeless beside the first."""
    bound = ways[0][0] + _HOPELESS
    return ways if ways[-1][0] <= bound else tuple(way for way in ways if way[0] <= bound)


def _fill(
    h: _Hypothesis, row: OpenRow, index: int, number: tuple[int, ...] | None, cost: float, runs: tuple[Run, ...]
) -> _Fill:
    low = set_at(row, index, runs)
    return _Fill(h.cost + cost + uneven(row, low, runs), h, row, index, number, runs, low)


def _filled(fill: _Fill) -> _Hypothesis:
    """The hypothesis with the line in its open row."""
    row, index, low = fill.row, fill.index, fill.low
    cells, began, filled = list(row.cells), list(row.began), list(row.filled)
    spans, wraps = list(row.spans), list(row.wraps)
    highs, lows = list(row.highs), list(row.lows)
    for column, run in enumerate(fill.runs):
        if not run:
            continue
        count, longest = wraps[column]
        if began[column] < 0:
            began[column], highs[column] = index, low
        cells[column] = (*cells[column], *run)
        lows[column] = low
        filled[column], spans[column] = index, length(run)
        wraps[column] = (count + 1, max(longest, spans[column]))
    new = fill.number != row.number
    columns = tuple(cells), tuple(began), tuple(filled), tuple(spans), tuple(wraps)
    places = tuple(highs), tuple(lows), low, low if new else row.number_at
    at = index if new else row.number_line
    grown = OpenRow(fill.number, at, *columns, row.first_line, row.opened_at, *places)
    before = fill.before
    return _Hypothesis(fill.cost, before.last, grown, (), before.heading_from, before.done)


def _number_cost(number: tuple[int, ...], h: _Hypothesis, row: OpenRow, layout: Layout) -> float:
    cost = _SECOND_NUMBER if row.number else 0.0
    if layout.inside and row.cells[layout.fields.index(Field.TASK)]:
        cost += _NUMBER_INSIDE
    after_heading = h.done is not None and h.done.row.heading != ()
    return cost + number_cost(number, h.last, after_heading)
