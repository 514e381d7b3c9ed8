"""Lanes of a table without rules down -> its rows: by rules across, row numbers, section rows, spacing. In points."""

from collections.abc import Sequence
from itertools import pairwise

from extract.headers import is_row_number, opens_header
from extract.lanes import Lane
from extract.page import Box
from extract.rulings import Ruling

POINTS_PER_INCH = 72.0

WIDER = 2.5
"""Points by which the spacing between two rows exceeds that between the lines of a cell."""

SAME_PRINT = 6.0
"""Points between two baselines that no line of print fits between: their spacing tells nothing of rows."""


def rules_to_boxes(rulings: Sequence[Ruling], dpi: float) -> tuple[Box, ...]:
    """The rules across among these, as boxes without height in points."""
    scale = POINTS_PER_INCH / dpi
    across = [r for r in rulings if r.horizontal]
    return tuple(Box(r.start * scale, r.middle * scale, r.end * scale, r.middle * scale) for r in across)


def row_bounds(lanes: Sequence[Lane], columns: Sequence[float], rules: Sequence[Box]) -> tuple[float, ...]:
    """Places between the rows: round and between the section rows, and within the stretches between those."""
    numbered = sum(is_numbered(lane, columns) for lane in lanes) >= 2
    spans = [is_section(lane, columns, numbered=numbered) for lane in lanes]
    leading = _leading(lanes, spans)
    edges = [0, *(i for i in range(1, len(lanes)) if spans[i] != spans[i - 1]), len(lanes)]
    bounds = [_between(lanes[i - 1], lanes[i]) for i in edges[1:-1]]
    for first, last in pairwise(edges):
        stretch = lanes[first:last]
        if spans[first]:
            bounds.extend(_between(a, b) for a, b in pairwise(stretch) if _pitch(a, b) > leading + WIDER)
        else:
            bounds.extend(_bounds_within(stretch, columns, rules, numbered=numbered))
    return tuple(sorted(bounds))


def is_section(lane: Lane, columns: Sequence[float], *, numbered: bool) -> bool:
    """Whether the lane is of a row over all columns: its print runs over a column's edge, or is words without any
    print beside them in the column of the row numbers.
    """
    if any(b.x0 < c - 4 and b.x1 > c + 4 for b in lane.boxes for c in columns[1:-1]):
        return not _in_columns(lane)
    text = lane.texts()[0]
    alone = numbered and len(lane.boxes) == 1 and lane.boxes[0].x1 <= columns[1]
    return alone and not is_row_number(text) and not opens_header(text) and any(c.isalpha() for c in text)


def _in_columns(lane: Lane) -> bool:
    """A line of a header, one of whose names stands over several columns."""
    return sum(opens_header(t) for t in lane.texts()) >= 2


def _leading(lanes: Sequence[Lane], spans: Sequence[bool]) -> float:
    """Points between the baselines of two lines of one cell; 0 where the table has no cell of two lines.

    The narrow spacings of the table are those within cells if there are wider ones; otherwise every lane is a row.
    """
    pitches = sorted(_pitch(a, b) for a, b in pairwise(lanes) if _pitch(a, b) > SAME_PRINT)
    if not pitches:
        return 0.0
    narrow = pitches[len(pitches) // 20]
    return narrow if pitches[-1] > narrow + WIDER or all(spans) else 0.0


def _pitch(upper: Lane, lower: Lane) -> float:
    return (lower.top + lower.bottom - upper.top - upper.bottom) / 2


def _between(upper: Lane, lower: Lane) -> float:
    return (upper.bottom + lower.top) / 2


def _bounds_within(
    lanes: Sequence[Lane], columns: Sequence[float], rules: Sequence[Box], *, numbered: bool
) -> list[float]:
    """At rules across if there are enough, else between row numbers, else by spacing.

    numbered: the table numbers its rows, so a stretch without a number is one row (a header of several lines).
    """
    gaps = [_between(a, b) for a, b in pairwise(lanes)]
    ruled = sorted({_nearest(gaps, r.centre[1]) for r in rules if gaps and _parts(r, lanes, columns)})
    numbers = [i for i, lane in enumerate(lanes) if is_numbered(lane, columns)]
    if len(ruled) >= 3 or (ruled and len(ruled) >= len(numbers)):
        return ruled
    if numbers or numbered:
        return sorted({*ruled, *_between_numbers(lanes, numbers)})
    return sorted({*ruled, *_by_spacing(lanes)})


def _nearest(gaps: Sequence[float], y: float) -> float:
    return min(gaps, key=lambda g: abs(g - y))


def _parts(rule: Box, lanes: Sequence[Lane], columns: Sequence[float]) -> bool:
    inside = lanes[0].bottom < rule.centre[1] < lanes[-1].top
    return inside and rule.width > 0.6 * (columns[-1] - columns[0])


def is_numbered(lane: Lane, columns: Sequence[float]) -> bool:
    """Whether the lane begins with a row number in the first column."""
    return lane.boxes[0].x1 <= columns[1] and is_row_number(lane.texts()[0])


def _between_numbers(lanes: Sequence[Lane], numbers: Sequence[int]) -> list[float]:
    """One bound before each number: at the widest spacing since the number before, the latest of equal ones."""
    bounds = []
    for before, number in pairwise([-1, *numbers]):
        between = [(lanes[i + 1].top - lanes[i].bottom, i) for i in range(max(before, 0), number)]
        if between:
            widest = max(between)[0]
            at = max(i for gap, i in between if gap >= widest - 1.5)
            bounds.append(_between(lanes[at], lanes[at + 1]))
    return bounds


def _by_spacing(lanes: Sequence[Lane]) -> list[float]:
    """Bounds where the spacing is wider than within cells; where all is even, every line is a row."""
    spacing = [b.top - a.bottom for a, b in pairwise(lanes)]
    if not spacing:
        return []
    usual = sorted(spacing)[len(spacing) // 4]
    wide = [s > usual + WIDER for s in spacing]
    if not any(wide):
        wide = [True] * len(spacing)
    return [_between(a, b) for (a, b), w in zip(pairwise(lanes), wide, strict=True) if w]
