"""Grids of any make -> assignments and targets: cut rows, repeated headers, headings, spans, roles."""

import datetime as dt
from dataclasses import replace

import pytest

from extract.page import Box, Cell, Line, Page, PageSource, Table, Word
from normalize.fixes import Restored, RestoredPage
from schema.context import PlanContext
from schema.records import AssignmentRow
from schema.table_assignments import read_tables
from schema.tables.roles import split_roles

PLAN = PlanContext("p", period_start=dt.date(2026, 1, 1), period_end=dt.date(2026, 12, 31))
HEADER: list[str | None] = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
EDGES = [50, 90, 340, 460, 580, 680, 760]


def page(number: int, rows: list[list[str | None]]) -> RestoredPage:
    """A page with one ruled table. None: the cell to the left spans it; '^': the cell above spans it."""
    lines: list[Line] = []
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is None or text == "^":
                continue
            colspan = next((k for k in range(1, len(row) - c) if row[c + k] is not None), len(row) - c)
            below = next((k for k in range(1, len(rows) - r) if rows[r + k][c] != "^"), len(rows) - r)
            box = Box(EDGES[c], 50 + 20 * r, EDGES[c + colspan], 50 + 20 * (r + below))
            refs = (len(lines),) if text else ()
            if text:
                lines.append(Line(text, box, 0.95))
            cells.append(Cell(r, c, below, colspan, r == 0, box, refs))
    table = Table(Box(50, 50, EDGES[len(rows[0])], 50 + 20 * len(rows)), len(rows), len(rows[0]), tuple(cells), True)
    made = Page(number, 800, 600, 0, 0, PageSource.OCR, "test", tuple(lines), (table,), 0.95)
    return RestoredPage(made, tuple(Restored(line.text) for line in lines))


def assignments(*pages: RestoredPage) -> tuple[AssignmentRow, ...]:
    return read_tables(pages, (), PLAN)[0]


ROW_1: list[str | None] = [
    "1",
    "Ban hành Kế hoạch cải cách hành chính",
    "Văn phòng UBND xã",
    "Các ngành có liên quan",
    "Quý I",
]
ROW_2: list[str | None] = ["2", "Rà soát văn bản do xã ban hành", "Công chức Tư pháp - Hộ tịch", "", "Thường xuyên"]


def test_whoever_stands_alone_in_the_column_of_leads_leads() -> None:
    row = [*ROW_1[:2], "Công chức Văn hóa - Xã hội tham mưu phối hợp", "", "Quý I"]
    read = assignments(page(1, [HEADER, row]))[0]
    assert (read.lead, read.partners) == (("Công chức Văn hóa - Xã hội tham mưu phối hợp",), ())


def test_a_row_gives_who_what_and_by_when() -> None:
    first = assignments(page(1, [HEADER, ROW_1]))[0]
    assert (first.row_no, first.task, first.lead, first.partners) == (
        "1", "Ban hành Kế hoạch cải cách hành chính", ("Văn phòng UBND xã",), ("Các ngành có liên quan",)
    )  # fmt: skip
    assert (first.deadline_start, first.deadline_end, first.recurrence) == (
        dt.date(2026, 1, 1), dt.date(2026, 3, 31), "once"
    )  # fmt: skip
    assert not first.needs_review
    assert first.bbox is not None


LEAD_FIRST: list[str | None] = ["TT", "Cơ quan chủ trì", "Nhiệm vụ", "Cơ quan phối hợp", "Thời gian"]
LEAD_FIRST_ROW: list[str | None] = ["2", "Công chức Tư pháp - Hộ tịch", "Rà soát văn bản do xã ban hành", "", "Quý I"]


