"""Dates, numbers with symbols and periods, out of any text."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.values.dates_and_symbols import find_dates, find_symbols
from schema.values.periods import Period, read_period

DAY = dt.date


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Hòa Sơn, ngày 05 tháng 3 năm 2024", [DAY(2024, 3, 5)]),
        ("ngày 5/3/2024 và 06.4.2024, 7-5-2024", [DAY(2024, 3, 5), DAY(2024, 4, 6), DAY(2024, 5, 7)]),
        ("ngày 31 tháng 02 năm 2024", [None]),
        ("ngày      tháng 10 năm 2021", [None]),
        ("ngày … tháng … năm 20…", [None]),
        ("Ngày l5 tháng l0 năm 2O21", [DAY(2021, 10, 15)]),
        ("45/2020/NĐ-CP", []),
        ("mức độ 3, 4", []),
        ("ngày 15/13/2021", [None]),
    ],
)
def test_dates(text: str, dates: list[dt.date | None]) -> None:
    assert [found.date for found in find_dates(text)] == dates


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Số: 254/KH-UBND", ["254/KH-UBND"]),
        ("Số:254 /KH- UBND", ["254/KH-UBND"]),
        ("Nghị quyết số 01-NQ/TU", ["01-NQ/TU"]),
        ("số 12 - CTr/HU", ["12-CTr/HU"]),
        ("Thông tư 01/2018/TT-VPCP", ["01/2018/TT-VPCP"]),
        ("Luật số 72/2025/QH15", ["72/2025/QH15"]),
        ("Công văn số 4625/BNV-CCHC và 12/SNV-CCHC&VTLT", ["4625/BNV-CCHC", "12/SNV-CCHC&VTLT"]),
        ("số 06/QĐ: TTg ngày 06/01/2022", ["06/QĐ-TTg"]),
        ("số 107/2021/NĐ~CP", ["107/2021/NĐ-CP"]),
        ("số 39/QĐ-UBND: UBND xã", ["39/QĐ-UBND"]),
        ("Công văn số 5/BC; ngày", ["5/BC"]),
        ("Số:        /KH-UBND", [None]),
        ("Số: ..../KH-UBND", [None]),
        ("24/7", []),
        ("ngày 12/3/2024", []),
        ("02 cán bộ/phường", []),
        ("12 triệu/năm", []),
    ],
)
def test_symbols(text: str, numbers: list[str | None]) -> None:
    assert [found.number for found in find_symbols(text)] == numbers


@pytest.mark.parametrize(
    ("title", "start", "end"),
    [
        ("Cải cách hành chính năm 2025", DAY(2025, 1, 1), DAY(2025, 12, 31)),
        ("CCHC giai đoạn 2021 - 2025", DAY(2021, 1, 1), DAY(2025, 12, 31)),
        ("CCHC giai đoạn 2026-2030, tầm nhìn đến năm 2045", DAY(2026, 1, 1), DAY(2030, 12, 31)),
        ("Nâng cao Chỉ số CCHC năm 2022 và các năm tiếp theo", DAY(2022, 1, 1), None),
        ("CCHC 6 tháng đầu năm 2026", DAY(2026, 1, 1), DAY(2026, 6, 30)),
        ("Kiểm tra CCHC quý II năm 2024", DAY(2024, 4, 1), DAY(2024, 6, 30)),
        ("Tuyên truyền tháng 02/2024", DAY(2024, 2, 1), DAY(2024, 2, 29)),
        ("Chuyển đổi số đến năm 2025", None, DAY(2025, 12, 31)),
        ("CCHC từ năm 2021 đến năm 2025", DAY(2021, 1, 1), DAY(2025, 12, 31)),
        ("Thực hiện năm 2024 Đề án CCHC giai đoạn 2021-2025", DAY(2024, 1, 1), DAY(2024, 12, 31)),
        ("Thực hiện Nghị quyết ngày 15 tháng 7 năm 2021, giai đoạn 2021-2025", DAY(2021, 1, 1), DAY(2025, 12, 31)),
    ],
)
def test_periods(title: str, start: dt.date | None, end: dt.date | None) -> None:
    assert read_period(title) == Period(start, end)


def test_a_title_without_a_time_has_no_period() -> None:
    assert read_period("Kiểm soát thủ tục hành chính") is None


@given(st.text(alphabet="ngàythán ăm0123456789/-.…: SốKHUBNĐ", max_size=60))
def test_finders_take_any_text_and_stay_within_it(text: str) -> None:
    spans = [(f.start, f.end) for f in find_dates(text)] + [(f.start, f.end) for f in find_symbols(text)]
    for start, end in spans:
        assert 0 <= start <= end <= len(text)
    read_period(text)
