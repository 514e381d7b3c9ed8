"""Rules too faint or too short to be found alone, told from paper and print where a rule would stand.

Units are pixels of the page image.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.raster import Gray

FAINTEST = 12
"""Levels by which the faintest rule is darker than the paper on both sides of it, in the mean over WINDOW."""
WINDOW = 0.7
"""Millimetres; letters at both ends of a side must not close the gap between them."""
FAINT_SHARE = 0.65
LONGEST_STROKE = 5.0
TIP = 0.3
"""So much of a side, or so many millimetres on end, must be dark on one straight line with paper beside it; so near to
the end of the side (millimetres) it must be dark there: the bars of "STT" keep from the rules beside them.

Strokes of letters are shorter, and take less of a side: a row is at least twice as high as its print.
"""

SHORTEST_STUB = 1.5
"""Millimetres of a worn rule that are left beside a crossing rule; a crossing rule's own end is shorter."""


def is_faint_rule(lines: NDArray[np.bool_], millimetre: float) -> bool:
    """Whether one of the lines (one a row) is ruled: dark over most of it, or further on end than a letter's stroke.

    A shorter stretch must begin at an end of the side, and what is left of the side must be paper: letters neither
    touch the crossing rule nor stand free of their neighbours.
    """
    if not lines.size:
        return False
    shares = lines.mean(axis=1)
    tip = max(1, round(TIP * millimetre))
    hanging = lines[:, :tip].any(axis=1) | lines[:, -tip:].any(axis=1)
    if shares.max(initial=0.0, where=hanging) >= FAINT_SHARE:
        return True
    best = lines[int(shares.argmax())]
    starts, ends = _stretches(best)
    length = ends - starts
    if int(length.max(initial=0)) >= LONGEST_STROKE * millimetre:
        return True
    stubs = length[(starts <= 0.4 * millimetre) | (ends >= len(best) - 0.4 * millimetre)]
    return int(stubs.max(initial=0)) >= SHORTEST_STUB * millimetre and bool(length.sum() == stubs.sum())


def _stretches(line: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Starts and ends (excluded) of the stretches of True."""
    turns = np.flatnonzero(np.diff(np.concatenate([[0], line.astype(np.int8), [0]])))
    return turns[::2], turns[1::2]


def faint_lines(
    page: Gray, start: float, at_start: float, end: float, at_end: float, millimetre: float
) -> NDArray[np.bool_]:
    """(lines, places along) whether there is less light than on both sides, for each line within 1 mm of the path.

    Paper is looked for within 0.7 mm of the line: print may hug it. No lines where the stretch is shorter than 2 mm.
    """
    along = np.arange(max(0, round(start)), min(page.shape[1], round(end)))
    reach, beside = round(millimetre), max(2, round(0.7 * millimetre))
    if len(along) < 2 * millimetre:
        return np.zeros((0, 0), np.bool_)
    path = np.interp(along, [start, end], [at_start, at_end])
    offsets = np.arange(-reach - beside, reach + beside + 1)
    rows = np.clip(np.rint(path).astype(np.intp)[None, :] + offsets[:, None], 0, page.shape[0] - 1)
    light = cv2.blur(page[rows, along[None, :]], (round(WINDOW * millimetre) | 1, 1))
    lightest = cv2.dilate(light, np.ones((beside, 1), np.uint8), anchor=(0, 0))
    paper = cv2.min(lightest[: -2 * beside], lightest[beside + 1 : 1 - beside])
    return np.asarray(cv2.subtract(paper, light[beside:-beside]) > FAINTEST)
