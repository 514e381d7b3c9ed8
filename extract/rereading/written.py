"""Numbers written by hand into a printed line: taller than the letters beside them, and never surely read.

Engines read a hand's digits as surely as printed ones: of those in gray and black ink that were read with 0.9 and more,
four in ten were wrong. Colour tells only a pen's (pen.py); the size of the ink tells both, where it is a hand's.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

import cv2
import numpy as np

from extract.engines import SeenWord
from extract.raster import Gray
from extract.rereading.figures import is_hands_number
from extract.rereading.pen import WRITTEN

INK = 190
"""Darker than this is ink, on a cleaned page without its grain: a hand's pale strokes too."""

TALLER = 1.25
"""Times as tall as the letters of its line a number is that was written by hand; printed digits are at most as tall."""

FEWEST_WORDS = 2
"""Words of letters in a line that tell how tall its print is."""


def written_doubted(words: Sequence[SeenWord], image: Gray) -> list[SeenWord]:
    """The words in their order; numbers taller than the print of their line, or with odd signs, no longer sure."""
    known = [replace(w, confidence=min(w.confidence, WRITTEN)) if is_hands_number(w.text) else w for w in words]
    return [word for _, line in groupby(known, key=lambda word: word.line) for word in _doubted(list(line), image)]


def _doubted(line: Sequence[SeenWord], image: Gray) -> list[SeenWord]:
    letters = [word for word in line if sum(map(str.isalpha, word.text)) > 1]
    if len(letters) < FEWEST_WORDS:
        return list(line)
    # Boxes tell first, as they cost nothing; but a speck or the mark of a letter above makes them too high.
    tall = TALLER * median(word.height for word in letters)
    numbers = [n for n, word in enumerate(line) if is_number(word) and word.height >= tall]
    if not numbers:
        return list(line)
    printed = median(ink_height(image, word) for word in letters)
    written = {n for n in numbers if ink_height(image, line[n]) >= TALLER * printed}
    return [replace(w, confidence=min(w.confidence, WRITTEN)) if n in written else w for n, w in enumerate(line)]


def is_number(word: SeenWord) -> bool:
    """Whether the word has digits and no letters."""
    return any(map(str.isdigit, word.text)) and not any(map(str.isalpha, word.text))


def ink_height(image: Gray, word: SeenWord) -> int:
    """How tall the tallest mark in the box of the word is, in pixels, its slashes apart; 0 where there is none."""
    rows = slice(max(0, int(word.top)), int(word.bottom) + 1)
    part = image[rows, max(0, int(word.left)) : int(word.right) + 1]
    if not part.size:
        return 0
    _, _, stats, _ = cv2.connectedComponentsWithStats((part < INK).astype(np.uint8), connectivity=8)
    heights = np.sort(stats[1:, cv2.CC_STAT_HEIGHT])[::-1]
    return int(heights[min(word.text.count("/"), len(heights) - 1)]) if len(heights) else 0
