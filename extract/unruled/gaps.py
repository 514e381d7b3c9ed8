"""Tables without rules down: words -> lanes -> gutters -> columns, bands of rows, cells.

Where such tables stand is told by `blocks`. Boxes are in points of the upright page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.page import Box, Cell, Word, union_of
from extract.tables.cells import Held, Placed, PlacedTable, held_to_table
from extract.tables.headers import is_section_number, names_column
from extract.tables.row_numbers import Numbering, may_be_number, numbers_mended
from extract.unruled.bands import is_numbered, is_section, row_bounds
from extract.unruled.blocks import lanes_to_blocks
from extract.unruled.gutters import Gutter
from extract.unruled.header_groups import HeaderGroups, find_groups
from extract.unruled.lanes import Lane, leading_of, strips, words_to_lanes


def find_unruled(words: Sequence[Word], rules_across: Sequence[Box] = ()) -> Placed:
    """Tables among the words that stand outside ruled ones, and the words that are in none.

    rules_across: printed rules across the page, where there are any; they part rows.
    """
    lanes = words_to_lanes(words)
    blocks = tuple(lanes_to_blocks(lanes, rules_across))
    tables = tuple(block_to_table(lanes[first:last], gutters, rules_across) for first, last, gutters in blocks)
    used = {id(w) for first, last, _ in blocks for lane in lanes[first:last] for w in lane.words}
    return Placed(tables, tuple(w for w in words if id(w) not in used))


def block_to_table(lanes: Sequence[Lane], gutters: Sequence[Gutter], rules: Sequence[Box]) -> PlacedTable:
    """Columns between the middles of the gutters, rows as `row_bounds` finds them, each word in its cell."""
    box = union_of([b for lane in lanes for b in lane.boxes])
    assert box is not None
    columns = [box.x0, *((a + b) / 2 for a, b in gutters), box.x1]
    lanes = with_row_numbers(lanes, columns[1])
    bounds = [box.top, *row_bounds(lanes, columns, rules), box.bottom]
    head = _within(lanes, bounds[0], bounds[1])
    groups = find_groups(head, columns, leading_of(lanes)) if _names_columns(head) else None
    top = list(_grouped_header(head, groups, columns, bounds[:2])) if groups else []
    found = [*top, *_body_cells(lanes, columns, bounds, skipped=1 if groups else 0)]
    return held_to_table(found, box, len(bounds) - (0 if groups else 1), len(columns) - 1, ruled=False)


def with_row_numbers(lanes: Sequence[Lane], right: float) -> tuple[Lane, ...]:
    """The lanes, misread numbers of the first column put right; right: where that column ends, in points."""
    at = [n for n, lane in enumerate(lanes) if lane.boxes[0].x1 <= right and may_be_number(lane.segments[0])]
    beside = strips(lanes)
    told = numbers_mended([Numbering(lanes[n].segments[0][0], beside[n].n_columns) for n in at])
    mended = dict(zip(at, told, strict=True))
    return tuple(
        replace(lane, segments=((mended[n],), *lane.segments[1:])) if n in mended else lane
        for n, lane in enumerate(lanes)
    )


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
