"""Printed pages with tables in any kind of rules, as a scanner gives them, and their exact truth: for figures with OCR.

    python -m benchmarks.printed_tables [--rules none] [--damage 2] [--seeds 860 864]

Prints for each page the F1 of its cells and of their neighbours, then the means and the share of pages whose cells
reach 0.85. The words and the layout come of the test bed; what differs from its documents is that a page is little more
than one table, its rules are chosen, and every cell's place and text is known.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.table_scores import cells_of, cells_read, score
from extract import ExtractSettings
from extract.files.sheets import Sheet
from extract.raster import Gray, Rgb
from extract.recognise import recognise
from tests.testbed.chance import Dice, pool
from tests.testbed.document import Block, Column, File, Grid, Heading, Part, SectionRow, TaskRow, Text
from tests.testbed.flow import DrawnTable
from tests.testbed.look import made_making, made_style
from tests.testbed.office import made_office
from tests.testbed.render import Rendered, render
from tests.testbed.scan import scan
from tests.testbed.tables import made_grid

RULES = ("all", "open", "double", "across", "header", "none")

# Rows of a table: enough for a page and sometimes for the next one.
ROWS = (5, 14)
GOOD = 0.85
"""F1 of the cells from which a page counts as read."""


@dataclass(frozen=True)
class PrintedPage:
    """One scanned page. turned, askew: degrees clockwise by which it lies; lines: its text in reading order."""

    name: str
    image: Gray | Rgb
    dpi: int
    turned: int
    askew: float
    lines: tuple[str, ...]
    tables: tuple[DrawnTable, ...]


def printed(seed: int, rules: str) -> tuple[Rendered, Dice]:
    """One table of the test bed's kind with these rules, as it is printed; the same seed gives the same table."""
    dice = Dice(seed * 7919 + RULES.index(rules))
    style = replace(made_style(dice), rules=rules, page_number="none", handwritten=False)
    if rules in ("across", "header", "none"):
        # Columns that no rule parts stand further apart.
        style = replace(style, table_padding=dice.one((4, 5, 6)), split_rows=False)
    grid = _tasks(dice, closed=rules in ("all", "open", "double")) if dice.chance(0.75) else _figures(dice)
    return render(File("table", (Part("", "", _around(dice, grid)),)), style), dice


def printed_pages(seed: int, rules: str, damage: int) -> Iterator[PrintedPage]:
    """The scans of its pages that hold a part of the table."""
    rendered, dice = printed(seed, rules)
    making = made_making(dice, "scan", damage)
    for page in scan(rendered, making, ""):
        if page.truth is not None and page.truth.tables:
            name = f"{rules}-{seed}-{damage}-{page.truth.number}"
            truth = page.truth
            yield PrintedPage(name, page.picture, making.dpi, page.turned, page.askew, truth.lines, truth.tables)


def _around(dice: Dice, grid: Grid) -> tuple[Block, ...]:
    """The table between its title and some sentences."""
    prose = [Text(dice.fresh(pool("prose")["purpose"]).format(name="nơi này", y=2027), "-") for _ in range(4)]
    title: list[Block] = [Heading("PHỤ LỤC", centred=True)] if dice.chance(0.7) else []
    above, below = prose[: dice.number(0, 2)], prose[2 : 2 + dice.number(0, 2)]
    return (*title, *above, grid, *below)


def _tasks(dice: Dice, *, closed: bool) -> Grid:
    """A table of tasks of a page or two; cells over several rows only where rules show them."""
    grid = made_grid(dice, made_office(dice, two_tier=dice.chance(0.5)), 2027, 2027, landscape=False)
    while not closed and any(column.field == "goal" for column in grid.columns):
        grid = made_grid(dice, made_office(dice, two_tier=dice.chance(0.5)), 2027, 2027, landscape=False)
    return replace(grid, rows=_whole(grid.rows, dice.number(*ROWS)))


def _whole(rows: tuple[SectionRow | TaskRow, ...], count: int) -> tuple[SectionRow | TaskRow, ...]:
    """About so many rows, no cell over several rows cut."""
    while count < len(rows) and not _begins(rows[count]):
        count += 1
    return rows[:count]


def _begins(row: SectionRow | TaskRow) -> bool:
    return isinstance(row, SectionRow) or row.goal_rows > 0


def _figures(dice: Dice) -> Grid:
    """A table of aims with their figures over some years, the kind that is often printed without rules down."""
    years = [2025 + n for n in range(dice.number(2, 3))]
    over = "Kế hoạch" if dice.chance(0.4) else None
    note = [Column("note", "Ghi chú", 1.2)] if dice.chance(0.4) else []
    columns = [
        Column("no", dice.one(("STT", "TT")), 0.5),
        Column("task", dice.one(("Chỉ tiêu", "Nội dung")), 3.0),
        Column("figure", dice.one(("Đơn vị tính", "ĐVT")), 0.9),
        *(Column("figure", f"Năm {year}", 0.9, over) for year in years),
        *note,
    ]
    rows = []
    for number in range(1, dice.number(*ROWS) + 1):
        first = dice.number(30, 80)
        cells = [str(number), dice.fresh(pool("aims")["rate"]), dice.one(("%", "hồ sơ", "lớp"))]
        cells += [str(first + 5 * n) for n in range(len(years))] + [dice.one(("", "Việc mới")) for _ in note]
        rows.append(TaskRow(tuple(cells)))
    return Grid(tuple(columns), tuple(rows))


def scores(page: PrintedPage) -> tuple[float, float]:
    """F1 of the cells read on a page, and of their neighbours."""
    height, width = page.image.shape[:2]
    sheet = Sheet(page.image, page.dpi, width * 72 / page.dpi, height * 72 / page.dpi)
    return score(cells_read(recognise(sheet, 1, ExtractSettings())), cells_of(page.tables))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", choices=RULES, default="none")
    parser.add_argument("--damage", type=int, choices=range(4), default=2)
    parser.add_argument("--seeds", type=int, nargs=2, default=(860, 864), metavar=("FIRST", "END"))
    asked = parser.parse_args()
    found = []
    for page in (page for seed in range(*asked.seeds) for page in printed_pages(seed, asked.rules, asked.damage)):
        found.append(scores(page))
        print(page.name, *(f"{value:.3f}" for value in found[-1]))
    cells, neighbours = np.mean(found, axis=0)
    good = np.mean([page[0] >= GOOD for page in found])
    print(f"{len(found)} pages: cells {cells:.3f}, neighbours {neighbours:.3f}, {good:.2f} with {GOOD} of the cells")


if __name__ == "__main__":
    main()
