"""Grids of several pages -> logical tables: what goes on, which columns they have, which rows a page break cut."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.page import Box, Cell, Line, Page, PageSource, Table
from normalize.fixes import Restored, RestoredPage
from schema.tables.columns import Field
from schema.tables.logical_tables import read_logical_tables

Row = list[str | None]

HEADER: Row = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"]
OTHER: Row = ["TT", "Họ và tên", "Chức vụ", "Ghi chú"]
FIRST: Row = ["1", "Kiểm tra công vụ tại các thôn.", "Văn phòng xã", "Quý I"]
SECOND: Row = ["2", "Niêm yết thủ tục tại trụ sở.", "Công an xã", "Quý II"]
THIRD: Row = ["3", "Mở lớp về chữ ký số.", "Trạm Y tế", "Quý III"]
EDGES = (50.0, 90.0, 340.0, 460.0, 560.0)


def page(
    number: int, *tables: list[Row], shift: float = 0.0, scale: float = 1.0, title: str = "", boxes: bool = True
) -> RestoredPage:
    """A page with ruled tables one below the other, a title above the last. None: the cell to the left spans it."""
    lines: list[Line] = []
    made: list[Table] = []
    edges = [shift + scale * edge for edge in EDGES]
    top = 50.0
    for rows in tables:
        if title and rows is tables[-1]:
            lines.append(Line(title, Box(100, top, 300, top + 12) if boxes else None, 0.95))
            top += 30
        cells = []
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text is None:
                    continue
                span = next((k for k in range(1, len(row) - c) if row[c + k] is not None), len(row) - c)
                box = Box(edges[c], top + 20 * r, edges[c + span], top + 20 * r + 20) if boxes else None
                cells.append(Cell(r, c, 1, span, False, box, (len(lines),) if text else ()))
                lines += [Line(text, box, 0.95)] if text else []
        whole = Box(edges[0], top, edges[len(rows[0])], top + 20 * len(rows)) if boxes else None
        made.append(Table(whole, len(rows), len(rows[0]), tuple(cells), ruled=True))
        top += 20 * len(rows) + 30
    content = Page(number, 842, 595, 0, 0, PageSource.OCR, "test", tuple(lines), tuple(made), 0.95)
    return RestoredPage(content, tuple(Restored(line.text) for line in lines))


def numbers(*pages: RestoredPage) -> list[list[str]]:
    """The row numbers of each logical table."""
    return [[row.text(Field.NUMBER) for row in table.rows] for table in read_logical_tables(pages)]


def test_a_numbered_title_in_a_last_column_of_numbers_is_text() -> None:
    """Nothing stands right of it that could hold the title, and the table names no tasks."""
    header: Row = ["Mục tiêu", "Kết quả", "Ghi chú", "TT"]
    rows: list[Row] = [header, ["80% hồ sơ", "Đạt", "", "II. Công tác chỉ đạo"], ["90% hồ sơ", "Đạt", "", "2"]]
    (table,) = read_logical_tables([page(1, rows)])
    assert [row.text(Field.UNKNOWN) for row in table.rows] == ["II. Công tác chỉ đạo", ""]


NUMBERS_OF_COLUMNS: Row = ["(1)", "(2)", "(3)", "(4)"]


@pytest.mark.parametrize(
    ("pages", "wanted"),
    [
        ([page(1, [HEADER, FIRST, SECOND])], [["1", "2"]]),
        ([page(1, [HEADER, FIRST]), page(2, [HEADER, SECOND])], [["1", "2"]]),
        ([page(1, [HEADER, FIRST]), page(2, [SECOND]), page(3, [THIRD])], [["1", "2", "3"]]),
        ([page(1, [HEADER, NUMBERS_OF_COLUMNS, FIRST]), page(2, [NUMBERS_OF_COLUMNS, SECOND])], [["1", "2"]]),
        ([page(1, [HEADER, FIRST]), page(2, [SECOND], shift=9, scale=0.97)], [["1", "2"]]),
        ([page(1, [HEADER, FIRST], boxes=False), page(2, [SECOND], boxes=False)], [["1", "2"]]),
        ([page(1, [HEADER, FIRST]), page(2), page(3, [HEADER, FIRST])], [["1"], ["1"]]),
        ([page(1, [HEADER, FIRST]), page(2, [HEADER, FIRST], title="PHỤ LỤC II")], [["1"], ["1"]]),
        ([page(1, [HEADER, FIRST], [HEADER, FIRST], title="BẢNG THỨ HAI")], [["1"], ["1"]]),
        ([page(1, [HEADER, FIRST]), page(2, [OTHER, ["1", "Lê Thị Mẫu", "Công chức", ""]])], [["1"], ["1"]]),
    ],
    ids=[
        "one page",
        "header printed again",
        "no header on the pages behind",
        "numbers of columns printed again",
        "next page shifted and smaller",
        "no geometry",
        "a page between",
        "a title between",
        "a title between on one page",
        "other columns",
    ],
)
def test_grids_of_several_pages_are_one_table_when_they_go_on(
    pages: list[RestoredPage], wanted: list[list[str]]
) -> None:
    assert numbers(*pages) == wanted


@pytest.mark.parametrize(
    ("last", "rest", "task"),
    [
        ("Kiểm tra công vụ", "tại các thôn, bản", "Kiểm tra công vụ tại các thôn, bản"),
        ("Kiểm tra việc ghi sổ,", "trả lời dân", "Kiểm tra việc ghi sổ, trả lời dân"),
    ],
)
@pytest.mark.parametrize("again", [True, False], ids=["header again", "no header"])
def test_a_row_cut_by_the_page_break_is_joined(last: str, rest: str, task: str, *, again: bool) -> None:
    cut: Row = ["1", last, "Văn phòng xã", "Quý I"]
    below: list[Row] = [["", rest, "", ""], SECOND]
    (table,) = read_logical_tables([page(1, [HEADER, cut]), page(2, [HEADER, *below] if again else below)])
    assert [row.text(Field.TASK) for row in table.rows] == [task, SECOND[1]]


def test_a_table_that_goes_on_keeps_the_names_and_fields_of_its_columns() -> None:
    (table,) = read_logical_tables([page(1, [HEADER, FIRST]), page(2, [SECOND])])
    assert table.named
    assert table.headers == tuple(HEADER)
    assert table.fields == (Field.NUMBER, Field.TASK, Field.LEAD, Field.DEADLINE)


def test_a_table_without_a_header_has_no_names() -> None:
    (table,) = read_logical_tables([page(1, [FIRST, SECOND])])
    assert not table.named
    assert set(table.headers) == {""}


def test_section_rows_are_headings_of_the_rows_below_them_on_the_next_page_too() -> None:
    section: Row = ["I", "CẢI CÁCH THỂ CHẾ", None, None]
    (table,) = read_logical_tables([page(1, [HEADER, section, FIRST]), page(2, [SECOND])])
    assert [[heading.title for heading in row.headings] for row in table.rows] == [["CẢI CÁCH THỂ CHẾ"]] * 2


CELLS = st.sampled_from(["", "1", "2", "I", "TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian", "văn bản", "Quý I", "a)"])


@given(st.lists(st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=4), max_size=3))
def test_any_grids_are_read_and_no_text_is_read_twice(grids: list[list[list[str]]]) -> None:
    pages = [page(n, [list(row) for row in rows]) for n, rows in enumerate(grids, 1)]
    tables = read_logical_tables(pages)
    refs = [ref for t in tables for row in t.rows for _, content in row.cells for ref in content.lines]
    assert len(refs) == len(set(refs))


def _merged_down(on: RestoredPage, row: int, col: int) -> RestoredPage:
    """The page with an empty cell of its table that reaches down into the next row."""
    (table,) = on.page.tables
    kept = [cell for cell in table.cells if (cell.row, cell.col) not in ((row, col), (row + 1, col))]
    merged = next(cell for cell in table.cells if (cell.row, cell.col) == (row, col))
    cells = (*kept, replace(merged, rowspan=2, lines=()))
    return replace(on, page=replace(on.page, tables=(replace(table, cells=cells),)))


def test_a_cell_of_several_rows_that_a_page_break_parts_counts_for_the_rows_behind_it_too() -> None:
    cut: Row = ["2", "Niêm yết thủ tục", "Công an xã", "Quý II"]
    behind = _merged_down(page(2, [["", "tại trụ sở.", "", ""], ["3", "Mở lớp về chữ ký số.", "", "Quý III"]]), 0, 2)
    (table,) = read_logical_tables([page(1, [HEADER, FIRST, cut]), behind])
    assert [(row.text(Field.TASK), row.text(Field.LEAD)) for row in table.rows[1:]] == [
        ("Niêm yết thủ tục tại trụ sở.", "Công an xã"),
        ("Mở lớp về chữ ký số.", "Công an xã"),
    ]
