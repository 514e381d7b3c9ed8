"""Areas of statements: the clear ones, and those that belong to none or to several."""

import pytest

from schema.areas import plan_subject, read_area
from schema.narrative.assignments import read_narrative
from schema.narrative.sections import placed
from schema.outline.blocks import blocks_of
from schema.outline.flow import printed_lines
from schema.records import AREAS
from tests.schema.narrative_lines import CONTEXT, page_of


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Xây dựng kế hoạch tuyên truyền cải cách hành chính", "Chỉ đạo điều hành"),
        ("Rà soát, hệ thống hóa văn bản quy phạm pháp luật", "Cải cách thể chế"),
        ("100% hồ sơ thủ tục hành chính được giải quyết đúng hạn", "Cải cách thủ tục hành chính"),
        ("Sắp xếp tổ chức bộ máy, tinh giản biên chế", "Cải cách tổ chức bộ máy"),
        ("100% cán bộ, công chức đạt chuẩn chức danh", "Cải cách chế độ công vụ"),
        ("Giải ngân 95% kế hoạch vốn đầu tư công", "Cải cách tài chính công"),
        ("80% hồ sơ công việc được xử lý trên môi trường mạng", "Chính quyền điện tử, chính quyền số"),
        ("Mức độ hài lòng về dịch vụ y tế, giáo dục công lập đạt 90%", "Cải cách tổ chức bộ máy"),
        ("CHI ĐAO, ĐIÊU HÀNH CẢI CÁCH HÀNH CHÍNH", "Chỉ đạo điều hành"),
        ("Cải cách thể chế; cải cách tài chính công", None),
        ("Triển khai thực hiện các nội dung cụ thể", None),
        ("", None),
    ],
)
def test_the_area_of_a_statement(text: str, area: str | None) -> None:
    assert read_area(text) == area


def test_the_first_clear_text_decides() -> None:
    assert read_area("Triển khai thực hiện", "Cải cách thể chế", "Cải cách tài chính công") == AREAS[1]


@pytest.mark.parametrize(
    ("title", "text", "area"),
    [
        ("Phòng, chống bão lũ năm 2026", "Tổng hợp, báo cáo Ủy ban nhân dân tỉnh", None),
        ("Phòng, chống bão lũ năm 2026", "Công bố thủ tục hành chính; kiểm soát thủ tục hành chính", AREAS[2]),
        ("Cải cách hành chính năm 2026", "Tổng hợp, báo cáo Ủy ban nhân dân tỉnh", AREAS[0]),
        ("Chuyển đổi số năm 2026", "Sao lưu dữ liệu định kỳ", AREAS[6]),
        (None, "Tổng hợp, báo cáo Ủy ban nhân dân tỉnh", AREAS[0]),
    ],
)
def test_in_other_plans_only_terms_of_the_reform_tell_an_area(title: str | None, text: str, area: str | None) -> None:
    assert read_area(text, subject=plan_subject(title)) == area


def test_a_duty_that_names_no_area_has_that_of_the_heading_above_it() -> None:
    heads = "II. NHIỆM VỤ VÀ PHÂN CÔNG\n2. Cải cách thủ tục hành chính\n"
    lines = heads + "a) Giao Đoàn Thanh niên xã bố trí 02 người hỗ trợ người cao tuổi."
    rows = read_narrative(placed(blocks_of(printed_lines([page_of(lines)]))), CONTEXT)
    assert [row.area for row in rows] == ["Cải cách thủ tục hành chính"]
