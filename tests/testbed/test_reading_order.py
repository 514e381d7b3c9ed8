"""In what order a made layer holds the lines of a table's cells."""

from dataclasses import replace

import pytest

from tests.testbed.cellwise import ReadLine
from tests.testbed.flow import DrawnCell, DrawnTable, DrawnText, PrintedLine
from tests.testbed.oldlayer import printed_layer
from tests.testbed.reading_order import Habits, Order, habits_of, table_text
from tests.testbed.render import PageTruth

CLEAN = Habits("lines", 0.5, bar=0.0, blank=0.0, speck=0.0, swapped=0.0, lost_number=0.0, lost_header=False)
LINES = [
    ReadLine("STT", 0, 0, 10, 0, 0),
    ReadLine("Nhiem vu", 20, 0, 10, 0, 1),
    ReadLine("1", 0, 26, 36, 1, 0),
    ReadLine("Ra soat", 20, 20, 30, 1, 1),
    ReadLine("van ban", 20, 32, 42, 1, 1),
    ReadLine("Cong an", 80, 20, 30, 1, 2),
]


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ("lines", "STT Nhiem vu\nRa soat Cong an\n1\nvan ban"),
        ("cells", "STT\nNhiem vu\n1\nRa soat\nvan ban\nCong an"),
        ("columns", "STT\n1\nNhiem vu\nRa soat\nvan ban\nCong an"),
    ],
)
def test_cells_are_run_together_as_engines_do(order: Order, text: str) -> None:
    assert table_text(LINES, 1, 0, replace(CLEAN, order=order), seed=1) == text


def test_headers_and_numbers_may_be_lost() -> None:
    habits = replace(CLEAN, order="cells", lost_number=1.0, lost_header=True)
    assert table_text(LINES, 1, 0, habits, seed=1) == "Ra soat\nvan ban\nCong an"


def test_the_same_seed_draws_the_same_habits() -> None:
    assert habits_of(3) == habits_of(3)
    assert len({habits_of(seed).order for seed in range(40)}) == 4


def test_printed_layers_run_the_words_of_the_page_together() -> None:
    box = (0.0, 0.0, 50.0, 10.0)
    header = DrawnCell(0, 0, 1, 2, box, "Nhiệm vụ", (PrintedLine("Nhiệm vụ", box),))
    task = DrawnCell(1, 0, 1, 1, box, "Rà soát", (PrintedLine("Rà soát", (0, 20, 30, 30)),))
    lead = DrawnCell(1, 1, 1, 1, box, "Công an", (PrintedLine("Công an", (40, 20, 80, 30)),))
    table = DrawnTable(1, True, box, (0, 40, 80), (0, 15, 30), 0, (header, task, lead), ())
    text = DrawnText(1, box, "Phụ lục", (PrintedLine("Phụ lục", box),))
    page = PageTruth(1, 100, 100, (), (table,), (), (text, table))
    layer = printed_layer([page], seed=next(s for s in range(99) if habits_of(s).order == "lines"))
    assert layer.startswith("\nPhụ lục\nNhiệm vụ")
    assert "Rà soát" in layer and "Công an" in layer
