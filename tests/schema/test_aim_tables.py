"""Tables of aims: a label, its unit and how much -> targets; past results and tables of tasks give none."""

import datetime as dt
from dataclasses import replace

import pytest

from extract.page import Box, Cell, Line, Page, PageSource, Table
from normalize.fixes import Restored, RestoredPage
from schema.context import PlanContext
from schema.outline.blocks import LineRef
from schema.tables.aim_tables import read_aim_tables, without_goals

PLAN = PlanContext("p", period_start=dt.date(2026, 1, 1), period_end=dt.date(2026, 12, 31))


def _page(*rows: str) -> RestoredPage:
    """A page with one ruled table; cells parted by '|'."""
    texts = [[text.strip() for text in row.split("|")] for row in rows]
    lines: list[Line] = []
    cells: list[Cell] = []
    for r, row in enumerate(texts):
        for c, text in enumerate(row):
            box = Box(50 + 100 * c, 50 + 20 * r, 150 + 100 * c, 70 + 20 * r)
            cells.append(Cell(r, c, 1, 1, r == 0, box, (len(lines),) if text else ()))
            if text:
                lines.append(Line(text, box, 0.95))
    table = Table(Box(50, 50, 900, 700), len(texts), len(texts[0]), tuple(cells), True)
    page = Page(1, 950, 750, 0, 0, PageSource.OCR, "test", tuple(lines), (table,), 0.95)
    return RestoredPage(page, tuple(Restored(line.text) for line in lines))


def _read(*rows: str) -> list[tuple[float | None, str | None, str | None, dt.date | None]]:
    return [(t.value, t.unit, t.comparator, t.deadline_end) for t in read_aim_tables([_page(*rows)], PLAN)]


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        (
            (
                "STT | Chỉ tiêu | Đơn vị tính | Kế hoạch năm 2026",
                "1 | Tỷ lệ hồ sơ nộp qua mạng | % | 85",
                "2 | Tỷ lệ văn bản ký số | % | ≥ 98",
                "3 | Số cuộc đối thoại với doanh nghiệp | cuộc | 02",
                "II | Chính quyền số | |",
            ),
            [(85.0, "%", "=", None), (98.0, "%", ">=", None), (2.0, "cuộc", "=", None)],
        ),
        (
            (
                "TT | Nội dung chỉ tiêu | ĐVT | Thực hiện năm 2024 | Năm 2026 | Năm 2030",
                "1 | Tỷ lệ người dân hài lòng | % | 81 | Trên 90 | 95",
            ),
            [(90.0, "%", ">", dt.date(2026, 12, 31)), (95.0, "%", "=", dt.date(2030, 12, 31))],
        ),
        (
            ("TT | Chỉ tiêu | ĐVT | Năm 2025 | Năm 2026 | Năm 2027", "1 | Hồ sơ nộp qua mạng | % | 60 | 70 | 80"),
            [(70.0, "%", "=", dt.date(2026, 12, 31)), (80.0, "%", "=", dt.date(2027, 12, 31))],
        ),
        (
            ("TT | Chỉ tiêu | ĐVT | TH 2025 | KH 2026", "1 | Hồ sơ nộp qua mạng | % | 60 | 70 - 75"),
            [(70.0, "%", ">=", dt.date(2026, 12, 31))],
        ),
        (
            ("TT | Chỉ tiêu | ĐVT | 2022 | 2023", "1 | Hồ sơ nộp qua mạng | % | 60 | 75"),
            [],
        ),
        (
            ("TT | Chỉ tiêu | ĐVT | 2026 | 2027", "1 | Hồ sơ nộp qua mạng | % | 60 | 75"),
            [(60.0, "%", "=", dt.date(2026, 12, 31)), (75.0, "%", "=", dt.date(2027, 12, 31))],
        ),
        (
            ("TT | Chỉ tiêu | ĐVT | Cụm Bản Nưa | Cụm Bản Lầu", "1 | Hồ sơ nộp qua mạng | hồ sơ | 120 | 85"),
            [(120.0, "hồ sơ", "=", None), (85.0, "hồ sơ", "=", None)],
        ),
        (("STT | Nhiệm vụ | Chủ trì | Thời gian", "1 | Rà soát 2 thủ tục | Phòng Tư pháp | Quý I"), []),
        (("STT | Chỉ tiêu | ĐVT | Kết quả năm 2024", "1 | Tỷ lệ hồ sơ đúng hẹn | % | 97"), []),
    ],
)
def test_figures_of_a_table_of_aims(rows: tuple[str, ...], read: list[tuple[object, ...]]) -> None:
    assert _read(*rows) == read


