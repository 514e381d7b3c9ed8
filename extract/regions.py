"""The running text of a page cut into regions: parts that are read from top to bottom, in the order they are read.

An administrative page is one column, save where two blocks stand side by side: the letterhead (issuer | national
motto) and its end ("Nơi nhận" | signature). Engines weave such blocks together; so they are parted before reading,
by the ink alone, and the left one is read before the right one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.print_rows import marks_of
from extract.page import Box
from extract.raster import Gray, binarise, shrink_to

# Resolution of the image on which regions are found.
INK_DPI = 100
# Inches. Smaller marks count near letters only: dots and tone marks do, dirt not.
LETTER, NEAR = 0.05, 0.1
# What is longer is a pen's stroke, unless it is as low as print: the letters of a bold word run together ("Trường").
LONGEST_MARK, LOWEST_STROKE = 0.6, 0.25
# Marks over and under capitals are lower than letters, and so near to them.
MARK, ABOVE = 0.07, 0.04
# A block is at least this wide on both sides of its gutter somewhere.
BLOCK_WIDTH = 0.4
# A lone run narrower than this is no word: a speck at the edge, the end of a pen's stroke.
SPECK_WIDTH = 0.1
# White this wide parts blocks: the gaps between the words of a justified line hardly reach half of it.
COLUMN_GAP = 0.3
# Once a band has its gutter, its other rows may come as near as this.
GUTTER = 0.1
# From here on a lone run counts as standing on the right.
RIGHT_HALF = 3.0
# White this high ends a band of side-by-side blocks; a signature may stand between its title and its name.
BAND_GAP = 1.6


@dataclass(frozen=True, slots=True)
class Slab:
    """Rows of ink between two white rows, and the runs of ink in it that wide gaps part; pixels, ends excluded."""

    top: int
    bottom: int
    runs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Slabs first to last - 1 hold two blocks side by side, with the gutter at x."""

    first: int
    last: int
    gutter: float


def find_regions(gray: Gray, dpi: float) -> tuple[Box, ...]:
    """The regions of a clean, straight, upright page, or of a part of it, in reading order; pixels of the image."""
    factor = dpi / INK_DPI
    small = shrink_to(gray, round(max(gray.shape) / factor))
    boxes = ink_to_regions(text_ink(small, INK_DPI), INK_DPI)
    return tuple(Box(b.x0 * factor, b.top * factor, b.x1 * factor, b.bottom * factor) for b in boxes)


def ink_to_regions(ink: NDArray[np.bool_], inch: float) -> tuple[Box, ...]:
    """The whole chain after the ink of the text is found: ink -> slabs -> bands -> regions; `inch` in pixels."""
    slabs = ink_to_slabs(ink, COLUMN_GAP * inch)
    return slabs_to_boxes(slabs, find_bands(slabs, inch), ink.shape[1], ink.shape[0])


def text_ink(gray: Gray, inch: float) -> NDArray[np.bool_]:
    """The ink of letters and of the marks around them: no specks, no rules, no strokes of a pen."""
    size, height = mark_sizes(gray, inch)
    letters = (size >= LETTER) & ((size <= LONGEST_MARK) | ((height >= LETTER) & (height <= LOWEST_STROKE)))
    return letters | ((size > 0) & (size < LETTER) & near(letters, inch))


