"""What stands inside a black seal taken off: its emblem and the words round it, which no colour tells from print.

Print that a seal lies on goes on beside it: of the disc, only the rows of print that run into it are kept.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.print_rows import cover_rows, letters_among, marks_of, rows_of_marks
from extract.raster import Gray

INK = 160
"""Darker than this is ink, on a page whose light was evened."""

FEWEST = 2
"""Letters beside the seal that make a row of print: of a short name hardly more may stand there."""

REACH = 1.0
"""Inches that a row is taken to run into the seal, which lies over the first letters of an office or a name."""

RULE = 0.9
"""Share of the width or height of what is looked at about the seal: marks as long are a table's rules, in whose cells
print stands that does not go on beside the seal."""


def emblem_off(part: Gray, inside: NDArray[np.bool_], dpi: float) -> None:
    """Make the seal's disc white, in place, save for the rows of print that run into it.

    part: the page about the seal, its lines level, wider than the seal; inside: True on the disc.
    """
    labels, stats = marks_of((part < INK).astype(np.uint8))
    touching = np.unique(labels[inside])
    free = letters_among(stats, dpi)
    free[touching] = False
    free[0] = False
    rows = [row for row in rows_of_marks(stats[free, :4], part.shape, dpi) if len(row) >= FEWEST]
    kept = cover_rows(rows, part.shape, REACH * dpi).astype(np.uint8)
    # A line that goes on behind the seal ran through it, farther than it reaches from either side.
    through = cv2.morphologyEx(kept, cv2.MORPH_CLOSE, np.ones((1, round(REACH * dpi)), np.uint8))
    part[inside & (through == 0)] = 255


def lies_on_rules(part: Gray, inside: NDArray[np.bool_]) -> bool:
    """Whether rules of a table run through the disc; part and inside as above, the seal's rings still on it."""
    labels, stats = marks_of((part < INK).astype(np.uint8))
    touching = np.setdiff1d(labels[inside], [0])
    width, height = (int(stats[touching, side].max(initial=0)) for side in (2, 3))
    return bool(width > RULE * part.shape[1] or height > RULE * part.shape[0])
