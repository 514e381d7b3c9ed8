"""One page of a PDF -> Page: from its own text layer where that is right, else drawn and read."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from extract.assembly import Region, assembled
from extract.engines.textlayer import Layer, read_layer
from extract.files.jpeg2000 import lighten
from extract.files.layers import PICTURE_SHARE, LayerFacts, Verdict, verdict_on
from extract.files.sheets import POINTS_PER_INCH, opened_pdf, sheet_of_pdf
from extract.page import Box, Line, Page, PageSource, Table, Word
from extract.raster import Gray
from extract.recognise import recognise
from extract.regions import INK_DPI, ink_to_regions, text_ink
from extract.rereading.witness import borne_out
from extract.settings import ExtractSettings
from extract.tables.cells import place_words
from extract.tables.drawn_rules import drawn_rules
from extract.tables.grids import Grid, rulings_to_grids
from extract.tables.rulings import find_rulings
from extract.unruled.bands import rules_to_boxes

# Rules of a drawn page are sharp: this is enough to find them.
TABLE_DPI = 150

MOST_PATHS = 5000
"""Paths of a page whose rules are taken from its drawing commands; a map has more, and pdfplumber reads them slowly."""


def read_pdf_page(path: Path, number: int, settings: ExtractSettings) -> Page:
    """Page `number` (from 1) of a PDF. Raises SheetError where it cannot be drawn."""
    with opened_pdf(path) as document:
        page = document[number - 1]
        lighten(page, settings.dpi)
        witness: Sequence[Word] = ()
        if not settings.ignore_text_layers:
            layer = read_layer(page)
            verdict = verdict_on(facts_of(page, layer))
            if verdict.usable:
                return page_of_layer(page, layer, number, path)
            witness = layer.words if verdict is Verdict.GARBLED else ()
        sheet = sheet_of_pdf(page, settings.dpi)
    return borne_out(recognise(sheet, number, settings), witness)


def facts_of(page: pdfium.PdfPage, layer: Layer) -> LayerFacts:
    """What triage asks of the page; the page is drawn only where pictures cover much of it."""
    picture = picture_share(page) if layer.lines else 0.0
    covered = covered_share(page, layer.words) if picture > PICTURE_SHARE else 1.0
    return LayerFacts(layer.text, layer.fonts, picture, covered, layer.upright)


def picture_share(page: pdfium.PdfPage) -> float:
    """Share of the page that images cover, 0 to 1, overlaps counted once."""
    width, height = page.get_size()
    left, bottom, right, top = page.get_bbox()
    grid = np.zeros((64, 64), np.bool_)
    across, down = 64 / max(right - left, 1e-6), 64 / max(top - bottom, 1e-6)
    if width <= 0 or height <= 0:
        return 0.0
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        x0, y0, x1, y1 = image.get_bounds()
        rows = slice(max(0, round((y0 - bottom) * down)), max(0, round((y1 - bottom) * down)))
        grid[rows, max(0, round((x0 - left) * across)) : max(0, round((x1 - left) * across))] = True
    return float(grid.mean())


def covered_share(page: pdfium.PdfPage, words: Sequence[Word]) -> float:
    """Share of the ink that looks like letters that lies under the words; 1 where there is none."""
    ink = text_ink(_drawn_gray(page, INK_DPI), INK_DPI)
    under = words_to_mask(words, ink.shape, INK_DPI)
    total = int(ink.sum())
    return float((ink & under).sum() / total) if total else 1.0


def words_to_mask(words: Sequence[Word], shape: tuple[int, ...], dpi: float) -> NDArray[np.bool_]:
    """True under the boxes of the words; shape (height, width) in pixels at `dpi`."""
    mask = np.zeros(shape[:2], np.bool_)
    scale = dpi / POINTS_PER_INCH
    for box in (word.box for word in words if word.box is not None):
        rows = slice(max(0, int(box.top * scale)), max(0, int(np.ceil(box.bottom * scale))))
        mask[rows, max(0, int(box.x0 * scale)) : max(0, int(np.ceil(box.x1 * scale)))] = True
    return mask


def _drawn_gray(page: pdfium.PdfPage, dpi: int) -> Gray:
    pixels = sheet_of_pdf(page, dpi, native=False).pixels
    return pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def page_of_layer(page: pdfium.PdfPage, layer: Layer, number: int, path: Path) -> Page:
    """The page as its own layer says it, its tables by the rules that are drawn. path: of the file it is from."""
    width, height = page.get_size()
    grids, rules_across = page_rules(page, number, path)
    lines, tables = layer_content(layer, grids, width, height, rules_across)
    return Page(
        number=number,
        width=width,
        height=height,
        rotation=0,
        skew=0.0,
        source=PageSource.TEXT_LAYER,
        engine="pdf",
        lines=lines,
        tables=tables,
        confidence=1.0,
    )


def page_rules(page: pdfium.PdfPage, number: int, path: Path) -> tuple[tuple[Grid, ...], tuple[Box, ...]]:
    """The ruled tables of page `number`, in pixels at TABLE_DPI, and its rules across, in points.

    From the drawing commands where these are all there is, else from the drawn page. None where it has neither paths
    nor images.
    """
    paths, images = (_count(page, kind) for kind in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE))
    if not paths and not images:
        return (), ()
    rulings = drawn_rules(path, number, TABLE_DPI) if not images and paths <= MOST_PATHS else None
    if rulings is not None:
        return rulings_to_grids(rulings, TABLE_DPI), rules_to_boxes(rulings, TABLE_DPI)
    drawn = _drawn_gray(page, TABLE_DPI)
    rulings = find_rulings(drawn, TABLE_DPI)
    return rulings_to_grids(rulings, TABLE_DPI, drawn), rules_to_boxes(rulings, TABLE_DPI)


def _count(page: pdfium.PdfPage, kind: int) -> int:
    """How many objects of a kind the page has; no further than it matters."""
    return sum(1 for _ in islice(page.get_objects(filter=[kind], max_depth=4), MOST_PATHS + 1))


def layer_content(
    layer: Layer, grids: Sequence[Grid], width: float, height: float, rules_across: Sequence[Box] = ()
) -> tuple[tuple[Line, ...], tuple[Table, ...]]:
    """Lines and tables of a page from its words, in reading order; width, height and rules in points."""
    scale = TABLE_DPI / POINTS_PER_INCH
    inside = [word for word in layer.words if _in_grid(word, grids, scale)]
    outside = [[word for word in line if not _in_grid(word, grids, scale)] for line in layer.lines]
    placed = place_words([_scaled(word, scale) for word in inside], grids, TABLE_DPI).tables
    tops = [grid.box.top / scale for grid in grids]
    regions: list[Region] = []
    for section in range(len(grids) + 1):
        here = [line for line in outside if line and sum(top < _middle(line) for top in tops) == section]
        regions.extend(running_regions(here, width, height))
    return assembled(regions, placed, rules_across)


def running_regions(groups: Sequence[Sequence[Word]], width: float, height: float) -> list[Region]:
    """Words outside of tables, cut into regions as the ink of a scan is; points."""
    scale = INK_DPI / POINTS_PER_INCH
    words = [word for group in groups for word in group]
    mask = words_to_mask(words, (round(height * scale), round(width * scale)), INK_DPI)
    boxes = [Box(b.x0 / scale, b.top / scale, b.x1 / scale, b.bottom / scale) for b in ink_to_regions(mask, INK_DPI)]
    return [[[word for word in group if _centred_in(word, box)] for group in groups] for box in boxes]


def _centred_in(word: Word, region: Box) -> bool:
    """Half open, so that no word is in two regions."""
    if word.box is None:
        return False
    x, y = word.box.centre
    return region.x0 <= x < region.x1 and region.top <= y < region.bottom


def _in_grid(word: Word, grids: Sequence[Grid], scale: float) -> bool:
    if word.box is None:
        return False
    x, y = word.box.centre
    return any(grid.cell_at(x * scale, y * scale) is not None for grid in grids)


def _scaled(word: Word, scale: float) -> Word:
    assert word.box is not None
    box = word.box
    return Word(word.text, Box(box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale), word.confidence)


def _middle(words: Sequence[Word]) -> float:
    heights = [word.box.centre[1] for word in words if word.box is not None]
    return sum(heights) / len(heights)