def test_a_column_named_by_its_year_alone_says_when() -> None:
    due = [dt.date(2026, 12, 31)]
    row = "1 | Tỷ lệ hồ sơ nộp qua mạng | % | 85"
    for header, ends in (("Năm 2026", due), ("Đến năm 2026", due), ("Chỉ tiêu năm 2026", [None])):
        assert [end for *_, end in _read(f"STT | Chỉ tiêu | ĐVT | {header}", row)] == ends


def test_the_text_says_what_is_aimed_at() -> None:
    page = _page("STT | Chỉ tiêu | ĐVT | Năm 2026", "1 | Tỷ lệ hồ sơ nộp qua mạng | % | 85")
    (row,) = read_aim_tables([page], PLAN)
    assert (row.text, row.area) == ("Tỷ lệ hồ sơ nộp qua mạng", "Chính quyền điện tử, chính quyền số")


def test_a_part_of_a_row_is_named_with_it() -> None:
    page = _page("TT | Chỉ tiêu | ĐVT | Năm 2026", "1 | Tỷ lệ hồ sơ nộp qua mạng | % |", " | - Cấp xã | % | 85")
    (row,) = read_aim_tables([page], PLAN)
    assert row.text == "Tỷ lệ hồ sơ nộp qua mạng: - Cấp xã"


def test_years_below_one_header_are_the_years_of_the_aims() -> None:
    page = _page("Chỉ tiêu | ĐVT | Kế hoạch |", " | | Năm 2026 | Năm 2030", "Hồ sơ nộp qua mạng | % | 70 | 95")
    (table,) = page.page.tables
    spans = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2)}
    hidden = {(1, 0), (1, 1), (0, 3)}
    cells = tuple(
        replace(
            cell, rowspan=spans.get((cell.row, cell.col), (1, 1))[0], colspan=spans.get((cell.row, cell.col), (1, 1))[1]
        )
        for cell in table.cells
        if (cell.row, cell.col) not in hidden
    )
    merged = replace(page, page=replace(page.page, tables=(replace(table, cells=cells),)))
    read = [(t.value, t.deadline_end) for t in read_aim_tables([merged], PLAN)]
    assert read == [(70.0, dt.date(2026, 12, 31)), (95.0, dt.date(2030, 12, 31))]


AIMS = frozenset(LineRef(0, line) for line in range(200))


def test_a_table_among_aims_needs_no_header_that_is_known() -> None:
    page = _page(
        "TT | Khối đơn vị | Biên chế giảm trong năm 2026 (người) | Biên chế giảm trong năm 2027 (người)",
        "1 | Khối trường học | 1.640 | 410",
        "2 | Khối y tế | 385 | 96",
        " | Cộng | 2.025 | 506",
    )
    rows = read_aim_tables([page], PLAN, AIMS)
    assert [(r.text, r.value, r.unit, r.comparator) for r in rows[:2]] == [
        ("Khối trường học", 1640.0, "người", "decrease"),
        ("Khối trường học", 410.0, "người", "decrease"),
    ]
    assert [r.deadline_end for r in rows[:2]] == [dt.date(2026, 12, 31), dt.date(2027, 12, 31)]
    assert len(rows) == 6
    assert not read_aim_tables([page], PLAN)


def test_a_table_among_aims_of_tasks_or_of_the_past_lists_none() -> None:
    tasks = _page("STT | Nhiệm vụ | Chủ trì | Thời gian", "1 | Rà soát thủ tục | Phòng Tư pháp | Quý I")
    past = _page("STT | Đơn vị | Kết quả năm 2024 (%)", "1 | Phường Hòa Sơn | 97", "2 | Phường Lâm Bình | 95")
    assert not read_aim_tables([tasks], PLAN, AIMS) and not read_aim_tables([past], PLAN, AIMS)


