"""A page image becomes a Page: clean, turn upright, straighten, find tables, read, put in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from extract import unfold
from extract.cells import PlacedTable, place_cells
from extract.engines import Engine, Layout, SeenWord, engine_named
from extract.image import clean, deskew, is_blank
from extract.orientation import turned, upright_turn
from extract.page import Box, Failure, Line, Page, PageSource, Table, Word
from extract.raster import Gray
from extract.reading_order import lines_in_order
from extract.rulings import erase_rules
from extract.settings import ExtractSettings
from extract.sheets import POINTS_PER_INCH, Sheet
from extract.tables import Grid, find_grids

# Words of a page that lies right are read with 0.9 and more; of one that stands on its head with 0.3 to 0.5.
UPRIGHT_CONFIDENCE = 0.6


@dataclass(frozen=True, slots=True)
class Content:
    """What was read on an upright page; boxes in points."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    confidence: float


NOTHING = Content((), (), 1.0)


def recognise(sheet: Sheet, number: int, settings: ExtractSettings) -> Page:
    """Read one page image with the engine of the settings."""
    engine = engine_named(settings.engine, settings.language)
    gray = clean(sheet.pixels)
    if is_blank(gray):
        return _page(sheet, number, engine, 0, 0.0, NOTHING)
    rotation = upright_turn(gray, sheet.dpi, engine)
    straight, skew = deskew(turned(gray, rotation))
    content = read_upright(straight, sheet.dpi, engine)
    if content.confidence < UPRIGHT_CONFIDENCE:
        over = read_upright(turned(straight, 180), sheet.dpi, engine)
        if over.confidence > content.confidence:
            content, rotation = over, (rotation + 180) % 360
    return _page(sheet, number, engine, rotation, skew, content)


def read_upright(gray: Gray, dpi: float, engine: Engine) -> Content:
    """Lines and tables of a clean, straight, upright page: tables cell under cell, the rest as running text."""
    grids = find_grids(gray, dpi)
    tables = read_tables(gray, grids, dpi, engine)
    rest = unfold.without_tables(gray, grids) if grids else gray
    words = () if grids and is_blank(rest) else engine.read(rest, round(dpi), Layout.AUTO)
    scale = POINTS_PER_INCH / dpi
    groups = [[_word(w, scale) for w in group] for _, group in groupby(words, key=lambda w: w.line)]
    return interleaved(groups, tables)


def read_tables(gray: Gray, grids: Sequence[Grid], dpi: float, engine: Engine) -> tuple[PlacedTable, ...]:
    """The ruled tables of the page with their words, in points."""
    bare = erase_rules(gray, [ruling for grid in grids for ruling in grid.rulings])
    held: dict[tuple[int, int], list[Word]] = {}
    for strips in unfold.unfold(bare, grids, dpi):
        words = [_word(word, 1.0) for word in engine.read(strips.image, round(dpi), Layout.BLOCK)]
        held.update(unfold.folded_back(words, strips))
    return place_cells(held, grids, dpi)


def interleaved(groups: Sequence[Sequence[Word]], tables: Sequence[PlacedTable]) -> Content:
    """Running text and tables, each table where it stands on the page. groups: words of one engine line each."""
    lines: list[Line] = []
    placed: list[Table] = []
    tops = [table.table.box.top if table.table.box else 0.0 for table in tables]
    for section in range(len(tables) + 1):
        here = [group for group in groups if sum(top < _middle(group) for top in tops) == section]
        lines.extend(lines_in_order(here))
        if section < len(tables):
            placed.append(tables[section].from_line(len(lines)))
            lines.extend(tables[section].lines)
    return Content(tuple(lines), tuple(placed), mean_confidence(lines))


def _middle(words: Sequence[Word]) -> float:
    heights = [word.box.centre[1] for word in words if word.box is not None]
    return sum(heights) / len(heights) if heights else 0.0


def mean_confidence(lines: Sequence[Line]) -> float:
    """0 to 1, lines weighted by their length; 1 without lines: nothing was misread."""
    letters = sum(len(line.text) for line in lines)
    return min(sum(line.confidence * len(line.text) for line in lines) / letters, 1.0) if letters else 1.0


def _word(seen: SeenWord, scale: float) -> Word:
    box = Box(seen.left * scale, seen.top * scale, seen.right * scale, seen.bottom * scale)
    return Word(seen.text, box, seen.confidence)


def _page(sheet: Sheet, number: int, engine: Engine, rotation: int, skew: float, content: Content) -> Page:
    width, height = (sheet.width, sheet.height) if rotation % 180 == 0 else (sheet.height, sheet.width)
    return Page(
        number=number,
        width=width,
        height=height,
        rotation=rotation,
        skew=skew,
        source=PageSource.OCR,
        engine=engine.name,
        lines=content.lines,
        tables=content.tables,
        confidence=content.confidence,
    )


def failed_page(number: int, origin: PageSource, failure: Failure) -> Page:
    """A page that gave nothing, and why."""
    return Page(number, None, None, 0, 0.0, origin, "", (), (), 0.0, failure)