@pytest.mark.parametrize(
    ("header", "heading", "row"),
    [
        (HEADER, ["II", "Cải cách thể chế", None, None, None], ROW_2),
        (HEADER, ["II. Cải cách thể chế", None, None, None, None], ROW_2),
        (HEADER, ["II. Cải cách thể chế", "", "", "", ""], ROW_2),
        (HEADER, ["", "II. Cải cách thể chế", "", "", ""], ROW_2),
        (LEAD_FIRST, ["B", "Cải cách thể chế", None, None, None], LEAD_FIRST_ROW),
        (LEAD_FIRST, [".", "Cải cách thể chế", None, None, None], LEAD_FIRST_ROW),
        (LEAD_FIRST, ["II. Cải cách thể chế", None, None, None, None], LEAD_FIRST_ROW),
    ],
)
def test_heading_rows_give_group_and_area(
    header: list[str | None], heading: list[str | None], row: list[str | None]
) -> None:
    rows = assignments(page(1, [header, heading, row]))
    assert [(r.row_no, r.group, r.area) for r in rows] == [("2", "Cải cách thể chế", "Cải cách thể chế")]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_row_cut_by_the_page_break_is_one(repeated: bool) -> None:
    rest: list[str | None] = ["", "văn bản do xã ban hành", "- Hộ tịch", "", ""]
    cut: list[str | None] = ["2", "Rà soát", "Công chức Tư pháp", "", "Thường xuyên"]
    third: list[str | None] = ["3", "Kiểm tra công vụ", "Công an xã", "", "Quý II"]
    rows = assignments(page(1, [HEADER, ROW_1, cut]), page(2, [*([HEADER] if repeated else []), rest, third]))
    assert [r.task for r in rows] == [
        "Ban hành Kế hoạch cải cách hành chính",
        "Rà soát văn bản do xã ban hành",
        "Kiểm tra công vụ",
    ]
    assert rows[1].lead == ("Công chức Tư pháp - Hộ tịch",)


def test_a_header_amid_a_page_is_no_row() -> None:
    rows = assignments(page(1, [HEADER, ROW_1, HEADER, ROW_2]))
    assert [row.row_no for row in rows] == ["1", "2"]


def test_a_header_amid_a_page_in_other_words_is_no_row() -> None:
    again: list[str | None] = ["STT", "Nội dung công việc", "Đơn vị thực hiện", "Đơn vị phối hợp", "Tiến độ"]
    rows = assignments(page(1, [HEADER, ROW_1, ["II", "Cải cách thể chế", None, None, None], again, ROW_2]))
    assert [row.row_no for row in rows] == ["1", "2"]


def test_a_row_that_sums_up_is_no_task() -> None:
    rows = assignments(page(1, [HEADER, ROW_1, ["", "Tổng cộng: 01 nhiệm vụ", "", "", ""]]))
    assert [row.row_no for row in rows] == ["1"]


