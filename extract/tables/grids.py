"""Ruled tables: rulings -> crossings -> edges -> walls -> cells -> Grid, in pixels of the page image.

Each step is a small pure function, so that it can be drawn, tested on drawn pages and left out in a benchmark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.page import Box
from extract.raster import Gray
from extract.tables.rulings import MILLIMETRES_PER_INCH, Piece, Ruling, find_rulings
from extract.tables.walls import INKED_SHARE, Edge, Walls, edges_to_walls

NARROWEST_TABLE = 50.0
"""Millimetres. Boxed stamps of receipt and strokes of handwriting stay below."""

LOWEST_ROW, HIGHEST_SECTION = 3.0, 14.0
"""Millimetres between the rules above and below one line of print, and at most two."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where rule `across` meets rule `down` (indices into the rulings), in pixels."""

    across: int
    down: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid; rows and columns count from 0, the box is in pixels and reaches to the middle of the rules."""

    row: int
    col: int
    rowspan: int
    colspan: int
    box: Box


@dataclass(frozen=True)
class Grid:
    """A table's geometry in pixels: n + 1 row edges and m + 1 column edges, and the cells that tile them."""

    rows: tuple[Edge, ...]
    cols: tuple[Edge, ...]
    cells: tuple[GridCell, ...]

    @property
    def n_rows(self) -> int:
        return len(self.rows) - 1

    @property
    def n_cols(self) -> int:
        return len(self.cols) - 1

    @cached_property
    def box(self) -> Box:
        boxes = [c.box for c in self.cells]
        return Box(
            min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
        )

    @cached_property
    def rulings(self) -> tuple[Ruling, ...]:
        """The printed rules of the grid."""
        return tuple(r for e in (*self.rows, *self.cols) if e.inked for r in e.rulings)

    def cell_at(self, x: float, y: float) -> int | None:
        """Index of the cell that holds the point, by the edges as they bend there; None outside."""
        row = sum(e.at(x) <= y for e in self.rows) - 1
        col = sum(e.at(y) <= x for e in self.cols) - 1
        return self._owner.get((row, col))

    @cached_property
    def _owner(self) -> dict[tuple[int, int], int]:
        return {
            (r, c): i
            for i, cell in enumerate(self.cells)
            for r in range(cell.row, cell.row + cell.rowspan)
            for c in range(cell.col, cell.col + cell.colspan)
        }


def find_grids(gray: Gray, dpi: float) -> tuple[Grid, ...]:
    """The ruled tables of a cleaned, straight, upright page, top to bottom."""
    return rulings_to_grids(find_rulings(gray, dpi), dpi, gray)


def rulings_to_grids(rulings: Sequence[Ruling], dpi: float, page: Gray | None = None) -> tuple[Grid, ...]:
    """The whole chain after the rules are found. page: where they were found, asked again for faint walls."""
    millimetre = dpi / MILLIMETRES_PER_INCH
    groups = with_section_rules(crossings_to_groups(rulings_to_crossings(rulings, millimetre)), rulings, millimetre)
    grids = (group_to_grid([rulings[i] for i in sorted(g)], millimetre, page) for g in groups)
    return tuple(sorted((g for g in grids if g is not None), key=lambda g: g.box.top))


def rulings_to_crossings(rulings: Sequence[Ruling], millimetre: float) -> tuple[Crossing, ...]:
    """Where rules across meet rules down; ends that stop short by up to 2.5 mm still meet."""
    reach = 2.5 * millimetre
    across = [(i, r) for i, r in enumerate(rulings) if r.horizontal]
    down = [(i, r) for i, r in enumerate(rulings) if not r.horizontal]
    found = []
    for i, a in across:
        for j, d in down:
            x = d.at(a.middle)
            y = a.at(x)
            x = d.at(y)
            if a.start - reach <= x <= a.end + reach and d.start - reach <= y <= d.end + reach:
                found.append(Crossing(i, j, x, y))
    return tuple(found)


def crossings_to_groups(crossings: Sequence[Crossing]) -> tuple[frozenset[int], ...]:
    """Sets of rulings that hang together by crossings: one set a table."""
    groups: list[set[int]] = []
    for crossing in crossings:
        touching = [g for g in groups if crossing.across in g or crossing.down in g]
        merged = {crossing.across, crossing.down}.union(*touching)
        groups = [g for g in groups if g not in touching] + [merged]
    return tuple(frozenset(g) for g in groups)


