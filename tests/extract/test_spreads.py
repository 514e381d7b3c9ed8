"""Two pages scanned on one sheet are told from one page, and read one after the other."""

import cv2
import numpy as np
import pytest

from extract.page import Box, Cell, Line, Table, Word
from extract.raster import Gray
from extract.recognise import Content, joined
from extract.spreads import find_fold, pages_of_sheet

DPI = 100
WIDE, HIGH = 1169, 827


def _sheet(*columns: tuple[int, int], lines: int = 24) -> Gray:
    """Lines of letters between the given places."""
    sheet = np.full((HIGH, WIDE), 255, np.uint8)
    for y in range(80, 80 + 25 * lines, 25):
        for left, right in columns:
            for x in range(left, right, 14):
                cv2.rectangle(sheet, (x, y), (x + 8, y + 10), 0, -1)
    return sheet


def test_white_down_the_middle_with_print_on_both_sides_is_a_fold() -> None:
    fold = find_fold(_sheet((60, 500), (660, 1100)), DPI)
    assert fold is not None
    assert 510 <= fold <= 660


def _with_rule_across(sheet: Gray) -> Gray:
    cv2.line(sheet, (60, 400), (1100, 400), 0, 2)
    return sheet


@pytest.mark.parametrize(
    "sheet",
    [
        _sheet((60, 1100)),
        _sheet((60, 560), (600, 1100)),
        _with_rule_across(_sheet((60, 500), (660, 1100))),
        _sheet((60, 500), (660, 1100), lines=5),
        _sheet((60, 300), (480, 1100)),
        np.full((HIGH, WIDE), 255, np.uint8),
        np.ascontiguousarray(_sheet((60, 500), (660, 1100)).T),
    ],
    ids=["one page", "columns of a table", "a ruled table", "a letterhead", "off the middle", "blank", "upright"],
)
def test_other_sheets_are_one_page(sheet: Gray) -> None:
    assert find_fold(sheet, DPI) is None
    (page,) = pages_of_sheet(sheet, DPI)
    assert page is sheet


def test_the_fold_itself_may_show() -> None:
    sheet = _sheet((60, 500), (660, 1100))
    cv2.line(sheet, (585, 0), (585, HIGH), 90, 4)
    assert find_fold(sheet, DPI) is not None


def test_each_page_stays_where_it_stood() -> None:
    sheet = _sheet((60, 500), (660, 1100))
    left, right = pages_of_sheet(sheet, DPI)
    assert left.shape == right.shape == sheet.shape
    assert np.array_equal(np.minimum(left, right), sheet)
    assert left[:, 700:].min() == right[:, :500].min() == 255


def test_tables_of_the_right_page_count_its_lines_behind_those_of_the_left() -> None:
    box = Box(0, 0, 10, 10)
    line = Line("a", box, 0.9, (Word("a", box, 0.9),))
    table = Table(box, 1, 1, (Cell(0, 0, 1, 1, False, box, (0,)),), ruled=True)
    page = joined(Content((line,), (table,), 0.9), Content((line,), (table,), 0.9))
    assert [t.cells[0].lines for t in page.tables] == [(0,), (1,)]
    assert len(page.lines) == 2
