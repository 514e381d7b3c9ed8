"""Columns from header cells, and from what the cells hold where no header is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.tables.column_cells import infer_fields
from schema.tables.columns import (
    Field,
    field_of_header,
    fields_of_headers,
    is_header,
    lays_tasks,
    numbers_columns,
)


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm"],
         "number task lead partners deadline output"),
        (["STT", "Mục tiêu", "Nhiệm vụ", "Sản phẩm", "Cơ quan thực hiện"], "number goal task output lead"),
        (["STT", "Nội dung", "Đơn vị chủ trì, phối hợp", "Tiến độ"], "number task agencies deadline"),
        (["TT", "Nội dung", "Nhiệm vụ cụ thể", "Chủ trì", "Kinh phí (triệu đồng)", "Ghi chú"],
         "number topic task lead budget note"),
        (["Nội dung công việc", "Cơ quan chủ trì đề xuất/tham mưu/ thực hiện", "Cấp ban hành/phê duyệt", "Bắt đầu",
          "Kết thúc"], "task lead approver start finish"),
        (["Tháng", "Nội dung", "Người chịu trách nhiệm", "Đơn vị thực hiện"], "deadline task lead partners"),
        (["TT", "Nhiệm vụ", "Đơn vị triển khai", "Cơ quan chủ trì", "Quý"], "number task partners lead deadline"),
        (["TT", "Nhiệm vụ", "Cơ quan thực hiện", "Người phụ trách", "Phối hợp"], "number task lead unknown partners"),
        (["TT", "Tên nhiệm vụ", "Căn cứ pháp lý", "Chủ trì", "Thời gian"], "number task note lead deadline"),
        (["TT", "Tiêu chí", "Điểm chuẩn", "Giải pháp", "Cơ quan tham mưu, thực hiện", "Thời hạn"],
         "number area unknown task lead deadline"),
    ],
)  # fmt: skip
def test_headers_in_any_order_name_their_fields(headers: list[str], fields: str) -> None:
    assert " ".join(fields_of_headers(headers)) == fields


@pytest.mark.parametrize(("text", "field"), [("Bộ phận phốihợp _", "partners"), ("Thòi gian hoàn thảnh", "deadline")])
def test_a_misread_header_goes_by_the_likest(text: str, field: str) -> None:
    assert field_of_header(text) == field


@pytest.mark.parametrize(
    "headers",
    [
        ["STT", "Tên thủ tục hành chính", "Mã số TTHC", "Cơ quan thực hiện", "Thời hạn giải quyết"],
        ["TT", "Nội dung chi", "Số tiền"],
        ["STT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm"],
        ["STT", "Họ và tên", "Chức vụ", "Đơn vị"],
        ["STT", "Chỉ tiêu", "Đơn vị tính", "Năm 2024", "Năm 2025"],
        ["STT", "Chỉ tiêu", "Đơn vị", "Năm 2024", "Năm 2025"],
        ["TT", "Nội dung", "Đơn vị", "Số lượng", "Ghi chú"],
    ],
)
def test_tables_of_another_kind_lay_no_tasks(headers: list[str]) -> None:
    assert not lays_tasks(fields_of_headers(headers))


def test_columns_without_a_header_are_known_by_what_they_hold() -> None:
    columns = [
        ["1", "2", "3"],
        ["Xây dựng kế hoạch tuyên truyền cải cách hành chính", "Rà soát văn bản do xã ban hành", "Kiểm tra công vụ"],
        ["Văn phòng HĐND và UBND xã", "Công chức Tư pháp - Hộ tịch", "Công an xã"],
        ["Các ngành có liên quan", "Các đơn vị liên quan", "Các thôn"],
        ["Quý I", "Thường xuyên", "Trước 30/6/2026"],
    ]
    assert infer_fields(columns) == (Field.NUMBER, Field.TASK, Field.LEAD, Field.PARTNERS, Field.DEADLINE)


def test_a_row_that_numbers_the_columns_is_no_data() -> None:
    assert numbers_columns(["(1)", "(2)", "(3)", "(4)"])
    assert not numbers_columns(["1", "Rà soát văn bản", "Công an xã", "2024"])


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_header_is_read_without_raising(headers: list[str]) -> None:
    assert len(fields_of_headers(headers)) == len(headers)
    if headers and any(text.strip() for text in headers):
        is_header(headers)


def test_a_list_of_procedures_is_one_of_tasks_where_somebody_reviews_them_by_a_time() -> None:
    fields = fields_of_headers(["STT", "Tên thủ tục hành chính", "Bộ phận rà soát", "Phối hợp", "Hoàn thành"])
    assert lays_tasks(fields) and fields[1] is Field.TASK
    assert not lays_tasks(
        fields_of_headers(["STT", "Tên thủ tục hành chính", "Cơ quan thực hiện", "Thời hạn giải quyết"])
    )
