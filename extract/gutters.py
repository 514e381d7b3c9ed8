"""Lanes -> gutters: the blanks that run down between the columns of a table without rules down, in points."""

from collections.abc import Sequence

from extract.lanes import NARROWEST_GUTTER, Lane
from extract.page import Box

LINES_LOOKED_AT = 25
"""The first lanes of a table tell its gutters; running text taken in further down cannot close them."""

Gutter = tuple[float, float]
"""left, right"""


def lanes_to_gutters(lanes: Sequence[Lane], *, n_header: int = 0) -> tuple[Gutter, ...]:
    """The blanks that run down through all lanes of more than one segment, left to right.

    n_header: the lanes at the top that stand above the first row. A name there over several columns, as wide as the
    gutters between those, closes none of them.
    """
    several = [(i, lane) for i, lane in enumerate(lanes) if len(lane.segments) >= 2][:LINES_LOOKED_AT]
    below = _blanks([b for i, lane in several if i >= n_header for b in lane.boxes])
    boxes = [b for i, lane in several for b in lane.boxes if i >= n_header or not any(crosses(b, g) for g in below)]
    return _blanks(boxes)


def _blanks(boxes: Sequence[Box]) -> tuple[Gutter, ...]:
    spans = sorted((b.x0, b.x1) for b in boxes)
    gutters = []
    reach = spans[0][1] if spans else 0.0
    for x0, x1 in spans:
        if x0 - reach >= NARROWEST_GUTTER:
            gutters.append((reach, x0))
        reach = max(reach, x1)
    return tuple(gutters)


def fits(lane: Lane, gutters: Sequence[Gutter]) -> bool:
    """Whether the lane keeps out of the gutters, and is in a column or more; a single segment may be a section row."""
    return not any(crosses(box, gutter) for box in lane.boxes for gutter in gutters)


def crosses(box: Box, gutter: Gutter) -> bool:
    """Whether the box runs over the whole gutter."""
    return box.x0 < gutter[0] - 2 and box.x1 > gutter[1] + 2


def stands_beside(lane: Lane, gutter: Gutter) -> bool:
    """Whether the lane has print on both sides of the gutter."""
    left, right = gutter
    return any(b.x1 <= left + 2 for b in lane.boxes) and any(b.x0 >= right - 2 for b in lane.boxes)
