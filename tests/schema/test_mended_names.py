"""Values lose the dust of their cells; a misread name is spelt as the plan spells it elsewhere."""

from dataclasses import replace

import pytest

from schema.organisations.mended_names import mended_rows, without_dust
from schema.records import AssignmentRow

ROW = AssignmentRow(
    *("p", 1, "table", "1", None, None, None, "Rà soát văn bản", None, ("Phòng Giáo dục và Đào tạo",), ()),
    *(None, None, None, None, None, None, 1, None, "", 1.0, False),
)


@pytest.mark.parametrize(
    ("other", "spelt"),
    [
        ("Phòng Giáo dục và Đàotạo", "Phòng Giáo dục và Đào tạo"),
        ("Phòng Giáo dục và Đảo tạo", "Phòng Giáo dục và Đào tạo"),
        ("Phòng Giáo dục và Đào tạo l", "Phòng Giáo dục và Đào tạo"),
        ("Phòng Giáo . dục và Đào tạo", "Phòng Giáo dục và Đào tạo"),
        ("Phòng Giáo dục", "Phòng Giáo dục"),
        ("Trưởng thôn 2", "Trưởng thôn 2"),
    ],
)
def test_a_misread_name_is_spelt_as_elsewhere(other: str, spelt: str) -> None:
    rows = (ROW, ROW, replace(ROW, lead=("Trưởng thôn 1",)), replace(ROW, lead=(other,)))
    assert mended_rows(rows)[-1].lead == (spelt,)


def test_a_row_of_dust_is_left_out() -> None:
    assert mended_rows((ROW, replace(ROW, task="- 12 |"))) == (ROW,)


@pytest.mark.parametrize("text", ["Theo điểm c", "Nhóm B", "Phụ lục I", "Tổ 3", "Ở xã", "ý kiến"])
def test_letters_that_are_printed_stay(text: str) -> None:
    assert without_dust(text) == text
