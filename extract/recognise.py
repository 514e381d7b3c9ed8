"""A page image becomes a Page: clean, turn upright, straighten, find tables, read, put in order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby, pairwise

import numpy as np

from extract.assembly import Region, assembled
from extract.engines import Engine, Layout, SeenWord, engine_named
from extract.files.sheets import POINTS_PER_INCH, Sheet
from extract.image.cleaning import clean, deskew, is_blank
from extract.image.orientation import turned, upright_turn
from extract.image.perspective import squared
from extract.image.signatures import signatures_off
from extract.page import Box, Failure, Line, Page, PageSource, Table, Word
from extract.raster import Gray
from extract.regions import find_regions, lone_specks_off
from extract.rereading.comparison_signs import signs_told
from extract.rereading.flecks import without_flecks
from extract.rereading.lone_cells import read_lone_cells
from extract.rereading.pen import doubted, pen_taken_off
from extract.rereading.second_look import look_again
from extract.settings import ExtractSettings
from extract.spreads import pages_of_sheet
from extract.tables.cells import PlacedTable, place_cells, scaled_word, without_scraps
from extract.tables.grids import Grid, rulings_to_grids
from extract.tables.rulings import Ruling, erase_rules, find_rulings
from extract.tables.unfold import folded_back, unfold, without_tables
from extract.unruled.bands import rules_to_boxes
from extract.unruled.column_reading import read_again

# (letters, sureness) from which a page is told to be the right way up. Words of a page that lies right are read with
# 0.9 and more; of one that stands on its head with 0.3 to 0.5, a few by chance with 0.7.
PLAIN = ((60, 0.6), (10, 0.85))
# Turns that are tried where it is not, after that by its ink: on its head first.
OTHER_WAYS = (180, 90, 270)
SURE_WORD = 0.8
# (letters, sureness): with fewer letters, read less surely, it is no text at all, or nothing that helps anybody.
NO_TEXT = ((10, 0.8), (60, 0.6), (float("inf"), 0.35))
# A lone stroke in a table without rules down: which numeral it is is not sure.
STROKE, UNSURE = ("|", "¦"), 0.5
# Darker than this is ink, on a cleaned page.
INK = 140
# Lighter than this is the grain of the paper; the soft edges of print are mostly darker.
GRAIN = 200
# Pixels of white around the text that Tesseract is given.
RIM = 30
# A line that the engine passed over has as many marks like letters: outside of tables, fewer are dirt.
MARKS_OF_A_LINE, MARKS_OF_A_CELL = 3, 1


@dataclass(frozen=True, slots=True)
class Content:
    """What was read on an upright page; boxes in points.

    sureness  mean confidence of all that the engine saw, noise that was then dropped included; 1 where it saw nothing
    """

    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    sureness: float


NOTHING = Content((), (), 1.0)


def recognise(sheet: Sheet, number: int, settings: ExtractSettings) -> Page:
    """Read one page image with the engine of the settings."""
    engine = engine_named(settings.engine, settings.language)
    gray = clean(sheet.pixels)
    if is_blank(gray):
        return _page(sheet, number, engine, 0, 0.0, NOTHING)
    rotation, skew, content = read_all_ways(gray, sheet.dpi, engine)
    if holds_no_text(content):
        return _page(sheet, number, engine, 0, 0.0, NOTHING)
    pen = pen_taken_off(sheet.pixels, gray, sheet.dpi)
    if pen is not None:
        height = sheet.height if rotation % 180 == 0 else sheet.width
        content = replace(content, lines=doubted(content.lines, pen, rotation, skew, height))
    return _page(sheet, number, engine, rotation, skew, content)


def read_all_ways(gray: Gray, dpi: float, engine: Engine) -> tuple[int, float, Content]:
    """(rotation, skew, content) of a cleaned page: read as its ink lies, and only if that fails in other ways."""
    first = _read_turned(gray, upright_turn(gray, dpi, engine), dpi, engine)
    ways = [first]
    while not is_plain(ways[-1][2]) and len(ways) <= len(OTHER_WAYS):
        ways.append(_read_turned(gray, (first[0] + OTHER_WAYS[len(ways) - 1]) % 360, dpi, engine))
    return ways[-1] if is_plain(ways[-1][2]) else max(ways, key=lambda way: sure_letters(way[2]))


def _read_turned(gray: Gray, rotation: int, dpi: float, engine: Engine) -> tuple[int, float, Content]:
    straight, skew = deskew(turned(gray, rotation))
    return rotation, skew, read_upright(squared(straight), dpi, engine)


def is_plain(content: Content) -> bool:
    """Whether what was read leaves no doubt which way up the page is: much, or little that is very sure."""
    letters = letters_in(content.lines)
    return any(letters >= least and content.sureness >= sureness for least, sureness in PLAIN)


def sure_letters(content: Content) -> int:
    """How many letters stand in words that were read surely; upside down there are one or two, by chance."""
    words = (word for line in content.lines for word in line.words)
    return sum(len(word.text) for word in words if word.confidence >= SURE_WORD)


def holds_no_text(content: Content) -> bool:
    """A blank back through which the front shows, a photograph: scraps, none of them sure, whichever way up."""
    letters = letters_in(content.lines)
    return content.sureness < next(sureness for most, sureness in NO_TEXT if letters < most)


def read_upright(gray: Gray, dpi: float, engine: Engine) -> Content:
    """Lines and tables of a clean, straight, upright sheet; of two pages on one, the left page before the right one."""
    first, *others = [read_one_page(page, dpi, engine) for page in pages_of_sheet(gray, dpi)]
    return reduce(joined, others, first)


def joined(left: Content, right: Content) -> Content:
    """What stands on two pages, one after the other."""
    tables = (PlacedTable(table, ()).from_line(len(left.lines)) for table in right.tables)
    sureness = mean_confidence([*left.lines, *right.lines])
    return Content((*left.lines, *right.lines), (*left.tables, *tables), sureness)


def read_one_page(gray: Gray, dpi: float, engine: Engine) -> Content:
    """Lines and tables of a clean, straight, upright page: tables cell under cell, the rest region by region."""
    # Rules first: light grey ones would go with the grain, the dots of dotted ones in empty cells with the specks.
    rulings = find_rulings(gray, dpi)
    grids = rulings_to_grids(rulings, dpi, gray)
    gray = lone_specks_off(grain_off(gray), dpi)
    placed = read_tables(gray, grids, dpi, engine)
    rest = signatures_off(without_tables(gray, grids) if grids else gray, dpi)
    edges = [0, *(max(0, round(grid.box.top)) for grid in grids), gray.shape[0]]
    seen = [region for top, bottom in pairwise(edges) for region in read_regions(rest[top:bottom], top, dpi, engine)]
    regions, in_cells = read_unruled(rest, seen, rulings, dpi, engine)
    lines, tables = assembled(regions, placed, rules_to_boxes(rulings, dpi), in_cells)
    running = [word for region in (*regions, in_cells) for group in region for word in group]
    return Content(lines, tables, mean_confidence([*running, *(line for table in placed for line in table.lines)]))


def read_regions(gray: Gray, offset: int, dpi: float, engine: Engine) -> list[list[list[Word]]]:
    """The words of a part of the page, in points, by region and engine line; the part begins `offset` pixels down."""
    result = []
    for box in find_regions(gray, dpi) if gray.size else ():
        left, top, crop = cropped_to_ink(gray, box)
        words = look_again(crop, engine.read(crop, round(dpi), Layout.BLOCK), dpi, engine, MARKS_OF_A_LINE)
        words = signs_told(words, crop)
        moved = (_word(word, POINTS_PER_INCH / dpi, left, top + offset) for word in words)
        keyed = groupby(zip(words, moved, strict=True), key=lambda pair: pair[0].line)
        result.append([[word for _, word in group] for _, group in keyed])
    return result


def cropped_to_ink(gray: Gray, box: Box) -> tuple[int, int, Gray]:
    """(left, top, image): what the box holds, its white edges cut off and a rim of white put round it; pixels.

    Tesseract wants some white around the text; wide margins only cost it time.
    """
    left, top = int(box.x0), int(box.top)
    inside = gray[top : int(box.bottom), left : int(box.x1)]
    ink = inside < INK
    rows, cols = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return left, top, inside
    crop = np.pad(inside[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1], RIM, constant_values=255)
    return left + int(cols[0]) - RIM, top + int(rows[0]) - RIM, crop


def grain_off(gray: Gray) -> Gray:
    """Nearly white made white: in a part of the page with hardly any ink an engine would take the grain for it."""
    return np.where(gray > GRAIN, np.uint8(255), gray)


def read_tables(gray: Gray, grids: Sequence[Grid], dpi: float, engine: Engine) -> tuple[PlacedTable, ...]:
    """The ruled tables of the page with their words, in points."""
    bare = erase_rules(gray, [ruling for grid in grids for ruling in grid.rulings])
    return place_cells(read_cells(bare, grids, dpi, engine), grids, dpi)


def read_cells(bare: Gray, grids: Sequence[Grid], dpi: float, engine: Engine) -> dict[tuple[int, int], list[Word]]:
    """The words of every (grid, cell), in pixels; bare: the page without the grids' rules."""
    held: dict[tuple[int, int], list[Word]] = {}
    for strips in unfold(bare, grids, dpi):
        seen = engine.read(strips.image, round(dpi), Layout.BLOCK)
        again = look_again(strips.image, seen, dpi, engine, MARKS_OF_A_CELL)
        again = without_flecks(again, strips.image, dpi, openers=True)
        alone = read_lone_cells(strips, again, dpi, engine)
        words = [_word(word) for word in signs_told(alone, strips.image)]
        held.update(folded_back(words, strips))
    return held


