"""Skew, stamps, margins, specks and blankness on pages drawn so that the truth is known."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.drawn_tables import Rules, draw_page
from benchmarks.worn_sheets import Damage
from extract.image.cleaning import clean, contrast_up, deskew, is_blank, margins_off, positive, specks_off
from extract.image.skew import skew_of, turn

Gray = NDArray[np.uint8]


def _page(seed: int = 1, rules: Rules = Rules.NONE) -> Gray:
    return draw_page(seed, Damage((150,)), rules).image


@pytest.mark.parametrize("degrees", [-5.2, -2.0, -0.31, 0.0, 0.12, 0.9, 3.37, 5.5])
@pytest.mark.parametrize("rules", [Rules.ALL, Rules.NONE])
def test_skew_is_found_within_a_tenth_of_a_degree(degrees: float, rules: Rules) -> None:
    assert skew_of(turn(_page(3, rules), degrees)) == pytest.approx(degrees, abs=0.1)


def test_deskewed_page_keeps_its_size_and_is_straight() -> None:
    straight, skew = deskew(turn(_page(), 1.7))
    assert straight.shape == _page().shape
    assert skew == pytest.approx(1.7, abs=0.1)
    assert abs(skew_of(straight)) <= 0.1


def test_page_without_ink_is_not_turned() -> None:
    assert deskew(np.full((900, 700), 255, np.uint8))[1] == 0.0


def _coloured(gray: Gray, colour: tuple[int, int, int]) -> Gray:
    """The page in RGB with a seal of this colour over the middle of its text, as ink on ink."""
    rgb = cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB)
    seal = np.full_like(rgb, 255)
    cv2.circle(seal, (gray.shape[1] // 3, 200), 90, colour, 9)
    return np.asarray(cv2.min(rgb, seal), np.uint8)


@pytest.mark.parametrize("colour", [(215, 40, 50), (60, 70, 200)])
def test_coloured_seal_goes_and_print_under_it_stays(colour: tuple[int, int, int]) -> None:
    page = _page()
    cleaned = clean(_coloured(page, colour))
    print_ = cv2.erode((page < 100).astype(np.uint8), np.ones((2, 2), np.uint8)) > 0
    paper = page > 250
    assert (cleaned[print_] < 140).mean() > 0.97
    assert (cleaned[paper] < 140).mean() < 0.002


def test_page_printed_in_colour_is_kept() -> None:
    rgb = np.full((600, 500, 3), 255, np.uint8)
    cv2.putText(rgb, "KE HOACH", (40, 200), cv2.FONT_HERSHEY_SIMPLEX, 2, (200, 20, 30), 8)
    assert (clean(rgb) < 140).sum() > 2000


def test_dark_margin_goes_and_rule_off_the_page_stays() -> None:
    page = _page()
    page[:, :25] = 40
    cv2.line(page, (0, 900), (page.shape[1] - 1, 900), 0, 2)
    cleaned = margins_off(page)
    assert cleaned[100:800, :20].min() == 255
    assert (cleaned[900, 60:] < 50).mean() > 0.95


def test_specks_go_and_full_stops_stay() -> None:
    page = np.full((3508, 2480), 255, np.uint8)
    page[500, 500] = page[700, 900] = 0
    page[1000:1006, 1000:1006] = 0
    cleaned = specks_off(page)
    assert cleaned[500, 500] == cleaned[700, 900] == 255
    assert cleaned[1002, 1002] == 0


def test_only_faint_print_is_darkened() -> None:
    strong = _page()
    faint = np.asarray(255 - (255 - strong.astype(np.int32)) * 0.4, np.uint8)
    assert contrast_up(strong) is strong
    assert np.percentile(contrast_up(faint)[strong < 60], 50) < 60


def test_blank_backs_are_blank_and_one_line_is_not() -> None:
    back = np.full((2339, 1654), 250, np.uint8)
    rng = np.random.default_rng(0)
    back[rng.integers(0, 2339, 300), rng.integers(0, 1654, 300)] = 90
    assert is_blank(clean(back))
    cv2.putText(back, "Ghi chu: khong", (300, 400), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 20, 3)
    assert not is_blank(clean(back))


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (200, 3), (40, 40)])
def test_images_of_odd_sizes_raise_nothing(shape: tuple[int, int]) -> None:
    for value in (0, 128, 255):
        is_blank(deskew(clean(np.full(shape, value, np.uint8)))[0])


def test_dither_along_the_rim_goes_and_print_near_it_stays() -> None:
    page = _page()
    dither = np.random.default_rng(1).random((page.shape[0], 20)) < 0.4
    page[:, :20][dither] = 0
    page[700:715, 60:200] = 0
    cleaned = margins_off(page)
    assert (cleaned[:, :20] == 255).mean() > 0.99
    assert cleaned[702:713, 62:198].max() < 50


def test_a_shadow_along_the_edge_does_not_say_how_the_page_lies() -> None:
    page = np.full((1600, 1130), 255, np.uint8)
    for row in range(200, 700, 60):  # few lines, so that the shadow weighs more than they
        page[row : row + 12, 150:980:2] = 0
    askew = turn(page, 1.2)
    askew[::2, :25] = 0  # dither
    assert skew_of(askew) == pytest.approx(1.2, abs=0.05)


def test_a_negative_is_turned_dark_on_light() -> None:
    page = _page()
    assert (positive(255 - page) == page).all()
    assert positive(page) is page


def test_a_small_sheet_on_a_dark_lid_is_no_negative() -> None:
    page = _page()
    lid = np.full((2 * page.shape[0], 2 * page.shape[1]), 20, np.uint8)
    lid[300 : 300 + page.shape[0], 200 : 200 + page.shape[1]] = page
    assert positive(lid) is lid


def test_a_dark_page_without_print_stays() -> None:
    dark = np.full((900, 700), 30, np.uint8)
    assert positive(dark) is dark
