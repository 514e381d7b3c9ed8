"""Tables without rules down, from the words alone; running text is none."""

from dataclasses import replace

import pytest

from benchmarks.drawn_tables import DrawnPage, Rules, draw_page
from benchmarks.worn_sheets import Damage
from extract.page import Box, Word
from extract.unruled.gaps import find_unruled


def _points(word: Word, scale: float) -> Word:
    assert word.box is not None
    b = word.box
    return replace(word, box=Box(b.x0 * scale, b.top * scale, b.x1 * scale, b.bottom * scale))


def _words(page: DrawnPage) -> list[Word]:
    held = [*page.outside, *(w for cell in page.table.words for w in cell)]
    return [_points(w, 72 / page.dpi) for w in held]


@pytest.mark.parametrize("seed", range(0, 24, 2))
def test_plain_tables_come_back_cell_by_cell(seed: int) -> None:
    page = draw_page(seed, Damage((150,)), Rules.NONE, shape="plain")
    placed = find_unruled(_words(page))
    assert len(placed.tables) == 1
    table = placed.tables[0]
    found = {(c.row, c.col): " ".join(table.lines[i].text for i in c.lines) for c in table.table.cells if c.lines}
    wanted = {span[:2]: text for span, text in zip(page.table.spans, page.table.texts, strict=True) if text}
    assert found == wanted
    assert not table.table.ruled
    assert len(placed.rest) == len(page.outside)


def _same_cells(page: DrawnPage) -> bool:
    """Whether one table is found and at least 85 % of its cells with their spans."""
    tables = find_unruled(_words(page)).tables
    found = {(c.row, c.col, c.rowspan, c.colspan) for t in tables for c in t.table.cells if c.lines}
    wanted = {span for span, text in zip(page.table.spans, page.table.texts, strict=True) if text}
    return len(tables) == 1 and len(found & wanted) >= 0.85 * len(found | wanted)


@pytest.mark.parametrize("shape", ["sections", "merged"])
def test_section_rows_and_names_over_columns_are_found_by_where_print_stands(shape: str) -> None:
    pages = [draw_page(seed, Damage((150,)), Rules.NONE, shape=shape) for seed in range(600, 620)]
    # Tables of one numbered row tell too little.
    assert sum(_same_cells(page) for page in pages) >= 18


def test_section_rows_span_the_columns() -> None:
    page = draw_page(4, Damage((150,)), Rules.NONE, shape="sections")
    (table,) = find_unruled(_words(page)).tables
    assert [(c.row, c.colspan) for c in table.table.cells if c.colspan > 1] == [(1, table.table.n_cols)]


def _line(texts: list[tuple[str, float]], y: float) -> list[Word]:
    return [Word(t, Box(x, y, x + 6 * len(t), y + 11), 0.9) for t, x in texts]


@pytest.mark.parametrize(
    "lines",
    [
        [[("ỦY", 80), ("BAN", 96), ("CỘNG", 300), ("HÒA", 328)], [("XÃ", 85), ("ĐỘC", 310), ("LẬP", 332)]],
        [[("Nơi", 80), ("nhận:", 102), ("TM.", 330), ("UBND", 352)], [("-", 80), ("Lưu", 90), ("CHỦ", 340)]],
        [[("tại", 80), ("cơ", 110), ("quan,", 124), ("đơn", 170), ("vị,", 190)], [("góp", 80), ("phần", 101)]],
    ],
    ids=["letterhead", "signature", "justified"],
)
def test_blocks_side_by_side_are_no_tables(lines: list[list[tuple[str, float]]]) -> None:
    words = [w for i, line in enumerate(lines) for w in _line(line, 100 + 16 * i)]
    placed = find_unruled(words)
    assert placed.tables == ()
    assert list(placed.rest) == words


