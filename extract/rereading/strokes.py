"""Numerals that are nothing but upright strokes, read by their shape: I, II, III, 1, 11.

Engines guess at them: a bold "III" comes out as "II", "hi" or "ih", a lone "1" as "l" or "œ"; and a lost stroke turns
the third quarter into the second one, in silence. The number of strokes on the paper is plain.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extract.engines.seen import SeenWord
from extract.raster import Gray

# What engines read for strokes; what follows the numeral is kept as it was read.
STROKES = re.compile(r"([Iil1hH|íìïịœ]{1,4})((?:[/.,:;)\]-].*)?)", re.DOTALL)
# The letter "i)" or "l)" of a list, and numbers that go on behind a stop ("1.1"), are no numerals of strokes alone.
LEFT_ALONE = re.compile(r"[il]\)|[^.]+\.\d")
# Inches. Capitals of print from 7 to 20 points are this high.
LOWEST, HIGHEST = 0.06, 0.2
# Pixels: in fewer rows a serif is no row.
FEWEST_ROWS = 12
# Ink is darker than half way from white to the darkest of the word.
HALF_WAY = 0.5
# Share of the height of a stroke: beyond its serifs, it is the same from here to one minus it.
SERIF = 0.22
MOST_STROKES = 3
# Share of the rows between the serifs in which a stroke is seen.
NEARLY_ALL = 0.85
# Shares of the height: how wide a stroke is at most, how much it may lean, how far apart two of one numeral stand.
WIDEST, LEAN, FARTHEST = 0.36, 0.4, 0.85
# Share of the height by which a stroke may swerve.
BEND = 0.06
# The strokes of one numeral lean alike: the two of a V do not.
LEAN_ALIKE = 0.13
# Share of the height beside a stroke in which its flag and serifs stand.
BESIDE = 0.3
# Ink beside the top of a stroke, in squares of its height, its blur taken off: of a flag, of a serif, of neither.
FLAG, SERIF_INK, BARE = 0.004, 0.0025, 0.0015
# A flag has this many times the ink of the other side; serifs are more alike than that.
ONE_SIDED = 2.5
SURE_OF_SHAPE = 0.9


@dataclass(frozen=True, slots=True)
class Stroke:
    """An upright stroke between its serifs; pixels. lean: how far it leans to the right, to a pixel of its height."""

    left: float
    right: float
    lean: float


def mended(words: Sequence[SeenWord], image: Gray, dpi: float) -> tuple[SeenWord, ...]:
    """The words, numerals of strokes as their shape in the image says; all others as they are."""
    return tuple(_mended(word, image, dpi) if STROKES.fullmatch(word.text) else word for word in words)


def _mended(word: SeenWord, image: Gray, dpi: float) -> SeenWord:
    match = STROKES.fullmatch(word.text)
    if match is None or LEFT_ALONE.match(word.text) or not LOWEST * dpi <= word.height <= HIGHEST * dpi:
        return word
    rows = slice(max(0, int(word.top) - 1), int(word.bottom) + 2)
    found = numeral_in(image[rows, max(0, int(word.left) - 2) : int(word.right) + 3], alone=not match[2])
    if found is None:
        return word
    sure = max(word.confidence, SURE_OF_SHAPE) if found == match[1] else SURE_OF_SHAPE
    return replace(word, text=found + match[2], confidence=sure)


def numeral_in(crop: Gray, *, alone: bool = True) -> str | None:
    """The numeral that the crop of a word begins with; None unless it is surely of strokes alone.

    alone: nothing but the numeral (and marks lower than half of it) is in the crop.
    """
    rows = rows_of_strokes(crop)
    if rows is None:
        return None
    marks = crop[rows]
    darkness = np.asarray((255.0 - marks) / (255.0 - float(marks.min())), np.float64)
    leaning = strokes_of(darkness > HALF_WAY, alone=alone)
    if not leaning:
        return None
    darkness = upright(darkness, sum(stroke.lean for stroke in leaning) / len(leaning))
    strokes = strokes_of(darkness > HALF_WAY, alone=alone)
    if not 1 <= len(strokes) <= MOST_STROKES:
        return None
    # A slash that leans on the last stroke looks like its serif or flag: the strokes before it say what all are.
    plain = len(strokes) if alone else max(1, len(strokes) - 1)
    signs = {_sign(darkness, strokes, n) for n in range(plain)}
    sign = signs.pop()
    return sign * len(strokes) if sign is not None and not signs else None


def upright(darkness: NDArray[np.float64], lean: float) -> NDArray[np.float64]:
    """Slanting print put upright, row by row; lean as of its strokes, in pixels a pixel of height."""
    height = len(darkness)
    shifts = [round(lean * (row - height / 2)) for row in range(height)]
    reach = max(map(abs, shifts))
    wide = np.pad(darkness, ((0, 0), (reach, reach)))
    return np.stack([np.roll(row, shift) for row, shift in zip(wide, shifts, strict=True)])


def rows_of_strokes(crop: Gray) -> slice | None:
    """The rows of the tallest column of ink; None where there is no ink, or it is too low to tell strokes."""
    if not crop.size or crop.min() > 160:
        return None
    ink = crop < 255 - HALF_WAY * (255 - int(crop.min()))
    rows = np.flatnonzero(ink[:, int(ink.sum(axis=0).argmax())])
    return slice(int(rows[0]), int(rows[-1]) + 1) if rows[-1] - rows[0] >= FEWEST_ROWS else None


def strokes_of(ink: NDArray[np.bool_], *, alone: bool) -> list[Stroke]:
    """The upright strokes that the ink begins with; none where more ink follows and they should stand alone."""
    height = len(ink)
    serif = round(SERIF * height)
    rows = [_runs(row) for row in ink[serif : height - serif]]
    if alone:
        count = int(np.median([len(row) for row in rows]))
        whole = [row for row in rows if len(row) == count]
        rows = whole if len(whole) >= NEARLY_ALL * len(rows) else []
    strokes: list[Stroke] = []
    for n in range(MOST_STROKES + 1):
        # One run of ink a row, the n-th; hardly a row may lack it.
        runs = np.array([row[n] for row in rows if len(row) > n], np.float64).reshape(-1, 2)
        if not len(runs) or len(runs) < NEARLY_ALL * len(rows):
            return strokes
        stroke = _stroke(runs[:, 0], runs[:, 1], height)
        if stroke is None or (strokes and not _alike(strokes[-1], stroke, height)):
            return [] if alone else strokes
        strokes.append(stroke)
    return strokes


def _alike(one: Stroke, other: Stroke, height: int) -> bool:
    """Whether both can be strokes of one numeral: near, leaning alike, about as thick."""
    thin, thick = sorted((one.right - one.left, other.right - other.left))
    near = other.left - one.right <= FARTHEST * height
    return near and abs(one.lean - other.lean) <= LEAN_ALIKE and thick <= 1.5 * thin + 1.5


def _runs(row: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edge = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(np.int8), [0]])))
    return list(zip(edge[::2].tolist(), edge[1::2].tolist(), strict=True))


def _stroke(start: NDArray[np.float64], end: NDArray[np.float64], height: int) -> Stroke | None:
    """The stroke that lies between the edges, row by row; None where it is none: too wide, uneven or slanting."""
    left, right = float(np.median(start)), float(np.median(end))
    widths = end - start
    middles = (start + end) / 2
    if right - left > WIDEST * height or np.ptp(widths) > max(3.0, 0.7 * (right - left)):
        return None
    third = max(1, len(middles) // 3)
    lean = float(middles[:third].mean() - middles[-third:].mean()) / max(1, len(middles) - third)
    bent = middles - middles.mean() + lean * (np.arange(len(middles)) - (len(middles) - 1) / 2)
    if abs(lean) > LEAN or np.abs(bent).max() > max(2.0, BEND * height):
        return None
    return Stroke(left, right, lean)


def _sign(darkness: NDArray[np.float64], strokes: Sequence[Stroke], number: int) -> str | None:
    """ "1" has a flag to the left of its top, "I" serifs on both sides or none at all; None where it cannot be told."""
    left, right = _beside(darkness, strokes, number, top=True)
    if left >= FLAG and left >= ONE_SIDED * right:
        return "1"
    if min(left, right) >= SERIF_INK and max(left, right) < ONE_SIDED * min(left, right):
        return "I"
    # A worn "1" has lost its flag, but still stands on a foot.
    foot = max(_beside(darkness, strokes, number, top=False))
    return "I" if max(left, right, foot) < BARE else None


def _beside(darkness: NDArray[np.float64], strokes: Sequence[Stroke], number: int, *, top: bool) -> tuple[float, float]:
    """Ink to the left and to the right of an end of the stroke beyond that beside its middle; squares of its height."""
    height, width = darkness.shape
    stroke, serif = strokes[number], round(SERIF * height)
    before = (strokes[number - 1].right + stroke.left) / 2 if number else 0
    after = (strokes[number + 1].left + stroke.right) / 2 if number + 1 < len(strokes) else width
    reach = round(min(BESIDE * height, stroke.left - before, after - stroke.right))
    end = darkness[:serif] if top else darkness[-serif:]
    middle = darkness[height // 2 - serif // 2 :][:serif]
    at = round(stroke.left), round(stroke.right)
    return (
        float(_mass(end, at[0] - reach, at[0]) - _mass(middle, at[0] - reach, at[0])) / height**2,
        float(_mass(end, at[1], at[1] + reach) - _mass(middle, at[1], at[1] + reach)) / height**2,
    )


def _mass(darkness: NDArray[np.float64], first: int, last: int) -> float:
    return float(darkness[:, max(0, first) : max(0, last)].sum())
