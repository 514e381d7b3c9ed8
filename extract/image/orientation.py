"""Which way up a page lies: first the axis of its lines (from the ink alone), then which end is the top (by reading).

Turns are degrees clockwise that bring the page upright.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from extract.engines import Engine, Layout
from extract.raster import Gray, binarise, shrink_to

# Resolution of the image on which the axis is told.
AXIS_DPI = 100
# Strips this wide (1.3 cm) stay level under a skew of some degrees: a line of text drifts by less than its height.
STRIP = 50
# Marks longer than this (1.5 cm) are rules, stamps and shadows, not letters.
LONGEST_MARK = 60
# Smaller marks (1.3 mm) are tone marks, dots and dirt.
SMALLEST_LETTER = 5
# Wider than the gaps between letters and between most words, less than those between lines.
SMEAR = 9
# The sample that is read to tell top from bottom: some short lines of text, in inches.
SAMPLE_WIDTH, SAMPLE_HEIGHT = 3.0, 1.2
# A sample read this surely lies right; text that stands on its head stays well below.
SURE = 0.75


def turned(gray: Gray, degrees: int) -> Gray:
    """The image turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(gray, -degrees // 90))


def lies_on_its_side(gray: Gray, dpi: float) -> bool:
    """Whether the lines of text run from top to bottom. gray: cleaned or not; a blank page lies as it should."""
    ink = letters_only(shrunk(gray, dpi))
    level = stripes(ink) * joins(ink)
    upended = stripes(ink.T) * joins(ink.T)
    return upended > level


def shrunk(gray: Gray, dpi: float) -> Gray:
    """The image at AXIS_DPI."""
    return shrink_to(gray, round(max(gray.shape) * AXIS_DPI / dpi))


def letters_only(gray: Gray) -> Gray:
    """0 or 1: the ink of marks no longer than letters or joined words are."""
    ink = binarise(gray).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    letters = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= LONGEST_MARK
    letters[0] = False
    return np.asarray(letters[labels], np.uint8)


def stripes(ink: Gray) -> float:
    """How strongly the ink lies in level lines: the change from row to row, within strips, set against all the ink.

    Lines of text leave white rows between them; seen the other way, the gaps between letters do not line up.
    """
    width = ink.shape[1] // STRIP * STRIP
    if not width or not ink.any():
        return 0.0
    rows = ink[:, :width].reshape(ink.shape[0], -1, STRIP).sum(axis=2, dtype=np.float64)
    return float((np.diff(rows, axis=0) ** 2).sum() / rows.sum())


def joins(ink: Gray) -> float:
    """How many of the letters a smear along the rows joins to a neighbour: before over after, 1 and more.

    Letters of a line stand closer than lines do. Skew does not matter to it, as it does to `stripes`; tone marks,
    which stand closer to their letter than that to the next one, are left out.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    letters = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= SMALLEST_LETTER
    letters[0] = False
    smeared = cv2.dilate(np.asarray(letters[labels], np.uint8), np.ones((1, SMEAR), np.uint8))
    return float(letters.sum() + 1) / cv2.connectedComponents(smeared)[0]


def upright_turn(gray: Gray, dpi: float, engine: Engine) -> int:
    """The turn that brings the page upright, by its ink and, where it lies on its side, by reading a sample.

    A page whose lines are level is taken to be the right way up: nearly all are, and whoever reads it in full sees by
    the confidence of its words when it is not, at no cost to the others.
    """
    return surest_turn(gray, dpi, engine, (90, 270))[0] if lies_on_its_side(gray, dpi) else 0


def surest_turn(gray: Gray, dpi: float, engine: Engine, turns: Sequence[int]) -> tuple[int, float]:
    """(turn, sureness 0 to 1): the turn under which a sample of the page reads best; the first that reads well wins."""
    best = (turns[0], -1.0)
    for degrees in turns:
        sureness = _read_surely(sample_of(turned(gray, degrees), dpi), dpi, engine)
        if sureness >= SURE:
            return degrees, sureness
        best = max(best, (degrees, sureness), key=lambda pair: pair[1])
    return best


def _read_surely(sample: Gray, dpi: float, engine: Engine) -> float:
    """Mean confidence of the letters read in the sample, less where there are hardly any; 0 to 1."""
    words = engine.read(sample, round(dpi), Layout.BLOCK)
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / max(letters, 20)


def sample_of(gray: Gray, dpi: float) -> Gray:
    """The part of an upright or inverted page that holds most letters."""
    small = shrunk(gray, dpi)
    factor = gray.shape[0] / small.shape[0]
    high = min(round(SAMPLE_HEIGHT * dpi / factor), small.shape[0])
    wide = min(round(SAMPLE_WIDTH * dpi / factor), small.shape[1])
    density = cv2.boxFilter(letters_only(small), cv2.CV_32F, (wide, high), anchor=(0, 0), normalize=False)
    inside = density[: small.shape[0] - high + 1, : small.shape[1] - wide + 1]
    top, left = (round(int(i) * factor) for i in np.unravel_index(int(inside.argmax()), inside.shape))
    return gray[top : top + round(high * factor), left : left + round(wide * factor)]
