"""Marks of specks inside words of two syllables, and marks that were printed."""

import pytest

from normalize.fixes import replay
from normalize.mending.torn_words import fix_torn_words


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("thực hiện nhiệm-vụ tổng hợp", "thực hiện nhiệm vụ tổng hợp"),
        ("Ủy-ban Mặt trận, phụ nữ và trẻ-em", "Ủy ban Mặt trận, phụ nữ và trẻ em"),
        ("chế độ bảo vệ bí: mật nhà nước", "chế độ bảo vệ bí mật nhà nước"),
        ("phân bổ dự.toán, các.nội dung", "phân bổ dự toán, các nội dung"),
    ],
)
def test_what_a_speck_put_inside_a_word_is_dropped(read: str, printed: str) -> None:
    assert replay(read, tuple(fix_torn_words(read))) == printed


@pytest.mark.parametrize(
    "line",
    [
        "kinh tế-xã hội, chính trị-xã hội",
        "tiếp công dân trực, tiếp nhận đơn",
        "dichvucong.gov.vn, caicachhanhchinh.vn",
        "cột ăng-ten, vắc-xin",
        "công suất 300 m3/ngày.đêm",
        "cụ thể như sau: các đơn vị",
        "Các sở: chủ trì. Phòng Nội vụ",
        "",
    ],
)
def test_printed_marks_stay(line: str) -> None:
    assert not list(fix_torn_words(line))
