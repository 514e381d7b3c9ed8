"""The rules that a born-digital page draws as lines and boxes, taken from its drawing commands with pdfplumber.

Exact where rules found on the drawn page may be confused with strokes of letters, and cheaper than drawing it. A scan
under a text layer has its rules in the picture: such a page is drawn.
"""

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.table import merge_edges
from pdfplumber.utils.geometry import obj_to_edges

from extract.files.sheets import POINTS_PER_INCH
from extract.tables.rulings import MILLIMETRES_PER_INCH, Piece, Ruling

Drawn = dict[str, Any]
"""A line, box or edge of pdfplumber: object_type or orientation; x0, x1, top, bottom, width, height in points."""

THINNEST_BOX = 3.0
"""Points. Word processors print a rule as a filled box; one that is thicker is the shade of a cell."""

SAME_RULE, DASH = 0.6, 3.0
"""Points: across, between two strokes of one rule; along, between two of its dashes."""

SHORTEST = 3.0
"""Millimetres: the wall of a row of one line. A drawn page needs longer ones, since letters have strokes too."""

WHITE = 0.95
"""Gray, or red, green and blue, from which a colour is not seen on paper."""

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings about colours and fonts concern nobody here


def drawn_rules(path: Path, number: int, dpi: float) -> tuple[Ruling, ...] | None:
    """The rules of page `number` (from 1), across first, in pixels at `dpi`.

    None where they cannot be told: a page that is turned or cut out of a larger sheet, or that pdfplumber cannot read.
    """
    try:
        with pdfplumber.open(path, pages=[number]) as document:
            (page,) = document.pages
            if page.rotation or tuple(page.mediabox) != tuple(page.cropbox):
                return None
            edges = [edge for kind in (page.lines, page.rects, page.curves) for one in kind for edge in edges_of(one)]
    except Exception:  # pdfminer raises whatever a broken file leads it to; such a page is drawn instead
        return None
    return edges_to_rulings(edges, dpi)


def edges_of(drawn: Drawn) -> Iterator[Drawn]:
    """The edges of a line, box or curve that are seen as rules.

    >>> box = dict(object_type="rect", x0=0, x1=200, top=0, bottom=0.5, width=200, height=0.5)
    >>> box |= dict(fill=True, stroke=False, non_stroking_color=0)
    >>> [(edge["orientation"], edge["top"]) for edge in edges_of(box)]
    [('h', 0.25)]
    >>> list(edges_of(box | {"bottom": 30, "height": 30}))
    []
    """
    if drawn["object_type"] == "rect" and min(drawn["width"], drawn["height"]) <= THINNEST_BOX:
        if _is_seen(drawn):
            yield _middle_line(drawn)
    elif drawn.get("stroke") and not is_white(drawn.get("stroking_color")):
        yield from obj_to_edges(drawn)


def _middle_line(box: Drawn) -> Drawn:
    """A thin box as one edge along its middle."""
    if box["width"] >= box["height"]:
        middle = (box["top"] + box["bottom"]) / 2
        return box | {"orientation": "h", "top": middle, "bottom": middle, "height": 0}
    middle = (box["x0"] + box["x1"]) / 2
    return box | {"orientation": "v", "x0": middle, "x1": middle, "width": 0}


def _is_seen(box: Drawn) -> bool:
    filled = box.get("fill") and not is_white(box.get("non_stroking_color"))
    return bool(filled or (box.get("stroke") and not is_white(box.get("stroking_color"))))


def is_white(colour: object) -> bool:
    """Whether a colour as pdfminer has it (a gray, or red, green and blue, or a pattern) is that of paper.

    >>> is_white(1), is_white((1, 1, 1)), is_white((0.0,)), is_white((0, 0, 0, 0)), is_white(None)
    (True, True, False, False, False)
    """
    values = colour if isinstance(colour, tuple | list) else (colour,)
    seen = [value for value in values if isinstance(value, int | float)]
    return len(seen) in (1, 3) and min(seen) >= WHITE


def edges_to_rulings(edges: Iterable[Drawn], dpi: float) -> tuple[Ruling, ...]:
    """Edges on one line joined over dashes, those long enough for a rule kept; pixels at `dpi`."""
    joined = merge_edges([edge for edge in edges if _is_straight(edge)], SAME_RULE, SAME_RULE, DASH, DASH)
    rulings = [_ruling(edge, dpi / POINTS_PER_INCH) for edge in joined]
    shortest = SHORTEST * dpi / MILLIMETRES_PER_INCH
    kept = [rule for rule in rulings if rule.end - rule.start >= shortest]
    return tuple(sorted(kept, key=lambda rule: (not rule.horizontal, rule.middle, rule.start)))


def _is_straight(edge: Drawn) -> bool:
    """Whether the edge runs along an axis; pdfplumber takes every slanting line for one that runs down."""
    return bool(min(edge["width"], edge["height"]) <= SAME_RULE)


def _ruling(edge: Drawn, scale: float) -> Ruling:
    across = edge["orientation"] == "h"
    start, end, at = (edge["x0"], edge["x1"], edge["top"]) if across else (edge["top"], edge["bottom"], edge["x0"])
    return Ruling(across, (Piece(start * scale, end * scale, at * scale, at * scale, 1.0),))
