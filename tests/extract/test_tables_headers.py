"""Which rows are the header: the table of names proves itself, shapes do the rest."""

import tomllib
from pathlib import Path

import pytest

import extract.tables.headers
from extract.tables.headers import header_rows, opens_header, opens_total

WORDS = tomllib.loads(Path(extract.tables.headers.__file__).with_name("headers.toml").read_text("utf8"))
ROWS, TOTALS = WORDS["name"], WORDS["total"]


@pytest.mark.parametrize("row", ROWS, ids=lambda r: str(r["text"]))
def test_examples_of_each_name(row: dict[str, list[str]]) -> None:
    assert all(opens_header(t) for t in row["like"])
    assert not any(opens_header(t) for t in row["unlike"])
    assert set(row) == {"text", "like", "unlike"}


@pytest.mark.parametrize("row", TOTALS, ids=lambda r: str(r["text"]))
def test_examples_of_each_word_for_totals(row: dict[str, list[str]]) -> None:
    assert all(opens_total(t) for t in row["like"])
    assert not any(opens_total(t) for t in row["unlike"])
    assert set(row) == {"text", "like", "unlike"}


def _plain(*rows: list[str]) -> tuple[list[tuple[int, int, int, int]], list[str], int]:
    spans = [(r, c, 1, 1) for r, row in enumerate(rows) for c in range(len(row))]
    return spans, [t for row in rows for t in row], len(rows[0])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((["STT", "Nội dung", "Thời gian"], ["1", "Rà soát", "Quý I"]), 1),
        ((["TT", "Nhiệm vụ", "Ghi chú"], ["(1)", "(2)", "(3)"], ["1", "Rà soát", ""]), 2),
        ((["4", "Rà soát thủ tục", "Quý I"], ["5", "Báo cáo", "Quý II"]), 0),
        ((["", "và các đơn vị có liên quan.", ""], ["5", "Báo cáo", "Quý II"]), 0),
    ],
)
def test_header_rows_of_plain_tables(rows: tuple[list[str], ...], expected: int) -> None:
    assert header_rows(*_plain(*rows)) == expected


def test_header_of_two_lines_with_merged_cells() -> None:
    spans = [(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 2, 1), (1, 1, 1, 1), (1, 2, 1, 1), *((2, c, 1, 1) for c in range(4))]
    texts = ["STT", "Cơ quan", "Thời gian", "Chủ trì", "Phối hợp", "1", "Sở A", "Sở B", "Quý I"]
    assert header_rows(spans, texts, 4) == 2
