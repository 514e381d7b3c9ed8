"""Signatures off an upright page: long strokes of a pen in black, which colour does not tell from print.

An engine that finds them in a block of text drops the line that they touch: under a flourish that ran into the last
letter, the office of the signer was gone. What they cross of a line of print stays.
"""

import cv2
import numpy as np

from extract.image.print_rows import cover_rows, letters_among, marks_of, rows_of_marks
from extract.raster import Gray, thinned

LOOK_DPI = 140
"""Resolution, at least, at which strokes are looked for."""

INK = 140
"""Darker than this is ink, on a cleaned page; what is left of a coloured seal is paler, and holds letters together."""

LONGEST, HIGHEST = 0.6, 0.3
"""Inches. A mark longer and, the other way, wider than this is no letter and no rule, but a pen's stroke or a seal."""

FEWEST = 3
"""Letters that make a row of print."""

BEYOND = 0.3
"""Inches beside the letters of a row within which ink belongs to it: letters that a stroke ran into count as stroke."""


def signatures_off(gray: Gray, dpi: float) -> Gray:
    """The page without marks that are larger than print, save where they cross a row of print.

    gray: a clean, straight, upright page without the rules of its tables.
    """
    small, look = thinned(gray, dpi, LOOK_DPI)
    labels, stats = marks_of((small < INK).astype(np.uint8))
    sides = stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1] / look
    large = (sides.max(axis=1) > LONGEST) & (sides.min(axis=1) > HIGHEST)
    large[0] = False
    if not large.any():
        return gray
    letters = stats[letters_among(stats, look), :4]
    rows = [row for row in rows_of_marks(letters, small.shape, look) if len(row) >= FEWEST]
    gone = large[labels] & ~cover_rows(rows, small.shape, BEYOND * look)
    # The soft edges of a stroke go with it.
    around = cv2.dilate(gone.astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.where(cv2.resize(around, gray.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0, np.uint8(255), gray)
