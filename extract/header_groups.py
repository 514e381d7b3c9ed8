"""Names over several columns in the header of a table without rules: which columns each stands over. In points."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.bands import WIDER
from extract.lanes import Lane
from extract.page import Box

OVER = 4.0
"""Points by which print reaches into a column that it stands over."""


@dataclass(frozen=True, slots=True)
class HeaderGroups:
    """split: the place between the names of groups and those under them; groups: (first column, last + 1) of each."""

    split: float
    groups: tuple[tuple[int, int], ...]

    def group_at(self, column: int) -> tuple[int, int] | None:
        """The group that holds the column; None where it has a name of its own over both rows."""
        return next((g for g in self.groups if g[0] <= column < g[1]), None)


def find_groups(lanes: Sequence[Lane], columns: Sequence[float]) -> HeaderGroups | None:
    """The groups of a header of these lanes; None where each column has its own name only.

    A group has one name in the first lane, and further down, set apart from it, a name in every one of its columns.
    """
    named = [_columns_under(box, columns) for box in lanes[0].boxes]
    groups = [_extended(named, i, len(columns) - 1) for i in range(len(named))]
    wide = [g for g in groups if g[1] - g[0] > 1]
    leaves = next((i for i in range(1, len(lanes)) if any(_names_all(lanes[i], g, columns) for g in wide)), None)
    if leaves is None:
        return None
    found = tuple(g for g in wide if _is_group(lanes, leaves, g, columns))
    return (
        HeaderGroups((_lowest_above(lanes, leaves, found, columns) + lanes[leaves].top) / 2, found) if found else None
    )


def _columns_under(box: Box, columns: Sequence[float]) -> tuple[int, int]:
    under = [i for i, (x0, x1) in enumerate(pairwise(columns)) if min(box.x1, x1) - max(box.x0, x0) > OVER]
    if not under:
        at = max(0, sum(box.centre[0] >= c for c in columns[1:-1]))
        return at, at + 1
    return under[0], under[-1] + 1


def _extended(named: Sequence[tuple[int, int]], at: int, n_cols: int) -> tuple[int, int]:
    """The columns under a name, and those without one that follow it: names stand at the left of what they span."""
    after = named[at + 1][0] if at + 1 < len(named) else n_cols
    return named[at][0], max(named[at][1], after)


def _names_all(lane: Lane, group: tuple[int, int], columns: Sequence[float]) -> bool:
    own = {_columns_under(box, columns) for box in lane.boxes}
    return all((c, c + 1) in own for c in range(*group))


def _is_group(lanes: Sequence[Lane], leaves: int, group: tuple[int, int], columns: Sequence[float]) -> bool:
    """Whether the lane `leaves` names all columns of the group, further below the group's name than a cell's lines."""
    if not _names_all(lanes[leaves], group, columns):
        return False
    above = [lane.top for lane in lanes[:leaves] if _has_print(lane, group, columns)]
    spacings = [b.top - a.top for a, b in pairwise(lanes) if b.top - a.top > WIDER]
    return lanes[leaves].top - above[-1] >= min(spacings, default=0.0)


def _lowest_above(
    lanes: Sequence[Lane], leaves: int, groups: Sequence[tuple[int, int]], columns: Sequence[float]
) -> float:
    return max(
        box.bottom
        for lane in lanes[:leaves]
        for box in lane.boxes
        for g in groups
        if g[0] <= _columns_under(box, columns)[0] < g[1]
    )


def _has_print(lane: Lane, group: tuple[int, int], columns: Sequence[float]) -> bool:
    return any(group[0] <= _columns_under(box, columns)[0] < group[1] for box in lane.boxes)
