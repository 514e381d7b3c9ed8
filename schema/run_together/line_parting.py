"""One line of a run-together table -> the cheapest ways to part it into the columns, left to right.

A matrix for each column says what every run of the line's tokens would cost there after the cell so far; the cheapest
chain of runs is then a short dynamic programme, compiled, since it runs some hundred thousand times an hour.
"""

from functools import lru_cache
from math import inf
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from schema.run_together.cell_costs import ALIKE, DASHES, MEMORY, begins, goes_on, item_cost
from schema.run_together.known_cells import PEOPLE, SHORT_FIELDS, Begun, KnownCells, Run, without_bars
from schema.tables.columns import Field

Costs = NDArray[np.float32]

WAYS = 6
_ENTRY = 9.0
_RUN_WORST = 160.0
_SHORT_RUN_WORST = 70.0
_LONGEST_LINE = 60
"""Tokens of a line above which nothing is parted: no sheet of paper holds so many words side by side."""
_LONG_LINE = 200.0
_LONGEST_CELL = 300
"""Tokens of a cell that stands on one line, as in text without line breaks. More of them cost above _RUN_WORST, and the
costs of all their runs take time and memory by the square of their number."""
_RESUMED = 0.5
_OVER_CHAR = 1.0
_SLACK = 0.12
_PER_CHAR = 0.4
_WRAP_WORST = 9.0
_WORDS_OF_CONTEXT = 4
_NEAR, _NEAR_SHORT = 2, 5
"""Tokens after the first of a run that are weighed by the run alone."""


class ColumnState(NamedTuple):
    """What the cost of a column's next line depends on.

    memory: as much of its cell so far as tells; gap: lines since its last one, -1 for an empty cell; room: characters
    of the next word from which that line should not have ended; width: about how many characters its lines hold, 0
    where unknown.
    """

    field: Field
    memory: Run
    gap: int
    room: float
    width: float


Way = tuple[float, tuple[Run, ...]]


@lru_cache(20_000)
def ways_to_part(tokens: Run, columns: tuple[ColumnState, ...], known: KnownCells) -> tuple[Way, ...]:
    """The cheapest ways to part a line: (cost, the run of each column, bars left out). At least one way.

    A line longer than any paper holds goes to the first column as it is, dearly.
    """
    if len(tokens) > _LONGEST_LINE:
        return ((_LONG_LINE, (without_bars(tokens), *((),) * (len(columns) - 1))),)
    runs = np.stack([_run_costs(tokens, c.field, c.memory, known, first=at == 0) for at, c in enumerate(columns)])
    spans, firsts = _lengths(tokens)
    gaps = np.array([column.gap for column in columns], np.int64)
    rooms = np.array([column.room for column in columns], np.float64)
    widths = np.array([column.width for column in columns], np.float32)
    costs, bounds = _chains(runs, spans, firsts, gaps, rooms, widths, WAYS)
    barred = without_bars(tokens) is not tokens
    found = [
        (cost, tuple([without_bars(tokens[start:stop]) if barred else tokens[start:stop] for start, stop in bound]))
        for cost, bound in zip(costs.tolist(), bounds.tolist(), strict=True)
        if cost < inf
    ]
    return tuple(found) or ((_LONG_LINE, (without_bars(tokens), *((),) * (len(columns) - 1))),)


def whole_line_cost(
    tokens: Run, field: Field, cell: Run, known: KnownCells, width: float = 0.0, span: int = 0
) -> float:
    """Cost (nats) of a whole line, free of bars, in one column, after its cell so far. width: see ColumnState; span:
    characters of the cell's last line."""
    size = len(tokens)
    cost = _line_cost(tokens, field, memory_of(field, cell, known), known)
    if not width:
        return cost
    spans, firsts = _lengths(tokens)
    cost += max(0.0, float(spans[size]) - 1 - width * (1 + _SLACK)) * _OVER_CHAR
    if cell:
        cost += min(_WRAP_WORST, max(0.0, room_left(width, span) - float(firsts[0])) * _PER_CHAR)
    return cost


def room_left(width: float, span: float) -> float:
    """Characters of a word that would have fitted behind a line of so many in a column of a width; 0 for unknown."""
    return max(0.0, width * (1 - _SLACK) - span - 1) if width else 0.0


