"""Short cells that the engine passed over or was not sure of ("1", "%", "81"), read again: each alone.

On a sheet of cells the engine seeks one size of print and one left edge; a single sign off them comes out as a letter
or not at all. Alone, cut down to its marks so that no speck stands beside it, it is mostly read surely.
"""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from extract.engines import Engine, Layout, SeenWord
from extract.page import Box
from extract.raster import Gray
from extract.rereading.doubtful import DOUBTFUL, LARGER, RIM, SURE, back_in_place, is_worse
from extract.rereading.figures import as_lone_figure
from extract.rereading.strokes import STROKES
from extract.tables.unfold import Sheet, Strip

INK = 140
# Inches: no mark of print but stops and dashes is lower; a short cell is no higher and no wider, and has so much paper
# around its marks.
LOWEST_MARK, HIGHEST, WIDEST, AROUND = 0.045, 0.25, 0.6, 0.02
# What is read so surely, and so much more surely than before, is taken though it is not quite sure.
FAIRLY_SURE, SURER_BY = 0.8, 0.35
# Reading a cell takes about a hundredth of a second.
MOST_CELLS = 60


def read_lone_cells(sheet: Sheet, words: Sequence[SeenWord], dpi: float, engine: Engine) -> list[SeenWord]:
    """The words of the sheet, those of short unsure cells as read alone where that is surer; figures put right."""
    left = MOST_CELLS
    result: list[SeenWord] = []
    by_strip = words_by_strip(sheet, words)
    for strip, held in zip(sheet.strips, by_strip, strict=True):
        marks = marks_of(sheet.image[strip.top : strip.bottom], dpi) if left and _is_unsure(held) else None
        left -= marks is not None
        again = read_marks(sheet.image, strip, marks, held, dpi, engine) if marks is not None else held
        result += [replace(again[0], text=as_lone_figure(again[0].text))] if len(again) == 1 else again
    return result


def words_by_strip(sheet: Sheet, words: Sequence[SeenWord]) -> list[list[SeenWord]]:
    """The words of each strip; one between two goes to the nearer."""
    middles = np.array([(strip.top + strip.bottom) / 2 for strip in sheet.strips])
    halves = np.array([(strip.bottom - strip.top) / 2 for strip in sheet.strips])
    held: list[list[SeenWord]] = [[] for _ in sheet.strips]
    for word in words:
        held[int((np.abs(middles - (word.top + word.bottom) / 2) - halves).argmin())].append(word)
    return held


def _is_unsure(words: Sequence[SeenWord]) -> bool:
    return all(word.confidence < DOUBTFUL for word in words)


def marks_of(strip: Gray, dpi: float) -> Box | None:
    """Where the marks of print stand, specks left out; None where there are none, or more than a short cell has."""
    _, _, stats, _ = cv2.connectedComponentsWithStats((strip < INK).astype(np.uint8), connectivity=8)
    found = stats[1:][stats[1:, cv2.CC_STAT_HEIGHT] >= LOWEST_MARK * dpi]
    if not len(found):
        return None
    x0, y0 = map(float, found[:, :2].min(axis=0))
    x1, y1 = map(float, (found[:, :2] + found[:, 2:4]).max(axis=0))
    return Box(x0, y0, x1, y1) if x1 - x0 <= WIDEST * dpi and y1 - y0 <= HIGHEST * dpi else None


def read_marks(
    image: Gray, strip: Strip, marks: Box, held: Sequence[SeenWord], dpi: float, engine: Engine
) -> list[SeenWord]:
    """The words of the strip as read alone, in its own size, then larger; as they were where neither is sure."""
    around = round(AROUND * dpi)
    inside = image[strip.top + int(marks.top) : strip.top + int(marks.bottom), int(marks.x0) : int(marks.x1)]
    crop = np.pad(inside, around, constant_values=255)
    for factor in (1.0, LARGER):
        sized = cv2.resize(crop, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
        padded = np.pad(np.asarray(sized, np.uint8), RIM, constant_values=255)
        seen = engine.read(padded, round(factor * dpi), Layout.LINE)
        if is_better(held, seen):
            x, y = marks.x0 - around, strip.top + marks.top - around
            return [replace(back_in_place(word, factor, x, y), line=(strip.grid, strip.cell, 0)) for word in seen]
    return list(held)


def is_better(held: Sequence[SeenWord], seen: Sequence[SeenWord]) -> bool:
    """Whether what was read alone is to be taken: sure, something to read, and no other number than before."""
    old, new = ("".join(word.text for word in words) for words in (held, seen))
    before = min((word.confidence for word in held), default=0.0)
    now = min((word.confidence for word in seen), default=0.0)
    sure = now >= SURE or (now >= FAIRLY_SURE and now >= before + SURER_BY)
    print_seen = any(letter.isalnum() or letter == "%" for letter in new)
    # A piece of a rule in an empty cell is a stroke too.
    return sure and print_seen and not (STROKES.fullmatch(new) if not held else is_worse(old, new))
