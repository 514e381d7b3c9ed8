"""Rings of seals go, print that crosses them stays; pages without a seal come back as they are."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.image.seals import find_seals, seals_off
from extract.image.stamps import stamps_off

Gray = NDArray[np.uint8]
CENTRE, RADIUS = (900, 1200), 210
BAR = slice(1180, 1220), slice(600, 1300)


def page() -> Gray:
    """A4 at 300 dpi with a line of letters, solid ones, across its middle left; the lines of a page fill the rest."""
    image = np.full((3508, 2480), 255, np.uint8)
    for left in range(600, 1300, 36):
        image[BAR[0], left : left + 26] = 10
    for top in range(1900, 2300, 80):
        for left in range(300, 2100, 36):
            image[top : top + 40, left : left + 26] = 10
    return image


def sealed(image: Gray, level: int) -> Gray:
    """A seal of three rings over the bar, as ink on ink: the darker one shows."""
    seal = np.full_like(image, 255)
    for radius in (RADIUS, RADIUS - 13, 120):
        cv2.circle(seal, CENTRE, radius, level, 4, cv2.LINE_AA)
    return np.minimum(image, seal)


@pytest.mark.parametrize("level", [10, 110])
def test_a_seal_is_found_where_it_is(level: int) -> None:
    (seal,) = find_seals(sealed(page(), level))
    assert np.hypot(seal.x - CENTRE[0], seal.y - CENTRE[1]) < 3
    assert seal.radius == pytest.approx(RADIUS, rel=0.12)


def test_a_pale_seal_out_of_focus_is_found() -> None:
    (seal,) = find_seals(np.asarray(cv2.GaussianBlur(sealed(page(), 110), (0, 0), 3.5), np.uint8))
    assert np.hypot(seal.x - CENTRE[0], seal.y - CENTRE[1]) < 3


@pytest.mark.parametrize("level", [10, 110])
def test_rings_go_and_print_across_them_stays(level: int) -> None:
    image = page()
    cleaned = seals_off(sealed(image, level))
    ring = cv2.circle(np.zeros_like(image), CENTRE, RADIUS, 1, 3) > 0
    around = np.ones_like(image, np.bool_)
    around[1150:1250] = False
    assert (cleaned[ring & around] > 200).mean() > 0.97
    letters = image[BAR] < 60
    assert (cleaned[BAR][letters] < 60).mean() > 0.97


def test_two_rings_that_ran_together_are_a_seal() -> None:
    image = page()
    for radius in (RADIUS, RADIUS - 9):
        cv2.circle(image, CENTRE, radius, 10, 10)
    assert len(find_seals(image)) == 1


@pytest.mark.parametrize("sideways", [False, True])
def test_the_emblem_of_a_black_seal_goes_and_the_line_across_it_stays(sideways: bool) -> None:
    image = page()
    cv2.circle(image, (CENTRE[0], CENTRE[1] - 95), 40, 10, -1)
    sealed_page = sealed(image, 10)
    cleaned = seals_off(np.ascontiguousarray(sealed_page.T) if sideways else sealed_page)
    upright = cleaned.T if sideways else cleaned
    assert (upright[1040:1130, 850:950] > 200).all()
    letters = image[BAR] < 60
    assert (upright[BAR][letters] < 60).mean() > 0.97


def test_a_line_that_ends_in_the_seal_is_kept_some_way_in() -> None:
    image = page()
    image[BAR[0], :960] = 255
    cleaned = seals_off(sealed(image, 10))
    letters = image[BAR[0], 972:1300] < 60
    assert (cleaned[BAR[0], 972:1300][letters] < 60).all()


def test_a_page_without_a_seal_stays_as_it_is() -> None:
    image = page()
    cv2.rectangle(image, (300, 2000), (2100, 2900), 0, 4)
    cv2.circle(image, (1200, 2500), 60, 0, 4)
    assert not find_seals(image)
    assert seals_off(image) is image


def test_colour_smeared_beside_a_red_stroke_goes_too() -> None:
    rgb = np.full((1169, 827, 3), 250, np.uint8)
    rgb[300:340, 100:700] = (30, 30, 30)
    rgb[200:800, 400:408] = (205, 90, 95)
    rgb[200:800, 408:410] = (170, 145, 148)
    rgb[300:340, 400:410] = (34, 28, 30)
    gray = stamps_off(rgb)
    assert gray[500:700, 395:415].min() > 235
    assert gray[302:338, 110:690].max() < 90


def test_print_in_a_table_under_a_seal_stays() -> None:
    image = page()
    image[1100:1104, 300:2100] = 10
    image[1120:1160, 850:876] = 10
    assert (seals_off(sealed(image, 10))[1120:1160, 850:876] < 60).all()
