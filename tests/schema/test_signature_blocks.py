"""Signature blocks, their two columns read line by line or one after the other."""

import pytest

from extract.page import Box
from schema.head.persons import as_person
from schema.head.signature import Signature, read_signature
from schema.outline.flow import PrintedLine


def _read(text: str) -> Signature:
    lines = [
        PrintedLine(line, line, 1.0, None, 0, 1, index, False, False, None, False, None)
        for index, line in enumerate(text.split("\n"))
    ]
    return read_signature(lines, 0, len(lines))


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Trên đây./.\nNơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn Cầu", "Lê Văn Cầu", "Chủ tịch"),
        (
            "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Sở Nội vụ; KT. CHỦ TỊCH\n- Lưu: VT. PHÓ CHỦ TỊCH\nHồ Thị Én",
            "Hồ Thị Én",
            "Phó Chủ tịch",
        ),
        ("Nơi nhận:\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH Lê Văn Cầu", "Lê Văn Cầu", "Phó Chủ tịch"),
        ("Nơi nhận:\n- Lưu: VT.\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nHồ Thị Én", "Hồ Thị Én", "Thứ trưởng"),
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nNông Quốc Dũng\nNơi nhận:\n- Lưu: VT.", "Nông Quốc Dũng", "Chánh Văn phòng"),
        (
            "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nMAI ĐỨC GIANG",
            "Mai Đức Giang",
            "Phó Giám đốc",
        ),
        ("Nơi nhận:\n- Lưu: VT.\nKT.\nCHỦ TỊCH\nPHÓ\nCHỦ TỊCH\nLê Văn Cầu", "Lê Văn Cầu", "Phó Chủ tịch"),
        ("Nơi nhận: TM. UBND\n- Sở Nội vụ; . CHỦ TỊCH\n- Các phòng; WPHO-CHỦ TỊCH\n- Lưu: VT.", None, "Phó Chủ tịch"),
        ("Nơi nhận:\n- Các sở\nCHỦ TỊCH\nLê Văn Cầu\nXã Krông Ba", "Lê Văn Cầu", "Chủ tịch"),
        ("Nơi nhận: CHỦ TỊCH\n- Như Điều 3;\n- Lưu: VT. Phan Thanh Hải", "Phan Thanh Hải", "Chủ tịch"),
        ("Nơi nhận: Q. CHỦ TỊCH\n- Lưu: VT.\nLò Văn Ích", "Lò Văn Ích", "Quyền Chủ tịch"),
        ("T/M ĐẢNG ỦY\nNơi nhận:\n- Lưu VPĐU.\nPHÓ BÍ THƯ\nVi Thị Kim", "Vi Thị Kim", "Phó Bí thư"),
        ("Nơi nhận: TM BAN THƯỜNG VỤ\n- Đảng ủy; PHÓ Bí THƯ\n- Lưu VP.\nVi Thị Kim", "Vi Thị Kim", "Phó Bí thư"),
        ("TRƯỞNG BAN\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH UBND XÃ\nLê Văn Cầu", "Lê Văn Cầu", "Trưởng ban"),
        ("TRƯỞNG BAN\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH UBND THÀNH PHỐ", None, "Trưởng ban"),
        ("Nơi nhận: CHỦ TỊCH\n- Chủ tịch, các Phó Chủ tịch UBND xã;\n- Lưu: VT.", None, "Chủ tịch"),
        ("- Chủ tịch UBND xã chịu trách nhiệm.\n1. Công chức Lê Văn Cầu", None, None),
        ("", None, None),
    ],
)
def test_signature(text: str, name: str | None, title: str | None) -> None:
    assert _read(text) == Signature(name, title)


def _as_layer(text: str, confidence: float) -> Signature:
    lines = [
        PrintedLine(line, line, confidence, None, 0, 1, index, False, False, None, False, None)
        for index, line in enumerate(text.split("\n"))
    ]
    return read_signature(lines, 0, len(lines))


