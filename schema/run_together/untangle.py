"""Run-together lines -> rows: a beam search over where each line's columns part and where rows begin.

Inside a line the columns follow one another from left to right. A hypothesis holds the cells of the row that is being
filled; each further line goes on with that row, begins the next, or is a heading. Costs are nats (see cell_costs).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from schema.run_together.cell_costs import NOTHING_KNOWN, KnownCells, Run, ends
from schema.run_together.line_parting import ColumnState, ways_to_part
from schema.run_together.text_row_headings import heading_cost, prose_cost
from schema.run_together.text_rows import Layout, TextLine, UntangledRow, leading_number
from schema.tables.columns import Field

_NUMBER_LAST = 3.5
_PAGE_NUMBER = 6.0
_HOPELESS = 25.0
_LONGEST_HEADING = 40
_NEW_ROW = 2.5
_NO_NUMBER = 4.0
_EXPECTED = -3.0
_SKIPPED = 2.5
_WRONG_NUMBER = 9.0
_SECOND_NUMBER = 14.0
_NUMBER_INSIDE = 6.0
"""Nats for a number below the beginning of its row, where it stands before the task or cells were read in turn."""
_HEADING = 7.0
_BACKWARD = 5.0
"""Nats that a line costs which goes back to a column further left, where an engine read cell after cell."""
_JOINT = 4.0
"""Nats for two cells on one line there."""
_CROOKED = 0.9
"""Nats for each line by which a cell stands off the place where its row sets it: the top, or the middle."""


_IN_TURN = 3.0
"""Nats for a row whose cells were read one after the other in a table that was read across its columns."""


@dataclass(frozen=True, slots=True)
class _Open:
    """The row being filled. began, filled: for each column, index of the first and the last line in it (-1 none).

    spans: for each column, the characters of its last line.
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


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    cost: float
    last: tuple[int, ...]
    row: _Open | None
    heading: Run
    heading_from: int
    done: "_Done | None"


@dataclass(frozen=True, slots=True)
class _Done:
    row: UntangledRow
    before: "_Done | None"


@dataclass(frozen=True, slots=True)
class Beam:
    """How many hypotheses stay: for so many lines at which the open row may have begun, so many each."""

    starts: int
    each: int


QUICK, THOROUGH = Beam(3, 1), Beam(4, 2)


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


def cost_of(lines: Sequence[TextLine], layout: Layout, known: KnownCells, width: Beam) -> float:
    """Nats that the likeliest rows take under a layout: the lower, the better it fits."""
    return _cheapest(lines, layout, known, width).cost


def _cheapest(lines: Sequence[TextLine], layout: Layout, known: KnownCells, width: Beam) -> _Hypothesis:
    beam = [_Hypothesis(0.0, (), None, (), 0, None)]
    for index in range(len(lines)):
        grown = [h for hypothesis in beam for h in _grow(hypothesis, index, lines, layout, known)]
        beam = _pruned(grown, layout, known, width)
    return min((_closed(h, len(lines), lines, layout, known) for h in beam), key=lambda h: h.cost)


def _pruned(grown: list[_Hypothesis], layout: Layout, known: KnownCells, width: Beam) -> list[_Hypothesis]:
    """The cheapest hypotheses, some for each line at which the open row may have begun."""
    best: dict[object, _Hypothesis] = {}
    starts: dict[int, int] = {}
    ranked = sorted(((h.cost + _ending(h.row, layout, known), at) for at, h in enumerate(grown)))
    for cost, at in ranked:
        h = grown[at]
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
) -> list[_Hypothesis]:
    line = lines[index]
    grown: list[_Hypothesis] = []
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
        cost = closed.cost + opening + _HEADING + prose_cost(line.tokens)
        grown.append(replace(closed, cost=cost, heading=line.tokens, heading_from=index))
    if len(line.tokens) == 1 and re.fullmatch(r"\d{1,3}", line.tokens[0].text):
        grown.append(replace(h, cost=h.cost + _PAGE_NUMBER))
    if h.row:
        grown += _with_line(h, h.row, index, line, layout, known)
    closed = _closed(h, index, lines, layout, known)
    columns = len(layout.fields)
    none, no_span = (-1,) * columns, (0,) * columns
    empty = _Open(None, -1, ((),) * columns, none, none, no_span, ((0, 0),) * columns, index, closed.cost)
    fresh = replace(closed, cost=closed.cost + _NEW_ROW)
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
    last = row.number or (_next(h.last) if layout.numbered else ())
    if layout.numbered and row.number is None:
        cost += _NO_NUMBER
    if not layout.cellwise:
        cost += _crookedness(row, index)
        if index - row.first_line >= 3 and row.number_line == index - 1:
            cost += _NUMBER_LAST
    refs = tuple(line.ref for line in lines[row.first_line : index])
    label = ".".join(map(str, row.number)) if row.number else ""
    done = _Done(UntangledRow(label, row.cells, (), refs, cost - row.opened_at, row.wraps), h.done)
    return _Hypothesis(cost, last, None, (), index, done)


