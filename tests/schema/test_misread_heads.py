"""Heads of layers that an English engine read: names without marks, numbers and dates written on dots; all invented."""

import datetime as dt

import pytest

from schema.head.bases import read_ground
from schema.head.header import read_letterhead
from schema.head.signature import read_signature
from schema.outline.flow import PrintedLine
from schema.places.misread_names import read_misread_name
from schema.places.units import Unit, find_units


def _lines(text: str) -> list[PrintedLine]:
    """'text as restored | raw', or one text for both, a line each."""
    pairs = [line.partition(" | ") for line in text.split("\n")]
    return [
        PrintedLine(restored, raw or restored, 1.0, None, 0, 1, at, False, False, None, False, None)
        for at, (restored, _, raw) in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("131/KH-UBND | $6: 131/KH-UBND", "131/KH-UBND"),
        ("Số: .1.42.0. /QĐ-UBND | S6: .1.42.0. /QD-UBND", "1420/QĐ-UBND"),
        ("Số: .27../KH-UBND | S6: .27Q../KH-UBND", None),
        ("Số: ..L0.8. /KH-UBND | S6: ..L0.8. /KH-UBND", None),
        ("Số: /KH-UBND", None),
    ],
)
def test_numbers_on_dots_count_only_where_all_that_was_written_are_digits(line: str, number: str | None) -> None:
    found = read_letterhead(_lines(f"ỦY BAN NHÂN DÂN\nXÃ LẠC SƠN\n{line}")).number
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Lạc Sơn, ngày ..1.8. tháng .4. năm 2027", dt.date(2027, 4, 18)),
        ("Lạc Sơn, ngày .. tháng . năm 2027 | Lac Son, ngay .Q5. thang .Q1. nam 2027", dt.date(2027, 1, 5)),
        ("Lạc Sơn, ngày .1. tháng .92 năm 2024", None),
    ],
)
def test_dates_on_dots(line: str, date: dt.date | None) -> None:
    found = read_letterhead(_lines(f"ỦY BAN NHÂN DÂN\nXÃ LẠC SƠN\n{line}")).date
    assert found is not None
    assert found.date == date


def test_a_name_is_read_out_of_all_its_mentions() -> None:
    lines = ("XA TAN THINH", "Tan Thjnh, ngay 3 thang 2", "Uy ban nhan dan xa Tan Thinh", "huyén Tan Thanh")
    reading = read_misread_name(Unit("xã", "Tân Thính"), None, lines)
    assert reading is not None
    assert reading.name == "Tân Thịnh"
    assert reading.chance > reading.as_read


def test_a_name_that_no_line_prints_is_not_read() -> None:
    assert read_misread_name(Unit("xã", "Tân Thịnh"), None, ("XA MY LOC", "")) is None


def test_a_name_goes_on_at_a_word_for_a_level_as_low() -> None:
    assert [unit.text for unit in find_units("PHƯỜNG LÂM XÃ ĐÔNG")] == ["phường Lâm Xã Đông"]
    assert [unit.text for unit in find_units("XÃ MỎ CHÈ HUYỆN AN HÒA")] == ["xã Mỏ Chè", "huyện An Hòa"]


@pytest.mark.parametrize(
    ("block", "title"),
    [
        ("Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Các đoàn thể; CHỦ TỊCH\n- Lưu: VT. oP U TỊCH", "Phó Chủ tịch"),
        ("Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Lưu: VT. CHỦ TỊCH | - Luu: VT; T- GHU TICH", "Phó Chủ tịch"),
        ("Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Các đoàn thể; CHỦ TỊCH\n- Lưu: VT. oN", "Chủ tịch"),
    ],
)
def test_scraps_of_a_second_line_tell_that_a_deputy_signed(block: str, title: str) -> None:
    lines = _lines(block)
    assert read_signature(lines, 0, len(lines)).title == title


@pytest.mark.parametrize(
    ("ground", "number", "date"),
    [
        (
            "Căn cứ Nghị định số 107/2021/NĐ-CP ngày 06 tháng 12 năm 202ĩ;",
            "107/2021/NĐ-CP",
            (2021, 12, 6),
        ),
        ("Căn cứ Nghị định số 1 07/202 I/NĐ-CP ngày 06/12/2021 của Chính phủ;", "107/2021/NĐ-CP", (2021, 12, 6)),
        ("Thực hiện Nghị.định số-42/2022/NĐ-CP ngày 24/6/2022 của Chính phủ;", "42/2022/NĐ-CP", (2022, 6, 24)),
        ("Thực hiện Kế hoạch số 818/KH- -UBND ngày 8/2/2022 của UBND tỉnh;", "818/KH-UBND", (2022, 2, 8)),
    ],
)
def test_grounds_whose_number_or_year_is_torn(ground: str, number: str, date: tuple[int, int, int]) -> None:
    (basis,) = read_ground(ground, 0, len(ground))
    assert (basis.number, basis.date) == (number, dt.date(*date))
