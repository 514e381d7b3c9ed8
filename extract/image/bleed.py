"""Print of the back that shines through the sheet, taken off by its level: paler than all that stands on the front.

Engines read the mirrored letters as rows of signs, and weave them into the lines between which they stand.
"""

import cv2
import numpy as np

from extract.image.print_rows import letters_among, marks_of
from extract.image.stamps import print_level
from extract.raster import A4_LONG_SIDE_INCHES, Gray, dpi_of, shrink_to

LOOK_DPI = 150

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
    back = level_of_back(shrink_to(gray, round(LOOK_DPI * A4_LONG_SIDE_INCHES)))
    if back is None:
        return gray
    front = gray < back - CLEAR * (255 - print_level(gray))
    reach = 2 * round(EDGE * dpi_of(gray.shape)) + 1
    near = cv2.dilate(front.astype(np.uint8), np.ones((reach, reach), np.uint8))
    return np.where(near > 0, gray, np.uint8(255))


def level_of_back(small: Gray) -> float | None:
    """How dark the print of the back is on the page at LOOK_DPI, 0 to 255; None where none shines through."""
    labels, stats = marks_of((small < SEEN).astype(np.uint8))
    darkest = np.full(len(stats), 255, np.uint8)
    np.minimum.at(darkest, labels.ravel(), small.ravel())
    letters = letters_among(stats, LOOK_DPI)
    letters[0] = False
    black = print_level(small)
    shares = (darkest[letters].astype(np.float64) - black) / (255 - black)
    pale, between = shares > PALE, (shares > DARK) & (shares <= PALE)
    if pale.sum() < max(FEWEST, SHARE * len(shares)) or between.sum() > BETWEEN * pale.sum():
        return None
    return float(black + np.quantile(shares[pale], PALEST) * (255 - black))
