"""Coloured ink off the page: red seals and blue pen over black print, the print under them kept."""

import cv2
import numpy as np

from extract.raster import Gray, Rgb

COLOURED = 48
"""Least spread between the channels of a coloured pixel, in levels. The fringes of black print mostly stay below."""


def stamps_off(rgb: Rgb) -> Gray:
    """The page in gray, with coloured ink bleached.

    A red pixel is bright in the red channel unless black print lies under the seal: so its brightest channel tells
    whether there is print. A page printed in colour, where coloured ink is most of the ink, is left alone.
    """
    gray = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    red, green, blue = cv2.split(rgb)
    brightest = cv2.max(cv2.max(red, green), blue)
    coloured = cv2.subtract(brightest, cv2.min(cv2.min(red, green), blue)) > COLOURED
    ink = gray < 150
    if coloured[ink].mean() > 0.6 if ink.any() else True:
        return gray
    near = cv2.dilate(coloured.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    result = gray.copy()
    result[near] = cv2.LUT(brightest, _BLEACH)[near]
    return result


_BLEACH = np.clip((np.arange(256) - 90) * 255 / 70 + 60, 0, 255).astype(np.uint8)
"""Brightest channel -> gray: print under a seal (up to about 90) stays dark, the seal (from 145) becomes paper."""
