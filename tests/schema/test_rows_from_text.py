"""Tables whose columns were run together: self-made ones are interleaved as engines do, then put together."""

import random
import textwrap
from dataclasses import dataclass

import pytest

from extract.page import Line, Page, PageSource
from normalize.fixes import Restored, RestoredPage
from schema.context import PlanContext
from schema.organisations.agency_names import usual_names
from schema.records import AssignmentRow
from schema.run_together.cell_costs import ends, goes_on, item_cost
from schema.run_together.known_cells import KnownCells, tokens_of
from schema.run_together.rows_from_text import text_table_lines
from schema.run_together.text_tables import find_text_tables
from schema.table_assignments import read_tables
from schema.tables.columns import Field

PLAN = PlanContext("p")
KNOWN = KnownCells(names=usual_names())
ROWS = [
    (
        "Xây dựng kế hoạch tuyên truyền cải cách hành chính trên địa bàn xã",
        "Văn phòng HĐND và UBND", "Các ngành có liên quan", "Quý I",
    ),
    (
        "Rà soát, hệ thống hóa văn bản quy phạm pháp luật do xã ban hành",
        "Công chức Tư pháp - Hộ tịch", "Các ngành có liên quan", "Thường xuyên",
    ),
    (
        "Niêm yết công khai thủ tục hành chính tại Bộ phận Một cửa theo quy định",
        "Văn phòng HĐND và UBND", "Các ngành có liên quan", "Thường xuyên",
    ),
    (
        "Tổ chức đối thoại với người dân, doanh nghiệp về thủ tục hành chính",
        "Công chức Tư pháp - Hộ tịch", "Công an xã", "Quý II",
    ),
    (
        "Thực hiện số hóa hồ sơ, kết quả giải quyết thủ tục hành chính",
        "Văn phòng HĐND và UBND", "Công an xã", "Thường xuyên",
    ),
    (
        "Kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính của cán bộ, công chức",
        "Công an xã", "Các ngành có liên quan", "Quý III",
    ),
]  # fmt: skip
HEADERS = {"task": "Nhiệm vụ", "lead": "Cơ quan chủ trì", "partners": "Cơ quan phối hợp", "deadline": "Thời gian"}
FIELDS = ("task", "lead", "partners", "deadline")


@dataclass(frozen=True)
class Make:
    """How a table is printed and read: order and widths of its columns, rules read as '|', cells centred."""

    order: tuple[str, ...]
    widths: tuple[int, ...]
    bars: float
    centred: bool
    inside: bool