def lone_specks_off(gray: Gray, dpi: float) -> Gray:
    """The page with marks made white that are too small for letters and have none near.

    An engine that looks for one block of text takes them for lines of it, and reads dirt for seconds.
    """
    small = shrink_to(gray, round(max(gray.shape) * INK_DPI / dpi))
    size, _ = mark_sizes(small, INK_DPI)
    lone = (size > 0) & (size < LETTER) & ~near(size >= LETTER, INK_DPI)
    if not lone.any():
        return gray
    around = cv2.dilate(lone.astype(np.uint8), np.ones((5, 5), np.uint8))
    return np.where(cv2.resize(around, gray.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0, np.uint8(255), gray)


def mark_sizes(gray: Gray, inch: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """For every pixel the longer side and the height, in inches, of the mark it belongs to; 0 on white paper."""
    labels, stats = marks_of(binarise(gray).astype(np.uint8))
    sides = stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1].astype(np.float32) / np.float32(inch)
    sides[0] = 0
    return sides.max(axis=1)[labels], sides[:, 1][labels]


def near(marks: NDArray[np.bool_], inch: float) -> NDArray[np.bool_]:
    """True on the marks and for NEAR inches around them."""
    reach = round(2 * NEAR * inch) | 1
    return np.asarray(cv2.dilate(marks.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0)


def ink_to_slabs(ink: NDArray[np.bool_], gap: float) -> tuple[Slab, ...]:
    """Slabs from top to bottom; runs of ink closer than `gap` pixels are one."""
    slabs = []
    for top, bottom in rows_with_marks(runs_of(np.asarray(ink.any(axis=1)), 1), gap / COLUMN_GAP):
        slabs.append(Slab(top, bottom, runs_of(np.asarray(ink[top:bottom].any(axis=0)), gap)))
    return tuple(slabs)


def rows_with_marks(rows: Sequence[tuple[int, int]], inch: float) -> list[tuple[int, int]]:
    """The rows of ink, those with nothing but marks put to the nearest row of letters, if one is near.

    "ỦY BAN" came out as "UY BAN" where a block began between capitals and their marks.

    >>> rows_with_marks([(10, 14), (16, 30), (33, 36), (44, 58), (70, 73)], 100)
    [(10, 36), (44, 58), (70, 73)]
    """
    joined: list[tuple[int, int]] = []
    for n, (top, bottom) in enumerate(rows):
        before = top - joined[-1][1] if joined else float("inf")
        after = rows[n + 1][0] - bottom if n + 1 < len(rows) else float("inf")
        above_is_low = bool(joined) and joined[-1][1] - joined[-1][0] < MARK * inch
        if before < ABOVE * inch and (above_is_low or (bottom - top < MARK * inch and before <= after)):
            joined[-1] = joined[-1][0], bottom
        else:
            joined.append((top, bottom))
    return joined


def runs_of(marks: NDArray[np.bool_], gap: float) -> tuple[tuple[int, int], ...]:
    """(start, end) of the runs of True, those with less than `gap` False between them joined."""
    at = np.flatnonzero(marks)
    if not len(at):
        return ()
    breaks = np.flatnonzero(np.diff(at) > gap)
    starts, ends = at[np.r_[0, breaks + 1]], at[np.r_[breaks, len(at) - 1]] + 1
    return tuple((int(start), int(end)) for start, end in zip(starts, ends, strict=True))


def find_bands(slabs: Sequence[Slab], inch: float) -> tuple[Band, ...]:
    """The bands of side-by-side blocks, from top to bottom."""
    bands = []
    at = 0
    while at < len(slabs):
        band = band_from(slabs, at, inch)
        if band is not None:
            bands.append(band)
        at = band.last if band is not None else at + 1
    return tuple(bands)


def band_from(slabs: Sequence[Slab], first: int, inch: float) -> Band | None:
    """The band that begins with this slab: as many slabs as leave one gutter free, some with ink on both sides.

    A slab that lies right of the gutter may begin it: the motto often stands higher than the issuer, and the office
    of the signer higher than the list of who gets a copy. A slab of more than two runs may be part of it ("Số:
    /KH-UBND" with the number left out), as long as most are pairs: rows of many runs are a table.
    """
    gutter = (float("-inf"), float("inf"))
    last, pairs, crowded = first, 0, 0
    for at in range(first, len(slabs)):
        slab = without_specks(slabs[at], inch) if gutter[0] == float("-inf") else slabs[at]
        crowded += len(without_specks(slab, inch).runs) > 2
        if crowded > pairs or (at > first and slab.top - slabs[at - 1].bottom > BAND_GAP * inch):
            break
        narrower = narrowed(slab, *gutter)
        if narrower[1] - narrower[0] < GUTTER * inch or (narrower[0] == float("-inf") and not _leads(slab, inch)):
            break
        gutter = narrower
        pairs += is_pair(slab, inch)
        last = at + 1
    middle = sum(gutter) / 2
    return Band(first, last, middle) if any(parts(slab, middle, inch) for slab in slabs[first:last]) else None


def without_specks(slab: Slab, inch: float) -> Slab:
    """The slab without runs that are narrower than words, where it has others."""
    words = tuple((start, end) for start, end in slab.runs if end - start >= SPECK_WIDTH * inch)
    return replace(slab, runs=words or slab.runs)


def _leads(slab: Slab, inch: float) -> bool:
    """Whether a lone run may stand above the first pair of a band: in the right half of the page."""
    return slab.runs[0][0] >= RIGHT_HALF * inch


def is_pair(slab: Slab, inch: float) -> bool:
    """Two runs of ink, each as wide as a short word at least; specks do not count."""
    runs = without_specks(slab, inch).runs
    return len(runs) == 2 and min(end - start for start, end in runs) >= BLOCK_WIDTH * inch


def parts(slab: Slab, gutter: float, inch: float) -> bool:
    """Whether the gutter has both runs of a pair on its sides: specks in the margin left one beside all the text."""
    left, right = without_specks(slab, inch).runs[0], without_specks(slab, inch).runs[-1]
    return is_pair(slab, inch) and left[1] <= gutter <= right[0]


def narrowed(slab: Slab, low: float, high: float) -> tuple[float, float]:
    """What is left of the gutter (low, high) when this slab must leave it free: the widest part of it without ink."""
    if len(slab.runs) == 1 and low == float("-inf"):
        start, end = slab.runs[0]
        # Left of all that began the band on the right: the first line of the other block.
        return (low, min(high, start)) if high == float("inf") or end > high else (end, high)
    starts = [low, *(end for _, end in slab.runs)]
    ends = [*(start for start, _ in slab.runs), high]
    free = [(max(low, start), min(high, end)) for start, end in zip(starts, ends, strict=True)]
    if low == float("-inf"):
        free = free[1:-1]
    return max(free, key=lambda gap: gap[1] - gap[0])


def slabs_to_boxes(slabs: Sequence[Slab], bands: Sequence[Band], width: int, height: int) -> tuple[Box, ...]:
    """Boxes of the regions in reading order; they reach half way into the white around them and tile the inked page."""
    edges = [0.0, *((a.bottom + b.top) / 2 for a, b in pairwise(slabs)), float(height)]
    boxes = []
    at = 0
    for band in (*bands, Band(len(slabs), len(slabs), 0.0)):
        if band.first > at:
            boxes.append(Box(0.0, edges[at], width, edges[band.first]))
        if band.last > band.first:
            top, bottom = edges[band.first], edges[band.last]
            boxes += [Box(0.0, top, band.gutter, bottom), Box(band.gutter, top, width, bottom)]
        at = band.last
    return tuple(boxes)
