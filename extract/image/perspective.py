"""A page that was photographed at a slant made square again: lines of text, or rules down, that run together.

Straight lines that are parallel on the paper meet in one point of the picture: at a place c of the middle axis they
have the slope `turn + narrowing * c`. Both numbers are those under which the ink falls into the sharpest rows (lower
ends of letters), or columns (rules down), as in `skew`. Scans have no narrowing, and stay as they are.
Coordinates are pixels from the middle of the page at about 150 dpi.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.skew import LONG_SIDE, Numbers, base_points, energy, letters_and_rules
from extract.raster import Gray, binarise, shrink_to

SURE = 1.12
"""So many times sharper the page must be with its lines made parallel."""
SLIGHT, STRONGEST = 0.7, 3.0
"""Degrees between a line in the middle and one at the edge of the page: less is let be, more is not looked for.

Feeders pull pages into fans of up to 0.6; these read as well as they are."""
FARTHEST_TURN = 1.5
"""Degrees of the line in the middle, on a page that was put straight as a whole: by its lines or by its rules."""
_STEPS, _FINER = 6, (0.3, 0.08)
"""Values tried to each side of the best, and how much smaller than in the first round their steps are in the others."""
_FIRST_POINTS, _MOST_POINTS, _FEWEST_POINTS = 4_000, 12_000, 4_000
"""How many points are looked at in the first round and later, at most; with fewer (letters' strokes on a page without a
table) nothing is sure."""
_LONGER = 22
"""Pixels, about 4 mm: strokes of letters are shorter."""


@dataclass(frozen=True, slots=True)
class Fan:
    """Lines whose slope changes from one to the next: `turn` where they cross the middle, `narrowing` more a pixel."""

    turn: float
    narrowing: float


PARALLEL = Fan(0.0, 0.0)


def squared(gray: Gray) -> Gray:
    """The page with its lines and rules made parallel, same size; as it is where they are, or cannot be told."""
    small = shrink_to(gray, LONG_SIDE)
    height, width = small.shape
    ink = letters_and_rules(binarise(small))
    y, x = base_points(small, ink)
    lines = fan_of(y, x, height / 2)
    y, x = _rules_down(ink)
    rules = fan_of(x, y, width / 2)
    if lines is None and rules is None:
        return gray
    return _flattened(gray, lines or PARALLEL, rules or PARALLEL, max(gray.shape) / LONG_SIDE)


def fan_of(across: Numbers, along: Numbers, half: float) -> Fan | None:
    """The fan of lines on which the points lie; None where they are parallel, or it is not sure.

    across, along: of each point, from the middle; half: of the page across the lines.
    """
    if len(across) < _FEWEST_POINTS:
        return None
    steps = np.tan(np.radians([FARTHEST_TURN, STRONGEST])) / [_STEPS, _STEPS * half]
    best = _sharpest(*_part_of(across, along, _FIRST_POINTS), PARALLEL, steps)
    if best.narrowing == 0:
        return None
    across, along = _part_of(across, along, _MOST_POINTS)
    parallel = _sharpest(across, along, PARALLEL, steps * [1, 0])
    for finer in _FINER:
        best = _sharpest(across, along, best, steps * finer)
        parallel = _sharpest(across, along, parallel, steps * [finer, 0])
    gain = _sharpness(across, along, best) / _sharpness(across, along, parallel)
    least, most = np.tan(np.radians([SLIGHT, STRONGEST])) / half
    return best if least <= abs(best.narrowing) < most and gain >= SURE else None


def _part_of(across: Numbers, along: Numbers, most: int) -> tuple[Numbers, Numbers]:
    part = slice(None, None, 1 + len(across) // most)
    return across[part], along[part]


def _sharpest(across: Numbers, along: Numbers, about: Fan, steps: NDArray[np.float64]) -> Fan:
    """Of the fans around this one, by these steps of both of its numbers, the one with the sharpest rows."""
    turns, narrowings = (np.unique(np.arange(-_STEPS, _STEPS + 1) * step) for step in steps)
    tried = (Fan(about.turn + float(a), about.narrowing + float(b)) for a in turns for b in narrowings)
    return max(tried, key=lambda fan: _sharpness(across, along, fan))


def _sharpness(across: Numbers, along: Numbers, fan: Fan) -> float:
    return energy((across - np.float32(fan.turn) * along) / (1 + np.float32(fan.narrowing) * along))


def _rules_down(ink: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Coordinates of the ink of long strokes down the page."""
    fat = cv2.dilate(ink.astype(np.uint8), np.ones((1, 3), np.uint8))
    y, x = np.nonzero(cv2.morphologyEx(fat, cv2.MORPH_OPEN, np.ones((_LONGER, 1), np.uint8)))
    height, width = ink.shape
    return (y - height / 2).astype(np.float32), (x - width / 2).astype(np.float32)


def _flattened(gray: Gray, lines: Fan, rules: Fan, factor: float) -> Gray:
    """The page as seen from above; factor: its pixels to one of those in which the fans are given."""
    height, width = gray.shape
    flat = homography(lines, rules, factor)
    corners = np.array([[[x, y]] for x in (-width / 2, width / 2) for y in (-height / 2, height / 2)])
    moved = cv2.perspectiveTransform(corners, flat)[:, 0]
    low, high = moved.min(axis=0), moved.max(axis=0)
    scale = float(min(1.0, *([width, height] / (high - low))))
    middle = (low + high) / 2
    back = np.array([[scale, 0, width / 2 - scale * middle[0]], [0, scale, height / 2 - scale * middle[1]], [0, 0, 1]])
    centred = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]])
    whole = back @ flat @ centred
    seen = cv2.warpPerspective(gray, whole, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(seen, np.uint8)


def homography(lines: Fan, rules: Fan, factor: float) -> NDArray[np.float64]:
    """What takes the points where lines meet, and where rules do, to infinity, and makes them level and upright."""
    level = np.array([1.0, lines.turn, -lines.narrowing / factor])
    upright = np.array([rules.turn, 1.0, -rules.narrowing / factor])
    horizon = np.cross(level, upright)
    flat = np.eye(3)
    flat[2] = horizon / horizon[2]
    directions = np.eye(3)
    directions[:2, :2] = np.linalg.inv([[1.0, rules.turn], [lines.turn, 1.0]])
    return directions @ flat
