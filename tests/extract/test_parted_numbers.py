"""Halves of a number are joined and no longer sure; numbers that a blank parts stay two."""

import pytest

from extract.engines import SeenWord
from extract.rereading.parted_numbers import JOINED, numbers_joined


def _words(*parts: tuple[str, float], line: int = 0) -> list[SeenWord]:
    """Words of 20 pixels' height; before each the gap, in heights."""
    at, words = 0.0, []
    for text, gap in parts:
        left = at + 20 * gap
        at = left + 10 * len(text)
        words.append(SeenWord(text, left, 100.0, at, 120.0, 0.95, (0, 0, line)))
    return words


@pytest.mark.parametrize(
    ("parts", "read"),
    [
        ([("số", 0), ("1", 0.4), ("16/2018/NĐ-CP", 0.27)], ["số", "116/2018/NĐ-CP"]),
        ([("201", 0), ("9;", 0.17)], ["2019;"]),
        ([("1", 0), ("2", 0.1), ("3", 0.1)], ["123"]),
        ([("mục", 0), ("1", 0.4), ("2", 0.4)], ["mục", "1", "2"]),
        ([("20/", 0), ("12/2022", 0.1)], ["20/", "12/2022"]),
        ([("năm", 0), ("2026", 0.1)], ["năm", "2026"]),
        ([("12", 3), ("15", -8)], ["12", "15"]),
        ([("Trước", 0), ("l", 0.4), ("0/11/2025", 0.2)], ["Trước", "10/11/2025"]),
        ([("Quý", 0), ("I", 0.4), ("5/7/2025", 0.4)], ["Quý", "I", "5/7/2025"]),
        ([("mục", 0), ("l", 0.4), ("5/7", 0.2)], ["mục", "l", "5/7"]),
    ],
)
def test_numbers_parted_by_less_than_a_blank_are_one(parts: list[tuple[str, float]], read: list[str]) -> None:
    assert [word.text for word in numbers_joined(_words(*parts))] == read


def test_joined_number_is_not_sure_and_lies_where_its_halves_lay() -> None:
    halves = _words(("201", 0.0), ("9", 0.1))
    (whole,) = numbers_joined(halves)
    assert whole.confidence == JOINED
    assert (whole.left, whole.right) == (halves[0].left, halves[1].right)


def test_digits_of_two_lines_stay_apart() -> None:
    assert len(numbers_joined([*_words(("1", 0.0)), *_words(("2", 0.6), line=1)])) == 2
