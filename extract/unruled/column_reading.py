"""Tables without rules down, read anew column by column.

An engine that sees such a table whole reads lines across its columns, and where cells stand half a line apart it loses
many of their words. The first reading tells where the table and its columns are; the second sees the cells one under
another, as it does those of a ruled table.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.assembly import Region
from extract.page import Box, Word
from extract.raster import Gray
from extract.regions import runs_of
from extract.tables.grids import Grid, GridCell
from extract.unruled.blocks import UnruledBlock, find_blocks

POINTS_PER_INCH = 72.0

LINE_GAP = 2.3
"""Points of white between two rows; less may be that between two lines of a cell, or a letter and its accent."""

LEAST_CUT = 1.5
"""Points of white between two columns, or two words; letters stand closer."""

REACH = 4.0
"""Points beyond a gutter as the first reading saw it within which the white between two columns is looked for."""

INK = 140

SURE = 0.7
"""A word that the second reading passed over was read at least so surely by the first."""

ReadGrids = Callable[[Sequence[Grid]], Region]
"""Grids in pixels -> the words of each of their cells, in points."""


def read_again(
    bare: Gray, regions: Sequence[Region], rules_across: Sequence[Box], dpi: float, read: ReadGrids
) -> tuple[list[Region], Region]:
    """The regions without the words in tables without rules down, and those, by cells, as a second reading has them.

    bare: the page without its rules; boxes of words and rules in points. Of the first reading is kept what the second
    passed over: a lone "%" on a strip of its own is often not seen.
    """
    words = [word for region in regions for group in region for word in group]
    blocks = find_blocks(words, rules_across)
    grids = [grid for block in blocks if (grid := block_to_grid(bare, block, dpi / POINTS_PER_INCH)) is not None]
    if not grids:
        return list(regions), ()
    found = read(grids)
    kept: list[Region] = [[[w for w in group if not _within(w, blocks)] for group in region] for region in regions]
    again = [word for group in found for word in group]
    missed = [w for w in words if _within(w, blocks) and _is_sure(w) and not _is_covered(w, again)]
    return kept, [*found, missed] if missed else found


def _is_sure(word: Word) -> bool:
    return word.confidence >= SURE and any(letter.isalnum() or letter == "%" for letter in word.text)


def _is_covered(word: Word, others: Sequence[Word]) -> bool:
    """Whether one of the others stands where the word does, or next to nothing off it."""
    return any(
        other.box is not None
        and word.box is not None
        and min(other.box.x1, word.box.x1) > max(other.box.x0, word.box.x0)
        and min(other.box.bottom, word.box.bottom) > max(other.box.top, word.box.top)
        for other in others
    )


def _within(word: Word, blocks: Sequence[UnruledBlock]) -> bool:
    return word.box is not None and any(block.box.contains(*word.box.centre) for block in blocks)


def block_to_grid(bare: Gray, block: UnruledBlock, scale: float) -> Grid | None:
    """The inked parts of the block's columns, row by row: where white runs over all columns, and down a gutter."""
    left, top = max(0, round((block.box.x0 - REACH) * scale)), max(0, round(block.box.top * scale))
    inside = bare[top : round(block.box.bottom * scale) + 1, left : round((block.box.x1 + REACH) * scale)] < INK
    cells = []
    for number, (start, end) in enumerate(runs_of(np.asarray(inside.any(axis=1)), LINE_GAP * scale)):
        profile = np.asarray(inside[start:end].any(axis=0))
        cuts = [0, *_cuts(profile, block, left, scale), inside.shape[1]]
        for col, (x0, x1) in enumerate(pairwise(cuts)):
            box = Box(left + x0, top + start, left + x1, top + end)
            cells.append(GridCell(number, col, 1, 1, box))
    return Grid((), (), tuple(cells)) if cells else None


def _cuts(profile: NDArray[np.bool_], block: UnruledBlock, left: int, scale: float) -> Iterator[int]:
    """The middle of the widest white near each gutter, in pixels of the profile; none where a title runs over it."""
    for x0, x1 in block.gutters:
        first, last = max(0, round((x0 - REACH) * scale) - left), round((x1 + REACH) * scale) - left
        white = runs_of(~profile[first:last], 1)
        widest = max(white, key=lambda run: run[1] - run[0], default=(0, 0))
        if widest[1] - widest[0] >= LEAST_CUT * scale:
            yield first + (widest[0] + widest[1]) // 2
