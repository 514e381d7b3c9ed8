"""Lines that an engine passed over are read alone; specks that it took for letters go."""

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.engines import Layout, SeenWord
from extract.second_look import is_dust, look_again, missed_lines

DPI = 300
Gray = NDArray[np.uint8]


class Echo:
    """An engine that finds one word as wide as the image it is given."""

    name = "echo"

    def __init__(self, text: str, confidence: float) -> None:
        self.text, self.confidence = text, confidence
        self.asked: list[Layout] = []

    def read(self, gray: Gray, dpi: int, layout: Layout) -> tuple[SeenWord, ...]:
        assert dpi == DPI
        self.asked.append(layout)
        return (SeenWord(self.text, 20, 20, gray.shape[1] - 20, gray.shape[0] - 20, self.confidence, (1, 1, 1)),)


def page(*rows: tuple[int, int]) -> Gray:
    """Rows (top, marks) of marks 40 pixels high and 20 wide."""
    image = np.full((600, 900), 255, np.uint8)
    for top, marks in rows:
        for n in range(marks):
            image[top : top + 40, 100 + 30 * n : 120 + 30 * n] = 0
    return image


def word(text: str, top: float, height: float = 40, width: float = 300) -> SeenWord:
    return SeenWord(text, 100, top, 100 + width, top + height, 0.9, (1, 1, 1))


def test_a_row_of_marks_under_no_word_is_a_line_passed_over() -> None:
    image = page((100, 10), (200, 10), (300, 10))
    (found,) = missed_lines(image, [word("một", 100), word("ba", 300)], DPI, fewest=3)
    assert found.top == pytest.approx(200, abs=4)
    assert found.x0 == pytest.approx(100, abs=4)
    assert found.x1 == pytest.approx(390, abs=4)


def test_few_marks_count_only_where_that_is_asked_for() -> None:
    image = page((100, 10), (200, 1))
    assert not missed_lines(image, [word("một", 100)], DPI, fewest=3)
    assert len(missed_lines(image, [word("một", 100)], DPI, fewest=1)) == 1


def test_a_line_read_surely_is_added_where_it_stands() -> None:
    engine = Echo("KT.", 0.9)
    words = look_again(page((100, 10), (200, 10)), [word("một", 100)], DPI, engine, 3)
    assert [w.text for w in words] == ["một", "KT."]
    assert words[1].top == pytest.approx(190, abs=10)
    assert words[1].line != words[0].line
    assert engine.asked == [Layout.LINE]


@pytest.mark.parametrize(("text", "confidence"), [("Ẹ~-gý", 0.4), ("_", 0.99)])
def test_strokes_of_a_signature_give_no_line(text: str, confidence: float) -> None:
    words = look_again(page((100, 10), (200, 10)), [word("một", 100)], DPI, Echo(text, confidence), 3)
    assert [w.text for w in words] == ["một"]


def test_a_page_whose_words_cover_it_is_not_read_again() -> None:
    engine = Echo("x", 0.9)
    look_again(page((100, 10)), [word("một", 100)], DPI, engine, 3)
    assert not engine.asked


@pytest.mark.parametrize(
    ("text", "height", "dust"), [("l", 5, True), ("ˆ", 6, True), ("-", 5, False), ("x", 22, False)]
)
def test_letters_lower_than_print_are_dust(text: str, height: float, dust: bool) -> None:
    assert is_dust(word(text, 100, height), DPI) is dust