def memory_of(field: Field, cell: Run, known: KnownCells) -> Run:
    """The end of a cell that tells how it goes on: all of it where it may be a known one."""
    most = MEMORY if field in SHORT_FIELDS else _WORDS_OF_CONTEXT
    if len(cell) <= most or (field in SHORT_FIELDS and known.begun(field, cell)):
        return cell
    return cell[-most:]


@lru_cache(50_000)
def length(run: Run) -> int:
    """Characters of some tokens on a line, bars left out."""
    return sum(len(token.text) + 1 for token in run if not token.bar) - 1


@lru_cache(20_000)
def _line_cost(tokens: Run, field: Field, memory: Run, known: KnownCells) -> float:
    """Cost of the wording of a whole line in a column; inf where it cannot be."""
    if len(tokens) > _LONGEST_CELL:
        return inf
    return float(_run_costs(tokens, field, memory, known, first=True)[0, len(tokens)])


@lru_cache(2_000)
def _lengths(tokens: Run) -> tuple[Costs, Costs]:
    """Where each token begins on a line set without bars, one more for its end; and the length of each token."""
    sizes = [0 if token.bar else len(token.text) + 1 for token in tokens]
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.float32), np.array([s - 1 for s in sizes], np.float32)


@lru_cache(20_000)
def _run_costs(tokens: Run, field: Field, cell: Run, known: KnownCells, *, first: bool) -> Costs:
    """[start, stop] -> cost of the run tokens[start:stop] after the last tokens of its cell; inf where it cannot be.

    first: the column is the leftmost, so that its run begins the line.
    """
    n = len(tokens)
    onward = _onward(tokens, field, known)
    begun = known.begun(field, cell) if cell and field in SHORT_FIELDS else None
    begin = next((at for at, token in enumerate(tokens) if not token.bar), n)
    entries, starts = np.full((n, 1), np.inf, np.float32), []
    for start in range(begin, min(begin + 1, n) if first else n):
        if not tokens[start].bar:
            cost = _entry(tokens, start, field, cell, begun)
            if not start or cost <= _ENTRY:
                entries[start] = cost
                starts.append(start)
    costs: Costs = onward + entries
    if field in SHORT_FIELDS and (known.names or field in known.counts):
        _spell_known(costs, tokens, field, cell, known, onward, starts)
    for start in range(n - 2, -1, -1):
        if tokens[start].bar:
            costs[start] = costs[start + 1]
    costs[costs > (_SHORT_RUN_WORST if field in SHORT_FIELDS else _RUN_WORST)] = np.inf
    return costs


def _entry(tokens: Run, start: int, field: Field, cell: Run, begun: Begun | None) -> float:
    """Cost of the first token of a run: after its cell so far, or as the beginning of a cell."""
    token = tokens[start]
    if cell and not (token.text in DASHES and field in PEOPLE):
        return goes_on(field, token, cell, begun)
    following = " ".join([t.text for t in tokens[start + 1 : start + 4] if not t.bar])
    if cell:
        named = begun is not None and start + 1 < len(tokens) and begun.goes_on(tokens[start + 1])
        return goes_on(field, token, cell, begun) + (0.0 if named else item_cost(following, cell))
    return begins(field, token, following)


def _spell_known(
    costs: Costs, tokens: Run, field: Field, cell: Run, known: KnownCells, onward: Costs, starts: list[int]
) -> None:
    """Makes runs cheap as long as they spell a known cell. starts: the tokens with which runs may begin."""
    for start in starts:
        so_far, stop = (*cell, tokens[start]), start + 1
        while stop < len(tokens) and not tokens[stop].bar:
            begun = known.begun(field, so_far)
            if not begun.goes_on(tokens[stop]):
                break
            costs[start, stop + 1] = goes_on(field, tokens[stop], so_far, begun) + costs[start, stop]
            so_far = (*so_far, tokens[stop])
            stop += 1
        if stop > start + 1:
            costs[start, stop + 1 :] = costs[start, stop] + onward[start, stop + 1 :] - onward[start, stop]


@lru_cache(8_000)
def _onward(tokens: Run, field: Field, known: KnownCells) -> Costs:
    """[start, stop] -> cost of the run tokens[start:stop] beyond how its first token follows the cell before it."""
    costs = _wording(tokens, ALIKE[field])
    leaning = np.array([0.0, *(known.leaning(field, token) for token in tokens)], np.float32)
    if not leaning.any():
        return costs
    total = np.cumsum(leaning)
    return costs + (total - total[:-1, None])


