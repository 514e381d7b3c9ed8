"""Every step can be drawn, on colour and gray pages, with and without a table."""

import cv2
import numpy as np
import pytest

from benchmarks.drawn_tables import Rules, draw_page
from benchmarks.worn_sheets import Damage
from extract.look import STEPS


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("rules", [Rules.ALL, Rules.NONE])
def test_step_gives_a_picture_in_colour(name: str, rules: Rules) -> None:
    page = draw_page(1, Damage((100,)), rules).image
    for given in (page, np.asarray(cv2.cvtColor(page, cv2.COLOR_GRAY2RGB), np.uint8)):
        picture = STEPS[name](given, 100)
        assert picture.dtype == np.uint8
        assert picture.ndim == 3
        assert picture.shape[2] == 3
