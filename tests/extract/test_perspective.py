"""Photographed pages are made square; scanned ones stay as they are."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.image.perspective import Fan, fan_of, homography, squared

Gray = NDArray[np.uint8]
HEIGHT, WIDTH = 1600, 1130
Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


def printed(*, table: bool = False, lines: int = 46) -> Gray:
    """Lines of letters, of which no two are as wide and as high; with a table's rules in the lower half."""
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    rng = np.random.default_rng(3)
    for line in range(lines):
        x, base = 130 + 40 * (line % 5 == 0), 150 + 28 * line
        while x < 1000 - 300 * (line % 5 == 4):
            wide, high = (int(n) for n in rng.integers((7, 11), (13, 17)))
            page[base - high : base, x : x + wide] = 0
            page[base - high + 3 : base - 3, x + 3 : x + wide - 3] = 255
            x += wide + (4 if rng.random() < 0.8 else 12)
    if table:
        page[798:, 100:1040] = 255
        for x in range(110, 1031, 115):
            cv2.line(page, (x, 820), (x, 1440), 0, 2)
        for y in range(820, 1441, 62):
            cv2.line(page, (110, y), (1030, y), 0, 2)
    return page


def photographed(page: Gray, corners: Corners) -> Gray:
    """The page with its corners moved inwards by these shares of its sides: left top, right top, right bottom, left."""
    size = np.array([WIDTH, HEIGHT], np.float32)
    at = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
    inwards = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)], np.float32)
    seen = (at + inwards * np.array(corners, np.float32)) * size
    matrix = cv2.getPerspectiveTransform(at * size, seen.astype(np.float32))
    return np.asarray(cv2.warpPerspective(page, matrix, (WIDTH, HEIGHT), borderValue=255), np.uint8)


def rows_of_ink(page: Gray) -> float:
    """How sharply the ink falls into rows."""
    return float(np.square((page < 128).sum(axis=1, dtype=np.float64)).sum())


def columns_of_rules(page: Gray) -> float:
    return float(np.square((page[850:1400] < 128).sum(axis=0, dtype=np.float64)).sum())


FROM_THE_RIGHT: Corners = ((0, 0.03), (0, 0), (0, 0), (0, 0.03))
FROM_BELOW: Corners = ((0.05, 0), (0.05, 0), (0, 0), (0, 0))


def test_lines_that_run_together_are_made_parallel() -> None:
    page = printed()
    seen = photographed(page, FROM_THE_RIGHT)
    assert rows_of_ink(seen) < 0.7 * rows_of_ink(page)
    assert rows_of_ink(squared(seen)) > 0.8 * rows_of_ink(page)


def test_rules_that_run_together_are_made_upright() -> None:
    page = printed(table=True)
    seen = photographed(page, FROM_BELOW)
    assert columns_of_rules(seen) < 0.5 * columns_of_rules(page)
    assert columns_of_rules(squared(seen)) > 0.7 * columns_of_rules(page)


@pytest.mark.parametrize(
    "page",
    [
        printed(),
        printed(table=True),
        printed(lines=3),
        np.full((HEIGHT, WIDTH), 255, np.uint8),
        # No rule tells how its sides lie, and its lines are parallel.
        photographed(printed(), FROM_BELOW),
        # As much as the feeder of a scanner does.
        photographed(printed(table=True), ((0, 0.004), (0, 0), (0, 0), (0, 0.004))),
    ],
    ids=["text", "table", "three lines", "blank", "lines parallel", "slight"],
)
def test_other_pages_stay_as_they_are(page: Gray) -> None:
    assert squared(page) is page


def test_a_bent_sheet_stays_as_it_is() -> None:
    page = printed()
    x, y = np.meshgrid(np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32))
    sagging = y + 6 * np.sin(np.pi * x / WIDTH)
    bent = np.asarray(cv2.remap(page, x, sagging, cv2.INTER_LINEAR, borderValue=255), np.uint8)
    assert squared(bent) is bent


def test_a_fan_is_found_again() -> None:
    middle = np.repeat(np.arange(-700, 701, 50, dtype=np.float32), 200)
    along = np.tile(np.linspace(-500, 500, 200, dtype=np.float32), 29)
    fan = fan_of(middle + (0.004 + 3e-5 * middle) * along, along, 800)
    assert fan is not None
    assert fan.turn == pytest.approx(0.004, abs=1e-3)
    assert fan.narrowing == pytest.approx(3e-5, rel=0.05)


def test_the_homography_makes_both_fans_parallel() -> None:
    lines, rules = Fan(0.01, 2e-5), Fan(-0.02, 3e-5)
    flat = homography(lines, rules, 1.0)
    for c in (-400.0, 0.0, 400.0):
        line = np.array([[[x, c + (lines.turn + lines.narrowing * c) * x]] for x in (-500.0, 500.0)])
        rule = np.array([[[c + (rules.turn + rules.narrowing * c) * y, y]] for y in (-500.0, 500.0)])
        assert np.ptp(cv2.perspectiveTransform(line, flat)[:, 0, 1]) == pytest.approx(0, abs=1e-6)
        assert np.ptp(cv2.perspectiveTransform(rule, flat)[:, 0, 0]) == pytest.approx(0, abs=1e-6)
