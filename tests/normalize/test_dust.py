"""Dust at the edges of worn lines goes; the author's own letters, bullets, forms and figures stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.dirt.dust import fix_dust
from normalize.fixes import replay


def without_dust(line: str) -> str:
    return replay(line, sorted(fix_dust(line), key=lambda fix: fix.start))


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("-_ Căn cứ Luật Đất đai", "- Căn cứ Luật Đất đai"),
        ("._ Điều 1. Ban hành", "Điều 1. Ban hành"),
        ("___ 4 Nghe người dân", "4 Nghe người dân"),
        ("-__. ~Giữ cho đường truyền", "- ~Giữ cho đường truyền"),
        ("°_ˆ phòng chuyên môn", "phòng chuyên môn"),
        ("ì - Thường trực HĐND", "- Thường trực HĐND"),
        (": ï Công tác dân vận", "Công tác dân vận"),
        ("năm 2026; _ :", "năm 2026;"),
        ("một cửa liên thông; ễ", "một cửa liên thông;"),
        ("Trong năm 2022 : : : :", "Trong năm 2022"),
        ("làm theo./. ; : : vi :", "làm theo./."),
        ("Đề án . - ụ", "Đề án"),
        ("cơ chế một cửa; n", "cơ chế một cửa;"),
        ("gửi cấp trên. q :", "gửi cấp trên."),
        ("năm 2025; l ẵ", "năm 2025;"),
        ("ngày 03 tháng 3 năm 2024 ặ :", "ngày 03 tháng 3 năm 2024"),
        ("phổ biến _ pháp luật", "phổ biến pháp luật"),
    ],
)
def test_dust_is_dropped(line: str, clean: str) -> None:
    assert without_dust(line) == clean


@pytest.mark.parametrize(
    "line",
    [
        "cho ý",
        "diễn ra ở",
        "tác hại của ô",
        "quy định tại điểm đ",
        "điểm a, b",
        "điểm a; b",
        "điểm l, m",
        "hội trường n",
        "tháng l",
        "năm 2022 ;",
        "- Ý thức chấp hành",
        "____ năm 2024",
        "___ năm",
        "ngày __ tháng __ năm",
        "Số: _ /KH-UBND",
        "Số: .....",
        "họ và tên: ..... ; .....",
        "Trường THCS - B",
        "tháng ó",
        "ngày 1 ó",
        "xã hội -",
        "_",
        ": ; .",
    ],
)
def test_what_was_printed_stays(line: str) -> None:
    assert without_dust(line) == line


@given(st.text(max_size=40) | st.text(alphabet="_.:;-ịôa Bà1", max_size=20))
def test_any_line_is_taken_and_its_fixes_fit(line: str) -> None:
    last = 0
    for fix in sorted(fix_dust(line), key=lambda fix: fix.start):
        assert line[fix.start : fix.end] == fix.raw
        assert fix.start >= last
        last = fix.end