def test_a_header_that_ran_into_the_rest_of_a_cut_row_gives_it_back() -> None:
    cut: list[str | None] = ["2", "Rà soát văn bản do", "Công chức Tư pháp", "", "Thường xuyên"]
    rest: list[str | None] = ["TT", "Nhiệm vụ xã ban hành", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
    rows = assignments(page(1, [HEADER, ROW_1, cut]), page(2, [rest, ["3", *ROW_2[1:]]]))
    assert [(row.row_no, row.task) for row in rows][1] == ("2", "Rà soát văn bản do xã ban hành")
    assert [row.row_no for row in rows] == ["1", "2", "3"]


def test_a_goal_that_spans_tasks_stands_in_each_and_gives_its_target_once() -> None:
    header: list[str | None] = ["TT", "Mục tiêu", "Nhiệm vụ", "Đơn vị thực hiện", "Tiến độ"]
    rows: list[list[str | None]] = [
        header,
        ["1", "Tối thiểu 90% hồ sơ giải quyết đúng hạn", "Công khai thủ tục hành chính", "Văn phòng", "Quý I"],
        ["2", "^", "Tiếp nhận phản ánh, kiến nghị", "Công an xã", "Hằng quý"],
    ]
    found, targets = read_tables([page(1, rows)], (), PLAN)
    assert [r.goal for r in found] == ["Tối thiểu 90% hồ sơ giải quyết đúng hạn"] * 2
    assert [(t.value, t.comparator, t.section) for t in targets] == [(90.0, ">=", "PL.1")]


def test_a_number_in_front_of_the_task_is_its_row_number() -> None:
    header: list[str | None] = ["Nội dung công việc", "Cơ quan chủ trì", "Cấp phê duyệt", "Thời gian"]
    row: list[str | None] = ["3. Kiểm tra công vụ", "Công an xã", "UBND xã", "Quý II"]
    found = assignments(page(1, [header, row]))
    assert [(r.row_no, r.task, r.approver) for r in found] == [("3", "Kiểm tra công vụ", "UBND xã")]


def test_two_levels_of_header_are_read_together() -> None:
    top: list[str | None] = ["TT", "Nhiệm vụ", "Phân công thực hiện", None, "Kinh phí (triệu đồng)"]
    low: list[str | None] = ["^", "^", "Chủ trì", "Phối hợp", "^"]
    row: list[str | None] = ["1", "Tập huấn công chức", "Phòng Nội vụ", "Các xã", "45,5"]
    found = assignments(page(1, [top, low, row]))
    assert [(r.lead, r.partners, r.budget_million_vnd) for r in found] == [(("Phòng Nội vụ",), ("Các xã",), 45.5)]


@pytest.mark.parametrize(
    "header",
    [
        ["TT", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện", "Thời hạn giải quyết"],
        ["TT", "Nội dung chi", "Đơn vị thực hiện", "Số tiền", "Thời gian"],
    ],
)
def test_lists_of_procedures_and_sums_give_no_assignments(header: list[str | None]) -> None:
    row: list[str | None] = ["1", "Cấp bản sao trích lục hộ tịch", "Hộ tịch", "UBND xã", "01 ngày"]
    assert assignments(page(1, [header, row, row])) == ()


def test_a_cell_that_marks_its_roles_is_parted() -> None:
    assert split_roles("Chủ trì: Công an xã; Phối hợp: Các thôn") == ("Công an xã", "Các thôn")
    assert split_roles("Công an xã") is None


def test_a_title_in_capitals_that_runs_into_the_next_column_is_a_heading() -> None:
    title: list[str | None] = ["H", "CẢI CÁCH TỔ CHỨC", "BỘ MÁY", "", ""]
    rows = assignments(page(1, [HEADER, ROW_1, title, ROW_2]))
    assert [(row.row_no, row.group) for row in rows] == [("1", None), ("2", "CẢI CÁCH TỔ CHỨC BỘ MÁY")]


@pytest.mark.parametrize(("numeral", "sureness"), [("I", 0.3), ("I", 0.6), ("1\u20442026", 0.9)])
def test_a_quarter_whose_number_was_read_faintly_is_left_open(numeral: str, sureness: float) -> None:
    sheet = page(1, [HEADER, ROW_1])
    words = (Word("Quý", None, 0.95), Word(numeral, None, sureness))
    lines = tuple(replace(line, words=words) if line.text == "Quý I" else line for line in sheet.page.lines)
    row = assignments(RestoredPage(replace(sheet.page, lines=lines), sheet.lines))[0]
    assert (row.deadline_text, row.deadline_start, row.needs_review) == ("Quý I", None, True)


@pytest.mark.parametrize(
    ("source", "others", "marked"),
    [(PageSource.OCR, "Quý II", True), (PageSource.OCR, "Quý 2", False), (PageSource.TEXT_LAYER, "Quý II", False)],
    ids=["figure among Roman numerals", "figures alone", "as its author typed it"],
)
def test_a_first_quarter_that_was_read_as_a_figure_is_marked(source: PageSource, others: str, marked: bool) -> None:
    first, second = [*ROW_1[:-1], "Quý 1"], [*ROW_2[:-1], others]
    sheet = page(1, [HEADER, first, second])
    row = assignments(RestoredPage(replace(sheet.page, source=source), sheet.lines))[0]
    assert (row.deadline_text, row.deadline_end, row.needs_review) == ("Quý 1", dt.date(2026, 3, 31), marked)


def test_ticks_below_a_calendar_are_times() -> None:
    top: list[str | None] = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Lộ trình thực hiện", None, None]
    low: list[str | None] = ["^", "^", "^", "2026", "2027", "2028"]
    rows: list[list[str | None]] = [
        ["1", "Nâng cấp trung tâm dữ liệu", "Sở Tài chính", "x", "X", ""],
        ["2", "Số hóa kết quả", "Sở Nội vụ", "", "", "x"],
        ["3", "Mua máy chủ", "Sở Y tế", "", "", ""],
    ]
    found = assignments(page(1, [top, low, *rows]))
    assert [(r.deadline_text, r.deadline_start, r.deadline_end) for r in found] == [
        ("Năm 2026 - 2027", dt.date(2026, 1, 1), dt.date(2027, 12, 31)),
        ("Năm 2028", dt.date(2028, 1, 1), dt.date(2028, 12, 31)),
        (None, None, None),
    ]


def test_a_cell_that_points_above_says_what_stands_there_and_a_dash_says_nothing() -> None:
    same: list[str | None] = ["2", "Rà soát văn bản do xã ban hành", "nt", "-", "-nt-"]
    rows = assignments(page(1, [HEADER, ROW_1, same]))
    assert (rows[1].lead, rows[1].partners, rows[1].deadline_text) == (("Văn phòng UBND xã",), (), "Quý I")


def test_a_row_that_others_count_inside_is_their_heading_until_the_count_goes_on() -> None:
    opens: list[str | None] = ["2", "Tuyên truyền cải cách hành chính", "", "", ""]
    inner: list[list[str | None]] = [
        ["a)", "Đăng bài trên trang thông tin", "Công an xã", "", "Quý I"],
        ["b)", "Phát thanh tại các thôn", "Trạm Y tế", "", "Quý II"],
    ]
    rows = assignments(page(1, [HEADER, ROW_1, opens, *inner, ["3", *ROW_2[1:]]]))
    group = "Tuyên truyền cải cách hành chính"
    assert [(r.row_no, r.group) for r in rows] == [("1", None), ("a", group), ("b", group), ("3", None)]


def test_aims_that_somebody_is_charged_with_are_tasks_and_targets() -> None:
    header: list[str | None] = ["TT", "Chỉ tiêu", "Chủ trì, theo dõi"]
    row: list[str | None] = ["1", "Tỷ lệ hồ sơ trực tuyến đạt tối thiểu 80%", "Văn phòng UBND theo dõi, báo cáo"]
    found, targets = read_tables([page(1, [header, row])], (), PLAN)
    assert [(r.task, r.lead) for r in found] == [("Tỷ lệ hồ sơ trực tuyến đạt tối thiểu 80%", ("Văn phòng UBND",))]
    assert [(t.value, t.comparator) for t in targets] == [(80.0, ">=")]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Cơ quan chủ trì/ Cơ quan phối hợp", "Phòng Nội vụ / Các xã"),
        ("Phân công thực hiện", "Phòng Nội vụ (chủ trì) Các xã (phối hợp)"),
        ("Cơ quan thực hiện", "Phòng Nội vụ chủ trì; Các xã thực hiện"),
    ],
)
def test_one_cell_for_both_roles_is_parted_as_it_is_worded(header: str, cell: str) -> None:
    found = assignments(page(1, [["TT", "Nhiệm vụ", header], ["1", "Khảo sát sự hài lòng", cell]]))
    assert [(r.lead, r.partners) for r in found] == [(("Phòng Nội vụ",), ("Các xã",))]


