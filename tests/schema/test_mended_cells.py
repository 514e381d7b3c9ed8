"""Cells of run-together tables that the same table mends, and those of which nothing is kept; all invented."""

import pytest

from schema.organisations.agency_names import usual_names
from schema.run_together.known_cells import KnownCells, text_of, tokens_of
from schema.run_together.mended_cells import mended_rows
from schema.run_together.text_rows import Layout, UntangledRow
from schema.tables.columns import Field

LAYOUT = Layout((Field.TASK, Field.LEAD, Field.DEADLINE), numbered=True, inside=False)
USUAL = ["Các ngành có liên quan", "Công chức VP-TK", "Công chức TC-KT", "UBND xã"]


def _row(lead: str, time: str = "Quý I") -> UntangledRow:
    cells = tuple(tokens_of(text) for text in ("Rà soát thủ tục", lead, time))
    return UntangledRow("1", cells, (), (), 1.0)


def _mended(lead: str, time: str = "Quý I") -> UntangledRow:
    usual = [_row(name) for name in USUAL for _ in range(3)]
    return mended_rows([*usual, _row(lead, time)], LAYOUT, KnownCells())[-1]


@pytest.mark.parametrize(
    ("lead", "mended"),
    [
        ("Các ngành chiến quan", "Các ngành có liên quan"),
        ("ngành quan", "Các ngành có liên quan"),
        ("5 có liên quan", "Các ngành có liên quan"),
        ("Công chức VP-TK 6", "Công chức VP-TK"),
        ("2 1 Công chức TC-KT", "Công chức TC-KT"),
        ("Công chức (; agAnganh VP-TK", "Công chức VP-TK"),
        ("Số KH&CN", "Sở KH&CN"),
    ],
)
def test_a_cell_that_repeats_a_usual_one_but_for_dirt_is_that_one(lead: str, mended: str) -> None:
    assert text_of(_mended(lead).cells[1]) == mended
    assert _mended(lead).doubtful is not mended.startswith("Sở")


@pytest.mark.parametrize(
    ("lead", "mended"),
    [
        ("Phòng Kinh tế, Hạ tầng và - 0 Đô thị", "Phòng Kinh tế, Hạ tầng và Đô thị"),
        ("Văn phòng A A HĐND và UBND", "Văn phòng HĐND và UBND"),
        ("Phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội"),
        ("Phòng Văn hóa 5 xã 2", "Phòng Văn hóa 5 xã 2"),
    ],
)
def test_dirt_amid_a_known_name_is_left_out(lead: str, mended: str) -> None:
    known = KnownCells(names=usual_names())
    (row,) = mended_rows([_row(lead)], LAYOUT, known)
    assert text_of(row.cells[1]) == mended
    assert row.doubtful is (lead != mended)


@pytest.mark.parametrize(
    "lead", ["Công chức VH-XH", "UBND xã Hòa Bình", "Các cơ quan có liên quan", "Công chức Công an", "Sở Y tế"]
)
def test_another_organisation_stays_as_it_is(lead: str) -> None:
    assert text_of(_mended(lead).cells[1]) == lead
    assert not _mended(lead).doubtful


@pytest.mark.parametrize("lead", ["Các lrll có Công_(110", "3 Có", "Bắc one", "THỨC VÀ"])
def test_a_cell_of_organisations_that_names_none_is_empty_and_its_row_doubtful(lead: str) -> None:
    assert _mended(lead).cells[1] == ()
    assert _mended(lead).doubtful


@pytest.mark.parametrize(
    ("time", "kept"),
    [
        ("Điểm wifi", ""),
        ("9", ""),
        ("Theo kế hoạch", "Theo kế hoạch"),
        ("Khi có yêu cầu", "Khi có yêu cầu"),
        ("Quý 11/2022", "Quý 11/2022"),
        ("Năm 2026 ⟨?⟩", "Năm 2026"),
    ],
)
def test_a_cell_of_times_keeps_what_says_a_time(time: str, kept: str) -> None:
    assert text_of(_mended("UBND xã", time).cells[2]) == kept


def test_scrap_in_a_task_of_which_little_else_is_left_stays_for_the_reader_to_see() -> None:
    row = UntangledRow("1", (tokens_of("Rà soát gégﬁ (lực"), (), ()), (), (), 1.0)
    assert mended_rows([row], LAYOUT, KnownCells()) == (row,)


@pytest.mark.parametrize(
    ("lead", "mended"),
    [
        ("Phòng Văn trước hóa - Xã hội năm", "Phòng Văn hóa - Xã hội"),
        ("Phòng Văn hóa - Xã hội tham mưu", "Phòng Văn hóa - Xã hội tham mưu"),
        ("Phòng Kinh cũ", "Phòng Kinh cũ"),
    ],
)
def test_words_of_other_columns_amid_a_known_name_are_left_out(lead: str, mended: str) -> None:
    (row,) = mended_rows([_row(lead)], LAYOUT, KnownCells(names=usual_names()))
    assert text_of(row.cells[1]) == mended
    assert row.doubtful is (lead != mended)


@pytest.mark.parametrize(
    ("lead", "mended"),
    [
        ("Sở Tư pháp chuyên đề", "Sở Tư pháp"),
        ("Công an xã; Sở Nội vụ nhận", "Công an xã; Sở Nội vụ"),
        ("Văn phòng HĐND và UBND phường phường", "Văn phòng HĐND và UBND phường"),
        ("Phòng Kinh tế, Hạ trước phường tầng và Đô thị", "Phòng Kinh tế, Hạ tầng và Đô thị"),
        ("Sở Tư pháp được giao", "Sở Tư pháp được giao"),
        ("Công an xã Bình Mỹ", "Công an xã Bình Mỹ"),
        ("Sở Nội vụ tỉnh", "Sở Nội vụ tỉnh"),
        ("UBND các xã, thị trấn xã", "UBND các xã, thị trấn xã"),
    ],
)
def test_words_behind_a_whole_name_go_unless_they_may_be_of_it(lead: str, mended: str) -> None:
    (row,) = mended_rows([_row(lead)], LAYOUT, KnownCells(names=usual_names()))
    assert text_of(row.cells[1]) == mended
    assert row.doubtful is (lead != mended)


def test_a_task_that_ends_in_scrap_is_kept_without_it_and_doubtful() -> None:
    cells = tuple(tokens_of(text) for text in ("Công khai quỹ đất ⟨?⟩ C:/nPg ⟨?⟩ glilir?g", "UBND xã", "Quý I"))
    (row,) = mended_rows([UntangledRow("1", cells, (), (), 1.0)], LAYOUT, KnownCells())
    assert text_of(row.cells[0]) == "Công khai quỹ đất"
    assert row.doubtful


def test_what_an_english_model_made_up_amid_a_task_is_left_out_and_the_row_doubtful() -> None:
    row = UntangledRow("1", (tokens_of("Thay mới pee bảng tin one của các thôn"), (), ()), (), (), 4.0)
    (mended,) = mended_rows([row], LAYOUT, KnownCells())
    assert text_of(mended.cells[0]) == "Thay mới bảng tin của các thôn"
    assert mended.doubtful