@pytest.mark.parametrize(
    ("name", "confidence", "read"),
    [
        ("Đào Mỹ Hạnh", 0.95, "Đào Mỹ Hạnh"),
        ("Dao My Hanh", 0.8, None),
        ("Bùi Văn Nhiéu", 0.9, None),
        ("Dinh Thị Hạnh", 0.95, None),
    ],
)
def test_a_name_behind_the_recipients_counts_only_when_sure(name: str, confidence: float, read: str | None) -> None:
    assert _as_layer(f"Nơi nhận: CHỦ TỊCH\n- Lưu: VT. {name}", confidence).name == read


def test_the_signature_ends_before_an_appendix() -> None:
    text = "Nơi nhận: CHỦ TỊCH\n- Lưu: VT.\nPHỤ LỤC\nPHÓ CHỦ TỊCH\nLê Văn Cầu"
    assert _read(text) == Signature(None, "Chủ tịch")


@pytest.mark.parametrize(
    "text", ["Nơi nhận", "Như Điều 3", "Văn phòng", "Lưu: VT", "Sở Nội vụ", "Hà Nội", "Xã Krông Nô", "", "12"]
)
def test_what_is_no_person(text: str) -> None:
    assert as_person(text) is None


def _scanned(*rows: tuple[float, float, str, float]) -> Signature:
    """rows: left edge and top in points, text, confidence; a letter is six points wide."""
    lines = [
        PrintedLine(t, t, sure, Box(x, top, x + 6 * len(t), top + 12), 0, 1, i, False, False, None, False, None)
        for i, (x, top, t, sure) in enumerate(rows)
    ]
    return read_signature(lines, 0, len(lines))


RECIPIENTS = ((75.0, 290.0, "Nơi nhận:", 0.9), (75.0, 304.0, "- Sở Nội vụ;", 0.96), (75.0, 380.0, "- Lưu: VT.", 0.93))
ORDER = (367.0, 287.0, "TM. ỦY BAN NHÂN DÂN", 0.96)


@pytest.mark.parametrize(
    ("column", "read"),
    [
        (
            ((390, 303, "KT. CHỦ TỊCH", 0.96), (386, 318, "PHÓ CHỦ TỊCH", 0.95), (390, 400, "Lò Ngọc Tuấn", 0.95)),
            Signature("Lò Ngọc Tuấn", "Phó Chủ tịch"),
        ),
        (
            ((390, 303, "KT. CHỦ TỊCH", 0.96), (386, 318, ". ĐE HỦ TỊCH", 0.6), (380, 400, "Š“Đỗ Thí Kim Tuấn", 0.65)),
            Signature(None, "Phó Chủ tịch", doubtful=True),
        ),
        (
            ((400, 303, "CHỦ TỊCH", 0.7), (378, 318, "© PHÓÌ TỊCH z", 0.39), (340, 400, ". Đăng Tữƒ Mỹ Hường", 0.7)),
            Signature(None, "Phó Chủ tịch", doubtful=True),
        ),
        (
            ((378, 303, ". uCHWTỊCH", 0.56), (390, 400, "Ngủyến uốc Khôi", 0.6)),
            Signature(None, None, doubtful=True),
        ),
        (
            ((388, 303, ". uCHWTỊCH", 0.56), (390, 400, "Ngủyến uốc Khôi", 0.6)),
            Signature(None, "Chủ tịch", doubtful=True),
        ),
        (
            ((400, 303, "CHỦ TỊCH", 0.96), (390, 400, "Ngủyến uốc Khôi", 0.6)),
            Signature(None, "Chủ tịch", doubtful=True),
        ),
        (
            ((385, 303, "se ÙY CH", 0.5), (390, 400, "Lò Ngọc Tuấn", 0.95)),
            Signature("Lò Ngọc Tuấn", None, doubtful=True),
        ),
        (((400, 303, "CHỦ TỊCH", 0.96),), Signature(None, "Chủ tịch")),
    ],
)
def test_signatures_of_scans(column: tuple[tuple[float, float, str, float], ...], read: Signature) -> None:
    assert _scanned(*RECIPIENTS, ORDER, *column) == read
    assert _scanned(RECIPIENTS[0], ORDER, RECIPIENTS[1], *column, RECIPIENTS[2]) == read