def test_a_start_and_an_end_in_two_columns_are_one_time() -> None:
    top: list[str | None] = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian thực hiện", None]
    low: list[str | None] = ["^", "^", "^", "Bắt đầu", "Hoàn thành"]
    row: list[str | None] = ["1", "Kiểm tra công vụ", "Công an xã", "01/02/2026", "30/9/2026"]
    found = assignments(page(1, [top, low, row]))[0]
    assert (found.deadline_start, found.deadline_end) == (dt.date(2026, 2, 1), dt.date(2026, 9, 30))
    assert found.recurrence == "once"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("Phòng Nội vụ", "Thanh tra huyện"), ("Phòng Nội vụ", "Thanh tra huyện")),
        (("Văn phòng HĐND và UBND", "Thanh tra huyện"), ("Văn phòng HĐND và UBND", "Thanh tra huyện")),
        (("Phòng Văn hóa, Khoa học và", "Thông tin"), ("Phòng Văn hóa, Khoa học và Thông tin",)),
        (("Ủy ban Mặt trận Tổ quốc", "Hội Nông dân"), ("Ủy ban Mặt trận Tổ quốc Hội Nông dân",)),
        (("Trung tâm Phục vụ hành", "chính công"), ("Trung tâm Phục vụ hành chính công",)),
    ],
)
def test_names_one_below_the_other_are_told_by_the_room_behind_them(
    lines: tuple[str, str], names: tuple[str, ...]
) -> None:
    """The letters are 5 points wide, the cell 120; the first line of the fourth case leaves no room for 'Hội'."""
    sheet = page(1, [HEADER, [*ROW_1[:2], "Văn phòng", *ROW_1[3:]]])
    at = next(index for index, line in enumerate(sheet.page.lines) if line.text == "Văn phòng")
    top = 70.0
    boxes = [Box(343, top + 10 * i, 343 + 5 * len(text), top + 9 + 10 * i) for i, text in enumerate(lines)]
    made = [Line(text, box, 0.95) for text, box in zip(lines, boxes, strict=True)]
    whole = (*sheet.page.lines[:at], made[0], *sheet.page.lines[at + 1 :], made[1])
    table = sheet.page.tables[0]
    cells = tuple(replace(c, lines=(at, len(whole) - 1)) if c.lines == (at,) else c for c in table.cells)
    content = replace(sheet.page, lines=whole, tables=(replace(table, cells=cells),))
    assert assignments(RestoredPage(content, tuple(Restored(line.text) for line in whole)))[0].lead == names


