"""Numerals of upright strokes, as drawn by hand here and as fonts have them."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from extract.engines import SeenWord
from extract.rereading.strokes import mended, numeral_in
from tests.testbed.fonts import installed

Gray = NDArray[np.uint8]
DPI = 300
SIZE = 46


def printed(text: str, face: str, blur: float = 1.0) -> Gray:
    """The text in a face, cut to its ink and a little around it; blur below 1 as of a coarser scan."""
    path = installed().get(face)
    if path is None:
        pytest.skip(f"{face} is not installed")
    image = Image.new("L", (400, 120), 255)
    ImageDraw.Draw(image).text((40, 20), text, font=ImageFont.truetype(str(path), SIZE), fill=40)
    small = image.resize((round(400 * blur), round(120 * blur)), Image.Resampling.BOX)
    pixels = np.asarray(small.resize(image.size, Image.Resampling.BICUBIC))
    y, x = np.nonzero(pixels < 140)
    return pixels[y.min() - 1 : y.max() + 2, x.min() - 3 : x.max() + 4]


@pytest.mark.parametrize("blur", [1.0, 0.6])
@pytest.mark.parametrize("text", ["I", "II", "III", "1", "11"])
@pytest.mark.parametrize("face", ["Tinos:Regular", "Tinos:Bold", "Tinos:Italic", "Noto Serif:Bold"])
def test_numerals_with_serifs_are_read_by_their_shape(face: str, text: str, blur: float) -> None:
    assert numeral_in(printed(text, face, blur)) == text


@pytest.mark.parametrize("text", ["I", "II", "III"])
@pytest.mark.parametrize("face", ["Arimo:Regular", "Arimo:Bold", "Carlito:Bold"])
def test_bare_strokes_are_roman_ones(face: str, text: str) -> None:
    assert numeral_in(printed(text, face)) == text


@pytest.mark.parametrize("text", ["IV", "V", "VI", "N", "H", "4", "hi", "h", "0", "M", "X"])
@pytest.mark.parametrize("face", ["Tinos:Regular", "Tinos:Bold", "Arimo:Bold", "DejaVu Sans:Bold"])
def test_other_letters_are_no_numerals_of_strokes(face: str, text: str) -> None:
    assert numeral_in(printed(text, face)) is None


def seen(text: str, crop: Gray, confidence: float = 0.5) -> SeenWord:
    return SeenWord(text, 3, 1, crop.shape[1] - 3, crop.shape[0] - 1, confidence, (1, 1, 1))


@pytest.mark.parametrize(
    ("drawn", "read", "right"),
    [
        ("III", "hi", "III"),
        ("III", "II", "III"),
        ("III.", "II.", "III."),
        ("1", "l", "1"),
        ("II/2026", "H/2026", "II/2026"),
        ("1.1", "1.1", "1.1"),
        ("i)", "i)", "i)"),
        ("hai", "hai", "hai"),
    ],
)
def test_what_was_read_for_strokes_is_mended(drawn: str, read: str, right: str) -> None:
    crop = printed(drawn, "Tinos:Bold")
    (word,) = mended([seen(read, crop)], crop, DPI)
    assert word.text == right
    assert word.confidence >= 0.5


def test_a_blank_crop_holds_no_numeral() -> None:
    assert numeral_in(np.full((40, 40), 255, np.uint8)) is None
    assert numeral_in(np.zeros((0, 5), np.uint8)) is None
    assert numeral_in(np.zeros((40, 40), np.uint8)) is None
