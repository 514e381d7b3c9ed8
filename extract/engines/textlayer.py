"""The text that a PDF page already has: words with their boxes, through PDFium."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.page import Box, Word

# PDFium's sign for a hyphen at which a line was broken; it leaves out the end of the line behind it.
BROKEN_HYPHEN = "\x02"
# Device units a point: PDFium turns page into device coordinates in whole numbers.
PRECISION = 100
# The font is asked of every so many characters.
FONT_STEP = 25


@dataclass(frozen=True, slots=True)
class Layer:
    """The text layer of one page.

    lines    words by line as PDFium tells lines; boxes in points of the page as a viewer shows it
    upright  share of the longer words that run from left to right in that view; 1 where there are none
    fonts    base font names seen, without the tag of a subset
    """

    lines: tuple[tuple[Word, ...], ...]
    upright: float
    fonts: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(" ".join(word.text for word in line) for line in self.lines)

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for line in self.lines for word in line)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character of the layer with its box in the page's own space (y upwards)."""

    char: str
    left: float
    bottom: float
    right: float
    top: float


def read_layer(page: pdfium.PdfPage) -> Layer:
    """The text layer of the page; without lines where it has none."""
    textpage = page.get_textpage()
    try:
        glyphs = list(_glyphs(textpage))
        fonts = _fonts(textpage, len(glyphs))
    finally:
        textpage.close()
    lines, level, longer = [], 0, 0
    for broken, run in groupby(glyphs, key=lambda glyph: glyph.char in "\r\n"):
        words = [] if broken else [list(w) for blank, w in groupby(run, key=lambda g: g.char.isspace()) if not blank]
        for word in words:
            if len(word) >= 3:
                longer += 1
                level += _runs_level(page, word)
        line = tuple(_word(page, word) for word in words)
        if line:
            lines.append(line)
    return Layer(tuple(lines), level / longer if longer else 1.0, fonts)


def _glyphs(textpage: pdfium.PdfTextPage) -> Iterator[Glyph]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(textpage.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(textpage, index)
        char = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
        found = pdfium_c.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        broken = char == BROKEN_HYPHEN
        if found or char.isspace():
            yield Glyph("-" if broken else char, left.value, bottom.value, right.value, top.value)
        if broken:
            yield Glyph("\n", 0.0, 0.0, 0.0, 0.0)


def _fonts(textpage: pdfium.PdfTextPage, count: int) -> tuple[str, ...]:
    buffer, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    names = set()
    for index in range(0, count, FONT_STEP):
        size = pdfium_c.FPDFText_GetFontInfo(textpage, index, buffer, len(buffer), flags)
        if 1 < size <= len(buffer):
            name = buffer.raw[: size - 1].decode("utf-8", errors="replace")
            names.add(name.split("+", 1)[-1])
    return tuple(sorted(names))


def _shown(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A place in the page's own space as a viewer shows it: points, origin top left, turned as the page is."""
    width, height = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    size = (round(width * PRECISION), round(height * PRECISION))
    pdfium_c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value / PRECISION, down.value / PRECISION


def _word(page: pdfium.PdfPage, glyphs: list[Glyph]) -> Word:
    x0, y0 = _shown(page, min(g.left for g in glyphs), min(g.bottom for g in glyphs))
    x1, y1 = _shown(page, max(g.right for g in glyphs), max(g.top for g in glyphs))
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return Word("".join(g.char for g in glyphs), box, 1.0)


def _runs_level(page: pdfium.PdfPage, glyphs: list[Glyph]) -> bool:
    """Whether the word runs from left to right as shown: not upwards, downwards or on its head."""
    first, last = glyphs[0], glyphs[-1]
    x0, y0 = _shown(page, (first.left + first.right) / 2, (first.bottom + first.top) / 2)
    x1, y1 = _shown(page, (last.left + last.right) / 2, (last.bottom + last.top) / 2)
    return x1 - x0 > abs(y1 - y0)
