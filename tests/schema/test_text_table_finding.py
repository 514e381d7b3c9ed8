"""Where run-together tables stand: headers read across their columns or cell by cell, rows without any header."""

import pytest

from schema.run_together.tabular_lines import tabular_runs
from schema.run_together.text_headers import header_at, repeats, spots_of
from schema.tables.columns import Field

ACROSS = ["Tiến Cơ quan", "TT Nội dung nhiệm vụ Sản phẩm", "độ phối hợp"]
IN_TURN = ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian", "thực hiện", "Kết quả"]
ROWS = [
    "1 Rà soát thủ tục hành chính Phòng Tư pháp Quý II/2027",
    "đang áp dụng trên địa bàn",
    "2 Tập huấn phần mềm một cửa Phòng Nội vụ Tháng 5/2027",
    "cho công chức các xã",
    "3 Kiểm tra công vụ Thanh tra huyện Quý III/2027",
    "4 Khảo sát mức độ hài lòng Phòng Nội vụ Quý IV/2027",
]
PROSE = [
    "Các cơ quan, đơn vị căn cứ chức năng, nhiệm vụ được giao xây dựng kế hoạch cụ thể để thực hiện.",
    "Trong quá trình thực hiện nếu có khó khăn, vướng mắc thì phản ánh về Phòng Nội vụ để tổng hợp;",
    "báo cáo Ủy ban nhân dân huyện xem xét, quyết định theo thẩm quyền và quy định của pháp luật.",
]


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (ACROSS, 3),
        (IN_TURN, 6),
        (["DỰ KIẾN SẢN CƠ QUAN THỜI PHÍ", "STT NỘI DUNG CHỦ TRÌ", "PHẨM GIAN"], 3),
        (PROSE, 0),
        (["Phòng Nội vụ chủ trì, phối hợp với các cơ quan theo dõi thời gian thực hiện nhiệm vụ."], 0),
    ],
)
def test_a_header_is_known_by_the_columns_that_its_lines_name(lines: list[str], count: int) -> None:
    assert header_at([*lines, ROWS[0]], 0) == count


def test_a_name_that_was_read_across_the_columns_is_put_together() -> None:
    assert {spot.field for spot in spots_of(["DỰ KIẾN SẢN THỜI", "PHẨM GIAN"])} == {Field.OUTPUT, Field.DEADLINE}


def test_a_header_printed_again_and_misread_is_left_out() -> None:
    header = ["STT Nhiệm vụ Cơ quan chủ trì Thời gian"]
    assert repeats([*ROWS, "STT Nhiem vv Cơ quan chủ trl Thời gian", *ROWS], header) == (range(6, 7),)


def test_rows_show_a_table_that_has_no_header() -> None:
    (run,) = tabular_runs([*PROSE, *ROWS, *PROSE])
    assert set(range(len(PROSE), len(PROSE) + len(ROWS))) <= set(run)
    assert len(run) <= len(ROWS) + 1


@pytest.mark.parametrize(
    "lines",
    [
        PROSE,
        ["Nơi nhận:", "- Thường trực Đảng ủy;", "- Các phòng chuyên môn;", "- Công an xã;", "- Lưu: VT."],
        ["1. Phòng Nội vụ", "- Tham mưu kế hoạch tuyên truyền.", "2. Phòng Tư pháp", "- Rà soát văn bản."],
        [],
    ],
)
def test_prose_duties_and_recipients_are_no_table(lines: list[str]) -> None:
    assert tabular_runs(lines) == ()
