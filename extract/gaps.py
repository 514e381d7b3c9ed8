"""Tables without rules down: words -> printed lines -> gutters -> columns; rows by rules across, numbers, spacing.

Nothing is taken for a table without a header line or a column of row numbers in sequence, and gutters that several
lines bear out: a table missed stays readable as lines, running text cut into cells is lost. Boxes are in points of the
upright page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.cells import POINTS_PER_INCH, Placed, PlacedTable, words_to_lines
from extract.headers import header_rows, is_row_number, opens_header, row_number
from extract.page import Box, Cell, Line, Table, Word, union_of
from extract.rulings import Ruling

NARROWEST_GUTTER = 5.0
"""Points of paper between two columns. Blanks between words of 12 to 14 pt print are 3 to 5 pt wide."""

GUTTER_OVER_BLANK = 1.8
"""A gutter is this much wider than the narrow blanks of its own line: justified lines stretch all of theirs alike."""

WIDEST_BLANK = 16.0
"""Points. A blank from here on is a gutter whatever the others are: in a row of single words all are gutters."""

BEARING_LINES = 3
"""So many lines must have print on both sides of a gutter; two lines of justified text agree by chance."""

_LINES_LOOKED_AT = 25
_MOST_LEADING = 45.0


@dataclass(frozen=True, slots=True)
class _Lane:
    """One printed line across the page, cut into segments at wide blanks."""

    segments: tuple[tuple[Word, ...], ...]
    boxes: tuple[Box, ...]

    @property
    def top(self) -> float:
        return min(b.top for b in self.boxes)

    @property
    def bottom(self) -> float:
        return max(b.bottom for b in self.boxes)

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(w for s in self.segments for w in s)

    def texts(self) -> tuple[str, ...]:
        return tuple(" ".join(w.text for w in s) for s in self.segments)


def find_unruled(words: Sequence[Word], rules_across: Sequence[Box] = ()) -> Placed:
    """Tables among the words that stand outside ruled ones, and the words that are in none.

    rules_across: printed rules across the page, where there are any; they part rows.
    """
    lanes = words_to_lanes(words)
    tables: list[PlacedTable] = []
    used: set[int] = set()
    start = 0
    while (found := _next_block(lanes, start)) is not None:
        first, last, gutters = found
        tables.append(block_to_table(lanes[first:last], gutters, rules_across))
        used |= {id(w) for lane in lanes[first:last] for w in lane.words}
        start = last
    return Placed(tuple(tables), tuple(w for w in words if id(w) not in used))


def rules_to_boxes(rulings: Sequence[Ruling], dpi: float) -> tuple[Box, ...]:
    """The rules across among these, as boxes without height in points."""
    scale = POINTS_PER_INCH / dpi
    across = [r for r in rulings if r.horizontal]
    return tuple(Box(r.start * scale, r.middle * scale, r.end * scale, r.middle * scale) for r in across)


def words_to_lanes(words: Sequence[Word]) -> tuple[_Lane, ...]:
    """Printed lines over the whole width, top to bottom."""
    return tuple(_lane(line.words) for line in words_to_lines(words))


def _narrowest_gutter(words: Sequence[Word]) -> float:
    """How wide a blank of this line must be to part columns, in points."""
    boxes = [w.box for w in words if w.box is not None]
    blanks = sorted(max(0.0, b.x0 - a.x1) for a, b in pairwise(boxes))
    narrow = blanks[len(blanks) // 4] if blanks else 0.0
    return max(NARROWEST_GUTTER, min(GUTTER_OVER_BLANK * narrow, WIDEST_BLANK))


def _lane(words: Sequence[Word]) -> _Lane:
    segments: list[list[Word]] = []
    gutter = _narrowest_gutter(words)
    for word in words:
        last = segments[-1][-1].box if segments else None
        if last is None or word.box is None or word.box.x0 - last.x1 >= gutter:
            segments.append([word])
        else:
            segments[-1].append(word)
    boxes = [union_of([w.box for w in s if w.box is not None]) for s in segments]
    return _Lane(tuple(tuple(s) for s in segments), tuple(b for b in boxes if b is not None))


def _next_block(lanes: Sequence[_Lane], start: int) -> tuple[int, int, tuple[tuple[float, float], ...]] | None:
    """(first lane, last lane + 1, gutters) of the next table from lane `start` on."""
    for anchor in range(start, len(lanes)):
        if not _opens_table(lanes, anchor):
            continue
        last = _reach(lanes, anchor)
        gutters = lanes_to_gutters(lanes[anchor:last])
        while last - anchor > 2 and (len(gutters) < 2 or not _fits(lanes[last - 1], gutters)):
            last -= 1
            gutters = lanes_to_gutters(lanes[anchor:last])
        if len(gutters) < 2:
            continue
        first = anchor
        while first > start and _belongs_above(lanes[first - 1], lanes[first], gutters):
            first -= 1
        if last - first >= 2 and _borne_out(lanes[first:last], gutters):
            return first, last, gutters
    return None


def _opens_table(lanes: Sequence[_Lane], at: int) -> bool:
    """A header line (two column names apart), or three row numbers in sequence in one place at the left."""
    texts = lanes[at].texts()
    if sum(_names_column(t) for t in texts) >= 2:
        return True
    window = lanes[at : at + _LINES_LOOKED_AT]
    numbered = [(lane, n) for lane in window if (n := row_number(lane.texts()[0])) is not None][:BEARING_LINES]
    if len(numbered) < BEARING_LINES or numbered[0][0] is not lanes[at]:
        return False
    lefts = [lane.boxes[0].centre[0] for lane, _ in numbered]
    if max(lefts) - min(lefts) >= 12 or any(len(lane.segments) < 3 for lane, _ in numbered):
        return False
    return all(after == before + 1 for (_, before), (_, after) in pairwise(numbered))


def _borne_out(lanes: Sequence[_Lane], gutters: Sequence[tuple[float, float]]) -> bool:
    """Whether enough lines have print on both sides of every gutter; a header with three names speaks for itself."""
    if any(sum(_names_column(t) for t in lane.texts()) >= 3 for lane in lanes):
        return True
    several = [lane for lane in lanes if len(lane.segments) >= 2]
    borne = (sum(_stands_beside(lane, gutter) for lane in several) for gutter in gutters)
    return 2 * len(several) >= len(lanes) and min(borne, default=0) >= BEARING_LINES


def _stands_beside(lane: _Lane, gutter: tuple[float, float]) -> bool:
    left, right = gutter
    return any(b.x1 <= left + 2 for b in lane.boxes) and any(b.x0 >= right - 2 for b in lane.boxes)


def _names_column(text: str) -> bool:
    """A column's name begins with a capital and ends without a comma, unlike the same words in justified text."""
    return text[0].isupper() and text[-1] not in ",.;" and opens_header(text)


