"""Tables without rules down: words -> lanes -> gutters -> columns, bands of rows, cells.

Nothing is taken for a table without a header line or a column of row numbers in sequence, and gutters that several
lines bear out: a table missed stays readable as lines, running text cut into cells is lost. Boxes are in points of the
upright page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.page import Box, Cell, Word, union_of
from extract.tables.cells import Held, Placed, PlacedTable, held_to_table
from extract.tables.headers import is_section_number, names_column, row_number
from extract.unruled.bands import is_numbered, is_section, row_bounds
from extract.unruled.between_rules import lanes_between_rules, with_open_ends
from extract.unruled.gutters import LINES_LOOKED_AT, Gutter, crosses, fits, lanes_to_gutters, stands_beside
from extract.unruled.header_groups import HeaderGroups, find_groups
from extract.unruled.lanes import Lane, leading_of, strips, words_to_lanes
from extract.unruled.row_numbers import row_numbers_mended

BEARING_LINES = 3
"""So many lines must have print on both sides of a gutter; two lines of justified text agree by chance, though hardly
in three gutters."""

Block = tuple[int, int, tuple[Gutter, ...]]
"""first lane, last lane + 1, gutters"""

MOST_LANES = 200

_MOST_LEADING = 45.0

HEADER_WITHIN = 8
"""Lanes above the first row within which a header may stand: that of a section, and the lines of its own names."""

MANY_COLUMNS = 4
"""A line with print in so many columns is none of running text."""

ROW_GAP = 22.0
"""Points of white between two rows at most."""


def find_unruled(words: Sequence[Word], rules_across: Sequence[Box] = ()) -> Placed:
    """Tables among the words that stand outside ruled ones, and the words that are in none.

    rules_across: printed rules across the page, where there are any; they part rows.
    """
    lanes = words_to_lanes(words)
    blocks = tuple(_blocks(lanes, rules_across))
    tables = tuple(block_to_table(lanes[first:last], gutters, rules_across) for first, last, gutters in blocks)
    used = {id(w) for first, last, _ in blocks for lane in lanes[first:last] for w in lane.words}
    return Placed(tables, tuple(w for w in words if id(w) not in used))


@dataclass(frozen=True, slots=True)
class UnruledBlock:
    """Where a table without rules down stands, and the blanks between its columns."""

    box: Box
    gutters: tuple[Gutter, ...]


def find_blocks(words: Sequence[Word], rules_across: Sequence[Box] = ()) -> tuple[UnruledBlock, ...]:
    """The places of the tables that `find_unruled` finds among the words."""
    lanes = words_to_lanes(words)
    return tuple(
        UnruledBlock(box, gutters)
        for first, last, gutters in _blocks(lanes, rules_across)
        if (box := union_of([b for lane in lanes[first:last] for b in lane.boxes])) is not None
    )


def _blocks(lanes: Sequence[Lane], rules: Sequence[Box]) -> Iterator[Block]:
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
        if lane.top - lanes[last - 1].bottom > _MOST_LEADING or lane.boxes[0].x0 < left - 40:
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
        if all(crosses(lanes[end].boxes[0], gutter) for gutter in gutters):
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

    Names of more lines than their neighbours, and names over several columns, stand alone half a line above these.
    """
    apart, height = below.top - lane.bottom, lane.boxes[0].height
    if len(lane.segments) >= 2:
        return apart < ROW_GAP and (apart < 0.5 * height or fits(lane, gutters))
    centre = (gutters[0][0] + gutters[-1][1]) / 2
    amid = abs(lane.boxes[0].centre[0] - centre) < 0.1 * (gutters[-1][1] - gutters[0][0])
    return apart < (0.5 if amid else 1.0) * height and lane.boxes[0].x0 >= gutters[0][0]


def _gutters(lanes: Sequence[Lane]) -> tuple[Gutter, ...]:
    return lanes_to_gutters(lanes, n_header=_lanes_above_rows(lanes))


def _lanes_above_rows(lanes: Sequence[Lane]) -> int:
    """How many lanes stand above the first row number; 0 where the first column numbers no rows."""
    numbered = [i for i, lane in enumerate(lanes) if row_number(lane.texts()[0]) is not None]
    return numbered[0] if len(numbered) >= 2 else 0


