"""Walls of a grid: which sides of its elementary cells are ruled. Edges and the page -> Walls.

A side counts as ruled by the rules that were found along it; where none was found, the page itself is asked again: now
that it is known where a rule would stand, one that is too faint or too short to be found alone can be told from paper.
Units are pixels of the page image.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.raster import Gray
from extract.tables.faint_rules import LONGEST_STROKE, SHORTEST_STUB, faint_lines, is_faint_rule
from extract.tables.rulings import Ruling

INKED_SHARE = 0.5
"""So much of a side is covered by rules that were found, or it is asked of the page."""
WHOLE, MOST_WHOLE, WELL_INKED = 0.97, 0.97, 0.8
"""A side inked so far is whole; in a grid of which so many sides are, a side is ruled from the last share on.

What is darker than the paper in such a grid, but no rule that was found, is print: the bars of "STT" amid a cell.
"""
INK = 140
"""Darker than this is ink, on a cleaned page."""
BROKEN_SHARE = 0.25
"""So much of a side is inked at least where its rule is broken; gaps are a few millimetres long."""
HANGING, ASIDE, AS_DARK = (0.45, 1.3), 0.25, 0.5
"""Millimetres from the middle of a crossing rule where a rule that hangs on it is inked, and how far it may stand off
its path; the share of its usual darkness that it has there. Print keeps further away.
"""
CLOSE = (0.4, 1.2)
"""Millimetres from a stroke of a letter to those of its neighbours on both sides."""
LETTERED = 0.25
"""Letters beside a stroke of theirs stand along so much of a side of one line of print, and more."""

CARRIED_ON = 4.0
"""Millimetres by which a rule that comes in from the next cell is inked there."""


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

    def entered(self, start: float, end: float, beyond: float) -> float:
        """Length of the ink within the stretch of the rules that are inked at least `beyond` further on, either way.

        Strokes of letters that chance to lie on one line stay within their cell.
        """
        coming = [r for r in self.rulings if start - r.start >= beyond or r.end - end >= beyond]
        return sum(r.covered(start, end) for r in coming) * (end - start)


@dataclass(frozen=True)
class Walls:
    """Which sides of the elementary cells have a rule.

    across: (n + 1, m) bool, the side on row edge i in column j
    down: (n, m + 1) bool, the side on column edge j in row i
    """

    across: NDArray[np.bool_]
    down: NDArray[np.bool_]


def edges_to_walls(
    rows: tuple[Edge, ...], cols: tuple[Edge, ...], millimetre: float, page: Gray | None = None
) -> Walls:
    """Look along each edge, from crossing edge to crossing edge, for ink. page None: go by the found rules alone."""
    across, down = _covered(rows, cols, millimetre), _covered(cols, rows, millimetre)
    if is_well_inked(across, down):
        across_walls = (across >= WELL_INKED) | _whole_or_broken(across, rows, cols, millimetre, page)
        turned = None if page is None else page.T
        return Walls(across_walls, _whole_or_broken(down, cols, rows, millimetre, turned).T)
    across_walls = _walls(rows, cols, millimetre, page)
    return Walls(across_walls, _walls(cols, rows, millimetre, None if page is None else page.T).T)


def is_well_inked(across: NDArray[np.float64], down: NDArray[np.float64]) -> bool:
    """Whether the rules of a grid are whole, by the shares of its sides that are inked: then what is faint is print."""
    shares = np.concatenate([across.ravel(), down.ravel()])
    ruled = shares[shares >= INKED_SHARE]
    return len(ruled) > 0 and float((ruled >= WHOLE).mean()) >= MOST_WHOLE


def _whole_or_broken(
    shares: NDArray[np.float64], edges: Sequence[Edge], others: Sequence[Edge], millimetre: float, page: Gray | None
) -> NDArray[np.bool_]:
    """(edges, spaces) which sides of a grid with whole rules are ruled: the whole ones, and broken ones.

    page: with the edges lying across.
    """
    if page is None:
        return shares >= WELL_INKED
    walls = shares >= WHOLE
    for edge, space in np.argwhere(~walls):
        side = others[space].at(edges[edge].middle), others[space + 1].at(edges[edge].middle)
        broken = shares[edge, space] >= BROKEN_SHARE and is_broken_rule(page, edges[edge], *side, millimetre)
        walls[edge, space] = broken or is_unbroken(page, edges[edge], *side, millimetre)
    return walls


def is_unbroken(page: Gray, edge: Edge, start: float, end: float, millimetre: float) -> bool:
    """Whether there is ink all the way from one crossing rule to the other, where no rule was found, or from one of
    them on for longer than letters are high: in a row of one line the letters that hug a short rule hide it. Letters do
    not reach both rules.
    """
    here = _darkness(page, start, edge.at(start), end, edge.at(end), millimetre)
    inked = here >= AS_DARK * _usual(page, edge, millimetre)
    if not inked.size or float(inked.mean()) >= WHOLE:
        return bool(inked.size)
    return max(int((~inked).argmax()), int((~inked[::-1]).argmax())) >= LONGEST_STROKE * millimetre


def is_broken_rule(page: Gray, edge: Edge, start: float, end: float, millimetre: float) -> bool:
    """Whether the ink that lies on part of a side is a rule's and not of letters: it hangs on a crossing rule, and has
    no letters beside it on both sides.
    """
    hangs = any(_hangs(page, edge, *stretch, millimetre) for stretch in _ends(start, end, millimetre))
    return hangs and not is_between_letters(page, edge, *_inside(start, end, millimetre), millimetre)


def _ends(start: float, end: float, millimetre: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The stretches of a side right beside its crossing rules."""
    near, far = (side * millimetre for side in HANGING)
    return (start + near, start + far), (end - far, end - near)


