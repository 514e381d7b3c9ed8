"""Two pages scanned on one sheet, an open book or file: where the fold between them runs, and each page by itself.

Read as one page their lines and tables would be woven together. A sheet is taken for a spread only where white runs
from its top to its bottom near its middle, as wide as the margins of two pages, with much print on both sides.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.raster import Gray, shrink_to
from extract.regions import INK_DPI, LETTER, LONGEST_MARK, mark_sizes, runs_of

FOLD = (0.42, 0.58)
"""Shares of the sheet's width between which the middle of the white lies."""
MARGINS = 0.07
"""Share of the sheet's width that two inner margins have at least; columns of a table stand closer."""
PRINTED = 0.25
"""Share of its height that each page has in printed lines at least; a letterhead or signatures have less."""


def pages_of_sheet(gray: Gray, dpi: float) -> tuple[Gray, ...]:
    """The sheet itself, or of a spread its left and its right page, the other one made white; places stay as they are.

    gray: a clean, straight, upright page.
    """
    fold = find_fold(gray, dpi)
    if fold is None:
        return (gray,)
    left, right = gray.copy(), gray.copy()
    left[:, fold:], right[:, :fold] = 255, 255
    return left, right


def find_fold(gray: Gray, dpi: float) -> int | None:
    """Where the fold of a spread runs, in pixels from the left; None where the sheet is one page."""
    height, width = gray.shape
    if width <= height:
        return None
    small = shrink_to(gray, round(max(gray.shape) * INK_DPI / dpi))
    ink = _print_and_rules(small)
    side = ink.shape[1]
    white = runs_of(np.asarray(~ink.any(axis=0)), 1)
    middle = [run for run in white if FOLD[0] * side <= sum(run) / 2 <= FOLD[1] * side]
    widest = max(middle, key=lambda run: run[1] - run[0], default=(0, 0))
    if widest[1] - widest[0] < MARGINS * side:
        return None
    fold = sum(widest) // 2
    filled = min(float(half.any(axis=1).mean()) for half in (ink[:, :fold], ink[:, fold:]))
    return round(fold * width / side) if filled >= PRINTED else None


def _print_and_rules(small: Gray) -> NDArray[np.bool_]:
    """The ink of letters and rules; not that of dirt, nor of the fold itself: a line down all by itself."""
    size, _ = mark_sizes(small, INK_DPI)
    letters = (size >= LETTER) & (size <= LONGEST_MARK)
    long = (size > LONGEST_MARK).astype(np.uint8)
    across = cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones((1, round(LONGEST_MARK * INK_DPI / 2)), np.uint8))
    return np.asarray(letters | (across > 0))
