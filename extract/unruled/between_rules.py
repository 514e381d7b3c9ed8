"""Rules across that no rule down crosses -> the lanes that stand between them: tables ruled across only. In points."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.page import Box
from extract.tables.headers import names_column, row_number
from extract.unruled.gutters import Gutter, fits
from extract.unruled.lanes import Lane

LONGEST_UNDERLINE = 142.0
"""Points (50 mm). Lines under a title or a letterhead are shorter than the rules of a table."""

OFF_SIDE = 12.0
"""Points by which the ends of a table's rules differ at most."""

FEWEST_RULES = 3
"""Above the header, below it and at the end; two rules alone may stand round a note."""

TEXT_BETWEEN = 3
"""So many lines without a blank between two rules are running text between two tables, no title of a section."""


ROW_GAP = 22.0
"""Points of white between two rows at most, a rule between them."""

HEADER_LINES = 4
"""So many lines of print a header has at most, where no rule stands above it."""


def lanes_between_rules(lanes: Sequence[Lane], rules: Sequence[Box]) -> tuple[tuple[int, int], ...]:
    """(first lane, last + 1) of each stretch of the page that rules of equal length open, part and close."""
    spans = ((frame[0].top, frame[-1].top, frame[0]) for group in _alike(rules) for frame in _frames(group, lanes))
    found = (_inside(lanes, top, bottom, rule) for top, bottom, rule in spans)
    return tuple(sorted(span for span in found if span is not None))


def _alike(rules: Sequence[Box]) -> Iterator[list[Box]]:
    """The rules of a table's length with the same ends, top to bottom."""
    groups: list[list[Box]] = []
    for rule in sorted((r for r in rules if r.width >= LONGEST_UNDERLINE), key=lambda r: r.top):
        group = next((g for g in groups if _same_ends(g[0], rule)), None)
        if group is None:
            groups.append([rule])
        else:
            group.append(rule)
    yield from groups


def _same_ends(one: Box, other: Box) -> bool:
    return max(abs(one.x0 - other.x0), abs(one.x1 - other.x1)) <= OFF_SIDE


def _frames(group: Sequence[Box], lanes: Sequence[Lane]) -> Iterator[list[Box]]:
    """The group cut where running text stands between two rules; what is left of enough rules."""
    frame = list(group[:1])
    for upper, lower in pairwise(group):
        between = [lane for lane in lanes if upper.top < lane.boxes[0].centre[1] < lower.top]
        if len(between) >= TEXT_BETWEEN and all(len(lane.segments) == 1 for lane in between):
            if len(frame) >= FEWEST_RULES:
                yield frame
            frame = []
        frame.append(lower)
    if len(frame) >= FEWEST_RULES:
        yield frame


def _inside(lanes: Sequence[Lane], top: float, bottom: float, rule: Box) -> tuple[int, int] | None:
    """The lanes whose middle stands between two heights, if they hold together and keep within the rules' ends."""
    held = [i for i, lane in enumerate(lanes) if top < (lane.top + lane.bottom) / 2 < bottom]
    if len(held) < 2 or held[-1] - held[0] + 1 != len(held):
        return None
    within = all(b.x0 >= rule.x0 - OFF_SIDE and b.x1 <= rule.x1 + OFF_SIDE for i in held for b in lanes[i].boxes)
    return (held[0], held[-1] + 1) if within else None


def with_open_ends(lanes: Sequence[Lane], first: int, last: int, gutters: Sequence[Gutter]) -> tuple[int, int]:
    """The stretch with the header above its first rule and the row below its last one, where rules stand only between
    rows.
    """
    return first - _header_above(lanes, first, gutters), last + _row_below(lanes, last, gutters)


def _header_above(lanes: Sequence[Lane], first: int, gutters: Sequence[Gutter]) -> int:
    """How many lanes above are of a header; 0 where the stretch has one, or there is none."""
    if _names(lanes[first : first + HEADER_LINES]) >= 2:
        return 0
    above = _beside_gutters(lanes[max(0, first - HEADER_LINES) : first + 1][::-1], gutters)
    return len(above) if _names(above) >= 2 else 0


def _row_below(lanes: Sequence[Lane], last: int, gutters: Sequence[Gutter]) -> int:
    """How many lanes below are of a last row; 0 where none of them begins with a row number."""
    below = _beside_gutters(lanes[last - 1 :], gutters)
    return len(below) if any(row_number(lane.texts()[0]) is not None for lane in below) else 0


def _names(lanes: Sequence[Lane]) -> int:
    return sum(names_column(text) for lane in lanes for text in lane.texts())


def _beside_gutters(lanes: Sequence[Lane], gutters: Sequence[Gutter]) -> list[Lane]:
    """The lanes after the first one that stand in the columns, near the one before."""
    found: list[Lane] = []
    for near, lane in pairwise(lanes):
        apart = max(lane.top - near.bottom, near.top - lane.bottom)
        if apart > ROW_GAP or not fits(lane, gutters):
            break
        found.append(lane)
    return found
