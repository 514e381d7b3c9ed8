"""A number that the old text layer has too counts as surely read; nothing else is changed."""

from dataclasses import replace

import pytest

from extract.page import Box, Line, Page, PageSource, Word
from extract.rereading.doubtful import SURE_NUMBER
from extract.rereading.witness import borne_out

PLACE = Box(100, 100, 130, 112)


def _page(word: Word, rotation: int = 0, skew: float = 0.0) -> Page:
    line = Line(word.text, word.box, word.confidence, (word,))
    return Page(1, 595, 842, rotation, skew, PageSource.OCR, "test", (line,), (), 0.9)


@pytest.mark.parametrize(
    ("text", "confidence", "layer", "sure"),
    [
        ("2025", 0.7, "2025", True),
        ("2025;", 0.7, "2025", True),
        ("17,5%", 0.9, "17,5%", True),
        ("2025", 0.7, "2026", False),
        ("2,5", 0.7, "25", False),
        ("17", 0.3, "17", False),  # may be written by hand
        ("năm", 0.7, "năm", False),
        ("15/NQ-CP", 0.7, "15/NQ-CP", False),  # its letters are not borne out by a layer that lost the marks
    ],
)
def test_numbers_are_borne_out(text: str, confidence: float, layer: str, sure: bool) -> None:
    read = borne_out(_page(Word(text, PLACE, confidence)), [Word(layer, PLACE, 1.0)])
    assert read.lines[0].words[0] == Word(text, PLACE, SURE_NUMBER if sure else confidence)


def test_a_sure_number_stays_as_sure_as_it_is() -> None:
    page = _page(Word("2025", PLACE, 0.98))
    assert borne_out(page, [Word("2025", PLACE, 1.0)]) == page


def test_a_number_elsewhere_bears_nothing_out() -> None:
    page = _page(Word("2025", PLACE, 0.7))
    assert borne_out(page, [Word("2025", Box(100, 130, 130, 142), 1.0)]) == page


def test_the_layer_of_a_skewed_page_is_turned_with_it() -> None:
    """Far from the middle of the page two degrees are more than a line."""
    page = _page(Word("2025", Box(510, 100, 540, 112), 0.7), skew=2.0)
    askew = Box(520.9, 108.1, 550.9, 120.1)  # the same place two degrees clockwise about the middle of the page
    assert borne_out(page, [Word("2025", askew, 1.0)]).lines[0].words[0].confidence == SURE_NUMBER
    assert borne_out(replace(page, skew=0.0), [Word("2025", askew, 1.0)]) == replace(page, skew=0.0)


def test_what_was_read_turned_has_no_witness() -> None:
    page = _page(Word("2025", PLACE, 0.7), rotation=90)
    assert borne_out(page, [Word("2025", PLACE, 1.0)]) == page
