"""Where run-together tables stand: headers read across their columns or cell by cell, rows without any header."""

import pytest

from schema.run_together.known_cells import tokens_of
from schema.run_together.tabular_lines import body_begins, last_row_end, numbered_apart, show_duties, tabular_runs
from schema.run_together.text_headers import header_at, repeats, roles_below, spots_of, torn_header_at
from schema.run_together.text_row_headings import heading_cost
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
        (["Trách nhiệm thực hiện", "Chủ trì Phối hợp", "STT Thời gian Nội dung kiểm tra"], 3),
        (["TT Nội dung nhiệm vụ Đơn vị chủ trì Đơn vị phối hợp pen Dio be! oes pee ee"], 1),
        (["Nhiệm vụ, cơ quan chủ trì, cơ quan phối hợp, sản phẩm và thời gian", "hoàn thành tại Phụ lục."], 0),
        (PROSE, 0),
        (["Nội dung, thời gian và kinh phí được phân công cụ thể như sau (đánh dấu vào ô"], 0),
        (["b) Trước ngày 30/6/2027, hoàn thành phê duyệt nội dung nhiệm vụ của 100% cơ"], 0),
        (["ne Mục tiêu Nhiệm vụ Cơ quan chủ trì Sản phẩm Thời gian"], 1),
        (["e e Nhiệm vụ Chủ trì Đạt Thời hạn"], 1),
        (["- Chủ trì nội dung nhiệm vụ; phối hợp với Công an xã về thời gian"], 0),
        (["NHIỆM VỤ VÀ LỘ TRÌNH THỰC HIỆN ĐỀ ÁN BẾN CẢNG GIAI ĐOẠN 2031 - 2035"], 0),
        (["Phòng Nội vụ chủ trì, phối hợp với các cơ quan theo dõi thời gian thực hiện nhiệm vụ."], 0),
    ],
)
def test_a_header_is_known_by_the_columns_that_its_lines_name(lines: list[str], count: int) -> None:
    assert header_at([*lines, ROWS[0]], 0) == count


def test_a_name_that_was_read_across_the_columns_is_put_together() -> None:
    assert {spot.field for spot in spots_of(["DỰ KIẾN SẢN THỜI", "PHẨM GIAN"])} == {Field.OUTPUT, Field.DEADLINE}


def test_a_word_left_of_a_name_tells_the_column_where_no_other_has_it() -> None:
    across = ["STT Tên nhiệm vụ hoàn ban", "CHỦ TRÌ vị phối hợp phụ trách", "thành hành"]
    assert {Field.APPROVER, Field.OVERSEER, Field.LEAD} <= {spot.field for spot in spots_of(across)}
    assert Field.APPROVER in {spot.field for spot in spots_of(["Đơn vị chủ trì Đơn vị phối hợp duyệt Thời hạn"])}
    assert Field.OVERSEER not in {spot.field for spot in spots_of(["Nhiệm vụ Công chức phụ trách Thời gian"])}


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (
            ("Thời gian Nhiệm vụ Phòng, đơn vị Phòng, đơn vị", "chủ trì phối hợp"),
            [(Field.LEAD, 19), (Field.PARTNERS, 33)],
        ),
        (("TT Nội dung CƠ QUAN CHỦ TRÌ CƠ QUAN", "PHỐI HỢP"), [(Field.PARTNERS, 28)]),
        (("Sở Cơ quan chủ trì Cấp phê", "TT Nhiệm vụ thực hiện duyệt"), []),
        (("Nhiệm vụ Cơ quan Thời hạn", "chủ trì phối hợp"), []),
        (("Nhiệm vụ Cơ quan chủ trì", "phối hợp"), []),
        (("Nhiệm vụ Cơ quan chủ trì Thời hạn",), []),
    ],
)
def test_a_role_stands_where_the_first_word_of_its_name_does(
    header: tuple[str, ...], found: list[tuple[Field, int]]
) -> None:
    assert [(spot.field, spot.at) for spot in roles_below(header, spots_of(header))] == found


def test_a_header_printed_again_and_misread_is_left_out() -> None:
    header = ["STT Nhiệm vụ Cơ quan chủ trì Thời gian"]
    assert repeats([*ROWS, "STT Nhiem vv Cơ quan chủ trl Thời gian", *ROWS], header) == (range(6, 7),)


def test_rows_that_use_words_of_the_header_are_not_its_repetition() -> None:
    rows = ["Tháng 01/2026", "Ban hành kế hoạch và phân công", "cho từng công chức", "Kiểm điểm tiến độ thực hiện các"]
    assert repeats([*rows, "nhiệm vụ cải cách hành chính"], IN_TURN) == ()


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
        [
            "(1) Công an huyện chủ trì, phối hợp với Phòng Nội vụ cấp căn cước cho người dân, xong trước ngày",
            "30 tháng 6 năm 2027.",
            "(2) Phòng Tư pháp số hóa sổ hộ tịch của các xã, thị trấn trên địa bàn huyện; hoàn thành trong",
            "quý II năm 2027.",
            "(3) Bảo hiểm xã hội huyện phối hợp Phòng Y tế rà soát thẻ bảo hiểm y tế của người dân, xong trong",
            "tháng 9 năm 2027.",
        ],
        [],
    ],
)
def test_prose_duties_and_recipients_are_no_table(lines: list[str]) -> None:
    assert tabular_runs(lines) == ()