def test_figures_of_quarters_are_due_at_their_ends() -> None:
    page = _page("Chỉ tiêu | Quý I | Quý II", "Tỷ lệ số hóa (%) | 20 | 45", "Tỷ lệ hồ sơ nộp qua mạng (%) | 50 | 55")
    rows = read_aim_tables([page], PLAN, AIMS)
    assert [(r.value, r.unit, r.deadline_end) for r in rows[:2]] == [
        (20.0, "%", dt.date(2026, 3, 31)),
        (45.0, "%", dt.date(2026, 6, 30)),
    ]


def test_points_to_be_had_at_most_are_no_aims() -> None:
    page = _page("TT | Tiêu chí | Điểm tối đa | Điểm phấn đấu", "1 | Công tác chỉ đạo | 10 | 9,5")
    assert [row.value for row in read_aim_tables([page], PLAN)] == [9.5]


def test_figures_whose_years_were_lost_are_no_aims() -> None:
    page = _page("TT | Chỉ tiêu | ĐVT | Giai đoạn 2026 - 2030 | |", "1 | Hồ sơ nộp qua mạng | % | 60 | 70 | 80")
    assert not read_aim_tables([page], PLAN)


@pytest.mark.parametrize(
    ("label", "comparator"),
    [
        ("Chi phí tuân thủ thủ tục cắt giảm", "decrease"),
        ("Tỷ lệ hộ nghèo giảm còn", "="),
        ("Mức tăng thu ngân sách", "increase"),
    ],
)
def test_a_label_says_whether_its_figure_is_a_rise_or_a_fall(label: str, comparator: str) -> None:
    (row,) = read_aim_tables([_page("STT | Chỉ tiêu | ĐVT | Năm 2026", f"1 | {label} | % | 30")], PLAN)
    assert row.comparator == comparator


def test_a_figure_that_is_a_goal_of_a_task_is_read_once() -> None:
    page = _page(
        "STT | Chỉ tiêu | ĐVT | Kế hoạch năm 2026", "1 | Hồ sơ nộp qua mạng | % | 85", "2 | Văn bản ký số | % | 98"
    )
    first, second = read_aim_tables([page], PLAN)
    goal = replace(first, text="Đạt 85% hồ sơ nộp qua mạng")
    assert without_goals((first, second), (goal,)) == (second,)
    assert without_goals((first, second), (replace(goal, page=2),)) == (first, second)


@pytest.mark.parametrize(
    "header", [("TT | Chỉ tiêu | ĐVT | Năm 2026 | Năm 2027",), ()], ids=["header again", "no header"]
)
def test_a_label_cut_by_the_page_break_is_joined(header: tuple[str, ...]) -> None:
    first = _page("TT | Chỉ tiêu | ĐVT | Năm 2026 | Năm 2027", "1 | Tỷ lệ hồ sơ | % | 98 | 99")
    second = _page(*header, " | giải quyết đúng hạn | | | ", "2 | Số cuộc đối thoại | cuộc | 02 | 03")
    rows = read_aim_tables([first, second], PLAN)
    assert [row.text for row in rows] == ["Tỷ lệ hồ sơ giải quyết đúng hạn"] * 2 + ["Số cuộc đối thoại"] * 2


def test_a_row_cut_by_the_page_break_is_one_row() -> None:
    header = "TT | Chỉ tiêu | Hiện trạng | Chỉ tiêu giao | Theo dõi"
    first = _page(
        header, "1 | Tỷ lệ văn bản ký số | 90% | 98% | Văn phòng", "2 | Tỷ lệ hộ có tài | 70% | 85% trở | Công an"
    )
    second = _page(header, " | khoản thanh toán | | lên | xã", "3 | Số điểm phát wifi | 02 | 04 | Văn phòng")
    read = [(r.text, r.comparator, r.value) for r in read_aim_tables([first, second], PLAN)]
    assert read[1:] == [("Tỷ lệ hộ có tài khoản thanh toán", ">=", 85.0), ("Số điểm phát wifi", "=", 4.0)]
    other = _page(header, " | số hóa hồ sơ | 50% | 60% | Văn phòng", "3 | Số điểm phát wifi | 02 | 04 | Văn phòng")
    assert len(read_aim_tables([first, other], PLAN)) == 4
