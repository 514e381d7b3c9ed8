"""A table laid out for reading: its cells one under the other on a sheet, the words brought back to the page.

An engine that sees a table whole reads lines across its columns, joins words over a rule and skips lone digits. Cell
under cell it has one column of lines to read, in one call, with about half the paper to look at.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extract.page import Box, Word
from extract.raster import Gray
from extract.tables.grids import Grid, GridCell
from extract.tables.rulings import MILLIMETRES_PER_INCH

MAX_SHEET_HEIGHT = 24_000
"""Pixels. Tesseract refuses images from 32767 up."""

_INK = 140


@dataclass(frozen=True, slots=True)
class Strip:
    """The inked part of one cell on a sheet: it stands from `top` to `bottom` there, (dx, dy) further on the page."""

    grid: int
    cell: int
    top: int
    bottom: int
    dx: int
    dy: int


@dataclass(frozen=True)
class Sheet:
    """An image to read, and where its strips come from; pixels."""

    image: Gray
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class _Crop:
    grid: int
    cell: int
    x: int
    y: int
    image: Gray


def unfold(erased: Gray, grids: Sequence[Grid], dpi: float) -> tuple[Sheet, ...]:
    """Sheets with the inked cells of all grids in reading order; `erased` is the page without the grids' rules."""
    millimetre = dpi / MILLIMETRES_PER_INCH
    crops = [
        crop
        for number, grid in enumerate(grids)
        for index, cell in enumerate(grid.cells)
        if (crop := _crop(erased, number, index, cell, millimetre)) is not None
    ]
    gap = round(3 * millimetre)
    sheets: list[list[_Crop]] = [[]]
    height = 0
    for crop in crops:
        height += crop.image.shape[0] + gap
        if height > MAX_SHEET_HEIGHT and sheets[-1]:
            sheets.append([])
            height = crop.image.shape[0] + gap
        sheets[-1].append(crop)
    return tuple(_sheet(s, gap) for s in sheets if s)


def _crop(page: Gray, grid: int, index: int, cell: GridCell, millimetre: float) -> _Crop | None:
    """The cell cut down to its ink with a little paper around it; None where it holds nothing larger than a speck."""
    box = cell.box
    x, y = max(0, round(box.x0)), max(0, round(box.top))
    inside = page[y : max(y, round(box.bottom)), x : max(x, round(box.x1))]
    ink = inside < _INK
    if ink.sum() < (0.3 * millimetre) ** 2:
        return None
    rows, cols = np.nonzero(ink.any(axis=1))[0], np.nonzero(ink.any(axis=0))[0]
    edge = round(0.4 * millimetre)
    top, left = max(0, rows[0] - edge), max(0, cols[0] - edge)
    return _Crop(grid, index, x + left, y + top, inside[top : rows[-1] + edge + 1, left : cols[-1] + edge + 1])


def _sheet(crops: Sequence[_Crop], gap: int) -> Sheet:
    width = max(c.image.shape[1] for c in crops) + 2 * gap
    height = sum(c.image.shape[0] + gap for c in crops) + gap
    image = np.full((height, width), 255, np.uint8)
    strips, y = [], gap
    for crop in crops:
        tall, wide = crop.image.shape
        image[y : y + tall, gap : gap + wide] = crop.image
        strips.append(Strip(crop.grid, crop.cell, y, y + tall, crop.x - gap, crop.y - y))
        y += tall + gap
    return Sheet(image, tuple(strips))


def folded_back(words: Sequence[Word], sheet: Sheet) -> dict[tuple[int, int], list[Word]]:
    """Words read on the sheet, at their places on the page in pixels, by (grid, cell); words between strips dropped."""
    found: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        if word.box is None:
            continue
        strip = _strip_of(word.box, sheet.strips)
        if strip is not None:
            box = word.box
            moved = Box(box.x0 + strip.dx, box.top + strip.dy, box.x1 + strip.dx, box.bottom + strip.dy)
            found.setdefault((strip.grid, strip.cell), []).append(replace(word, box=moved))
    return found


def _strip_of(box: Box, strips: Sequence[Strip]) -> Strip | None:
    """The strip that shares most height with the box."""
    shared, best = max(
        ((min(s.bottom, box.bottom) - max(s.top, box.top), i) for i, s in enumerate(strips)), default=(0.0, 0)
    )
    return strips[best] if shared > 0 else None


def without_tables(gray: Gray, grids: Sequence[Grid]) -> Gray:
    """The page with the areas of the grids made white: what is left to read as running text."""
    result = gray.copy()
    for grid in grids:
        box = grid.box
        result[max(0, round(box.top) - 6) : round(box.bottom) + 7, max(0, round(box.x0) - 6) : round(box.x1) + 7] = 255
    return result