def block_to_table(lanes: Sequence[Lane], gutters: Sequence[Gutter], rules: Sequence[Box]) -> PlacedTable:
    """Columns between the middles of the gutters, rows as `row_bounds` finds them, each word in its cell."""
    box = union_of([b for lane in lanes for b in lane.boxes])
    assert box is not None
    columns = [box.x0, *((a + b) / 2 for a, b in gutters), box.x1]
    lanes = row_numbers_mended(lanes, columns[1])
    bounds = [box.top, *row_bounds(lanes, columns, rules), box.bottom]
    head = _within(lanes, bounds[0], bounds[1])
    groups = find_groups(head, columns, leading_of(lanes)) if _names_columns(head) else None
    top = list(_grouped_header(head, groups, columns, bounds[:2])) if groups else []
    found = [*top, *_body_cells(lanes, columns, bounds, skipped=1 if groups else 0)]
    return held_to_table(found, box, len(bounds) - (0 if groups else 1), len(columns) - 1, ruled=False)


def _body_cells(
    lanes: Sequence[Lane], columns: Sequence[float], bounds: Sequence[float], skipped: int
) -> Iterator[Held]:
    """The cells of the bands from the first that is not skipped; a skipped band holds two rows."""
    numbered = sum(is_numbered(lane, columns) for lane in lanes) >= 2
    for band, (top, bottom) in enumerate(pairwise(bounds)):
        if band < skipped:
            continue
        here = _within(lanes, top, bottom)
        parts = _by_column(here, columns)
        for first, last in _spans_of(here, parts, columns, numbered=numbered):
            box = Box(columns[first], top, columns[last], bottom)
            held = [w for part in parts[first:last] for w in part]
            yield Cell(band + skipped, first, 1, last - first, False, box, ()), held


def _spans_of(
    here: Sequence[Lane], parts: Sequence[Sequence[Word]], columns: Sequence[float], *, numbered: bool
) -> Iterator[tuple[int, int]]:
    """(first column, last + 1) of the cells of one row: a title has all columns, or all but that of its number."""
    if not here or not _is_title(here, parts, columns, numbered=numbered):
        yield from ((col, col + 1) for col in range(len(parts)))
    elif is_numbered(here[0], columns):
        yield from ((0, 1), (1, len(parts)))
    else:
        yield 0, len(parts)


def _is_title(
    here: Sequence[Lane], parts: Sequence[Sequence[Word]], columns: Sequence[float], *, numbered: bool
) -> bool:
    """A section row by its print, or a Roman number or a capital with nothing but a short title beside it."""
    first, *others = (is_section(lane, columns, numbered=numbered) for lane in here)
    if first and all(others):
        return True
    lone = [col for col, words in enumerate(parts) if words] == [0, 1]
    return lone and is_section_number(" ".join(w.text for w in parts[0]))


def _grouped_header(
    head: Sequence[Lane], groups: HeaderGroups, columns: Sequence[float], bounds: Sequence[float]
) -> Iterator[Held]:
    """The cells of a header of two rows: names of groups over those of their columns, the other names over both."""
    (top, bottom), split = bounds, groups.split
    held = _by_column(head, columns)
    for col, words in enumerate(held):
        group = groups.group_at(col)
        x0, x1 = columns[col], columns[col + 1]
        if group is None:
            yield Cell(0, col, 2, 1, True, Box(x0, top, x1, bottom), ()), words
        elif group[0] == col:
            over = [w for c in range(*group) for w in held[c] if _above(w, split)]
            yield Cell(0, col, 1, group[1] - col, True, Box(x0, top, columns[group[1]], split), ()), over
    for first, last in groups.groups:
        for col in range(first, last):
            under = [w for w in held[col] if not _above(w, split)]
            yield Cell(1, col, 1, 1, True, Box(columns[col], split, columns[col + 1], bottom), ()), under


def _above(word: Word, y: float) -> bool:
    return word.box is not None and word.box.centre[1] < y


def _names_columns(lanes: Sequence[Lane]) -> bool:
    return sum(names_column(t) for lane in lanes for t in lane.texts()) >= 2


def _within(lanes: Sequence[Lane], top: float, bottom: float) -> list[Lane]:
    return [lane for lane in lanes if top <= (lane.top + lane.bottom) / 2 <= bottom]


def _all_words(lanes: Sequence[Lane]) -> list[Word]:
    return [w for lane in lanes for w in lane.words]


def _by_column(lanes: Sequence[Lane], columns: Sequence[float]) -> list[list[Word]]:
    held: list[list[Word]] = [[] for _ in range(len(columns) - 1)]
    for word in _all_words(lanes):
        if word.box is not None:
            x = word.box.centre[0]
            held[max(0, sum(x >= c for c in columns[1:-1]))].append(word)
    return held
