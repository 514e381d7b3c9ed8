"""Printed lines become blocks: joined over line and page breaks, told apart by marks, gaps and indentation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.page import Box, Cell, Line, Page, PageSource, Table
from normalize.fixes import Restored, RestoredPage
from schema.outline.blocks import Block, Kind, blocks_of
from schema.outline.flow import printed_lines
from schema.outline.parts import Part


def text_pages(*texts: str) -> list[RestoredPage]:
    return [boxed_page(number, [(line, None) for line in text.split("\n")]) for number, text in enumerate(texts, 1)]


def boxed_page(
    number: int, lines: list[tuple[str, tuple[float, float, float, float] | None]], tables: tuple[Table, ...] = ()
) -> RestoredPage:
    read = tuple(Line(text, Box(*box) if box else None, 0.9) for text, box in lines)
    page = Page(number, 595.0, 842.0, 0, 0.0, PageSource.OCR, "tesseract", read, tables, 0.9)
    return RestoredPage(page, tuple(Restored(line.text) for line in read))


def shown(blocks: tuple[Block, ...]) -> list[tuple[str, str, str]]:
    return [(block.kind.value, ".".join(block.path), block.text) for block in blocks]


@pytest.mark.parametrize("number", ["2", "2.", "- 2 -", "Trang 2/3"])
def test_a_paragraph_goes_on_over_a_page_break_and_its_page_number(number: str) -> None:
    pages = text_pages(
        "I. MỤC TIÊU\n- Nâng cao chất lượng cung cấp dịch vụ công cho người dân và\n",
        f"{number}\ndoanh nghiệp trên địa bàn.",
    )
    blocks = blocks_of(printed_lines(pages))
    assert shown(blocks)[1] == (
        "item",
        "I",
        "Nâng cao chất lượng cung cấp dịch vụ công cho người dân và doanh nghiệp trên địa bàn.",
    )
    assert [(line.page, line.line) for line in blocks[1].lines] == [(0, 1), (1, 1)]
    assert blocks[1].page == 1


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("thực hiện giai đoạn 2021", "- 2025, định hướng đến năm 2030.", True),
        ("theo mục tiêu đến năm 2025", "- 100% văn bản được ký số.", False),
        ("theo mục tiêu của năm 2025", "- 02 cuộc kiểm tra công vụ.", False),
        ("được xử lý trực tuyến mức độ 3,", "4.", True),
        ("được xử lý trực tuyến mức độ\n3,", "4.", True),
        ("Văn phòng HĐND", "- UBND phường theo dõi.", True),
        ("theo quy định tại Điều", "25. Nghị định này có hiệu lực.", True),
        ("hoàn thành nhiệm vụ.", "- Báo cáo kết quả.", False),
        ("hoàn thành nhiệm vụ.", "2. Phòng Nội vụ", False),
        ("hoàn thành nhiệm vụ.", "Trên đây là Kế hoạch của xã.", False),
    ],
)
def test_lines_that_only_look_like_a_new_paragraph(first: str, second: str, joined: bool) -> None:
    blocks = blocks_of(printed_lines(text_pages(f"1. Tham mưu Ủy ban nhân dân xã tổ chức {first}\n{second}")))
    assert (len(blocks) == 1) is joined


def test_an_indented_line_opens_a_paragraph_where_there_are_boxes() -> None:
    lines: list[tuple[str, tuple[float, float, float, float] | None]] = [
        ("2. Các ngành có liên quan", (100, 80, 300, 92)),
        ("Triển khai nội dung của Kế hoạch này đến toàn thể cán bộ, công chức xã.", (100, 100, 550, 112)),
        ("Phối hợp kiểm tra việc thực hiện. Báo cáo kết quả về Ủy ban nhân dân xã", (100, 120, 550, 132)),
        ("Đông Hà trước ngày 15.", (72, 140, 300, 152)),
        ("Kiểm tra, đôn đốc.", (100, 160, 250, 172)),
        ("Tổng hợp, theo dõi.", (72, 180, 250, 192)),
    ]
    texts = [block.text for block in blocks_of(printed_lines([boxed_page(1, lines)]))]
    assert texts[1:4] == [
        "Triển khai nội dung của Kế hoạch này đến toàn thể cán bộ, công chức xã.",
        "Phối hợp kiểm tra việc thực hiện. Báo cáo kết quả về Ủy ban nhân dân xã Đông Hà trước ngày 15.",
        "Kiểm tra, đôn đốc.",
    ]


def test_lines_of_a_table_leave_the_running_text_and_come_as_rows() -> None:
    lines: list[tuple[str, tuple[float, float, float, float] | None]] = [
        ("III. NHIỆM VỤ", (72, 80, 300, 92)),
        ("STT", (72, 100, 90, 112)),
        ("Nhiệm vụ", (100, 100, 300, 112)),
        ("Thời gian", (310, 100, 400, 112)),
        ("1", (72, 120, 90, 132)),
        ("Rà soát", (100, 120, 300, 132)),
        ("Quý I", (310, 120, 400, 132)),
        ("IV. TỔ CHỨC THỰC HIỆN", (72, 160, 300, 172)),
    ]
    cells = tuple(Cell(i // 3, i % 3, 1, 1, i < 3, None, (i + 1,)) for i in range(6))
    blocks = blocks_of(printed_lines([boxed_page(1, lines, (Table(None, 2, 3, cells, ruled=True),))]))
    assert [(block.kind, block.text) for block in blocks] == [
        (Kind.HEADING, "NHIỆM VỤ"),
        (Kind.TABLE_ROW, "STT | Nhiệm vụ | Thời gian"),
        (Kind.TABLE_ROW, "1 | Rà soát | Quý I"),
        (Kind.HEADING, "TỔ CHỨC THỰC HIỆN"),
    ]


def test_parts_of_a_decision_with_its_plan_and_appendix() -> None:
    text = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.
Nơi nhận: CHỦ TỊCH
- Lưu: VT.
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
KẾ HOẠCH
I. MỤC TIÊU
- 100% hồ sơ đúng hạn.
TM. ỦY BAN NHÂN DÂN
PHỤ LỤC I
I. CẢI CÁCH THỂ CHẾ"""
    parts = [block.part for block in blocks_of(printed_lines(text_pages(text)))]
    assert parts == [
        *[Part.HEAD] * 2,
        Part.BODY,
        *[Part.CLOSING] * 2,
        *[Part.HEAD] * 2,
        *[Part.BODY] * 2,
        Part.CLOSING,
        *[Part.APPENDIX] * 2,
    ]


