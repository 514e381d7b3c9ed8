"""Ruled grids on drawn pages, whole and damaged, and what must not be taken for a table."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.drawn_tables import DrawnPage, Rules, draw_page
from benchmarks.worn_sheets import Damage
from extract.image.cleaning import clean, deskew
from extract.page import Box, Word
from extract.tables.cells import place_cells, place_words, split_at_rules
from extract.tables.grids import Grid, GridCell, closed_up, find_grids
from extract.tables.rulings import erase_rules, find_rulings
from extract.tables.unfold import folded_back, unfold

Gray = NDArray[np.uint8]
Spans = set[tuple[int, int, int, int]]
PLAIN = Damage((150,))


def _spans(grids: tuple[Grid, ...]) -> list[Spans]:
    return [{(c.row, c.col, c.rowspan, c.colspan) for c in g.cells} for g in grids]


def _grids(page: DrawnPage) -> tuple[Grid, ...]:
    return find_grids(deskew(clean(page.image))[0], page.dpi)


@pytest.mark.parametrize("rules", [Rules.ALL, Rules.OPEN])
@pytest.mark.parametrize("shape", ["plain", "merged", "sections", "tall"])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_shape_is_found_on_clean_pages(seed: int, shape: str, rules: Rules) -> None:
    page = draw_page(seed, PLAIN, rules, shape=shape)
    assert _spans(_grids(page)) == [set(page.table.spans)]


@pytest.mark.parametrize("seed", [0, 4, 9])
def test_double_rules_are_one_edge(seed: int) -> None:
    page = draw_page(seed, PLAIN, Rules.DOUBLE, shape="plain")
    assert _spans(_grids(page)) == [set(page.table.spans)]


@pytest.mark.parametrize("seed", [3, 5, 8, 12])
def test_skewed_broken_faint_rules_still_make_the_grid(seed: int) -> None:
    page = draw_page(seed, "office", Rules.ALL)
    assert _spans(_grids(page)) == [set(page.table.spans)]


@pytest.mark.parametrize("rules", [Rules.NONE, Rules.HEADER, Rules.ACROSS])
def test_pages_without_rules_down_have_no_grid(rules: Rules) -> None:
    assert _grids(draw_page(6, PLAIN, rules)) == ()


def _white() -> Gray:
    return np.full((1754, 1240), 255, np.uint8)


def test_frame_underline_seal_and_signature_are_no_tables() -> None:
    page = _white()
    cv2.rectangle(page, (200, 200), (900, 500), 0, 2)
    cv2.line(page, (300, 620), (620, 620), 0, 2)
    cv2.circle(page, (800, 900), 120, 0, 4)
    cv2.line(page, (300, 1000), (700, 930), 0, 3)
    cv2.line(page, (420, 900), (440, 1080), 0, 3)
    assert find_grids(page, 150) == ()


def _drawn(n_rows: int = 3, n_cols: int = 3) -> Gray:
    page = _white()
    for i in range(n_rows + 1):
        cv2.line(page, (100, 200 + 80 * i), (100 + 300 * n_cols, 200 + 80 * i), 0, 2)
    for j in range(n_cols + 1):
        cv2.line(page, (100 + 300 * j, 200), (100 + 300 * j, 200 + 80 * n_rows), 0, 2)
    return page


def test_a_rule_broken_inside_a_column_still_parts_its_cells() -> None:
    page = _drawn()
    page[270:290, 440:500] = 255
    assert len(find_grids(page, 150)[0].cells) == 9


def test_stems_of_a_title_above_the_columns_are_no_row() -> None:
    page = _drawn()
    for x in (100, 400, 700, 1000):
        page[40:64, x - 1 : x + 2] = 0
    assert [len(grid.cells) for grid in find_grids(page, 150)] == [9]


def test_an_edge_that_parts_no_two_cells_is_none() -> None:
    (grid,) = find_grids(_drawn(), 150)
    first, second, *rows = grid.rows
    moved = [(c.row + (c.row > 0), c.col + (c.col > 0), c.rowspan + (c.row == 0), c) for c in grid.cells]
    cells = tuple(GridCell(row, col, high, c.colspan + (c.col == 0), c.box) for row, col, high, c in moved)
    idle = Grid((first, first, second, *rows), (grid.cols[0], *grid.cols), cells)
    assert closed_up(idle) == grid


def test_cells_lie_where_they_were_drawn() -> None:
    (grid,) = find_grids(_drawn(), 150)
    assert grid.cells[4].box.x0 == pytest.approx(400, abs=2)
    assert grid.cells[4].box.bottom == pytest.approx(360, abs=2)


def test_the_same_letter_in_line_after_line_is_no_rule() -> None:
    sheet = np.full((900, 1400), 255, np.uint8)
    for y in range(100, 800, 85):
        cv2.line(sheet, (60, y), (1300, y), 0, 2)
        # The stroke of one letter with its tail and its mark, 4 mm high.
        cv2.line(sheet, (180, y + 20), (180, y + 67), 0, 3)
        cv2.putText(sheet, "le ho so", (230, y + 50), cv2.FONT_HERSHEY_COMPLEX, 1.2, 0, 2)
    assert find_grids(sheet, 300) == ()


def test_erasing_takes_the_rules_and_leaves_the_letters() -> None:
    page = _drawn()
    cv2.putText(page, "Noi vu", (430, 250), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    letters = page[215:265, 410:690].copy()
    bare = erase_rules(page, find_rulings(page, 150))
    assert (bare[215:265, 410:690] == letters).all()
    bare[205:270, 405:695] = 255
    assert (bare < 128).sum() == 0


def _word(text: str, x0: float, x1: float, y: float = 230) -> Word:
    return Word(text, Box(x0, y, x1, y + 20), 0.9)


def test_words_go_into_their_cells_in_points_and_the_rest_stays_outside() -> None:
    grids = find_grids(_drawn(), 150)
    words = [_word("STT", 120, 180), _word("Nội", 420, 470), _word("dung", 480, 540), _word("2", 600, 610, 1200)]
    placed = place_words(words, grids, 150)
    table = placed.tables[0]
    assert [line.text for line in table.lines] == ["STT", "Nội dung"]
    assert [c.lines for c in table.table.cells[:3]] == [(0,), (1,), ()]
    box = table.lines[0].box
    assert box is not None
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((57.6, 110.4, 86.4, 120.0))
    assert table.from_line(5).cells[1].lines == (6,)
    assert [w.text for w in placed.rest] == ["2"]


@pytest.mark.parametrize(
    ("text", "x0", "x1", "parts"),
    [("một|hai", 330, 470, ["một", "hai"]), ("abcdef", 340, 460, ["abc", "def"]), ("abcdef", 405, 460, ["abcdef"])],
)
def test_words_read_across_a_rule_are_parted(text: str, x0: float, x1: float, parts: list[str]) -> None:
    grids = find_grids(_drawn(), 150)
    assert [w.text for w in split_at_rules(_word(text, x0, x1), grids)] == parts


def test_what_is_read_on_the_sheet_comes_back_to_its_cell_and_place() -> None:
    page = draw_page(2, PLAIN, Rules.ALL, shape="plain")
    grids = _grids(page)
    bare = erase_rules(clean(page.image), grids[0].rulings)
    (sheet,) = unfold(bare, grids, page.dpi)
    words = []
    for strip in sheet.strips:
        for word in page.table.words[strip.cell]:
            assert word.box is not None
            b = word.box
            moved = Box(b.x0 - strip.dx, b.top - strip.dy, b.x1 - strip.dx, b.bottom - strip.dy)
            words.append(Word(word.text, moved, 0.9))
    (table,) = place_cells(folded_back(words, sheet), grids, page.dpi)
    texts = [" ".join(table.lines[i].text for i in c.lines) for c in table.table.cells]
    assert texts == list(page.table.texts)
    assert [c.is_header for c in table.table.cells] == [c.row == 0 for c in table.table.cells]
