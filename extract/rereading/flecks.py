"""Flecks that an engine read as marks: a dash in the middle of a name, a full stop between two words.

Beside letters a fleck is not told by its place, since dots and dashes of print stand there too, but by its shape. A
printed dash is wide and flat, a colon is as high as a letter, a full stop follows its word without a blank. Left in,
"Sở Tài-chính" and "Đoàn Thanh niên - phường" are agencies of other names, and "Thường . xuyên" is no time.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from extract.engines import SeenWord
from extract.image.print_rows import marks_of
from extract.raster import Gray

# Marks that stand alone only where nothing was printed, and those that have a fleck's height where nothing was.
STRAY, LOW = frozenset("'`´‘’„¬°ˆ¨"), frozenset(':;_*"')
DASHES = frozenset("-–—~")
# Inches. A colon is higher, of 8 points still; so is a comma than the other; a blank for writing is wider.
LOWEST, LOWEST_COMMA, NARROWEST = 0.045, 0.025, 0.1
# Higher than this (inches) is no box of a dash, but one that the engine put round its neighbours too.
HIGHEST_DASH = 0.1
# A dash of print is so much wider than high, and has so many inches; a fleck is no larger than this.
FLATNESS, SHORTEST_DASH, LARGEST_FLECK = 1.6, 0.025, 0.06
# Shares of a word's height between which dashes stand: marks of vowels are above, the dot below.
BAND = (0.25, 0.85)
# Letters by which a dash may stand beside the place that its number among the signs of the word gives.
ASTRAY = 1.5
# Ink is darker than half way from white to the darkest.
HALF_WAY = 0.5
# A dash that may be a fleck: before a word, behind one, or between two words in small letters.
GLUED = re.compile(r"(?P<before>[^\W\d_]{2,}(?<![A-ZĐ]))?-(?P<after>[^\W\d_]{2,})?")


def without_flecks(words: Sequence[SeenWord], image: Gray, dpi: float, *, openers: bool) -> list[SeenWord]:
    """The words without flecks read as marks; a word whose dash is a fleck loses it, or is parted there in two.

    openers: whether the mark that a line begins with is looked at too. In running text it may be all that is left of a
    worn number ("c. Phân công" with a dot for its "c."), and tells that an item begins there.
    """
    lines = [None, *(word.line for word in words), None]
    result: list[SeenWord] = []
    for word, before, after in zip(words, lines, lines[2:], strict=False):
        if word.line != before and not openers and not word.text[0].isalnum():
            result.append(word)
        elif not is_stray(word, dpi, inside=word.line == after):
            result += without_false_dash(word, image, dpi)
    return result


def is_stray(word: SeenWord, dpi: float, *, inside: bool) -> bool:
    """Whether the word is nothing but a fleck by its text and size. inside: another word of its line follows."""
    signs = frozenset(word.text)
    low = signs <= STRAY | LOW and word.height < LOWEST * dpi and word.right - word.left < NARROWEST * dpi
    comma = word.text == "," and word.height < LOWEST_COMMA * dpi
    return low or comma or signs <= STRAY or (word.text == "." and inside)


def without_false_dash(word: SeenWord, image: Gray, dpi: float) -> Iterator[SeenWord]:
    """The word as it is; where its one dash is a fleck the words beside it, without it."""
    if DASHES.issuperset(word.text):
        if word.height > HIGHEST_DASH * dpi or not is_fleck(word, 0.5, image, dpi):
            yield word
        return
    match = GLUED.fullmatch(word.text)
    place = (word.text.index("-") + 0.5) / len(word.text) if match else 0.0
    if match is None or not is_fleck(word, place, image, dpi):
        yield word
        return
    middle = word.left + place * (word.right - word.left)
    if match["before"]:
        yield replace(word, text=match["before"], right=middle)
    if match["after"]:
        yield replace(word, text=match["after"], left=middle)


def is_fleck(word: SeenWord, place: float, image: Gray, dpi: float) -> bool:
    """Whether a fleck and no dash stands in the box of the word; place: how far across it, 0 to 1."""
    rows = slice(max(0, int(word.top) - 1), int(word.bottom) + 2)
    crop = image[rows, max(0, int(word.left) - 1) : int(word.right) + 2]
    if not crop.size:
        return False
    ink = crop < 255 - HALF_WAY * (255 - int(crop.min()))
    _, stats = marks_of(ink.astype(np.uint8))
    x, y, wide, high = (stats[1:, side].astype(float) for side in range(4))
    alone = DASHES.issuperset(word.text)
    reach = crop.shape[1] * (1.0 if alone else ASTRAY / len(word.text))
    low, deep = (0.0, 1.0) if alone else BAND
    middle = (y + high / 2) / crop.shape[0]
    near = np.abs(x + wide / 2 - place * crop.shape[1]) <= reach
    near &= (high <= LARGEST_FLECK * dpi) & (middle >= low) & (middle <= deep)
    dash = near & (wide >= FLATNESS * high) & (wide >= SHORTEST_DASH * dpi)
    return bool(near.any()) and not bool(dash.any())
