"""Blocks side by side, lines and their order."""

import numpy as np
import pytest

from extract.page import Box, Word
from extract.reading_order import is_noise, lines_in_order
from extract.regions import INK_DPI, ink_to_regions, text_ink


def _ink(*boxes: tuple[float, float, float, float]) -> np.ndarray:
    """A4 ink with these boxes filled: x0, top, x1, bottom in inches."""
    ink = np.zeros((1169, 827), np.bool_)
    for x0, top, x1, bottom in boxes:
        ink[int(top * INK_DPI) : int(bottom * INK_DPI), int(x0 * INK_DPI) : int(x1 * INK_DPI)] = True
    return ink


BODY = [(1.0, y, 7.3, y + 0.15) for y in (3.0, 3.3, 3.6)]
LETTERHEAD = [
    (1.2, 1.0, 3.0, 1.15),
    (3.6, 1.0, 7.2, 1.15),
    (1.5, 1.3, 2.7, 1.45),
    (4.2, 1.3, 6.6, 1.45),
    (1.4, 1.6, 2.8, 1.75),
    (4.0, 1.7, 6.8, 1.85),
]
SIGNATURE = [
    (1.0, 8.0, 2.0, 8.12),
    (5.0, 8.0, 6.5, 8.15),
    (1.0, 8.2, 2.6, 8.32),
    (1.0, 8.4, 2.4, 8.52),
    (5.0, 9.4, 6.6, 9.55),
]


@pytest.mark.parametrize(
    ("boxes", "regions"),
    [
        ([], []),
        (BODY, ["whole"]),
        ([*LETTERHEAD, *BODY], ["left", "right", "whole"]),
        ([*BODY, *SIGNATURE], ["whole", "left", "right"]),
        ([*LETTERHEAD, *BODY, *SIGNATURE], ["left", "right", "whole", "left", "right"]),
        # The page number above, a centred heading under the letterhead.
        ([(4.1, 0.5, 4.2, 0.6), *BODY], ["whole"]),
        ([*LETTERHEAD, (3.3, 2.3, 5.0, 2.5), *BODY], ["left", "right", "whole"]),
        # The room for the number parts the third line of the issuer.
        (
            [*LETTERHEAD[:4], (1.2, 1.6, 1.5, 1.75), (2.1, 1.6, 3.0, 1.75), LETTERHEAD[5], *BODY],
            ["left", "right", "whole"],
        ),
        # A table without rules is read row by row.
        ([(x, y, x + 1.2, y + 0.15) for y in (1.0, 1.3, 1.6, 1.9) for x in (1.0, 3.0, 5.0)], ["whole"]),
        # The motto begins higher than the issuer.
        ([(3.6, 0.8, 7.2, 0.95), *LETTERHEAD[0::2][1:], *LETTERHEAD[3:], *BODY], ["left", "right", "whole"]),
        # Specks in the margin beside the letterhead, and a hand's page number above it.
        ([(0.4, 0.9, 0.45, 1.2), (7.7, 0.5, 7.95, 0.7), *LETTERHEAD, *BODY], ["left", "right", "whole"]),
        ([(0.4, 1.0, 0.45, 1.15), *LETTERHEAD, *BODY], ["left", "right", "whole"]),
        # Specks beside the text make no block.
        ([(0.4, 2.7, 0.45, 2.75), (0.4, 3.0, 0.45, 3.05), *BODY], ["whole"]),
        # The office of the signer stands higher than who gets a copy, and beside white.
        (
            [
                *BODY,
                (5.0, 7.8, 6.5, 7.95),
                *((1.0, y, 2.4, y + 0.12) for y in (8.1, 8.3)),
                *SIGNATURE[3:],
                (5.0, 8.4, 6.6, 8.5),
            ],
            ["whole", "left", "right"],
        ),
        # A heading right of the middle above short lines is no block.
        ([(4.2, 2.0, 5.8, 2.15), (1.0, 2.3, 2.6, 2.45), *BODY], ["whole"]),
    ],
)
def test_blocks_side_by_side_are_parted_and_the_left_is_read_first(
    boxes: list[tuple[float, float, float, float]], regions: list[str]
) -> None:
    found = ink_to_regions(_ink(*boxes), INK_DPI)
    kinds = ["left" if b.x1 < 827 else "right" if b.x0 > 0 else "whole" for b in found]
    assert kinds == regions


def test_every_mark_lies_in_one_region() -> None:
    ink = _ink(*LETTERHEAD, *BODY, *SIGNATURE)
    count = np.zeros(ink.shape, np.int64)
    for b in ink_to_regions(ink, INK_DPI):
        count[round(b.top) : round(b.bottom), round(b.x0) : round(b.x1)] += 1
    assert (count[ink] == 1).all()


def _words(text: str, x: float, top: float, confidence: float = 0.95) -> list[Word]:
    words = []
    for part in text.split():
        words.append(Word(part, Box(x, top, x + 6 * len(part), top + 12), confidence))
        x += 6 * len(part) + 4
    return words


def test_lines_come_from_top_to_bottom_and_are_cut_at_wide_gaps() -> None:
    groups = [_words("dòng hai", 72, 120), [*_words("dòng một", 72, 100), *_words("bên phải", 300, 101)]]
    assert [line.text for line in lines_in_order(groups)] == ["dòng một", "bên phải", "dòng hai"]


def test_a_line_that_the_engine_cut_is_joined_again() -> None:
    assert [line.text for line in lines_in_order([_words("về việc", 72, 100), _words("tăng cường", 122, 101)])] == [
        "về việc tăng cường"
    ]


def test_the_confidence_of_each_word_is_kept() -> None:
    unsure = Word("04", Box(120, 100, 132, 112), 0.21)
    (line,) = lines_in_order([[*_words("Số:", 72, 100), unsure, *_words("/KH-UBND", 140, 100)]])
    assert line.words[1].confidence == 0.21
    assert line.confidence < 0.95


@pytest.mark.parametrize(
    ("words", "noise"),
    [
        ([("—_", 0.2), ("2P", 0.15)], True),
        ([("/44", 0.24), ("Số:", 0.93)], False),
        ([(".", 0.9), ("“", 0.6)], True),
        ([], False),
    ],
)
def test_strokes_of_a_pen_are_no_text(words: list[tuple[str, float]], noise: bool) -> None:
    assert is_noise([Word(text, Box(0, 0, 1, 1), confidence) for text, confidence in words]) is noise


def test_bold_letters_that_run_together_are_letters_and_a_pens_stroke_is_none() -> None:
    gray = np.full((400, 800), 255, np.uint8)
    gray[100:118, 50:130:5] = gray[116:118, 50:130] = 0
    gray[200:290, 50:150:5] = gray[288:290, 50:150] = 0
    gray[350:352, 50:700] = 0
    found = text_ink(gray, INK_DPI)
    assert found[101:117, 50:130:5].all()
    assert not found[200:].any()