def _crookedness(row: _Open, index: int) -> float:
    """Cost of a row that ends before line `index` for cells that are set neither all at its top nor all amid it, where
    they were not read one after the other either."""
    last = index - 1
    places = [(a, b) for a, b in zip(row.began, row.filled, strict=True) if a >= 0]
    in_turn = len(places) > 1 and all(before[1] < after[0] for before, after in pairwise(places))
    if in_turn and row.number_line <= row.first_line:
        return _IN_TURN
    if row.number_line >= 0:
        places.append((row.number_line, row.number_line))
    tops = sum(a - row.first_line for a, _ in places)
    middles = sum(max(0.0, abs((a + b) - (row.first_line + last)) / 2 - 0.5) for a, b in places)
    return _CROOKED * min(tops, middles)


def _ending(row: _Open | None, layout: Layout, known: KnownCells) -> float:
    """What it would cost to end the open row as it stands."""
    if row is None:
        return 0.0
    return sum(_end(field, cell, known) for field, cell in zip(layout.fields, row.cells, strict=True))


@lru_cache(200_000)
def _end(field: Field, cell: Run, known: KnownCells) -> float:
    return ends(field, cell, known)


def _next(number: tuple[int, ...]) -> tuple[int, ...]:
    return (*number[:-1], number[-1] + 1) if number else (1,)


def _with_line(
    h: _Hypothesis, row: _Open, index: int, line: TextLine, layout: Layout, known: KnownCells
) -> list[_Hypothesis]:
    """The ways in which a line may fill the open row."""
    states, joint = _states(row, index, layout), _JOINT if layout.cellwise else 0.0
    ways = ways_to_part(line.tokens, states, known, joint)
    out = [_filled(h, row, index, row.number, cost, runs) for cost, runs in ways]
    number = leading_number(line.tokens, layout, _next(h.last))
    if number:
        cost = _number_cost(number, h, row, layout)
        out += [
            _filled(h, row, index, row.number or number, cost + more, runs)
            for more, runs in ways_to_part(line.tokens[1:], states, known, joint)
        ]
    return out


def _filled(
    h: _Hypothesis, row: _Open, index: int, number: tuple[int, ...] | None, cost: float, runs: tuple[Run, ...]
) -> _Hypothesis:
    cells, began, filled = list(row.cells), list(row.began), list(row.filled)
    spans, wraps = list(row.spans), list(row.wraps)
    for column, run in enumerate(runs):
        if not run:
            continue
        count, longest = wraps[column]
        cells[column] = (*cells[column], *run)
        began[column] = began[column] if began[column] >= 0 else index
        filled[column], spans[column] = index, _length(run)
        wraps[column] = (count + 1, max(longest, spans[column]))
    at = index if number != row.number else row.number_line
    columns = tuple(cells), tuple(began), tuple(filled), tuple(spans), tuple(wraps)
    grown = _Open(number, at, *columns, row.first_line, row.opened_at)
    return _Hypothesis(h.cost + cost, h.last, grown, (), h.heading_from, h.done)


@lru_cache(50_000)
def _length(run: Run) -> int:
    return sum(len(token.text) + 1 for token in run if not token.bar) - 1


def _number_cost(number: tuple[int, ...], h: _Hypothesis, row: _Open, layout: Layout) -> float:
    cost = _SECOND_NUMBER if row.number else 0.0
    begun = any(row.cells) if layout.cellwise else layout.inside and bool(row.cells[layout.fields.index(Field.TASK)])
    if begun:
        cost += _NUMBER_INSIDE
    if number == _next(h.last) or number == (*h.last, 1):
        return cost + _EXPECTED
    after_heading = h.done is not None and h.done.row.heading != ()
    if number[-1] == 1 or (len(number) < len(h.last) and number == _next(h.last[: len(number)])):
        return cost + (_EXPECTED if after_heading else 1.5)
    if len(number) == len(h.last) and 0 < number[-1] - (h.last[-1] if h.last else 0) <= 4:
        return cost + _SKIPPED
    return cost + _WRONG_NUMBER


def _states(row: _Open, index: int, layout: Layout) -> tuple[ColumnState, ...]:
    """For each column what the costs of the next line depend on."""
    widths = layout.widths or (0.0,) * len(layout.fields)
    latest = max(range(len(row.filled)), key=row.filled.__getitem__) if layout.cellwise and max(row.filled) >= 0 else 0
    return tuple(
        ColumnState(
            field,
            cell,
            min(6, index - 1 - filled) if filled >= 0 else -1,
            span if width else 0,
            width,
            _BACKWARD if column < latest else 0.0,
        )
        for column, (field, cell, filled, span, width) in enumerate(
            zip(layout.fields, row.cells, row.filled, row.spans, widths, strict=True)
        )
    )
