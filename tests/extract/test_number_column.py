"""The misread name of the column of row numbers: what may be it, and where its place proves it."""

import tomllib
from pathlib import Path

import pytest

import extract.tables.number_column
from extract.page import Box, Cell, Word
from extract.tables.number_column import looks_like_name, with_column_numbers, with_name_of_numbers
from extract.tables.row_numbers import TOLD

SIGNS = tomllib.loads(Path(extract.tables.number_column.__file__).with_suffix(".toml").read_text("utf8"))["sign"]


@pytest.mark.parametrize("row", SIGNS, ids=lambda r: str(r["printed"]))
def test_examples_of_each_sign(row: dict[str, list[tuple[str, str]]]) -> None:
    assert all(looks_like_name(read) == name for read, name in row["examples"])
    assert not any(looks_like_name(str(read)) for read in row["counter_examples"])
    assert set(row) == {"read", "printed", "examples", "counter_examples"}


def _named(rows: list[list[str]]) -> Word | None:
    """What stands in the first cell of a table of these texts."""
    box = Box(0, 0, 9, 9)
    found = [
        (Cell(r, c, 1, 1, False, box, ()), [Word(text, box, 0.9)] if text else [])
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return next(iter(with_name_of_numbers(found)[0][1]), None)


HEADER = ["SIT", "Nội dung", "Đơn vị chủ trì"]


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([HEADER, ["1", "Rà soát", "Sở"], ["2", "Báo cáo", "Sở"]], "STT"),
        ([HEADER, ["", "đến cuối năm", ""], ["3", "Báo cáo", "Sở"]], "STT"),
        ([HEADER, ["(1)", "(2)", "(3)"], ["I", "Chung", ""], ["1", "Báo cáo", "Sở"]], "STT"),
        ([HEADER, ["", "Báo cáo", "Sở"]], "SIT"),
        ([HEADER, ["Quý", "Báo cáo", "Sở"], ["2", "Báo cáo", "Sở"]], "SIT"),
        ([["SIT", "Rà soát", "Sở Mẫu"], ["1", "Báo cáo", "Sở"]], "SIT"),
        ([["II", "Nội dung", "Đơn vị chủ trì"], ["1", "Báo cáo", "Sở"]], "II"),
        ([["", "Nội dung", "Đơn vị chủ trì"], ["1", "Báo cáo", "Sở"]], None),
    ],
    ids=["numbers below", "goes on", "column numbers", "no number", "words below", "no header", "Roman", "no name"],
)
def test_a_name_is_proved_by_its_place(rows: list[list[str]], name: str | None) -> None:
    read = _named(rows)
    assert (read.text if read is not None else None) == name


def test_a_name_put_right_is_not_sure() -> None:
    read = _named([HEADER, ["1", "Rà soát", "Sở"]])
    assert read is not None
    assert read.confidence == TOLD


@pytest.mark.parametrize(
    ("row", "read"),
    [
        (["q)", "(2)", "(3)", "(4)", "", "(6)", "Œ)"], ["(1)", "(2)", "(3)", "(4)", "", "(6)", "(7)"]),
        (["(1)", "(2)", "(3)", "(A)"], ["(1)", "(2)", "(3)", "(4)"]),
        (["(2)", "(3)", "(4)", "x"], ["(2)", "(3)", "(4)", "x"]),
        (["(1)", "(2)", "x", "x"], ["(1)", "(2)", "x", "x"]),
        (["(1)", "(2)", "(3)", "Sở Nội vụ"], ["(1)", "(2)", "(3)", "Sở Nội vụ"]),
    ],
    ids=["misread and lost", "last", "not its own", "too few", "text among them"],
)
def test_column_numbers_are_proved_by_their_place(row: list[str], read: list[str]) -> None:
    box = Box(0, 0, 9, 9)
    found = [(Cell(1, c, 1, 1, False, box, ()), [Word(t, box, 0.9)] if t else []) for c, t in enumerate(row)]
    assert ["".join(word.text for word in words) for _, words in with_column_numbers(found)] == read
