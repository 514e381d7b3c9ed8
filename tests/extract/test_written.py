"""Numbers taller than the print of their line: written by hand."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from extract.engines import SeenWord
from extract.raster import Gray
from extract.rereading.pen import WRITTEN
from extract.rereading.written import is_number, written_doubted


def _line(number: str, size: int, speck: int = 0) -> tuple[list[SeenWord], Gray]:
    """A line of print, 20 pixels high, with a number of this height, and a speck so far above it."""
    image = np.full((100, 400), 255, np.uint8)
    words = []
    for n, text in enumerate(("ngay", number, "thang", "nam")):
        height = size if text == number else 20
        x, top = 20 + 90 * n, 70 - height
        cv2.rectangle(image, (x, top), (x + 10, 70), 0, -1)
        if text == number and speck:
            cv2.circle(image, (x + 5, top - speck), 1, 0, -1)
            top -= speck + 1
        words.append(SeenWord(text, x, top, x + 12, 71, 0.95, (0, 0, 0)))
    return words, image


@pytest.mark.parametrize(
    ("number", "size", "speck", "unsure"),
    [("03", 30, 0, True), (".4.", 30, 0, True), ("03", 21, 0, False), ("03", 20, 12, False), ("ba", 30, 0, False)],
    ids=["by hand", "on dots", "printed", "a speck above it", "no number"],
)
def test_a_tall_number_is_unsure(number: str, size: int, speck: int, *, unsure: bool) -> None:
    words, image = _line(number, size, speck)
    seen = written_doubted(words, image)
    assert [word.text for word in seen] == [word.text for word in words]
    assert [word.confidence for word in seen] == [0.95, WRITTEN if unsure else 0.95, 0.95, 0.95]


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        ("0†", True),
        ("4‡", True),
        ("2#", True),
        ("Ø9", True),
        ("1ƒ", True),
        ("09", False),
        ("†rong", False),
        ("#", False),
    ],
)
def test_a_number_with_signs_that_no_number_has_is_unsure(text: str, *, unsure: bool) -> None:
    words, image = _line("03", 20)
    seen = written_doubted([words[0], replace(words[1], text=text)], image)
    assert [word.confidence for word in seen] == [0.95, WRITTEN if unsure else 0.95]


def test_a_slash_tells_no_size() -> None:
    words, image = _line("20", 36)
    cv2.rectangle(image, (306, 40), (308, 72), 0, -1)
    slashed = [words[0], words[1], replace(words[3], text="/KH", top=40, right=310)]
    assert [word.confidence for word in written_doubted(slashed, image)] == [0.95, WRITTEN, 0.95]


def test_a_line_of_few_words_tells_no_size() -> None:
    words, image = _line("03", 30)
    assert written_doubted(words[:2], image) == words[:2]
    assert written_doubted([], image) == []


@pytest.mark.parametrize(
    ("text", "number"), [("12", True), (".4.", True), ("30%", True), ("2Š", False), ("...", False)]
)
def test_what_is_a_number(text: str, *, number: bool) -> None:
    assert is_number(SeenWord(text, 0, 0, 5, 5, 0.9, (0, 0, 0))) is number
