"""What in a header its place alone proves: the name of the column of row numbers, and the numbers of the columns.

"SIT" over 1, 2, 3 beside other names of columns is "STT": the first cell of a header whose other cells name columns,
over nothing but row numbers. What letters are read for its own, with examples, is the table number_column.toml.
"q)" before "(2)", "(3)" and "(4)" is "(1)".
"""

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from extract.page import Cell, Word
from extract.tables.headers import FEWEST_BRACKETED, is_row_number, opens_header
from extract.tables.row_numbers import STOPS, TOLD

NAMES = ("STT", "TT")

LONGEST_COLUMN_NUMBER = 4
"""Letters of a bracketed number of a column, however it was read."""

FEWEST_NAMED = 2
"""Other cells of the header that name columns."""


def with_name_of_numbers(found: Sequence[tuple[Cell, Sequence[Word]]]) -> tuple[tuple[Cell, Sequence[Word]], ...]:
    """The cells and their words, the name of the column of row numbers put right where its place proves it."""
    name = next((words[0] for cell, words in found if (cell.row, cell.col) == (0, 0) and len(words) == 1), None)
    printed = looks_like_name(name.text) if name is not None else None
    if name is None or printed is None or printed == name.text or not stands_over_numbers(found):
        return tuple(found)
    told = replace(name, text=printed, confidence=min(name.confidence, TOLD))
    return tuple((cell, (told,) if (cell.row, cell.col) == (0, 0) else words) for cell, words in found)


def with_column_numbers(found: Sequence[tuple[Cell, Sequence[Word]]]) -> tuple[tuple[Cell, Sequence[Word]], ...]:
    """The cells and their words, misread ones put right of a row that numbers the columns: "(1)", "(2)" and so on."""
    rows: dict[int, list[tuple[Cell, Sequence[Word]]]] = defaultdict(list)
    for cell, words in found:
        rows[cell.row].append((cell, words))
    numbered = {row for row, cells in rows.items() if _number_columns(cells)}
    return tuple((cell, _numbered(cell, words) if cell.row in numbered else words) for cell, words in found)


def _number_columns(cells: Sequence[tuple[Cell, Sequence[Word]]]) -> bool:
    """Whether the cells of a row hold nothing longer than such numbers, most of them that of their own column."""
    texts = [(cell, "".join(word.text for word in words)) for cell, words in cells]
    right = sum(text == _number_of(cell) for cell, text in texts)
    short = all(len(text) <= LONGEST_COLUMN_NUMBER and cell.colspan == 1 for cell, text in texts)
    return short and right >= max(FEWEST_BRACKETED, len(texts) / 2)


def _number_of(cell: Cell) -> str:
    return f"({cell.col + 1})"


def _numbered(cell: Cell, words: Sequence[Word]) -> Sequence[Word]:
    if len(words) != 1 or words[0].text == _number_of(cell):
        return words
    return (replace(words[0], text=_number_of(cell), confidence=min(words[0].confidence, TOLD)),)


def looks_like_name(text: str) -> str | None:
    """The name that was perhaps read so; None where no letter of it was read, or it looks like neither.

    >>> looks_like_name("SIT"), looks_like_name("II"), looks_like_name("Sở")
    ('STT', None, None)
    """
    bare = text.strip(STOPS)
    printed = bare.translate(_signs())
    return printed if printed in NAMES and any(a == b for a, b in zip(bare, printed, strict=True)) else None


def stands_over_numbers(found: Sequence[tuple[Cell, Sequence[Word]]]) -> bool:
    """Whether the first column holds nothing but row numbers below its name, and other columns are named beside it."""
    texts = [(cell, " ".join(word.text for word in words)) for cell, words in found]
    named = sum(cell.row == 0 and cell.col > 0 and opens_header(text) for cell, text in texts)
    below = [text for cell, text in texts if cell.col == 0 and cell.row > 0 and cell.colspan == 1 and text]
    return named >= FEWEST_NAMED and bool(below) and all(map(is_row_number, below))


@cache
def _signs() -> dict[int, str]:
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf8"))["sign"]
    return {ord(letter): row["printed"] for row in rows for letter in row["read"]}
