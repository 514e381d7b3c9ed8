"""How far a page is askew, and the page put straight.

The angle is the one under which the ink falls into the sharpest rows (lines of text, rules across) or columns (rules
down, text of a page that still lies on its side). It is found on the page at about 150 dpi, coarse first, then fine.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.raster import Gray, binarise, shrink_to

MAX_SKEW = 6.0
"""Degrees. Feeders and flat-bed scans stay within; beyond it, what looks like rows is chance."""

_LONG_SIDE = 1600
_TOO_SMALL_TO_TURN = 0.03
_MAX_INK = 60_000
_RIM = 0.03
"""Share of the page along each edge that is not looked at: shadows there lie straight, however the paper lies."""


def deskew(gray: Gray) -> tuple[Gray, float]:
    """The page turned straight, same size and white where nothing was, and the degrees clockwise by which it was askew.

    0.0 where the page has too little ink to tell.
    """
    skew = skew_of(gray)
    return (turn(gray, -skew), skew) if abs(skew) >= _TOO_SMALL_TO_TURN else (gray, 0.0)


def turn(gray: Gray, degrees: float) -> Gray:
    """The page turned clockwise about its centre, in its own frame."""
    height, width = gray.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    turned = cv2.warpAffine(gray, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    return np.asarray(turned, np.uint8)


def skew_of(gray: Gray) -> float:
    """Degrees clockwise by which the page is askew, within MAX_SKEW; 0.0 where there is too little ink to tell."""
    y, x = _ink_points(shrink_to(gray, _LONG_SIDE))
    if len(x) < 200:
        return 0.0
    angle = 0.0
    for reach, step in ((MAX_SKEW, 0.25), (0.25, 0.05), (0.05, 0.01)):
        tried = np.arange(angle - reach, angle + reach + step / 2, step)
        angle = float(tried[int(np.argmax([_sharpness(y, x, a) for a in tried]))])
    return round(angle, 3) if abs(angle) < MAX_SKEW else 0.0


def _ink_points(gray: Gray) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Coordinates of the lower ends of ink runs down the page, from its centre, those along its edges left out.

    Base lines weigh most there, black areas least.
    """
    ink = binarise(gray)
    edges = ink.copy()
    edges[:-1] &= ~ink[1:]
    down, across = (round(_RIM * side) for side in edges.shape)
    y, x = np.nonzero(edges[down:-down, across:-across])
    keep = slice(None, None, 1 + len(x) // _MAX_INK)
    middle = gray.shape[0] / 2 - down, gray.shape[1] / 2 - across
    return (y[keep] - middle[0]).astype(np.float32), (x[keep] - middle[1]).astype(np.float32)


def _sharpness(y: NDArray[np.float32], x: NDArray[np.float32], degrees: float) -> float:
    """Energy of the row and column profiles of the points turned back by the angle."""
    slope = np.float32(np.tan(np.radians(degrees)))
    return _energy(y - slope * x) + _energy(x + slope * y)


def _energy(position: NDArray[np.float32]) -> float:
    bins = np.bincount((position - position.min()).astype(np.int32))
    return float(np.square(bins.astype(np.float64)).sum())
