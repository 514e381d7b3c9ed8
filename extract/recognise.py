"""A page image becomes a Page: clean, turn upright, straighten, find tables, read, put in order."""

from itertools import groupby

from extract.engines import Engine, Layout, SeenWord, engine_named
from extract.image import clean, deskew, is_blank
from extract.orientation import lies_on_its_side, turned
from extract.page import Box, Failure, Line, Page, PageSource, Table, Word
from extract.reading_order import lines_in_order
from extract.settings import ExtractSettings
from extract.sheets import Sheet

POINTS_PER_INCH = 72
# Words read with less confidence than this on average: the page probably stands on its head.
UPRIGHT_CONFIDENCE = 0.6


def recognise(sheet: Sheet, number: int, settings: ExtractSettings) -> Page:
    """Read one page image with the engine of the settings."""
    engine = engine_named(settings.engine, settings.language)
    gray = clean(sheet.pixels)
    if is_blank(gray):
        return _page(sheet, number, engine, 0, 0.0, (), ())
    rotation = 90 if lies_on_its_side(gray) else 0
    straight, skew = deskew(turned(gray, rotation))
    words = engine.read(straight, round(sheet.dpi), Layout.AUTO)
    if mean_confidence(words) < UPRIGHT_CONFIDENCE:
        over = turned(straight, 180)
        flipped = engine.read(over, round(sheet.dpi), Layout.AUTO)
        if mean_confidence(flipped) > mean_confidence(words):
            words, rotation = flipped, rotation + 180
    scale = POINTS_PER_INCH / sheet.dpi
    groups = [[_word(w, scale) for w in group] for _, group in groupby(words, key=lambda w: w.line)]
    return _page(sheet, number, engine, rotation, skew, lines_in_order(groups), ())


def mean_confidence(words: tuple[SeenWord, ...]) -> float:
    """0 to 1, words weighted by their length; 0 without words."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _word(seen: SeenWord, scale: float) -> Word:
    box = Box(seen.left * scale, seen.top * scale, seen.right * scale, seen.bottom * scale)
    return Word(seen.text, box, seen.confidence)


def _page(
    sheet: Sheet,
    number: int,
    engine: Engine,
    rotation: int,
    skew: float,
    lines: tuple[Line, ...],
    tables: tuple[Table, ...],
) -> Page:
    width, height = (sheet.width, sheet.height) if rotation % 180 == 0 else (sheet.height, sheet.width)
    letters = sum(len(line.text) for line in lines)
    confidence = sum(line.confidence * len(line.text) for line in lines) / letters if letters else 1.0
    return Page(number, width, height, rotation, skew, PageSource.OCR, engine.name, lines, tables, min(confidence, 1.0))


def failed_page(number: int, origin: PageSource, failure: Failure) -> Page:
    """A page that gave nothing, and why."""
    return Page(number, None, None, 0, 0.0, origin, "", (), (), 0.0, failure)
