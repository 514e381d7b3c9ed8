"""How far a page is askew, and the page put straight.

The angle is the one under which the ink falls into the sharpest rows (lines of text, rules across) or columns (rules
down, text of a page that still lies on its side). It is found on the page at about 150 dpi, coarse first, then fine.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.raster import Gray, binarise, shrink_to

Numbers = NDArray[np.float32]
Angles = NDArray[np.float64]

MAX_SKEW = 6.0
"""Degrees. Feeders and flat-bed scans stay within; beyond it, what looks like rows is chance."""

LONG_SIDE = 1600
_TOO_SMALL_TO_TURN = 0.03
_LETTER = 6
"""Pixels, about 1.1 mm: the longer side of a mark that is no speck."""
_SEARCH = ((MAX_SKEW, 0.25, 15_000), (0.25, 0.05, 30_000))
"""(reach, step, points at most) of each round of the search; degrees."""
_LAST, _LAST_STEP, _MOST_POINTS = 0.15, 0.015, 60_000
_PEAK = 0.6
"""Share of the way from the least to the greatest sharpness from which on an angle counts in the last round."""
_RIM = 0.05
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
    small = shrink_to(gray, LONG_SIDE)
    y, x = base_points(small, letters_and_rules(binarise(small)))
    if len(x) < 200:
        return 0.0
    angle = 0.0
    for reach, step, points in _SEARCH:
        tried = _around(angle, reach, step)
        angle = float(tried[int(np.argmax(_sharpness(y, x, tried, points)))])
    angle = _middle_of_peak(y, x, angle)
    return round(angle, 3) if abs(angle) < MAX_SKEW else 0.0


def _middle_of_peak(y: Numbers, x: Numbers, angle: float) -> float:
    """The angle between those about it under which the rows are as sharp: the top of a peak is flat and jagged."""
    tried = _around(angle, _LAST, _LAST_STEP)
    sharpness = _sharpness(y, x, tried, _MOST_POINTS)
    least, most = sharpness.min(), sharpness.max()
    weight = np.maximum(sharpness - least - _PEAK * (most - least), 0)
    return float((weight * tried).sum() / weight.sum()) if most > least else angle


def _around(angle: float, reach: float, step: float) -> Angles:
    return np.arange(angle - reach, angle + reach + step / 2, step)


def base_points(gray: Gray, ink: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Coordinates of the lower ends of ink runs down the page, from its centre, those along its edges left out.

    Base lines weigh most there, black areas least. Ends lie between pixels, by how dark the pixels about them are:
    whole pixels would fall into rows best where the page lies straight, and small angles would not be seen.
    """
    down, across = (max(2, round(_RIM * side)) for side in gray.shape)
    ends = ink[:-1] & ~ink[1:]
    y, x = np.nonzero(ends[down:-down, across:-across])
    y, x = y + down, x + across
    last, white, beyond = (gray[y + n, x].astype(np.float32) for n in range(3))
    dark, paper = np.minimum(gray[y - 1, x], last), np.maximum(white, beyond)
    inked = (2 * paper - last - white) / np.maximum(paper - dark, 1)
    height, width = gray.shape
    return (y + np.clip(inked, 0, 2) - height / 2).astype(np.float32), (x - width / 2).astype(np.float32)


def letters_and_rules(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ink without specks and grain: the worn edge of a shadow is a straight line of them, however the page lies."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    large = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= _LETTER
    large[0] = False
    return np.asarray(large[labels], np.bool_)


def _sharpness(y: Numbers, x: Numbers, degrees: Angles, points: int) -> Angles:
    """For each angle, the energy of the row and column profiles of the points turned back by it.

    points: about how many are looked at, at most.
    """
    part = slice(None, None, 1 + len(x) // points)
    y, x = y[part], x[part]
    slopes = np.tan(np.radians(degrees)).astype(np.float32)
    return np.array([energy(y - slope * x) + energy(x + slope * y) for slope in slopes])


def energy(position: Numbers) -> float:
    bins = np.bincount((position - position.min()).astype(np.int32))
    return float(np.square(bins.astype(np.float64)).sum())