ROWS: list[list[tuple[str, float]]] = [
    [("1", 82), ("Rà", 120), ("soát", 136), ("Nội", 250), ("vụ", 272), ("Quý", 350), ("I", 372), ("Quý", 430)],
    [("2", 82), ("Tập", 120), ("huấn", 142), ("Tư", 250), ("pháp", 266), ("Quý", 350), ("II", 372), ("Quý", 430)],
    [("3", 82), ("Báo", 120), ("cáo", 142), ("Nội", 250), ("vụ", 272), ("Quý", 350), ("IV", 372), ("Quý", 430)],
]


def _table_of(header: list[list[tuple[str, float]]]) -> list[Word]:
    return [w for i, line in enumerate([*header, *ROWS]) for w in _line(line, 100 + 22 * i)]


def test_a_centred_name_over_two_columns_closes_no_gutter() -> None:
    upper: list[tuple[str, float]] = [
        ("TT", 80),
        ("Nội", 120),
        ("dung", 142),
        ("Đơn", 250),
        ("vị", 272),
        ("Thời", 372),
        ("gian", 400),
    ]
    lower: list[tuple[str, float]] = [("Bắt", 350), ("đầu", 372), ("Kết", 430), ("thúc", 452)]
    (placed,) = find_unruled(_table_of([upper, lower])).tables
    spans = [(c.row, c.col, c.rowspan, c.colspan) for c in placed.table.cells if c.is_header]
    assert spans == [(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 2, 1), (0, 3, 1, 2), (1, 3, 1, 1), (1, 4, 1, 1)]


def test_words_alone_under_the_row_numbers_are_a_section_row() -> None:
    header: list[tuple[str, float]] = [
        ("TT", 80),
        ("Nội", 120),
        ("dung", 142),
        ("Đơn", 250),
        ("vị", 272),
        ("Từ", 350),
        ("Đến", 430),
    ]
    (placed,) = find_unruled(_table_of([header, [("Khác", 80)]])).tables
    assert [(c.row, c.colspan) for c in placed.table.cells if c.colspan > 1] == [(1, 5)]


def _justified(texts: list[str], left: float, right: float, top: float) -> list[Word]:
    """Lines whose blanks are stretched alike until they reach the right margin."""
    words = []
    for number, text in enumerate(texts):
        printed = text.split()
        widths = [5.5 * len(word) for word in printed]
        blank = (right - left - sum(widths)) / (len(printed) - 1)
        x, y = left, top + 18 * number
        for word, width in zip(printed, widths, strict=True):
            words.append(Word(word, Box(x, y, x + width, y + 12), 0.9))
            x += width + blank
    return words


@pytest.mark.parametrize(
    "texts",
    [
        [
            "a) Kịp thời tham mưu ban hành văn bản về cải cách",
            "b) Thực hiện đúng quy định về biên chế của xã",
            "c) Giao việc theo vị trí và đúng thời gian đã ghi",
        ],
        [
            "1. Rà soát thủ tục và công khai tại bộ phận một cửa",
            "2. Kiểm tra công vụ ở các thôn theo lịch đã duyệt",
            "3. Báo cáo kết quả cho Ủy ban vào ngày cuối quý",
        ],
        [
            "Nội dung, Thời gian và cách làm do từng ban chọn",
            "Kết quả gửi về Văn phòng để gộp vào báo cáo năm",
        ],
    ],
    ids=["lettered points", "numbered points", "words of headers"],
)
@pytest.mark.parametrize("right", [380.0, 420.0, 470.0])
def test_justified_text_with_wide_blanks_is_no_table(texts: list[str], right: float) -> None:
    placed = find_unruled(_justified(texts, 80.0, right, 100.0))
    assert placed.tables == ()


def test_points_out_of_sequence_are_no_rows() -> None:
    rows = [("2", "theo kế hoạch", "của xã"), ("1", "đã ban hành", "tại thôn"), ("7", "chưa giao", "cho ai")]
    words = [w for i, row in enumerate(rows) for w in _line(list(zip(row, (80, 120, 300), strict=True)), 100 + 16 * i)]
    assert find_unruled(words).tables == ()


