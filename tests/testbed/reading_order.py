"""In what order an old layer holds the lines of a table's cells, and what it loses of them.

lines    printed lines run over all columns: cells that are set amid the height of their row fall between each other
cells    cell after cell, row after row
columns  column after column, page by page
mixed    each row in one of the first two ways
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from tests.testbed.cellwise import ReadLine

Order = Literal["lines", "cells", "columns", "mixed"]
ORDERS: tuple[Order, ...] = get_args(Order)
_SPECKS = (". ,", "'", "~", "X .", "R ,", "i", "A A", "- .", "* :", "£", "- A")


@dataclass(frozen=True)
class Habits:
    """What one engine does to all tables of one layer. slack: share of a line's height that two lines may lie apart
    and still be run together; the others are chances."""

    order: Order
    slack: float
    bar: float
    blank: float
    speck: float
    swapped: float
    lost_number: float
    lost_header: bool


def habits_of(seed: int) -> Habits:
    """The habits that a seed draws."""
    dice = random.Random(seed)
    order: Order = dice.choices(ORDERS, (5.0, 2.0, 1.0, 2.0))[0]
    return Habits(
        order,
        dice.uniform(0.3, 0.65),
        dice.choice((0.0, 0.1, 0.4)),
        dice.choice((0.0, 0.05, 0.3)),
        dice.choice((0.0, 0.02, 0.06)),
        dice.choice((0.0, 0.0, 0.04)),
        dice.choices((0.0, 0.1, 0.35, 1.0), (4.0, 2.0, 1.0, 0.7))[0],
        dice.random() < 0.2,
    )


def table_text(lines: Sequence[ReadLine], header_rows: int, number_col: int | None, habits: Habits, seed: int) -> str:
    """One part of a table as text; number_col: the column of the row numbers, None where there is none."""
    dice = random.Random(seed)
    kept = [line for line in lines if not _lost(line, header_rows, number_col, habits, dice)]
    return "\n".join(_with_specks(text, habits, dice) for text in _ordered(kept, habits, dice))


def _lost(line: ReadLine, header_rows: int, number_col: int | None, habits: Habits, dice: random.Random) -> bool:
    if line.row is not None and line.row < header_rows:
        return habits.lost_header
    return line.col == number_col and len(line.text) <= 3 and dice.random() < habits.lost_number


def _ordered(lines: Sequence[ReadLine], habits: Habits, dice: random.Random) -> Iterator[str]:
    if habits.order == "lines":
        yield from _run_together(lines, habits, dice)
    elif habits.order == "columns":
        yield from _cell_by_cell(sorted(lines, key=lambda line: (line.col or 0, line.top)), habits, dice)
    else:
        for row in sorted({line.row or 0 for line in lines}):
            own = [line for line in lines if line.row == row]
            whole = habits.order == "mixed" and dice.random() < 0.6
            yield from (_run_together if whole else _cell_by_cell)(own, habits, dice)


def _cell_by_cell(lines: Sequence[ReadLine], habits: Habits, dice: random.Random) -> Iterator[str]:
    before: tuple[int | None, int | None] | None = None
    for line in lines:
        if before and before != (line.row, line.col) and dice.random() < habits.blank:
            yield ""
        before = (line.row, line.col)
        yield line.text


def _run_together(lines: Sequence[ReadLine], habits: Habits, dice: random.Random) -> Iterator[str]:
    """Printed lines from top to bottom, each over all columns."""
    left = sorted(lines, key=lambda line: line.top + line.bottom)
    while left:
        first = left[0]
        reach = habits.slack * (first.bottom - first.top)
        middle = (first.top + first.bottom) / 2
        together, taken = [], set[int | None]()
        for line in left:
            if (line.top + line.bottom) / 2 - middle > reach:
                break
            if line.col not in taken:
                together.append(line)
                taken.add(line.col)
        left = [line for line in left if line not in together]
        yield _joined(sorted(together, key=lambda line: line.left), habits, dice)
        if dice.random() < habits.blank / 2:
            yield ""


def _joined(lines: list[ReadLine], habits: Habits, dice: random.Random) -> str:
    if len(lines) > 2 and dice.random() < habits.swapped:
        at = dice.randrange(1, len(lines) - 1)
        lines[at : at + 2] = [replace(lines[at + 1]), replace(lines[at])]
    text = lines[0].text
    for line in lines[1:]:
        text += (" | " if dice.random() < habits.bar else " ") + line.text
    return text


def _with_specks(text: str, habits: Habits, dice: random.Random) -> str:
    if not text or dice.random() >= habits.speck:
        return text
    words = text.split()
    words.insert(dice.randint(0, len(words)), dice.choice(_SPECKS))
    return " ".join(words)
