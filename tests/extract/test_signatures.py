"""Long strokes of a pen go; print, also where they cross it, and rules stay."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.signatures import signatures_off

DPI = 300
Gray = NDArray[np.uint8]
OFFICE, NAME = (1000, 12), (1400, 14)


def page(*rows: tuple[int, int]) -> Gray:
    """Rows (top, letters) on the right of a page, letters 40 pixels high and 26 wide."""
    image = np.full((1800, 2480), 255, np.uint8)
    for top, letters in rows:
        for n in range(letters):
            image[top : top + 40, 1400 + 36 * n : 1426 + 36 * n] = 10
    return image


def signature(image: Gray, *points: tuple[int, int]) -> Gray:
    """The page with one stroke through the points."""
    line = np.array(points, np.int32).reshape(-1, 1, 2)
    return np.asarray(cv2.polylines(image.copy(), [line], False, 30, 6), np.uint8)


def test_a_flourish_between_office_and_name_goes() -> None:
    image = page(OFFICE, NAME)
    signed = signature(image, (1350, 1300), (1500, 1150), (1560, 1320), (1900, 1100))
    assert (signatures_off(signed, DPI)[1080:1360] > 200).all()


def test_what_a_stroke_crosses_stays() -> None:
    image = page(OFFICE, NAME)
    signed = signature(image, (1350, 1300), (1560, 1150), (1800, 1020), (2100, 900))
    cleaned = signatures_off(signed, DPI)
    print_ = image < 60
    assert (cleaned[print_] < 60).all()
    assert (cleaned[1100:1360] > 200).all()


def test_a_page_without_strokes_stays_as_it_is() -> None:
    image = page(OFFICE, NAME)
    image[1060:1064, 1400:1900] = 10
    assert signatures_off(image, DPI) is image


def test_lines_of_print_that_touch_stay() -> None:
    image = page((1000, 20), (1044, 20))
    image[1036:1050, 1400:1426] = 10
    for n in range(19):
        image[1018:1022, 1426 + 36 * n : 1436 + 36 * n] = 10
    image[1000:1040, 2160:2186] = image[1000:1040, 2232:2258] = image[1000:1040, 2304:2330] = 10
    assert (signatures_off(image, DPI)[1000:1040][image[1000:1040] < 60] < 60).all()