def test_a_column_of_numbers_whose_name_was_misread_is_known_by_them() -> None:
    rows: list[list[str | None]] = [["T'[", *HEADER[1:]], ROW_1, ["II", "Cải cách thể chế", None, None, None], ROW_2]
    assert [(r.row_no, r.group) for r in assignments(page(1, rows))] == [("1", None), ("2", "Cải cách thể chế")]


def test_a_misread_quarter_of_a_calendar_is_counted_from_the_others() -> None:
    top: list[str | None] = ["TT", "Nhiệm vụ", "Thời gian thực hiện", None, None, None]
    low: list[str | None] = ["^", "^", "Quý I", "Quý II", "Quý III", "Quý M"]
    found = assignments(page(1, [top, low, ["1", "Khảo sát sự hài lòng", "", "", "x", "x"]]))
    assert [r.deadline_text for r in found] == ["Quý III - IV"]


def test_a_column_of_months_holds_their_numbers_alone() -> None:
    header: list[str | None] = ["Tháng", "Nội dung", "Người chịu trách nhiệm", "Đơn vị thực hiện"]
    row: list[str | None] = ["5 - 6", "Tổ chức hội thi trực tuyến", "Trưởng phòng Nội vụ", "Thành đoàn"]
    read = assignments(page(1, [header, row]))[0]
    assert (read.lead, read.partners) == (("Trưởng phòng Nội vụ",), ("Thành đoàn",))
    assert (read.deadline_start, read.deadline_end) == (dt.date(2026, 5, 1), dt.date(2026, 6, 30))


def test_a_calendar_may_have_more_columns_than_all_the_rest() -> None:
    header: list[str | None] = ["TT", "Việc cần làm", "Ai làm", "T5", "T6", "T7"]
    rows, _ = read_tables([page(1, [header, ["1", "Phát phiếu hỏi ở các xóm", "Y tế thôn", "", "x", "x"]])], (), PLAN)
    assert [(row.task, row.lead, row.deadline_start, row.deadline_end) for row in rows] == [
        ("Phát phiếu hỏi ở các xóm", ("Y tế thôn",), dt.date(2026, 6, 1), dt.date(2026, 7, 31))
    ]


def test_points_beside_a_heading_and_beside_tasks_are_no_part_of_them() -> None:
    header: list[str | None] = ["TT", "Lĩnh vực, tiêu chí", "Điểm chuẩn", "Đơn vị phụ trách", "Thời gian"]
    heading: list[str | None] = ["I", "Cải cách thể chế", "9", "", ""]
    task: list[str | None] = ["1", "Rà soát văn bản quy phạm pháp luật", "4,5", "Phòng Tư pháp", "Quý II"]
    total: list[str | None] = ["", "TỔNG ĐIỂM", "100", "", ""]
    rows = assignments(page(1, [header, heading, task, total]))
    assert [(row.group, row.task, row.lead) for row in rows] == [("Cải cách thể chế", task[1], ("Phòng Tư pháp",))]


