"""Cells of genre/columns.toml -> printed lines of made table rows, as an engine reads a table whose rules it misses.

The cells of a row stand side by side, each broken into as many lines as its column is narrow, so that a printed line
holds the first words of one cell, then the second line of the next: what no running text shows.
"""

import random
import tomllib
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

_SEED = 11
_ORDERS = (
    ("tasks", "leads", "partners", "times"),
    ("tasks", "leads", "partners", "approvers", "times"),
    ("tasks", "products", "leads", "partners", "times"),
    ("tasks", "leads", "partners", "products", "times"),
    ("tasks", "leads", "partners", "times", "products"),
    ("tasks", "leads", "times"),
    ("tasks", "times", "leads"),
    ("heads", "heads", "heads", "heads"),
)
_WIDTHS = {"tasks": (30, 70), "heads": (8, 22)}  # characters of a column, least and most
_WIDTH = (8, 26)


def broken(cell: str, width: int) -> list[str]:
    """The cell as the lines of a column so many characters wide; a longer word stands alone.

    >>> broken("Công chức Tài chính - Kế toán", 16)
    ['Công chức Tài', 'chính - Kế toán']
    """
    lines: list[str] = []
    for word in cell.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def side_by_side(cells: Sequence[Sequence[str]], middle: bool) -> Iterator[str]:
    """The printed lines of one row. middle: short cells stand at half the height of the row, not at its top."""
    height = max(map(len, cells))
    padded = [[""] * ((height - len(cell)) // 2 if middle else 0) + list(cell) for cell in cells]
    for line in zip_longest(*padded, fillvalue=""):
        yield " ".join(text for text in line if text)


def table_lines(columns: Path, rows: int) -> Iterator[str]:
    """The printed lines of so many made rows. Raises KeyError or TOMLDecodeError when the table is broken."""
    cells: dict[str, list[str]] = tomllib.loads(columns.read_text(encoding="utf-8"))
    chance = random.Random(_SEED)
    for number in range(rows):
        row = [
            broken(chance.choice(cells[column]), chance.randint(*_WIDTHS.get(column, _WIDTH)))
            for column in chance.choice(_ORDERS)
        ]
        row[0][0] = f"{number % 60 + 1} {row[0][0]}" if chance.random() < 0.5 else row[0][0]
        yield from side_by_side(row, chance.random() < 0.6)