def _reach(lanes: Sequence[_Lane], anchor: int) -> int:
    """Index after the last lane that can still be of the table: no wide break in the spacing, no running text."""
    last = anchor + 1
    prose = 0
    left, right = lanes[anchor].boxes[0].x0, lanes[anchor].boxes[-1].x1
    while last < len(lanes) and last - anchor < 200:
        lane = lanes[last]
        if lane.top - lanes[last - 1].bottom > _MOST_LEADING or lane.boxes[0].x0 < left - 40:
            break
        wide = len(lane.segments) == 1 and lane.boxes[0].width > 0.75 * (right - left)
        prose = prose + 1 if wide else 0
        if prose == 3:
            return last - 2
        last += 1
    return last


def lanes_to_gutters(lanes: Sequence[_Lane]) -> tuple[tuple[float, float], ...]:
    """(left, right) of the blanks that run down through all lanes of more than one segment, left to right."""
    several = [lane for lane in lanes if len(lane.segments) >= 2][:_LINES_LOOKED_AT]
    spans = sorted((b.x0, b.x1) for lane in several for b in lane.boxes)
    gutters = []
    reach = spans[0][1] if spans else 0.0
    for x0, x1 in spans:
        if x0 - reach >= NARROWEST_GUTTER:
            gutters.append((reach, x0))
        reach = max(reach, x1)
    return tuple(gutters)


def _fits(lane: _Lane, gutters: Sequence[tuple[float, float]]) -> bool:
    """Whether the lane keeps out of the gutters, and is in a column or more; a single segment may be a section row."""
    return not any(_crosses(box, gutter) for box in lane.boxes for gutter in gutters)


def _crosses(box: Box, gutter: tuple[float, float]) -> bool:
    return box.x0 < gutter[0] - 2 and box.x1 > gutter[1] + 2


def _belongs_above(lane: _Lane, below: _Lane, gutters: Sequence[tuple[float, float]]) -> bool:
    """A header over numbered rows, or its first lines: close above and in the columns, not one line centred alone."""
    return below.top - lane.bottom < 22 and len(lane.segments) >= 2 and _fits(lane, gutters)


def block_to_table(lanes: Sequence[_Lane], gutters: Sequence[tuple[float, float]], rules: Sequence[Box]) -> PlacedTable:
    """Columns between the middles of the gutters, rows as `row_bounds` finds them, each word in its cell."""
    box = union_of([b for lane in lanes for b in lane.boxes])
    assert box is not None
    columns = [box.x0, *((a + b) / 2 for a, b in gutters), box.x1]
    bounds = [box.top, *row_bounds(lanes, columns, rules), box.bottom]
    cells: list[Cell] = []
    lines: list[Line] = []
    texts: list[str] = []
    for row, (top, bottom) in enumerate(pairwise(bounds)):
        here = [lane for lane in lanes if top <= (lane.top + lane.bottom) / 2 <= bottom]
        across = len(here) > 0 and all(_spans_columns(lane, columns) for lane in here)
        for col, held in enumerate([_all_words(here)] if across else _by_column(here, columns)):
            found = words_to_lines(held)
            span = len(columns) - 1 if across else 1
            place = Box(columns[col], top, columns[col + span], bottom)
            own = tuple(range(len(lines), len(lines) + len(found)))
            cells.append(Cell(row, col, 1, span, False, place, own))
            lines.extend(found)
            texts.append(" ".join(line.text for line in found))
    n_cols, n_rows = len(columns) - 1, len(bounds) - 1
    n_header = header_rows([(c.row, c.col, c.rowspan, c.colspan) for c in cells], texts, n_cols)
    marked = tuple(Cell(c.row, c.col, 1, c.colspan, c.row < n_header, c.box, c.lines) for c in cells)
    return PlacedTable(Table(box, n_rows, n_cols, marked, ruled=False), tuple(lines))


