"""Lanes of a table without rules down -> its rows: by rules across, row numbers, section rows, spacing. In points.

No line of print lies across the edge of a row, so rows part only in the white bands that run over the whole table.
Whether cells stand at the top of their row or in its middle decides which bands there are, not which is the widest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.page import Box, Word
from extract.tables.headers import (
    is_row_number,
    is_section_number,
    names_column,
    numbers_columns,
    opens_header,
    opens_total,
    row_number,
)
from extract.tables.row_numbers import LONGEST_NUMBER
from extract.tables.rulings import Ruling
from extract.unruled.lanes import NARROWEST_GUTTER, Lane, leading_of

POINTS_PER_INCH = 72.0

WIDER = 2.5
"""Points by which the spacing between two rows exceeds that between the lines of a cell."""

ALIKE = 1.5
"""Points within which two bands count as equally wide: boxes of words differ by their tone marks."""

CORE = 0.3
"""Share of the height of print that lies above, and below, the middle of its line whatever letters it holds."""

MOST_LOST = 2
"""Row numbers in sequence that may have been lost between two that were read."""

SUNK = 0.25
"""So many of the rows must have print above their number for cells to stand in the middle of their rows."""


@dataclass(frozen=True, slots=True)
class WhiteBand:
    """White over the whole width of a table."""

    top: float
    bottom: float

    @property
    def width(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Anchor:
    """A line that tells a row: by the number in its first column (None where it has none), or as a section row."""

    y: float
    number: int | None
    section: bool


def rules_to_boxes(rulings: Sequence[Ruling], dpi: float) -> tuple[Box, ...]:
    """The rules across among these, as boxes without height in points."""
    scale = POINTS_PER_INCH / dpi
    across = [r for r in rulings if r.horizontal]
    return tuple(Box(r.start * scale, r.middle * scale, r.end * scale, r.middle * scale) for r in across)


def row_bounds(lanes: Sequence[Lane], columns: Sequence[float], rules: Sequence[Box]) -> tuple[float, ...]:
    """Places between the rows, top to bottom: one between every two neighbours that are known to be rows."""
    bands = white_bands(lanes)
    under_names = header_end(lanes, columns)
    wide = [r for r in rules if r.width > 0.6 * (columns[-1] - columns[0])]
    # A rule that leaves the first column out, above names of columns, stands under names over several columns.
    ruled = bands_at_rules(bands, [r for r in wide if r.x0 < columns[1] or r.centre[1] > under_names])
    anchors = find_anchors(lanes, columns, bands)
    if sum(a.number is not None for a in anchors) >= (1 if _named_above(lanes, anchors) else 2):
        inner = (*_above_first(lanes, bands, anchors, ruled), *_between_anchors(bands, anchors, ruled))
        parted = {*ruled, *inner, *_below_last(lanes, columns, bands, anchors)}
    elif len(ruled) >= 2:
        parted = set(ruled)
    else:
        parted = {*ruled, *_by_width(bands, lanes), *_beside(bands, anchors)}
    return tuple(sorted(band.middle for band in parted))


def white_bands(lanes: Sequence[Lane]) -> tuple[WhiteBand, ...]:
    """The bands between the lines of print, top to bottom."""
    bands = []
    reach: float | None = None
    for top, bottom in sorted(core_of(segment) for lane in lanes for segment in lane.segments):
        if reach is not None and top > reach:
            bands.append(WhiteBand(reach, top))
        reach = bottom if reach is None else max(reach, bottom)
    return tuple(bands)


def core_of(words: Sequence[Word]) -> tuple[float, float]:
    """Top and bottom of what every letter of a line fills: accents and tails of single letters left out."""
    boxes = [w.box for w in words if w.box is not None]
    middle, half = median(b.centre[1] for b in boxes), CORE * median(b.height for b in boxes)
    return middle - half, middle + half


def bands_at_rules(bands: Sequence[WhiteBand], rules: Sequence[Box]) -> tuple[WhiteBand, ...]:
    """The bands in which a printed rule stands, or to which one is nearest; rules beyond the table have none."""
    if not bands:
        return ()
    inside = [r.centre[1] for r in rules if bands[0].top <= r.centre[1] <= bands[-1].bottom]
    return tuple({min(bands, key=lambda b: abs(b.middle - y)) for y in inside})


def find_anchors(lanes: Sequence[Lane], columns: Sequence[float], bands: Sequence[WhiteBand]) -> tuple[Anchor, ...]:
    """The lines that begin with a row number, and the section rows, top to bottom."""
    numbered = sum(is_numbered(lane, columns) for lane in lanes) >= 2
    usual, header = band_within_cells(lanes), header_end(lanes, columns)
    anchors: list[Anchor] = []
    for lane in lanes:
        anchor = _anchor_of(lane, columns, numbered=numbered, begun=len(anchors) > 0)
        if anchor is None or anchor.y <= header or (anchors and _is_rest_of_title(anchors[-1], anchor, bands, usual)):
            continue
        anchors.append(anchor)
    return tuple(sorted(anchors, key=lambda a: a.y))


def header_end(lanes: Sequence[Lane], columns: Sequence[float]) -> float:
    """Where the last line with a column's name stands above the first row number; above the page without a header.

    What runs over a column's edge higher up is a name over several columns, or two names that stand close.
    """
    first = next((lane.top for lane in lanes if _counts(lane, columns)), float("-inf"))
    named = [lane.top for lane in lanes if lane.top < first and any(names_column(t) for t in lane.texts())]
    return max(named, default=float("-inf"))


def _counts(lane: Lane, columns: Sequence[float]) -> bool:
    """Whether the lane begins with a number or a section's letter: a misread name of a column may look like "a"."""
    first = lane.texts()[0]
    return is_numbered(lane, columns) and (row_number(first) is not None or is_section_number(first))


