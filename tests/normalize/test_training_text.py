"""Text that the language model is counted on: web pages without their furniture, made table rows."""

from pathlib import Path

import pytest

from normalize.training import corpora, pages
from normalize.training.table_lines import broken, side_by_side, table_lines

GENRE = Path(corpora.__file__).parent / "genre"


def test_what_web_pages_share_is_left_out_and_nothing_comes_twice(tmp_path: Path) -> None:
    pages = [f"\f### {n}.md\nĐăng nhập\n|\nKế hoạch số {n}\n|\nCăn cứ Luật\n|\n" for n in range(3)]
    saved = tmp_path / "web.txt"
    saved.write_text("".join(pages) + "\f### 3.md\nĐăng nhập\n|\nQuyết định\n", encoding="utf-8")
    assert list(corpora.web_paragraphs(saved)) == [
        "Kế hoạch số 0", "Căn cứ Luật", "Kế hoạch số 1", "Kế hoạch số 2", "Quyết định",
    ]  # fmt: skip


def test_markup_inside_a_word_parts_no_word() -> None:
    assert list(corpora.paragraphs(["**Biển ki****ể****m soát**"], wrapped=True)) == ["Biển kiểm soát"]


@pytest.mark.parametrize(
    ("cell", "width", "lines"),
    [("Quý I", 8, ["Quý I"]), ("Văn phòng HĐND", 9, ["Văn phòng", "HĐND"]), ("nghiêng", 3, ["nghiêng"]), ("", 5, [])],
)
def test_a_cell_is_broken_at_blanks(cell: str, width: int, lines: list[str]) -> None:
    assert broken(cell, width) == lines


def test_the_lines_of_a_row_run_its_cells_together() -> None:
    row = [["Ban hành", "kế hoạch"], ["Công an"]]
    assert list(side_by_side(row, middle=False)) == ["Ban hành Công an", "kế hoạch"]


def test_made_rows_are_the_same_every_time_and_hold_only_words_of_the_table() -> None:
    columns = GENRE / "columns.toml"
    lines = list(table_lines(columns, 30))
    assert lines == list(table_lines(columns, 30))
    known = set(columns.read_text(encoding="utf-8").replace('"', " ").replace(",", " ").split())
    words = {word.strip(",") for line in lines for word in line.split() if not word.isdigit()}
    assert words <= known | {word + "," for word in known}


def test_no_made_page_is_printed_in_a_font_that_lacks_letters() -> None:
    assert not pages.fonts(["LiberationSerif", "LiberationSans"])


def test_no_family_of_fonts_is_in_training_and_in_tests() -> None:
    assert not set(pages.TRAINING_FONTS) & set(pages.TEST_FONTS)
