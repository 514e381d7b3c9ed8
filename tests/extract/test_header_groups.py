"""Names over several columns in headers without rules: of one line and of more, near those under them and far."""

from itertools import pairwise

import pytest

from extract.page import Box, Word
from extract.unruled.gaps import find_unruled
from extract.unruled.header_groups import find_groups
from extract.unruled.lanes import words_to_lanes

COLUMNS = (80.0, 110.0, 300.0, 350.0, 400.0, 480.0, 560.0)
LEADING = 13.0
MIDDLES = [(a + b) / 2 for a, b in pairwise(COLUMNS)]

# (text, middle, top)
Print = tuple[str, float, float]
UNDER: list[Print] = [
    ("Từ", MIDDLES[2], 136),
    ("Đến", MIDDLES[3], 136),
    ("Chính", MIDDLES[4], 136),
    ("Phụ", MIDDLES[5], 136),
]
BESIDE: list[Print] = [("STT", MIDDLES[0], 122), ("Nhiệm vụ", MIDDLES[1], 122)]


def words(printed: list[Print]) -> list[Word]:
    """Lines of print, each set amid its middle, word by word."""
    found = []
    for text, middle, top in printed:
        at = middle - 3 * len(text)
        for word in text.split():
            found.append(Word(word, Box(at, top, at + 6 * len(word), top + 11), 0.9))
            at += 6 * len(word) + 3.5
    return found


def groups_of(*names: Print) -> tuple[tuple[int, int], ...]:
    found = find_groups(words_to_lanes(words([*names, *BESIDE, *UNDER])), COLUMNS, LEADING)
    return () if found is None else found.groups


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        # One line each, far above and as near as two lines of one name.
        ([("Thời gian làm", 350, 108), ("Nơi thực hiện việc", 480, 108)], ((2, 4), (4, 6))),
        ([("Thời gian làm", 350, 122), ("Nơi thực hiện việc", 480, 122)], ((2, 4), (4, 6))),
        # One of them has two lines.
        ([("Thời gian", 350, 102), ("thực hiện", 350, 115), ("Nơi thực hiện việc", 480, 108)], ((2, 4), (4, 6))),
        # Columns with names of their own, the first lines of which stand side by side.
        ([("Thời", MIDDLES[2], 123), ("Thời", MIDDLES[3], 123)], ()),
        # The first line of one column's name is no name over two.
        ([("Ghi", MIDDLES[4], 123)], ()),
    ],
    ids=["far", "near", "two lines", "side by side", "first line"],
)
def test_groups_of_a_header(names: list[Print], groups: tuple[tuple[int, int], ...]) -> None:
    assert groups_of(*names) == groups


def rows(first: float) -> list[Print]:
    cells = ("Rà soát thủ tục nội bộ", "Quý I", "Quý II", "Phòng A", "Phòng B")
    return [
        (text, middle, first + 26 * n)
        for n in range(4)
        for text, middle in zip((str(n + 1), *cells), MIDDLES, strict=True)
    ]


def cells(printed: list[Print]) -> dict[tuple[int, int, int, int], str]:
    (table,) = find_unruled(words(printed)).tables
    return {
        (c.row, c.col, c.rowspan, c.colspan): " ".join(table.lines[i].text for i in c.lines)
        for c in table.table.cells
        if c.row < 2 and c.lines
    }


NAMED: list[Print] = [
    ("Thời gian làm", 350, 108),
    ("Cơ quan thực hiện", 480, 108),
    ("Số", MIDDLES[0], 116),
    ("Nhiệm vụ", MIDDLES[1], 122),
    ("TT", MIDDLES[0], 129),
    ("Bắt đầu", MIDDLES[2], 136),
    ("Hết", MIDDLES[3], 136),
    ("Chủ trì", MIDDLES[4], 136),
    ("Phối hợp", MIDDLES[5], 136),
]


def test_a_header_that_begins_with_names_over_columns_and_half_a_number_column() -> None:
    assert cells([*NAMED, *rows(165)]) == {
        (0, 0, 2, 1): "Số TT",
        (0, 1, 2, 1): "Nhiệm vụ",
        (0, 2, 1, 2): "Thời gian làm",
        (0, 4, 1, 2): "Cơ quan thực hiện",
        (1, 2, 1, 1): "Bắt đầu",
        (1, 3, 1, 1): "Hết",
        (1, 4, 1, 1): "Chủ trì",
        (1, 5, 1, 1): "Phối hợp",
    }


def test_a_paragraph_right_above_names_over_columns_is_not_of_the_header() -> None:
    prose = ("Kế hoạch này phải sát với sức người và sức của của từng nơi; việc nào cũng có người lo", 370, 92.0)
    found = find_unruled(words([prose, *NAMED, *rows(165)]))
    assert " ".join(w.text for w in found.rest).startswith("Kế hoạch này")


def test_a_rule_under_names_over_columns_makes_no_row() -> None:
    across = [(80, 560, 104), (300, 560, 127), (80, 560, 152), *((80, 560, 178 + 26 * n) for n in range(4))]
    rules = [Box(x0, y, x1, y) for x0, x1, y in across]
    (table,) = find_unruled(words([*NAMED, *rows(160)]), rules).tables
    assert [(c.col, c.rowspan) for c in table.table.cells if c.row == 0] == [(0, 2), (1, 2), (2, 1), (4, 1)]
