"""Signature blocks, their two columns read line by line or one after the other."""

import pytest

from schema.flow import PrintedLine
from schema.signature import Signature, as_person, read_signature


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
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nNông Quốc Dũng\nNơi nhận:\n- Lưu: VT.", "Nông Quốc Dũng", "Chánh Văn phòng"),
        (
            "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nMAI ĐỨC GIANG",
            "Mai Đức Giang",
            "Phó Giám đốc",
        ),
        ("Nơi nhận: CHỦ TỊCH\n- Như Điều 3;\n- Lưu: VT. Phan Thanh Hải", "Phan Thanh Hải", "Chủ tịch"),
        ("Nơi nhận: Q. CHỦ TỊCH\n- Lưu: VT.\nLò Văn Ích", "Lò Văn Ích", "Quyền Chủ tịch"),
        ("T/M ĐẢNG ỦY\nNơi nhận:\n- Lưu VPĐU.\nPHÓ BÍ THƯ\nVi Thị Kim", "Vi Thị Kim", "Phó Bí thư"),
        ("Nơi nhận: CHỦ TỊCH\n- Chủ tịch, các Phó Chủ tịch UBND xã;\n- Lưu: VT.", None, "Chủ tịch"),
        ("- Chủ tịch UBND xã chịu trách nhiệm.\n1. Công chức Lê Văn Cầu", None, None),
        ("", None, None),
    ],
)
def test_signature(text: str, name: str | None, title: str | None) -> None:
    assert _read(text) == Signature(name, title)


def test_the_signature_ends_before_an_appendix() -> None:
    text = "Nơi nhận: CHỦ TỊCH\n- Lưu: VT.\nPHỤ LỤC\nPHÓ CHỦ TỊCH\nLê Văn Cầu"
    assert _read(text) == Signature(None, "Chủ tịch")


@pytest.mark.parametrize("text", ["Nơi nhận", "Như Điều 3", "Văn phòng", "Lưu: VT", "Sở Nội vụ", "Hà Nội", "", "12"])
def test_what_is_no_person(text: str) -> None:
    assert as_person(text) is None
