"""Abbreviations that a document defines for itself."""

import pytest

from schema.context import Definition
from schema.head.definitions import read_definitions
from schema.outline.flow import PrintedLine


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "tại Bộ phận Tiếp nhận và Trả kết quả (sau đây gọi là Bộ phận Một cửa) của xã",
            [Definition("Bộ phận Một cửa", "Bộ phận Tiếp nhận và Trả kết quả")],
        ),
        ("Ủy ban nhân dân xã (gọi tắt là UBND xã) ban hành", [Definition("UBND xã", "Ủy ban nhân dân xã")]),
        (
            "rà soát văn bản quy phạm pháp luật (VBQPPL) và VBQPPL khác",
            [Definition("VBQPPL", "văn bản quy phạm pháp luật")],
        ),
        ("chỉ số hài lòng (SIPAS)", []),
        ("mục tiêu (xem phụ lục)", []),
    ],
)
def test_definitions(text: str, found: list[Definition]) -> None:
    line = PrintedLine(text, text, 1.0, None, 0, 1, 0, False, False, None, False, None)
    assert list(read_definitions([line])) == found
