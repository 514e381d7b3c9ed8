"""Page images made fit to read: numpy in, numpy out (arrays as in extract.raster).

Steps: colour to gray with stamps off, light evened out, dark margins off, print of the back off, faint print darkened
(the rings of faint seals are then dark enough to be found), seals off, specks off.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.bleed import bleed_off
from extract.image.seals import seals_off
from extract.image.skew import deskew
from extract.image.stamps import stamps_off
from extract.raster import Gray, Rgb, dpi_of, shrink_to

__all__ = [
    "clean",
    "contrast_up",
    "deskew",
    "is_blank",
    "light_evened",
    "margins_off",
    "positive",
    "seals_off",
    "specks_off",
]

Numbers = NDArray[np.float64]
Mask = NDArray[np.uint8]


def clean(page: Rgb | Gray) -> Gray:
    """The page in gray, ready for rule finding and OCR: stamps, uneven light, margins, the back, seals, specks off."""
    page = positive(page)
    gray = stamps_off(page) if page.ndim == 3 else page
    return specks_off(seals_off(contrast_up(bleed_off(margins_off(light_evened(gray))))))


def positive(page: Rgb | Gray) -> Rgb | Gray:
    """A negative (light print on dark, as of a film or a bilevel scan of the wrong polarity) turned dark on light.

    A small sheet that lies on a dark lid is dark in most places too, but what is light there is an area, not strokes.
    """
    channel = page[:, :, 1] if page.ndim == 3 else page
    if np.median(channel[::8, ::8]) > SURELY_LIGHT:
        return page
    small = shrink_to(channel, 1200)
    middle = float(np.median(small))
    if middle > DARK:
        return page
    light = (small > (middle + 255) / 2).astype(np.uint8)
    areas = cv2.morphologyEx(light, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    return 255 - page if light.any() and areas.sum() < light.sum() / 2 else page


DARK = 100
"""Median level of a page below which it may be a negative; the darkest paper is well above."""

SURELY_LIGHT = 130
"""Median level of a few pixels of the page above which no more of it need be looked at."""


def light_evened(gray: Gray) -> Gray:
    """The paper made white everywhere: divided by the brightness of the paper around each pixel."""
    small = shrink_to(gray, 220)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11))
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    paper = np.maximum(cv2.GaussianBlur(paper, (0, 0), 3), 90)
    full = cv2.resize(paper, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(gray, full, scale=255), np.uint8)


def margins_off(gray: Gray) -> Gray:
    """What hangs on the edge of the image (the scanner's lid, the shadow of a fold, its dither) made white."""
    small = shrink_to(gray, 440)
    mask = cv2.dilate((dark_areas(small) | shaded_rim(small)).astype(np.uint8), np.ones((3, 3), np.uint8))
    if not mask.any() or mask.mean() > 0.5:
        return gray
    full = cv2.resize(mask, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_NEAREST)
    result = gray.copy()
    result[full > 0] = 255
    return result


def dark_areas(small: Gray) -> Mask:
    """Dark areas that hang on the edge; the page at 440 pixels."""
    dark = (small < 140).astype(np.uint8)
    # A rule or a letter that runs off the page is thin at this size (1 px is 0.7 mm): opening keeps areas only.
    return _hanging(_opened(dark, (3, 3)))


def shaded_rim(small: Gray) -> Mask:
    """What is darker than paper along the edge, for 5 mm and more; the page at 440 pixels.

    The end of a shadow is a strip of noise, in which an engine reads letters; print keeps away from the rim.
    """
    shade = (small < float(np.median(small)) - 25).astype(np.uint8)
    sides, ends = shade.copy(), shade.copy()
    sides[:, RIM:-RIM] = 0
    ends[RIM:-RIM] = 0
    # Along the rim: a rule that runs off the page comes from within.
    return _hanging(_opened(sides, (7, 1)) | _opened(ends, (1, 7)))


RIM = 18
"""Pixels of a page at 440, about 12 mm: the margins of official documents are wider."""


def _opened(areas: Mask, shape: tuple[int, int]) -> Mask:
    """What of the areas holds a rectangle of this shape; areas go on beyond the edge."""
    kernel = np.ones(shape, np.uint8)
    return np.asarray(cv2.morphologyEx(areas, cv2.MORPH_OPEN, kernel, borderType=cv2.BORDER_REPLICATE), np.uint8)


def _hanging(areas: Mask) -> Mask:
    """The areas that touch the edge of the image."""
    _, labels = cv2.connectedComponents(areas)
    rim = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    return np.asarray(np.isin(labels, np.setdiff1d(rim, [0])), np.uint8)


FAINT = 90
"""Level of a page's ink from which on its print counts as faint. Well inked pages lose accuracy when stretched."""


def contrast_up(gray: Gray) -> Gray:
    """A faint page with its ink made black, by its own darkness of ink; any other page as it is."""
    histogram = np.bincount(shrink_to(gray, 1600).ravel(), minlength=256)[:200]
    if histogram.sum() < 50:
        return gray
    black = float(np.searchsorted(np.cumsum(histogram), 0.2 * histogram.sum()))
    if black < FAINT:
        return gray
    levels = np.clip((np.arange(256) - black) * 255 / (255 - black), 0, 255)
    return np.asarray(cv2.LUT(gray, levels.astype(np.uint8)), np.uint8)


def specks_off(gray: Gray) -> Gray:
    """Dots too small to be a full stop made white (up to about 0.2 mm across)."""
    small_enough = max(2, round((dpi_of(gray.shape) / 300) ** 2 * 9))
    # Nearly paper: worn print and faint rules must hang together, or they would go dot by dot.
    ink = (gray < 215).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    specks = stats[:, cv2.CC_STAT_AREA] <= small_enough
    specks[0] = False
    if count == 1 or not specks.any():
        return gray
    result = gray.copy()
    result[specks[labels]] = 255
    return result


def is_blank(gray: Gray) -> bool:
    """Whether a cleaned page holds no text: no letters that stand between two others on a line, whichever way up.

    What a seal leaves on the back of its sheet has marks of the size of letters too, but round a ring.
    """
    page = shrink_to(gray, 1600)
    dpi = dpi_of(page.shape)
    _, _, found, _ = cv2.connectedComponentsWithStats((page < 128).astype(np.uint8), connectivity=8)
    stats = np.asarray(found[1:], np.int32)
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    letters = (np.maximum(width, height) > 0.05 * dpi) & (np.maximum(width, height) < 0.6 * dpi)
    letters &= (np.minimum(width, height) < 0.4 * dpi) & (area > 0.15 * height * width)
    if letters.sum() > _MANY_LETTERS:
        return False
    x, y, w, h = stats[letters, :4].astype(np.float64).T
    ways = ((x, w, y + h, h), (x, w, y, h), (y, h, x + w, w), (y, h, x, w))
    fewest = 1 if letters.sum() <= _FEW_LETTERS else 3
    return all(_between_others(*way) < fewest for way in ways)


# Among many marks of dirt one or two stand in a row by chance.
_FEW_LETTERS, _MANY_LETTERS = 15, 250


def _between_others(start: Numbers, length: Numbers, base: Numbers, size: Numbers) -> int:
    """How many marks have one of like size close before and close after them on the same base line."""
    gap = start[None, :] - (start + length)[:, None]
    near = (gap > -0.2 * size[:, None]) & (gap < 1.2 * size[:, None])
    level = np.abs(base[None, :] - base[:, None]) < 0.15 * size[:, None]
    alike = np.abs(size[None, :] - size[:, None]) < 0.5 * np.minimum(size[None, :], size[:, None])
    follows = near & level & alike
    np.fill_diagonal(follows, val=False)
    return int((follows.any(axis=0) & follows.any(axis=1)).sum())
