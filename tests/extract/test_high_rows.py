"""Ruled tables whose rows no rule parts."""

from itertools import pairwise

import pytest

from extract.page import Box, Cell, Word
from extract.tables.cells import PlacedTable, held_to_table
from extract.tables.high_rows import high_rows_parted

COLUMNS = (0.0, 40.0, 200.0, 300.0)


def _word(text: str, x: float, y: float) -> Word:
    return Word(text, Box(x, y, x + 6 * len(text), y + 11), 0.9)


def _table(words: list[Word], *, header: bool = False, columns: tuple[float, ...] = COLUMNS) -> PlacedTable:
    """One high row below nothing, or below a row with the columns' names."""
    boxes = [Box(left, 0, right, 300) for left, right in pairwise(columns)]
    names = ("STT", "Nội dung", "Thời gian")
    top = [(Cell(0, n, 1, 1, True, box, ()), [_word(names[n], box.x0 + 2, -20)]) for n, box in enumerate(boxes)]
    body = [
        (Cell(int(header), n, 1, 1, False, b, ()), [w for w in words if w.box and b.x0 <= w.box.x0 < b.x1])
        for n, b in enumerate(boxes)
    ]
    found = [*top, *body] if header else body
    return held_to_table(found, Box(0, -30 * header, columns[-1], 300), 1 + header, len(boxes), ruled=True)


def _rows(*, numbers: bool, apart: float = 40) -> list[Word]:
    """Four rows, each of two lines in the middle column."""
    return [
        word
        for row in range(4)
        for word in (
            _word(str(row + 1) if numbers else "-", 10, 20 + apart * row),
            _word("việc", 50, 20 + apart * row),
            _word("chung", 50, 34 + apart * row),
            _word("tháng", 210, 20 + apart * row),
        )
    ]


@pytest.mark.parametrize("header", [False, True])
@pytest.mark.parametrize("numbers", [False, True])
def test_rows_that_no_rule_parts_are_told_by_numbers_or_white(*, header: bool, numbers: bool) -> None:
    placed = high_rows_parted(_table(_rows(numbers=numbers), header=header))
    table = placed.table
    assert (table.n_rows, table.n_cols, table.ruled) == (4 + header, 3, True)
    texts = {(c.row, c.col): " ".join(placed.lines[i].text for i in c.lines) for c in table.cells}
    assert [texts[row + header, 1] for row in range(4)] == ["việc chung"] * 4
    assert len(table.cells) == 3 * table.n_rows


def _long_cell() -> list[Word]:
    """One row with a cell of paragraphs: elsewhere there is nothing beside them."""
    return [_word("1", 10, 20), _word("tháng", 210, 20)] + [_word("việc", 50, 20 + 30 * n) for n in range(5)]


@pytest.mark.parametrize(
    "words", [_long_cell(), _rows(numbers=False, apart=28), _rows(numbers=False)[:8], [_word("1", 10, 20)]]
)
def test_one_row_stays_one(words: list[Word]) -> None:
    placed = _table(words, header=True)
    assert high_rows_parted(placed) is placed


def test_white_alone_parts_no_table_of_two_columns() -> None:
    words = [word for word in _rows(numbers=False) if word.box and word.box.x0 < 200]
    placed = _table(words, columns=(0.0, 40.0, 200.0))
    assert high_rows_parted(placed) is placed