def read_unruled(
    gray: Gray, regions: Sequence[Region], rulings: Sequence[Ruling], dpi: float, engine: Engine
) -> tuple[list[Region], Region]:
    """The regions (in points) without the words of tables without rules down, and those read anew, cell by cell."""
    bare = erase_rules(gray, [ruling for ruling in rulings if ruling.horizontal])

    def read(grids: Sequence[Grid]) -> Region:
        held = read_cells(bare, grids, dpi, engine)
        return [[scaled_word(w, POINTS_PER_INCH / dpi) for w in cell_words(words)] for words in held.values()]

    return read_again(bare, regions, rules_to_boxes(rulings, dpi), dpi, read)


def cell_words(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a cell that no rule parts from its neighbours; a lone stroke is no rule's there, but a 1 or an I."""
    if len(words) == 1 and words[0].text in STROKE:
        return (replace(words[0], text="1", confidence=min(words[0].confidence, UNSURE)),)
    return without_scraps(words)


def mean_confidence(words: Sequence[Word | Line]) -> float:
    """0 to 1, weighted by length; 1 without words: nothing was misread."""
    letters = sum(len(word.text) for word in words)
    return min(sum(word.confidence * len(word.text) for word in words) / letters, 1.0) if letters else 1.0


def letters_in(lines: Sequence[Line]) -> int:
    """How many letters and digits the lines hold."""
    return sum(map(str.isalnum, "".join(line.text for line in lines)))


def _word(seen: SeenWord, scale: float = 1.0, left: float = 0.0, top: float = 0.0) -> Word:
    """The word on the page: moved by the place of the crop (pixels), then scaled."""
    x0, y0, x1, y1 = seen.left + left, seen.top + top, seen.right + left, seen.bottom + top
    return Word(seen.text, Box(x0 * scale, y0 * scale, x1 * scale, y1 * scale), seen.confidence)


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
        confidence=mean_confidence(content.lines),
    )


def failed_page(number: int, origin: PageSource, failure: Failure) -> Page:
    """A page that gave nothing, and why."""
    return Page(number, None, None, 0, 0.0, origin, "", (), (), 0.0, failure)
