"""Misread row numbers of tables without rules: what may be which number, and what their neighbours make of them."""

import tomllib
from pathlib import Path

import pytest

import extract.unruled.row_numbers
from extract.page import Box, Word
from extract.unruled.lanes import words_to_lanes
from extract.unruled.row_numbers import TOLD, looks_like, row_numbers_mended

SIGNS = tomllib.loads(Path(extract.unruled.row_numbers.__file__).with_suffix(".toml").read_text("utf8"))["sign"]


@pytest.mark.parametrize("row", SIGNS, ids=lambda r: str(r["printed"]))
def test_examples_of_each_sign(row: dict[str, list[tuple[str, int]]]) -> None:
    assert all(looks_like(read) == number for read, number in row["examples"])
    assert not any(looks_like(str(read)) for read in row["counter_examples"])
    assert set(row) == {"read", "printed", "examples", "counter_examples"}


def _mended(read: list[str], *, columns: int = 3) -> list[str]:
    beside = [("Báo cáo", 120.0), ("Quý IV", 300.0), ("Sở Nội vụ", 420.0)][: columns - 1]
    words = [
        Word(text, Box(x, 100 + 20 * n, x + 6 * len(text), 111 + 20 * n), 0.9)
        for n, number in enumerate(read)
        for text, x in [(number, 80.0), *beside]
    ]
    return [lane.texts()[0] for lane in row_numbers_mended(words_to_lanes(words), 110.0)]


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        (["l", "2", "3"], ["1", "2", "3"]),
        (["0I", "02", "03"], ["01", "02", "03"]),
        (["9", "10", "II"], ["9", "10", "11"]),
        (["1", "m", "3"], ["1", "2", "3"]),
        (["8.", "g.", "10."], ["8.", "9.", "10."]),
        (["1", "2", "I", "2"], ["1", "2", "1", "2"]),
        (["TT", "l", "2"], ["TT", "1", "2"]),
    ],
    ids=["first", "padded", "last", "between two", "with stops", "numbered anew", "below a header"],
)
def test_numbers_are_told_by_their_neighbours(read: list[str], mended: list[str]) -> None:
    assert _mended(read) == mended


@pytest.mark.parametrize(
    "read", [["1", "2", "II"], ["STT", "2", "3"], ["1", "a", "2"], ["I", "II", "III"], ["1", "m", "n", "4"]]
)
def test_what_the_neighbours_do_not_tell_stays(read: list[str]) -> None:
    assert _mended(read) == read


def test_a_numeral_beside_a_title_alone_stays_roman() -> None:
    assert _mended(["10", "II"], columns=2) == ["10", "II"]


def test_a_mended_number_is_not_sure() -> None:
    words = [Word(t, Box(80, 100 + 20 * n, 86, 111 + 20 * n), 0.9) for n, t in enumerate(["l", "2"])]
    first, second = row_numbers_mended(words_to_lanes(words), 110.0)
    assert (first.words[0].confidence, second.words[0].confidence) == (TOLD, 0.9)


def test_no_lanes_no_numbers() -> None:
    assert row_numbers_mended((), 100.0) == ()