@pytest.mark.parametrize(
    ("cell", "lead"),
    [
        ("Như bước 1, bước 2", ("Khoa Dược", "Phòng Điều dưỡng")),
        ("như mục 1", ("Khoa Dược",)),
        ("Như mục 7", ("Như mục 7",)),
    ],
)
def test_a_cell_that_names_rows_by_their_numbers_says_what_stands_there(cell: str, lead: tuple[str, ...]) -> None:
    header: list[str | None] = ["Bước", "Việc phải làm", "Ai làm", "Cùng làm", "Khi nào"]
    first: list[str | None] = ["1", "Lập danh sách người bệnh", "Khoa Dược", "", "Quý I"]
    second: list[str | None] = ["2", "Phỏng vấn người bệnh", "Phòng Điều dưỡng", "", "Quý II"]
    third: list[str | None] = ["3", "Làm lại việc khảo sát", cell, "", "Quý III"]
    assert assignments(page(1, [header, first, second, third]))[2].lead == lead


def test_a_calendar_is_of_the_year_that_stands_above_it() -> None:
    top: list[str | None] = ["TT", "Nhiệm vụ", "Lộ trình thực hiện năm 2027", None, None, None]
    low: list[str | None] = ["^", "^", "Quý I", "Quý II", "Quý III", "Quý IV"]
    rows: list[list[str | None]] = [
        ["1", "Khảo sát sự hài lòng", "", "x", "", ""],
        ["2", "Họp các tổ", "x", "x", "x", "x"],
    ]
    once, again = assignments(page(1, [top, low, *rows]))
    assert (once.deadline_start, once.recurrence) == (dt.date(2027, 4, 1), "once")
    assert (again.deadline_text, again.recurrence) == ("Quý I, II, III, IV/2027", "quarterly")


@pytest.mark.parametrize(
    ("below", "ends"),
    [
        (["", "^", "^", "Thôn 3, thôn 4", "Tháng 9"], [dt.date(2026, 6, 30), dt.date(2026, 9, 30)]),
        (["", "^", "^", "", "Tháng 9"], [dt.date(2026, 9, 30)]),
        (["", "^", "^", "Thôn 3, thôn 4", ""], [dt.date(2026, 6, 30)]),
    ],
)
def test_a_task_that_spans_two_times_is_done_at_each(below: list[str | None], ends: list[dt.date]) -> None:
    header: list[str | None] = ["TT", "Nhiệm vụ", "Người kiểm tra", "Nơi được kiểm tra", "Thời gian"]
    row: list[str | None] = ["1", "Kiểm tra sổ sách", "Tổ kiểm tra", "Thôn 1, thôn 2", "Tháng 6"]
    rows = assignments(page(1, [header, row, below]))
    assert [(r.task, r.lead, r.deadline_end) for r in rows] == [(row[1], ("Tổ kiểm tra",), end) for end in ends]


@pytest.mark.parametrize(
    ("above", "cell", "million"),
    [
        ("(Đơn vị tính: nghìn đồng)", "405.000", 405.0),
        ("ĐVT: triệu đồng", "42,5", 42.5),
        ("Tổng kinh phí là 3 triệu đồng.", "405.000", None),
        ("Đơn vị tính: hồ sơ", "42,5", None),
        ("ĐVT: triệu đồng", "500.000 đồng", 0.5),
    ],
)
def test_a_line_above_the_table_says_what_its_sums_are_counted_in(above: str, cell: str, million: float | None) -> None:
    header: list[str | None] = ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian", "Kinh phí"]
    made = page(1, [header, ["1", "Mở lớp tập huấn", "Sở Nội vụ", "Quý I", cell]])
    lines = (*made.page.lines, Line(above, Box(50, 30, 300, 44), 0.95))
    read = assignments(replace(made, page=replace(made.page, lines=lines), lines=(*made.lines, Restored(above))))
    assert [row.budget_million_vnd for row in read] == [million]
