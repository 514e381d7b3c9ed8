"""Signs of comparison get the bar that the image has under them."""

import tomllib
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

import extract.rereading.comparison_signs
from extract.engines import SeenWord
from extract.rereading.comparison_signs import UNTOLD, signs_told

TABLE = Path(extract.rereading.comparison_signs.__file__).with_name("comparison_signs.toml")
ROWS = tomllib.loads(TABLE.read_text("utf8"))["sign"]
Gray = NDArray[np.uint8]
SURE = 0.96


def drawn(text: str, *, bar: bool, left: int = 20, joined: bool = False) -> tuple[SeenWord, Gray]:
    """A word of 28 pixels, its letters upright bars, its angles drawn; joined: without white behind them."""
    image = np.full((90, 400), 255, np.uint8)
    at = left
    for letter in text:
        if letter in "<>≥≤«»":
            tip, ends = (at, at + 18) if letter in "<≤«" else (at + 18, at)
            angle = np.array([[ends, 32], [tip, 41], [ends, 50]], np.int32)
            cv2.polylines(image, [angle], isClosed=False, color=0, thickness=3)
            if bar:
                cv2.line(image, (at, 56), (at + 18, 56), 0, 3)
            at += 20 if joined else 28
        else:
            image[30:58, at : at + 10] = 0
            at += 16
    return SeenWord(text, left, 30, at - 6, 58, SURE, (1, 1, 1)), image


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["read"])
def test_the_rows_of_the_table(row: dict[str, list[list[str]]]) -> None:
    for read, printed in row["examples"]:
        word, image = drawn(read, bar=True)
        assert signs_told([word], image)[0].text == printed
        plain, image = drawn(read, bar=False)
        assert signs_told([plain], image) == [plain]
    for text in row["counter_examples"]:
        word, image = drawn(str(text), bar=True)
        assert signs_told([word], image) == [word]


def test_a_bar_below_the_box_of_the_word_is_seen() -> None:
    word, image = drawn(">", bar=True)
    low = SeenWord(word.text, word.left, 30, word.right, 52, SURE, word.line)
    assert signs_told([low], image)[0].text == "≥"


def test_a_line_under_the_whole_word_is_no_bar() -> None:
    word, image = drawn(">80", bar=False)
    image[56:59, 15:90] = 0
    told = signs_told([word], image)[0]
    assert (told.text, told.confidence) == (">80", UNTOLD)


@pytest.mark.parametrize("bar", [True, False])
def test_a_sign_that_runs_into_its_figure_is_unsure(*, bar: bool) -> None:
    word, image = drawn(">7", bar=bar, joined=True)
    image[38:41, 30:44] = 0
    told = signs_told([word], image)[0]
    assert (told.text, told.confidence) == (">7", UNTOLD)


def test_what_is_told_once_stays() -> None:
    word, image = drawn(">7", bar=True)
    once = signs_told([word], image)
    assert signs_told(once, image) == once