def with_section_rules(
    groups: Sequence[frozenset[int]], rulings: Sequence[Ruling], millimetre: float
) -> tuple[frozenset[int], ...]:
    """The groups, with the rules across under section rows that no rule down crosses, and what stands beyond those.

    In a table without rules at its sides a section row has nothing but a rule above and one below, as long as those of
    the table. Groups that such rules tie together are one table.
    """
    across = [i for i, r in enumerate(rulings) if r.horizontal and r.end - r.start >= NARROWEST_TABLE * millimetre]
    pairs = [(u, w) for u in across for w in across if _holds_section(rulings[u], rulings[w], millimetre)]
    merged = list(groups)
    # Downwards, then upwards: each rule ties the next one on.
    for pair in (*pairs, *reversed(pairs)):
        tied = [g for g in merged if not g.isdisjoint(pair)]
        if tied and all(_is_open(g, rulings, millimetre) for g in tied):
            merged = [g for g in merged if g not in tied] + [frozenset(pair).union(*tied)]
    return tuple(merged)


def _holds_section(upper: Ruling, lower: Ruling, millimetre: float) -> bool:
    """Whether two rules as long as each other stand as far apart as the rules round one or two lines of print."""
    apart = lower.middle - upper.middle
    alike = max(abs(upper.start - lower.start), abs(upper.end - lower.end)) <= 6 * millimetre
    return alike and LOWEST_ROW * millimetre <= apart <= HIGHEST_SECTION * millimetre


def _is_open(group: frozenset[int], rulings: Sequence[Ruling], millimetre: float) -> bool:
    """Whether no rule down stands at either side of the group's rules across."""
    across, down = [rulings[i] for i in group if rulings[i].horizontal], [rulings[i] for i in group]
    sides = min(r.start for r in across), max(r.end for r in across)
    return all(abs(r.middle - x) > 3 * millimetre for r in down if not r.horizontal for x in sides)


def group_to_grid(rulings: Sequence[Ruling], millimetre: float, page: Gray | None = None) -> Grid | None:
    """The grid of rules that hang together; None where they make no table (a frame, an underlined word)."""
    rows = rulings_to_edges([r for r in rulings if r.horizontal], millimetre)
    cols = rulings_to_edges([r for r in rulings if not r.horizontal], millimetre)
    rows, cols = with_open_sides(rows, cols, millimetre), with_open_sides(cols, rows, millimetre)
    rows, cols = without_idle_edges(rows, cols, millimetre)
    if len(rows) < 2 or len(cols) < 3:
        return None
    walls = edges_to_walls(rows, cols, millimetre, page)
    cells = walls_to_cells(walls, rows, cols)
    if len(cells) < 3 or cols[-1].middle - cols[0].middle < NARROWEST_TABLE * millimetre:
        return None
    return closed_up(Grid(rows, cols, cells))


def closed_up(grid: Grid) -> Grid:
    """The grid without edges at which no cell begins.

    The foot of a letter may be a piece of a rule by its ink, and part nothing once its page is looked at: as an edge it
    would make every cell beside it span two rows, and the letter would be erased.
    """
    tops, lefts = sorted({cell.row for cell in grid.cells}), sorted({cell.col for cell in grid.cells})
    cells = tuple(
        GridCell(
            tops.index(cell.row),
            lefts.index(cell.col),
            sum(cell.row <= top < cell.row + cell.rowspan for top in tops),
            sum(cell.col <= left < cell.col + cell.colspan for left in lefts),
            cell.box,
        )
        for cell in grid.cells
    )
    return Grid(
        (*(grid.rows[top] for top in tops), grid.rows[-1]), (*(grid.cols[left] for left in lefts), grid.cols[-1]), cells
    )


def rulings_to_edges(rulings: Sequence[Ruling], millimetre: float) -> tuple[Edge, ...]:
    """Rules within 1.5 mm of one another (broken, double) taken as one edge; edges in order."""
    bundles: list[list[Ruling]] = []
    for ruling in sorted(rulings, key=lambda r: r.start - r.end):
        near = [(d, b) for b in bundles if (d := min(_distance(ruling, r) for r in b)) <= 1.5 * millimetre]
        if near:
            min(near, key=lambda n: n[0])[1].append(ruling)
        else:
            bundles.append([ruling])
    return tuple(sorted((Edge(tuple(b)) for b in bundles), key=lambda e: e.middle))