@lru_cache(8_000)
def _wording(tokens: Run, field: Field) -> Costs:
    """[start, stop] -> cost of the wording of the run tokens[start:stop] from its second token on.

    The first words of a run are weighed in it alone; those further on by what stands before them on the line.
    """
    n = len(tokens)
    in_line = np.zeros(n + 1, np.float32)
    for at in range(1, n):
        before = without_bars(tokens[max(0, at - MEMORY) : at])
        in_line[at + 1] = in_line[at] + (goes_on(field, tokens[at], before) if before else 0.0)
    near = _NEAR_SHORT if field in SHORT_FIELDS else _NEAR
    costs = np.full((n, n + 1), np.inf, np.float32)
    for start in range(n):
        costs[start, start + 1] = cost = 0.0
        far = min(n, start + near + 1)
        for at in range(start + 1, far):
            cost += goes_on(field, tokens[at], without_bars(tokens[start:at]) or tokens[start:at])
            costs[start, at + 1] = cost
        costs[start, far + 1 :] = cost + in_line[far + 1 :] - in_line[far]
    return costs


@njit(cache=True)
def _chains(runs, spans, firsts, gaps, rooms, widths, ways):  # type: ignore[no-untyped-def]  # numba has no types
    """The cheapest chains of runs that use a line up: their costs, and [way, column] -> (start, stop) of the run.

    best[c, i]: costs of the cheapest ways to have used i tokens in the first c columns; came_from[c, i]: the tokens
    used before column c, and which of the ways to use them.
    """
    columns, n = runs.shape[0], runs.shape[1]
    best = np.full((columns + 1, n + 1, ways), np.inf)
    came_from = np.zeros((columns + 1, n + 1, ways, 2), np.int64)
    best[0, 0, 0] = 0.0
    for c in range(columns):
        most = widths[c] * (1 + _SLACK)
        for stop in range(n + 1):
            for k in range(ways):
                _keep(best[c + 1, stop], came_from[c + 1, stop], best[c, stop, k], stop, k)
        for start in range(n):
            if not np.isfinite(best[c, start, 0]):
                continue
            entry = _RESUMED * max(0, gaps[c])
            if widths[c] > 0 and gaps[c] >= 0:
                entry += min(_WRAP_WORST, max(0.0, rooms[c] - firsts[start]) * _PER_CHAR)
            for stop in range(start + 1, n + 1):
                cost = entry + runs[c, start, stop]
                if not cost < np.inf:
                    continue
                if widths[c] > 0:
                    cost += max(0.0, spans[stop] - spans[start] - 1 - most) * _OVER_CHAR
                for k in range(ways):
                    if best[c, start, k] + cost >= best[c + 1, stop, ways - 1]:
                        break
                    _keep(best[c + 1, stop], came_from[c + 1, stop], best[c, start, k] + cost, start, k)
    return best[columns, n], _traced(came_from, ways)


@njit(cache=True)
def _keep(costs, came_from, cost, start, way):  # type: ignore[no-untyped-def]  # numba has no types
    """Puts a way among the cheapest of its place, where it is one of them."""
    at = costs.size
    while at > 0 and cost < costs[at - 1]:
        at -= 1
    for lower in range(costs.size - 1, at, -1):
        costs[lower] = costs[lower - 1]
        came_from[lower] = came_from[lower - 1]
    if at < costs.size:
        costs[at] = cost
        came_from[at, 0], came_from[at, 1] = start, way


@njit(cache=True)
def _traced(came_from, ways):  # type: ignore[no-untyped-def]  # numba has no types
    """[way, column] -> (start, stop): the chains read backwards from the end of the line."""
    columns, n = came_from.shape[0] - 1, came_from.shape[1] - 1
    bounds = np.zeros((ways, columns, 2), np.int64)
    for k in range(ways):
        stop, way = n, k
        for c in range(columns, 0, -1):
            start, way = came_from[c, stop, way, 0], came_from[c, stop, way, 1]
            bounds[k, c - 1, 0], bounds[k, c - 1, 1] = start, stop
            stop = start
    return bounds
