"""Print of the back that shines through the sheet, taken off by its level: paler than all that stands on the front.

Engines read the mirrored letters as rows of signs, and weave them into the lines between which they stand.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.print_rows import letters_among, marks_of
from extract.image.stamps import print_level
from extract.raster import Gray, dpi_of, thinned

LOOK_DPI = 140
"""Resolution, at least, at which letters are looked at."""

SEEN = 220
"""Darker than this is ink of any kind, on a page whose light was evened."""

DARK, PALE = 0.35, 0.45
"""Shares of the way from print to paper: the darkest spot of a letter of the front lies below the one, of a letter of
the back above the other."""

BETWEEN = 0.15
"""Share of the pale marks that may lie between: on a faint page letters of every level do."""

FEWEST, SHARE = 30, 0.05
"""So many pale marks, and such a share of all, are the print of a back; fewer are dirt."""

CLEAR = 0.08
"""Share of the way from paper to print by which ink of the front is darker than the back's letters."""

EDGE = 0.008
"""Inches over which the edge of print is soft."""

PALEST = 0.1
"""Share of the pale marks that are darkest, by which the level of the back is told."""


def bleed_off(gray: Gray) -> Gray:
    """The page without the print of its back, where there is such; any other page as it is.

    The soft edges of print are as pale as the back, and stay: what is near to ink of the front is left alone.
    """
    back = level_of_back(*thinned(gray, dpi_of(gray.shape), LOOK_DPI))
    if back is None:
        return gray
    front = gray < back - CLEAR * (255 - print_level(gray))
    reach = 2 * round(EDGE * dpi_of(gray.shape)) + 1
    near = cv2.dilate(front.astype(np.uint8), np.ones((reach, reach), np.uint8))
    return np.where(near > 0, gray, np.uint8(255))


def level_of_back(small: Gray, dpi: float) -> float | None:
    """How dark the print of the back is, 0 to 255; None where none shines through."""
    labels, stats = marks_of((small < SEEN).astype(np.uint8))
    letters = letters_among(stats, dpi)
    letters[0] = False
    black = print_level(small)
    dark, darker = (holding(labels, small < black + share * (255 - black), len(stats)) for share in (PALE, DARK))
    pale, between = letters & ~dark, letters & dark & ~darker
    if pale.sum() < max(FEWEST, SHARE * letters.sum()) or between.sum() > BETWEEN * pale.sum():
        return None
    levels = np.full(len(stats), 255, np.uint8)
    on = pale[labels]
    np.minimum.at(levels, labels[on], small[on])
    return float(np.quantile(levels[pale], PALEST))


def holding(labels: NDArray[np.int32], where: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    """Which of the `count` marks hold a pixel where it is True."""
    return np.bincount(labels[where], minlength=count) > 0
