"""Regions of a page hold their letters with the marks over and under them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.regions import INK_DPI, ink_to_regions

WIDTH, HEIGHT = 827, 1169


def blocks(*rows: tuple[int, int]) -> NDArray[np.bool_]:
    """Ink of two blocks side by side with these rows (top, bottom), and running text below, at 100 dpi."""
    ink = np.zeros((HEIGHT, WIDTH), np.bool_)
    for top, bottom in rows:
        ink[top:bottom, 100:300] = ink[top:bottom, 420:720] = True
    for top in range(400, 700, 22):
        ink[top : top + 13, 100:720] = True
    return ink


@pytest.mark.parametrize("marks", [(93, 98), (116, 119)], ids=["above", "below"])
def test_marks_apart_from_their_capitals_stay_with_them(marks: tuple[int, int]) -> None:
    letters = (100, 114)
    # Dirt or a number alone over the middle: no block side by side begins there.
    ink = blocks(letters, (126, 138))
    ink[marks[0] : marks[1], 150:154] = True
    assert any(
        box.top <= min(marks) and box.bottom >= max(marks) and box.x1 < 420 for box in ink_to_regions(ink, INK_DPI)
    )
