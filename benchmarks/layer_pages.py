"""Pages whose text layer is known to be right or not: scans with every kind of layer that archives hold.

A scan is the picture of a made document; its layer is the words of the document where they stand, whole or spoilt.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from unidecode import unidecode

from extract.engines.textlayer import read_layer
from extract.page import Box, Word
from tests.testbed.generate import sources
from tests.testbed.render import render
from tests.testbed.scan import ScannedPage, scan

Words = Sequence[Word]
Spoil = Callable[[Words, float, float], Words]
"""words, width and height of the page in points -> the words of the layer"""

SIGNED = ("Người ký: Ủy ban nhân dân xã Đồng Mẫu", "Cơ quan: Tỉnh Mẫu", "Thời gian ký: 12.01.2025 08:15:30 +07:00")


@dataclass(frozen=True, slots=True)
class LayeredPage:
    """One page as a PDF of its own; usable: whether its layer is to be taken as it is."""

    kind: str
    pdf: bytes
    usable: bool


def _whole(words: Words, _width: float, _height: float) -> Words:
    return words


def _without_marks(words: Words, _width: float, _height: float) -> Words:
    return [replace(w, text=unidecode(w.text)) for w in words]


def _none(_words: Words, _width: float, _height: float) -> Words:
    return ()


def _upper_third(words: Words, _width: float, height: float) -> Words:
    return [w for w in words if w.box is not None and w.box.bottom < height / 3]


def _signature(_words: Words, width: float, _height: float) -> Words:
    """What signing software prints in a corner of a scan: some lines of right Vietnamese, and nothing else."""
    top = 20.0
    return [
        Word(line, Box(width - 200, top + 9 * n, width - 20, top + 9 * n + 8), 1.0) for n, line in enumerate(SIGNED)
    ]


LAYERS: dict[str, Spoil] = {
    "right layer": _whole,
    "without marks": _without_marks,
    "no layer": _none,
    "part of the page": _upper_third,
    "digital signature": _signature,
}


def layered_pages(seed: int, count: int, damage: int) -> Iterator[LayeredPage]:
    """Every page of `count` made documents: as it was born, and as a scan with each kind of layer."""
    for source in sources(seed, count, "scan", damage):
        made = render(source.file, source.style)
        making = replace(source.making, upside=0, sideways=0, blank_back=None)
        pictures = [page for page in scan(made, making, "Mẫu") if page.truth is not None]
        for page, picture in zip(pdfium.PdfDocument(made.pdf), pictures, strict=True):
            words, (width, height) = read_layer(page).words, page.get_size()
            for kind, spoil in LAYERS.items():
                layer = spoil(words, width, height)
                # Right is what holds all words unchanged: so does the upper third where all print stands there.
                usable = list(layer) == list(words)
                yield LayeredPage(kind, scan_with(picture, layer, source.style.faces.regular), usable)
            yield LayeredPage("upside down", scan_with(picture, words, source.style.faces.regular, turned=True), False)
        yield from (LayeredPage("born-digital", pdf, True) for pdf in _single_pages(made.pdf))


def scan_with(page: ScannedPage, words: Words, font: str, *, turned: bool = False) -> bytes:
    """The picture as a page, the words invisible on it where their boxes say; turned: all of it on its head."""
    assert page.truth is not None
    width, height = page.truth.width, page.truth.height
    buffer, picture = io.BytesIO(), io.BytesIO()
    Image.fromarray(page.picture).save(picture, "JPEG", quality=60)
    canvas = Canvas(buffer, pagesize=(width, height), invariant=1)
    if turned:
        canvas.translate(width, height)
        canvas.rotate(180)
    canvas.drawImage(ImageReader(picture), 0, 0, width, height)
    for word in words:
        if word.box is not None:
            _say(canvas, word.text, word.box, height, font)
    canvas.save()
    return buffer.getvalue()


def _say(canvas: Canvas, text: str, box: Box, height: float, font: str) -> None:
    """Invisible text as wide as its box."""
    size = max(box.height, 1.0)
    line = canvas.beginText(box.x0, height - box.bottom)
    line.setTextRenderMode(3)
    line.setFont(font, size)
    line.setHorizScale(100 * box.width / max(canvas.stringWidth(text, font, size), 0.1))
    line.textOut(text)
    canvas.drawText(line)


def _single_pages(pdf: bytes) -> Iterator[bytes]:
    whole = pdfium.PdfDocument(pdf)
    for number in range(len(whole)):
        one, buffer = pdfium.PdfDocument.new(), io.BytesIO()
        one.import_pages(whole, [number])
        one.save(buffer)
        yield buffer.getvalue()