def _anchor_of(lane: Lane, columns: Sequence[float], *, numbered: bool, begun: bool) -> Anchor | None:
    """The row that the lane tells; begun: whether one was told above it, so that misread numbers may follow."""
    first = lane.texts()[0]
    y = sum(core_of(lane.segments[0])) / 2
    if is_numbered(lane, columns):
        section = is_section_number(first) or is_section(lane, columns, numbered=numbered)
        return Anchor(y, row_number(first), section)
    if is_section(lane, columns, numbered=numbered):
        return Anchor(y, None, section=True)
    if begun and opens_total(first):
        return Anchor(y, None, section=False)
    misread = begun and numbered and lane.boxes[0].x1 <= columns[1] and len(first) <= LONGEST_NUMBER
    return Anchor(y, None, section=False) if misread else None


def _is_rest_of_title(before: Anchor, anchor: Anchor, bands: Sequence[WhiteBand], usual: float) -> bool:
    """Whether a section row goes on in the next line."""
    both = before.section and anchor.section and anchor.number is None
    return both and _goes_on(before.y, anchor.y, bands, usual)


def _goes_on(upper: float, lower: float, bands: Sequence[WhiteBand], usual: float) -> bool:
    """Whether two lines of section rows are as near as those of one row."""
    return all(b.width <= usual + WIDER for b in bands if upper < b.middle < lower)


def band_within_cells(lanes: Sequence[Lane]) -> float:
    """How wide the white between two lines of a cell is."""
    return leading_of(lanes) - 2 * CORE * median(b.height for lane in lanes for b in lane.boxes)


def is_section(lane: Lane, columns: Sequence[float], *, numbered: bool) -> bool:
    """Whether the lane is of a row over all columns: its print runs over a column's edge, or is words without any
    print beside them in the column of the row numbers.
    """
    if any(runs_over(segment, c) for segment in lane.segments for c in columns[1:-1]):
        return is_numbered(lane, columns) or not _in_columns(lane)
    text = lane.texts()[0]
    alone = numbered and len(lane.boxes) == 1 and lane.boxes[0].x1 <= columns[1]
    return alone and not is_row_number(text) and not opens_header(text) and sum(map(str.isalpha, text)) >= 2


def runs_over(words: Sequence[Word], edge: float) -> bool:
    """Whether print runs over a column's edge, by a word or two with no more than a blank between them.

    Where two columns stand close the last word of one and the first of the other make one run, with a gutter in it.
    """
    boxes = [w.box for w in words if w.box is not None]
    if any(b.x0 < edge - 4 and b.x1 > edge + 4 for b in boxes):
        return True
    before, behind = [b.x1 for b in boxes if b.centre[0] < edge], [b.x0 for b in boxes if b.centre[0] >= edge]
    return bool(before and behind) and min(behind) - max(before) < NARROWEST_GUTTER


def _in_columns(lane: Lane) -> bool:
    """A line of a header, one of whose names stands over several columns."""
    return sum(opens_header(t) for t in lane.texts()) >= 2 or any(names_column(t) for t in lane.texts())


def is_numbered(lane: Lane, columns: Sequence[float]) -> bool:
    """Whether the lane begins with a row number in the first column, or numbers the columns: "(1) (2) (3)"."""
    return (lane.boxes[0].x1 <= columns[1] and is_row_number(lane.texts()[0])) or numbers_columns(lane.texts())


