"""Misread row numbers of tables: what may be which number, and what their neighbours make of them."""

import tomllib
from pathlib import Path

import pytest

import extract.tables.row_numbers
from extract.page import Box, Word
from extract.tables.cells import with_row_numbers
from extract.tables.grids import Grid, GridCell
from extract.tables.row_numbers import TOLD, Numbering, looks_like, may_be_number, numbers_mended

SIGNS = tomllib.loads(Path(extract.tables.row_numbers.__file__).with_suffix(".toml").read_text("utf8"))["sign"]


@pytest.mark.parametrize("row", SIGNS, ids=lambda r: str(r["printed"]))
def test_examples_of_each_sign(row: dict[str, list[tuple[str, int]]]) -> None:
    assert all(looks_like(read) == number for read, number in row["examples"])
    assert not any(looks_like(str(read)) for read in row["counter_examples"])
    assert set(row) == {"read", "printed", "examples", "counter_examples"}


def _mended(read: list[str], *, columns: int = 3, confidence: float = 0.9) -> list[str]:
    rows = [Numbering(Word(text, Box(80, 20 * n, 86, 20 * n + 11), confidence), columns) for n, text in enumerate(read)]
    return [word.text for word in numbers_mended(rows)]


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
    rows = [Numbering(Word(text, Box(80, 0, 86, 11), 0.9), 3) for text in ("l", "2")]
    assert [word.confidence for word in numbers_mended(rows)] == [TOLD, 0.9]


def test_another_number_between_two_is_put_right_unless_it_was_read_surely() -> None:
    assert _mended(["12", "18", "14"]) == ["12", "13", "14"]
    assert _mended(["12", "18", "14"], confidence=0.96) == ["12", "18", "14"]


def test_only_one_short_word_may_be_a_number() -> None:
    word = Word("12.", None, 0.9)
    assert may_be_number([word])
    assert not may_be_number([])
    assert not may_be_number([word, word])
    assert not may_be_number([Word("2026", None, 0.9)])


def test_no_rows_no_numbers() -> None:
    assert numbers_mended(()) == ()


def test_numbers_of_a_ruled_table_are_put_right() -> None:
    sides = [GridCell(row, col, 1, 1, Box(60 * col, 20 * row, 60 * col + 60, 20 * row + 20)) for row, col in PLACES]
    held = {n: [Word(text, sides[n].box, 0.9)] for n, text in enumerate(["l", "Báo cáo", "2", "Họp", "3", "Họp"])}
    mended = with_row_numbers(Grid((), (), tuple(sides)), held)
    assert [mended[n][0].text for n in (0, 2, 4)] == ["1", "2", "3"]


PLACES = [(row, col) for row in range(3) for col in range(2)]
