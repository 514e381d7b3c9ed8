"""Numbers beside which a pen's ink was taken off."""

import numpy as np
import pytest

from extract.image.stamps import stamps_off
from extract.page import Box, Line, Word
from extract.raster import Rgb
from extract.rereading.pen import WRITTEN, doubted, pen_taken_off

DPI = 200.0
BLACK, BLUE, RED = (20, 20, 20), (30, 40, 150), (200, 40, 40)


def _page(colour: tuple[int, int, int]) -> Rgb:
    """Lines of print, "1" printed at (200, 100) and a stroke of this colour right of it."""
    page = np.full((600, 400, 3), 250, np.uint8)
    for row in range(200, 560, 40):
        page[row : row + 20, 40:360:3] = BLACK
    page[100:130, 200:206] = BLACK
    page[100:130, 216:222] = colour
    return page


def _confidences(page: Rgb, text: str) -> list[float]:
    pen = pen_taken_off(page, stamps_off(page), DPI)
    scale = 72 / DPI
    words = tuple(
        Word(text, Box(x * scale, y * scale, (x + 6) * scale, (y + 30) * scale), 0.9)
        for x, y in ((200, 100), (60, 200))
    )
    lines = [Line(text, words[0].box, 0.9, words)]
    if pen is None:
        return [w.confidence for w in lines[0].words]
    (line,) = doubted(lines, pen, 0, 0.0, 600 * scale)
    return [w.confidence for w in line.words]


@pytest.mark.parametrize(
    ("colour", "text", "unsure"), [(BLUE, "1", True), (RED, "1", False), (BLACK, "1", False), (BLUE, "ngày", False)]
)
def test_a_number_beside_which_a_pen_went_is_unsure(colour: tuple[int, int, int], text: str, *, unsure: bool) -> None:
    assert _confidences(_page(colour), text) == [WRITTEN if unsure else 0.9, 0.9]


def test_gray_pages_have_no_pen() -> None:
    gray = np.full((600, 400), 255, np.uint8)
    assert pen_taken_off(gray, gray, DPI) is None