def _between_anchors(
    bands: Sequence[WhiteBand], anchors: Sequence[Anchor], ruled: Sequence[WhiteBand]
) -> Iterator[WhiteBand]:
    """The bands between neighbouring anchors: the one that is ruled, else the widest; more where numbers were lost."""
    sunk = _stands_in_middle(bands, anchors)
    for upper, lower in pairwise(anchors):
        here = [b for b in bands if upper.y < b.middle < lower.y]
        if any(b in ruled for b in here):
            continue
        lost = _lost_between(upper, lower)
        yield from sorted(here, key=lambda b: -b.width)[: lost + 1] if lost else _parting(here, upper, lower, sunk)


def _lost_between(upper: Anchor, lower: Anchor) -> int:
    """How many row numbers are missing between two."""
    if upper.number is None or lower.number is None or upper.section or lower.section:
        return 0
    lost = lower.number - upper.number - 1
    return lost if 0 < lost <= MOST_LOST else 0


def _parting(here: Sequence[WhiteBand], upper: Anchor, lower: Anchor, sunk: bool) -> Iterator[WhiteBand]:
    """The widest band; of equal ones the last, right above the number, unless numbers stand amid their rows."""
    if not here:
        return
    widest = max(b.width for b in here)
    alike = [b for b in here if b.width >= widest - ALIKE]
    yield min(alike, key=lambda b: abs(b.middle - (upper.y + lower.y) / 2)) if sunk else alike[-1]


def _stands_in_middle(bands: Sequence[WhiteBand], anchors: Sequence[Anchor]) -> bool:
    """Whether cells stand in the middle of their rows: print stands above the numbers of many rows."""
    rows = above = 0
    for upper, lower in pairwise(anchors):
        here = sorted((b for b in bands if upper.y < b.middle < lower.y), key=lambda b: -b.width)
        clear = len(here) == 1 or (len(here) > 1 and here[0].width > here[1].width + ALIKE)
        if not clear or lower.section:
            continue
        rows += 1
        above += any(b.middle > here[0].middle for b in here[1:]) or lower.y - here[0].bottom > 2 * WIDER + ALIKE
    return rows > 0 and above >= SUNK * rows


def _above_first(
    lanes: Sequence[Lane], bands: Sequence[WhiteBand], anchors: Sequence[Anchor], ruled: Sequence[WhiteBand]
) -> Iterator[WhiteBand]:
    """The band below the header; without a header, that below the rest of a row of the page before."""
    first = anchors[0]
    here = [b for b in bands if b.middle < first.y]
    if any(b in ruled for b in here) or not here:
        return
    sunk = _stands_in_middle(bands, anchors) and not first.section
    if _named_above(lanes, anchors) or not sunk:
        yield from _parting(here, Anchor(here[0].top, None, section=False), first, sunk=False)


def _below_last(
    lanes: Sequence[Lane], columns: Sequence[float], bands: Sequence[WhiteBand], anchors: Sequence[Anchor]
) -> Iterator[WhiteBand]:
    """The bands above rows whose number was not read: wider than those within cells, print in most columns below."""
    usual = band_within_cells(lanes)
    wide = [b for b in bands if b.middle > anchors[-1].y and b.width > usual + WIDER]
    for band, end in zip(wide, [*(b.middle for b in wide), float("inf")][1:], strict=True):
        places = [b.centre[0] for lane in lanes for b in lane.boxes if band.middle < b.centre[1] < end]
        filled = sum(any(left <= x < right for x in places) for left, right in pairwise(columns))
        if 2 * filled > len(columns) - 1:
            yield band


def _named_above(lanes: Sequence[Lane], anchors: Sequence[Anchor]) -> bool:
    """Whether a header with two names of columns stands above the first row."""
    above = (lane for lane in lanes if anchors and lane.top < anchors[0].y)
    return sum(names_column(t) for lane in above for t in lane.texts()) >= 2


def _by_width(bands: Sequence[WhiteBand], lanes: Sequence[Lane]) -> tuple[WhiteBand, ...]:
    """The bands wider than those within cells; where none is, every line is a row."""
    usual = band_within_cells(lanes)
    wide = tuple(b for b in bands if b.width > usual + WIDER)
    return wide or tuple(b for b in bands if b.width > usual / 2)


def _beside(bands: Sequence[WhiteBand], anchors: Sequence[Anchor]) -> Iterator[WhiteBand]:
    """The bands right above and below each section row."""
    for anchor in anchors:
        above, below = [b for b in bands if b.middle < anchor.y], [b for b in bands if b.middle > anchor.y]
        yield from (*above[-1:], *below[:1])
