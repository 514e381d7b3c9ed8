"""Flecks read as marks go; dashes, colons and stops of print stay."""

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.engines import SeenWord
from extract.rereading.flecks import without_flecks

DPI = 200
Gray = NDArray[np.uint8]
DASH, FLECK = (10, 3), (4, 4)  # width and height in pixels


def line(*parts: tuple[str, tuple[int, int] | None]) -> tuple[list[SeenWord], Gray]:
    """Words whose letters are bars 12 wide and 30 high; a sign that is no letter has a mark of the size given."""
    image = np.full((80, 900), 255, np.uint8)
    words: list[SeenWord] = []
    left = 20
    for text, mark in parts:
        at, tops, bottoms = left, [], []
        for letter in text:
            wide, high = mark if not letter.isalnum() and mark is not None else (12, 30)
            top = 30 + (30 - high) // 2
            image[top : top + high, at : at + wide] = 0
            tops.append(top)
            bottoms.append(top + high)
            at += wide + 5
        words.append(SeenWord(text, left, min(tops), at - 5, max(bottoms), 0.9, (1, 1, 1)))
        left = at + 12
    return words, image


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ([("phường", None), ("-", DASH), ("Quê", None)], ["phường", "-", "Quê"]),
        ([("Sở", None), ("-", FLECK), ("Công", None)], ["Sở", "Công"]),
        ([("Nhà", None), ("-máy", FLECK)], ["Nhà", "máy"]),
        ([("-Máy", DASH)], ["-Máy"]),
        ([("Phòng-", FLECK), ("Tư", None)], ["Phòng", "Tư"]),
        ([("Tài-chính", FLECK)], ["Tài", "chính"]),
        ([("ki-lô", DASH)], ["ki-lô"]),
        ([("NQ-CP", FLECK)], ["NQ-CP"]),
        ([("45-ab", FLECK)], ["45-ab"]),
        ([("sao", None), (":", FLECK), ("điện", None)], ["sao", "điện"]),
        ([("nhận", None), (":", (5, 20)), ("Như", None)], ["nhận", ":", "Như"]),
        ([("xã", None), (",", (4, 9)), ("thôn", None)], ["xã", ",", "thôn"]),
        ([("xã", None), (",", FLECK), ("thôn", None)], ["xã", "thôn"]),
        ([("Thường", None), (".", FLECK), ("xuyên", None)], ["Thường", "xuyên"]),
        ([("hạn", None), (".", FLECK)], ["hạn", "."]),
        ([("liền", None), ("'", FLECK), ("kề", None)], ["liền", "kề"]),
        ([("số", None), ("__", (40, 2))], ["số", "__"]),
        ([], []),
    ],
)
def test_flecks_go_and_marks_of_print_stay(parts: list[tuple[str, tuple[int, int] | None]], kept: list[str]) -> None:
    words, image = line(*parts)
    assert [word.text for word in without_flecks(words, image, DPI, openers=True)] == kept


def test_a_word_parted_at_a_fleck_is_two_side_by_side() -> None:
    words, image = line(("Tài-chính", FLECK))
    first, second = without_flecks(words, image, DPI, openers=True)
    assert (first.left, second.right) == (words[0].left, words[0].right)
    assert first.right == second.left


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ([("-", FLECK), ("Nhà", None)], ["-", "Nhà"]),
        ([("-Nhà", FLECK)], ["-Nhà"]),
        ([("_", FLECK), ("Nhà", None)], ["_", "Nhà"]),
        ([("Nhà", None), ("-", FLECK), ("máy", None)], ["Nhà", "máy"]),
    ],
)
def test_what_opens_a_line_may_be_a_worn_number(
    parts: list[tuple[str, tuple[int, int] | None]], kept: list[str]
) -> None:
    words, image = line(*parts)
    assert [word.text for word in without_flecks(words, image, DPI, openers=False)] == kept
