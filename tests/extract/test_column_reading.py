"""Tables without rules down, read a second time column by column."""

import numpy as np
import pytest

from extract.assembly import Region, assembled
from extract.page import Box, Word
from extract.raster import Gray
from extract.recognise import cell_words
from extract.unruled.bands import runs_over
from extract.unruled.column_reading import read_again
from extract.unruled.gaps import find_unruled
from extract.unruled.gutters import lanes_to_gutters
from extract.unruled.lanes import words_to_lanes


def _word(text: str, x: float, y: float, confidence: float = 0.9) -> Word:
    return Word(text, Box(x, y, x + 6 * len(text), y + 11), confidence)


def _rows() -> list[Word]:
    """Four numbered rows of a task, a unit and a figure below the names of their columns."""
    names = [_word("TT", 18, 20), _word("Nội dung", 80, 20), _word("Đơn vị", 210, 20), _word("Kết quả", 310, 20)]
    return names + [
        word
        for row in range(4)
        for word in (
            _word(str(row + 1), 20, 50 + 30 * row),
            _word("congviec", 80, 50 + 30 * row),
            _word("%", 220, 50 + 30 * row),
            _word("95", 320, 50 + 30 * row),
        )
    ]


def _page(words: list[Word]) -> Gray:
    """Ink where the words stand; a pixel a point."""
    page = np.full((300, 450), 255, np.uint8)
    for box in (word.box for word in words if word.box is not None):
        page[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)] = 0
    return page


def _texts(read: tuple[list[Region], Region]) -> list[str]:
    regions, in_cells = read
    return sorted(word.text for region in (*regions, in_cells) for group in region for word in group)


def test_what_the_second_reading_passes_over_is_kept_from_the_first() -> None:
    words = _rows()
    seen = [word for word in words if word.text != "%"]
    assert _texts(read_again(_page(words), [[words]], (), 72, lambda _: [seen])) == sorted(w.text for w in words)


def test_what_the_second_reading_sees_otherwise_replaces_the_first() -> None:
    words = _rows()
    other = [Word("x", word.box, 0.9) for word in words]
    assert set(_texts(read_again(_page(words), [[words]], (), 72, lambda _: [other]))) == {"x"}


def test_specks_read_as_strokes_close_no_gutter() -> None:
    words = _rows()
    specks = [_word("_", 40, 52), _word("_______", 38, 82)]
    (table,) = find_unruled([*words, *specks]).tables
    assert (table.table.n_rows, table.table.n_cols) == (5, 4)


def test_a_sign_in_a_gutter_makes_no_column() -> None:
    words = _rows()
    (table,) = find_unruled([*words, _word("-", 48, 80)]).tables
    assert (table.table.n_rows, table.table.n_cols) == (5, 4)


@pytest.mark.parametrize(
    ("words", "over"),
    [
        ([_word("15/0", 100, 80), _word("UBND", 130, 80)], False),
        ([_word("chế", 108, 80), _word("độ", 130, 80)], True),
        ([_word("hành-chính", 100, 80)], True),
        ([_word("UBND", 130, 80)], False),
    ],
)
def test_print_runs_over_an_edge_unless_a_gutter_parts_it(words: list[Word], over: bool) -> None:
    assert runs_over(words, 127) is over


def test_a_lone_stroke_in_a_cell_is_an_unsure_number() -> None:
    (word,) = cell_words([_word("|", 20, 50)])
    assert (word.text, word.confidence) == ("1", 0.5)
    assert cell_words([_word("|", 20, 50), _word("việc", 80, 50)]) == (_word("việc", 80, 50),)


def test_a_blank_of_one_long_line_makes_no_column() -> None:
    words = _rows()
    # Only this line reaches so far; the blank in it is as wide as a gutter.
    long = [_word("congviecdaihon", 80, 50), _word("cac", 170, 50)]
    (table,) = find_unruled([*(w for w in words if (w.text, w.box) != ("congviec", words[5].box)), *long]).tables
    assert (table.table.n_rows, table.table.n_cols) == (5, 4)


def _rules(*heights: float) -> list[Box]:
    return [Box(15, y, 345, y) for y in heights]


def test_rules_between_rows_alone_leave_the_header_and_the_last_row_in_the_table() -> None:
    title = _word("Phu luc kem theo", 120, -40)
    (table,) = find_unruled([title, *_rows()], _rules(40, 70, 100, 130)).tables
    assert (table.table.n_rows, table.table.n_cols) == (5, 4)
    assert [line.text for line in table.lines[:4]] == ["TT", "Nội dung", "Đơn vị", "Kết quả"]


def test_what_follows_a_closed_table_stays_outside() -> None:
    words = [*_rows(), _word("xa", 18, 170), _word("huyen", 80, 170)]
    found = find_unruled(words, _rules(12, 40, 70, 100, 130, 160))
    assert found.tables[0].table.n_rows == 5
    assert [word.text for word in found.rest] == ["xa", "huyen"]


def test_lines_without_a_gutter_are_no_table() -> None:
    words = [_word(text, 20 + 40 * n, 20 + 30 * n) for n, text in enumerate(("Noi", "dung", "viec"))]
    assert lanes_to_gutters(words_to_lanes(words)) == ()
    assert lanes_to_gutters(()) == ()


def test_unsure_signs_and_full_stops_close_no_gutter_and_are_no_text() -> None:
    words = [*_rows(), _word(".", 52, 80), _word("„", 50, 110, 0.1)]
    lines, (table,) = assembled([], (), (), [[word] for word in words])
    assert (table.n_rows, table.n_cols) == (5, 4)
    assert not {".", "„"} & {line.text for line in lines}
