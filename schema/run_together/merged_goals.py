"""Goals that span rows of a run-together table, handed to every row that they span, and the row numbers with them.

Engines read the lines of such a cell amid those of whatever row stands beside them: it is set amid the height of its
rows, or at their top. So the rows between two headings are parted among their goals such that each goal stands there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from typing import NamedTuple

from schema.run_together.text_rows import Layout, UntangledRow
from schema.tables.columns import Field

_ALONE = 1.5
"""Lines that a row may stand off its goal at least before it counts as one without."""
_BOLDEST = 0.25
"""Share of its height that a group's goal may stand off the place where it should be."""

Place = Callable[[float, float], float]
"""Where lines first..last are set: by the first or the middle one."""


class _Part(NamedTuple):
    """The rows between two headings, from row `start` to `stop` under one goal. off: lines that it is set off there."""

    off: float
    groups: tuple[tuple[int, int], ...]


def with_goals(rows: Sequence[UntangledRow], layout: Layout) -> tuple[UntangledRow, ...]:
    """The rows with the goals, and the numbers, that span them; as they are under a layout whose goals do not."""
    if not layout.merged:
        return tuple(rows)
    parts = [tuple(part) for _, part in groupby(rows, key=lambda row: bool(row.heading))]
    ways = [[_grouped(part, place) for part in parts if not part[0].heading] for place in (_top, _middle)]
    best = iter(min(ways, key=lambda way: sum(part.off for part in way)))
    column = layout.fields.index(Field.GOAL)
    return tuple(
        row for part in parts for row in (part if part[0].heading else _shared(part, next(best).groups, column))
    )


def _top(first: float, _last: float) -> float:
    return first


def _middle(first: float, last: float) -> float:
    return (first + last) / 2


def _grouped(rows: Sequence[UntangledRow], place: Place) -> _Part:
    """The rows parted among their goals so that these stand least off."""
    ends = [0, *accumulate(len(row.lines) for row in rows)]
    best: list[_Part] = [_Part(0.0, ())]
    for stop in range(1, len(rows) + 1):
        ways = [_Part(best[stop - 1].off + _ALONE, (*best[stop - 1].groups, (stop - 1, stop)))]
        for start in range(stop):
            goal = _goal_lines(rows, ends, start, stop)
            if goal:
                off = abs(place(*goal) - place(ends[start], ends[stop] - 1))
                if stop - start == 1 or off <= max(_ALONE, _BOLDEST * (ends[stop] - ends[start])):
                    ways.append(_Part(best[start].off + off, (*best[start].groups, (start, stop))))
        best.append(min(ways, key=lambda way: way.off))
    return best[-1]


def _goal_lines(rows: Sequence[UntangledRow], ends: Sequence[int], start: int, stop: int) -> tuple[int, int] | None:
    """The first and the last line of the one goal that rows hold whole; None where they hold none, two, or a part."""
    found: tuple[int, int] | None = None
    for at in range(start, stop):
        own = rows[at].goal_at
        if own is None:
            continue
        if rows[at].goes_on is (found is None):
            return None
        found = (found[0] if found else ends[at] + own[0], ends[at] + own[1])
    following = next((row for row in rows[stop:] if row.goal_at), None)
    return None if following is not None and following.goes_on else found


def _shared(rows: Sequence[UntangledRow], groups: Sequence[tuple[int, int]], column: int) -> Iterator[UntangledRow]:
    """The rows, each with the goal of its group, and its number where the group has one alone."""
    for start, stop in groups:
        own = rows[start:stop]
        goal = tuple(token for row in own for token in row.cells[column])
        numbers = {row.number for row in own if row.number}
        for row in own:
            cells = (*row.cells[:column], goal, *row.cells[column + 1 :])
            yield replace(row, cells=cells, number=next(iter(numbers)) if len(numbers) == 1 else row.number)