HEADER: list[tuple[str, float]] = [("TT", 80), ("Việc", 120), ("Chủ", 250), ("trì", 272), ("Từ", 350), ("Đến", 430)]


def _cells(words: list[Word]) -> dict[tuple[int, int], str]:
    (placed,) = find_unruled(words).tables
    cells = placed.table.cells
    return {(c.row, c.col): " ".join(placed.lines[i].text for i in c.lines) for c in cells if c.lines}


def test_a_paragraph_right_below_is_not_of_the_table() -> None:
    below = [
        "Trong năm các ban và thôn báo cáo về việc đã làm được, ghi rõ",
        "người làm, ngày xong và nơi gửi về; ai chậm thì nêu lý do của năm",
    ]
    words = [*_table_of([HEADER]), *_justified(below, 80.0, 470.0, 200.0), *_line([("2025.", 80)], 236)]
    assert max(row for row, _ in _cells(words)) == 3


def test_the_row_of_totals_is_one_of_its_own() -> None:
    words = [*_table_of([HEADER]), *_line([("Cộng", 120), ("12", 350), ("14", 430)], 188)]
    assert {place: text for place, text in _cells(words).items() if place[0] == 4} == {
        (4, 1): "Cộng",
        (4, 3): "12",
        (4, 4): "14",
    }


def test_a_last_row_whose_number_was_not_read_is_one_of_its_own() -> None:
    last = _line([("Họp", 120), ("xã", 142), ("Y", 250), ("tế", 260), ("Quý", 350), ("V", 372), ("Quý", 430)], 188)
    assert _cells([*_table_of([HEADER]), *_line([("và", 120)], 113), *last])[4, 1] == "Họp xã"


def test_a_lone_dash_closes_no_gutter() -> None:
    words = [_reaching(w, 241) if w.text in ("huấn", "cáo") else w for w in _table_of([HEADER])]
    empty = [w for w in words if w.box is None or not (w.box.top == 122 and 250 <= w.box.x0 < 300)]
    assert _cells([*empty, Word("-", Box(244, 128, 246, 130), 0.9)])[2, 2] == "Tư pháp"


def _reaching(word: Word, right: float) -> Word:
    assert word.box is not None
    return replace(word, text="hướng-dẫn-viên", box=replace(word.box, x1=right))


def test_a_box_with_dirt_beside_its_figure_closes_no_gutter() -> None:
    words = [w if w.text != "2" else Word("2", Box(82, 150, 117, 161), 0.9) for w in _table_of([HEADER])]
    assert _cells(words)[2, 0] == "2"


def test_a_column_of_lone_marks_under_a_wider_name_is_one() -> None:
    rows: list[list[tuple[str, float]]] = [
        [("TT", 80), ("Đơn", 120), ("vị", 142), ("Quý", 250), ("I", 272), ("Quý", 350), ("II", 372), ("Quý", 430)],
        [("1", 82), ("Sở", 120), ("Nội", 136), ("x", 262), ("x", 444)],
        [("2", 82), ("Sở", 120), ("Y", 136), ("x", 362), ("x", 444)],
        [("3", 82), ("Sở", 120), ("Tư", 136), ("x", 362)],
    ]
    found = _cells([w for i, line in enumerate(rows) for w in _line(line, 100 + 22 * i)])
    assert [place for place, text in found.items() if text == "x"] == [(1, 2), (1, 4), (2, 3), (2, 4), (3, 3)]


def test_no_words_no_tables() -> None:
    assert find_unruled([]).tables == ()


def test_a_speck_read_with_a_word_closes_no_gutter() -> None:
    words = [w if w.text != "Tập" else Word("„Tập", Box(92, 144, 138, 155), 0.4) for w in _table_of([HEADER])]
    assert _cells(words)[1, 0] == "1"
