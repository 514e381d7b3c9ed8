"""Coloured ink off the page: red seals and blue pen over black print, the print under them kept."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.raster import Gray, Rgb, dpi_of

COLOURED = 40
"""Least spread between the channels of a coloured pixel, in levels. The fringes of black print mostly stay below."""
TINTED = 16
"""Least spread beside coloured ink: JPEG smears colour, so that thin strokes of a seal have little of it."""
SMEARED = 0.02
"""Inches over which colour is smeared."""
ABOVE_PRINT = 45
"""Levels by which the brightest channel of coloured ink alone is above black print, at least."""
BLACKEST = 45
"""Print under a seal takes up some of its colour: however black the print of the page is, up to here it is print."""
COLOUR_PRINT = 0.6
"""Share of coloured ink from which on a page is printed in colour."""


def stamps_off(rgb: Rgb) -> Gray:
    """The page in gray, with coloured ink bleached.

    A red pixel is bright in the red channel unless black print lies under the seal: so its brightest channel tells
    whether there is print. A page printed in colour, where coloured ink is most of the ink, is left alone.
    """
    gray = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    red, green, blue = cv2.split(rgb)
    brightest = cv2.max(cv2.max(red, green), blue)
    spread = cv2.subtract(brightest, cv2.min(cv2.min(red, green), blue))
    coloured = np.asarray(spread > COLOURED, np.uint8)
    ink = np.asarray(gray < 150, np.uint8)
    inked = np.count_nonzero(ink)
    if not inked or not coloured.any() or np.count_nonzero(coloured & ink) > COLOUR_PRINT * inked:
        return gray
    reach = 2 * round(SMEARED * dpi_of(gray.shape)) + 1
    around = cv2.dilate(coloured, np.ones((reach, reach), np.uint8)) & np.asarray(spread > TINTED, np.uint8)
    stamped = cv2.dilate(coloured, np.ones((3, 3), np.uint8)) | around
    black = max(BLACKEST, level_of_ink(np.where(coloured[::3, ::3], np.uint8(255), gray[::3, ::3])))
    # Of most pages little is coloured: what a seal or a pen has not touched is not looked at.
    x, y, width, height = cv2.boundingRect(stamped)
    part = slice(y, y + height), slice(x, x + width)
    sure, smeared = (cv2.LUT(brightest[part], bleach(black, steps)) for steps in (15, 60))
    gray[part] = np.where(stamped[part], np.where(coloured[part], sure, smeared), gray[part])
    return gray


def print_level(gray: Gray) -> int:
    """How dark the print of the page is: the level of the darkest fifth of its ink."""
    return level_of_ink(gray[::3, ::3])


def level_of_ink(gray: Gray) -> int:
    """The same of a page of which every third row and column is left."""
    histogram = np.bincount(gray.ravel(), minlength=256)[:150]
    return int(np.searchsorted(np.cumsum(histogram), 0.2 * histogram.sum())) if histogram.any() else 0


def bleach(black: int, steps: int) -> NDArray[np.uint8]:
    """Brightest channel -> gray: what is nearly as dark as the print stays so, a seal becomes paper.

    steps: levels between the two; fewer where the colour is plain.
    """
    return np.clip((np.arange(256) - black - ABOVE_PRINT) * 255 / steps + black, 0, 255).astype(np.uint8)
