"""Lines that an engine passed over are read alone; specks that it took for letters go."""

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.engines import Layout, SeenWord
from extract.rereading.doubtful import is_doubtful, read_doubtful
from extract.rereading.second_look import is_dust, look_again, missed_lines, words_apart

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


def unsure(text: str, top: float = 100, confidence: float = 0.4) -> SeenWord:
    return SeenWord(text, 100, top, 400, top + 40, confidence, (1, 1, 1))


class Sure(Echo):
    """An engine that is asked for a larger picture of one word."""

    def read(self, gray: Gray, dpi: int, layout: Layout) -> tuple[SeenWord, ...]:
        self.asked.append(layout)
        assert dpi == round(1.4 * DPI)
        half = gray.shape[1] / 2
        texts = self.text.split()
        return tuple(
            SeenWord(text, n * half, 20, (n + 1) * half, gray.shape[0] - 20, self.confidence, (1, 1, n))
            for n, text in enumerate(texts)
        )


@pytest.mark.parametrize(
    ("old", "again", "confidence", "texts"),
    [
        ("]7", "17", 0.97, ["17"]),
        ("tchUBND", "tịch UBND", 0.9, ["tịch", "UBND"]),
        ("hiện", "biện", 0.8, ["hiện"]),
        ("80", "S0", 0.95, ["80"]),
        ("46", "16", 0.95, ["46"]),
        ("PHÓ", "PHO", 0.95, ["PHÓ"]),
        ("tố", "tổ", 0.95, ["tổ"]),
        (".z..", "2", 0.99, [".z.."]),
    ],
)
def test_a_doubtful_word_is_what_it_is_alone_if_that_is_sure(
    old: str, again: str, confidence: float, texts: list[str]
) -> None:
    others = [word(text, 100) for text in ("một", "hai", "ba", "bốn")]
    words = read_doubtful(page((100, 10)), [unsure(old), *others], DPI, Sure(again, confidence))
    assert [w.text for w in words] == [*texts, "một", "hai", "ba", "bốn"]
    assert {w.line for w in words} == {(1, 1, 1)}
    assert all(75 <= w.left <= w.right <= 430 for w in words)


def test_where_most_words_are_doubtful_none_is_read_again() -> None:
    engine = Sure("x", 0.99)
    words = [unsure(text) for text in ("a", "b", "c", "d", "e")]
    assert read_doubtful(page((100, 10)), words, DPI, engine) == words
    assert not engine.asked


@pytest.mark.parametrize(("text", "doubtful"), [("tố", True), ("+", False), ("......", False), (".4", False)])
def test_only_print_is_doubted(text: str, doubtful: bool) -> None:
    assert is_doubtful(unsure(text)) is doubtful


@pytest.mark.parametrize(
    ("text", "confidence", "again", "sure"),
    [
        pytest.param("06", 0.86, "08", False, id="another digit"),
        pytest.param("46", 0.7, "16", False, id="another digit, doubtful at once"),
        pytest.param("06", 0.86, "06", True, id="the same"),
        pytest.param("06", 0.86, "6", True, id="a digit cut off with the edge"),
        pytest.param("06", 0.86, "ó8", True, id="no digits"),
        pytest.param("06", 0.96, "08", True, id="sure at once"),
        pytest.param("hai", 0.86, "bai", True, id="no number"),
    ],
)
def test_a_number_that_alone_is_another_one_is_sure_no_more(
    text: str, confidence: float, again: str, sure: bool
) -> None:
    others = [word("một", 100), word("hai", 100), word("ba", 100)]
    number = SeenWord(text, 100, 100, 160, 140, confidence, (1, 1, 1))
    found = read_doubtful(page((100, 10)), [number, *others], DPI, Sure(again, 0.7))[0]
    assert found.text == text
    assert (found.confidence == confidence) is sure
    assert sure or found.confidence < 0.5


@pytest.mark.parametrize(
    ("boxes", "apart"),
    [
        # (left, right, line) of the words as the engine gives them; right sides after.
        ([(0, 90, 1), (40, 90, 1), (100, 120, 1)], [40, 90, 120]),
        ([(0, 35, 1), (40, 90, 1)], [35, 90]),
        ([(50, 90, 1), (10, 90, 2)], [90, 90]),
        ([(50, 90, 1), (60, 80, 2)], [90, 80]),
        ([(50, 90, 1), (50, 80, 1)], [90, 80]),
        ([], []),
    ],
    ids=["joined by dirt", "apart", "next line", "next line within", "one place", "nothing"],
)
def test_a_word_ends_where_the_next_of_its_line_begins(boxes: list[tuple[int, int, int]], apart: list[int]) -> None:
    words = [SeenWord("từ", left, 0, right, 30, 0.9, (1, 1, line)) for left, right, line in boxes]
    assert [word.right for word in words_apart(words)] == apart
