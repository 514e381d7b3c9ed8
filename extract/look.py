"""What each step makes of a page, drawn on it: the pictures behind `look --step`.

STEPS: name -> function from the page in RGB or gray, upright, and its dpi, to a picture in RGB.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import cv2
import numpy as np

from extract.image.cleaning import clean, deskew, light_evened, margins_off, seals_off, specks_off
from extract.image.perspective import squared
from extract.image.stamps import stamps_off
from extract.page import Box
from extract.raster import Gray, Rgb, binarise
from extract.tables.grids import Grid, find_grids, rulings_to_crossings
from extract.tables.rulings import MILLIMETRES_PER_INCH, Ruling, erase_rules, find_rulings
from extract.tables.unfold import unfold, without_tables

Step = Callable[[Rgb, float], Rgb]

_ACROSS, _DOWN, _MARK, _CELL = (220, 30, 30), (30, 60, 220), (250, 150, 0), (0, 150, 60)


def _gray(page: Rgb) -> Gray:
    return stamps_off(page) if page.ndim == 3 else page


def _straight(page: Rgb) -> Gray:
    return squared(deskew(clean(page))[0])


def _picture(gray: Gray) -> Rgb:
    return np.asarray(cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB), np.uint8)


def draw_rulings(gray: Gray, rulings: Sequence[Ruling]) -> Rgb:
    """Rules across in red, down in blue, piece by piece."""
    picture = _picture(gray)
    for ruling in rulings:
        for p in ruling.pieces:
            ends = (p.start, p.at_start), (p.end, p.at_end)
            points = [(round(a), round(b)) if ruling.horizontal else (round(b), round(a)) for a, b in ends]
            cv2.line(picture, points[0], points[1], _ACROSS if ruling.horizontal else _DOWN, 4)
    return picture


def draw_crossings(gray: Gray, dpi: float) -> Rgb:
    """The rules, and a ring where two meet."""
    rulings = find_rulings(gray, dpi)
    picture = draw_rulings(gray, rulings)
    for crossing in rulings_to_crossings(rulings, dpi / MILLIMETRES_PER_INCH):
        cv2.circle(picture, (round(crossing.x), round(crossing.y)), round(dpi / 25), _MARK, 3)
    return picture


def draw_cells(gray: Gray, grids: Sequence[Grid]) -> Rgb:
    """Each cell as a frame a little inside its rules."""
    boxes = [c.box for grid in grids for c in grid.cells]
    return draw_boxes(gray, boxes, inset=8)


def draw_boxes(gray: Gray, boxes: Sequence[Box], inset: int = 0) -> Rgb:
    """Boxes in pixels as frames."""
    picture = _picture(gray)
    for box in boxes:
        corners = (round(box.x0) + inset, round(box.top) + inset), (round(box.x1) - inset, round(box.bottom) - inset)
        cv2.rectangle(picture, corners[0], corners[1], _CELL, 3)
    return picture


def _draw_erased(page: Rgb, dpi: float) -> Rgb:
    gray = _straight(page)
    return _picture(erase_rules(gray, [r for grid in find_grids(gray, dpi) for r in grid.rulings]))


def _draw_sheet(page: Rgb, dpi: float) -> Rgb:
    """The first sheet of the tables' cells; the page where it has no table."""
    gray = _straight(page)
    grids = find_grids(gray, dpi)
    sheets = unfold(erase_rules(gray, [r for grid in grids for r in grid.rulings]), grids, dpi)
    return _picture(sheets[0].image if sheets else gray)


def _draw_rest(page: Rgb, dpi: float) -> Rgb:
    gray = _straight(page)
    return _picture(without_tables(gray, find_grids(gray, dpi)))


STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "stamps": lambda page, _: _picture(_gray(page)),
        "light": lambda page, _: _picture(light_evened(_gray(page))),
        "margins": lambda page, _: _picture(margins_off(light_evened(_gray(page)))),
        "seals": lambda page, _: _picture(seals_off(margins_off(light_evened(_gray(page))))),
        "specks": lambda page, _: _picture(specks_off(margins_off(light_evened(_gray(page))))),
        "clean": lambda page, _: _picture(clean(page)),
        "deskew": lambda page, _: _picture(deskew(clean(page))[0]),
        "square": lambda page, _: _picture(_straight(page)),
        "binarise": lambda page, _: _picture(np.where(binarise(_straight(page)), 0, 255).astype(np.uint8)),
        "rulings": lambda page, dpi: draw_rulings(_straight(page), find_rulings(_straight(page), dpi)),
        "crossings": lambda page, dpi: draw_crossings(_straight(page), dpi),
        "cells": lambda page, dpi: draw_cells(_straight(page), find_grids(_straight(page), dpi)),
        "erase": _draw_erased,
        "unfold": _draw_sheet,
        "rest": _draw_rest,
    }
)