def test_headings_and_items() -> None:
    text = "1. Mục đích.\n- Nâng cao nhận thức.\n2. Phòng Nội vụ\nTham mưu.\n3. Kiểm tra các xã; báo cáo kết quả."
    kinds = [block.kind for block in blocks_of(printed_lines(text_pages(text)))]
    assert kinds == [Kind.HEADING, Kind.ITEM, Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM]


@given(st.lists(st.text(alphabet="IV1a.)-+ *\tPHỤLỤCĐiềuđến năm;:,(", max_size=30), max_size=25))
def test_any_text_gives_blocks_that_keep_every_line_in_order(lines: list[str]) -> None:
    blocks = blocks_of(printed_lines(text_pages("\n".join(lines))))
    refs = [(ref.page, ref.line) for block in blocks for ref in block.lines]
    assert refs == sorted(set(refs))
    assert all(parent < index for index, block in enumerate(blocks) for parent in block.parents)


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("—Œ Phân công trách nhiệm:", "1.b"),
        ("— Phân công trách nhiệm:", "1.b"),
        ("- Phân công trách nhiệm:", "1.a"),
    ],
)
def test_a_letter_misread_as_a_dash_and_dirt_opens_the_next_item(label: str, path: str) -> None:
    blocks = blocks_of(printed_lines(text_pages(f"1. Tiêu chí một\na. Nhiệm vụ, giải pháp:\n- Rà soát.\n{label}")))
    assert shown(blocks)[-1][1:] == (path, "Phân công trách nhiệm:")
