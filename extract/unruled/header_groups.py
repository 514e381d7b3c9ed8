"""Names over several columns in the header of a table without rules: which columns each stands over. In points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.page import Box, union_of
from extract.unruled.bands import WIDER
from extract.unruled.lanes import Lane

OVER = 4.0
"""Points by which print reaches into a column that it stands over."""

APART = 1.25
"""A name stands so many times further above those under it than two lines of one name do; unless it
reaches into all of their columns, which the line of one name does not."""

OFF_CENTRE = 0.12
"""Share of their width by which a name may stand off the middle of its columns."""

MOST_LINES = 3
"""So many lines the name of a group has at most."""

AMID = 3.0
"""Points by which the middles of two lines of one name differ."""

SAME_LEFT = 5.0
"""Points by which a name set at the left of its first column may be off the name under it."""


@dataclass(frozen=True, slots=True)
class HeaderGroups:
    """split: the place between the names of groups and those under them; groups: (first column, last + 1) of each."""

    split: float
    groups: tuple[tuple[int, int], ...]

    def group_at(self, column: int) -> tuple[int, int] | None:
        """The group that holds the column; None where it has a name of its own over both rows."""
        return next((g for g in self.groups if g[0] <= column < g[1]), None)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of one line or several. last: the lowest of them."""

    box: Box
    last: Box


@dataclass(frozen=True, slots=True)
class _Group:
    """A name and the columns (first, last + 1) that it stands over; below: the boxes under it in those columns."""

    name: Box
    columns: tuple[int, int]
    below: tuple[Box, ...]


def find_groups(lanes: Sequence[Lane], columns: Sequence[float], leading: float) -> HeaderGroups | None:
    """The groups of a header of these lanes; None where each column has its own name only.

    leading: points between the baselines of two lines of one cell of this table. A group's name stands amid its
    columns, or at their left, further above their own names than two lines of one name.
    """
    boxes = [box for lane in lanes for box in lane.boxes]
    found: list[_Group] = []
    names = (name for box in boxes for name in _names_from(box, boxes, leading))
    # Of one name's lines all that can be.
    for name in sorted(names, key=lambda n: (n.box.top, -n.box.bottom)):
        group = _group_under(name, boxes, columns, leading)
        if group is not None and not any(_overlap(group.columns, other.columns) for other in found):
            found.append(group)
    if not found:
        return None
    bottom = max(g.name.bottom for g in found)
    top = min((b.top for g in found for b in g.below if b.centre[1] > bottom), default=bottom)
    return HeaderGroups((bottom + top) / 2, tuple(sorted(g.columns for g in found)))


def _names_from(first: Box, boxes: Sequence[Box], leading: float) -> Iterator[_Name]:
    """The line as a name, then with the lines that stand amid under it, as near as those of one name do."""
    name = _Name(first, first)
    yield name
    for _ in range(MOST_LINES - 1):
        line = next((b for b in boxes if _is_next_line(name, b, leading)), None)
        if line is None:
            return
        box = name.box
        name = _Name(Box(min(box.x0, line.x0), box.top, max(box.x1, line.x1), line.bottom), line)
        yield name


def _is_next_line(name: _Name, line: Box, leading: float) -> bool:
    below = line.top > name.last.bottom - WIDER and line.centre[1] - name.last.centre[1] <= APART * leading
    return below and abs(line.centre[0] - name.box.centre[0]) <= AMID


def _group_under(name: _Name, boxes: Sequence[Box], columns: Sequence[float], leading: float) -> _Group | None:
    """The columns that the name stands over, if it is the name of a group."""
    fitting = [
        (off, _Group(name.box, run, below))
        for run in _runs_over(_columns_under(name.box, columns), len(columns) - 1)
        if (below := _names_below(name, run, boxes, columns, leading)) is not None
        and (off := _off_place(name.box, run, below, columns)) is not None
    ]
    return min(fitting, key=lambda f: f[0])[1] if fitting else None


def _columns_under(box: Box, columns: Sequence[float]) -> tuple[int, int]:
    under = [i for i, (x0, x1) in enumerate(pairwise(columns)) if min(box.x1, x1) - max(box.x0, x0) > OVER]
    if not under:
        at = max(0, sum(box.centre[0] >= c for c in columns[1:-1]))
        return at, at + 1
    return under[0], under[-1] + 1


def _runs_over(under: tuple[int, int], n_cols: int) -> Iterator[tuple[int, int]]:
    """Runs of two columns and more that hold those under a name; the first column numbers the rows."""
    for first in range(1, under[0] + 1):
        for last in range(under[1], n_cols + 1):
            if last - first >= 2:
                yield first, last


def _names_below(
    name: _Name, run: tuple[int, int], boxes: Sequence[Box], columns: Sequence[float], leading: float
) -> tuple[Box, ...] | None:
    """The boxes under the name, if there are some in every column of the run, all of them set apart below it."""
    others = [b for b in boxes if not _holds(name.box, b) and columns[run[0]] < b.centre[0] < columns[run[1]]]
    held = [_columns_under(b, columns) for b in others]
    reaches_all = _columns_under(name.box, columns) == run
    least = leading - WIDER if reaches_all else max(APART * leading, leading + WIDER)
    full = all((col, col + 1) in held for col in range(*run))
    apart = all(b.centre[1] - name.last.centre[1] > least and b.top > name.last.bottom - WIDER for b in others)
    inside = all(run[0] <= first and last <= run[1] for first, last in held)
    return tuple(others) if full and apart and inside else None


def _off_place(
    name: Box, run: tuple[int, int], below: Sequence[Box], columns: Sequence[float]
) -> tuple[float, int] | None:
    """How far the name is off the middle of what it stands over, as a share; then the fewest columns. None: too far.

    A name at the left of its columns is as good, where the columns are those up to the next name.
    """
    hull = union_of(list(below))
    assert hull is not None
    centre = (columns[run[0]] + columns[run[1]]) / 2
    off = min(abs(name.centre[0] - centre), abs(name.centre[0] - hull.centre[0])) / hull.width
    if off <= OFF_CENTRE:
        return off, run[0] - run[1]
    at_left = abs(name.x0 - hull.x0) <= SAME_LEFT
    return (OFF_CENTRE, run[0] - run[1]) if at_left else None


def _holds(name: Box, line: Box) -> bool:
    """Whether the line is one of the name's."""
    return name.x0 <= line.x0 and line.x1 <= name.x1 and name.top <= line.top and line.bottom <= name.bottom


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
