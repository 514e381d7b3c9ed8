"""Signs of comparison whose bar an engine leaves out: "≥ 80" that was read as "> 80".

The Vietnamese model of Tesseract knows no such sign; it is sure of "> 80" and "< 15" where the tables of plans set
floors and ceilings. The bar under the sign is plain on the paper: a row of ink as wide as the sign.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extract.engines import SeenWord
from extract.raster import Gray

# Ink is darker than half way from white to the darkest of the word.
HALF_WAY = 0.5
# Share of the height of a word by which its box is opened above and below: engines cut the bar off.
AROUND = 0.25
# The sign is so wide, in heights of its word; alone it makes the word lower. What is wider is joined to the figure
# behind it, or a line runs under both.
NARROWEST, WIDEST, WIDEST_ALONE = 0.25, 1.1, 1.6
# Pixels of the shorter side from which on a bar is told.
FEWEST_PIXELS = 5
# Share of the sign's width that one row of its lower part covers: an arm of "<" covers less than half of it.
BAR, LOWER = 0.75, 0.5
# How sure a sign is of which the image does not tell whether it has a bar.
UNTOLD = 0.5


def signs_told(words: Sequence[SeenWord], image: Gray) -> list[SeenWord]:
    """The words, a sign of comparison with the bar that stands under it in the image, unsure where that is not told."""
    return [_told(word, image) if word.text[:1] in _barred() else word for word in words]


def _told(word: SeenWord, image: Gray) -> SeenWord:
    around = AROUND * word.height
    rows = slice(max(0, int(word.top - around)), int(word.bottom + around) + 1)
    crop = image[rows, max(0, int(word.left) - 1) : int(word.right) + 2]
    widest = (WIDEST_ALONE if len(word.text) == 1 else WIDEST) * word.height
    bar = stands_on_bar(crop, NARROWEST * word.height, widest) if crop.size else None
    if bar is None:
        return replace(word, confidence=min(word.confidence, UNTOLD))
    return replace(word, text=_barred()[word.text[0]] + word.text[1:]) if bar else word


def stands_on_bar(crop: Gray, narrowest: float, widest: float) -> bool | None:
    """Whether the first sign of the crop of a word has a bar under it; None where it does not stand apart.

    narrowest, widest: pixels of a sign.
    """
    sign = _first_sign(crop < 255 - HALF_WAY * (255 - int(crop.min())))
    high, wide = sign.shape
    if min(high, wide) < FEWEST_PIXELS or not narrowest <= wide <= widest:
        return None
    return bool(sign[round(LOWER * high) :].mean(axis=1).max() >= BAR)


def _first_sign(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ink up to the first white column behind it, cut to its rows."""
    inked = np.asarray(ink.any(axis=0), np.bool_)
    start = int(inked.argmax())
    white = np.flatnonzero(~inked[start:])
    part = ink[:, start : start + int(white[0])] if len(white) else ink[:, start:]
    rows = np.flatnonzero(part.any(axis=1))
    return part[rows[0] : rows[-1] + 1] if len(rows) else part[:0]


@cache
def _barred() -> dict[str, str]:
    rows = tomllib.loads(Path(__file__).with_name("comparison_signs.toml").read_text("utf8"))["sign"]
    return {row["read"]: row["barred"] for row in rows}
