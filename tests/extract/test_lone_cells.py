"""Short cells read alone, and figures in which a letter was read for a digit."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

import extract.rereading.figures
from extract.engines import Layout, SeenWord
from extract.raster import Gray
from extract.rereading.figures import as_figure, as_lone_figure, is_hands_number
from extract.rereading.lone_cells import read_lone_cells
from extract.tables.unfold import Sheet, Strip

DPI = 200.0
TABLE = tomllib.loads(Path(extract.rereading.figures.__file__).with_name("figures.toml").read_text("utf8"))
ROWS, HAND = TABLE["sign"], TABLE["hand"]


@pytest.mark.parametrize(("read", "printed"), [pair for row in ROWS for pair in row["examples"]])
def test_letters_in_figures_become_the_digits_of_the_table(read: str, printed: str) -> None:
    assert as_figure(read) == printed


@pytest.mark.parametrize("word", [word for row in ROWS for word in row["counter_examples"]])
def test_words_that_are_no_figures_stay(word: str) -> None:
    assert as_figure(word) == word


@pytest.mark.parametrize("word", HAND["examples"])
def test_a_number_with_such_signs_was_written_by_hand(word: str) -> None:
    assert is_hands_number(word)


@pytest.mark.parametrize("word", HAND["counter_examples"])
def test_print_and_words_are_no_numbers_of_a_hand(word: str) -> None:
    assert not is_hands_number(word)


def test_alone_in_a_cell_such_a_letter_is_a_digit() -> None:
    assert [as_lone_figure(word) for word in ("ó", "ọ", "x", "Có")] == ["6", "9", "x", "Có"]


class Alone:
    """An engine that reads this in any image."""

    name = "alone"

    def __init__(self, text: str, confidence: float) -> None:
        self.text, self.confidence, self.shapes = text, confidence, list[tuple[int, ...]]()

    def read(self, gray: Gray, dpi: int, layout: Layout) -> tuple[SeenWord, ...]:
        assert layout is Layout.LINE
        assert dpi >= DPI
        self.shapes.append(gray.shape)
        return (SeenWord(self.text, 22, 22, 40, gray.shape[0] - 22, self.confidence, (1, 1, 1)),)


def sheet(width: int = 14, height: int = 24) -> Sheet:
    """Two strips, the lower one with a mark of this size and a speck beside it."""
    image = np.full((120, 400), 255, np.uint8)
    image[10:34, 20:300] = 0
    image[70 : 70 + height, 30 : 30 + width] = 0
    image[80:83, 26:28] = 0
    return Sheet(image, (Strip(0, 0, 6, 38, 0, 0), Strip(0, 1, 64, 64 + height + 10, 0, 0)))


def read(text: str, confidence: float) -> SeenWord:
    return SeenWord(text, 30, 70, 44, 94, confidence, (1, 1, 2))


FIRST = SeenWord("việc", 20, 10, 300, 34, 0.9, (1, 1, 1))


@pytest.mark.parametrize(
    ("held", "alone", "text"),
    [
        ([read("A", 0.0)], ("1", 0.97), "1"),
        ([read("kX)", 0.49)], ("53", 0.86), "53"),
        ([read("s0", 0.62)], ("30", 0.82), "s0"),
        ([read("80", 0.7)], ("30", 0.95), "80"),
        ([read("ó", 0.95)], ("x", 0.99), "6"),
        ([], ("%", 0.93), "%"),
    ],
)
def test_a_short_cell_is_what_it_is_alone_if_that_is_surer(
    held: list[SeenWord], alone: tuple[str, float], text: str
) -> None:
    words = read_lone_cells(sheet(), [FIRST, *held], DPI, Alone(*alone))
    assert [word.text for word in words] == ["việc", text]
    assert 64 <= words[1].top <= words[1].bottom <= 100


@pytest.mark.parametrize("text", ["|", "l", "~"])
def test_an_empty_cell_gets_no_stroke_of_a_rule(text: str) -> None:
    assert read_lone_cells(sheet(), [FIRST], DPI, Alone(text, 0.97)) == [FIRST]


def test_specks_beside_the_marks_are_not_read_with_them() -> None:
    engine = Alone("1", 0.97)
    read_lone_cells(sheet(), [FIRST], DPI, engine)
    assert engine.shapes[0][1] == 14 + 2 * (20 + 4)


@pytest.mark.parametrize(("width", "height"), [(200, 24), (14, 5)])
def test_long_cells_and_specks_are_not_read_alone(width: int, height: int) -> None:
    engine = Alone("1", 0.97)
    read_lone_cells(sheet(width, height), [FIRST], DPI, engine)
    assert not engine.shapes
