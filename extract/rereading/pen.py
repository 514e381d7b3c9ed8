"""Numbers beside which a pen's coloured ink was taken off: what is left of a number written by hand may be half of it.

Seals and signatures go with their colour, and with them the paler strokes of a date written in blue. "19" whose 9 went
reads as a sure "1". Such words are kept, but no longer count as sure.
"""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from extract.image.orientation import turned
from extract.image.skew import turn
from extract.page import Box, Line, Word
from extract.raster import Gray, Rgb, shrink_to

BLUER = 25
"""Levels by which a pen's ink has more blue than red: seals are red, and hide print without parting numbers."""

INK, PAPER = 170, 200
"""Darker than the one on the page and lighter than the other on the cleaned page is ink that was taken off."""

LOOK_DPI = 100

LEAST = 8.0
"""Pixels at that resolution: a short stroke of a digit has two or three times as many."""

BESIDE = 0.8
"""Heights of a word to its left and right within which ink may be of the same number."""

WRITTEN = 0.3
"""Confidence at most of a number beside which a pen's ink went."""


def pen_taken_off(page: Rgb | Gray, cleaned: Gray, dpi: float) -> Gray | None:
    """The bluish ink of the page that cleaning took off, dark on white at about LOOK_DPI; None where there is none."""
    if page.ndim == 2:
        return None
    red, green, blue = cv2.split(page)
    gone = (cv2.subtract(blue, red) > BLUER) & (cv2.min(red, green) < INK) & (cleaned > PAPER)
    if np.count_nonzero(gone) < LEAST * (dpi / LOOK_DPI) ** 2:
        return None
    drawn = np.where(gone, np.uint8(0), np.uint8(255))
    return shrink_to(drawn, round(max(drawn.shape) * LOOK_DPI / dpi))


def doubted(lines: Sequence[Line], pen: Gray, rotation: int, skew: float, height: float) -> tuple[Line, ...]:
    """The lines, numbers beside the pen's ink unsure. pen: as scanned; height: of the upright page, in points.

    rotation and skew: degrees by which the page was turned to be read, and was askew after that.
    """
    upright = turn(turned(pen, rotation), -skew)
    scale = upright.shape[0] / height
    return tuple(replace(line, words=tuple(_doubted(word, upright, scale) for word in line.words)) for line in lines)


def _doubted(word: Word, pen: Gray, scale: float) -> Word:
    if word.box is None or not any(map(str.isdigit, word.text)) or _ink_beside(word.box, pen, scale) < LEAST:
        return word
    return replace(word, confidence=min(word.confidence, WRITTEN))


def _ink_beside(box: Box, pen: Gray, scale: float) -> float:
    reach = BESIDE * box.height
    x0, x1 = max(0, round((box.x0 - reach) * scale)), round((box.x1 + reach) * scale)
    part = pen[max(0, round(box.top * scale)) : round(box.bottom * scale), x0:x1]
    return float((255.0 - part).sum() / 255.0)