def interleaved(make: Make, seed: int) -> list[str]:
    """The lines that an engine gives which reads straight across the columns."""
    chance = random.Random(seed)
    head = [HEADERS[name] for name in make.order]
    out = ["  ".join(head if make.inside else ["STT", *head])]
    for number, row in enumerate(ROWS, 1):
        text = dict(zip(FIELDS, row, strict=True))
        if make.inside:
            text["task"] = f"{number}. {text['task']}"
        cells = [textwrap.wrap(text[name], width) for name, width in zip(make.order, make.widths, strict=True)]
        if not make.inside:
            cells.insert(0, [str(number)])
        height = max(map(len, cells))
        tops = [(height - len(cell)) // 2 if make.centred else 0 for cell in cells]
        for y in range(height):
            parts = [cell[y - top] for cell, top in zip(cells, tops, strict=True) if 0 <= y - top < len(cell)]
            line = parts[0]
            for part in parts[1:]:
                line += (" | " if chance.random() < make.bars else " ") + part
            out.append(line)
    return out


def read(*pages: list[str]) -> tuple[AssignmentRow, ...]:
    """The assignments of a text; pages: their lines."""
    document = [as_page(number, lines) for number, lines in enumerate(pages, 1)]
    return read_tables(document, find_text_tables(document), PLAN)[0]


def as_page(number: int, lines: list[str]) -> RestoredPage:
    own = tuple(Line(text, None, 1.0) for text in lines)
    page = Page(number, None, None, 0, 0, PageSource.TEXT_FILE, "text", own, (), 1.0)
    return RestoredPage(page, tuple(Restored(text) for text in lines))


MAKES = [
    Make(("task", "lead", "partners", "deadline"), (38, 16, 14, 12), 0.5, centred=False, inside=False),
    Make(("task", "lead", "partners", "deadline"), (44, 18, 13, 12), 0.2, centred=True, inside=False),
    Make(("task", "lead", "partners", "deadline"), (40, 16, 14, 12), 0.4, centred=True, inside=True),
    Make(("lead", "task", "deadline", "partners"), (18, 40, 12, 14), 0.5, centred=False, inside=False),
]


@pytest.mark.parametrize("make", MAKES)
def test_most_interleaved_rows_come_out_whole(make: Make) -> None:
    found = read(interleaved(make, seed=7))
    right = [
        (task, (lead,), (partner,), time)
        for task, lead, partner, time in ROWS
        if (task, (lead,), (partner,), time) in {(r.task, r.lead, r.partners, r.deadline_text) for r in found}
    ]
    assert len(found) == len(ROWS)
    assert len(right) >= len(ROWS) - 2


def test_the_lines_of_the_table_are_told_and_those_around_it_not() -> None:
    lines = ["Phụ lục phân công nhiệm vụ", *interleaved(MAKES[0], seed=1), "Nơi nhận:", "- Lưu: VT."]
    page = Page(1, None, None, 0, 0, PageSource.TEXT_FILE, "text", tuple(Line(t, None, 1.0) for t in lines), (), 1.0)
    taken = text_table_lines(find_text_tables([RestoredPage(page, tuple(Restored(t) for t in lines))]))
    assert taken == {(0, index) for index in range(1, len(lines) - 2)}


def test_prose_that_speaks_of_leads_and_times_is_no_table() -> None:
    assert (
        read(["Các cơ quan chủ trì, phối hợp bảo đảm thời gian hoàn thành nhiệm vụ được giao.", "1. Văn phòng UBND xã"])
        == ()
    )


def test_a_time_column_that_the_header_lost_is_seen_in_the_rows() -> None:
    lines = interleaved(MAKES[0], seed=3)
    found = read(["STT Nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp", *lines[1:]])
    assert sum(row.deadline_text is not None for row in found) >= len(ROWS) - 1


def test_columns_that_a_garbled_header_lost_come_from_the_rows() -> None:
    lines = interleaved(MAKES[0], seed=5)
    found = read(["STT Nhiệm vụ Cơ qvan chủ trl Cơ quan phai hợp Thời gian", *lines[1:]])
    assert sum(bool(row.lead) and bool(row.partners) for row in found) >= len(ROWS) - 2


def test_odd_texts_end_soon_and_are_marked_for_review() -> None:
    odd = " ".join(["Quý II Văn phòng 1. kế hoạch"] * 1_500)
    found = read(["STT Nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Thời gian", odd, odd])
    assert all(row.needs_review and not row.lead for row in found)


def test_cells_read_one_after_the_other_come_out_whole() -> None:
    lines = ["STT", *(HEADERS[name] for name in FIELDS)]
    for number, row in enumerate(ROWS, 1):
        lines += [str(number), *(line for cell in row for line in textwrap.wrap(cell, 30))]
    found = read(lines)
    assert [(row.row_no, row.task, row.lead, row.deadline_text) for row in found] == [
        (str(number), task, (lead,), time) for number, (task, lead, _, time) in enumerate(ROWS, 1)
    ]


LONG = (
    " trên cơ sở hướng dẫn của cơ quan cấp trên, bảo đảm đồng bộ, thống nhất giữa các lĩnh vực, gắn với trách nhiệm của"
    " người đứng đầu, đúng tiến độ và phù hợp với điều kiện thực tế của địa phương trong từng giai đoạn"
)


SECTION = "Nhóm nhiệm vụ về cải cách thể chế và nâng cao chất lượng văn bản của địa phương"


def test_cells_that_were_never_broken_into_lines_are_read_with_their_sections_and_money() -> None:
    lines = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm", "Nguồn kinh phí"]
    for number, (task, lead, partners, time) in enumerate(ROWS, 1):
        if number in (1, 4):
            lines += ["I" if number == 1 else "II", SECTION]
        lines += [str(number), task + LONG, lead, partners, time, f"Văn bản của Ủy ban nhân dân xã số {number}"]
        lines += ["Ngân sách xã hoặc nguồn vốn hợp pháp khác"] if number % 2 else []
    found = read(lines)
    assert [(row.row_no, row.task, row.lead, row.partners, row.deadline_text) for row in found] == [
        (str(number), task + LONG, (lead,), (partners,), time)
        for number, (task, lead, partners, time) in enumerate(ROWS, 1)
    ]
    assert [row.output for row in found] == [f"Văn bản của Ủy ban nhân dân xã số {n}" for n in range(1, 7)]
    assert {row.group for row in found} == {SECTION}


def test_a_time_that_stands_first_and_one_cell_for_lead_and_partners_are_read_in_turn() -> None:
    lines = """
        Thời gian hoàn thành | Nội dung công việc | Đơn vị thực hiện | Sản phẩm | I. CÔNG TÁC CHỈ ĐẠO | Tháng 01/2026
        Ban hành kế hoạch cải cách hành chính và phân công | cho từng công chức | Chủ trì: Văn phòng HĐND và UBND xã;
        phối hợp: các phòng chuyên môn | Kế hoạch | Hằng quý | Họp giao ban kiểm điểm tiến độ thực hiện các
        nhiệm vụ cải cách hành chính | Chủ trì: Văn phòng HĐND và UBND xã; | phối hợp: Trưởng các thôn
        Thông báo kết luận | II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH | Trước ngày 30/6/2026
        Rà soát, đề nghị đơn giản hóa ít nhất 02 thủ tục | hành chính | Chủ trì: Phòng Văn hóa - Xã hội;
        phối hợp: Trung tâm Phục vụ hành chính công xã | Tờ trình | Thường xuyên
        Niêm yết công khai thủ tục hành chính tại Trung tâm | Phục vụ hành chính công xã
        Chủ trì: Trung tâm Phục vụ hành chính công xã | Bảng niêm yết
    """
    found = read([cell.strip() for line in lines.strip().splitlines() for cell in line.split("|")])
    assert [(row.lead, row.partners, row.deadline_text, row.output) for row in found] == [
        (("Văn phòng HĐND và UBND xã",), ("các phòng chuyên môn",), "Tháng 01/2026", "Kế hoạch"),
        (("Văn phòng HĐND và UBND xã",), ("Trưởng các thôn",), "Hằng quý", "Thông báo kết luận"),
        (
            ("Phòng Văn hóa - Xã hội",),
            ("Trung tâm Phục vụ hành chính công xã",),
            "Trước ngày 30/6/2026",
            "Tờ trình",
        ),
        (("Trung tâm Phục vụ hành chính công xã",), (), "Thường xuyên", "Bảng niêm yết"),
    ]


def test_a_time_before_the_task_is_read_below_a_header_whose_roles_stand_on_a_line_of_their_own() -> None:
    found = read(
        [
            "Thời gian Nhiệm vụ Phòng, đơn vị Phòng, đơn vị Ghi",
            "chủ trì phối hợp chi",
            "Quý II Mở lớp bơi cho trẻ em các Phòng Văn hóa Trường học | oe",
            "thôn ven sông và Thông tin",
            "Tháng 8 Thay bảng tin ở nhà văn hóa | Văn phòng Công an xã",
            "thôn HĐND và UBND",
            "Quý IV Rà soát giếng nước của trường | Phòng Y tế Trường học",
            "mầm non",
        ]
    )
    assert [row.deadline_text for row in found] == ["Quý II", "Tháng 8", "Quý IV"]
    assert [row.lead for row in found] == [
        ("Phòng Văn hóa và Thông tin",),
        ("Văn phòng HĐND và UBND",),
        ("Phòng Y tế",),
    ]


def test_numbered_parts_of_a_table_without_a_column_of_numbers_are_headings() -> None:
    found = read(
        [
            "Nội dung công việc Đơn vị chủ trì Đơn vị phối hợp Thời gian",
            "1. Tuyên truyền",
            "Phát tờ rơi về phòng cháy Công an xã Các thôn Quý I",
            "Thay bảng tin ở nhà văn hóa Văn phòng UBND xã Các thôn Quý II",
            "2. Kiểm tra",
            "Kiểm tra giếng nước của trường Trạm Y tế Trường học Tháng 5",
            "Rà soát hàng rào chợ Phòng Kinh tế Các thôn Quý III",
        ]
    )
    assert [row.group for row in found] == ["Tuyên truyền", "Tuyên truyền", "Kiểm tra", "Kiểm tra"]


def test_what_follows_a_whole_time_on_its_line_is_the_end_of_the_task() -> None:
    found = read(
        [
            "TT Cơ quan chủ trì Cơ quan phối hợp Nội dung nhiệm vụ Thời gian",
            "1 Phòng Nội vụ UBND các xã, thị trấn Tham mưu kiểm tra công vụ tại các xã, Quý II",
            "thị trấn",
            "2 Phòng Giáo dục và Các trường học Ứng dụng học bạ số tại các trường trên Năm 2024",
            "Đào tạo địa bàn",
            "3 Phòng Tài chính - Kế UBND các xã, thị trấn Giao quyền tự chủ tài chính cho đơn vị Quý I",
            "hoạch sự nghiệp",
        ]
    )
    assert [row.deadline_text for row in found] == ["Quý II", "Năm 2024", "Quý I"]
    assert found[1].task.endswith("trên địa bàn")


def test_a_table_without_a_header_is_read_and_marked_for_review() -> None:
    found = read(interleaved(MAKES[0], seed=2)[1:])
    assert len(found) >= len(ROWS) - 1
    assert sum(bool(row.lead) for row in found) >= len(ROWS) - 2
    assert all(row.needs_review for row in found)


def read_columns(*names: str) -> tuple[AssignmentRow, ...]:
    """What is found in ROWS read column after column; names: the columns whose last cell is lost."""
    columns = [
        [HEADERS[name], *(line for row in ROWS[: -1 if name in names else None] for line in textwrap.wrap(row[at], 30))]
        for at, name in enumerate(FIELDS)
    ]
    return read(["Số", "TT", *map(str, range(1, len(ROWS) + 1)), *(text for column in columns for text in column)])


def test_a_table_read_column_after_column_is_put_together() -> None:
    assert [(row.row_no, row.task, row.lead, row.partners, row.deadline_text) for row in read_columns()] == [
        (str(number), task, (lead,), (partner,), time) for number, (task, lead, partner, time) in enumerate(ROWS, 1)
    ]


@pytest.mark.parametrize(
    ("cell", "behind", "dear"),
    [
        ("Công an xã", "Các phòng chuyên môn", True),
        ("- Trưởng các thôn", "Các phòng chuyên môn", False),
        ("Trưởng các thôn - Các phòng chuyên môn", "Công an xã", False),
        ("Phòng Tài chính", "Kế hoạch", False),
    ],
)
def test_an_organisation_behind_a_dash_goes_on_with_a_list_alone(cell: str, behind: str, *, dear: bool) -> None:
    assert (item_cost(behind, tokens_of(cell)) > 0) is dear


def test_a_column_whose_name_was_misread_as_other_words_of_headers_comes_from_the_rows() -> None:
    _, *rows = interleaved(MAKES[0], seed=7)
    found = read(["STT Nhiệm vụ Cơ quan chủ trì số lee Thời gian", *rows])
    assert [row.partners for row in found] == [(row[2],) for row in ROWS]


def test_a_list_of_one_behind_a_dash_is_odd_unless_it_says_who_leads() -> None:
    assert (
        ends(Field.LEAD, tokens_of("- Chủ trì: Sở Nội vụ"), KNOWN)
        <= 0
        < ends(Field.LEAD, tokens_of("- Công an"), KNOWN)
    )


def test_the_one_at_whose_bidding_a_thing_is_done_is_at_home_in_a_time() -> None:
    huyen = tokens_of("phường")[0]
    bidden, dated = (goes_on(Field.DEADLINE, huyen, tokens_of(text)) for text in ("Theo kế hoạch của", "Quý II của"))
    assert bidden < dated


def test_a_heading_in_capitals_goes_on_in_capitals_alone() -> None:
    lines = interleaved(MAKES[0], seed=7)
    found = read([lines[0], "A | CẢI CÁCH THỂ CHẾ", "e rác văn", *lines[1:]])
    assert {row.group for row in found[1:]} == {"CẢI CÁCH THỂ CHẾ"}


def test_a_sentence_that_speaks_of_all_columns_is_no_header() -> None:
    sentence = "Giao từng lãnh đạo phụ trách nhóm nhiệm vụ, cơ quan chủ trì theo sản phẩm và thời gian hoàn thành"
    prose = "Người dân được trả lời qua thư, không phải đi lại nhiều lần giữa các nơi trong cùng một ngày."
    assert read([sentence, *[prose] * 12]) == ()


def test_times_of_two_rows_in_one_cell_are_marked_for_review() -> None:
    header = "STT Nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Thời gian"
    row = "1 Rà soát sổ hộ tịch | Công an xã | Các đoàn thể | 2031 - 2035 Năm 2032"
    assert [found.needs_review for found in read([header, row, "2 Tập huấn | Công an xã | Các đoàn thể | Quý II"])][
        :1
    ] == [True]


def test_a_column_with_fewer_cells_than_rows_is_left_open() -> None:
    found = read_columns("partners")
    assert [row.lead for row in found] == [(row[1],) for row in ROWS]
    assert all(not row.partners and row.needs_review for row in found)


def test_where_an_engine_changes_its_way_between_pages_each_is_read_in_its_own() -> None:
    across = interleaved(MAKES[0], seed=4)
    cells = [
        line
        for number, row in enumerate(ROWS, 7)
        for line in (str(number), *(line for cell in row for line in textwrap.wrap(cell, 30)))
    ]
    found = read(across, cells)
    assert [row.task for row in found[-len(ROWS) :]] == [row[0] for row in ROWS]


def test_headings_and_the_numbers_of_columns_are_no_rows() -> None:
    lines = interleaved(MAKES[0], seed=7)
    found = read([lines[0], "(1) (2) (3) (4) (5)", "A Cải cách thể chế", *lines[1:]])
    assert len(found) == len(ROWS)
    assert {row.group for row in found} == {"Cải cách thể chế"}


def test_rows_whose_cells_blank_lines_part_are_read_in_turn_amid_lines_read_across() -> None:
    lines = interleaved(MAKES[0], seed=3)
    task = ["Phối hợp bảo vệ di tích, lập hồ sơ từng", "ngôi đình, tu sửa mái và sân trước giai", "đoạn 2021 - 2025"]
    amid = ["7", "", *task, "", "Công chức Tư pháp", "- Hộ tịch", "", "Các ngành có", "liên quan", "", "Quý IV", ""]
    last = read([*lines, "", *amid])[-1]
    assert (last.row_no, last.lead, last.partners, last.deadline_text) == (
        "7", ("Công chức Tư pháp - Hộ tịch",), ("Các ngành có liên quan",), "Quý IV",
    )  # fmt: skip
    assert (
        last.task == "Phối hợp bảo vệ di tích, lập hồ sơ từng ngôi đình, tu sửa mái và sân trước giai đoạn 2021 - 2025"
    )
