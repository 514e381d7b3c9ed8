"""Where the tables without rules down stand on a page, and the gutters between their columns: lanes -> blocks.

Nothing is taken for a table without a header line or a column of row numbers in sequence, and gutters that several
lines bear out: a table missed stays readable as lines, running text cut into cells is lost. Boxes are in points of the
upright page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.page import Box, Word, union_of
from extract.tables.headers import is_section_number, names_column, row_number
from extract.unruled.between_rules import lanes_between_rules, with_open_ends
from extract.unruled.gutters import LINES_LOOKED_AT, Gutter, crosses, fits, lanes_to_gutters, stands_beside
from extract.unruled.lanes import Lane, strips, words_to_lanes

BEARING_LINES = 3
"""So many lines must have print on both sides of a gutter; two lines of justified text agree by chance, though hardly
in three gutters."""

Block = tuple[int, int, tuple[Gutter, ...]]
"""first lane, last lane + 1, gutters"""

MOST_LANES = 200
"""A page holds fewer printed lines."""

MOST_LEADING = 45.0
"""Points of white between two lines of one table at most."""

HEADER_WITHIN = 8
"""Lanes above the first row within which a header may stand: that of a section, and the lines of its own names."""

MANY_COLUMNS = 4
"""A line with print in so many columns is none of running text."""

ROW_GAP = 22.0
"""Points of white between two rows at most."""


@dataclass(frozen=True, slots=True)
class UnruledBlock:
    """Where a table without rules down stands, and the blanks between its columns."""

    box: Box
    gutters: tuple[Gutter, ...]


def find_blocks(words: Sequence[Word], rules_across: Sequence[Box] = ()) -> tuple[UnruledBlock, ...]:
    """The places of the tables without rules down among the words."""
    lanes = words_to_lanes(words)
    return tuple(
        UnruledBlock(box, gutters)
        for first, last, gutters in lanes_to_blocks(lanes, rules_across)
        if (box := union_of([b for lane in lanes[first:last] for b in lane.boxes])) is not None
    )


def lanes_to_blocks(lanes: Sequence[Lane], rules: Sequence[Box]) -> Iterator[Block]:
    """The tables, top to bottom: those that rules across close, and between them those without such rules."""
    spans = lanes_between_rules(lanes, rules)
    framed = [(span, gutters) for span in spans if len(gutters := _gutters(lanes[slice(*span)])) >= 2]
    start = 0
    for (upper, lower), gutters in (*framed, ((len(lanes), len(lanes)), ())):
        first, last = with_open_ends(lanes, upper, lower, gutters) if gutters else (upper, lower)
        while first > start and (found := _next_block(lanes[:first], start)) is not None:
            yield found
            start = found[1]
        if first >= start and gutters:
            yield first, last, gutters
            start = last


def _next_block(lanes: Sequence[Lane], start: int) -> Block | None:
    """(first lane, last lane + 1, gutters) of the next table from lane `start` on."""
    for anchor in range(start, len(lanes)):
        if not _opens_table(lanes, anchor):
            continue
        last = _reach(lanes, anchor)
        gutters = _gutters(lanes[anchor:last])
        while last - anchor > 2 and (len(gutters) < 2 or not fits(lanes[last - 1], gutters)):
            last -= 1
            gutters = _gutters(lanes[anchor:last])
        if len(gutters) < 2:
            continue
        last = _above_prose(lanes, anchor, last, gutters)
        first = _top_of(lanes, start, anchor, gutters)
        if last - first >= 2 and _borne_out(lanes[first:last], gutters):
            return first, last, gutters
    return None


def _opens_table(lanes: Sequence[Lane], at: int) -> bool:
    """A header line (two column names apart), or row numbers in sequence in one place at the left.

    Three of them, or two where print stands in four columns or more.
    """
    beside = strips(lanes[at : at + LINES_LOOKED_AT + 1])
    if sum(names_column(t) for t in beside[0].texts()) >= 2:
        return True
    window = range(at, min(len(lanes), at + LINES_LOOKED_AT))
    # Titles of sections, which are numbered otherwise, may stand between the rows.
    alike = [i for i in window if is_section_number(lanes[i].texts()[0]) == is_section_number(lanes[at].texts()[0])]
    numbered = [(i, n) for i in alike if (n := row_number(lanes[i].texts()[0])) is not None][:BEARING_LINES]
    if len(numbered) < 2 or numbered[0][0] != at:
        return False
    lefts = [lanes[i].boxes[0].centre[0] for i, _ in numbered]
    columns = min(beside[i - at].n_columns for i, _ in numbered)
    if max(lefts) - min(lefts) >= 12 or columns < (3 if len(numbered) == BEARING_LINES else 4):
        return False
    # Justified lines of few words are blanks as wide as gutters between single words.
    worded = all(any(len(s) > 1 for s in beside[i - at].segments) for i, _ in numbered)
    return worded and all(after == before + 1 for (_, before), (_, after) in pairwise(numbered))


def _borne_out(lanes: Sequence[Lane], gutters: Sequence[Gutter]) -> bool:
    """Whether enough lines have print on both sides of every gutter; a header with three names speaks for itself."""
    if any(sum(names_column(t) for t in lane.texts()) >= 3 for lane in lanes):
        return True
    several = [strip for strip in strips(lanes) if strip.n_columns >= 2]
    numbered = sum(row_number(lane.texts()[0]) is not None for lane in lanes)
    borne = (sum(stands_beside(lane, gutter) for lane in several) for gutter in gutters)
    needed = BEARING_LINES if len(gutters) < 3 else 2
    return (2 * len(several) >= len(lanes) or numbered >= BEARING_LINES) and min(borne, default=0) >= needed


def _reach(lanes: Sequence[Lane], anchor: int) -> int:
    """Index after the last lane that can still be of the table: no wide break in the spacing, no running text."""
    near = [b for lane in lanes[anchor : anchor + LINES_LOOKED_AT] if len(lane.segments) >= 2 for b in lane.boxes]
    left, right = min(b.x0 for b in near), max(b.x1 for b in near)
    last, prose = anchor + 1, 0
    while last < len(lanes) and last - anchor < MOST_LANES:
        lane = lanes[last]
        if lane.top - lanes[last - 1].bottom > MOST_LEADING or lane.boxes[0].x0 < left - 40:
            break
        wide = len(lane.segments) == 1 and lane.boxes[0].width > 0.75 * (right - left)
        prose = prose + 1 if wide else 0
        if prose == 3:
            return last - 2
        last += 1
    return last


def _above_prose(lanes: Sequence[Lane], anchor: int, last: int, gutters: Sequence[Gutter]) -> int:
    """Index after the last lane before the running text that ends the stretch.

    A paragraph's last line may be as short as a cell of the first column; the lines above it run over every gutter.
    """
    end = last
    while end - anchor > 2 and len(lanes[end - 1].segments) == 1:
        end -= 1
        if runs_on(lanes[end].boxes[0], gutters):
            last = end
    return last


def _top_of(lanes: Sequence[Lane], start: int, anchor: int, gutters: Sequence[Gutter]) -> int:
    """The first lane of the table: its header may stand above section rows that lie over the first row."""
    first = anchor
    while first > start and _belongs_above(lanes[first - 1], lanes[first], gutters):
        first -= 1
    for at in range(first - 1, max(start, first - HEADER_WITHIN) - 1, -1):
        if lanes[at + 1].top - lanes[at].bottom > ROW_GAP:
            break
        if _is_of_header(lanes[at], gutters):
            return _top_of(lanes, start, at, gutters)
    return first


def _is_of_header(lane: Lane, gutters: Sequence[Gutter]) -> bool:
    """A line with two names of columns; or with one, and print in more, which may be misread, each in its column."""
    named = sum(names_column(t) for t in lane.texts())
    return fits(lane, gutters) and (named >= 2 or (named == 1 and lane.n_columns >= MANY_COLUMNS))


def _belongs_above(lane: Lane, below: Lane, gutters: Sequence[Gutter]) -> bool:
    """A header over numbered rows, or its first lines: close above and in the columns, not one line centred alone.

    Names of more lines than their neighbours ("Số" over "TT"), and names over several columns, stand alone half a line
    above these; running text runs over all gutters but the first.
    """
    box = lane.boxes[0]
    apart, height = below.top - lane.bottom, box.height
    if len(lane.segments) >= 2:
        return apart < ROW_GAP and (apart < 0.5 * height or fits(lane, gutters))
    if box.x0 < gutters[0][0]:
        return apart < 0.5 * height and box.x1 <= gutters[0][1]
    centre = (gutters[0][0] + gutters[-1][1]) / 2
    amid = abs(box.centre[0] - centre) < 0.1 * (gutters[-1][1] - gutters[0][0])
    return apart < (0.5 if amid else 1.0) * height and not runs_on(box, gutters)


def runs_on(box: Box, gutters: Sequence[Gutter]) -> bool:
    """Whether the box runs over all gutters, as running text does; an indented line may begin behind the first."""
    return all(crosses(box, gutter) for gutter in gutters[1:])


def _gutters(lanes: Sequence[Lane]) -> tuple[Gutter, ...]:
    return lanes_to_gutters(lanes, n_header=_lanes_above_rows(lanes))


def _lanes_above_rows(lanes: Sequence[Lane]) -> int:
    """How many lanes stand above the first row number; 0 where the first column numbers no rows."""
    numbered = [i for i, lane in enumerate(lanes) if row_number(lane.texts()[0]) is not None]
    return numbered[0] if len(numbered) >= 2 else 0