HEAD = [
    "UBND HUYỆN BỒ SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "PHÒNG NỘI VỤ Độc lập - Tự do - Hạnh phúc",
    "Số: 41/KH-PNV Bồ Sơn, ngày 12 tháng 01 năm 2027",
    "KẾ HOẠCH",
    "Kiểm tra công tác cải cách hành chính năm 2027",
    "Thực hiện Kế hoạch của Ủy ban nhân dân huyện, Phòng Nội vụ",
    "xây dựng kế hoạch năm 2027 như sau:",
]
SECTIONS = [
    "I. MỤC ĐÍCH, YÊU CẦU",
    "Nâng cao ý thức, trách nhiệm của cán bộ, công chức",
    "II. MỤC TIÊU CỤ THỂ",
    "- Kiểm tra tối thiểu 30% số đơn vị năm 2027",
    "- Khắc phục kiến nghị trong thời hạn 30 ngày.",
]


def test_letterhead_title_and_grounds_are_no_rows() -> None:
    assert body_begins([*HEAD, *SECTIONS]) == len(HEAD)
    assert body_begins(PROSE) == 0


def test_sections_of_running_text_are_left_out_of_a_table() -> None:
    (run,) = tabular_runs([*SECTIONS, "III. NỘI DUNG KIỂM TRA", *ROWS, *SECTIONS])
    assert set(range(len(SECTIONS) + 1, len(SECTIONS) + 1 + len(ROWS))) <= set(run)
    assert run.start >= len(SECTIONS)
    assert run.stop <= len(SECTIONS) + len(ROWS) + 1


def test_headings_between_rows_stay_in_the_table() -> None:
    (run,) = tabular_runs(["I. CẢI CÁCH THỂ CHẾ", *ROWS, "II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH", *ROWS])
    assert run == range(2 * len(ROWS) + 2)


def test_rows_whose_times_stand_left_of_those_who_act_show_a_table() -> None:
    rows = [
        "1 Thay bảng tin ở nhà văn hóa Hằng năm Phòng Kinh tế",
        "2 Mở lớp bơi cho trẻ em ven sông Quý II Trường học",
        "3 Kiểm tra giếng nước của trường Thường xuyên Trạm Y tế",
        "4 Sửa hàng rào của chợ xã Tháng 8 Phòng Kinh tế",
    ]
    assert tabular_runs(rows) == (range(4),)


def test_a_section_of_which_little_could_be_read_stays_below_a_header() -> None:
    torn = ["II. CẢI CÁCH THỂ CHẾ", "1 Rà soát vei oan lương ước hu"]
    lines = ["I. TUYÊN TRUYỀN", *ROWS, *torn, "III. KIỂM TRA", *ROWS[:2]]
    (run,) = tabular_runs(lines, headed=True)
    assert run == range(len(lines))


@pytest.mark.parametrize(
    ("header", "count"),
    [
        ("STT Tên công việc wee eus hoan cy", 1),
        ("STT Nội dung công việc pei oun ung", 1),
        ("STT Nội dung công việc", 0),
        ("STT Nội dung công việc Kinh phí wee eus", 0),
        ("Nội dung công việc wee eus hoan", 0),
    ],
)
def test_a_header_may_be_torn_but_for_its_numbers_and_tasks(header: str, count: int) -> None:
    assert torn_header_at([header], 0) == count


def test_rows_with_numbers_and_organisations_stand_below_a_torn_header() -> None:
    assert show_duties(ROWS)
    assert not show_duties(["1 Máy bơm 3 cái", "2 Giếng khoan 7 cái", "3 Bể chứa 2 cái"])
    assert not show_duties(PROSE)


@pytest.mark.parametrize(
    ("line", "can"),
    [("2026 - 2030 của xã", True), ("và sửa cầu", True), ("51 Dựng bảng tin", False), ("4 | Sửa cầu", False)],
)
def test_a_heading_does_not_go_on_with_the_number_and_the_first_word_of_a_row(line: str, *, can: bool) -> None:
    assert (heading_cost(tokens_of(line), going_on=True) is not None) is can


def test_one_stroke_before_the_title_of_an_area_may_be_its_number() -> None:
    one, two = (heading_cost(tokens_of(f"{n} Cải cách thể chế"), going_on=False) for n in ("1", "11"))
    assert one is not None
    assert two is not None
    assert two < one
    assert heading_cost(tokens_of("1 Dựng bảng tin"), going_on=False) is None


@pytest.mark.parametrize(
    "lines",
    [
        ["1. Mở lớp bơi Trường học Quý II", "2. Sửa cầu Phòng Kinh tế Quý III"],
        ["1. Mở lớp bơi", "cho trẻ em Trường học", "2. Sửa cầu", "qua suối Phòng Kinh tế"],
        ["1. Mở lớp bơi", "Trường học Quý II", "3. Sửa cầu", "Phòng Kinh tế Quý III"],
        ["1. Mở lớp bơi"],
    ],
)
def test_numbers_of_rows_number_no_parts(lines: list[str]) -> None:
    assert numbered_apart(lines) == frozenset()


def test_a_last_row_whose_number_stands_alone_is_of_the_table() -> None:
    texts = ["Quý III", "7", "Phối hợp giữ gìn di tích", "và tu sửa mái đình", "Công an xã", "Quý IV", "Nhân dân biết."]
    assert last_row_end(texts, 1) == 6
    assert last_row_end(texts[:1] + texts[2:], 1) == 1
