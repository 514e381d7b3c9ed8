"""Print of the back that shines through goes; pages without such come back as they are."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.image.bleed import bleed_off, level_of_back

Gray = NDArray[np.uint8]


def page(level_of: Callable[[int, int], int | None]) -> Gray:
    """A4 at 300 dpi with rows of letters, each as dark as its row and column say; none where they say None."""
    image = np.full((3508, 2480), 255, np.uint8)
    for row in range(20):
        for column in range(30):
            level = level_of(row, column)
            if level is not None:
                top, left = 400 + 100 * row, 300 + 50 * column
                image[top : top + 40, left : left + 28] = level
    return image


def test_pale_rows_between_the_lines_go_and_the_print_stays() -> None:
    front, back = slice(400, 440), slice(500, 540)
    cleaned = bleed_off(page(lambda row, _: 170 if row % 2 else 20))
    assert (cleaned[back] == 255).all()
    assert (cleaned[front] == page(lambda *_: 20)[front]).all()


def test_the_soft_edge_of_print_stays() -> None:
    image = page(lambda row, _: 170 if row % 2 else 20)
    image[399, 300:328] = 180
    assert (bleed_off(image)[399, 300:328] == 180).all()


@pytest.mark.parametrize(
    "level_of",
    [
        lambda *_: 20,
        lambda _, column: 20 + 7 * column,
        lambda row, column: 170 if row == 3 and column < 12 else 20,
        lambda *_: None,
    ],
    ids=["clean", "letters of every level, as on worn pages", "one pale word", "blank"],
)
def test_other_pages_stay_as_they_are(level_of: Callable[[int, int], int | None]) -> None:
    image = page(level_of)
    assert bleed_off(image) is image


def test_the_level_of_the_back_is_that_of_its_letters() -> None:
    small = page(lambda row, _: 170 if row % 2 else 20)[::2, ::2]
    assert level_of_back(small, 150) == pytest.approx(170, abs=2)
