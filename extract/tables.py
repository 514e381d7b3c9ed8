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
from extract.rulings import MILLIMETRES_PER_INCH, Piece, Ruling, find_rulings

NARROWEST_TABLE = 50.0
"""Millimetres. Boxed stamps of receipt and strokes of handwriting stay below."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where rule `across` meets rule `down` (indices into the rulings), in pixels."""

    across: int
    down: int
    x: float
    y: float


@dataclass(frozen=True)
class Edge:
    """One edge of a grid: the rules that lie on it (several for a broken or double one). inked: not just supposed."""

    rulings: tuple[Ruling, ...]
    inked: bool = True

    def at(self, along: float) -> float:
        """Place across at a place along: of the rules that reach there, else of the nearest one."""
        reaching = [r for r in self.rulings if r.start <= along <= r.end]
        if reaching:
            return sum(r.at(along) for r in reaching) / len(reaching)
        return min(self.rulings, key=lambda r: min(abs(r.start - along), abs(r.end - along))).at(along)

    @cached_property
    def middle(self) -> float:
        return self.at((min(r.start for r in self.rulings) + max(r.end for r in self.rulings)) / 2)

    def covered(self, start: float, end: float) -> float:
        """Share of the stretch that has ink."""
        return min(1.0, sum(r.covered(start, end) for r in self.rulings))

    def spanned(self, start: float, end: float) -> bool:
        """Whether one rule runs past both ends of the stretch, broken or not."""
        return any(r.start <= start and r.end >= end for r in self.rulings)


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
    return rulings_to_grids(find_rulings(gray, dpi), dpi)


def rulings_to_grids(rulings: Sequence[Ruling], dpi: float) -> tuple[Grid, ...]:
    """The whole chain after the rules are found."""
    millimetre = dpi / MILLIMETRES_PER_INCH
    groups = crossings_to_groups(rulings_to_crossings(rulings, millimetre))
    grids = (group_to_grid([rulings[i] for i in sorted(g)], millimetre) for g in groups)
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


def group_to_grid(rulings: Sequence[Ruling], millimetre: float) -> Grid | None:
    """The grid of rules that hang together; None where they make no table (a frame, an underlined word)."""
    rows = rulings_to_edges([r for r in rulings if r.horizontal], millimetre)
    cols = rulings_to_edges([r for r in rulings if not r.horizontal], millimetre)
    rows, cols = with_open_sides(rows, cols, millimetre), with_open_sides(cols, rows, millimetre)
    rows, cols = without_idle_edges(rows, cols, millimetre)
    if len(rows) < 2 or len(cols) < 3:
        return None
    walls = edges_to_walls(rows, cols, millimetre)
    cells = walls_to_cells(walls, rows, cols)
    if len(cells) < 3 or cols[-1].middle - cols[0].middle < NARROWEST_TABLE * millimetre:
        return None
    return Grid(rows, cols, cells)


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
    starts, ends = [min(r.start for r in o.rulings) for o in others], [max(r.end for r in o.rulings) for o in others]
    start, end = float(np.median(starts)), float(np.median(ends))
    first, last = others[0].middle, others[-1].middle
    before = [_supposed(edges[0], start, first, last)] if edges[0].middle - start > 4 * millimetre else []
    after = [_supposed(edges[-1], end, first, last)] if end - edges[-1].middle > 4 * millimetre else []
    return (*before, *edges, *after)


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


@dataclass(frozen=True)
class Walls:
    """Which sides of the elementary cells have a rule.

    across: (n + 1, m) bool, the side on row edge i in column j
    down: (n, m + 1) bool, the side on column edge j in row i
    """

    across: NDArray[np.bool_]
    down: NDArray[np.bool_]


def edges_to_walls(rows: tuple[Edge, ...], cols: tuple[Edge, ...], millimetre: float) -> Walls:
    """Look along each edge, from crossing edge to crossing edge, for ink."""
    return Walls(_walls(rows, cols, millimetre), _walls(cols, rows, millimetre).T)


def _walls(edges: tuple[Edge, ...], others: tuple[Edge, ...], millimetre: float) -> NDArray[np.bool_]:
    return np.array(
        [
            [is_wall(edge, one.at(edge.middle), other.at(edge.middle), millimetre) for one, other in pairwise(others)]
            for edge in edges
        ],
        dtype=np.bool_,
    ).reshape(len(edges), max(0, len(others) - 1))


def is_wall(edge: Edge, start: float, end: float, millimetre: float) -> bool:
    """Whether the edge is ruled from start to end: half inked, or broken in a way that merged cells do not explain.

    A rule that leaves out merged cells stops at their corners; one that is worn out stops anywhere.
    """
    if not edge.inked:
        return True
    inset = min(1.2 * millimetre, 0.2 * (end - start))
    ink = edge.covered(start + inset, end - inset)
    return ink >= 0.5 or (ink >= 0.1 and edge.spanned(start, end))


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