def _distance(one: Ruling, other: Ruling) -> float:
    """Across, at the middle of the stretch that both share, or of the gap between them."""
    along = (max(one.start, other.start) + min(one.end, other.end)) / 2
    return abs(one.at(along) - other.at(along))


def with_open_sides(edges: tuple[Edge, ...], others: tuple[Edge, ...], millimetre: float) -> tuple[Edge, ...]:
    """The edges, and one supposed at each side where most of the crossing rules run on for more than 4 mm."""
    if not edges or not others:
        return edges
    start = float(np.median([_runs_on(o, edges[0].middle, min(r.start for r in o.rulings)) for o in others]))
    end = float(np.median([_runs_on(o, edges[-1].middle, max(r.end for r in o.rulings)) for o in others]))
    first, last = others[0].middle, others[-1].middle
    before = [_supposed(edges[0], start, first, last)] if edges[0].middle - start > 4 * millimetre else []
    after = [_supposed(edges[-1], end, first, last)] if end - edges[-1].middle > 4 * millimetre else []
    return (*before, *edges, *after)


def _runs_on(edge: Edge, side: float, end: float) -> float:
    """How far the rules of an edge run on beyond a side. The stem of a letter of a title beyond it is none of them."""
    return end if edge.covered(*sorted((side, end))) >= INKED_SHARE else side


def _supposed(model: Edge, at: float, start: float, end: float) -> Edge:
    return Edge((Ruling(model.rulings[0].horizontal, (Piece(start, end, at, at, 1.0),)),), inked=False)


def without_idle_edges(
    rows: tuple[Edge, ...], cols: tuple[Edge, ...], millimetre: float
) -> tuple[tuple[Edge, ...], tuple[Edge, ...]]:
    """The edges without those that part no two cells: an underlined word, a stroke of a letter."""
    while len(rows) >= 2 and len(cols) >= 2:
        walls = edges_to_walls(rows, cols, millimetre)
        kept_rows = tuple(e for i, e in enumerate(rows) if walls.across[i].any())
        kept_cols = tuple(e for j, e in enumerate(cols) if walls.down[:, j].any())
        if (len(kept_rows), len(kept_cols)) == (len(rows), len(cols)):
            break
        rows, cols = kept_rows, kept_cols
    return rows, cols


def walls_to_cells(walls: Walls, rows: tuple[Edge, ...], cols: tuple[Edge, ...]) -> tuple[GridCell, ...]:
    """Elementary cells merged where no rule parts them, into rectangles: runs along a row, then equal runs down."""
    open_runs: dict[tuple[int, int], int] = {}
    spans: list[tuple[int, int, int, int]] = []
    for i in range(len(rows) - 1):
        runs = _runs(walls.down[i])
        for first, last in set(open_runs) - set(runs):
            spans.append((open_runs.pop((first, last)), i, first, last))
        for first, last in runs:
            if (first, last) in open_runs and walls.across[i, first:last].any():
                spans.append((open_runs.pop((first, last)), i, first, last))
            open_runs.setdefault((first, last), i)
    spans.extend((top, len(rows) - 1, first, last) for (first, last), top in open_runs.items())
    return tuple(_cell(top, bottom, first, last, rows, cols) for top, bottom, first, last in sorted(spans, key=_order))


def _order(span: tuple[int, int, int, int]) -> tuple[int, int]:
    return span[0], span[2]


def _runs(sides: NDArray[np.bool_]) -> tuple[tuple[int, int], ...]:
    """Column ranges (first, last + 1) between the sides of one row that are ruled; the outer sides always part."""
    at = [0, *(j for j in range(1, len(sides) - 1) if sides[j]), len(sides) - 1]
    return tuple(pairwise(at))


def _cell(top: int, bottom: int, first: int, last: int, rows: tuple[Edge, ...], cols: tuple[Edge, ...]) -> GridCell:
    y, x = (rows[top].middle + rows[bottom].middle) / 2, (cols[first].middle + cols[last].middle) / 2
    x0, x1 = sorted((cols[first].at(y), cols[last].at(y)))
    y0, y1 = sorted((rows[top].at(x), rows[bottom].at(x)))
    return GridCell(top, first, bottom - top, last - first, Box(x0, y0, x1, y1))
