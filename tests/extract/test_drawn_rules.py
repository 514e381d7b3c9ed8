"""Rules of born-digital pages, taken from their drawing commands; every way in which programs print a rule."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.lib.colors import lightgrey, white
from reportlab.pdfgen.canvas import Canvas

from extract.files.pdfpage import TABLE_DPI, page_rules
from extract.tables.drawn_rules import drawn_rules
from extract.tables.grids import rulings_to_grids

ACROSS, DOWN = (100, 180, 260, 340), (60, 160, 400, 540)
Pen = Callable[[Canvas, float, float, float, float], None]


def _line(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.line(x0, y0, x1, y1)


def _thin_box(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.rect(x0, y0, max(x1 - x0, 0.5), max(y1 - y0, 0.5), stroke=0, fill=1)


def _dashes(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.setDash(2, 2)
    canvas.line(x0, y0, x1, y1)


def _two_lines(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    aside = 1.8
    canvas.line(x0, y0, x1, y1)
    across = y0 == y1
    canvas.line(x0 + aside * (not across), y0 + aside * across, x1 + aside * (not across), y1 + aside * across)


def _table(path: Path, pen: Pen, *, sides: bool = True) -> Path:
    """Three rows and three columns, 140 mm wide."""
    canvas = Canvas(str(path))
    for y in ACROSS:
        pen(canvas, DOWN[0], y, DOWN[-1], y)
    for x in DOWN if sides else DOWN[1:-1]:
        for low, high in pairwise(ACROSS):
            pen(canvas, x, low, x, high)
    canvas.save()
    return path


def _shape(path: Path) -> list[tuple[int, int, int]]:
    rulings = drawn_rules(path, 1, TABLE_DPI)
    assert rulings is not None
    return [(grid.n_rows, grid.n_cols, len(grid.cells)) for grid in rulings_to_grids(rulings, TABLE_DPI)]


@pytest.mark.parametrize("pen", [_line, _thin_box, _dashes, _two_lines])
@pytest.mark.parametrize("sides", [True, False], ids=["closed", "open at the sides"])
def test_a_table_has_its_grid_however_its_rules_are_printed(tmp_path: Path, pen: Pen, sides: bool) -> None:
    assert _shape(_table(tmp_path / "table.pdf", pen, sides=sides)) == [(3, 3, 9)]


def test_shades_white_lines_and_slanting_ones_are_no_rules(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "page.pdf"))
    canvas.setFillColor(lightgrey)
    canvas.rect(60, 100, 480, 30, stroke=0, fill=1)
    canvas.line(60, 300, 540, 700)
    canvas.setStrokeColor(white)
    canvas.line(60, 400, 540, 400)
    canvas.rect(60, 500, 480, 60, stroke=1, fill=0)
    canvas.save()
    assert drawn_rules(tmp_path / "page.pdf", 1, TABLE_DPI) == ()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no pdf at all"])
def test_what_cannot_be_read_is_told_by_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "broken.pdf").write_bytes(data)
    assert drawn_rules(tmp_path / "broken.pdf", 1, TABLE_DPI) is None


def test_a_turned_page_and_one_that_is_not_there_are_left_to_the_drawn_page(tmp_path: Path) -> None:
    path = _table(tmp_path / "table.pdf", _line)
    document = pdfium.PdfDocument(path)
    document[0].set_rotation(90)
    document.save(tmp_path / "turned.pdf")
    assert drawn_rules(tmp_path / "turned.pdf", 1, TABLE_DPI) is None
    assert drawn_rules(path, 2, TABLE_DPI) is None
    (grid,), _ = page_rules(pdfium.PdfDocument(tmp_path / "turned.pdf")[0], 1, tmp_path / "turned.pdf")
    assert (grid.n_rows, grid.n_cols) == (3, 3)


def test_a_page_with_a_picture_is_drawn(tmp_path: Path) -> None:
    path = _table(tmp_path / "table.pdf", _line)
    image = pdfium.PdfDocument(path)[0].render(scale=2).to_pil()
    canvas = Canvas(str(tmp_path / "scan.pdf"), pagesize=(595, 842))
    canvas.drawInlineImage(image, 0, 0, 595, 842)
    canvas.line(60, 20, 540, 20)
    canvas.save()
    grids, across = page_rules(pdfium.PdfDocument(tmp_path / "scan.pdf")[0], 1, tmp_path / "scan.pdf")
    assert [(grid.n_rows, grid.n_cols) for grid in grids] == [(3, 3)]
    assert len(across) == 5