def _hangs(page: Gray, edge: Edge, start: float, end: float, millimetre: float) -> bool:
    """Whether both halves of the stretch are inked: between a rule and the hook of an "Ổ" there is white."""
    middle = (start + end) / 2
    return all(_is_inked(page, edge, *half, millimetre) for half in ((start, middle), (middle, end)))


def _is_inked(page: Gray, edge: Edge, start: float, end: float, millimetre: float) -> bool:
    """Whether the edge is about as dark on the stretch as where its rules were found, dotted and grey ones included."""
    here = _darkness(page, start, edge.at(start), end, edge.at(end), millimetre)
    return bool(here.size) and float(here.mean()) >= AS_DARK * _usual(page, edge, millimetre)


def _usual(page: Gray, edge: Edge, millimetre: float) -> float:
    """The mean level below white of the rules of the edge where they were found; infinite where they have no length."""
    pieces = [(p.start, p.at_start, p.end, p.at_end) for r in edge.rulings for p in r.pieces]
    levels = np.concatenate([_darkness(page, *piece, millimetre) for piece in pieces])
    return float(levels.mean()) if levels.size else float("inf")


def _darkness(
    page: Gray, start: float, at_start: float, end: float, at_end: float, millimetre: float
) -> NDArray[np.float64]:
    """Levels below white, of the darkest pixel within ASIDE of the straight line, at each place along it."""
    along = np.arange(max(0, round(start)), min(page.shape[1], round(end)))
    reach = round(ASIDE * millimetre)
    path = np.rint(np.interp(along, [start, end], [at_start, at_end])).astype(np.intp)
    rows = path[None, :] + np.arange(-reach, reach + 1)[:, None]
    darkest = page[np.clip(rows, 0, page.shape[0] - 1), along].min(axis=0, initial=255)
    return np.asarray(255 - darkest, np.float64)


def is_between_letters(page: Gray, edge: Edge, start: float, end: float, millimetre: float) -> bool:
    """Whether what lies on the edge is print: ink close above and below it over LETTERED of the stretch.

    Print keeps farther away from a rule, at least on one of its sides.
    """
    along = np.arange(max(0, round(start)), min(page.shape[1], round(end)))
    if not len(along):
        return False
    path = np.interp(along, [start, end], [edge.at(start), edge.at(end)])
    near, far = (round(side * millimetre) for side in CLOSE)
    beside = np.arange(near, far + 1)[:, None]
    inked = [
        (page[np.clip(np.rint(path[None, :] + way * beside).astype(np.intp), 0, page.shape[0] - 1), along] < INK)
        for way in (-1, 1)
    ]
    return float((inked[0].any(axis=0) & inked[1].any(axis=0)).mean()) >= LETTERED


def _covered(edges: Sequence[Edge], others: Sequence[Edge], millimetre: float) -> NDArray[np.float64]:
    """(edges, spaces between others) share of each side that is inked; 1 for a side that is only supposed."""
    shares = [
        1.0 if not edge.inked else edge.covered(*_inside(one.at(edge.middle), other.at(edge.middle), millimetre))
        for edge in edges
        for one, other in pairwise(others)
    ]
    return np.array(shares, np.float64).reshape(len(edges), max(0, len(others) - 1))


def _inside(start: float, end: float, millimetre: float) -> tuple[float, float]:
    """The side without what crossing rules leave at its ends."""
    inset = min(1.2 * millimetre, 0.2 * (end - start))
    return start + inset, end - inset


def _walls(edges: Sequence[Edge], others: Sequence[Edge], millimetre: float, page: Gray | None) -> NDArray[np.bool_]:
    """(edges, spaces between others) bool. page: with the edges lying across."""
    return np.array(
        [
            [
                is_wall(edge, one.at(edge.middle), other.at(edge.middle), millimetre, page)
                for one, other in pairwise(others)
            ]
            for edge in edges
        ],
        dtype=np.bool_,
    ).reshape(len(edges), max(0, len(others) - 1))


def is_wall(edge: Edge, start: float, end: float, millimetre: float, page: Gray | None) -> bool:
    """Whether the edge is ruled from start to end: half inked, broken in a way that merged cells do not explain, faint.

    A rule that leaves out merged cells stops at their corners; one that is worn out stops anywhere.
    """
    if not edge.inked:
        return True
    inside = _inside(start, end, millimetre)
    inset = inside[0] - start
    from_beside = edge.entered(*inside, inset + CARRIED_ON * millimetre)
    share = edge.covered(*inside)
    if share >= WHOLE or page is None:
        return share >= INKED_SHARE or from_beside >= SHORTEST_STUB * millimetre
    if share >= INKED_SHARE or from_beside >= SHORTEST_STUB * millimetre:
        return any(_is_inked(page, edge, *stretch, millimetre) for stretch in _ends(start, end, millimetre))
    near = min(0.4 * millimetre, inset)
    lines = faint_lines(page, start + near, edge.at(start + near), end - near, edge.at(end - near), millimetre)
    faint = is_faint_rule(lines, millimetre)
    return faint and not is_between_letters(page, edge, *inside, millimetre)
