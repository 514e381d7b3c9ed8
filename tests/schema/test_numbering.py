"""Enumerators: what they are read as, and the outline that they span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.outline.numbering import Marker, Style, read_markers
from schema.outline.open_levels import Outline
from schema.values.roman import roman_label, roman_value


def outline_of(lines: list[str]) -> Outline:
    outline = Outline()
    for line in lines:
        chosen = outline.choose(read_markers(line))
        if chosen is not None:
            outline = outline.place(chosen[0])
    return outline


@pytest.mark.parametrize(
    ("line", "style", "label"),
    [
        ("PHẦN II", Style.PART, "II"),
        ("B. TỔ CHỨC THỰC HIỆN", Style.CAPITAL, "B"),
        ("IV. TỔ CHỨC", Style.ROMAN, "IV"),
        ("Điều 3. Chánh Văn phòng", Style.ARTICLE, "3"),
        ("12. Phòng Nội vụ", Style.ARABIC, "12"),
        ("3/ Phòng Tư pháp", Style.ARABIC, "3"),
        ("2.1. Chỉ số hài lòng", Style.DECIMAL, "2.1"),
        ("1.2.3 Rà soát", Style.DECIMAL, "1.2.3"),
        ("4) Công khai", Style.CLOSED, "4"),
        ("(5). Giảm chi", Style.BRACKETED, "(5)"),
        ("đ) Đổi mới", Style.LETTER, "đ"),
        ("c. Phân công", Style.LETTER, "c"),
        ("- Tham mưu", Style.DASH, ""),
        ("–Tham mưu", Style.DASH, ""),
        ("-a. Mục tiêu, yêu cầu", Style.LETTER, "a"),
        ("- b) Nhiệm vụ", Style.LETTER, "b"),
        ("- A. Nguyễn", Style.DASH, ""),
        ("• Tham mưu", Style.DASH, ""),
        ("+ Rà soát", Style.PLUS, ""),
        ("* Chỉ tiêu", Style.STAR, ""),
        (".- Chủ trì", Style.DASH, ""),
    ],
)
def test_the_likeliest_reading(line: str, style: Style, label: str) -> None:
    first = read_markers(line)[0]
    assert (first.style, first.label) == (style, label)


@pytest.mark.parametrize(
    "line",
    [
        "Tham mưu",
        "100% hồ sơ",
        "15/7/2021 của Chính phủ",
        "1.000 hồ sơ",
        "10/10 xã, phường",
        "1/1 thủ tục",
        "2021 - 2025",
        "10 - 15 hồ sơ",
        "",
        "Điều 25 Nghị định",
    ],
)
def test_what_is_no_enumerator(line: str) -> None:
    assert read_markers(line) == ()


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        (["I. MỤC ĐÍCH", "1. Mục đích", "II. NỘI DUNG", "2. Chỉ tiêu", "(1). 100%", "- 80%"], ("II", "2", "(1)")),
        (["II. NHIỆM VỤ", "1. Khắc phục", "1.1. Tiêu chí", "a. Mục tiêu"], ("II", "1.1", "a")),
        (["I. CHUNG", "11. TỔ CHỨC"], ("II",)),
        (["I. CHUNG", "IL. TỔ CHỨC"], ("II",)),
        (["I. CHUNG", "H. TỔ CHỨC THỰC HIỆN", "1. Sở"], ("II", "1")),
        (["I. CHUNG", "II. NỘI DUNG", "d) Thời gian", "I. TỔ CHỨC", "1. Sở"], ("III", "1")),
        (["I. CHUNG", "II. NỘI DUNG", "d) Thời gian", "i. TỔ CHỨC", "1. Sở"], ("III", "1")),
        (["I. CHUNG", "h) Thời gian", "i) Kinh phí"], ("I", "i")),
        (["I. CHUNG", "II. NỘI DUNG", "III. KINH PHÍ", "I. TỔ CHỨC"], ("I",)),
        (["I. CHUNG", "l. Mục đích"], ("I", "1")),
        (["1. Chung", "a) Một", "b) Hai", "ø) Ba"], ("1", "c")),
        (["1. Chung", "h) Một", "i) Hai"], ("1", "i")),
        (["A. MỤC TIÊU", "I. Chỉ tiêu", "B. TỔ CHỨC", "I. Văn phòng", "2. Phối hợp"], ("B", "I", "2")),
        (["Điều 1. Ban hành", "Điều 2. Giao", "1. Sở"], ("2", "1")),
        (["1. Chung", "1.1. Một", "1.1.2. Hai", "2. Khác"], ("2",)),
        (["I. MỤC ĐÍCH", "I. CHỈ TIÊU", "1. Tỷ lệ hồ sơ"], ("II", "1")),
        (["II. Nhiệm vụ", "2. Cải thiện", "2.2. Chỉ số", "4.", "2.3. Chỉ số"], ("II", "2.3")),
    ],
)
def test_the_path_that_lines_lead_to(lines: list[str], path: tuple[str, ...]) -> None:
    assert outline_of(lines).path == path


@given(st.integers(1, 39))
def test_roman_numerals_read_back(value: int) -> None:
    assert roman_value(roman_label(value)) == value


@given(st.lists(st.text(alphabet="IVXl1aăđ.)( -+*2 \u1ea1", max_size=12), max_size=12))
def test_any_lines_give_an_outline(lines: list[str]) -> None:
    outline = outline_of(lines)
    assert all(isinstance(label, str) and label for label in outline.path)


@given(st.text(max_size=40))
def test_a_reading_takes_no_more_than_the_line(line: str) -> None:
    readings: tuple[Marker, ...] = read_markers(line)
    assert all(0 < marker.end <= len(line) for marker in readings)
