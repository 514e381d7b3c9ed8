"""A number of which the engine was not quite sure, beside what the file's old text layer says at the same place.

A layer that an English model made has lost the marks, but not the figures. Two readers that see the same figure are
seldom both wrong: on 25 made pages 49 of 49 such numbers were right, where 5 of 21 were wrong that the layer did not
bear out. The other way round it tells little: of 21 sure numbers that the layer had otherwise, one was wrong.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import cos, radians, sin

from extract.page import Page, Word
from extract.rereading.doubtful import NUMBER, SURE_NUMBER

NOT_WRITTEN = 0.5
"""Read less surely than this it may be written by hand, or half gone: no witness makes such a number sure."""

NEAR = 2.0
"""Points by which the middle of the layer's word may lie outside of the word."""

Seen = tuple[float, float, str]
"""A number of the layer: the middle of its box on the straightened page, in points, and its text."""


def borne_out(page: Page, layer: Sequence[Word]) -> Page:
    """The page, its doubtful numbers as sure as read numbers are where `layer` has the same at the same place.

    layer: words of the page as it lay before it was straightened. A page that was turned to be read stays as it is:
    what a layer says of it was read on its side.
    """
    if page.rotation or page.width is None or page.height is None:
        return page
    seen = numbers_of(layer, page.width, page.height, page.skew)
    lines = (replace(line, words=tuple(_borne_out(word, seen) for word in line.words)) for line in page.lines)
    return replace(page, lines=tuple(lines))


def numbers_of(layer: Sequence[Word], width: float, height: float, skew: float) -> tuple[Seen, ...]:
    """The numbers of a layer where they stand on the straightened page; skew in degrees clockwise, the rest in points.

    >>> from extract.page import Box
    >>> numbers_of([Word("2025,", Box(90, 40, 110, 60), 1.0), Word("nam", Box(0, 0, 9, 9), 1.0)], 200, 100, 0.0)
    ((100.0, 50.0, '2025'),)
    """
    turn = radians(skew)
    found: list[Seen] = []
    for word in layer:
        if word.box is None or not NUMBER.fullmatch(word.text):
            continue
        x, y = word.box.centre
        right, down = x - width / 2, y - height / 2
        there = (width / 2 + right * cos(turn) + down * sin(turn), height / 2 - right * sin(turn) + down * cos(turn))
        found.append((*there, _bare(word.text)))
    return tuple(found)


def _borne_out(word: Word, seen: Sequence[Seen]) -> Word:
    box = word.box
    if box is None or not NOT_WRITTEN <= word.confidence < SURE_NUMBER or not NUMBER.fullmatch(word.text):
        return word
    own = _bare(word.text)
    same = any(
        text == own and box.x0 - NEAR <= x <= box.x1 + NEAR and box.top - NEAR <= y <= box.bottom + NEAR
        for x, y, text in seen
    )
    return replace(word, confidence=SURE_NUMBER) if same else word


def _bare(number: str) -> str:
    return number.strip(".,;:()-")