def _all_words(lanes: Sequence[_Lane]) -> list[Word]:
    return [w for lane in lanes for w in lane.words]


def _by_column(lanes: Sequence[_Lane], columns: Sequence[float]) -> list[list[Word]]:
    held: list[list[Word]] = [[] for _ in range(len(columns) - 1)]
    for word in _all_words(lanes):
        if word.box is not None:
            x = word.box.centre[0]
            held[max(0, sum(x >= c for c in columns[1:-1]))].append(word)
    return held


def row_bounds(lanes: Sequence[_Lane], columns: Sequence[float], rules: Sequence[Box]) -> tuple[float, ...]:
    """Places between the rows: round the rows that span the columns, and within the stretches between those."""
    spans = [_spans_columns(lane, columns) for lane in lanes]
    numbered = sum(_is_numbered(lane, columns) for lane in lanes) >= 2
    edges = [0, *(i for i in range(1, len(lanes)) if spans[i] != spans[i - 1]), len(lanes)]
    bounds = [(lanes[i - 1].bottom + lanes[i].top) / 2 for i in edges[1:-1]]
    for first, last in pairwise(edges):
        if not spans[first]:
            bounds.extend(_bounds_within(lanes[first:last], columns, rules, numbered=numbered))
    return tuple(sorted(bounds))


def _spans_columns(lane: _Lane, columns: Sequence[float]) -> bool:
    return any(b.x0 < c - 4 and b.x1 > c + 4 for b in lane.boxes for c in columns[1:-1])


def _bounds_within(
    lanes: Sequence[_Lane], columns: Sequence[float], rules: Sequence[Box], *, numbered: bool
) -> list[float]:
    """At rules across if there are enough, else between row numbers, else by spacing.

    numbered: the table numbers its rows, so a stretch without a number is one row (a header of several lines).
    """
    gaps = [(a.bottom + b.top) / 2 for a, b in pairwise(lanes)]
    ruled = sorted({_nearest(gaps, r.centre[1]) for r in rules if gaps and _parts(r, lanes, columns)})
    numbers = [i for i, lane in enumerate(lanes) if _is_numbered(lane, columns)]
    if len(ruled) >= 3 or (ruled and len(ruled) >= len(numbers)):
        return ruled
    if numbers or numbered:
        return sorted({*ruled, *_between_numbers(lanes, numbers)})
    return sorted({*ruled, *_by_spacing(lanes)})


def _nearest(gaps: Sequence[float], y: float) -> float:
    return min(gaps, key=lambda g: abs(g - y))


def _parts(rule: Box, lanes: Sequence[_Lane], columns: Sequence[float]) -> bool:
    inside = lanes[0].bottom < rule.centre[1] < lanes[-1].top
    return inside and rule.width > 0.6 * (columns[-1] - columns[0])


def _is_numbered(lane: _Lane, columns: Sequence[float]) -> bool:
    return lane.boxes[0].x1 <= columns[1] and is_row_number(lane.texts()[0])


def _between_numbers(lanes: Sequence[_Lane], numbers: Sequence[int]) -> list[float]:
    """One bound before each number: at the widest spacing since the number before, the latest of equal ones."""
    bounds = []
    for before, number in pairwise([-1, *numbers]):
        between = [(lanes[i + 1].top - lanes[i].bottom, i) for i in range(max(before, 0), number)]
        if between:
            widest = max(between)[0]
            at = max(i for gap, i in between if gap >= widest - 1.5)
            bounds.append((lanes[at].bottom + lanes[at + 1].top) / 2)
    return bounds


def _by_spacing(lanes: Sequence[_Lane]) -> list[float]:
    """Bounds where the spacing is wider than within cells; where all is even, every line is a row."""
    spacing = [b.top - a.bottom for a, b in pairwise(lanes)]
    if not spacing:
        return []
    usual = sorted(spacing)[len(spacing) // 4]
    wide = [s > usual + 2.5 for s in spacing]
    if not any(wide):
        wide = [True] * len(spacing)
    return [(a.bottom + b.top) / 2 for (a, b), w in zip(pairwise(lanes), wide, strict=True) if w]
